// The generated side of the engine: committed files equal the generator's output, and which overload a call gets.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findYaml, generate } from '../../tools/generate-ops.ts';
import { accepts, ambiguousCalls, isShadowed, sharedCall } from '../../tools/ops/ambiguity.ts';
import { parseSchema, readSchemas } from '../../tools/ops/schema.ts';
import { camelCase, selectOperators, snakeCase, tensorMembers } from '../../tools/ops/selection.ts';
import { signatureOf } from '../../tools/ops/signatures.ts';
import { overloads } from '../../src/torch/overloads.generated.ts';

const root = join(import.meta.dirname, '..', '..');
const path = findYaml();
if (path === null)
  console.warn('generate-ops: skipped what needs native_functions.yaml: no libtorch 2.13 with torchgen here');
const yaml = path === null ? '' : readFileSync(path, 'utf8');

describe.skipIf(path === null)('with native_functions.yaml', () => {
  test('the committed files are what the generator writes', () => {
    for (const [name, text] of generate(yaml)) {
      const same = readFileSync(join(root, name), 'utf8') === text;
      expect(same, `${name} is stale; run node --import ./tools/typescript.mjs tools/generate-ops.ts`).toBe(
        true,
      );
    }
  });

  test('2584 schemas give 1538 names with 1931 overloads', () => {
    const schemas = readSchemas(yaml);
    const operators = selectOperators(schemas);
    expect([schemas.length, operators.length]).toEqual([2584, 1538]);
    expect(operators.reduce((sum, operator) => sum + operator.overloads.length, 0)).toBe(1931);
  });

  test('every ambiguous base name and its pick', async () => {
    const calls = ambiguousCalls(selectOperators(readSchemas(yaml)));
    await expect(`${calls.join('\n')}\n`).toMatchFileSnapshot('ambiguous-overloads.txt');
  });

  test('no overload is hidden by an earlier one', () => {
    for (const operator of selectOperators(readSchemas(yaml))) {
      for (const [i, schema] of operator.overloads.entries())
        expect(
          operator.overloads.slice(0, i).filter((earlier) => isShadowed(schema, earlier)),
          schema.text,
        ).toEqual([]);
    }
  });
});

test.each([
  ['linear', ['']],
  ['sum', ['', 'dim_IntList']],
  ['max', ['dim', '', 'other']],
  ['split', ['Tensor', 'sizes']],
  ['_fusedAdamw_', ['', 'tensor_lr']],
  ['layerNorm', ['']],
  ['where', ['self', 'ScalarSelf', 'ScalarOther', 'Scalar', '']],
  ['full', ['']],
  ['arange', ['', 'start', 'start_step']],
  ['scaledDotProductAttention', ['']],
  ['add_', ['Tensor', 'Scalar']],
  ['__and__', ['Scalar', 'Tensor']],
  ['random_', ['to', 'from', '']],
])('%s tries its overloads in this order: %j', (name, names) => {
  expect(overloads[name]?.overloads).toEqual(names);
});

test('methods are those whose first argument is self, and none replaces a member of Tensor', () => {
  expect(overloads.add).toMatchObject({ base: 'aten::add', function: true, method: true });
  expect(overloads.add_).toMatchObject({ function: false, method: true });
  expect(overloads.linear).toMatchObject({ function: true, method: false });
  for (const name of ['where', 'polygamma', 'hardshrinkBackward'])
    expect(overloads[name]?.method, name).toBe(false);
  for (const name of tensorMembers)
    expect(Object.hasOwn(overloads, name) && overloads[name]?.method, name).toBe(false);
});

