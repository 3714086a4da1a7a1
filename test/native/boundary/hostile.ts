// Values that nobody should give to the addon, each made anew for its case. Expects nothing of what happens to them.

import { Tensor, fromTypedArray, newGenerator } from '../../../src/torch/index.ts';

/** test/native/boundary/foreign.cpp. */
export interface ForeignAddon {
  wrapBits(object: object, bits: bigint): object;
  externalBits(bits: bigint): unknown;
}

/** What a throwing trap throws: the addon must hand it on, not replace it. */
export const thrownByTest = new Error('thrown by the test, not by the addon');

function refuse(): never {
  throw thrownByTest;
}

const throwingTraps: ProxyHandler<object> = {
  get: refuse,
  set: refuse,
  has: refuse,
  ownKeys: refuse,
  getPrototypeOf: refuse,
  getOwnPropertyDescriptor: refuse,
};

/** Node 20 has resizable buffers; the ES2023 types have not. */
interface Resizable extends ArrayBuffer {
  resize(bytes: number): void;
}

const liveTensor = (): Tensor => fromTypedArray(new Float32Array([1, 2, 3, 4]), [2, 2]);

function releasedTensor(): Tensor {
  const tensor = liveTensor();
  tensor.release();
  return tensor;
}

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

function detachedArray(): Float32Array {
  const array = new Float32Array(4);
  structuredClone(array.buffer, { transfer: [array.buffer] });
  return array;
}

function shrunkArray(): Float32Array {
  const buffer = Reflect.construct(ArrayBuffer, [64, { maxByteLength: 64 }]) as Resizable;
  const array = new Float32Array(buffer, 32, 4);
  buffer.resize(8);
  return array;
}

function arrayThatThrows(): unknown[] {
  return Object.defineProperty([1, 1], 0, { get: refuse });
}

/** A handle of ours is (0xA7, generation, index). */
const handle = (generation: bigint, index: bigint): bigint => (0xa7n << 56n) | (generation << 24n) | index;

/** Name and maker of every hostile value. */
export function hostileValues(foreign: ForeignAddon): Map<string, () => unknown> {
  return new Map<string, () => unknown>([
    ['undefined', () => undefined],
    ['null', () => null],
    ['true', () => true],
    ['NaN', () => Number.NaN],
    ['-1', () => -1],
    ['1.5', () => 1.5],
    ['2^53', () => 2 ** 53],
    ['2^32', () => 2 ** 32],
    ['1e308', () => 1e308],
    ['infinity', () => -Infinity],
    ['BigInt of 65 bits', () => 2n ** 64n],
    ['negative BigInt', () => -1n],
    ['empty string', () => ''],
    ['unknown word', () => 'float33'],
    ['string with NUL and a lone surrogate', () => 'cpu\0\ud800'],
    ['long string', () => 'x'.repeat(100_000)],
    ['symbol', () => Symbol('cpu')],
    ['function', () => () => 1],
    ['empty object', () => ({})],
    ['object without prototype', () => Object.create(null) as unknown],
    ['unknown option', () => ({ colour: 1 })],
    ['getter that throws', () => Object.defineProperty({}, 'dtype', { get: refuse, enumerable: true })],
    ['empty array', () => []],
    ['array of undefined', () => [undefined]],
    ['array with a hole', () => new Array<unknown>(3)],
    ['array of 2^32 - 1 holes', () => new Array<unknown>(2 ** 32 - 1)],
    ['array of arrays', () => [[1], [2]]],
    ['array of 2^53', () => [2 ** 53]],
    ['array whose product overflows', () => [2 ** 40, 2 ** 40]],
    ['array that throws', arrayThatThrows],
    ['array of a released tensor', () => [releasedTensor()]],
    ['proxy that throws', () => new Proxy({}, throwingTraps)],
    ['proxy of an array that throws', () => new Proxy([], throwingTraps)],
    ['proxy of a tensor', () => new Proxy(liveTensor(), {})],
    ['revoked proxy', revoked],
    ['new Tensor()', () => new Tensor()],
    ['Object.create(Tensor.prototype)', () => Object.create(Tensor.prototype) as unknown],
    ['Object.create(tensor)', () => Object.create(liveTensor()) as unknown],
    ['copy of a tensor', () => ({ ...liveTensor() })],
    ['released tensor', releasedTensor],
    ["another addon's object", () => foreign.wrapBits({}, 0x7f00_1234_5678n)],
    ["another addon's null", () => foreign.wrapBits({}, 0n)],
    ['forged tensor around null', () => foreign.wrapBits(new Tensor(), 0n)],
    ['forged handle out of range', () => foreign.wrapBits(new Tensor(), handle(1n, 0xffffffn))],
    ['forged handle of generation 0', () => foreign.wrapBits(new Tensor(), handle(0n, 0n))],
    ['all bits', () => foreign.wrapBits({}, 2n ** 64n - 1n)],
    ["another addon's external", () => foreign.externalBits(0x7f00_1234_5678n)],
    ['generator', () => newGenerator(1n)],
    ['detached array', detachedArray],
    ['array out of its shrunk buffer', shrunkArray],
    ['short array', () => new Float32Array(3)],
    ['long array', () => new Float32Array(5)],
    ['array of another type', () => new Int32Array(4)],
    ['BigUint64Array', () => new BigUint64Array(4)],
    ['shared array', () => new Float32Array(new SharedArrayBuffer(12))],
    ['DataView', () => new DataView(new ArrayBuffer(16))],
    ['ArrayBuffer', () => new ArrayBuffer(16)],
    ['date', () => new Date(0)],
  ]);
}
