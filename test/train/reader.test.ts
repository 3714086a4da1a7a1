// The order of data: one for any number of ranks, and the same after a stop as without one. Proofs on real files of shards.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { samplerNames } from '../../src/data/mixture-sampler.ts';
import { openSources, readSources } from '../../src/data/mixture.ts';
import type { MixedFile, TokensOption } from '../../src/data/mixture.ts';
import { openShards } from '../../src/data/token-shards.ts';
import { permutationSampler } from '../../src/data/sampler.ts';
import { batchReader } from '../../src/train/reader.ts';
import { checkLiveTensors } from '../live-tensors.ts';
import { temporaryFolder } from './rig.ts';

checkLiveTensors();
const folder = temporaryFolder();
const context = 8;
const microBatch = 2;
const tokensPerStep = 8 * microBatch * context; // 8 micro-batches: divides by 1, 2 and 4 ranks
const device = 'cpu';

/** A token folder in which the id at place p of the training split is base + p, in shards of odd sizes. */
function writeFolder(name: string, base: number, sizes: readonly number[]): string {
  const path = join(folder, name);
  mkdirSync(path);
  let next = base;
  const shards = sizes.map((tokens, shard) => {
    const file = `train-${shard}.bin`;
    writeFileSync(
      join(path, file),
      Uint16Array.from({ length: tokens }, () => next++),
    );
    return { file, tokens, sha256: null };
  });
  writeFileSync(join(path, 'val.bin'), Uint16Array.of(1, 2, 3));
  const val = { tokens: 3, documents: null, shards: [{ file: 'val.bin', tokens: 3, sha256: null }] };
  const train = { tokens: next - base, documents: null, shards };
  const more = {
    tokenizer: { name: 'gpt2' },
    vocab: 50257,
    dtype: 'uint16',
    documentSeparator: null,
    source: [],
  };
  const info = { version: 2, layout: 'raw', ...more, splits: { train, val } };
  writeFileSync(join(path, 'tokens.json'), JSON.stringify(info));
  return path;
}

const files = {} as Record<'alone' | 'mixture', MixedFile>;
beforeAll(async () => {
  const web = writeFolder('web', 0, [97, 1, 250, 33, 400]);
  const books = writeFolder('books', 10_000, [301]);
  const open = async (option: TokensOption) =>
    openSources(await readSources(option, { warn: (line) => expect(line).toBe('') }), 'train');
  files.alone = await open(web);
  files.mixture = await open([
    { folder: web, weight: 67 },
    { folder: books, weight: 33 },
  ]);
});
afterAll(async () => {
  for (const file of Object.values(files)) await file.close();
});

/** First ids of the windows of a rank's next micro-batches. */
async function firstIds(
  file: MixedFile,
  sampler: (typeof samplerNames)[number],
  position: number,
  microBatches: number,
  rank = { rank: 0, world: 1 },
): Promise<number[][]> {
  const reader = batchReader(
    file,
    { context },
    { sampler, microBatch, tokensPerStep },
    device,
    { position, seed: 7 },
    rank,
  );
  const batches: number[][] = [];
  for (let n = 0; n < microBatches; n++) {
    const { inputs, targets } = await reader.next();
    const ids = Array.from(inputs.data() as BigInt64Array, Number);
    expect(Array.from(targets.data() as BigInt64Array, Number)).toEqual(ids.map((id) => id + 1));
    batches.push(ids.filter((_, index) => index % context === 0));
    inputs.release();
    targets.release();
  }
  await reader.close();
  return batches;
}

describe.each(['alone', 'mixture'] as const)('%s', (name) => {
  test.each(samplerNames)('%s: 1, 2 and 4 ranks read one sequence, step by step', async (sampler) => {
    const file = files[name];
    const steps = 9;
    const one = await firstIds(file, sampler, 0, 8 * steps);
    for (const world of [2, 4]) {
      const ranks = await Promise.all(
        Array.from({ length: world }, (_, rank) =>
          firstIds(file, sampler, 0, (8 * steps) / world, { rank, world }),
        ),
      );
      const together = one.map((_, n) => ranks[n % world]?.[Math.floor(n / world)]);
      expect(together).toEqual(one);
    }
  });

  test.each(samplerNames)(
    '%s: stopped at any step and gone on with, on other ranks too, equals not stopping',
    async (sampler) => {
      const file = files[name];
      const all = await firstIds(file, sampler, 0, 8 * 40);
      await fc.assert(
        fc.asyncProperty(fc.nat(36), fc.constantFrom(1, 2, 4), async (step, world) => {
          const position = step * 8 * microBatch;
          const rank = world - 1;
          const own = await firstIds(file, sampler, position, 16 / world, { rank, world });
          expect(own).toEqual(all.slice(8 * step, 8 * step + 16).filter((_, n) => n % world === rank));
        }),
        { seed: 8, numRuns: 25 },
      );
    },
  );
});

test('every token of shards of odd sizes is an input once per epoch, read from the files themselves', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 12 }),
      fc.nat(3),
      fc.nat(),
      async (sizes, epoch, seed) => {
        const tokens = sizes.reduce((a, b) => a + b);
        fc.pre(tokens > context);
        let next = 0;
        const shards = sizes.map((size, shard) => {
          const path = join(folder, `odd-${shard}.bin`);
          writeFileSync(
            path,
            Uint16Array.from({ length: size }, () => next++),
          );
          return { path };
        });
        const file = await openShards(shards, { path: 'odd', descriptors: 3 });
        const { window, windowsPerEpoch: count } = permutationSampler({ tokens, context, seed });
        const uses = new Uint8Array(tokens);
        for (let n = epoch * count; n < (epoch + 1) * count; n++)
          for (const id of (await file.read(window(n), context + 1)).subarray(0, context))
            uses[id] = (uses[id] ?? 0) + 1;
        await file.close();
        const used = uses.reduce((a, b) => a + b);
        expect(Math.max(...uses)).toBe(1);
        expect(used).toBe(count * context);
        expect(tokens - 1 - used).toBeLessThan(2 * context); // the ragged edge, elsewhere in every epoch
        expect(uses.lastIndexOf(1) - uses.indexOf(1) + 1).toBe(used);
      },
    ),
    { seed: 9, numRuns: 60 },
  );
});

test('an error of a batch that was read ahead is told when its turn comes, and closing leaves no tensor', async () => {
  const path = join(folder, 'high.bin');
  writeFileSync(
    path,
    Uint16Array.from({ length: 100 }, (_, i) => (i === 60 ? 60_000 : i)),
  );
  const file = await openShards([{ path, vocab: 50257 }], { path });
  const mixed = { ...file, parts: [{ name: 'high', weight: 1, start: 0, tokens: 100, shards: [100] }] };
  const options = { sampler: 'sequential', microBatch, tokensPerStep } as const;
  const reader = batchReader(mixed, { context }, options, device, { position: 0, seed: 1 });
  for (let n = 0; n < 3; n++) {
    const { inputs, targets } = await reader.next();
    inputs.release();
    targets.release();
  }
  await expect(reader.next()).rejects.toThrow('found 60000 at token 60');
  await reader.close();
  await file.close();
});
