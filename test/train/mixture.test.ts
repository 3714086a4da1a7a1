// Training on several token folders by weight: kills change nothing, losses and epochs are told per source.

import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readMetrics } from '../../src/run/metrics.ts';
import { train } from '../../src/train/train.ts';
import { checkLiveTensors } from '../live-tensors.ts';
import {
  checkpointHashes,
  failureOf,
  listener,
  smallOptions,
  temporaryFolder,
  timelessMetrics,
  trainAndDie,
  writeTokens,
} from './rig.ts';

checkLiveTensors();
const folder = temporaryFolder();
const web = writeTokens(join(folder, 'web'), { train: 1300, val: 500 });
const books = writeTokens(join(folder, 'books'), { train: 333, val: 200 });
const tokens = [
  { folder: web, weight: 2 },
  { folder: books, weight: 1 },
];
const options = (out: string, given: Record<string, unknown> = {}) =>
  smallOptions({ out: join(folder, out), tokens: tokens as never, ...given });

test('killed in between, resumed: every file of every checkpoint and every record as if it had not been', async () => {
  const calm = options('calm');
  await train(calm, listener().context);
  const killed = options('killed');
  await trainAndDie(killed, 14); // the newest checkpoint is of step 12
  const { context, lines, warnings } = listener();
  await train(killed, context);
  expect(lines.join('\n')).toContain('going on after step 12 from ');
  expect(warnings).toEqual([]);
  expect(await checkpointHashes(killed.out)).toEqual(await checkpointHashes(calm.out));
  expect(await timelessMetrics(killed.out)).toEqual(await timelessMetrics(calm.out));

  // It can fail: other weights in the second half are another run.
  const other = join(folder, 'other');
  cpSync(killed.out, other, { recursive: true });
  const changed = options('other', { steps: 28, tokens: [tokens[0], { folder: books, weight: 2 }] });
  const told = listener();
  await train(changed, told.context);
  await train(options('killed', { steps: 28 }), listener().context);
  expect(told.lines.join('\n')).toContain('changed since the last start: tokens: ');
  const [a, b] = [await checkpointHashes(other), await checkpointHashes(killed.out)];
  const weights = 'model/model.safetensors';
  expect(a['step-00000024']?.[weights]).toBe(b['step-00000024']?.[weights]);
  expect(a['step-00000028']?.[weights]).not.toBe(b['step-00000028']?.[weights]);
});

test('epochs and validation losses are told per source', async () => {
  const { context, lines } = listener();
  const run = options('told');
  await train(run, context);
  const records = await readMetrics(join(run.out, 'metrics.jsonl'));
  const last = records.filter(({ type }) => type === 'train').at(-1);
  // 24 steps of 8 samples, two thirds and one third of them to within one of a block's draw, of 80 and 19 windows
  const [ofWeb = 0, ofBooks = 0] = last?.epochs as number[];
  expect(lines.slice(1, 3)).toEqual([
    `web: 66.7 % of the samples, 1.30k tokens, ${ofWeb.toFixed(2)} epochs in this run`,
    `books: 33.3 % of the samples, 333 tokens, ${ofBooks.toFixed(2)} epochs in this run`,
  ]);
  expect(Math.round(ofWeb * 80 + ofBooks * 19)).toBe(192);
  expect(Math.abs(ofBooks * 19 - 64)).toBeLessThan(20);
  expect(lines.filter((line) => /^step \d+: books: read \d times, begins again$/.test(line)).length).toBe(
    Math.floor(ofBooks),
  );
  expect(lines.filter((line) => /norm .* epochs \d\.\d\d-\d\.\d\d /.test(line)).length).toBe(24);
  const evaluation = records.find(({ type }) => type === 'evaluation');
  const [lossOfWeb = 0, lossOfBooks = 0] = evaluation?.validationLosses as number[];
  expect(evaluation?.validationLoss).toBeCloseTo((2 * lossOfWeb + lossOfBooks) / 3, 12);
  const card = readFileSync(join(run.out, 'checkpoints', 'step-00000024', 'model', 'README.md'), 'utf8');
  expect(card).toContain(`| data | 2 ${web}, 1 ${books} |`);
});

test('a list of one folder is that folder alone', async () => {
  const [listed, plain] = [
    options('listed', { tokens: [tokens[0]], steps: 8 }),
    options('plain', { tokens: web, steps: 8 }),
  ];
  await train(listed, listener().context);
  await train(plain, listener().context);
  const weights = async (run: string) =>
    (await checkpointHashes(run))['step-00000008']?.['model/model.safetensors'];
  expect(await weights(listed.out)).toBe(await weights(plain.out));
});

test.each<[string, unknown, number, string]>([
  ['twice', [tokens[0], tokens[0]], 64, 'expected every folder once'],
  [
    'short',
    [tokens[0], { folder: writeTokens(join(folder, 'short'), { train: 10 }), weight: 1 }],
    64,
    'short: windows of 16 tokens need 17',
  ],
  [
    'other',
    [tokens[0], { folder: writeTokens(join(folder, 'letters'), { vocab: 90 }), weight: 1 }],
    64,
    'expected folders of one tokenizer, found bytes of 257 ids',
  ],
  ['absent', [tokens[0], { folder: '/nowhere', weight: 1 }], 65, '/nowhere: expected tokens.json'],
  [
    'light',
    [tokens[0], { folder: books, weight: 1e-6 }],
    64,
    'expected weights of 0.0005 of their sum or more',
  ],
])('%s: refused in one line', async (name, given, code, message) => {
  const failed = await failureOf(train(options(`refused-${name}`, { tokens: given }), listener().context));
  expect(failed.message).toContain(message);
  expect(failed.code).toBe(code);
});

test('a shard that changes while it is trained on ends the run with file and offset', async () => {
  const own = writeTokens(join(folder, 'changing'));
  const { context } = listener();
  const touch = {
    every: 4,
    run: async () => (writeFileSync(join(own, 'train.bin'), new Uint16Array(1100)), {}),
  };
  const failed = await failureOf(
    train(options('changed', { tokens: own, evaluation: { every: 0 } }), context, [touch]),
  );
  expect(failed.code).toBe(65);
  expect(failed.message).toMatch(
    /train\.bin: changed while it was being read, at token \d+ \(2400 bytes when opened, 2200 now\)/,
  );
});
