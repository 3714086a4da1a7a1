// The generated table against the libtorch that is really loaded. What the generator writes: generate-ops.test.ts.

import { expect, test } from 'vitest';
import { engineInfo, operatorSchemas } from '../../src/torch/engine.ts';
import { overloads } from '../../src/torch/overloads.generated.ts';
import { fullNames } from '../../src/torch/tensor.ts';

test('libtorch 2.13 has every overload of the table', (context) => {
  const { compiledVersion } = engineInfo();
  if (!compiledVersion.startsWith('2.13.')) {
    console.warn(`overloads: skipped, the table is that of libtorch 2.13 and this is ${compiledVersion}`);
    return context.skip();
  }
  const known = new Set(operatorSchemas().map((schema) => schema.slice(0, schema.indexOf('('))));
  const wanted = Object.values(overloads).flatMap((entry) => fullNames(entry));
  expect(wanted.length).toBe(1931);
  expect(wanted.filter((name) => !known.has(name))).toEqual([]);
});
