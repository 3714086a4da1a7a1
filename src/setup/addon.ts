// Builds the two addons with plain compiler calls: one object per source, keyed by everything that goes in.
// Knows nothing of what the C++ does.

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { availableParallelism, totalmem } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { writeFileAtomic } from '../run/atomic.ts';
import { failure } from '../run/failure.ts';
import { type AddonRecord, packageRoot } from '../run/store.ts';
import { packageVersion } from '../run/version.ts';
import { lastLines, runCommand } from './command.ts';
import { type Compiler, type Flags, findCompiler, hostFlags, torchFlags } from './compiler.ts';
import type { Libtorch } from './libtorch.ts';
import { withSetupLock } from './lock.ts';

/** Where to build and how. `sanitize` is for npm run test:asan. */
export interface BuildOptions {
  store: string;
  say: (line: string) => void;
  sanitize?: 'address' | null;
  environment?: NodeJS.ProcessEnv;
}

/** What addon.json holds. */
export interface BuiltAddon extends AddonRecord {
  /** libtorch's version. */
  version: string;
  /** Hash of everything that went in. */
  key: string;
}

interface Source {
  path: string;
  text: string;
}

/** One addon: its sources, its flags, and a key of all of it. */
interface Plan {
  name: 'torch' | 'host';
  sources: Source[];
  /** Texts by path. */
  headers: ReadonlyMap<string, string>;
  flags: Flags;
}

const compilerBytes = 0.6e9; // g++ on ATen's headers took 0.45 GB
const kept = 6; // older builds that stay: switching between environments and branches recompiles nothing

/**
 * Compiles native/torch and native/host for `libtorch` where that was not done yet, and writes addon.json.
 *
 * @returns where they are; the same record is in the store
 * @throws failure 70 when there is no compiler, or with its messages when it refuses
 */
export async function buildAddon(
  libtorch: Libtorch,
  { store, say, sanitize = null, environment = process.env }: BuildOptions,
): Promise<BuiltAddon> {
  const compiler = await findCompiler(environment);
  const native = join(packageRoot(), 'native');
  const plans = [
    await plan('torch', native, await torchFlags(libtorch, sanitize)),
    await plan('host', native, hostFlags(sanitize)),
  ];
  const key = hash([
    compiler.program,
    compiler.version,
    libtorch.folder,
    libtorch.version,
    ...plans.map(planText),
  ]);
  const folder = join(store, 'addons', key);
  const record: BuiltAddon = {
    inheritune: packageVersion(),
    torch: join(folder, 'torch.node'),
    host: join(folder, 'host.node'),
    libtorch: libtorch.folder,
    version: libtorch.version,
    key,
  };
  if (!isBuilt(record)) {
    await withSetupLock(store, say, async () => {
      if (isBuilt(record)) return;
      const started = performance.now();
      const count = plans.reduce((sum, { sources }) => sum + sources.length, 0);
      say(
        `compiling the addons for libtorch ${libtorch.version}: ${count} C++ files with ${compiler.version}`,
      );
      await build(plans, compiler, folder, { store, say, environment });
      say(`compiled in ${((performance.now() - started) / 1000).toFixed(0)} s`);
      await prune(join(store, 'addons'), kept);
      await prune(join(store, 'objects'), kept * count);
    });
  }
  const recordText = `${JSON.stringify(record, null, 2)}\n`;
  const recordPath = join(store, 'addon.json');
  if ((await readFile(recordPath, 'utf8').catch(() => '')) !== recordText) {
    await writeFileAtomic(recordPath, recordText);
    const now = new Date();
    await utimes(folder, now, now);
  }
  return record;
}

function isBuilt(record: AddonRecord): boolean {
  return existsSync(record.torch) && existsSync(record.host);
}

async function plan(name: Plan['name'], native: string, flags: Flags): Promise<Plan> {
  const sources: Source[] = [];
  const headers = new Map<string, string>();
  const names = await readdir(join(native, name), { recursive: true });
  for (const file of names.sort()) {
    const path = join(native, name, file);
    if (file.endsWith('.cpp')) sources.push({ path, text: await readFile(path, 'utf8') });
    if (file.endsWith('.h')) headers.set(path, await readFile(path, 'utf8'));
  }
  if (sources.length === 0)
    throw failure(
      'internal',
      `${join(native, name)}: expected C++ sources, found none; install inheritune again`,
    );
  return { name, sources, headers, flags };
}

function planText({ name, sources, headers, flags }: Plan): string {
  return hash([
    name,
    ...[...headers].flat(),
    ...flags.compile,
    ...flags.link,
    ...sources.flatMap(({ path, text }) => [path, text]),
  ]);
}

