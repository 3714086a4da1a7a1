// Every ATen function by its base name in camelCase, or one overload by its full name. Types are generated.

import { native } from './native.ts';
import type { OpFunctions } from './ops.generated.ts';
import { overloads } from './overloads.generated.ts';
import { fullNames, registerTensorClass } from './tensor.ts';

/**
 * All ATen functions: `const { linear, softmax } = ops`. Keyword-only arguments go into a last options object.
 * Each is looked up in libtorch's dispatcher when it is first called.
 */
export const ops: OpFunctions = new Proxy({} as OpFunctions, {
  get(target, name) {
    if (typeof name !== 'string') return undefined;
    const known: unknown = Reflect.get(target, name);
    if (known !== undefined) return known;
    const entry = overloads[name];
    if (!entry?.function) return undefined;
    const resolved = lazily(() => native().resolve(name, fullNames(entry), false));
    Reflect.set(target, name, resolved);
    return resolved;
  },
});

/**
 * One overload by its full name, for hot paths and for what has no base name of its own.
 *
 * @param fullName  as in the dispatcher, e.g. 'aten::div.Tensor_mode'
 * @throws TypeError  on the first call, when this libtorch has no such operator
 */
export function op(fullName: string): (...values: unknown[]) => unknown {
  return lazily(() => native().resolve(fullName, [fullName], false));
}

type Call = (...values: unknown[]) => unknown;

/** Importing and destructuring must not load the engine: the lookup waits for the first call. */
function lazily(resolve: () => Call): Call {
  let call: Call | null = null;
  return (...values) => {
    if (!call) {
      registerTensorClass();
      call = resolve();
    }
    return call(...values);
  };
}
