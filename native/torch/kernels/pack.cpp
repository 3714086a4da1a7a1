// Operands for bfloat16 products. See pack.h. References: test/torch/linear-kernel.test.ts, through the products.

#include "pack.h"

#include <c10/util/Exception.h>

#if defined(__x86_64__)

#include <immintrin.h>

#include <algorithm>

#define TARGET __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512bf16")))
#define INLINE_TARGET inline __attribute__((always_inline)) TARGET

namespace {

constexpr int64_t lanes = 16;

__mmask16 first(int64_t count) { return static_cast<__mmask16>(count >= lanes ? 0xFFFF : (1u << std::max<int64_t>(count, 0)) - 1); }

/** Up to 16 numbers as bfloat16; the rest is zero. */
INLINE_TARGET __m256i loadHalves(const float* from, __mmask16 mask) {
  return reinterpret_cast<__m256i>(_mm512_cvtneps_pbh(_mm512_maskz_loadu_ps(mask, from)));
}
INLINE_TARGET __m256i loadHalves(const c10::BFloat16* from, __mmask16 mask) {
  return _mm256_maskz_loadu_epi16(mask, from);
}

/** Numbers of two rows in pairs: 16 words of (upper, lower). */
template <typename T>
INLINE_TARGET __m512i loadPairs(const T* upper, const T* lower, __mmask16 mask) {
  const __m512i low = _mm512_cvtepu16_epi32(loadHalves(upper, mask));
  if (lower == nullptr) return low;
  return _mm512_or_si512(low, _mm512_slli_epi32(_mm512_cvtepu16_epi32(loadHalves(lower, mask)), 16));
}

/** Up to 32 numbers of one row: 16 words of neighbours. */
INLINE_TARGET __m512i loadRow(const float* from, int64_t count) {
  return reinterpret_cast<__m512i>(_mm512_cvtne2ps_pbh(_mm512_maskz_loadu_ps(first(count - lanes), from + lanes),
                                                       _mm512_maskz_loadu_ps(first(count), from)));
}
INLINE_TARGET __m512i loadRow(const c10::BFloat16* from, int64_t count) {
  return _mm512_maskz_loadu_epi16(count >= 2 * lanes ? 0xFFFFFFFFu : (1u << count) - 1, from);
}

/** Turns 16 x 16 words over. */
INLINE_TARGET void turnOver(__m512i (&r)[lanes]) {
  __m512i t[lanes];
#pragma GCC unroll 16
  for (int i = 0; i < lanes; i += 2) {
    t[i] = _mm512_unpacklo_epi32(r[i], r[i + 1]);
    t[i + 1] = _mm512_unpackhi_epi32(r[i], r[i + 1]);
  }
#pragma GCC unroll 16
  for (int i = 0; i < lanes; i += 4) {
    r[i] = _mm512_unpacklo_epi64(t[i], t[i + 2]);
    r[i + 1] = _mm512_unpackhi_epi64(t[i], t[i + 2]);
    r[i + 2] = _mm512_unpacklo_epi64(t[i + 1], t[i + 3]);
    r[i + 3] = _mm512_unpackhi_epi64(t[i + 1], t[i + 3]);
  }
#pragma GCC unroll 16
  for (int i = 0; i < 4; ++i) {
    t[i] = _mm512_shuffle_i32x4(r[i], r[i + 4], 0x88);
    t[i + 4] = _mm512_shuffle_i32x4(r[i], r[i + 4], 0xDD);
    t[i + 8] = _mm512_shuffle_i32x4(r[i + 8], r[i + 12], 0x88);
    t[i + 12] = _mm512_shuffle_i32x4(r[i + 8], r[i + 12], 0xDD);
  }
#pragma GCC unroll 16
  for (int i = 0; i < 4; ++i) {
    r[i] = _mm512_shuffle_i32x4(t[i], t[i + 8], 0x88);
    r[i + 4] = _mm512_shuffle_i32x4(t[i + 4], t[i + 12], 0x88);
    r[i + 8] = _mm512_shuffle_i32x4(t[i], t[i + 8], 0xDD);
    r[i + 12] = _mm512_shuffle_i32x4(t[i + 4], t[i + 12], 0xDD);
  }
}

template <typename T>
TARGET void packRows(const T* b, int64_t ld, int64_t K, int64_t N, c10::BFloat16* out, int64_t ldOut) {
  for (int64_t k = 0; k < K; k += 2) {
    const T* upper = b + k * ld;
    const T* lower = k + 1 < K ? upper + ld : nullptr;
    c10::BFloat16* to = out + k * ldOut;
    for (int64_t n = 0; n < N; n += lanes)
      _mm512_storeu_si512(to + 2 * n, loadPairs(upper + n, lower ? lower + n : nullptr, first(N - n)));
  }
}

template <typename T>
TARGET void packColumns(const T* b, int64_t ld, int64_t K, int64_t N, c10::BFloat16* out, int64_t ldOut) {
  for (int64_t n = 0; n < N; n += lanes) {
    const int64_t count = std::min(lanes, N - n);
    for (int64_t k = 0; k < K; k += 2 * lanes) {
      __m512i words[lanes];
#pragma GCC unroll 16
      for (int64_t i = 0; i < lanes; ++i)
        words[i] = i < count ? loadRow(b + (n + i) * ld + k, K - k) : _mm512_setzero_si512();
      turnOver(words);
      const int64_t pairs = std::min(lanes, (K - k + 1) / 2);
      for (int64_t i = 0; i < pairs; ++i) _mm512_storeu_si512(out + (k + 2 * i) * ldOut + 2 * n, words[i]);
    }
  }
}

/** 16 columns from a + m on, of 32 rows from k on, turned over into 16 rows of `out`. */
template <typename T>
INLINE_TARGET void turnStrip(const T* a, int64_t ld, int64_t K, int64_t k, int64_t m, int64_t count, c10::BFloat16* out,
                             int64_t ldOut) {
  const __mmask16 mask = first(count);
  __m512i words[lanes];
#pragma GCC unroll 16
  for (int64_t i = 0; i < lanes; ++i) {
    const int64_t row = k + 2 * i;
    words[i] = row < K ? loadPairs(a + row * ld + m, row + 1 < K ? a + (row + 1) * ld + m : nullptr, mask)
                       : _mm512_setzero_si512();
  }
  turnOver(words);
  const __mmask16 pairs = first((K - k + 1) / 2);
  for (int64_t i = 0; i < std::min(lanes, count); ++i)
    _mm512_mask_storeu_epi32(out + (m + i) * ldOut + k, pairs, words[i]);
}

/** Whole cache lines of each row at a time: rows are often a power of two apart, and lines would not stay for a second visit. */
template <typename T>
TARGET void packTransposed(const T* a, int64_t ld, int64_t K, int64_t M, c10::BFloat16* out, int64_t ldOut) {
  for (int64_t m = 0; m < M; m += 2 * lanes) {
    for (int64_t k = 0; k < K; k += 2 * lanes) {
      for (int64_t row = k + 2 * lanes; row < std::min(K, k + 4 * lanes); ++row)
        _mm_prefetch(reinterpret_cast<const char*>(a + row * ld + m), _MM_HINT_T0);
      turnStrip(a, ld, K, k, m, M - m, out, ldOut);
      if (m + lanes < M) turnStrip(a, ld, K, k, m + lanes, M - m - lanes, out, ldOut);
    }
  }
}

}  // namespace