test.each([
  [
    'linear(Tensor input, Tensor weight, Tensor? bias=None) -> Tensor',
    ['input: Tensor, weight: Tensor, bias?: Tensor | null'],
    'Tensor',
  ],
  [
    'sum.dim_IntList(Tensor self, int[1]? dim, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor',
    [
      'self: Tensor, dim: number | readonly number[] | null, options: { dtype?: Dtype | null }',
      'self: Tensor, dim: number | readonly number[] | null, keepdim?: boolean, options?: { dtype?: Dtype | null }',
    ],
    'Tensor',
  ],
  [
    'max.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)',
    ['self: Tensor, dim: Int, keepdim?: boolean'],
    'readonly [values: Tensor, indices: Tensor]',
  ],
  [
    'split.sizes(Tensor(a -> *) self, SymInt[] split_size, int dim=0) -> Tensor(a)[]',
    ['self: Tensor, splitSize: readonly number[], dim?: Int'],
    'Tensor[]',
  ],
  [
    '_fused_sgd_(Tensor(a!)[] self, *, float lr, bool is_first_step, Tensor? grad_scale=None) -> ()',
    ['self: readonly Tensor[], options: { lr: number; isFirstStep: boolean; gradScale?: Tensor | null }'],
    'void',
  ],
  [
    'layer_norm(Tensor input, SymInt[] normalized_shape, Tensor? weight=None, float eps=1e-05) -> Tensor',
    ['input: Tensor, normalizedShape: readonly number[], weight?: Tensor | null, eps?: number'],
    'Tensor',
  ],
  [
    'where.ScalarSelf(Tensor condition, Scalar self, Tensor other) -> Tensor',
    ['condition: Tensor, self: Scalar, other: Tensor'],
    'Tensor',
  ],
  [
    'full(SymInt[] size, Scalar fill_value, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor',
    ['size: readonly number[], fillValue: Scalar, options?: TensorOptions'],
    'Tensor',
  ],
  [
    'index.Tensor(Tensor self, Tensor?[] indices) -> Tensor',
    ['self: Tensor, indices: readonly (Tensor | null)[]'],
    'Tensor',
  ],
  [
    'div.Tensor_mode(Tensor self, *, str? rounding_mode) -> Tensor',
    ['self: Tensor, options: { roundingMode: string | null }'],
    'Tensor',
  ],
  [
    'f(bool[3] output_mask, SymInt[2] stride=1, str var="a, b") -> (int, Tensor[])',
    ['outputMask: readonly boolean[], stride?: number | readonly number[], var_?: string'],
    'readonly [number, Tensor[]]',
  ],
])('%s in TypeScript', (text, parameters, result) => {
  expect(signatureOf(parseSchema(text), 0)).toEqual({ parameters, result });
});

test('a method leaves out its first argument', () => {
  const schema = parseSchema('add_.Tensor(Tensor(a!) self, Tensor other, *, Scalar alpha=1) -> Tensor(a!)', [
    'method',
  ]);
  expect(signatureOf(schema, 1).parameters).toEqual(['other: Tensor, options?: { alpha?: Scalar }']);
});

test.each([
  ['_fused_adamw_', '_fusedAdamw_'],
  ['__and__', '__and__'],
  ['add_', 'add_'],
  ['atleast_1d', 'atleast1d'],
  ['_upsample_nearest_exact1d', '_upsampleNearestExact1d'],
  ['N', 'N'],
])('%s is %s in camelCase', (snake, camel) => {
  expect(camelCase(snake)).toBe(camel);
});

test('names that meet in camelCase are refused', () => {
  const operators = ['nll_loss2d(Tensor self) -> Tensor', 'nll_loss_2d(Tensor self) -> Tensor'];
  expect(() => selectOperators(operators.map((text) => parseSchema(text)))).toThrow(
    'nll_loss2d and nll_loss_2d are both nllLoss2d',
  );
  expect(snakeCase('roundingMode')).toBe('rounding_mode');
  expect(() => selectOperators([parseSchema('f(*, int beta_1) -> Tensor')])).toThrow(
    'beta_1 does not survive camelCase',
  );
});

test('out-variants and unrepresentable types are left out', () => {
  const texts = [
    'relu(Tensor self) -> Tensor',
    'relu.out(Tensor self, *, Tensor(a!) out) -> Tensor(a!)',
    'sort.values(Tensor self, *, Tensor(a!) values, Tensor(b!) indices) -> (Tensor(a!) values, Tensor(b!) indices)',
    'linear.out(Tensor input, Tensor(a!) output) -> Tensor',
    'record_stream(Tensor(a!) self, Stream s) -> ()',
    'promote_types(ScalarType type1, ScalarType type2) -> ScalarType',
    'sym_numel(Tensor self) -> SymInt',
  ];
  expect(selectOperators(texts.map((text) => parseSchema(text))).map(({ name }) => name)).toEqual(['relu']);
});

test('overloads are told apart by JavaScript types', () => {
  const dims = parseSchema('std.dim(Tensor self, int[1]? dim, bool unbiased=True) -> Tensor');
  const all = parseSchema('std(Tensor self, bool unbiased=True) -> Tensor');
  expect(sharedCall(all, dims)).toEqual({ positional: ['Tensor'], options: {} });
  expect(accepts(all, { positional: ['Tensor', 'number'], options: {} })).toBe(false);
  expect(accepts(dims, { positional: ['Tensor', 'number'], options: {} })).toBe(true);
  expect(accepts(dims, { positional: ['Tensor', 'undefined', 'boolean'], options: {} })).toBe(true);
  expect(accepts(dims, { positional: ['Tensor'], options: { dim: 'number' } })).toBe(false);
  const scalar = parseSchema('mul.Scalar(Tensor self, Scalar other) -> Tensor');
  expect(sharedCall(scalar, parseSchema('mul.Tensor(Tensor self, Tensor other) -> Tensor'))).toBeNull();
});

test('an overload that yaml order would hide comes first', () => {
  const texts = [
    'random_.from(Tensor self, int from, int? to) -> ()',
    'random_.to(Tensor self, int to) -> ()',
  ];
  const [operator] = selectOperators(texts.map((text) => parseSchema(text)));
  expect(operator?.overloads.map(({ overload }) => overload)).toEqual(['to', 'from']);
});
