// The evaluate job on a tiny model and data of our own: files, going on after a stop, comparison, refusals; and the hook in training.

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { downstreamHooks } from '../../src/evaluate/during-training.ts';
import { evaluate } from '../../src/evaluate/evaluate.ts';
import { evaluationText } from '../../src/evaluate/evaluation-text.ts';
import { evaluateOptions } from '../../src/evaluate/options.ts';
import { writeModelFolder } from '../../src/model/folder.ts';
import { releaseWeights } from '../../src/model/weights.ts';
import { readMetrics } from '../../src/run/metrics.ts';
import { byteTokenizer } from '../../src/tokenizers/byte-tokenizer.ts';
import { train } from '../../src/train/train.ts';
import { smallModel } from '../inherit/models.ts';
import { checkLiveTensors } from '../live-tensors.ts';
import { failureOf, listener, smallOptions, writeTokens } from '../train/rig.ts';

const folder = mkdtempSync(join(tmpdir(), 'inheritune-evaluate-'));
afterAll(() => rmSync(folder, { recursive: true }));
const data = join(folder, 'data');
const [model, other] = [join(folder, 'model'), join(folder, 'other')];

checkLiveTensors();

async function writeModel(path: string, seed: number): Promise<void> {
  mkdirSync(path);
  const small = smallModel(seed, { vocab: 257, paddedVocab: 320, context: 48, layers: 2 });
  await writeModelFolder(path, small, { tokenizerFiles: byteTokenizer().files(), endOfText: 256, card: '' });
  releaseWeights(small.weights);
}

beforeAll(async () => {
  await writeModel(model, 1);
  await writeModel(other, 2);
  mkdirSync(join(data, 'sciq'), { recursive: true });
  const docs = Array.from({ length: 12 }, (_, i) => ({
    question: `What is ${i}?`,
    distractor1: 'red',
    distractor2: `not ${i}`,
    distractor3: 'blue',
    correct_answer: `the ${i}`,
    support: i % 3 === 0 ? '' : `It is ${i}, and it has always been so.`,
  }));
  writeFileSync(join(data, 'sciq', 'test.jsonl'), docs.map((doc) => `${JSON.stringify(doc)}\n`).join(''));
  const texts = Array.from({ length: 9 }, (_, i) => ({
    text: `Then she said ${i} words to ${i % 2 ? 'him' : 'her'}`,
  }));
  writeFileSync(join(data, 'lambada_test.jsonl'), texts.map((text) => `${JSON.stringify(text)}\n`).join(''));
});

function options(given: Record<string, unknown>) {
  const usual = {
    model,
    tasks: ['sciq', 'lambada_openai'],
    dataDir: data,
    threads: 1,
    device: 'cpu',
    bootstrap: 1000,
  };
  return evaluateOptions.parse({ ...usual, ...given });
}

const scoresIn = (out: string) => readFileSync(join(out, 'scores.jsonl'), 'utf8').trim().split('\n').length;

test('writes results and samples; the second time scores come from the file, and nothing is scored again', async () => {
  const out = join(folder, 'twice');
  const { context, lines, warnings } = listener();
  const first = await evaluate(options({ out }), context);
  expect(lines.join('\n')).toContain('2 tasks, 57 requests');
  expect(warnings.join()).toMatch(
    /\d+ of 57 requests are longer than the model’s 48 tokens: \d+ tokens of their contexts were cut/,
  );
  expect(first.results['n-samples']).toMatchObject({
    sciq: { effective: 12 },
    lambada_openai: { effective: 9 },
  });
  const written = JSON.parse(readFileSync(first.resultsPath, 'utf8')) as Record<string, unknown>;
  expect(written).toMatchObject({
    max_length: 48,
    config: { model_dtype: 'torch.float32' },
    results: { sciq: { sample_len: 12 } },
  });
  expect(readdirSync(out).filter((name) => name.startsWith('samples_'))).toHaveLength(2);
  const kept = scoresIn(out);
  expect(kept).toBe(57);

  const again = await evaluate(options({ out, against: out }), context);
  expect(lines.join('\n')).toContain('57 requests, 57 of them scored before');
  expect(again.results.results).toEqual(first.results.results);
  expect(scoresIn(out)).toBe(kept);
  expect(
    again.differences?.map(({ task, difference, standardError }) => [task, difference, standardError]),
  ).toEqual([
    ['sciq', 0, 0],
    ['sciq', 0, 0],
    ['lambada_openai', 0, 0],
    ['lambada_openai', 0, 0],
  ]);
  expect(evaluationText(again)).toMatch(/^task +version[^]*sciq +1 +0 +12 +acc[^]*difference/);
});

