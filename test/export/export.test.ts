// The export job: dtypes, what goes along, the comparison, and what is refused.

import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { byteTokenizer } from '../../src/tokenizers/byte-tokenizer.ts';
import { exportModel } from '../../src/export/export.ts';
import { exportOptions } from '../../src/export/options.ts';
import { readModelFolder, writeModelFolder } from '../../src/model/folder.ts';
import { releaseWeights } from '../../src/model/weights.ts';
import { exitCodeOf } from '../../src/run/failure.ts';
import { noGrad, openSafetensors } from '../../src/torch/index.ts';
import { checkLiveTensors } from '../live-tensors.ts';
import { smallModel, snapshot } from '../inherit/models.ts';
import { listener } from '../train/rig.ts';

const folder = mkdtempSync(join(tmpdir(), 'inheritune-export-'));
const model = join(folder, 'model');
afterAll(() => rmSync(folder, { recursive: true }));

checkLiveTensors();

beforeAll(async () => {
  mkdirSync(model);
  const small = smallModel(4, { vocab: 257, paddedVocab: 320, bias: false });
  const tokenizerFiles = byteTokenizer().files();
  await writeModelFolder(model, small, { tokenizerFiles, endOfText: 256, card: '# Mine\n' });
  writeFileSync(join(model, 'inheritance.json'), '{"origin": "x"}');
  releaseWeights(small.weights);
});

async function run(given: object) {
  const { context, lines } = listener();
  const result = await exportModel(exportOptions.parse({ model, ...given }), context);
  return { ...result, lines };
}

test.each([
  ['bf16', 'bfloat16', 5e-2],
  ['f16', 'float16', 1e-2],
  ['f32', 'float32', 0],
  ['stored', 'float32', 0],
] as const)(
  '%s: every tensor is %s, and logits differ by less than %d of the largest',
  async (dtype, stored, limit) => {
    const out = join(folder, dtype);
    const { difference, lines } = await run({ out, dtype });
    const file = await openSafetensors(join(out, 'model.safetensors'));
    expect([...file.entries.values()].every((entry) => entry.dtype === stored)).toBe(true);
    await file.close();
    expect(JSON.parse(readFileSync(join(out, 'config.json'), 'utf8'))).toMatchObject({
      dtype: stored,
      eos_token_id: 256,
    });
    if (!difference) throw new Error('expected a difference');
    expect(difference.largest / difference.scale).toBeLessThanOrEqual(limit);
    if (limit > 0) expect(difference.largest).toBeGreaterThan(0);
    expect(lines.at(-1)).toContain('read again; logits differ by at most');
    expect(readdirSync(out).sort()).toEqual(readdirSync(model).sort());
    expect(readFileSync(join(out, 'README.md'), 'utf8')).toBe('# Mine\n');
  },
);

test('float32 of float32 has the same bits, and a nanoGPT checkpoint becomes a folder', async () => {
  const [one, two] = [await readModelFolder(model), await readModelFolder(join(folder, 'f32'))];
  expect(snapshot(two)).toEqual(snapshot(one));
  expect(two.config).toEqual(one.config);
  for (const { weights } of [one, two]) releaseWeights(weights);
  const checkpoint = join(import.meta.dirname, '..', 'golden', 'torch', 'nanogpt.pt');
  const { difference } = await run({ model: checkpoint, out: join(folder, 'nanogpt') });
  expect(difference?.largest).toBe(0);
});

test('weights that float16 cannot hold are an error with what to do', async () => {
  const large = await readModelFolder(model);
  noGrad(() => void large.weights.tokenEmbedding.mul_(1e9));
  const path = join(folder, 'large');
  mkdirSync(path);
  await writeModelFolder(path, large, { tokenizerFiles: new Map(), endOfText: null, card: '' });
  releaseWeights(large.weights);
  const error: unknown = await run({ model: path, out: join(folder, 'overflow'), dtype: 'f16' }).catch(
    (caught: unknown) => caught,
  );
  expect(String(error)).toContain(
    'its logits are not finite; the weights do not fit the dtype, take f32 or bf16',
  );
  expect(exitCodeOf(error)).toBe(76);
});

test.each([
  [{ out: model }, 73, 'exists already'],
  [{ out: join(folder, 'x'), model: join(folder, 'none') }, 65, 'there is none'],
])('%j: exit %i, %s, and nothing is left behind', async (given, code, problem) => {
  const before = readdirSync(folder);
  const error: unknown = await run(given).catch((caught: unknown) => caught);
  expect(String(error)).toContain(problem);
  expect(exitCodeOf(error)).toBe(code);
  expect(readdirSync(folder)).toEqual(before);
  expect(existsSync(join(folder, 'x'))).toBe(false);
});
