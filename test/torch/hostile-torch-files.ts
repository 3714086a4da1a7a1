// Files of torch.save that lie, each wrong in one place, and all to be refused. Writes no file.

import { torchFileBytes, zipBytes } from './zip-bytes.ts';

const le = (value: number | bigint, bytes: number): Buffer => {
  const buffer = Buffer.alloc(8);
  buffer.writeBigUInt64LE(BigInt(value));
  return buffer.subarray(0, bytes);
};
const pickle = (...parts: (string | Buffer)[]): Buffer =>
  Buffer.concat([Buffer.from('8002', 'hex'), ...parts.map((part) => Buffer.from(part as string, 'latin1'))]);
const text = (word: string): Buffer =>
  Buffer.concat([Buffer.from('X'), le(word.length, 4), Buffer.from(word)]);
const int = (value: number): Buffer => {
  const negative = value < 0 ? BigInt.asUintN(128, BigInt(value)) : BigInt(value);
  return Buffer.concat([
    Buffer.from('8a10', 'hex'),
    Buffer.from(negative.toString(16).padStart(32, '0'), 'hex').reverse(),
  ]);
};
const tuple = (...parts: Buffer[]): Buffer => Buffer.concat([Buffer.from('('), ...parts, Buffer.from('t')]);
const global = (name: string): Buffer => Buffer.from(`c${name.replace(/\.(?=[^.]*$)/, '\n')}\n`);

interface Parts {
  type?: string;
  key?: Buffer;
  elements?: number;
  offset?: number;
  shape?: number[];
  strides?: number[];
  tag?: string;
}

/** The pickle of { a: a tensor }, by default the two float32 of data/0. */
function tensorPickle(parts: Parts = {}): Buffer {
  const { type = 'torch.FloatStorage', key = text('0'), elements = 2, tag = 'storage' } = parts;
  const { offset = 0, shape = [2], strides = [1] } = parts;
  const storage = Buffer.concat([
    tuple(text(tag), global(type), key, text('cpu'), int(elements)),
    Buffer.from('Q'),
  ]);
  const made = tuple(
    storage,
    int(offset),
    tuple(...shape.map(int)),
    tuple(...strides.map(int)),
    Buffer.from([0x89]),
    Buffer.from('}'),
  );
  return pickle('}', text('a'), global('torch._utils._rebuild_tensor_v2'), made, 'Rs.');
}

const numbers = new Uint8Array(8);

/** The file that is right, of which each below is a change. */
export const rightFile = torchFileBytes(tensorPickle(), { 0: numbers });

const one = (parts: Parts, storages: Record<string, Uint8Array> = { 0: numbers }): Buffer =>
  torchFileBytes(tensorPickle(parts), storages);
const only = (...parts: (string | Buffer)[]): Buffer => torchFileBytes(pickle(...parts));
const data = { name: 'a/data.pkl', data: tensorPickle() };
const zero = { name: 'a/data/0', data: numbers };
const bytes = (hex: string): Buffer => Buffer.from(hex, 'hex');

