// Makes a fresh clone ready: packages, TypeScript, libtorch, addons. Plain Node without dependencies, because nothing
// is installed yet when it runs; each step that is done already costs milliseconds.
//
//   node tools/bootstrap.mjs           everything
//   node tools/bootstrap.mjs build     packages and TypeScript only

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const oldestNode = [20, 11];

function say(line) {
  process.stderr.write(`setup: ${line}\n`);
}

function stop(line, exitCode) {
  process.stderr.write(`error: ${line}\n`);
  process.exit(exitCode);
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1])) {
    stop(
      `Node ${process.versions.node}: expected ${oldestNode.join('.')} or newer; install it, e.g. nvm install 20`,
      70,
    );
  }
  if (process.platform === 'win32') stop('Windows: expected Linux or macOS; use WSL (wsl --install)', 70);
}

/** Runs `npm ci` when node_modules does not belong to package-lock.json. */
function installPackages() {
  const lock = join(root, 'package-lock.json');
  const installed = join(root, 'node_modules', '.package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return;
  if (existsSync(installed) && sameEntries(lock, installed)) return;
  say('installing packages (npm ci)');
  const { status, error } = spawnSync('npm', ['ci', '--no-fund', '--no-audit', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 'inherit'],
  });
  if (error) stop(`npm: could not be started (${error.message}); install Node with npm`, 70);
  if (status !== 0)
    stop(`npm ci ended with ${status}; see above, and check that npm reaches its registry`, 69);
}

/** A fresh checkout can date package-lock.json after node_modules: then compare what they say. */
function sameEntries(lock, installed) {
  const read = (path) => JSON.parse(readFileSync(path, 'utf8')).packages;
  const wanted = read(lock);
  const found = read(installed);
  delete wanted[''];
  return (
    Object.entries(wanted).every(
      ([name, { version, optional }]) => found[name]?.version === version || (optional && !found[name]),
    ) && Object.keys(found).every((name) => name in wanted)
  );
}

/** Compiles src/ into dist/ when a source, the settings or the compiler changed since. */
function compileTypeScript() {
  const dist = join(root, 'dist');
  const stamp = join(dist, '.sources');
  const sources = readdirSync(join(root, 'src'), { recursive: true })
    .filter((name) => name.endsWith('.ts'))
    .sort();
  const digest = createHash('sha256');
  for (const name of [
    'tsconfig.json',
    'tsconfig.build.json',
    'node_modules/.package-lock.json',
    ...sources.map((file) => `src/${file}`),
  ]) {
    const { size, mtimeMs } = statSync(join(root, name));
    digest.update(`${name} ${size} ${mtimeMs}\n`);
  }
  const now = `${digest.digest('hex')}\n${sources.join('\n')}\n`;
  const before = existsSync(stamp) ? readFileSync(stamp, 'utf8') : '';
  if (now === before) return;
  // A source that is gone would leave its compiled file behind.
  const gone = before
    .split('\n')
    .slice(1)
    .some((name) => name && !sources.includes(name));
  if (gone || !before) rmSync(dist, { recursive: true, force: true });
  say('compiling TypeScript');
  const compiler = createRequire(join(root, 'package.json')).resolve('typescript/bin/tsc');
  const { status } = spawnSync(
    process.execPath,
    [compiler, '-p', 'tsconfig.build.json', '--pretty', 'false'],
    {
      cwd: root,
      stdio: ['ignore', 2, 'inherit'],
    },
  );
  if (status !== 0) stop('TypeScript: the sources do not compile; see above', 70);
  mkdirSync(dist, { recursive: true });
  const command = join(dist, 'cli.js');
  if (existsSync(command)) chmodSync(command, 0o755);
  writeFileSync(stamp, now);
}

async function prepareEngine() {
  const load = (name) => import(pathToFileURL(join(root, 'dist', name)).href);
  const { setup } = await load('setup/setup.js');
  try {
    await setup({ say });
  } catch (error) {
    const { errorLine, exitCodeOf } = await load('run/failure.js');
    stop(errorLine(error), exitCodeOf(error));
  }
}

checkNode();
installPackages();
compileTypeScript();
if (process.argv[2] !== 'build') await prepareEngine();
