// Cross-entropy of the head on hidden states, with its gradients written out by hand, a chunk of rows at a time.
// Logits live only inside a chunk: autograd would hold them, their softmax and both gradients through the backward pass.

import { noGrad, ops, scope } from '../torch/index.ts';
import type { Dtype, Tensor } from '../torch/index.ts';
import { crossEntropy, crossEntropyLosses, hasWideVectors } from '../torch/kernels.ts';

const { linear, logSoftmax, mm } = ops;

export interface HeadLoss {
  /** Sum of the rows' losses, in nats: a scalar in float32 (float64 for float64 states). */
  total: Tensor;
  /** Gradient of `scale * total` with respect to the hidden states [N, C]. */
  hiddenGradient: Tensor;
}

/**
 * Losses of the rows and the gradients of `scale` times their sum. The head's gradient is added to `weight.grad`.
 *
 * @param hidden   normed states [N, C]; not recorded for autograd
 * @param weight   the head [V, C], a leaf
 * @param targets  token ids [N] int64
 * @param rows     rows of logits to hold at once; 0 holds all
 * @param compute  dtype of the products; the softmax is in float32 (float64 for float64 states)
 */
export function headLoss(
  hidden: Tensor,
  weight: Tensor,
  targets: Tensor,
  { scale, rows = 0, compute }: { scale: number; rows?: number; compute: Dtype },
): HeadLoss {
  return noGrad(() =>
    scope(() => {
      const count = targets.shape[0];
      const size = rows > 0 ? Math.min(rows, count) : count;
      const product = cast(weight.detach(), compute); // [V, C]
      return inChunks(count, size, (part) => {
        const chunk = scope(() => chunkLoss(part(hidden), product, part(targets), scale));
        addToGradient(weight, chunk.weightGradient);
        chunk.weightGradient.release();
        return chunk;
      });
    }),
  );
}

/** The loss of `count` rows, `size` at a time. */
export function inChunks(count: number, size: number, lossOf: (part: Part) => HeadLoss): HeadLoss {
  const losses = chunks(count, size).map(lossOf);
  const [only, ...others] = losses;
  return {
    total: ops.stack(losses.map(({ total }) => total)).sum(),
    hiddenGradient:
      others.length === 0
        ? only.hiddenGradient
        : ops.cat(
            losses.map(({ hiddenGradient }) => hiddenGradient),
            0,
          ),
  };
}

/** Takes a chunk's rows out of a tensor [count, ..]. */
type Part = (rows: Tensor) => Tensor;

/** Chunks of `size` rows at most, all about as long: a product with a row or two goes another way, to other last bits. */
function chunks(count: number, size: number): Part[] {
  const parts = Math.ceil(count / size);
  const length = Math.ceil(count / parts);
  return Array.from(
    { length: parts },
    (_, i) => (rows) => rows.narrow(0, i * length, Math.min(length, count - i * length)),
  );
}

/** Rows of logits [n, vocab] to hold at once: as many as are asked for, or for 0 as fit into 64 MB in the dtype of `like`. */
export function rowsAtOnce(asked: number, vocab: number, like: Tensor): number {
  if (asked > 0) return asked;
  const rowBytes = vocab * (like.byteLength / like.numel());
  return Math.max(1, Math.floor(2 ** 26 / rowBytes));
}

/**
 * Loss of every row, without gradients: [N, E], [N] -> [N] in float32 (float64 for float64 logits), in nats. Rows of a
 * padded vocabulary count as any other: they were trained to be small.
 *
 * @param states    normed states, in the dtype of the logits
 * @param logitsOf  the head: some rows of the states [n, E] -> [n, V]
 * @param rows      rows of logits to hold at once; 0 holds as many as fit into 64 MB
 */
export function rowLosses(
  states: Tensor,
  targets: Tensor,
  logitsOf: (states: Tensor) => Tensor,
  { rows = 0, vocab }: { rows?: number; vocab: number },
): Tensor {
  return noGrad(() =>
    scope(() => {
      const size = rowsAtOnce(rows, vocab, states);
      const losses = chunks(targets.shape[0], size).map((part) =>
        scope(() => lossOfRows(logitsOf(part(states)), part(targets))),
      );
      return ops.cat(losses, 0); // [N]
    }),
  );
}

function chunkLoss(hidden: Tensor, weight: Tensor, targets: Tensor, scale: number) {
  const states = cast(hidden, weight.dtype); // [n, C]
  const logits = linear(states, weight); // [n, V]
  const { losses, gradient } = isFused(logits)
    ? { losses: crossEntropy(logits, targets.contiguous(), scale), gradient: logits }
    : plainLoss(logits, targets, scale);
  return {
    total: losses.sum(),
    hiddenGradient: cast(mm(gradient, weight), hidden.dtype), // [n, C]
    weightGradient: mm(gradient.t(), states), // [V, C]
  };
}

/** Whether our own kernel takes these logits; elsewhere (a GPU, float64, a CPU on which ATen is faster) ATen's operators do. */
function isFused({ device, dtype }: Tensor): boolean {
  return device === 'cpu' && (dtype === 'bfloat16' || dtype === 'float32') && hasWideVectors();
}

/**
 * Losses of rows [n] and `scale` times the gradient of their logits, by ATen's operators: the reference of the kernel's
 * test.
 */
export function plainLoss(logits: Tensor, targets: Tensor, scale = 1): { losses: Tensor; gradient: Tensor } {
  const exact = wide(logits); // [n, V]
  const probabilities = logSoftmax(exact, -1); // [n, V]
  if (exact !== logits) exact.release();
  const chosen = targets.unsqueeze(1); // [n, 1]
  const losses = probabilities.gather(1, chosen).squeeze(1).neg(); // [n]
  probabilities.exp_();
  probabilities.scatterAdd_(1, chosen, ops.fullLike(chosen, -1, { dtype: probabilities.dtype }));
  probabilities.mul_(scale);
  return { losses, gradient: cast(probabilities, logits.dtype) };
}

function lossOfRows(logits: Tensor, targets: Tensor): Tensor {
  if (isFused(logits)) return crossEntropyLosses(logits, targets);
  return logSoftmax(wide(logits), -1).gather(1, targets.unsqueeze(1)).squeeze(1).neg(); // [n]
}

function addToGradient(weight: Tensor, gradient: Tensor): void {
  const before = weight.grad;
  if (before) before.add_(gradient);
  else weight.grad = cast(gradient, weight.dtype);
}

function wide(x: Tensor): Tensor {
  return x.dtype === 'float64' ? x : cast(x, 'float32');
}

function cast(x: Tensor, dtype: Dtype): Tensor {
  return x.dtype === dtype ? x : x.to(dtype);
}
