// JOB doctor: says what the engine runs on, and what is wrong with it. Changes nothing.

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { availableParallelism, cpus, freemem, totalmem } from 'node:os';
import { errorLine } from '../run/failure.ts';
import { formatBytes } from '../run/format.ts';
import { readAddonRecord, storeFolder } from '../run/store.ts';
import { packageVersion } from '../run/version.ts';
import type { EngineInfo } from '../torch/native.ts';
import { findCompiler } from './compiler.ts';
import { type Libtorch, searchLibtorch } from './libtorch.ts';

/** What doctor found. null where something is missing; `problems` says what that means and what to do. */
export interface Diagnosis {
  inheritune: string;
  node: string;
  system: string;
  processor: string;
  cores: number;
  memory: { totalBytes: number; freeBytes: number };
  compiler: string | null;
  store: string;
  libtorch: Libtorch | null;
  engine: EngineDiagnosis | null;
  problems: string[];
}

/** What the loaded engine says of itself. */
export interface EngineDiagnosis {
  addon: string;
  /** The libtorch the addon was built with. */
  libtorch: string;
  version: string;
  cpuCapability: string;
  /** What fused kernels multiply with in each precision: AMX, AVX-512, or none: then training takes libtorch's operators. */
  fusedKernels: { bfloat16: string; float32: string };
  cuda: boolean;
  cudaDevices: number;
  threads: number;
  /** Threads that were seen running in one parallel loop. */
  parallelThreads: number;
  /** OpenMP runtimes in this process: more than one means two thread pools. Linux only. */
  openmp: string[];
  allocator: string;
}

/** Looks at Node, the compiler, libtorch and the built engine. */
export async function doctor({ store = storeFolder() }: { store?: string } = {}): Promise<Diagnosis> {
  const problems: string[] = [];
  const note = (error: unknown): null => {
    problems.push(errorLine(error));
    return null;
  };
  const say = (line: string): void => void problems.push(line);
  const compiler = await findCompiler().catch(note);
  const libtorch = await searchLibtorch({ store, say }).then((search) => search.found, note);
  if (!libtorch) problems.push('no libtorch yet; run `npx inheritune setup`');
  const engine = await diagnoseEngine(store).catch(note);
  problems.push(...(engine ? engineProblems(engine, libtorch) : []));
  return {
    inheritune: packageVersion(),
    node: process.version,
    system: `${process.platform} ${process.arch}`,
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memory: { totalBytes: totalmem(), freeBytes: freemem() },
    compiler: compiler && `${compiler.program}: ${compiler.version}`,
    store,
    libtorch,
    engine,
    problems,
  };
}

/** A diagnosis for people. */
export function doctorText(diagnosis: Diagnosis): string {
  const { libtorch, engine, memory, problems } = diagnosis;
  const gpus = engine?.cudaDevices === 1 ? '1 GPU' : `${engine?.cudaDevices ?? 0} GPUs`;
  const rows = [
    ['inheritune', diagnosis.inheritune],
    ['Node', `${diagnosis.node}, ${diagnosis.system}`],
    ['processor', `${diagnosis.processor}, ${diagnosis.cores} cores`],
    ['memory', `${formatBytes(memory.totalBytes)}, ${formatBytes(memory.freeBytes)} free`],
    ['compiler', diagnosis.compiler ?? 'none'],
    ['libtorch', libtorch ? `${libtorch.version}, ${libtorch.folder} (${libtorch.source})` : 'none'],
    ['store', diagnosis.store],
  ];
  if (engine) {
    rows.push(
      ['addon', `${engine.addon}, for libtorch ${engine.version}`],
      ['CPU capability', engine.cpuCapability],
      ['fused kernels', fusedKernels(engine.fusedKernels)],
      ['CUDA', engine.cuda ? gpus : 'no'],
      ['threads', `${engine.threads}, ${engine.parallelThreads} seen running`],
      ['OpenMP', engine.openmp.join(', ') || 'not seen'],
      ['allocator', engine.allocator],
    );
  }
  const verdict = problems.length === 0 ? ['all is well'] : problems.map((line) => `problem: ${line}`);
  const lines = rows.map(([name = '', value = '']) => `${name.padEnd(16)}${value}`);
  return [...lines, ...verdict].join('\n');
}

function fusedKernels(products: EngineDiagnosis['fusedKernels']): string {
  const found = Object.entries(products).filter(([, by]) => by !== 'none');
  return found.length === 0
    ? 'no: this CPU has no AVX-512; training takes libtorch’s operators'
    : found.map(([precision, by]) => `in ${precision} by ${by}`).join(', ');
}

async function diagnoseEngine(store: string): Promise<EngineDiagnosis> {
  const record = readAddonRecord(store);
  const { engineInfo, parallelThreads } = await import('../torch/engine.ts');
  const { bfloat16Products, float32Products } = await import('../torch/kernels.ts');
  const info: EngineInfo = engineInfo();
  return {
    addon: record.torch,
    libtorch: record.libtorch,
    version: info.compiledVersion,
    cpuCapability: info.cpuCapability,
    fusedKernels: { bfloat16: bfloat16Products(), float32: float32Products() },
    cuda: info.cuda,
    cudaDevices: info.cudaDevices,
    threads: info.threads,
    parallelThreads: parallelThreads(),
    openmp: await mappedOpenmp(),
    allocator: info.allocator,
  };
}

/** Paths of the OpenMP runtimes mapped into this process. */
async function mappedOpenmp(): Promise<string[]> {
  const path = '/proc/self/maps';
  if (!existsSync(path)) return [];
  const mapped = (await readFile(path, 'utf8')).matchAll(/\/\S*\/lib(?:gomp|omp|iomp5)[^/\s]*\.so\S*/g);
  return [...new Set([...mapped].map(([file]) => file))];
}

function engineProblems(engine: EngineDiagnosis, libtorch: Libtorch | null): string[] {
  const problems: string[] = [];
  if (libtorch && libtorch.folder !== engine.libtorch) {
    problems.push(
      `the addon is built with ${engine.libtorch}, the search finds ${libtorch.folder}; run \`npx inheritune setup\``,
    );
  }
  if (engine.threads > 1 && engine.parallelThreads < 2) {
    problems.push(
      `${engine.threads} threads asked for, ${engine.parallelThreads} seen running: parallel loops of the addon run on one thread`,
    );
  }
  if (engine.openmp.length > 1) {
    problems.push(
      `${engine.openmp.length} OpenMP runtimes in one process (${engine.openmp.join(', ')}): two thread pools fight for the cores`,
    );
  }
  return problems;
}
