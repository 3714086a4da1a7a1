import { createHash } from 'node:crypto';
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { openShardWriter } from '../../src/prepare/shard-writer.ts';
import type { ShardLayout } from '../../src/prepare/shard-writer.ts';

const root = mkdtempSync(join(tmpdir(), 'inheritune-shards-'));
afterAll(() => rmSync(root, { recursive: true }));
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(root, 'case-'));
});
const ids = Uint16Array.from({ length: 2500 }, (_, i) => (i * 7919) % 65536);
const bytes = new Uint8Array(ids.buffer);
const sha256 = (data: Uint8Array): string => createHash('sha256').update(data).digest('hex');

test.each<ShardLayout>([
  { layout: 'raw', bytesPerToken: 2, shardTokens: 0 },
  { layout: 'raw', bytesPerToken: 2, shardTokens: 1000 },
  { layout: 'llm.c', bytesPerToken: 2, shardTokens: 1000 },
  { layout: 'llm.c', bytesPerToken: 4, shardTokens: 250 },
])(
  '$layout, $bytesPerToken bytes, $shardTokens tokens a file: cut off anywhere, it goes on',
  async (layout) => {
    const undisturbed = await openShardWriter(folder, 'whole', layout);
    await undisturbed.append(bytes);
    await undisturbed.finish();
    const perShard = layout.shardTokens || ids.length;
    expect(undisturbed.shards.map(({ tokens }) => tokens)).toEqual(
      Array.from({ length: Math.ceil(bytes.length / layout.bytesPerToken / perShard) }, (_, i) =>
        Math.min(perShard, bytes.length / layout.bytesPerToken - i * perShard),
      ),
    );
    for (const { file, sha256: hash } of undisturbed.shards)
      expect(sha256(readFileSync(join(folder, file)))).toBe(hash);
    const header = layout.layout === 'llm.c' ? 1024 : 0;
    const all = Buffer.concat(
      undisturbed.shards.map(({ file }) => readFileSync(join(folder, file)).subarray(header)),
    );
    expect(all.equals(bytes)).toBe(true);
    if (header > 0) {
      const words = new Int32Array(readFileSync(join(folder, 'whole_000000.bin')).buffer.slice(0, 12));
      expect([...words]).toEqual(
        layout.bytesPerToken === 2 ? [20240520, 1, perShard] : [20240801, 7, perShard],
      );
    }

    for (const cut of [0, 400, 2000, 2004, 4996]) {
      const first = await openShardWriter(folder, 'cut', layout);
      await first.append(bytes.subarray(0, cut));
      await first.sync();
      const saved = first.shards.map((shard) => ({ ...shard }));
      await first.append(bytes.subarray(cut, cut + 200)); // written, and then the process is gone
      await first.close();
      const last = saved.at(-1);
      if (last?.sha256 === null) appendFileSync(join(folder, last.file), 'garbage');
      const second = await openShardWriter(folder, 'cut', layout, saved);
      await second.append(bytes.subarray(cut));
      await second.finish();
      const renamed = undisturbed.shards.map((shard) => ({
        ...shard,
        file: shard.file.replace('whole', 'cut'),
      }));
      expect(second.shards).toEqual(renamed);
      for (const { file, sha256: hash } of renamed)
        expect(sha256(readFileSync(join(folder, file)))).toBe(hash);
      for (const name of readdirSync(folder)) if (name.startsWith('cut')) rmSync(join(folder, name));
    }
  },
);

test('a stream without tokens is one file without tokens', async () => {
  const writer = await openShardWriter(folder, 'val', { layout: 'raw', bytesPerToken: 2, shardTokens: 0 });
  await writer.finish();
  expect(writer.shards).toEqual([{ file: 'val.bin', tokens: 0, sha256: sha256(new Uint8Array()) }]);
  expect(readFileSync(join(folder, 'val.bin')).length).toBe(0);
});
