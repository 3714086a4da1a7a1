import { expect, test } from 'vitest';
import {
  addFault,
  addFaults,
  checkFaults,
  faultCount,
  faultLine,
  faultWords,
  noFaults,
} from '../../src/prepare/faults.ts';

const fault = (kind: string, place: string) => ({ kind, place, detail: 'cut off' });

test('faults are counted by kind, and the first five are kept', () => {
  const first = noFaults();
  for (let line = 1; line <= 4; line++) addFault(first, fault('json', `a.jsonl, line ${line}`));
  const second = noFaults();
  for (let line = 1; line <= 3; line++) addFault(second, fault('empty', `b.jsonl, line ${line}`));
  addFaults(first, second);
  expect(faultCount(first)).toBe(7);
  expect(faultWords(first)).toBe('4 json, 3 empty');
  expect(first.shown.map(faultLine)).toEqual([
    'a.jsonl, line 1: cut off',
    'a.jsonl, line 2: cut off',
    'a.jsonl, line 3: cut off',
    'a.jsonl, line 4: cut off',
    'b.jsonl, line 1: cut off',
  ]);
});

test('more than ten, and more than the share, is an error of exit code 65 with the first one', () => {
  const tally = noFaults();
  for (let line = 1; line <= 10; line++) addFault(tally, fault('utf8', `a.jsonl, line ${line}`));
  checkFaults(tally, 5, 0.01); // ten are always allowed
  addFault(tally, fault('utf8', 'a.jsonl, line 11'));
  checkFaults(tally, 2000, 0.01);
  const check = () => checkFaults(tally, 1000, 0.01);
  expect(check).toThrow(
    'prepare: expected at most 1.0 % of documents at fault, found 11 of 1011 (11 utf8; first: a.jsonl, line 1: cut off); mend them, or raise faults',
  );
  expect(check).toThrow(expect.objectContaining({ exitCode: 65 }));
});
