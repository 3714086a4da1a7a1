import { expect, test } from 'vitest';
import { nearestName } from '../../src/run/nearest.ts';

const names = ['learningRate', 'layers', 'heads', 'width', 'model.layers', 'warmupSteps', 'seed'];

test.each([
  ['learning-rat', 'learningRate'],
  ['learning_rate', 'learningRate'],
  ['layer', 'layers'],
  ['layesr', 'layers'],
  ['haeds', 'heads'],
  ['model.layrs', 'model.layers'],
  ['SEED', 'seed'],
  ['zzzzzz', null],
  ['x', null],
  ['', null],
])('%s means %s', (word, name) => {
  expect(nearestName(word, names)).toBe(name);
});

test('a long word takes no time', () => {
  expect(nearestName('a'.repeat(1e6), names)).toBe(null);
});
