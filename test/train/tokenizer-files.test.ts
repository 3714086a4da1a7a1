// A model trained with a tokenizer that somebody else made: its folder has that tokenizer's files, to the byte.

import { readFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { prepare } from '../../src/prepare/prepare.ts';
import { loadTokenizer } from '../../src/tokenizers/tokenizers.ts';
import { train } from '../../src/train/train.ts';
import { checkLiveTensors } from '../live-tensors.ts';
import { listener, smallOptions, temporaryFolder } from './rig.ts';

const folder = temporaryFolder();
checkLiveTensors();

test('a checkpoint has tokenizer.model as it was given', async () => {
  const model = readFileSync('test/golden/tokenizers/bpe-identity.model');
  const tokenizer = join(folder, 'model');
  const [source, tokens, out] = [join(folder, 'text.txt'), join(folder, 'tokens'), join(folder, 'run')];
  mkdirSync(tokenizer);
  writeFileSync(join(tokenizer, 'tokenizer.model'), model);
  writeFileSync(source, 'the quick brown fox jumps over the lazy dog. '.repeat(200));
  const { info } = await prepare({
    source: [source],
    out: tokens,
    tokenizer,
    validationSplit: 'tail',
    validationFraction: 0.3,
  });
  await train(smallOptions({ out, tokens, steps: 2 }), listener().context);
  const written = join(out, 'checkpoints/step-00000002/model');
  expect(readFileSync(join(written, 'tokenizer.model'))).toEqual(model);
  expect((await loadTokenizer(written)).info).toEqual(info.tokenizer);
  const config = JSON.parse(readFileSync(join(written, 'config.json'), 'utf8')) as { eos_token_id: number };
  expect(config.eos_token_id).toBe(2);
});
