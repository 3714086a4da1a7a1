// bench:inherit: peak memory of inheriting 13 of the 26 layers of a folder with OpenLLaMA-3B's shape (3.4 billion parameters,
// bfloat16, 6.9 GB), beside the size of the target. The folder is made here, its tensors zero and sparse on disk.
//
//   npm run bench:inherit [-- FOLDER]        FOLDER: where to work, by default a temporary folder; needs 4 GB on disk

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, open, rm, stat, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { familyOf, parameterCount } from '../src/model/families.ts';
import type { LlamaConfig } from '../src/model/llama.ts';
import { toHubConfig } from '../src/model/huggingface.ts';
import { storedShape } from '../src/model/parameters.ts';
import { plainRotary } from '../src/model/rotary.ts';

const openLlama3b: LlamaConfig = {
  family: 'llama',
  layers: 26,
  heads: 32,
  keyValueHeads: 32,
  width: 3200,
  headWidth: 100,
  hidden: 8640,
  context: 2048,
  vocab: 32_000,
  paddedVocab: 32_000,
  dropout: 0,
  rotary: plainRotary(10_000),
  normEpsilon: 1e-6,
  tied: false,
  attentionBias: false,
  mlpBias: false,
};

/** A model folder of zeros in bfloat16, which takes no room on disk. */
async function writeSparse(folder: string, config: LlamaConfig): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(
    join(folder, 'config.json'),
    JSON.stringify(toHubConfig(config, { beginOfText: 1, endOfText: 2 }, 'bfloat16')),
  );
  const header: Record<string, object> = { __metadata__: { format: 'pt' } };
  let offset = 0;
  for (const parameter of familyOf(config).parameters(config)) {
    if (parameter.name === null) continue;
    const bytes = 2 * parameter.shape.reduce((product, size) => product * size, 1);
    const shape = storedShape(parameter);
    header[parameter.name] = { dtype: 'BF16', shape, data_offsets: [offset, offset + bytes] };
    offset += bytes;
  }
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  const file = await open(join(folder, 'model.safetensors'), 'w');
  await file.write(Buffer.concat([length, text]));
  await file.truncate(8 + text.length + offset);
  await file.close();
}

/** Runs the command line, and asks the kernel for its peak until it is gone. */
async function peakOf(args: readonly string[]): Promise<{ peakBytes: number; seconds: number }> {
  const began = performance.now();
  const child = spawn(process.execPath, ['dist/cli.js', ...args], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  let peakBytes = 0;
  const timer = setInterval(() => {
    const status = readStatus(child.pid);
    peakBytes = Math.max(peakBytes, 1024 * Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0));
  }, 20);
  const code = await new Promise((resolve) => child.on('exit', resolve));
  clearInterval(timer);
  if (code !== 0) throw new Error(`inherit ended with ${String(code)}`);
  return { peakBytes, seconds: (performance.now() - began) / 1000 };
}

function readStatus(pid: number | undefined): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    return ''; // it is gone
  }
}

const folder = process.argv[2] ?? (await mkdtemp(join(tmpdir(), 'inheritune-bench-')));
const [reference, target] = [join(folder, 'open-llama-3b-shaped'), join(folder, 'first-13')];
await rm(target, { recursive: true, force: true });
await writeSparse(reference, openLlama3b);
const { peakBytes, seconds } = await peakOf([
  'inherit',
  '--from',
  reference,
  '--first',
  '13',
  '--out',
  target,
]);
const { size } = await stat(join(target, 'model.safetensors'));
const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(2)} GB`;
console.log(
  `${cpus()[0]?.model ?? 'unknown CPU'}; reference of ${(parameterCount(openLlama3b) / 1e9).toFixed(3)} billion parameters; ` +
    `target ${gigabytes(size)}; peak ${gigabytes(peakBytes)}, ${(peakBytes / size).toFixed(2)} of the target; ${seconds.toFixed(1)} s`,
);
await rm(process.argv[2] === undefined ? folder : target, { recursive: true, force: true });
