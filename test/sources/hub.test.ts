// Datasets of a hub on loopback: listed page by page, read by ranges or as streams, cut, slow, changed, refused, and from the cache offline.

import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { planUnits } from '../../src/sources/plan.ts';
import { startFakeHub } from '../hub/fake-hub.ts';
import type { FakeHub } from '../hub/fake-hub.ts';
import { readGoldenJson } from '../golden.ts';
import { errorOf, readUnits } from './reading.ts';
import type { Found } from './reading.ts';
import type { SourceOptions } from '../../src/sources/hub-source.ts';

const golden = readGoldenJson('parquet/files') as {
  files: Record<string, Record<string, { rows: number; sha256: string }>>;
};
const parquet = (name: string): Buffer =>
  readFileSync(join(import.meta.dirname, '..', 'golden', 'parquet', `${name}.parquet`));

let root = '';
let hub: FakeHub;
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'inheritune-datasets-'));
  hub = await startFakeHub(join(root, 'cache'));
  hub.settings.timing.stallMs = 3000; // a busy machine is no stall
  for (const name of Object.keys(process.env))
    if (/_proxy$/i.test(name)) Reflect.deleteProperty(process.env, name);
});
afterEach(async () => {
  await hub.close();
  rmSync(root, { recursive: true });
});

const options = (more: SourceOptions = {}): SourceOptions => ({ settings: hub.settings, ...more });
const plan = (files = '', more: SourceOptions = {}) =>
  planUnits([`hf://datasets/org/data${files}`], options(more));
const read = async (files = '', more: SourceOptions = {}): Promise<Found> =>
  readUnits((await plan(files, more)).units, options(more));
const put = (name: string, bytes: Buffer | string): void => {
  hub.datasetFiles.set(name, Buffer.from(bytes as string));
};
const lines = (count: number, text: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => `${JSON.stringify({ text: text(i) })}\n`).join('');

describe('listing', () => {
  test('goes on page by page; a folder, a glob, a file, a revision choose', async () => {
    for (let i = 0; i < 7; i += 1)
      put(
        `data/${i}.jsonl`,
        lines(1, () => `d${i}`),
      );
    put(
      'other/x.jsonl',
      lines(1, () => 'x'),
    );
    put('README.md', 'no');
    put('dataset_infos.json', '{}');
    hub.pageSize = 2;
    const texts = async (files: string) => (await read(files)).texts.join(' ');
    expect(await texts('')).toBe('d0 d1 d2 d3 d4 d5 d6 x');
    expect(await texts('/data')).toBe('d0 d1 d2 d3 d4 d5 d6');
    expect(await texts('@main/data/[45].jsonl')).toBe('d4 d5');
    expect(await texts(`@${hub.commit}/**/x.jsonl`)).toBe('x');
    expect(await texts('/data/3.jsonl')).toBe('d3');
    const { origins, units } = await plan('/data/3.jsonl');
    expect(origins).toEqual([
      expect.objectContaining({ dataset: 'org/data', commit: hub.commit, file: 'data/3.jsonl', bytes: 14 }),
    ]);
    expect(units[0]?.source).toBe('datasets/org/data: data/3.jsonl');
  });

  test('of the formats of a dataset the first is read, so that no text comes twice', async () => {
    put('a.parquet', parquet('plain'));
    put(
      'a.jsonl',
      lines(1, () => 'again'),
    );
    expect((await plan()).units.map(({ format }) => format)).toEqual(['parquet']);
  });

  test('what is not there, or not to be trusted, is a line with exit code 65', async () => {
    put(
      'a.jsonl',
      lines(1, () => 'a'),
    );
    expect(await errorOf(plan('/*.parquet'), 65)).toBe(
      'datasets/org/data: none of its files is *.parquet; some are a.jsonl',
    );
    expect(await errorOf(plan('@dev'), 65)).toBe('datasets/org/data: has no revision dev');
    expect(await errorOf(plan('/absent'), 65)).toContain('datasets/org/data: none of its files is absent');
    expect(await errorOf(planUnits(['hf://datasets/org/none'], options()), 65)).toContain(
      'has no such data set',
    );
    put('../evil.jsonl', 'x');
    expect(await errorOf(plan(), 65)).toContain("the hub's listing: refuses a file called");
  });

  test('a listing that leads elsewhere is refused', async () => {
    put(
      'a.jsonl',
      lines(1, () => 'a'),
    );
    hub.fault = ({ path }) =>
      path.includes('/tree/')
        ? { status: 200, headers: { link: '<http://127.0.0.1:1/x>; rel="next"' }, body: Buffer.from('[]') }
        : null;
    expect(await errorOf(plan(), 65)).toContain('which is not of it');
  });

  test('names of datasets, and their parts', async () => {
    expect(await errorOf(planUnits(['fineweb-edu:sample-1BT'], options()), 64)).toBe(
      'fineweb-edu:sample-1BT: fineweb-edu has no part sample-1BT; it has sample-10BT, sample-100BT, sample-350BT, and snapshots as CC-MAIN-2024-10',
    );
    expect(await errorOf(planUnits(['dataset:org'], options()), 64)).toContain(
      'expected hf://datasets/ORG/NAME',
    );
    expect(await errorOf(planUnits(['fineweb-edv'], options()), 64)).toContain('found nothing of that name');
    await errorOf(planUnits(['fineweb-edu:CC-MAIN-2013-20'], options()), 65);
    expect(hub.asked.at(-1)?.path).toBe('/api/datasets/HuggingFaceFW/fineweb-edu/revision/main');
  });
});

