// Operands laid out as products want them.
//
// A product sums over k. In bfloat16 its right operand B [K, N] is wanted as [K / 2][N][2], pairs along the summed dimension
// side by side, the layout of vdpbf16ps and of AMX's tiles; its left one A [M, K] as rows. Float32 is rounded to the nearest
// bfloat16 on the way, so that weights need no copy. In float32 both are rows, N and K as they are. Call only where
// hasBfloat16Products() or hasFloat32Products() (brgemm.h).

#pragma once

#include <c10/util/BFloat16.h>

#include <cstdint>

namespace pack {

/**
 * B [K, N] with rows `ld` apart, float or c10::BFloat16 -> out[(k / 2) * 2 * ldOut + 2 * n + k % 2]. An odd K is filled up
 * with a row of zeros, N with columns of zeros up to the next multiple of 16, which ldOut must reach.
 */
template <typename T>
void rows(const T* b, int64_t ld, int64_t K, int64_t N, c10::BFloat16* out, int64_t ldOut);
void rows(const float* b, int64_t ld, int64_t K, int64_t N, float* out, int64_t ldOut);

/** The same of B given transposed: [N, K] with rows `ld` apart. */
template <typename T>
void columns(const T* b, int64_t ld, int64_t K, int64_t N, c10::BFloat16* out, int64_t ldOut);
void columns(const float* b, int64_t ld, int64_t K, int64_t N, float* out, int64_t ldOut);

/**
 * A given transposed, [K, M] with rows `ld` apart -> rows [M, ldOut]. An odd K is filled up with zeros.
 */
template <typename T>
void transposed(const T* a, int64_t ld, int64_t K, int64_t M, c10::BFloat16* out, int64_t ldOut);
void transposed(const float* a, int64_t ld, int64_t K, int64_t M, float* out, int64_t ldOut);

}  // namespace pack
