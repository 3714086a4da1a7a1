// Fetching from a hub that cuts, lies, stalls, redirects and refuses: the right file or one clear line, never a wrong blob.

import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fetchModel } from '../../src/hub/fetch.ts';
import { resolveModel } from '../../src/hub/resolve.ts';
import { errorLine, exitCodeOf } from '../../src/run/failure.ts';
import { gitId, noise, sha256, startFakeHub } from './fake-hub.ts';
import type { FakeHub, Fault, Listing } from './fake-hub.ts';

let root = '';
let hub: FakeHub;
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'inheritune-hub-'));
  hub = await startFakeHub(join(root, 'cache'));
  for (const name of Object.keys(process.env))
    if (/_proxy$/i.test(name)) Reflect.deleteProperty(process.env, name);
});
afterEach(async () => {
  await hub.close();
  rmSync(root, { recursive: true });
});

const fetchIt = (more: object = {}) => fetchModel({ model: 'org/name', ...more }, { settings: hub.settings });
const blobs = () => join(root, 'cache', 'models--org--name', 'blobs');
const weights = () => hub.files.get('model.safetensors') ?? Buffer.alloc(0);

async function errorOf(run: Promise<unknown>, exit: number): Promise<string> {
  const error = await run.then(
    () => null,
    (caught: unknown) => caught,
  );
  expect(error).toBeInstanceOf(Error);
  expect(error instanceof Error && error.message.includes('\n')).toBe(false);
  expect(errorLine(error)).not.toContain('hf_secret');
  expect([exitCodeOf(error), errorLine(error)]).toEqual([exit, errorLine(error)]);
  return errorLine(error);
}

/** The invariants: all blobs have the bytes of their names; the token went to the hub only. */
function expectSound(): void {
  for (const name of existsSync(blobs()) ? readdirSync(blobs()) : []) {
    if (name.includes('.inheritune-part')) continue;
    const bytes = readFileSync(join(blobs(), name));
    expect(name.length === 64 ? sha256(bytes) : gitId(bytes)).toBe(name);
  }
  for (const { server, authorization } of hub.asked)
    if (server === 'store') expect(authorization).toBeUndefined();
}

function expectWhole(snapshot: string): void {
  expect(readFileSync(join(snapshot, 'model.safetensors')).equals(weights())).toBe(true);
  expectSound();
}