describe('parquet', () => {
  test('is read by ranges: the footer, then one column', async () => {
    put('a.parquet', parquet('fineweb-none'));
    const { units, bytes, fetchBytes, documents } = await plan();
    expect([documents, fetchBytes]).toEqual([120, bytes]);
    expect(bytes).toBeLessThan(parquet('fineweb-none').length / 1.5);
    const found = await readUnits(units, options());
    expect(found.sha256).toBe(golden.files['fineweb-none']?.text?.sha256);
    const ranges = hub.asked.filter(({ path }) => path.endsWith('.parquet'));
    expect(ranges.every(({ range }) => range !== undefined)).toBe(true);
    for (const { server, authorization } of hub.asked)
      if (server === 'store') expect(authorization).toBeUndefined();
  });

  test('cuts, busy servers and addresses that run out are borne', async () => {
    put('a.parquet', parquet('fineweb-snappy'));
    let count = 0;
    hub.fault = ({ server, path }) => {
      if (!path.endsWith('.parquet')) return null;
      count += 1;
      if (count % 3 === 0) return { cutAfter: 1500 };
      if (count % 5 === 0) return { status: server === 'hub' ? 503 : 403 };
      return null;
    };
    expect((await read()).sha256).toBe(golden.files['fineweb-snappy']?.text?.sha256);
    expect(count).toBeGreaterThan(6);
  });
});

