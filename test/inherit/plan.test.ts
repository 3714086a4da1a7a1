// Arithmetic of a grow job by hand: layers of rounds, how many there are, schedules, costs, training of controls.

import { expect, test } from 'vitest';
import { controlName, controlTraining } from '../../src/inherit/controls.ts';
import { growOptions } from '../../src/inherit/grow-options.ts';
import type { GrowState } from '../../src/inherit/grow-state.ts';
import { layersOfRound, roundCount, scheduleOfRound, totalCost } from '../../src/inherit/plan.ts';
import { smallConfig } from './models.ts';

const options = (changes: object = {}) => growOptions.parse({ out: 'out', tokens: 'tokens', ...changes });

test.each([
  // the paper's Medium would go 12, 14 ... 24; it stopped at 16
  [24, {}, [12, 14, 16, 18, 20, 22, 24]],
  [24, { maxRounds: 3 }, [12, 14, 16]],
  [7, {}, [4, 6, 7]], // half, rounded up; the last round adds what is left
  [6, { first: 1, add: 4 }, [1, 5, 6]],
  [6, { first: 6 }, [6]],
  [1, {}, [1]],
])('of %d layers with %j: rounds of %j', (layers, changes, rounds) => {
  const given = options(changes);
  expect(roundCount(layers, given)).toBe(rounds.length);
  expect(rounds.map((_, index) => layersOfRound(index + 1, layers, given))).toEqual(rounds);
});

test('a first round that is larger than the reference is refused with both numbers', () => {
  expect(() => roundCount(6, options({ first: 7 }))).toThrow(
    'first: must be 1..6 (the reference has 6), got 7',
  );
});

test('schedules: from the start in each round, or one over all of them', () => {
  const restart = options({ training: { steps: 50, learningRate: { warmupSteps: 5 } } });
  expect(scheduleOfRound(3, 4, restart)).toEqual(restart.training.learningRate);
  const going = options({ schedule: 'continue', training: { steps: 50, learningRate: { warmupSteps: 5 } } });
  expect(scheduleOfRound(3, 4, going)).toEqual({
    ...going.training.learningRate,
    startStep: 100,
    decaySteps: 200,
  });
  const told = options({ schedule: 'continue', training: { steps: 50, learningRate: { decaySteps: 120 } } });
  expect(scheduleOfRound(2, 4, told)).toMatchObject({ startStep: 50, decaySteps: 120 });
});

test('costs: the reference’s and every round’s; unknown when the reference’s are', () => {
  expect(totalCost(state({ tokens: 100, flops: 1000 }))).toEqual({
    tokens: 100 + 2 * 30,
    flops: 1000 + 2 * 500,
  });
  expect(totalCost(state({ tokens: null, flops: null }))).toBeNull();
});

test('controls: as many steps as a round, or as many FLOPs as reference and rounds, of the target’s size', () => {
  const given = options({
    training: { steps: 50, tokensPerStep: 10, learningRate: { decaySteps: 40 }, model: { dropout: 0.1 } },
  });
  const target = smallConfig({ layers: 2, bias: false, paddedVocab: 80 });
  // 6 N + 12 L C T: N = 80 x 16 + 2 (12 x 256 + 32) + 16 = 7504, so 45,024 + 12 x 2 x 16 x 12 = 49,632
  const flops = 49_632 * 10 * 70;
  const spent = state({ tokens: 1, flops: flops - 2 * 500 });
  const model = { config: target, folder: 'runs/grown/round-2-start' };
  const same = controlTraining('same-steps', model, spent, given);
  expect(same.model).toEqual({
    ...given.training.model,
    like: 'runs/grown/round-2-start',
    dropout: 0.1,
  });
  expect([same.steps, same.learningRate.decaySteps]).toEqual([50, 40]);
  const fair = controlTraining('same-flops', model, spent, given);
  expect([fair.steps, fair.learningRate.decaySteps]).toEqual([70, undefined]); // its schedule ends with it
  expect(controlName('same-flops', target)).toBe('same-flops-2-layers');
  expect(() => controlTraining('same-flops', model, state({ tokens: null, flops: null }), given)).toThrow(
    'controls: same-flops needs the FLOPs of the reference; set referenceTokens',
  );
});

/** A job after two rounds of 30 tokens and 500 FLOPs each. */
function state(reference: { tokens: number | null; flops: number | null }): GrowState {
  const difference = { mean: 1, standardError: 0.1, upperBound: 1.2, blocks: 4 };
  const model = { name: 'x', run: 'x', layers: 2, parameters: 1, loss: 1, difference: null };
  const round = { ...model, round: 1, tokens: 30, flops: 500, difference, matched: false };
  return {
    version: 1,
    stop: null,
    reference: { ...model, ...reference },
    referenceLosses: null,
    rounds: [round, round],
    controls: [],
  };
}