describe('a hub that behaves', () => {
  test("Python's layout: blobs by hash, a ref, a snapshot of links; what a model needs and no more", async () => {
    const snapshot = await fetchIt();
    const model = join(root, 'cache', 'models--org--name');
    expect(snapshot).toBe(join(model, 'snapshots', hub.commit));
    expect(readdirSync(snapshot).sort()).toEqual(['config.json', 'model.safetensors', 'tokenizer.json']);
    expect(readFileSync(join(model, 'refs', 'main'), 'utf8')).toBe(hub.commit);
    expect(readlinkSync(join(snapshot, 'model.safetensors'))).toBe(`../../blobs/${sha256(weights())}`);
    expect(readdirSync(blobs()).sort()).toEqual(
      ['config.json', 'model.safetensors', 'tokenizer.json']
        .map((name) => hub.files.get(name) ?? Buffer.alloc(0))
        .map((bytes) => (bytes.length > 10_000 ? sha256(bytes) : gitId(bytes)))
        .sort(),
    );
    expectWhole(snapshot);
    const authorized = hub.asked.filter(({ authorization }) => authorization === 'Bearer hf_secret');
    expect(authorized.map(({ server }) => server)).toEqual(
      hub.asked.filter(({ server }) => server === 'hub').map(() => 'hub'),
    );
    expect(hub.asked.filter(({ server }) => server === 'store')).toHaveLength(11);
    expect(
      hub.asked.filter(({ path }) => path.endsWith('/model.safetensors') && path.startsWith('/org')),
    ).toHaveLength(1);
  });

  test('a second fetch asks for the listing and nothing else', async () => {
    await fetchIt();
    hub.asked.length = 0;
    await fetchIt();
    expect(hub.asked.map(({ path }) => path)).toEqual(['/api/models/org/name/revision/main?blobs=true']);
  });

  test('torch.save’s weights where there are no safetensors; globs; subfolders; empty files', async () => {
    hub.files.set('onnx/a b.bin', Buffer.alloc(0));
    let snapshot = await fetchIt({ include: ['*.md', 'onnx/*'] });
    expect(readdirSync(snapshot).sort()).toEqual(['README.md', 'onnx']);
    expect(readFileSync(join(snapshot, 'onnx', 'a b.bin'))).toHaveLength(0);
    hub.files.delete('model.safetensors');
    snapshot = await fetchIt();
    expect(readdirSync(snapshot)).toContain('pytorch_model.bin');
    hub.files.delete('pytorch_model.bin');
    expect(await errorOf(fetchIt(), 65)).toContain('has no weights that we read');
    expect(await errorOf(fetchIt({ include: ['x*'] }), 65)).toContain('none of its 4 files is called x*');
  });

  test('revisions: a branch with a slash, a commit without a ref', async () => {
    await fetchIt({ revision: 'refs/pr/1' });
    expect(readFileSync(join(root, 'cache/models--org--name/refs/refs/pr/1'), 'utf8')).toBe(hub.commit);
    await fetchIt({ model: `org/name@${hub.commit}` });
    expect(readdirSync(join(root, 'cache/models--org--name/refs'))).toEqual(['refs']);
    expect(hub.asked.some(({ path }) => path.includes('/revision/refs/pr/1?'))).toBe(true);
  });

  test('a renamed model: the hub’s own redirect is followed with the token', async () => {
    hub.fault = ({ path }) =>
      path.startsWith('/api/models/old/name') ? { location: path.replace('old/', 'org/') } : null;
    expect(await errorOf(fetchIt({ model: 'old/name' }), 65)).toContain('no such model'); // of its files: not renamed here
    expect(hub.asked[1]).toMatchObject({
      path: '/api/models/org/name/revision/main?blobs=true',
      authorization: 'Bearer hf_secret',
    });
  });
});

