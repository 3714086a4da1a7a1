// The C++ compiler and the arguments one addon needs. Finds and describes; compiles nothing.

import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { failure } from '../run/failure.ts';
import { lastLines, runCommand } from './command.ts';
import type { Libtorch } from './libtorch.ts';

/** A C++ compiler that ran. */
export interface Compiler {
  program: string;
  /** First line of its --version. */
  version: string;
}

/** Arguments for an addon's sources, and for linking it. */
export interface Flags {
  compile: string[];
  link: string[];
}

const onMac = process.platform === 'darwin';

/** How to get a C++ compiler here. */
export const compilerRemedy = onMac
  ? 'xcode-select --install'
  : 'apt-get install g++ (Debian, Ubuntu), dnf install gcc-c++ (Fedora)';

/**
 * The C++ compiler: `CXX`, else g++, c++ or clang++, whichever is there first.
 *
 * @throws failure 70 when there is none, with the command that installs one
 */
export async function findCompiler(environment: NodeJS.ProcessEnv = process.env): Promise<Compiler> {
  const programs = environment.CXX ? [environment.CXX] : ['g++', 'c++', 'clang++'];
  let said = '';
  for (const program of programs) {
    const result = await runCommand(program, ['--version'], { environment });
    if (result?.code === 0) return { program, version: result.stdout.split('\n', 1)[0] ?? '' };
    if (result) said = `; ${program} says: ${lastLines(result.stderr, 1)}`;
  }
  throw failure(
    'internal',
    `no C++ compiler: expected ${programs.join(' or ')}, found none${said}; ${compilerRemedy}`,
  );
}

/** Flags of native/host: no libtorch. A worker may be terminated inside a call, whose errors then reach nobody. */
export function hostFlags(sanitize: 'address' | null): Flags {
  const compile = [...common(sanitize), '-DNODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS', ...nodeHeaders()];
  return { compile, link: shared(sanitize) };
}

/** Flags of native/torch: libtorch's headers and libraries, and the very OpenMP runtime that libtorch uses. */
export async function torchFlags(libtorch: Libtorch, sanitize: 'address' | null): Promise<Flags> {
  const include = join(libtorch.folder, 'include');
  const lib = join(libtorch.folder, 'lib');
  const openmp = await openmpFlags(libtorch.folder);
  return {
    compile: [
      ...common(sanitize),
      ...openmp.compile,
      '-D_GLIBCXX_USE_CXX11_ABI=1',
      ...nodeHeaders(),
      '-isystem',
      include,
      '-isystem',
      join(include, 'torch', 'csrc', 'api', 'include'),
    ],
    link: [...shared(sanitize), `-L${lib}`, '-ltorch_cpu', '-lc10', ...openmp.link, `-Wl,-rpath,${lib}`],
  };
}

function common(sanitize: 'address' | null): string[] {
  const speed = sanitize ? ['-O1', '-g', `-fsanitize=${sanitize}`, '-fno-omit-frame-pointer'] : ['-O2'];
  // errno would keep the compiler from taking roots of whole vectors.
  return ['-std=c++20', ...speed, '-fno-math-errno', '-fPIC', '-DNAPI_VERSION=8', '-DNAPI_CPP_EXCEPTIONS'];
}

function shared(sanitize: 'address' | null): string[] {
  return [
    '-shared',
    ...(onMac ? ['-undefined', 'dynamic_lookup'] : []),
    ...(sanitize ? [`-fsanitize=${sanitize}`] : []),
  ];
}

function nodeHeaders(): string[] {
  const require = createRequire(import.meta.url);
  const headers = join(dirname(require.resolve('node-api-headers/package.json')), 'include');
  const wrappers = dirname(require.resolve('node-addon-api/package.json'));
  return ['-isystem', headers, '-isystem', wrappers];
}

/**
 * The wheels ship their OpenMP runtime, sometimes under a name of their own. Linking the system's beside it would
 * give a process two thread pools, so the library beside libtorch is linked by its path where there is one.
 */
async function openmpFlags(folder: string): Promise<Flags> {
  const name = onMac ? /^libomp\.dylib$/ : /^libgomp[^/]*\.so/;
  const found: string[] = [];
  for (const place of [join(folder, 'lib'), join(folder, '..', 'torch.libs')]) {
    const names = await readdir(place).catch(() => []);
    found.push(...names.filter((file) => name.test(file)).map((file) => join(place, file)));
  }
  const [runtime] = found;
  if (onMac) {
    // Apple's clang has no omp.h; without one in the wheel, our own parallel loops run on one thread (doctor says so).
    if (!existsSync(join(folder, 'include', 'omp.h')) || runtime === undefined)
      return { compile: [], link: [] };
    return { compile: ['-Xpreprocessor', '-fopenmp'], link: [runtime] };
  }
  if (runtime === undefined) return { compile: ['-fopenmp'], link: ['-fopenmp'] };
  return { compile: ['-fopenmp'], link: [runtime, `-Wl,-rpath,${dirname(runtime)}`] };
}
