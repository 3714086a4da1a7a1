// The shipped curves against the numbers of the paper's notes: last rows, means of the last ten, one a log.

import { expect, test } from 'vitest';
import { chosenCurves, readUpstreamCurves, upstreamGroups } from '../../src/report/upstream.ts';

// Last row and mean of the last ten rows of the validation column: tables 1.4 and 1.5 of the notes.
test.each([
  ['M1', 24, 101, 2.8187, 2.8121],
  ['M2', 16, 101, 2.8693, 2.8746],
  ['M3', 16, 201, 2.831, 2.8188],
  ['M4', 12, 101, 2.8704, 2.8724],
  ['M5', 14, 101, 2.8496, 2.8495],
  ['M6', 16, 101, 2.8108, 2.8153],
  ['M7', 12, 101, 2.9359, 2.9277],
  ['L1', 36, 101, 2.8531, 2.866], // of two interleaved runs the last row of each step
  ['L2', 18, 101, 2.9737, 2.942],
  ['L3', 18, 201, 2.847, 2.8367],
  ['L4', 18, 101, 2.809, 2.8537],
  ['X1', 48, 101, 2.6566, 2.6628],
  ['X2', 24, 101, 2.6977, 2.7201],
  ['X3', 24, 201, 2.6295, 2.6245],
  ['X4', 24, 101, 2.642, 2.6349],
  ['B1-X', 48, 101, 2.7778, 2.7744],
  ['B3-M', 16, 101, 2.8441, 2.8526],
  ['B4-L', 18, 101, 2.891, 2.8932],
  ['A2', 16, 101, 2.8528, 2.8525],
  ['K1', 16, 51, 3.019, 3.0093],
  ['F1', 32, 101, 3.0099, 3.0145],
  ['F3', 16, 101, 3.0248, 3.0273],
  ['F6', 16, 101, 3.1675, 3.2305],
])('%s: %d layers, %d rows, last %d, mean of ten %d', async (id, layers, rows, last, meanOfTen) => {
  const curve = (await readUpstreamCurves()).get(id);
  expect(curve).toMatchObject({ layers });
  const val = curve?.val ?? [];
  expect([val.length, curve?.train.length, curve?.steps.at(-1)]).toEqual([rows, rows, 1000 * (rows - 1)]);
  expect(val.at(-1)).toBe(last);
  expect(val.slice(-10).reduce((sum, loss) => sum + loss, 0) / 10).toBeCloseTo(meanOfTen, 4);
});

test('the train column of FineWeb is there too', async () => {
  const curves = await readUpstreamCurves();
  expect(['F1', 'F2', 'F3'].map((id) => curves.get(id)?.train.at(-1))).toEqual([2.9842, 3.09, 2.9972]);
});

test('39 logs; every group names curves that are there', async () => {
  const curves = await readUpstreamCurves();
  expect(curves.size).toBe(39);
  expect(
    Object.values(upstreamGroups)
      .flat()
      .filter((id) => !curves.has(id)),
  ).toEqual([]);
});

test('groups and ids are mixed, and no curve comes twice', async () => {
  const curves = await chosenCurves(['openwebtext-medium', 'M1', 'K2']);
  expect(curves.map(({ id }) => id)).toEqual(['M1', 'M2', 'M6', 'K2']);
  expect(await chosenCurves([])).toEqual([]);
});

test('an unknown name suggests the nearest', async () => {
  await expect(chosenCurves(['openwebtext-meduim'])).rejects.toMatchObject({
    exitCode: 64,
    message: expect.stringContaining('did you mean openwebtext-medium?') as string,
  });
  await expect(chosenCurves(['toString'])).rejects.toMatchObject({ exitCode: 64 });
});
