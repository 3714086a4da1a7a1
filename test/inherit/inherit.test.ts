// JOB inherit: the folder it makes or does not make, its dry run, and what is refused.

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inherit, inheritOptions } from '../../src/inherit/inherit.ts';
import { readModelFolder } from '../../src/model/folder.ts';
import { writeModelFolder } from '../../src/model/folder.ts';
import { releaseWeights } from '../../src/model/weights.ts';
import { exitCodeOf } from '../../src/run/failure.ts';
import { loadOptions } from '../../src/run/options.ts';
import { checkLiveTensors } from '../live-tensors.ts';
import { smallModel, snapshot } from './models.ts';
import { hashes, listen, temporaryFolder } from './rig.ts';

const folder = temporaryFolder();
const reference = join(folder, 'reference');
beforeAll(async () => {
  const model = smallModel(1);
  mkdirSync(reference);
  const tokenizerFiles = new Map([['tokenizer_config.json', '{"made": "for this test"}']]);
  await writeModelFolder(reference, model, { tokenizerFiles, endOfText: 60, card: '# The reference\n' });
  releaseWeights(model.weights);
});
afterAll(() => rmSync(folder, { recursive: true }));

checkLiveTensors();

/** Runs the job, and says what it printed; `out` is new each time. */
let made = 0;
async function run(changes: object): Promise<{ out: string; lines: string[]; error: unknown }> {
  made += 1;
  const out = join(folder, `made-${made}`);
  const { context, lines } = listen();
  const error: unknown = await inherit(
    inheritOptions.parse({ from: reference, out, ...changes }),
    context,
  ).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return { out, lines, error };
}

test('the folder has the layers asked for, the reference’s tokenizer, and the origin of every tensor', async () => {
  const before = hashes(reference);
  const { out, error } = await run({ layers: '0,2,5' });
  expect(error).toBeNull();
  const [whole, model] = [await readModelFolder(reference), await readModelFolder(out)];
  const [from, to] = [snapshot(whole), snapshot(model)];
  const origin = JSON.parse(readFileSync(join(out, 'inheritance.json'), 'utf8')) as {
    origin: string;
    tensors: { target: string; source: string }[];
  };
  expect(origin.origin).toBe(`Layers 0, 2, 5 of ${reference}`);
  expect(origin.tensors.length).toBe(to.size);
  expect(
    origin.tensors.filter(({ target }) => target.endsWith('up.weight')).map(({ source }) => source),
  ).toEqual(['blocks.0.mlp.up.weight', 'blocks.2.mlp.up.weight', 'blocks.5.mlp.up.weight']);
  for (const { target, source } of origin.tensors) expect(to.get(target), target).toEqual(from.get(source));
  expect(readFileSync(join(out, 'tokenizer_config.json'), 'utf8')).toBe('{"made": "for this test"}');
  expect(JSON.parse(readFileSync(join(out, 'config.json'), 'utf8'))).toMatchObject({
    n_layer: 3,
    eos_token_id: 60,
  });
  expect(readFileSync(join(out, 'README.md'), 'utf8')).toContain(
    'A GPT-2 of 3 layers, inherited and not yet trained',
  );
  expect(hashes(reference)).toEqual(before);
  for (const { weights } of [whole, model]) releaseWeights(weights);
});

test('half of the layers, rounded up, unless told', async () => {
  const { out, lines } = await run({});
  expect(lines.at(-1)).toBe(
    `made ${out}: layers 0, 1, 2, 3 of 0-6 from ${reference}; 14.4k of 24.2k parameters`,
  );
});

