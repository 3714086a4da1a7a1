// The processes of bench:train: ours, PyTorch's eager and compiled steps at their allocators, and the rate of bare products.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../src/run/store.ts';
import { compiledCommand } from './compiled.ts';
import { startPeer } from './peer.ts';
import type { Peer } from './peer.ts';

const glibc = {
  GLIBC_TUNABLES: 'glibc.malloc.mmap_threshold=1073741824:glibc.malloc.trim_threshold=1073741824',
};
const tcmalloc = '/usr/lib/x86_64-linux-gnu/libtcmalloc_minimal.so.4';

export interface PeerChoice {
  python: string;
  threads: number;
  /** Laid over the environment of every process. */
  environment?: NodeJS.ProcessEnv;
  /** Where files for the processes may lie. */
  folder: string;
}

/** Environment that gives PyTorch the fastest malloc of this machine, and its name. */
export function bestAllocator(): { name: string; environment: NodeJS.ProcessEnv } {
  if (existsSync(tcmalloc)) return { name: 'tcmalloc', environment: { LD_PRELOAD: tcmalloc } };
  return { name: 'glibc thresholds', environment: glibc };
}

/** Our training process. */
export async function ourPeer(choice: PeerChoice, name = 'inheritune'): Promise<Peer> {
  return startPeer(name, await compiledCommand('ours', choice.folder), environmentOf(choice));
}

/** A Python process of bench/. */
export function pythonPeer(
  choice: PeerChoice,
  name: string,
  script: string,
  environment: NodeJS.ProcessEnv = {},
): Peer {
  const command = [choice.python, join(packageRoot(), 'bench', script)] as const;
  return startPeer(name, command, { ...environment, ...environmentOf(choice) });
}

export interface Ready {
  threads: number;
  /** Of ours: which kernels the steps take, and why. */
  kernels?: string;
}

/** Asks a process to get ready. @throws Error  when it runs on another number of threads */
export async function initPeer<I extends { threads: number }>(peer: Peer, init: I): Promise<Ready> {
  const ready = await peer.ask<Ready>({ cmd: 'init', ...init });
  if (ready.threads === init.threads) return ready;
  throw new Error(`${peer.name}: expected ${init.threads} threads, it runs ${ready.threads}`);
}

function environmentOf({ threads, environment = {} }: PeerChoice): NodeJS.ProcessEnv {
  return { OMP_NUM_THREADS: String(threads), ...environment };
}