/** Paths and texts of our own headers that a source includes, directly or through others. */
function includedBy({ path, text }: Source, headers: ReadonlyMap<string, string>): string[] {
  const found = new Map<string, string>();
  const visit = (from: string, content: string): void => {
    for (const [, name = ''] of content.matchAll(/^\s*#\s*include\s+"([^"]+)"/gm)) {
      const header = join(dirname(from), name);
      const inside = headers.get(header);
      if (inside === undefined || found.has(header)) continue;
      found.set(header, inside);
      visit(header, inside);
    }
  };
  visit(path, text);
  return [...found].flat();
}

function hash(parts: readonly string[]): string {
  const digest = createHash('sha256');
  for (const part of parts) digest.update(`${Buffer.byteLength(part)}:`).update(part);
  return digest.digest('hex').slice(0, 20);
}

/** Compiles what has no object yet, links, and renames the finished folder into place. */
async function build(
  plans: readonly Plan[],
  compiler: Compiler,
  folder: string,
  { store, say, environment = process.env }: BuildOptions,
): Promise<void> {
  const run = (what: string, args: readonly string[]): Promise<void> =>
    compile(compiler, what, args, { say, environment });
  const objects = join(store, 'objects');
  const partial = `${folder}.partial`;
  await rm(partial, { recursive: true, force: true });
  await rm(folder, { recursive: true, force: true });
  await mkdir(partial, { recursive: true });
  await mkdir(objects, { recursive: true });
  const jobs: { source: Source; object: string; flags: Flags }[] = [];
  const linked: { name: string; objects: string[]; flags: Flags }[] = [];
  for (const { name, sources, headers, flags } of plans) {
    const made = sources.map((source) => {
      const inputs = [
        compiler.program,
        compiler.version,
        ...includedBy(source, headers),
        ...flags.compile,
        source.path,
        source.text,
      ];
      return { source, object: join(objects, `${hash(inputs)}.o`), flags };
    });
    jobs.push(...made.filter(({ object }) => !existsSync(object)));
    linked.push({ name, objects: made.map(({ object }) => object), flags });
  }
  // The long ones are taken first, so that no core waits at the end.
  const queue = jobs.sort((a, b) => a.source.text.length - b.source.text.length);
  const work = async (): Promise<void> => {
    for (let job = queue.pop(); job; job = queue.pop()) {
      const { source, object, flags } = job;
      const args = [...flags.compile, '-c', source.path, '-o', `${object}.partial`];
      await run(relative(packageRoot(), source.path), args).catch((error: unknown) => {
        queue.length = 0; // the first error is enough
        throw error;
      });
      await rename(`${object}.partial`, object);
    }
  };
  const atOnce = Math.max(1, Math.min(availableParallelism(), Math.floor(totalmem() / compilerBytes)));
  const ends = await Promise.allSettled(Array.from({ length: atOnce }, work));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  for (const { name, objects, flags } of linked) {
    const target = join(partial, `${name}.node`);
    await run(`native/${name}`, [...objects, ...flags.link, '-o', target]);
  }
  await rename(partial, folder);
}

async function compile(
  { program }: Compiler,
  what: string,
  args: readonly string[],
  { say, environment }: { say: (line: string) => void; environment: NodeJS.ProcessEnv },
): Promise<void> {
  const result = await runCommand(program, args, { environment });
  if (result?.code === 0) return;
  const output = result?.stderr ?? '';
  if (output.includes('No space left')) {
    throw failure(
      'disk',
      `${what}: expected room to compile, found the disk full; free some, or set TMPDIR and INHERITUNE_CACHE to another disk`,
    );
  }
  const errors = output.split('\n').filter((line) => /error|undefined/i.test(line));
  for (const line of errors.length > 0 ? errors.slice(0, 12) : lastLines(output).split('\n'))
    say(`  ${line}`);
  throw failure(
    'internal',
    `${what}: expected ${program} to compile it, found the errors above (exit ${result?.code ?? 'by a signal'})`,
  );
}

/** Keeps the `count` newest entries of a folder. */
async function prune(folder: string, count: number): Promise<void> {
  const entries = await Promise.all(
    (await readdir(folder)).map(async (name) => ({
      path: join(folder, name),
      time: (await stat(join(folder, name))).mtimeMs,
    })),
  );
  entries.sort((a, b) => b.time - a.time);
  for (const { path } of entries.slice(count)) await rm(path, { recursive: true, force: true });
}