describe('a network that does not', () => {
  test('every connection is cut after 30,000 bytes', async () => {
    hub.fault = ({ server }) => (server === 'store' ? { cutAfter: 30_000 } : null);
    expectWhole(await fetchIt());
  });

  test('cut at once, always: given up, and gone on with later', async () => {
    hub.fault = ({ server, range }, count) =>
      server === 'store' && !range?.startsWith('bytes=0-') ? { cutAfter: count > 6 ? 0 : 50_000 } : null;
    expect(await errorOf(fetchIt(), 69)).toMatch(
      /^org\/name: model\.safetensors: .*; gave up after 4 tries$/,
    );
    expectSound();
    hub.fault = () => null;
    hub.asked.length = 0;
    expectWhole(await fetchIt());
    expect(hub.asked.filter(({ range }) => range?.startsWith('bytes=0-'))).toHaveLength(0); // it was here already
  });

  test('wrong bytes once are fetched anew, wrong bytes always are refused', async () => {
    hub.fault = ({ server }, count) => (server === 'store' && count === 3 ? { changeByte: true } : null);
    expectWhole(await fetchIt());
    rmSync(join(root, 'cache'), { recursive: true });
    hub.fault = ({ server }) => (server === 'store' ? { changeByte: true } : null);
    expect(await errorOf(fetchIt(), 69)).toMatch(/expected sha256 [0-9a-f]{64}, fetched [0-9a-f]{64}, twice/);
    expectSound();
    expect(readdirSync(blobs()).filter((name) => name.includes('part'))).toEqual([]);
  });

  test('wrong bytes of a small file', async () => {
    hub.fault = ({ path }) => (path.endsWith('/config.json') ? { changeByte: true } : null);
    expect(await errorOf(fetchIt(), 69)).toContain('config.json: expected git ');
    expectSound();
  });

  test.each([429, 500, 502, 503, 504])('status %i once, and always', async (status) => {
    hub.fault = (_, count) => (count === 1 ? { status } : null);
    expectWhole(await fetchIt());
    hub.fault = () => ({ status });
    expect(await errorOf(fetchIt(), 69)).toContain(`status ${status}; gave up after 4 tries`);
  });

  test('Retry-After is waited for, unless it is too long', async () => {
    hub.fault = ({ path }, count) =>
      count === 1 && path.startsWith('/api') ? { status: 429, headers: { 'retry-after': '1' } } : null;
    const start = performance.now();
    await fetchIt({ include: ['config.json'] });
    expect(performance.now() - start).toBeGreaterThan(990);
    hub.fault = () => ({ status: 429, headers: { 'retry-after': '3600' } });
    expect(await errorOf(fetchIt(), 69)).toContain('asks to wait 3600 s');
  });

  test('a trickle is cut off and fetched anew', async () => {
    hub.fault = ({ server }, count) => (server === 'store' && count === 2 ? { trickleMs: 5 } : null);
    expectWhole(await fetchIt());
    hub.fault = ({ server }) => (server === 'store' ? { trickleMs: 5 } : null);
    rmSync(blobs(), { recursive: true });
    hub.settings.timing.tries = 2;
    expect(await errorOf(fetchIt({ include: ['pytorch_model.bin'] }), 69)).toContain(
      'bytes in 0.3 s; gave up',
    );
  });

  test('a server without ranges', async () => {
    hub.fault = ({ server }) => (server === 'store' ? { noRanges: true } : null);
    expectWhole(await fetchIt());
    rmSync(blobs(), { recursive: true });
    hub.fault = ({ server }, count) =>
      server === 'store' ? { noRanges: true, ...(count < 3 ? { cutAfter: 400_000 } : {}) } : null;
    expectWhole(await fetchIt());
    rmSync(blobs(), { recursive: true });
    hub.fault = ({ server }) => (server === 'store' ? { noRanges: true, cutAfter: 400_000 } : null);
    expect(await errorOf(fetchIt(), 69)).toContain('gave up after 4 tries');
  });

  test('a page of HTML, a shorter file, another range, packed bytes', async () => {
    const page = Buffer.from('<html>please log in</html>');
    for (const [fault, words] of [
      [{ noRanges: true, body: page }, 'expected 1000003 bytes, found 26'],
      [{ headers: { 'content-range': 'bytes 5-9/10' } }, 'found bytes 5-9/10'],
      [{ headers: { 'content-encoding': 'gzip' } }, 'packed'],
      [{ status: 416 }, 'status 416'],
    ] as [Fault, string][]) {
      hub.fault = ({ server }) => (server === 'store' ? fault : null);
      expect(await errorOf(fetchIt(), 69)).toContain(words);
      expectSound();
    }
  });

  test('a signed address that runs out is asked for anew', async () => {
    hub.fault = ({ server }, count) => (server === 'store' && count === 5 ? { status: 403 } : null);
    expectWhole(await fetchIt());
    expect(
      hub.asked.filter(({ path }) => path.startsWith('/org') && path.endsWith('/model.safetensors')).length,
    ).toBeGreaterThan(1);
  });

  test('nobody there', async () => {
    await hub.close();
    const start = performance.now();
    expect(await errorOf(fetchIt(), 69)).toContain('gave up after 2 tries');
    expect(performance.now() - start).toBeLessThan(5000);
  });
});

