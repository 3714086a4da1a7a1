// The report job: what it writes, that it is the same each time, what it refuses, and that nothing from files is markup.

import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { grow } from '../../src/inherit/grow.ts';
import { exitCodeOf } from '../../src/run/failure.ts';
import { reportOptions } from '../../src/report/options.ts';
import { hasFonts, pngOf } from '../../src/report/png.ts';
import { report } from '../../src/report/report.ts';
import { makeTokens, listen, tinyGrow } from '../inherit/rig.ts';
import { liveTensors } from '../../src/torch/index.ts';
import {
  evaluation,
  inheritance,
  listener,
  plausibleAttention,
  randomNumbers,
  runRecord,
  temporaryFolder,
  toyRecord,
  write,
  writeAnalysis,
  writeGrow,
  writeRun,
} from './rig.ts';

const folder = temporaryFolder();

async function reportOn(
  runs: string[],
  more: object = {},
): Promise<{ page: string; lines: string[]; figures: readonly string[] }> {
  const { console, lines } = listener();
  const { page, figures } = await report(reportOptions.parse({ runs, ...more }), { console });
  return { page: readFileSync(page, 'utf8'), lines, figures };
}

/** Exit code and line of a report that must fail. */
async function refusal(runs: string[], more: object = {}): Promise<{ code: number; message: string }> {
  const error: unknown = await reportOn(runs, more).then(
    () => new Error('expected a failure, and there was none'),
    (reason: unknown) => reason,
  );
  return { code: exitCodeOf(error), message: error instanceof Error ? error.message : String(error) };
}

/** Every file below a folder, with its bytes. */
function contents(at: string): Map<string, string> {
  const names = readdirSync(at, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(at, name)).isFile(),
  );
  return new Map(names.sort().map((name) => [name, readFileSync(join(at, name), 'base64')]));
}

