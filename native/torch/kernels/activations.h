// GELU (exact and by tanh) and SiLU with their slopes on vectors, for rows of activations and the epilogues of products.
//
// All by way of e^x, never by 1 + tanh or 1 + erf: so the far negative side, where those cancel, keeps its relative
// accuracy (about 1e-6), and NaN stays NaN. Reference: ATen in float64, in test/torch/activation-kernels.test.ts.

#pragma once

#include "vectors.h"

namespace activations {

using vectors::Floats;

/** f(x) and f'(x). */
struct Activated {
  Floats value;
  Floats slope;
};

/** 2^z: from 0 to infinity. */
INLINE Floats anyPowerOfTwo(Floats z) {
  const Floats least = Floats{} - 127.0f;
  const Floats most = Floats{} + 128.0f;
  z = z < least ? least : z;
  z = z > most ? most : z;
  return vectors::powerOfTwo(z);
}

constexpr float minusLog2e = -1.44269504f;

INLINE Floats shareBySilu(Floats x) { return 1.0f / (anyPowerOfTwo(x * minusLog2e) + 1.0f); }

INLINE Floats siluOf(Floats x) { return x * shareBySilu(x); }

INLINE Activated siluWithSlope(Floats x) {
  const Floats share = shareBySilu(x);
  const Floats value = x * share;
  return {value, value * (1.0f - share) + share};
}

constexpr float tanhScale = 1.595769122f;  // 2 sqrt(2 / pi); x (1 + tanh(u)) / 2 = x / (1 + e^-2u)
constexpr float tanhCubic = 0.044715f;

INLINE Floats shareByTanh(Floats x) {
  const Floats minusTwice = x * ((x * x) * (tanhScale * minusLog2e * tanhCubic) + (tanhScale * minusLog2e));  // -2u log2 e
  return 1.0f / (anyPowerOfTwo(minusTwice) + 1.0f);
}

/** x (1 + tanh(u)) / 2 with u = sqrt(2 / pi) (x + 0.044715 x^3). */
INLINE Floats geluByTanh(Floats x) { return x * shareByTanh(x); }

INLINE Activated geluByTanhWithSlope(Floats x) {
  const Floats share = shareByTanh(x);
  const Floats value = x * share;
  const Floats steepness = (x * x) * (3 * tanhScale * tanhCubic) + tanhScale;  // of 2u
  return {value, (value * (1.0f - share)) * steepness + share};
}

/** Mass of the normal distribution below x, and e^(-x^2 / 2). */
struct Normal {
  Floats below;
  Floats bell;
};

/**
 * The tail beyond |x| is e^(-x^2 / 2) times a polynomial in t = 1 / (1 + 0.295 |x|): degree 8, fitted here for the least
 * relative error up to 13 deviations, 4e-7 with float32's rounding.
 */
INLINE Normal normal(Floats x) {
  const Floats away = x < 0.0f ? -x : x;
  const Floats t = 1.0f / (away * 0.295f + 1.0f);
  Floats y = t * 3.972181678e-2f - 1.847645938e-1f;
  y = y * t + 2.736165524e-1f;
  y = y * t - 1.198179275e-1f;
  y = y * t + 1.680371165e-1f;
  y = y * t + 8.405990154e-2f;
  y = y * t + 1.218604371e-1f;
  y = y * t + 1.172685772e-1f;
  y = y * t + 1.812970004e-5f;
  const Floats least = Floats{} - 127.0f;
  Floats z = (x * x) * (minusLog2e / 2);
  z = z < least ? least : z;
  const Floats bell = vectors::powerOfTwo(z);
  const Floats tail = bell * y;
  return {x < 0.0f ? tail : 1.0f - tail, bell};
}

/** x times the mass of the normal distribution below x: x (1 + erf(x / sqrt(2))) / 2. */
INLINE Floats geluExact(Floats x) { return x * normal(x).below; }

INLINE Activated geluExactWithSlope(Floats x) {
  const Normal at = normal(x);
  return {x * at.below, (x * 0.3989422804f) * at.bell + at.below};
}

template <bool exact>
INLINE Floats geluOf(const Floats& x) {
  return exact ? geluExact(x) : geluByTanh(x);
}

template <bool exact>
INLINE Activated geluWithSlope(const Floats& x) {
  return exact ? geluExactWithSlope(x) : geluByTanhWithSlope(x);
}

}  // namespace activations
