// What the jobs leave behind loads in transformers: a trained checkpoint and an inherited folder, tokenizer included.

import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { prepare } from '../../src/prepare/prepare.ts';
import { loadTokenizer } from '../../src/tokenizers/tokenizers.ts';
import { inherit, inheritOptions } from '../../src/inherit/inherit.ts';
import { tokenizerFileNames } from '../../src/tokenizers/tokenizer-files.ts';
import { readModelFolder } from '../../src/model/folder.ts';
import { locateModel } from '../../src/model/locate.ts';
import { releaseWeights } from '../../src/model/weights.ts';
import { silentConsole } from '../../src/run/console.ts';
import { liveTensors } from '../../src/torch/index.ts';
import { trainOptions } from '../../src/train/options.ts';
import { train } from '../../src/train/train.ts';
import { writeLogits } from './models.ts';
import { makeFolder, runPython } from './python.ts';

const folder = makeFolder();
afterAll(() => rmSync(folder, { recursive: true }));

const context = {
  console: silentConsole,
  stop: { requested: () => null, takeSaveRequest: () => false, dispose: () => undefined },
  command: ['test'],
};
const proverbs =
  'A watched pot never boils. Great oaks from little acorns grow.\nMore haste, less speed: naïve, café.\n';

test.each(['gpt2', 'bytes', 'characters'] as const)(
  '%s: checkpoint and inherited folder give our logits and our ids',
  async (tokenizer) => {
    const before = liveTensors();
    const at = (name: string) => join(folder, tokenizer, name);
    mkdirSync(at(''), { recursive: true });
    writeFileSync(at('text.txt'), proverbs.repeat(40));
    await prepare({ source: [at('text.txt')], out: at('tokens'), tokenizer, validationSplit: 'tail' });
    await train(
      trainOptions.parse({
        out: at('run'),
        tokens: at('tokens'),
        model: { layers: 4, heads: 2, width: 16, context: 16, dropout: 0.1 },
        steps: 3,
        tokensPerStep: 64,
        microBatch: 2,
        learningRate: { peak: 0.01, warmupSteps: 0 },
        evaluation: { windows: 4 },
        device: 'cpu',
        threads: 1,
      }),
      context,
    );
    await inherit(inheritOptions.parse({ from: at('run'), out: at('inherited'), first: 2 }), context);

    const folders = [await locateModel(at('run')), at('inherited')] as const;
    for (const path of folders) {
      const model = await readModelFolder(path);
      await writeLogits(path, model);
      releaseWeights(model.weights);
    }
    const { encode } = await loadTokenizer(at('inherited'));
    const texts = [proverbs, 'a pot, less oaks', ''];
    writeFileSync(
      at('cases.json'),
      JSON.stringify(texts.map((text) => ({ text, ids: Array.from(encode(text)) }))),
    );
    for (const name of tokenizerFileNames.filter((name) => existsSync(join(folders[0], name))))
      expect(readFileSync(join(folders[1], name), 'utf8')).toBe(readFileSync(join(folders[0], name), 'utf8'));
    expect(runPython('tokenizer_ids.py', [at('inherited'), at('cases.json')])).toMatch(
      / 3 of 3 strings equal/,
    );
    const examined = JSON.parse(runPython('from_ours.py', folders)) as { difference: number }[];
    expect(examined).toHaveLength(2);
    for (const one of examined) {
      expect(one).toMatchObject({ missing_keys: [], unexpected_keys: [], mismatched_keys: [] });
      expect(one.difference).toBeLessThan(1e-5);
    }
    expect(liveTensors()).toBe(before);
  },
  100_000,
);
