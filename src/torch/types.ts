// The vocabulary of tensor types: dtypes, scalars, generators. No behaviour.

/** Element types, as strings everywhere. */
export type Dtype =
  | 'float32'
  | 'float64'
  | 'bfloat16'
  | 'float16'
  | 'int64'
  | 'int32'
  | 'int16'
  | 'int8'
  | 'uint8'
  | 'uint16'
  | 'bool'
  | 'complex64'
  | 'complex128';

/** A whole number: a safe integer, or a BigInt of 64 bits. */
export type Int = number | bigint;

/**
 * A number beside tensors. It is a double when any tensor of the call is floating, an integer when all are integral
 * and the value is whole; a BigInt is always an integer.
 */
export type Scalar = number | bigint | boolean;

/** Arrays that tensors are made from and read into. bfloat16 and float16 travel as their 16 bits. */
export type TensorData =
  | Float32Array
  | Float64Array
  | BigInt64Array
  | Int32Array
  | Int16Array
  | Int8Array
  | Uint8Array
  | Uint16Array;

declare const generatorBrand: unique symbol;

/** A seeded random number generator, made by `newGenerator`. */
export interface Generator {
  readonly [generatorBrand]: true;
}
