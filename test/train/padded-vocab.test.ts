// Starting from a hub's folder whose embedding has more rows than its tokenizer has tokens: allowed with its own tokenizer only.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { loadTokenizer } from '../../src/tokenizers/tokenizers.ts';
import { writeModelFolder } from '../../src/model/folder.ts';
import { readModelConfig } from '../../src/model/folder.ts';
import { releaseWeights } from '../../src/model/weights.ts';
import { train } from '../../src/train/train.ts';
import { smallModel } from '../inherit/models.ts';
import { checkLiveTensors } from '../live-tensors.ts';
import { failureOf, listener, smallOptions, temporaryFolder, writeTokens } from './rig.ts';

const folder = temporaryFolder();
const tokens = writeTokens(join(folder, 'tokens'));

checkLiveTensors();

/** A folder as the hub's: 320 rows, and nothing that says that the tokenizer has 257. */
async function writePadded(name: string, withTokenizer: boolean): Promise<string> {
  const path = join(folder, name);
  const { mkdirSync } = await import('node:fs');
  mkdirSync(path);
  const model = smallModel(4, { vocab: 320, paddedVocab: 320, context: 16 });
  const tokenizer = await loadTokenizer({ name: 'bytes' });
  const tokenizerFiles = withTokenizer ? tokenizer.files() : new Map<string, string>();
  await writeModelFolder(path, model, { tokenizerFiles, endOfText: 256, card: '' });
  releaseWeights(model.weights);
  const config = JSON.parse(readFileSync(join(path, 'config.json'), 'utf8')) as Record<string, unknown>;
  delete config.inheritune;
  writeFileSync(join(path, 'config.json'), JSON.stringify(config));
  return path;
}

let withOwn = '';
let without = '';
beforeAll(async () => {
  withOwn = await writePadded('own', true);
  without = await writePadded('without', false);
});

test('with its own tokenizer it trains, and what is saved says how many tokens it knows', async () => {
  const out = join(folder, 'run');
  await train(smallOptions({ out, tokens, from: withOwn, steps: 4, model: {} }), listener().context);
  const config = await readModelConfig(join(out, 'checkpoints', 'step-00000004', 'model'));
  expect([config.vocab, config.paddedVocab]).toEqual([257, 320]);
});

test('without one, or with another, it is refused with both numbers', async () => {
  const out = join(folder, 'refused');
  const refused = failureOf(
    train(smallOptions({ out, tokens, from: without, model: {} }), listener().context),
  );
  expect(await refused).toMatchObject({
    code: 64,
    message: expect.stringContaining('the model knows 320 tokens') as string,
  });
});