/** Name and bytes. */
export const hostileTorchFiles: readonly (readonly [string, Uint8Array])[] = [
  // the container
  ['an empty file', Buffer.alloc(0)],
  ['two bytes of a zip', Buffer.from('PK')],
  ['a page of HTML', Buffer.from('<!DOCTYPE html>')],
  ['a file cut in half', rightFile.subarray(0, rightFile.length / 2)],
  ['a file without its last byte', rightFile.subarray(0, -1)],
  ['a zip of nothing', zipBytes([])],
  ['a packed part', zipBytes([data, { ...zero, method: 8 }])],
  ['sizes that differ', zipBytes([data, { ...zero, packedSize: 4, size: 2 ** 31 }])],
  ['an encrypted part', zipBytes([data, { ...zero, flags: 1, packedSize: 20, size: 8 }])],
  ['a part past the end', zipBytes([data, { ...zero, size: 2 ** 31 }])],
  ['a part twice', zipBytes([data, zero, zero])],
  ['parts that overlap', zipBytes([data, zero, { name: 'a/data/1', data: numbers, size: 40 }, zero])],
  ['two names in one place', zipBytes([data, zero, { ...zero, name: 'a/data/1', offset: 0 }])],
  ['a part that starts at 2^31', zipBytes([data, { ...zero, offset: 2 ** 31 }])],
  ['more parts told than there are', zipBytes([data, zero], { count: 60_000 })],
  ['parts in two folders', zipBytes([data, { ...zero, name: 'b/data/0' }])],
  ['a part above the folder', zipBytes([{ ...data, name: '../data.pkl' }])],
  ['no data.pkl', zipBytes([zero])],
  ['big-endian numbers', zipBytes([data, zero, { name: 'a/byteorder', data: Buffer.from('big') }])],
  // the pickle as bytes
  ['an empty pickle', torchFileBytes(Buffer.alloc(0))],
  ['protocol 1', torchFileBytes(bytes('80017d2e'))],
  ['protocol 6', torchFileBytes(bytes('80067d2e'))],
  ['no stop', only('}')],
  ['nothing but a stop', only('.')],
  ['two values', only('}}.')],
  ['an open mark', only('(}.')],
  ['a mark that is missing', only('}u.')],
  ['a tuple of nothing', only('\x85.')],
  ['a memo that was not set', only('h\x05.')],
  ['an unknown opcode', only('\xff.')],
  ['text of 4 GB', only('X', le(0xffffffff, 4), 'a.')],
  ['text of 2^63 bytes', only('\x8d', le(2n ** 63n, 8), 'a.')],
  ['bytes of 4 GB', only('B', le(0xffffffff, 4), 'a.')],
  ['a number of 255 bytes that are not there', only('\x8a\xff.')],
  ['a memo of index 2^32 - 1 alone', only('}r', le(0xffffffff, 4), '.')],
  ['a name without an end', only('ctorch')],
  ['a name of 10,000 letters', only(`c${'x'.repeat(10_000)}\n\n.`)],
  ['a dict with a list as key', only('}]Ns.')],
  ['items without a value', only('}(Nu.')],
  ['appending to a dict', only('}Na.')],
  ['marks 10,000 deep', only('('.repeat(10_000), '.')],
  ['lists a million deep', only('}', text('a'), ']'.repeat(1e6), 'a'.repeat(1e6 - 1), 's.')],
  [
    'a list that doubles itself 40 times',
    only('}', text('a'), ']', 'q\x00'.concat('(h\x00h\x00tq\x00'.repeat(40)), '0.'),
  ],
  ['a list in itself', only('}', text('a'), ']q\x00h\x00as.')],
  ['a pickle of 9 MB', only('N'.repeat(9e6))],
  // what it holds
  ['a number', only('K\x01.')],
  ['a list', only('].')],
  ['an empty dict', only('}.')],
  ['a dict of numbers', only('}', text('a'), 'K\x01s.')],
  [
    'a model with a number in it',
    torchFileBytes(pickle('}', text('model'), tensorPickle().subarray(2, -1), text('x'), 'K\x01ss.'), {
      0: numbers,
    }),
  ],
  ['an unknown type of storage', one({ type: 'torch.ComplexFloatStorage' })],
  ['a quantized tensor', only('}', text('a'), global('torch._utils._rebuild_qtensor'), ')Rs.')],
  ['a dtype as type of storage', one({ type: 'torch.float32' })],
  ['another tag', one({ tag: 'module' })],
  ['a storage that is not there', one({ key: text('1') })],
  ['a storage by a path', one({ key: text('../../etc/passwd') })],
  ['a storage by a number', one({ key: int(0) })],
  ['fewer bytes than elements', one({ elements: 3 })],
  ['more bytes than elements', one({ elements: 1, shape: [1] })],
  ['2^62 elements', one({ elements: 2 ** 62 })],
  ['2^52 elements', one({ elements: 2 ** 52, shape: [2 ** 52] })],
  ['a negative count', one({ elements: -2 })],
  ['a negative offset', one({ offset: -1 })],
  ['an offset past the end', one({ offset: 1 })],
  ['an offset of 2^52', one({ offset: 2 ** 52, shape: [1] })],
  ['a shape past the end', one({ shape: [3] })],
  ['a stride past the end', one({ strides: [2] })],
  ['a stride of 2^52', one({ strides: [2 ** 52], shape: [2 ** 52] })],
  ['a negative size', one({ shape: [-2] })],
  ['a negative stride', one({ strides: [-1] })],
  ['more sizes than strides', one({ shape: [2, 1] })],
  ['2^50 elements of one', one({ shape: [2 ** 50], strides: [0] })],
  ['2^120 elements of one', one({ shape: [2 ** 40, 2 ** 40, 2 ** 40], strides: [0, 0, 0] })],
];
