// One process of bench/tokenize.ts: our encoder in batches of 4 MB as prepare calls it, or gpt-tokenizer text by text.
//
//   node --import ./tools/typescript.mjs bench/tokenize-process.ts inheritune|gpt-tokenizer FOLDER     answers lines of JSON

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { gpt2BatchEncoder } from '../src/tokenizers/gpt2-batch.ts';

const [name = '', folder = ''] = process.argv.slice(2);
const batchBytes = 4e6;
const text = new Uint8Array(readFileSync(join(folder, 'text')));
const endBytes = readFileSync(join(folder, 'ends'));
const ends = new Uint32Array(
  endBytes.buffer.slice(endBytes.byteOffset, endBytes.byteOffset + endBytes.length),
);
const encode = name === 'inheritune' ? await ours() : await gptTokenizer();

for await (const line of createInterface({ input: process.stdin })) {
  if ((JSON.parse(line) as { cmd: string }).cmd === 'end') break;
  const [began, cpuBegan] = [performance.now(), process.cpuUsage()];
  const parts = encode();
  const { user, system } = process.cpuUsage(cpuBegan);
  const wallMs = performance.now() - began;
  const ids = parts.reduce((sum, { length }) => sum + length, 0);
  writeFileSync(join(folder, `${name}.ids`), Buffer.concat(parts.map((part) => Buffer.from(part.buffer))));
  console.log(JSON.stringify({ wallMs, cpuMs: (user + system) / 1e3, ids }));
}
console.log('{}');
process.stdin.destroy();

async function ours(): Promise<() => Uint16Array[]> {
  const encoder = await gpt2BatchEncoder();
  const batches: [Uint8Array, Uint32Array][] = [];
  for (let first = 0, start = 0; first < ends.length; ) {
    let last = first + 1;
    while (last < ends.length && (ends[last] ?? 0) - start <= batchBytes) last++;
    const end = ends[last - 1] ?? 0;
    batches.push([text.subarray(start, end), ends.slice(first, last).map((place) => place - start)]);
    [first, start] = [last, end];
  }
  return () => batches.map(([bytes, places]) => encoder.encode(bytes, places).ids as Uint16Array);
}

async function gptTokenizer(): Promise<() => Uint16Array[]> {
  const { encode } = await import('gpt-tokenizer/encoding/r50k_base');
  const plain = { disallowedSpecial: new Set<string>() };
  let start = 0;
  const texts = Array.from(ends, (end) => {
    const part = Buffer.from(text.subarray(start, end)).toString();
    start = end;
    return part;
  });
  return () => texts.map((part) => Uint16Array.from(encode(part, plain)));
}
