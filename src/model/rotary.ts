// Rotary position embeddings (Su et al., arXiv:2104.09864) in the two-halves layout that Hugging Face's weights are for.

import { fromTypedArray, ops } from '../torch/index.ts';
import type { Tensor } from '../torch/index.ts';

/** How frequencies depend on the place, as config.json tells it. */
export interface RotaryScaling {
  /** Base of the geometric series of frequencies. */
  theta: number;
  /** 'linear' divides all by `factor`; 'llama3' (Llama 3.1) only the low ones, with a smooth passage between. */
  type: 'default' | 'linear' | 'llama3';
  factor: number;
  lowFrequencyFactor: number;
  highFrequencyFactor: number;
  /** Context the model had before its frequencies were changed. */
  originalContext: number;
}

/** Frequencies as they are without scaling. */
export function plainRotary(theta: number): RotaryScaling {
  return {
    theta,
    type: 'default',
    factor: 1,
    lowFrequencyFactor: 1,
    highFrequencyFactor: 4,
    originalContext: 8192,
  };
}

/** Angular frequencies in radians a token, [size / 2]. Rounded to float32 at each step, as Hugging Face's are. */
function rotaryFrequencies(size: number, scaling: RotaryScaling): Float32Array {
  return Float32Array.from({ length: size / 2 }, (_, i) =>
    scaled(Math.fround(1 / Math.fround(scaling.theta ** Math.fround((2 * i) / size))), scaling),
  );
}

/** Cosines and sines of the angles at some places in the text: [T, size] each. */
export interface Angles {
  cos: Tensor;
  sin: Tensor;
}

/** Angles of tokens `first` to `first + T - 1`, or of those at the places `first` [T], computed in float32, in the dtype of what is turned. */
export function rotaryAngles(
  size: number,
  scaling: RotaryScaling,
  first: number | Tensor,
  T: number,
  { dtype, device }: Pick<Tensor, 'dtype' | 'device'>,
): Angles {
  const frequencies = fromTypedArray(rotaryFrequencies(size, scaling), [1, size / 2], { device });
  const all =
    typeof first === 'number'
      ? ops.arange(first, first + T, { dtype: 'float32', device })
      : first.to('float32'); // [T]
  const places = all.unsqueeze(1); // [T, 1]
  const half = places.mul(frequencies); // [T, size / 2]
  const angles = ops.cat([half, half], -1); // [T, size]
  return { cos: angles.cos().to(dtype), sin: angles.sin().to(dtype) };
}

/** Turns the first `size` channels of each head, `size` that of the angles: [B, H, T, D] -> [B, H, T, D]. */
export function rotate(x: Tensor, { cos, sin }: Angles): Tensor {
  const [size, D] = [cos.shape[1], x.shape[3]];
  if (size < D) {
    const rest = x.narrow(3, size, D - size);
    return ops.cat([rotate(x.narrow(3, 0, size), { cos, sin }), rest], -1);
  }
  const [a, b] = [x.narrow(3, 0, size / 2), x.narrow(3, size / 2, size / 2)];
  return x.mul(cos).add(ops.cat([b.neg(), a], -1).mul(sin));
}

function scaled(frequency: number, { type, factor, ...scaling }: RotaryScaling): number {
  if (type === 'default') return frequency;
  if (type === 'linear') return frequency / factor;
  const { lowFrequencyFactor: low, highFrequencyFactor: high, originalContext } = scaling;
  const turns = (originalContext * frequency) / (2 * Math.PI); // in the original context
  if (turns < low) return frequency / factor;
  if (turns > high) return frequency;
  const smooth = (turns - low) / (high - low);
  return ((1 - smooth) * frequency) / factor + smooth * frequency;
}
