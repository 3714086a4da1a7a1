// The arena behind large tensors: no two share memory, freed neighbours join, and what is held stays near the most in use.

import { expect, test } from 'vitest';
import { engineInfo, ops, scope } from '../../src/torch/index.ts';
import type { Tensor } from '../../src/torch/index.ts';
import { checkLiveTensors } from '../live-tensors.ts';

checkLiveTensors();

const megabyte = 2 ** 20;
const page = 4096;

const bytesOf = (megabytes: number) => ops.empty([megabytes * megabyte - 64], { dtype: 'uint8' }); // whole pages with its header

function memory(): { inUse: number; held: number; highWater: number } {
  const {
    allocatorInUseBytes: inUse,
    allocatorCachedBytes: cached,
    allocatorHighWaterBytes: highWater,
  } = engineInfo();
  return { inUse, held: inUse + cached, highWater };
}

test('neighbours that are free join: three of 8 MB make one of 24 MB, and that is cut again', () => {
  const before = memory();
  const three = [1, 2, 3].map(() => bytesOf(8));
  const { held } = memory();
  for (const i of [0, 2, 1]) three[i]?.release();
  const whole = bytesOf(24);
  expect(memory().held).toBe(held);
  whole.release();
  const parts = [5, 11, 8].map(bytesOf);
  expect(memory()).toMatchObject({ held, inUse: before.inUse + 24 * megabyte });
  for (const part of parts) part.release();
  expect(memory().inUse).toBe(before.inUse);
});

test('3000 tensors that come and go at random keep what was written to them', () => {
  const before = memory();
  let state = 12345;
  const random = (below: number) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * below);
  };
  const alive: { tensor: Tensor; mark: number }[] = [];
  const ends = ({ tensor }: { tensor: Tensor }) =>
    [0, tensor.shape[0] - 1].map((at) => {
      const one = tensor.select(0, at);
      const value = one.item();
      one.release();
      return value;
    });
  for (let i = 0; i < 3000; i++) {
    if (alive.length > 24 || (alive.length > 0 && random(2) === 0)) {
      const [gone] = alive.splice(random(alive.length), 1);
      if (!gone) continue;
      expect(ends(gone)).toEqual([gone.mark, gone.mark]);
      gone.tensor.release();
    } else {
      const count = Math.floor(megabyte * 4 ** random(3)) / 4 + random(page);
      const tensor = ops.empty([count]);
      for (const at of [0, count - 1]) {
        const one = tensor.select(0, at);
        one.fill_(i);
        one.release();
      }
      alive.push({ tensor, mark: i });
    }
    const { held, highWater } = memory();
    expect(held).toBeLessThanOrEqual(highWater + highWater / 6 + 66 * megabyte); // and the rest of a huge page
  }
  for (const left of alive) {
    expect(ends(left)).toEqual([left.mark, left.mark]);
    left.tensor.release();
  }
  expect(memory().inUse).toBe(before.inUse);
});

test('free blocks that fit nothing any more go back to the kernel', () => {
  const { highWater, inUse } = memory();
  const size = Math.ceil(highWater / megabyte / 8) + 64;
  const pins: Tensor[] = [];
  const blocks = Array.from({ length: 8 }, () => {
    const block = bytesOf(size);
    pins.push(bytesOf(2)); // so that the blocks cannot join
    return block;
  });
  for (const block of blocks) block.release();
  const doubles = [1, 2, 3, 4].map(() => bytesOf(2 * size)); // as much in use as before, in other pieces
  const { held, highWater: most } = memory();
  expect(held - inUse).toBeGreaterThan(8 * size * megabyte);
  expect(held).toBeLessThanOrEqual(most + most / 6 + 66 * megabyte);
  for (const pin of pins) pin.fill_(1); // all of it is still there
  for (const double of doubles)
    scope(() => {
      for (const at of [0, double.shape[0] - 1]) double.narrow(0, at, 1).fill_(1);
    });
  for (const tensor of [...pins, ...doubles]) tensor.release();
  expect(memory().inUse).toBe(inUse);
});

test('more than there is is refused in one line, and other requests go on', () => {
  expect(() => ops.empty([2 ** 50], { dtype: 'uint8' })).toThrow(
    /can't allocate memory: you tried to allocate 1125899906842624 bytes/,
  );
  scope(() => {
    const small = bytesOf(2);
    small.fill_(7);
    expect(small.sum().item()).toBe(7 * (2 * megabyte - 64));
  });
});