test('equal options give equal bytes; another seed changes only what is not inherited', async () => {
  const [one, two, other] = [
    await run({ first: 1, positions: false }),
    await run({ first: 1, positions: false }),
    await run({ first: 1, positions: false, seed: 5 }),
  ];
  const weights = ({ out }: { out: string }) => hashes(out, (path) => path.endsWith('.safetensors'));
  expect(weights(one)).toEqual(weights(two));
  const models = [await readModelFolder(one.out), await readModelFolder(other.out)];
  const [a, b] = models.map(snapshot);
  const different = [...(a ?? [])].filter(([path, values]) => String(values) !== String(b?.get(path)));
  expect(different.map(([path]) => path)).toEqual(['positionEmbedding']);
  for (const model of models) releaseWeights(model.weights);
});

test('a dry run prints the tensor map and writes nothing', async () => {
  const before = readdirSync(folder);
  const { lines, error } = await run({ layers: '4,5', asUpstream: true, keepScale: true, dryRun: true });
  expect(error).toBeNull();
  const map = lines[0]?.split('\n') ?? [];
  expect(map.slice(0, 5)).toEqual([
    'tokenEmbedding <- tokenEmbedding',
    'positionEmbedding <- random',
    'blocks.0.norm1.weight <- blocks.4.norm1.weight',
    'blocks.0.norm1.bias <- blocks.4.norm1.bias',
    'blocks.0.attention.queryKeyValue.weight <- blocks.4.attention.queryKeyValue.weight  (query x 0.2000)',
  ]);
  expect(map.at(-1)).toBe('finalNorm.bias <- random');
  expect(map.length).toBe(2 + 2 * 12 + 2);
  expect(lines[1]).toMatch(/^would make .*: layers 4, 5 of 0-6/);
  expect(readdirSync(folder)).toEqual(before);
});

test.each([
  ['first: 9', { first: 9 }, 64, 'inherit: first must be 1..7 (the reference has 7), got 9'],
  ['first: 0', { first: 0 }, 64, 'inherit: first must be 1..7 (the reference has 7), got 0'],
  ['layers: 3-7', { layers: '3-7' }, 64, 'layers: must be 0..6 (the reference has 7), got 7'],
  ['both', { first: 2, layers: '0,1' }, 64, 'inherit: expected first or layers, got both'],
  [
    'no reference',
    { from: '/nowhere' },
    65,
    '/nowhere: expected a model folder, a checkpoint or a run; there is none',
  ],
])('%s is refused in one line, and nothing is made', async (_, changes, code, message) => {
  const before = readdirSync(folder);
  const { error } = await run(changes);
  expect(error).toEqual(new Error(message));
  expect(exitCodeOf(error)).toBe(code);
  expect(readdirSync(folder)).toEqual(before);
});

test('a folder that exists is refused with 73 and left as it is, an empty one too', async () => {
  for (const files of [['mine.txt'], []]) {
    const out = join(folder, `taken-${files.length}`);
    mkdirSync(out);
    for (const name of files) writeFileSync(join(out, name), 'mine');
    const { error } = await run({ out });
    expect(error).toEqual(new Error(`${out}: exists already; choose another folder or remove it`));
    expect(exitCodeOf(error)).toBe(73);
    expect(readdirSync(out)).toEqual(files);
  }
});

test('the folder is whole or absent: a fault while it is written leaves nothing', async () => {
  const broken = join(folder, 'broken');
  mkdirSync(broken);
  for (const name of ['config.json', 'model.safetensors'])
    writeFileSync(join(broken, name), readFileSync(join(reference, name)));
  mkdirSync(join(broken, 'tokenizer.json')); // read when half of the new folder is there
  const before = readdirSync(folder);
  const { out, error } = await run({ from: broken });
  expect(exitCodeOf(error)).toBe(65);
  expect(String(error)).toContain('tokenizer.json: expected a file');
  expect(existsSync(out)).toBe(false);
  expect(readdirSync(folder)).toEqual(before);
});

test('one layer on the command line is a list too', async () => {
  const { options } = await loadOptions(inheritOptions, { flags: { from: 'x', out: 'y', layers: '5' } });
  expect(options.layers).toBe('5');
});