template <typename T>
void pack::rows(const T* b, int64_t ld, int64_t K, int64_t N, c10::BFloat16* out, int64_t ldOut) {
  packRows(b, ld, K, N, out, ldOut);
}

template <typename T>
void pack::columns(const T* b, int64_t ld, int64_t K, int64_t N, c10::BFloat16* out, int64_t ldOut) {
  packColumns(b, ld, K, N, out, ldOut);
}

template <typename T>
void pack::transposed(const T* a, int64_t ld, int64_t K, int64_t M, c10::BFloat16* out, int64_t ldOut) {
  packTransposed(a, ld, K, M, out, ldOut);
}

#else

template <typename T>
void pack::rows(const T*, int64_t, int64_t, int64_t, c10::BFloat16*, int64_t) {
  TORCH_CHECK(false, "bfloat16 products are for x86-64");
}

template <typename T>
void pack::columns(const T*, int64_t, int64_t, int64_t, c10::BFloat16*, int64_t) {
  TORCH_CHECK(false, "bfloat16 products are for x86-64");
}

template <typename T>
void pack::transposed(const T*, int64_t, int64_t, int64_t, c10::BFloat16*, int64_t) {
  TORCH_CHECK(false, "bfloat16 products are for x86-64");
}

#endif

template void pack::rows(const float*, int64_t, int64_t, int64_t, c10::BFloat16*, int64_t);
template void pack::rows(const c10::BFloat16*, int64_t, int64_t, int64_t, c10::BFloat16*, int64_t);
template void pack::columns(const float*, int64_t, int64_t, int64_t, c10::BFloat16*, int64_t);
template void pack::columns(const c10::BFloat16*, int64_t, int64_t, int64_t, c10::BFloat16*, int64_t);
template void pack::transposed(const float*, int64_t, int64_t, int64_t, c10::BFloat16*, int64_t);
template void pack::transposed(const c10::BFloat16*, int64_t, int64_t, int64_t, c10::BFloat16*, int64_t);
