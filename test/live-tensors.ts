// The check that every test file with tensors makes: each test ends with as many live tensors as it began with.

import { afterEach, beforeEach, expect } from 'vitest';
import { liveTensors } from '../src/torch/index.ts';

/** Call it once, at the top of a test file. A test frees what it makes by `scope` or `release`. */
export function checkLiveTensors(): void {
  let before = 0;
  beforeEach(() => {
    before = liveTensors();
  });
  afterEach(() => {
    expect(liveTensors(), 'live tensors at the end of the test').toBe(before);
  });
}