describe('a grow job', () => {
  const grown = join(folder, 'grown');
  let page = '';
  beforeAll(async () => {
    writeGrow(grown);
    write(join(grown, 'round-2', 'evaluation', 'a.json'), evaluation());
    ({ page } = await reportOn([grown], { upstream: ['openwebtext-large'] }));
  });

  test('has its verdict, tables and commands in the page, from the records', () => {
    const text = page.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
    expect(text).toContain(
      'Matched: 8 of 12 layers (76 % of the parameters) reach the reference within 0.01 nats at 95 % confidence, after 2 rounds.',
    );
    expect(text).toContain('target, round 2 8 2.60M 819k 3.28e+12 2.8108 -0.0079 ± 0.0031');
    expect(text).toContain('reference and rounds 2.46M 1.06e+13');
    expect(text).toContain('inheritune grow --out &#39;runs/grown job&#39;');
    expect(text).toContain('# half of the layers first');
    expect(text).toContain('causal uniform 5 3 4 5 8 30');
    expect(text).toContain('0123456789ab cpu inheritune 0.1.0, node v20.0.0, libtorch 2.13.0 1337');
    expect(text).toContain('wsc 50.0 104 36.54 ± 4.74');
  });

  test('every figure is there as SVG, PNG and CSV, and the page names no other file', () => {
    const files = readdirSync(join(grown, 'report', 'figures'));
    const names = [...new Set(files.map((name) => name.replace(/\.\w+$/, '')))];
    expect(files.sort()).toEqual(
      names.flatMap((name) => ['csv', 'png', 'svg'].map((kind) => `${name}.${kind}`)).sort(),
    );
    expect(names.length).toBeGreaterThanOrEqual(14);
    for (const [, href = ''] of page.matchAll(/ (?:href|src)="([^"]*)"/g))
      expect(href).toMatch(/^(#|data:|figures\/[a-z0-9-]+\.(svg|png|csv)$)/);
    expect(page).not.toMatch(/<script|url\(http|@import/);
  });

  test('the same inputs give the same bytes', async () => {
    const before = contents(join(grown, 'report'));
    await reportOn([grown], { upstream: ['openwebtext-large'] });
    expect(contents(join(grown, 'report'))).toEqual(before);
  });

  test('PNGs are twice as large as their SVGs, white at the edge, and have text', () => {
    if (!hasFonts()) return expect.fail('no font on this machine: PNGs have no text');
    const png = PNG.sync.read(readFileSync(join(grown, 'report', 'figures', 'downstream-tasks.png')));
    const svg = readFileSync(join(grown, 'report', 'figures', 'downstream-tasks.svg'), 'utf8');
    expect(png.width).toBe(2 * Number(/ width="(\d+)"/.exec(svg)?.[1]));
    expect([...png.data.subarray(0, 4)]).toEqual([255, 255, 255, 255]);
    const dark = (from: number, to: number): number => {
      let count = 0;
      for (let y = 0; y < png.height; y++)
        for (let x = from; x < to; x++) if ((png.data[4 * (y * png.width + x)] ?? 255) < 90) count += 1;
      return count;
    };
    expect(dark(0, 280)).toBeGreaterThan(500); // names of tasks, left of the plot: nothing else is drawn there
  });

  test('fonts: a machine without any is told', () => {
    expect(hasFonts({ loadSystemFonts: false })).toBe(false);
  });
});

test('a real job of grow: reference, rounds, control and origins, from its own files', async () => {
  const live = liveTensors();
  const at = join(folder, 'real');
  mkdirSync(at);
  await makeTokens(at);
  const options = tinyGrow(at, { controls: ['same-steps'], growth: 'reference-keep', maxRounds: 2 });
  const result = await grow(options, listen().context);
  const { page, figures } = await reportOn([options.out]);
  expect(figures).toEqual(['loss-steps', 'loss-tokens', 'loss-flops', 'growth', 'inheritance', 'health']);
  for (const { loss } of [result.reference, ...result.rounds, ...result.controls])
    expect(page).toContain(loss.toFixed(4));
  const origins = readFileSync(join(options.out, 'report', 'figures', 'inheritance.csv'), 'utf8');
  expect(origins).toContain('round 2,blocks.2.mlp.up.weight,reference,reference.blocks.2.mlp.up.weight,1\n');
  expect(origins).toContain('round 2,blocks.0.mlp.up.weight,round 1,blocks.0.mlp.up.weight,1\n');
  expect(origins).toContain('round 1,tokenEmbedding,random,,1\n');
  // FLOPs of the metrics are those of grow.json
  const flops = readFileSync(join(options.out, 'report', 'figures', 'loss-flops.csv'), 'utf8');
  const last =
    (result.reference.flops ?? 0) + (result.rounds[0]?.flops ?? 0) + (result.rounds[1]?.flops ?? 0);
  expect(flops).toContain(`"target, round 2, 3 layers",4,${last},`);
  expect(liveTensors()).toBe(live);
});

test('several folders: names in front, colours apart, one page in the first', async () => {
  const [a, b, model] = [join(folder, 'a'), join(folder, 'deep', 'a'), join(folder, 'model')];
  writeRun(a, { state: 'running' });
  writeRun(b, { floor: 2.5 });
  writeAnalysis(model, plausibleAttention({ layers: 4, heads: 2 }));
  write(join(model, 'inheritance.json'), inheritance(4));
  write(join(model, 'analysis', 'toy.json'), toyRecord());
  const { page, figures } = await reportOn([a, b, model], { title: 'Three' });
  expect(figures).toContain('toy-model');
  expect(page).toContain('<h1>Three</h1>');
  expect(page).toContain('Not finished when this was written: a (1): running.');
  const csv = readFileSync(join(a, 'report', 'figures', 'loss-steps.csv'), 'utf8');
  expect([
    ...new Set(
      csv
        .split('\n')
        .slice(1, -1)
        .map((line) => line.split(',')[0]),
    ),
  ]).toEqual(['a (1)', 'a (2)']);
});

test('a long run: a page of moderate size, and every step in the CSV', async () => {
  const long = join(folder, 'long');
  writeRun(long, { steps: 40_000, every: 100 });
  const { page } = await reportOn([long]);
  expect(page.length).toBeLessThan(400_000);
  expect(page).toContain('are thinned for drawing');
  expect(readFileSync(join(long, 'report', 'figures', 'health.csv'), 'utf8').split('\n')).toHaveLength(
    40_002,
  );
});

describe('hostile files', () => {
  const attack = '"><img src=x onerror=alert(1)><script>alert(2)</script>&\'\u202e\u0000';
  test('nothing they say is markup, in the page or in a figure', async () => {
    const at = join(folder, `<b>"&'bad`);
    writeGrow(at, { steps: 20 });
    const record = plausibleAttention({ seed: 5, tokens: attack });
    record.suggestion.reason = attack;
    record.nullValues[0] = { name: attack, rank: 1, rankAtTaus: [1, 1, 1, 1], columns: 1 };
    writeAnalysis(join(at, 'reference'), record);
    write(join(at, 'run.json'), runRecord({ state: attack, command: ['inheritune', attack] }));
    write(join(at, 'config.yaml'), `# ${attack}\n`);
    write(join(at, 'round-1-start', 'inheritance.json'), {
      origin: attack,
      tensors: [{ target: attack, source: attack, queryFactor: 1 }],
    });
    write(join(at, 'reference', 'evaluation', 'a.json'), { results: { [attack]: { 'acc,none': 0.5 } } });
    const { page } = await reportOn([at]);
    const figures = readdirSync(join(at, 'report', 'figures')).filter((name) => name.endsWith('.svg'));
    for (const text of [
      page,
      ...figures.map((name) => readFileSync(join(at, 'report', 'figures', name), 'utf8')),
    ]) {
      expect(text).not.toMatch(/<img|<script|<b>/);
      expect(text).not.toContain('\u202e');
      expect(text).not.toContain('\u0000');
    }
    expect(page).toContain('&lt;script&gt;alert(2)&lt;/script&gt;');
  });

  test('maps that lie elsewhere, or are no PNG, are refused', async () => {
    const at = join(folder, 'maps');
    const record = plausibleAttention({ layers: 2, heads: 2, hasMaps: true });
    writeAnalysis(at, record);
    write(join(at, 'analysis', 'maps.png'), 'no picture');
    expect(await refusal([at])).toEqual({
      code: 65,
      message: `${join(at, 'analysis', 'maps.png')}: expected the PNG that attention.json names, found something else; run \`inheritune analyze\` again`,
    });
    if (record.maps) record.maps.sheet = '../../secret.png';
    write(join(at, 'analysis', 'attention.json'), record);
    expect(await refusal([at])).toMatchObject({
      code: 65,
      message: expect.stringContaining('maps.sheet') as string,
    });
  });
});

describe('what cannot be read is named', () => {
  test('a folder without anything', async () => {
    const at = join(folder, 'nothing');
    mkdirSync(at);
    expect(await refusal([at])).toEqual({
      code: 65,
      message: `${at}: expected a run, a grow job or an analysed model, found none of run.json, grow.json, analysis/attention.json, analysis/toy.json, evaluation/, inheritance.json`,
    });
    expect(await refusal([join(folder, 'absent')])).toMatchObject({ code: 65 });
  });

  const damages: [file: string, content: string][] = [
    ['run.json', '{"version":1,"id":"x","starts":[{"at":1}]}'],
    ['run.json', '{'],
    ['metrics.jsonl', 'no json\n{"type":"train"}\n'],
    ['config.resolved.yaml', 'a: [\n'],
    ['analysis/attention.json', '{"version":2}'],
    ['analysis/toy.json', '[]'],
    ['inheritance.json', '{"origin":1}'],
    ['evaluation/a.json', '{"results":3}'],
    ['grow.json', '{"version":7}'],
  ];
  test.each(damages)('%s: %s', async (file, content) => {
    const at = join(folder, 'damaged');
    rmSync(at, { recursive: true, force: true });
    writeRun(at, { steps: 4, every: 2 });
    write(join(at, file), content);
    const { code, message } = await refusal([at]);
    expect(code).toBe(65);
    expect(message).toContain(join(at, file));
    expect(message).not.toContain('\n');
  });

  test('numbers that are none are left out, not drawn', async () => {
    const at = join(folder, 'odd');
    writeRun(at, { steps: 4, every: 2 });
    const odd = [
      { type: 'evaluation', step: 6, validationLoss: 'NaN', trainLoss: null },
      { type: 'train', step: 'x', loss: null },
      { type: 'attention', step: 6, maxRank: 'x', mass: [1] },
    ];
    const path = join(at, 'metrics.jsonl');
    writeFileSync(
      path,
      readFileSync(path, 'utf8') + odd.map((line) => `${JSON.stringify(line)}\n`).join('') + '{"torn',
    );
    const { page } = await reportOn([at]);
    expect(page).not.toMatch(/ d="[^"]*NaN/);
    expect(
      readFileSync(join(at, 'report', 'figures', 'loss-steps.csv'), 'utf8')
        .trim()
        .split('\n'),
    ).toHaveLength(4);
  });
});

describe('its place', () => {
  test('an older report is replaced, whatever else is in it', async () => {
    const at = join(folder, 'again');
    writeRun(at, { steps: 4, every: 2 });
    await reportOn([at]);
    write(join(at, 'report', 'figures', 'of-before.svg'), 'old');
    await reportOn([at]);
    expect(readdirSync(join(at, 'report', 'figures'))).not.toContain('of-before.svg');
    expect(readdirSync(at).filter((name) => name.startsWith('.tmp-'))).toEqual([]);
  });

  test('a folder that is no report is left as it is', async () => {
    const at = join(folder, 'kept');
    writeRun(at, { steps: 4, every: 2 });
    const mine = join(folder, 'mine');
    write(join(mine, 'thesis.txt'), 'years of work');
    expect(await refusal([at], { out: mine })).toEqual({
      code: 73,
      message: `${mine}: is there and is no report; move it away or give another place with --out`,
    });
    expect(readFileSync(join(mine, 'thesis.txt'), 'utf8')).toBe('years of work');
  });

  test('a failure in the middle leaves the older report, and nothing half', async () => {
    const at = join(folder, 'half');
    writeRun(at, { steps: 4, every: 2 });
    await reportOn([at]);
    const before = contents(join(at, 'report'));
    write(join(at, 'metrics.jsonl'), 'damaged\n');
    expect(await refusal([at])).toMatchObject({ code: 65 });
    expect(contents(join(at, 'report'))).toEqual(before);
    expect(readdirSync(at).filter((name) => name.startsWith('.tmp-'))).toEqual([]);
  });

  test('an unknown published curve is refused before anything is read', async () => {
    expect(await refusal([join(folder, 'absent')], { upstream: ['fineweb-larg'] })).toEqual({
      code: 64,
      message:
        'upstream: expected openwebtext-medium, openwebtext-large, openwebtext-xlarge, fineweb-large, fineweb-medium or an id such as M1, got fineweb-larg; did you mean fineweb-large?',
    });
  });
});

test('resvg draws the light colours: no name of a colour is left in a file', async () => {
  const at = join(folder, 'colours');
  writeAnalysis(
    at,
    plausibleAttention({ layers: 48, heads: 25, seed: Math.floor(1e6 * randomNumbers(3)()) }),
  );
  await reportOn([at]);
  const svg = readFileSync(join(at, 'report', 'figures', 'heads.svg'), 'utf8');
  expect(svg).not.toMatch(/var\(|currentColor/);
  expect(pngOf(svg).length).toBeGreaterThan(1000);
});
