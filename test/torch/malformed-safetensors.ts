// Safetensors files that lie: each must be refused by our reader. Writes no file.
// Python's safetensors 0.8 refuses them too, but for three: a space before the header (the format's own page forbids it),
// and a name twice, plain or escaped (it takes one of them; which one is then the reader's choice).

type Entry = Record<string, unknown>;

/** A file of a header and `dataBytes` zeros. */
export function safetensorsBytes(
  header: Entry | string | Uint8Array,
  dataBytes: number,
  length?: bigint,
): Uint8Array {
  const text =
    header instanceof Uint8Array
      ? header
      : Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(length ?? BigInt(text.length));
  return Buffer.concat([size, text, Buffer.alloc(dataBytes)]);
}

const good = { dtype: 'F32', shape: [2], data_offsets: [0, 8] };
const one = (entry: unknown, dataBytes = 8): Uint8Array => safetensorsBytes({ a: entry }, dataBytes);
const entryText = JSON.stringify(good);
const entry = (fields: string): Uint8Array => safetensorsBytes(`{"a":{"dtype":"F32",${fields}}}`, 8);

/** Name and bytes of each. */
export function malformedFiles(): Map<string, Uint8Array> {
  return new Map<string, Uint8Array>([
    ['an empty file', new Uint8Array()],
    ['seven bytes', new Uint8Array(7)],
    ['a length of 0', new Uint8Array(8)],
    ['a length of 0 with data', new Uint8Array(64)],
    ['a length of 1 more than the file', safetensorsBytes('{}', 0, 3n)],
    ['a length over 100 MB', safetensorsBytes('{}', 0, 100_000_001n)],
    ['a length of 2^53 + 1', safetensorsBytes('{}', 0, 2n ** 53n + 1n)],
    ['a length of 2^63', safetensorsBytes('{}', 0, 2n ** 63n)],
    ['a length of 2^64 - 1', safetensorsBytes('{}', 0, 2n ** 64n - 1n)],
    ['a length that ends inside the header', safetensorsBytes({ a: good }, 8, 10n)],
    [
      'a length that reaches into the data',
      safetensorsBytes({ a: good }, 8, BigInt(JSON.stringify({ a: good }).length + 4)),
    ],
    ['a header of spaces', safetensorsBytes('        ', 0)],
    ['a header after a space', safetensorsBytes(' {}', 0)],
    ['a byte order mark', safetensorsBytes('\ufeff{}', 0)],
    ['an HTML page', Buffer.from('<!DOCTYPE html><html><body>404 not found</body></html>')],
    ['a Git LFS pointer', Buffer.from('version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n')],
    [
      'a zip file (torch.save)',
      Buffer.from('504b0304140000000800000000000000000000000000000000000000', 'hex'),
    ],
    ['no JSON', safetensorsBytes('{"a":', 0)],
    ['two objects', safetensorsBytes('{}{}', 0)],
    ['a comma too many', safetensorsBytes('{"a":1,}', 0)],
    ['bytes that are no UTF-8', safetensorsBytes(Buffer.from('7b22ff223a7b7d7d', 'hex'), 0)],
    ['an array', safetensorsBytes('[]', 0)],
    ['a string', safetensorsBytes('"{}"', 0)],
    ['null', safetensorsBytes('null', 0)],
    ['NaN in the shape', safetensorsBytes('{"a":{"dtype":"F32","shape":[NaN],"data_offsets":[0,8]}}', 8)],
    ['metadata with a number', safetensorsBytes({ __metadata__: { format: 1 }, a: good }, 8)],
    ['metadata that nests', safetensorsBytes({ __metadata__: { format: { a: 'b' } }, a: good }, 8)],
    ['metadata as a string', safetensorsBytes({ __metadata__: 'pt', a: good }, 8)],
    ['metadata as an array', safetensorsBytes({ __metadata__: ['pt'], a: good }, 8)],
    ['an entry of null', one(null)],
    ['an entry as an array', one([])],
    ['an entry as a number', one(1)],
    ['an empty entry', one({})],
    ['no dtype', one({ shape: [2], data_offsets: [0, 8] })],
    ['no shape', one({ dtype: 'F32', data_offsets: [0, 8] })],
    ['no offsets', one({ dtype: 'F32', shape: [2] })],
    ['an unknown dtype', one({ ...good, dtype: 'F33' })],
    ['a dtype in small letters', one({ ...good, dtype: 'f32' })],
    ['a dtype as a number', one({ ...good, dtype: 32 })],
    ['a dtype of an object', one({ ...good, dtype: 'constructor' })],
    ['a shape as a number', one({ ...good, shape: 2 })],
    ['a shape of strings', one({ ...good, shape: ['2'] })],
    ['a negative size', one({ ...good, shape: [-2] })],
    ['two negative sizes', one({ ...good, shape: [-2, -1] })],
    ['a fraction', one({ ...good, shape: [0.5, 4] })],
    ['a size of 2^53', one({ ...good, shape: [2 ** 53] })],
    ['a product over 2^64', one({ ...good, shape: [2 ** 40, 2 ** 40] })],
    ['a product that wraps to 2', one({ ...good, shape: [2 ** 32, 2 ** 31, 2] })],
    ['a huge product made 0', one({ ...good, shape: [2 ** 50, 2 ** 50, 0], data_offsets: [0, 0] }, 0)],
    ['one offset', one({ ...good, data_offsets: [0] })],
    ['three offsets', one({ ...good, data_offsets: [0, 8, 8] })],
    ['offsets as strings', one({ ...good, data_offsets: ['0', '8'] })],
    ['a negative offset', one({ ...good, data_offsets: [-8, 0] })],
    ['offsets the wrong way round', one({ ...good, data_offsets: [8, 0] })],
    ['an end beyond the file', one({ ...good, data_offsets: [0, 12], shape: [3] })],
    ['an end far beyond the file', one({ ...good, data_offsets: [0, 2 ** 40], shape: [2 ** 38] })],
    ['a start behind 0', one({ ...good, data_offsets: [4, 12] }, 12)],
    ['fewer bytes than the shape takes', one({ ...good, shape: [3] })],
    ['more bytes than the shape takes', one({ ...good, shape: [1] })],
    ['a byte missing at the end', one(good, 7)],
    ['a byte too many at the end', one(good, 9)],
    ['no data', one(good, 0)],
    ['data without a tensor', safetensorsBytes({}, 8)],
    ['a gap between two', safetensorsBytes({ a: good, b: { ...good, data_offsets: [12, 20] } }, 20)],
    ['two that overlap', safetensorsBytes({ a: good, b: { ...good, data_offsets: [4, 12] } }, 12)],
    ['two in one place', safetensorsBytes({ a: good, b: good }, 8)],
    ['a name twice', safetensorsBytes(`{"a":${entryText},"a":${entryText}}`, 8)],
    ['a name twice, once escaped', safetensorsBytes(`{"a":${entryText},"\\u0061":${entryText}}`, 8)],
    ['a field twice', safetensorsBytes(`{"a":{"dtype":"I32",${entryText.slice(1)}}`, 8)],
    ['metadata twice', safetensorsBytes(`{"__metadata__":{},"__metadata__":{},"a":${entryText}}`, 8)],
    ['a long name of a bad entry', safetensorsBytes({ ['x'.repeat(1e6)]: 1 }, 0)],
    ['a name with a new line and colours', safetensorsBytes({ 'a\n\u001b[31mred': 1 }, 0)],
    ['an offset of 8.0', entry('"shape":[2],"data_offsets":[0,8.0]')],
    ['an offset of 8e0', entry('"shape":[2],"data_offsets":[0,8e0]')],
    ['an offset of -0', entry('"shape":[2],"data_offsets":[-0,8]')],
    ['a size of 2.0', entry('"shape":[2.0],"data_offsets":[0,8]')],
    ['a size of 02', entry('"shape":[02],"data_offsets":[0,8]')],
    ['a size of 0x2', entry('"shape":[0x2],"data_offsets":[0,8]')],
    ['a name of half a surrogate pair', safetensorsBytes(`{"\\ud800":${entryText}}`, 8)],
    ['a name of the other half', safetensorsBytes(`{"a\\uDC00":${entryText}}`, 8)],
    ['half a pair in the metadata', safetensorsBytes(`{"__metadata__":{"a":"\\udfff"},"a":${entryText}}`, 8)],
    ['half a pair as bytes', safetensorsBytes(Buffer.from('7b22eda080223a7b7d7d', 'hex'), 0)],
    ['an overlong letter', safetensorsBytes(Buffer.from('7b22c0af223a7b7d7d', 'hex'), 0)],
    ['a new line in a name', safetensorsBytes(`{"a\n":${entryText}}`, 8)],
    ['a comment', safetensorsBytes(`{/**/"a":${entryText}}`, 8)],
    ['single quotes', safetensorsBytes(`{'a':${entryText}}`, 8)],
    ['NUL after the header', safetensorsBytes(`{"a":${entryText}}\0`, 8)],
    ['a tensor called __metadata__', safetensorsBytes(`{"__metadata__":${entryText}}`, 8)],
    [
      'a field that nests 200 deep',
      entry(`"shape":[2],"data_offsets":[0,8],"x":${'['.repeat(200)}${']'.repeat(200)}`),
    ],
    [
      'an empty tensor inside another',
      safetensorsBytes({ a: good, b: { dtype: 'F32', shape: [0], data_offsets: [4, 4] } }, 8),
    ],
    [
      'an empty tensor past the end',
      safetensorsBytes({ a: good, b: { dtype: 'F32', shape: [0], data_offsets: [9, 9] } }, 8),
    ],
    ['a zip file behind it', Buffer.concat([one(good), Buffer.from('504b0506', 'hex'), Buffer.alloc(18)])],
    ['10 million brackets', safetensorsBytes(`{"a":${'['.repeat(1e7)}`, 0)],
  ]);
}
