// The Tensor: a handle on memory that libtorch owns, with every ATen method. Operations live in ops.ts.

import { native } from './native.ts';
import { overloads } from './overloads.generated.ts';
import type { TensorMethods } from './ops.generated.ts';
import type { Dtype, TensorData } from './types.ts';

// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging -- the methods are put on the prototype below
export interface Tensor extends TensorMethods {}

/**
 * An n-dimensional array on a device. Made by `fromTypedArray`, by operators and by `grad`; `new Tensor()` is an
 * empty shell that every operator refuses. Freed by its scope, by `release`, and at last by the garbage collector.
 */
// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging
export class Tensor {
  /** Sizes of the dimensions; [] for a scalar. */
  get shape(): readonly number[] {
    return native().shape(this);
  }

  get dtype(): Dtype {
    return native().dtype(this);
  }

  /** 'cpu', 'cuda:0', ... */
  get device(): string {
    return native().device(this);
  }

  /** Bytes of its elements. */
  get byteLength(): number {
    return native().byteLength(this);
  }

  get requiresGrad(): boolean {
    return native().requiresGrad(this);
  }

  set requiresGrad(value: boolean) {
    native().setRequiresGrad(this, value);
  }

  /** The gradient that `backward` accumulated into this leaf, or null. Each read is a new handle on it. */
  get grad(): Tensor | null {
    return native().gradient(this);
  }

  set grad(value: Tensor | null) {
    native().setGradient(this, value);
  }

  /** True once its scope, or `release`, has freed it. */
  get released(): boolean {
    return native().released(this);
  }

  /**
   * The one element as a number. Waits for the device.
   *
   * @throws RangeError  when there are more elements, or the integer is above 2^53
   */
  item(): number {
    return native().item(this);
  }

  /** A copy of the elements, row-major. int64 gives a BigInt64Array; bfloat16 and float16 give their bits. */
  data(): TensorData {
    return native().toTypedArray(this);
  }

  /** Frees the memory now. Doing it twice is harmless; using the tensor afterwards is an error. */
  release(): void {
    native().release(this);
  }
}

/** Makes the addon build its results with this class. Called by whatever makes the first tensor. */
export function registerTensorClass(): void {
  if (registered) return;
  native().setTensorClass(Tensor);
  registered = true;
}

let registered = false;

// Every ATen method, looked up in the dispatcher on its first use.
for (const [name, entry] of Object.entries(overloads)) {
  if (!entry.method) continue;
  Object.defineProperty(Tensor.prototype, name, {
    configurable: true,
    get() {
      registerTensorClass();
      const value = native().resolve(name, fullNames(entry), true);
      Object.defineProperty(Tensor.prototype, name, { value, configurable: true, writable: true });
      return value;
    },
  });
}

/** aten::add + ['Tensor', ''] -> ['aten::add.Tensor', 'aten::add']. */
export function fullNames({
  base,
  overloads: names,
}: {
  base: string;
  overloads: readonly string[];
}): string[] {
  return names.map((name) => (name === '' ? base : `${base}.${name}`));
}