test('a stopped evaluation ends with 75 and goes on to the numbers of one that was not', async () => {
  const out = join(folder, 'stopped');
  const { context, asked } = listener();
  let statuses = 0;
  context.console.status = () => {
    statuses += 1;
    if (statuses === 2) asked.stop = 'SIGTERM';
  };
  const stopped = await failureOf(evaluate(options({ out, batchTokens: 64 }), context));
  expect(stopped.code).toBe(75);
  expect(stopped.message).toMatch(
    /stopped by SIGTERM after \d+ of 57 requests; the same command goes on from there$/,
  );
  const before = scoresIn(out);
  expect(before).toBeGreaterThan(0);
  expect(before).toBeLessThan(57);
  asked.stop = null;
  const { results } = await evaluate(options({ out, batchTokens: 64 }), context);
  expect(scoresIn(out)).toBe(57);
  const whole = await evaluate(options({ out: join(folder, 'whole'), cache: false }), context);
  for (const [key, value] of Object.entries(whole.results.results.sciq ?? {}))
    expect(results.results.sciq?.[key]).toEqual(value);
  expect(readdirSync(join(folder, 'whole'))).not.toContain('scores.jsonl');
});

test('another model, precision or encoding has scores of its own; differences are paired', async () => {
  const out = join(folder, 'own');
  const { context } = listener();
  await evaluate(options({ out, limit: 4 }), context);
  const first = scoresIn(out);
  await evaluate(options({ out, limit: 4, beginOfText: true }), context);
  expect(scoresIn(out)).toBe(2 * first);
  const { differences } = await evaluate(options({ out, limit: 4, model: other, against: out }), context);
  expect(scoresIn(out)).toBe(3 * first);
  const nats = differences?.find(({ metric }) => metric === 'perplexity');
  expect(nats?.items).toBe(4);
  expect(Math.abs(nats?.difference ?? 0)).toBeGreaterThan(0.01);
  expect(nats?.standardError).toBeGreaterThan(0);
});

describe('refuses in one line', () => {
  const refused = async (given: Record<string, unknown>) =>
    failureOf(evaluate(options({ out: join(folder, 'refused'), ...given }), listener().context));

  test('a task nobody knows, with the nearest', async () => {
    const { code, message } = await refused({ tasks: ['sciqq'] });
    expect([code, message]).toEqual([64, expect.stringMatching(/"sciqq".*did you mean sciq\?$/)]);
  });

  test('data that are not there, and where they would be', async () => {
    const { code, message } = await refused({ tasks: ['piqa'] });
    expect([code, message]).toEqual([65, expect.stringMatching(/piqa: no data .*data.*piqa/)]);
  });

  test('a malformed row, with file and line', async () => {
    const bad = join(folder, 'bad');
    mkdirSync(bad);
    writeFileSync(join(bad, 'lambada_test.jsonl'), '{"text": "fine words"}\n{"text": 3}\n');
    const { code, message } = await refused({ tasks: ['lambada_openai'], dataDir: bad });
    expect([code, message]).toEqual([65, expect.stringMatching(/lambada_test\.jsonl:2: /)]);
  });

  test('a continuation longer than the model’s context', async () => {
    const { code, message } = await refused({ tasks: ['lambada_openai'], context: 2 });
    expect([code, message]).toEqual([
      65,
      expect.stringMatching(/has \d tokens, the model’s context holds 2: " h.."/),
    ]);
  });

  test('a context that the model has not', async () => {
    const { code, message } = await refused({ context: 49 });
    expect([code, message]).toEqual([64, 'context: the model sees at most 48 tokens, got 49']);
  });

  test('nothing to compare with', async () => {
    const { code, message } = await refused({ against: data });
    expect([code, message]).toEqual([
      65,
      expect.stringContaining('expected results_DATE.json or a folder with one'),
    ]);
  });

  test('a template that fails, with task and field', async () => {
    const file = join(folder, 'mine.yaml');
    writeFileSync(
      file,
      'task: mine\ndataset_path: allenai/sciq\ntest_split: test\noutput_type: multiple_choice\n' +
        'doc_to_text: "{{question.nothing()}}"\ndoc_to_choice: [a, b]\ndoc_to_target: 0\nmetric_list: [{metric: acc}]\n',
    );
    const { code, message } = await refused({ tasks: ['mine'], includePath: [file] });
    expect(code === 64 || code === 65).toBe(true);
    expect(message).toMatch(/mine.*doc_to_text/);
  });
});

test('in a training run: at the start, each so many steps and at the end; the training itself is the same to the bit', async () => {
  const tokens = writeTokens(join(folder, 'tokens'));
  const small = (out: string, given: object = {}) =>
    smallOptions({
      out: join(folder, out),
      tokens,
      steps: 6,
      evaluation: { every: 6, windows: 2 },
      ...given,
    });
  const measured = small('measured', { downstream: { tasks: ['lambada_openai'], every: 4, dataDir: data } });
  const { context } = listener();
  await train(small('plain'), context);
  await expect(train(measured, context)).rejects.toThrow(/downstream\.tasks: .*downstreamHooks/);
  await train(measured, context, await downstreamHooks(measured, context));
  const records = async (out: string, type: string) =>
    (await readMetrics(join(folder, out, 'metrics.jsonl'))).filter((record) => record.type === type);
  const found = await records('measured', 'downstream');
  expect(found.map(({ step }) => step)).toEqual([0, 4, 6]);
  for (const record of found) expect(record['lambada_openai/perplexity']).toBeGreaterThan(1);
  const losses = async (out: string) => (await records(out, 'train')).map(({ loss }) => loss);
  expect(await losses('measured')).toEqual(await losses('plain'));
});
