// The samples of ../shared/corpora in their real formats: rows, bytes and text hashes of their manifest.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { planUnits } from '../../src/sources/plan.ts';
import { readSource, readUnits } from './reading.ts';

const root = join(import.meta.dirname, '..', '..', '..', 'shared', 'corpora');
const haveShared = existsSync(root);

interface Sample {
  rows?: number;
  bytes: number;
  text_sha256?: string;
  text_utf8_bytes: number;
}

const manifest = (
  haveShared ? JSON.parse(readFileSync(join(root, 'formats-dev', 'manifest.json'), 'utf8')) : {}
) as Record<string, Sample>;

describe.skipIf(!haveShared)('samples (skip without ../shared)', () => {
  const samples = Object.entries(manifest).filter(([, { text_sha256 }]) => text_sha256 !== undefined);
  test('are all there', () => expect(samples.length).toBe(12));

  test.each(samples)('%s', async (name, { rows, bytes, text_sha256, text_utf8_bytes }) => {
    const plan = await planUnits([join(root, 'formats-dev', name)]);
    const found = await readUnits(plan.units);
    expect(found.faults).toEqual([]);
    expect([found.texts.length, found.sha256]).toEqual([rows, text_sha256]);
    expect(found.texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0)).toBe(text_utf8_bytes);
    if (!name.endsWith('.parquet')) expect(plan.bytes).toBe(bytes);
    if (plan.documents !== null) expect(plan.documents).toBe(rows);
    // A guess of the text, from usual ratios.
    expect(plan.textBytes / text_utf8_bytes).toBeGreaterThan(0.5);
    expect(plan.textBytes / text_utf8_bytes).toBeLessThan(2);
  });

  const rows = (name: string) => readSource(join(root, 'real-rows', name));
  test('true rows of C4, Dolma and RedPajama', async () => {
    for (const name of [
      'c4-sample.01.json.gz',
      'dolma_cc_en_head-0091.jsonl.gz',
      'redpajama_arxiv_datajuicer11.jsonl',
      'redpajama_cc_2023-06_refined10.jsonl',
    ]) {
      const found = await rows(name);
      expect([name, found.faults]).toEqual([name, []]);
      expect(found.texts.length).toBeGreaterThan(2);
    }
    expect((await rows('redpajama_arxiv_datajuicer11.jsonl')).texts[0]).toBe(
      '\\section{Riemannian Langevin dynamics}',
    );
  });
});
