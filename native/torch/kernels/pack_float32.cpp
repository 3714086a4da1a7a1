// Operands for float32 products. See pack.h. References: test/torch/linear-kernel.test.ts, through the products.

#include <algorithm>

#include "pack.h"

#if defined(__x86_64__)
#include <immintrin.h>
#define TARGET __attribute__((target("avx2")))
#endif

namespace {

constexpr int64_t line = 16;  // numbers of a cache line

void turnPart(const float* from, int64_t ld, int64_t rows, int64_t columns, float* to, int64_t ldTo) {
  for (int64_t row = 0; row < rows; ++row)
    for (int64_t column = 0; column < columns; ++column) to[column * ldTo + row] = from[row * ld + column];
}

#if defined(__x86_64__)

/** Turns 8 x 8 numbers over. */
TARGET inline __attribute__((always_inline)) void turnEight(const float* from, int64_t ld, float* to, int64_t ldTo) {
  __m256 r[8];
  __m256 t[8];
#pragma GCC unroll 8
  for (int i = 0; i < 4; ++i) {  // the halves of rows i and i + 4 side by side: then no half has to cross
    const float* upper = from + i * ld;
    const float* lower = from + (i + 4) * ld;
    r[i] = _mm256_insertf128_ps(_mm256_castps128_ps256(_mm_loadu_ps(upper)), _mm_loadu_ps(lower), 1);
    r[i + 4] = _mm256_insertf128_ps(_mm256_castps128_ps256(_mm_loadu_ps(upper + 4)), _mm_loadu_ps(lower + 4), 1);
  }
#pragma GCC unroll 8
  for (int i = 0; i < 8; i += 2) {
    t[i] = _mm256_unpacklo_ps(r[i], r[i + 1]);
    t[i + 1] = _mm256_unpackhi_ps(r[i], r[i + 1]);
  }
#pragma GCC unroll 8
  for (int i = 0; i < 8; i += 4) {
    _mm256_storeu_ps(to + i * ldTo, _mm256_shuffle_ps(t[i], t[i + 2], 0x44));
    _mm256_storeu_ps(to + (i + 1) * ldTo, _mm256_shuffle_ps(t[i], t[i + 2], 0xEE));
    _mm256_storeu_ps(to + (i + 2) * ldTo, _mm256_shuffle_ps(t[i + 1], t[i + 3], 0x44));
    _mm256_storeu_ps(to + (i + 3) * ldTo, _mm256_shuffle_ps(t[i + 1], t[i + 3], 0xEE));
  }
}

/** Turns a line of each of 16 rows over. */
TARGET void turnLines(const float* from, int64_t ld, float* to, int64_t ldTo) {
  for (int64_t row = 0; row < line; row += 8)
    for (int64_t column = 0; column < line; column += 8)
      turnEight(from + row * ld + column, ld, to + column * ldTo + row, ldTo);
}

#else

void turnLines(const float* from, int64_t ld, float* to, int64_t ldTo) { turnPart(from, ld, line, line, to, ldTo); }

#endif

/** [rows, columns] -> [columns, rows]; whole lines of both at a time, for rows are often a power of two apart. */
void turn(const float* from, int64_t ld, int64_t rows, int64_t columns, float* to, int64_t ldTo) {
  for (int64_t column = 0; column < columns; column += line) {
    for (int64_t row = 0; row < rows; row += line) {
      const float* at = from + row * ld + column;
      float* place = to + column * ldTo + row;
      for (int64_t next = line; next < 2 * line && row + next < rows; ++next) __builtin_prefetch(at + next * ld);
      if (row + line <= rows && column + line <= columns) turnLines(at, ld, place, ldTo);
      else turnPart(at, ld, std::min(line, rows - row), std::min(line, columns - column), place, ldTo);
    }
  }
}

}  // namespace

void pack::rows(const float* b, int64_t ld, int64_t K, int64_t N, float* out, int64_t ldOut) {
  for (int64_t k = 0; k < K; ++k) std::copy_n(b + k * ld, N, out + k * ldOut);
}

void pack::columns(const float* b, int64_t ld, int64_t K, int64_t N, float* out, int64_t ldOut) {
  turn(b, ld, N, K, out, ldOut);
}

void pack::transposed(const float* a, int64_t ld, int64_t K, int64_t M, float* out, int64_t ldOut) {
  turn(a, ld, K, M, out, ldOut);
}