describe('what is not to be trusted', () => {
  const file = (rfilename: string) => ({ rfilename, size: 1, blobId: 'a'.repeat(40) });

  test.each([
    '../x',
    'a/../../x',
    '/etc/passwd',
    'a//b',
    './a',
    'C:x',
    'a\\b',
    'a\0b',
    'a\nb',
    '',
    '..',
    'x'.repeat(300),
  ])('a listing with a file called %j', async (name) => {
    hub.edit = (listing) => ({ ...listing, siblings: [...listing.siblings, file(name)] });
    expect(await errorOf(fetchIt(), 65)).toContain('refuses a file called');
    expect(existsSync(join(root, 'cache'))).toBe(false);
  });

  test.each<[string, (listing: Listing) => unknown]>([
    ['no object', () => []],
    ['a commit that is a path', (listing) => ({ ...listing, sha: '../../x' })],
    ['no files', ({ sha }) => ({ sha })],
    ['a file twice', (listing) => ({ ...listing, siblings: [file('a'), file('a')] })],
    ['a hash that is a path', (listing) => ({ ...listing, siblings: [{ ...file('a'), blobId: '../x' }] })],
    ['no hash', (listing) => ({ ...listing, siblings: [{ rfilename: 'a', size: 1 }] })],
    ['no size', (listing) => ({ ...listing, siblings: [{ rfilename: 'a', blobId: 'a'.repeat(40) }] })],
    ['a negative size', (listing) => ({ ...listing, siblings: [{ ...file('a'), size: -1 }] })],
  ])('a listing with %s', async (_, edit) => {
    hub.edit = edit;
    expect(await errorOf(fetchIt(), 65)).toContain("org/name: the hub's listing: ");
  });

  test('a listing that is a page of HTML', async () => {
    hub.fault = () => ({ status: 200, body: Buffer.from('<html>') });
    expect(await errorOf(fetchIt(), 65)).toContain('is not JSON; is HF_ENDPOINT a hub?');
  });

  test('a file larger than the disk is refused before it begins', async () => {
    hub.edit = ({ sha }) => ({
      sha,
      siblings: [{ rfilename: 'model.safetensors', lfs: { sha256: 'a'.repeat(64), size: 2 ** 52 } }],
    });
    expect(await errorOf(fetchIt(), 74)).toMatch(/4503599\.63 GB are to come, .* are free$/);
    expect(hub.asked).toHaveLength(1);
  });

  test('redirects: the token leaves with the first foreign host and does not come back', async () => {
    hub.fault = ({ server, path }) => {
      if (server === 'hub' && path.includes('/resolve/') && !path.includes('again'))
        return { location: `${hub.storeUrl}/go` };
      if (path === '/go') return { location: `${hub.settings.endpoint}/again/resolve/` };
      return null;
    };
    await errorOf(fetchIt({ include: ['config.json'] }), 65);
    const seen = hub.asked.filter(({ path }) => !path.startsWith('/api'));
    expect(seen.length).toBeGreaterThanOrEqual(3);
    for (const { path, authorization } of seen)
      expect([path, authorization]).toEqual([path, path.startsWith('/org') ? 'Bearer hf_secret' : undefined]);
  });

  test.each([
    ['file:///etc/passwd', 'file:'],
    ['ftp://127.0.0.1/x', 'ftp:'],
    ['data:,x', 'data:'],
    ['javascript:alert(1)', 'javascript:'],
    ['http://', 'to nowhere'],
  ])('a redirect to %s', async (location, words) => {
    hub.fault = () => ({ location });
    expect(await errorOf(fetchIt(), 69)).toContain(words);
  });

  test('redirects without end', async () => {
    hub.fault = ({ path }) => ({ location: `${path}x` });
    expect(await errorOf(fetchIt(), 69)).toContain('more than 5 redirects');
    expect(hub.asked).toHaveLength(6);
  });
});

describe('models that are not to be had', () => {
  test.each([
    [401, {}, 'or the token may not read it'],
    [404, {}, 'has no such model'],
    [403, {}, 'is gated; accept its terms at '],
    [404, { 'x-error-code': 'RevisionNotFound' }, 'has no revision main'],
  ])('status %i %j', async (status, headers, words) => {
    hub.fault = () => ({ status, headers });
    expect(await errorOf(fetchIt(), 65)).toContain(words);
  });

  test('without a token the line says how to give one', async () => {
    hub.settings.token = null;
    hub.fault = () => ({ status: 401 });
    expect(await errorOf(fetchIt(), 65)).toContain('it needs a token: set HF_TOKEN');
  });

  test.each([
    '',
    'name',
    'a/b/c',
    '../x',
    'org/..',
    'org/na me',
    'org/name@',
    'org/name@../x',
    '/etc/passwd',
    'org/-a',
    'a--b/c',
  ])('no name: %j', async (model) => {
    expect(await errorOf(fetchIt({ model }), 64)).toContain('is no name of a model');
  });
});

