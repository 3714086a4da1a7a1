// Our evaluation beside lm-eval's of the same folders and data: log-likelihoods of every request, metrics, standard errors.
// Short: 20 documents a task, one subject of MMLU; full: 200, and 5 of each subject. Skips aloud without lm-eval or ../shared.

import { execFile, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { evaluate } from '../../src/evaluate/evaluate.ts';
import { evaluateOptions } from '../../src/evaluate/options.ts';
import type { Results } from '../../src/evaluate/results.ts';
import type { ModelConfig } from '../../src/model/family.ts';
import { familyOf } from '../../src/model/families.ts';
import { writeModelFolder } from '../../src/model/folder.ts';
import { releaseWeights } from '../../src/model/weights.ts';
import { silentConsole } from '../../src/run/console.ts';
import { packageRoot } from '../../src/run/store.ts';
import { serveOptions } from '../../src/serve/options.ts';
import { startServer } from '../../src/serve/serve.ts';
import { randomModel } from './models.ts';
import { full, makeFolder, runPython } from './python.ts';

const data = join(packageRoot(), '../shared/evaldata');
const models = join(packageRoot(), '../shared/models');
const python = process.env.INHERITUNE_ORACLE_PYTHON ?? '';
const hasHarness = python !== '' && spawnSync(python, ['-c', 'import lm_eval, accelerate']).status === 0;
const canRun = existsSync(data) && existsSync(models) && hasHarness;
const why = canRun ? '' : ' (skipped: needs ../shared/evaldata, ../shared/models and lm-eval[hf]==0.4.12)';

const folder = makeFolder();
afterAll(() => rmSync(folder, { recursive: true }));
const stop = { requested: () => null, takeSaveRequest: () => false, dispose: () => undefined };

const sizes = {
  layers: 2,
  heads: 4,
  width: 32,
  dropout: 0,
  bias: true,
  scaleAttentionByInverseLayer: false,
  hidden: undefined,
  tied: undefined,
  keyValueHeads: undefined,
};

interface TheirAnswer {
  results: Results['results'];
  groups: Results['results'];
  samples: Record<string, Record<string, number[]>>;
}

/** Folders of a GPT-2, whose context cuts many prompts of MMLU, and of a Llama, whose tokenizer begins texts with begin-of-text. */
const folders: Record<string, () => Promise<string>> = {
  gpt2: async () => {
    const path = await modelFolder(
      'gpt2',
      familyOf({ family: 'gpt2' }).fromSizes({ ...sizes, context: 640, vocab: 50257, paddedVocab: 50304 }),
    );
    for (const name of ['tokenizer.json', 'vocab.json', 'merges.txt'])
      copyFileSync(join(models, 'gpt2-tokenizer', name), join(path, name));
    return path;
  },
  llama: async () => {
    const path = await modelFolder(
      'llama',
      familyOf({ family: 'llama' }).fromSizes({
        ...sizes,
        bias: false,
        keyValueHeads: 2,
        context: 2048,
        vocab: 420,
        paddedVocab: 448,
      }),
    );
    const from = join(packageRoot(), 'test/golden/tokenizers/llama-fast.tokenizer.json');
    const begin = { SpecialToken: { id: '<s>', type_id: 0 } };
    const whole = [begin, { Sequence: { id: 'A', type_id: 0 } }];
    const tokenizer = {
      ...(JSON.parse(readFileSync(from, 'utf8')) as object),
      post_processor: {
        type: 'TemplateProcessing',
        single: whole,
        pair: [...whole, { Sequence: { id: 'B', type_id: 1 } }],
        special_tokens: { '<s>': { id: '<s>', ids: [1], tokens: ['<s>'] } },
      },
    };
    writeFileSync(join(path, 'tokenizer.json'), JSON.stringify(tokenizer));
    writeFileSync(
      join(path, 'tokenizer_config.json'),
      JSON.stringify({ tokenizer_class: 'PreTrainedTokenizerFast', bos_token: '<s>', eos_token: '</s>' }),
    );
    return path;
  },
};

async function modelFolder(name: string, config: ModelConfig): Promise<string> {
  const path = join(folder, name);
  mkdirSync(path);
  const model = randomModel(config, 0.1);
  await writeModelFolder(path, model, { tokenizerFiles: new Map(), endOfText: config.vocab - 1, card: '' });
  releaseWeights(model.weights);
  return path;
}

/** lm-eval's evaluation. */
function theirs(path: string, settings: object): TheirAnswer[] {
  const file = join(folder, 'settings.json');
  writeFileSync(file, JSON.stringify(settings));
  return JSON.parse(runPython('evaluate.py', [path, data, file])) as TheirAnswer[];
}

/** Ours: results, and the log-likelihoods by task and document. */
async function ours(path: string, settings: Record<string, unknown>) {
  const options = evaluateOptions.parse({
    model: path,
    out: join(path, 'evaluation'),
    threads: 1,
    device: 'cpu',
    ...settings,
  });
  const { results, resultsPath } = await evaluate(options, { console: silentConsole, stop });
  const samples: TheirAnswer['samples'] = {};
  for (const task of Object.keys(results.configs)) {
    const stamp = resultsPath.replace(/^.*results_(.*)\.json$/, '$1');
    const lines = readFileSync(join(path, 'evaluation', `samples_${task}_${stamp}.jsonl`), 'utf8')
      .trim()
      .split('\n');
    samples[task] = Object.fromEntries(
      lines.map((line) => {
        const { doc_id: id, filtered_resps: answers } = JSON.parse(line) as {
          doc_id: number;
          filtered_resps: (string | string[])[];
        };
        return [String(id), answers.map((answer) => Number(typeof answer === 'string' ? answer : answer[0]))];
      }),
    );
  }
  return { results: results.results, samples };
}

/** Largest difference, as a share of what is more than 100 nats: float32 has seven digits. */
function largestDifference(ours: TheirAnswer['samples'], theirs: TheirAnswer['samples']): number {
  let largest = 0;
  for (const [task, documents] of Object.entries(theirs))
    for (const [id, values] of Object.entries(documents)) {
      const own = ours[task]?.[id] ?? [];
      expect(own.length, `${task} ${id}`).toBe(values.length);
      for (const [i, value] of values.entries())
        largest = Math.max(largest, Math.abs((own[i] ?? NaN) - value) / Math.max(1, Math.abs(value) / 100));
    }
  return largest;
}

/** Metrics and errors equal: accuracies as they are, perplexities as far as log-likelihoods are. */
function expectEqualResults(found: Results['results'], expected: Results['results']): void {
  for (const [task, row] of Object.entries(expected))
    for (const [key, value] of Object.entries(row)) {
      if (typeof value !== 'number' || !key.endsWith(',none')) continue;
      const own = Number(found[task]?.[key]);
      const tolerance = /perplexity|bits/.test(key) ? 2e-4 * Math.abs(value) : 1e-12;
      expect(Math.abs(own - value), `${task} ${key}: ours ${own}, lm-eval ${value}`).toBeLessThanOrEqual(
        tolerance,
      );
    }
}

const limit = full ? 200 : 20;
const zeroShot = ['arc_easy', 'piqa', 'lambada_openai', 'boolq', 'winogrande', 'logiqa'];
const written = ['hellaswag', 'sciq'];

describe.each(Object.keys(folders))('%s', (name) => {
  test.skipIf(!canRun)(
    `log-likelihoods within 1e-4, metrics and errors of all tasks equal lm-eval’s${why}`,
    async () => {
      const path = await (folders[name]?.() ?? '');
      const own = join(folder, `${name}-data`);
      const bootstrap = 1000;
      const runs = [
        { tasks: [...zeroShot, ...written], limit, shots: 0, bootstrap },
        { tasks: ['wikitext'], limit: full ? 20 : 3, bootstrap },
        {
          tasks: full ? ['mmlu'] : ['mmlu_high_school_us_history', 'mmlu_anatomy'],
          limit: 5,
          shots: 5,
          bootstrap,
        },
      ];
      const answers = theirs(path, { runs, write: own });
      for (const [index, { tasks, ...rest }] of runs.entries()) {
        const expected = answers[index] ?? { results: {}, groups: {}, samples: {} };
        const mixed = tasks.some((task) => written.includes(task));
        const parts = mixed
          ? [
              await ours(path, { tasks: zeroShot, dataDir: data, ...rest }),
              await ours(path, { tasks: written, dataDir: own, ...rest }),
            ]
          : [await ours(path, { tasks, dataDir: data, ...rest })];
        const samples = Object.assign({}, ...parts.map((part) => part.samples)) as TheirAnswer['samples'];
        const results = Object.assign({}, ...parts.map((part) => part.results)) as Results['results'];
        const difference = largestDifference(samples, expected.samples);
        console.log(`${name}: ${tasks.join(', ')}: largest difference ${difference.toExponential(1)}`);
        expect(difference).toBeLessThan(1e-4);
        expectEqualResults(results, { ...expected.results, ...expected.groups });
      }
    },
    1_800_000,
  );
});

test.skipIf(!canRun)(
  `our server, scored by lm-eval’s local-completions, gives our own evaluation’s numbers${why}`,
  async () => {
    const path = join(folder, 'gpt2-served');
    const config = familyOf({ family: 'gpt2' }).fromSizes({
      ...sizes,
      context: 640,
      vocab: 50257,
      paddedVocab: 50257,
    });
    await modelFolder('gpt2-served', config);
    for (const file of ['tokenizer.json', 'vocab.json', 'merges.txt'])
      copyFileSync(join(models, 'gpt2-tokenizer', file), join(path, file));
    const settings = {
      tasks: ['arc_easy', 'lambada_openai', 'winogrande'],
      limit: full ? 100 : 10,
      bootstrap: 1000,
    };
    const own = await ours(path, { ...settings, dataDir: data });
    const options = serveOptions.parse({ model: path, port: 0, device: 'cpu', threads: 1 });
    const server = await startServer(options, { console: silentConsole });
    try {
      const file = join(folder, 'served.json');
      writeFileSync(file, JSON.stringify({ runs: [settings], url: `${server.url}/v1/completions` }));
      const script = join(packageRoot(), 'tools/oracle/evaluate.py');
      const { stdout } = await promisify(execFile)(python, [script, path, data, file], {
        maxBuffer: 1 << 26,
      });
      const [expected] = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as [TheirAnswer];
      const difference = largestDifference(own.samples, expected.samples);
      console.log(`served: largest difference ${difference.toExponential(1)}`);
      expect(difference).toBeLessThan(1e-4);
      expectEqualResults(own.results, expected.results);
    } finally {
      await server.close();
    }
  },
  600_000,
);