describe('streams', () => {
  const text = (i: number): string => `document ${i} ${'é'.repeat(i % 50)}`;

  test('go on where they were cut, and are checked at their end', async () => {
    const packed = gzipSync(lines(9000, text), { level: 1 });
    put('a.json.gz', packed);
    hub.fault = ({ server }, tries) => (server === 'store' && tries % 2 === 1 ? { cutAfter: 20_000 } : null);
    const found = await read();
    expect(found.texts.length).toBe(9000);
    expect(found.texts[77]).toBe(text(77));
    const begins = hub.asked.flatMap(({ server, range }) =>
      server === 'store' ? [range?.split('-')[0]] : [],
    );
    expect(begins.length).toBeGreaterThan(1);
    expect(new Set(begins).size).toBe(begins.length); // never the same bytes again
  });

  test('plain lines are read in parts', async () => {
    put('a.jsonl', lines(2000, text));
    const [unit] = (await plan()).units;
    if (!unit) throw new Error('no unit');
    const third = Math.round(unit.end / 3);
    const parts = [
      [0, third],
      [third, 2 * third],
      [2 * third, unit.end],
    ] as const; // prettier-ignore
    const found = await readUnits(
      parts.map(([begin, end]) => ({ ...unit, begin, end })),
      options(),
    );
    expect(found.texts).toEqual(Array.from({ length: 2000 }, (_, i) => text(i)));
  });

  test('cut for good is a line with exit code 69', async () => {
    put('a.json.gz', gzipSync(lines(9000, text), { level: 1 }));
    hub.fault = ({ server }) => (server === 'store' ? { cutAfter: 100 } : null);
    expect(await errorOf(read(), 69)).toContain('datasets/org/data: a.json.gz: 127.0.0.1');
    hub.settings.timing.stallMs = 200;
    hub.fault = ({ server }) => (server === 'store' ? { trickleMs: 50 } : null);
    expect(await errorOf(read(), 69)).toContain('gave up after 4 tries');
  });

  test('a file that is changed on the way, or changes, is an error', async () => {
    put('a.json.gz', gzipSync(lines(9000, text), { level: 1 }));
    const { units } = await plan();
    hub.fault = ({ server }) => (server === 'store' ? { changeByte: true } : null);
    await errorOf(readUnits(units, options()), 65); // gzip's own checksum
    hub.fault = ({ server }, tries) =>
      server === 'store' ? { cutAfter: 20_000, headers: { etag: `"${tries}"` } } : null;
    expect(await errorOf(readUnits(units, options()), 65)).toContain('it changes while it is read');
    hub.fault = () => null;
    put('a.json.gz', gzipSync(lines(9001, text), { level: 1 }));
    expect(await errorOf(readUnits(units, options()), 65)).toContain('is no longer the file that was listed');
  });

  test('a plain file that is changed on the way is known by its hash', async () => {
    put('a.jsonl', lines(2000, text));
    const { units } = await plan();
    const bytes = hub.datasetFiles.get('a.jsonl');
    bytes?.write('D', bytes.indexOf('document 77'));
    expect(await errorOf(readUnits(units, options()), 69)).toContain('something on the way changes it');
  });

  test('a slow reader is no stall', async () => {
    put(
      'a.jsonl',
      lines(40_000, (i) => `${i} ${'x'.repeat(500)}`),
    );
    const { units } = await plan();
    hub.settings.timing.stallMs = 600;
    let isSlow = true;
    for (const unit of units) {
      const { readUnit } = await import('../../src/sources/read.ts');
      for await (const { ends } of readUnit(unit, options())) {
        if (ends.length > 0 && isSlow) await new Promise((resolve) => setTimeout(resolve, 1500));
        isSlow = false;
      }
    }
    expect(hub.asked.filter(({ server }) => server === 'store').length).toBe(1);
  });

  test('a file cut at the hub is as bad as one cut here', async () => {
    put('a.json.gz', gzipSync(lines(9000, text)).subarray(0, -9));
    expect(await errorOf(read(), 65)).toContain(
      'datasets/org/data: a.json.gz: expected gzip, found unexpected end of file',
    );
  });
});

describe('the cache', () => {
  test('keeps what is fetched as Python does, and serves it offline', async () => {
    put('data/a.parquet', parquet('fineweb-zstd'));
    put('data/b.parquet', parquet('plain'));
    const cached: SourceOptions = { download: 'cache' };
    const first = await plan('', cached);
    expect(first.fetchBytes).toBe(parquet('fineweb-zstd').length + parquet('plain').length);
    const found = await readUnits(first.units, options(cached));
    const folder = join(root, 'cache', 'datasets--org--data');
    expect(readdirSync(join(folder, 'snapshots', hub.commit, 'data'))).toEqual(['a.parquet', 'b.parquet']);
    expect(readFileSync(join(folder, 'refs', 'main'), 'utf8')).toBe(hub.commit);
    expect((await plan('', cached)).fetchBytes).toBe(0);

    const asked = hub.asked.length;
    hub.settings.offline = true;
    expect((await read()).sha256).toBe(found.sha256);
    expect((await read('/data/*.parquet')).sha256).toBe(found.sha256);
    rmSync(join(folder, 'listings'), { recursive: true }); // as Python's library leaves it
    expect((await read()).sha256).toBe(found.sha256);
    expect(hub.asked.length).toBe(asked);
  });

  test('offline it says in a line what is missing, exit code 69', async () => {
    put('a.jsonl', lines(2000, String));
    put('b.jsonl', lines(3000, String));
    hub.settings.offline = true;
    expect(await errorOf(plan(), 69)).toContain('datasets/org/data@main: is not in');
    hub.settings.offline = false;
    const { units } = await plan('', { download: 'cache' });
    await readUnits(units.slice(0, 1), options({ download: 'cache' }));
    hub.settings.offline = true;
    expect(await errorOf(plan(), 69)).toContain(
      'datasets/org/data: 1 of 2 files are not in ' +
        hub.settings.cache +
        ', and HF_HUB_OFFLINE forbids to fetch them: b.jsonl',
    );
    expect((await read('/a.jsonl')).texts.length).toBe(2000);
    expect(await errorOf(readUnits(units.slice(1), options()), 69)).toContain(
      'datasets/org/data: b.jsonl: is not in',
    );
  });

  test('streams leave nothing in it', async () => {
    put('a.jsonl', lines(2000, String));
    await read();
    expect(existsSync(join(root, 'cache'))).toBe(false);
  });
});
