// Scopes: tensors made inside one are freed at its end, save those that are returned. No garbage collector involved.

import { native } from './native.ts';
import { registerTensorClass, Tensor } from './tensor.ts';

/**
 * Runs `fn` and frees every tensor made inside it, except those in its result (a tensor, or arrays and plain objects
 * of tensors), which pass to the scope around it.
 *
 * @throws TypeError  when `fn` returns a promise: what is awaited inside would be freed too early
 */
export function scope<R>(fn: () => R): R {
  const { openScope, closeScope } = native();
  registerTensorClass();
  let kept: Tensor[] = []; // stays empty when anything throws: then all is freed
  openScope();
  try {
    const result = fn();
    if (result instanceof Promise)
      throw new TypeError('scope: the function returned a promise; compute is synchronous');
    const found: Tensor[] = [];
    collectTensors(result, found);
    kept = found;
    return result;
  } finally {
    closeScope(kept);
  }
}

/** Takes a tensor out of all open scopes: it lives until it is released. For state that a step makes once. */
export function keep(tensor: Tensor): Tensor {
  return native().keep(tensor);
}

/** Tensors alive in this process. A test ends with as many as it began with. */
export function liveTensors(): number {
  return native().liveTensors();
}

/** Tensors that only the garbage collector freed: each is a missing scope. */
export function collectedTensors(): number {
  return native().collectedTensors();
}

function collectTensors(value: unknown, found: Tensor[]): void {
  if (value instanceof Tensor) found.push(value);
  else if (value instanceof Map) for (const element of value.values()) collectTensors(element, found);
  else if (Array.isArray(value)) for (const element of value) collectTensors(element, found);
  else if (isPlainObject(value)) for (const element of Object.values(value)) collectTensors(element, found);
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