describe('what an earlier life left', () => {
  test('pieces that a power cut lost are seen, and fetched anew', async () => {
    hub.fault = ({ range }) => (range?.startsWith('bytes=500000-') ? { status: 500 } : null);
    await errorOf(fetchIt(), 69);
    const part = join(blobs(), `${sha256(weights())}.inheritune-part`);
    writeFileSync(part, Buffer.alloc(300_000)); // zeros where the journal says there is data
    hub.fault = () => null;
    expectWhole(await fetchIt());
  });

  test('a journal that is no journal', async () => {
    const part = join(blobs(), `${sha256(weights())}.inheritune-part`);
    for (const text of [
      '',
      'x',
      '1000003 100000\n0\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n',
      '1000003 100000\nNaN\n-1\n99\n1',
    ]) {
      rmSync(blobs(), { recursive: true, force: true });
      mkdirSync(blobs(), { recursive: true });
      writeFileSync(`${part}-journal`, text);
      expectWhole(await fetchIt());
    }
  });
});

describe('a model by path or name', () => {
  const resolveIt = (name: string) => resolveModel(name, { settings: hub.settings });

  test('a path that exists is itself; a name is fetched, then taken from the cache', async () => {
    expect(await resolveIt(root)).toBe(root);
    const snapshot = await resolveIt('org/name');
    expectWhole(snapshot);
    hub.asked.length = 0;
    hub.settings.offline = true;
    expect(await resolveIt('org/name')).toBe(snapshot);
    expect(await fetchIt()).toBe(snapshot);
    expect(hub.asked).toEqual([]);
    rmSync(join(blobs(), sha256(weights())));
    expect(await errorOf(resolveIt('org/name'), 69)).toContain('HF_HUB_OFFLINE forbids');
    hub.settings.offline = false;
    expect(await resolveIt('org/name')).toBe(snapshot);
    expectWhole(snapshot);
  });

  test('shards count as whole when all are there', async () => {
    hub.files.delete('model.safetensors');
    hub.files.set('model-00001-of-00002.safetensors', noise(20_000));
    hub.files.set('model-00002-of-00002.safetensors', noise(30_000));
    hub.files.set(
      'model.safetensors.index.json',
      Buffer.from(
        '{"weight_map":{"a":"model-00001-of-00002.safetensors","b":"model-00002-of-00002.safetensors"}}',
      ),
    );
    const snapshot = await resolveIt('org/name');
    expect(readdirSync(snapshot)).toHaveLength(5);
    hub.asked.length = 0;
    await resolveIt('org/name');
    expect(hub.asked).toHaveLength(0);
    rmSync(join(snapshot, 'model-00002-of-00002.safetensors'));
    await resolveIt('org/name');
    expect(hub.asked.map(({ path }) => path)).toEqual(['/api/models/org/name/revision/main?blobs=true']);
  });

  test('neither', async () => {
    expect(await errorOf(resolveIt('./nowhere'), 65)).toContain('no such folder, and no name of the hub');
    hub.fault = () => ({ status: 404 });
    expect(await errorOf(resolveIt('runs/refernce'), 65)).toMatch(
      /^runs\/refernce: no such folder here; as a model of the hub: .*no such model/,
    );
    hub.settings.offline = true;
    expect(await errorOf(resolveIt('org/name'), 69)).toContain('is not whole in ');
  });

  test('a cache that Python made is read', async () => {
    const snapshot = await resolveIt('org/name');
    const copy = join(root, 'copies');
    cpSync(join(root, 'cache'), copy, { recursive: true, dereference: true }); // as on a disk without links
    hub.settings.cache = copy;
    hub.settings.offline = true;
    expect(await resolveIt('org/name')).toBe(snapshot.replace(join(root, 'cache'), copy));
  });
});
