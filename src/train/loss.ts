// Cross-entropy of the head on hidden states, with its gradients written out by hand, a chunk of rows at a time.
// Logits live only inside a chunk: autograd would hold them, their softmax and both gradients through the backward pass.

import { noGrad, ops, scope } from '../torch/index.ts';
import type { Dtype, Tensor } from '../torch/index.ts';
import { crossEntropy, hasWideVectors } from '../torch/kernels.ts';

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

/** The loss of `count` rows, `size` at a time; `lossOf` is given what takes its rows out of a tensor [count, ..]. */
export function inChunks(
  count: number,
  size: number,
  lossOf: (part: (rows: Tensor) => Tensor) => HeadLoss,
): HeadLoss {
  const chunks: HeadLoss[] = [];
  for (let start = 0; start < count; start += size)
    chunks.push(lossOf((rows) => rows.narrow(0, start, Math.min(size, count - start))));
  const [only, ...others] = chunks;
  return {
    total: ops.stack(chunks.map(({ total }) => total)).sum(),
    hiddenGradient:
      others.length === 0
        ? only.hiddenGradient
        : ops.cat(
            chunks.map(({ hiddenGradient }) => hiddenGradient),
            0,
          ),
  };
}

/**
 * Loss of every row, without gradients: [N, C], [N] -> [N] in float32 (float64 for float64 states), in nats. Rows of a
 * padded vocabulary count as any other: they were trained to be small.
 */
export function rowLosses(
  hidden: Tensor,
  weight: Tensor,
  targets: Tensor,
  { rows = 0, compute }: { rows?: number; compute: Dtype },
): Tensor {
  return noGrad(() =>
    scope(() => {
      const count = targets.shape[0];
      const size = rows > 0 ? Math.min(rows, count) : count;
      const product = cast(weight.detach(), compute); // [V, C]
      const losses: Tensor[] = [];
      for (let start = 0; start < count; start += size) {
        const length = Math.min(size, count - start);
        const states = cast(hidden.narrow(0, start, length), compute); // [n, C]
        losses.push(scope(() => lossOfRows(linear(states, product), targets.narrow(0, start, length))));
      }
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
  if (isFused(logits)) return crossEntropy(logits, targets.contiguous(), 1);
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
