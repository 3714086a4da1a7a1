// Scores of targets against log-softmax of everything at once: many rows, a vocabulary that does not fit the cache, ties.

import { expect, test } from 'vitest';
import { tokenScores } from '../../src/evaluate/token-scores.ts';
import { familyOf, headLogits } from '../../src/model/families.ts';
import { releaseWeights } from '../../src/model/weights.ts';
import { manualSeed, noGrad, ops, scope, setThreads } from '../../src/torch/index.ts';
import { smallModel } from '../inherit/models.ts';
import { checkLiveTensors } from '../live-tensors.ts';

checkLiveTensors();
setThreads(1);

const V = 60_000;

test('600 targets of 300 rows in any order', () => {
  const model = smallModel(1, { layers: 1, vocab: V, paddedVocab: V });
  noGrad(() =>
    scope(() => {
      manualSeed(5n);
      const states = ops.randn([300, 16], { dtype: 'float32' });
      const nodes = Array.from({ length: 600 }, (_, i) => (i * 7) % 300);
      const targets = Array.from({ length: 600 }, (_, i) => (i * 7919) % V);
      const logits = headLogits(familyOf(model.config).finish(states, model.weights, model.config), model);
      const all = logits.logSoftmax(-1).data() as Float32Array;
      const { logProbabilities } = tokenScores(states, nodes, targets, model);
      const differences = nodes.map((node, i) =>
        Math.abs((logProbabilities[i] ?? NaN) - (all[node * V + (targets[i] ?? 0)] ?? NaN)),
      );
      expect(Math.max(...differences)).toBeLessThan(1e-5);
    }),
  );
  releaseWeights(model.weights);
});

test('of two tokens that are likeliest the first is greedy, of others none', () => {
  const model = smallModel(2, { layers: 1, vocab: V, paddedVocab: V });
  noGrad(() =>
    scope(() => {
      manualSeed(6n);
      const states = ops.randn([40, 16], { dtype: 'float32' });
      const { config, weights } = model;
      const best = () =>
        Array.from(
          ops
            .argmax(headLogits(familyOf(config).finish(states, weights, config), model), -1)
            .data() as BigInt64Array,
          Number,
        );
      const before = best();
      const chosen = before[0] ?? 0;
      const [first, twin] = [Math.min(chosen, 11), Math.max(chosen, 11)];
      weights.tokenEmbedding.narrow(0, 11, 1).copy_(weights.tokenEmbedding.narrow(0, chosen, 1));
      const now = best();
      const rows = Array.from(now.keys());
      expect(tokenScores(states, rows, now, model).greedy).toEqual(new Uint8Array(40).fill(1));
      const { greedy, logProbabilities } = tokenScores(states, [0, 0, 0], [first, twin, 5], model);
      expect(logProbabilities[0]).toBe(logProbabilities[1]);
      expect(Array.from(greedy)).toEqual([1, 0, 0]);
    }),
  );
  releaseWeights(model.weights);
});
