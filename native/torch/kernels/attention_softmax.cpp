// See attention_softmax.h. References: test/torch/attention-kernel.test.ts, through the passes.

#include "attention_softmax.h"

#include <c10/util/Exception.h>

#include <algorithm>
#include <cmath>

#if defined(__x86_64__)

#include <immintrin.h>

#define TARGET __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512bf16")))
#define INLINE_TARGET inline __attribute__((always_inline)) TARGET

namespace attention {

namespace {

constexpr int64_t lanes = 16;
constexpr int64_t queries = 64;
constexpr int vectors = 4;  // of queries

/** 2^x for x <= 0, within 2e-7 of it; 0 below 2^-126, and where `mask` is not set. NaN goes through. */
INLINE_TARGET __m512 exponential(__m512 x, __mmask16 mask = 0xFFFF) {
  const __mmask16 seen = _mm512_mask_cmp_ps_mask(mask, x, _mm512_set1_ps(-126.0f), _CMP_NLT_UQ);
  const __m512 rest = _mm512_reduce_ps(x, 1);  // x less its floor
  __m512 y = _mm512_set1_ps(0.0018671316793188453f);  // minimax on [0, 1), exact at 0
  y = _mm512_fmadd_ps(y, rest, _mm512_set1_ps(0.009017026983201504f));
  y = _mm512_fmadd_ps(y, rest, _mm512_set1_ps(0.05579991638660431f));
  y = _mm512_fmadd_ps(y, rest, _mm512_set1_ps(0.24016444385051727f));
  y = _mm512_fmadd_ps(y, rest, _mm512_set1_ps(0.6931512951850891f));
  y = _mm512_fmadd_ps(y, rest, _mm512_set1_ps(1.0f));
  return _mm512_maskz_scalef_ps(seen, y, x);
}

/** Which queries of vector v see key `row` of their own block. */
INLINE_TARGET __mmask16 seenBy(int64_t row, int64_t v) {
  const int64_t hidden = std::clamp<int64_t>(row - v * lanes, 0, lanes);
  return static_cast<__mmask16>(0xFFFFu << hidden);
}

/** Order of lanes that puts the halves of two vectors side by side. */
INLINE_TARGET __m512i interleaving() {
  const __m512i word = _mm512_set_epi32(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
  return _mm512_or_si512(word, _mm512_slli_epi32(_mm512_add_epi32(word, _mm512_set1_epi32(16)), 16));
}

INLINE_TARGET __m512i pairsOf(__m512 upper, __m512 lower, __m512i order) {
  return _mm512_permutexvar_epi16(order, reinterpret_cast<__m512i>(_mm512_cvtne2ps_pbh(lower, upper)));
}

template <bool diagonal>
INLINE_TARGET void largest(const float* scores, int64_t rows, __m512 (&most)[vectors]) {
  for (int64_t row = 0; row < rows; ++row) {
#pragma GCC unroll 4
    for (int v = 0; v < vectors; ++v) {  // the second operand is kept where one is NaN: the weights will show it
      const __m512 score = _mm512_loadu_ps(scores + row * queries + v * lanes);
      most[v] = diagonal ? _mm512_mask_max_ps(most[v], seenBy(row, v), score, most[v]) : _mm512_max_ps(score, most[v]);
    }
  }
}

template <bool diagonal>
INLINE_TARGET void weigh(const float* scores, int64_t rows, __m512 factor, const __m512 (&base)[vectors],
                         __m512 (&total)[vectors], c10::BFloat16* weights, Ahead& ahead) {
  const __m512i order = interleaving();
  for (int64_t row = 0; row < rows; row += 2) {
    ahead.step();
    const float* from = scores + row * queries;
    c10::BFloat16* to = weights + row * queries;
#pragma GCC unroll 4
    for (int v = 0; v < vectors; ++v) {
      if (diagonal && row >= 32 && v < 2) continue;
      const __m512 x = _mm512_fmsub_ps(_mm512_loadu_ps(from + v * lanes), factor, base[v]);
      const __m512 y = _mm512_fmsub_ps(_mm512_loadu_ps(from + queries + v * lanes), factor, base[v]);
      const __m512 upper = diagonal ? exponential(x, seenBy(row, v)) : exponential(x);
      const __m512 lower = diagonal ? exponential(y, seenBy(row + 1, v)) : exponential(y);
      total[v] = _mm512_add_ps(total[v], _mm512_add_ps(upper, lower));
      _mm512_storeu_si512(to + v * 2 * lanes, pairsOf(upper, lower, order));
    }
  }
}

}  // namespace

void begin(Running& running) {
  std::fill_n(running.most, queries, -INFINITY);
  std::fill_n(running.total, queries, 0.0f);
}

TARGET void softmaxDown(const float* scores, int64_t rows, bool diagonal, float factor, Running& running, float* shrink,
                        c10::BFloat16* weights, Ahead& ahead) {
  const int64_t whole = diagonal ? rows - queries : rows;
  const __m512 times = _mm512_set1_ps(factor);
  __m512 most[vectors];
  __m512 base[vectors];
  __m512 total[vectors];
#pragma GCC unroll 4
  for (int v = 0; v < vectors; ++v) most[v] = _mm512_loadu_ps(running.most + v * lanes);
  largest<false>(scores, whole, most);
  if (diagonal) largest<true>(scores + whole * queries, queries, most);
#pragma GCC unroll 4
  for (int v = 0; v < vectors; ++v) {
    const __mmask16 some = _mm512_cmp_ps_mask(most[v], _mm512_set1_ps(-INFINITY), _CMP_NEQ_UQ);
    base[v] = _mm512_maskz_mul_ps(some, most[v], times);  // none seen: 2^(-inf - 0) is 0
    const __m512 before = _mm512_loadu_ps(running.most + v * lanes);
    const __m512 change = exponential(_mm512_fmsub_ps(before, times, base[v]));
    _mm512_storeu_ps(shrink + v * lanes, change);
    _mm512_storeu_ps(running.most + v * lanes, most[v]);
    total[v] = _mm512_mul_ps(_mm512_loadu_ps(running.total + v * lanes), change);
  }
  weigh<false>(scores, whole, times, base, total, weights, ahead);
  if (diagonal) weigh<true>(scores + whole * queries, queries, times, base, total, weights + whole * queries, ahead);
#pragma GCC unroll 4
  for (int v = 0; v < vectors; ++v) _mm512_storeu_ps(running.total + v * lanes, total[v]);
}

TARGET void scaleColumns(float* sums, int64_t rows, const float* by) {
  __m512 factor[vectors];
#pragma GCC unroll 4
  for (int v = 0; v < vectors; ++v) factor[v] = _mm512_loadu_ps(by + v * lanes);
  for (int64_t row = 0; row < rows; ++row)
#pragma GCC unroll 4
    for (int v = 0; v < vectors; ++v) {
      float* at = sums + row * queries + v * lanes;
      _mm512_storeu_ps(at, _mm512_mul_ps(_mm512_loadu_ps(at), factor[v]));
    }
}

void finish(const Running& running, float scale, float* share, float* logsumexp) {
  for (int64_t i = 0; i < queries; ++i) {
    share[i] = 1.0f / running.total[i];
    logsumexp[i] = running.most[i] * scale + std::log(running.total[i]);
  }
}

TARGET void changesOf(const Slopes& slopes, c10::BFloat16* weights, c10::BFloat16* changes, c10::BFloat16* pairs,
                      Ahead& ahead) {
  const __m512i order = interleaving();
  const __m512 factor = _mm512_set1_ps(slopes.factor);
  for (int64_t row = 0; row < 64; row += 2) {
    ahead.step();
    const int64_t at = row * slopes.ld;
    for (int64_t column = slopes.diagonal ? row / 32 * 32 : 0; column < slopes.columns; column += lanes) {
      const bool masked = slopes.diagonal && column < 64;
      const __m512 base = _mm512_loadu_ps(slopes.logsumexp + column);
      const __m512 mean = _mm512_loadu_ps(slopes.mean + column);
      __m512 change[2];
#pragma GCC unroll 2
      for (int64_t i = 0; i < 2; ++i) {
        const int64_t here = at + i * slopes.ld + column;
        const __mmask16 seen = masked ? seenBy(row + i, column / lanes) : 0xFFFF;
        const __m512 x = _mm512_fmsub_ps(_mm512_loadu_ps(slopes.scores + here), factor, base);
        const __m512 weight = exponential(x, seen);
        const __m512 slope = _mm512_sub_ps(_mm512_loadu_ps(slopes.gradients + here), mean);
        change[i] = _mm512_maskz_mul_ps(seen, weight, slope);
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(weights + here), reinterpret_cast<__m256i>(_mm512_cvtneps_pbh(weight)));
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(changes + here),
                            reinterpret_cast<__m256i>(_mm512_cvtneps_pbh(change[i])));
      }
      _mm512_storeu_si512(pairs + at + 2 * column, pairsOf(change[0], change[1], order));
    }
  }
}

TARGET void rowDots(const c10::BFloat16* a, int64_t strideA, const c10::BFloat16* b, int64_t strideB, int64_t rows,
                    int64_t width, float* dots) {
  for (int64_t row = 0; row < rows; ++row, a += strideA, b += strideB) {
    __m512 sum = _mm512_setzero_ps();
    for (int64_t i = 0; i < width; i += 2 * lanes) {
      const __mmask32 mask = width - i >= 2 * lanes ? 0xFFFFFFFFu : (1u << (width - i)) - 1;
      sum = _mm512_dpbf16_ps(sum, reinterpret_cast<__m512bh>(_mm512_maskz_loadu_epi16(mask, a + i)),
                             reinterpret_cast<__m512bh>(_mm512_maskz_loadu_epi16(mask, b + i)));
    }
    dots[row] = _mm512_reduce_add_ps(sum);
  }
}

TARGET void roundRows(const float* from, int64_t ld, int64_t rows, int64_t width, float scale, c10::BFloat16* to,
                      int64_t stride) {
  const __m512 factor = _mm512_set1_ps(scale);
  for (int64_t row = 0; row < rows; ++row, from += ld, to += stride)
    for (int64_t i = 0; i < width; i += lanes) {
      const __mmask16 mask = width - i >= lanes ? 0xFFFF : static_cast<__mmask16>((1u << (width - i)) - 1);
      const __m512 value = _mm512_mul_ps(_mm512_maskz_loadu_ps(mask, from + i), factor);
      _mm256_mask_storeu_epi16(to + i, mask, reinterpret_cast<__m256i>(_mm512_cvtneps_pbh(value)));
    }
}

}  // namespace attention

#else

namespace attention {

namespace {
[[noreturn]] void refuse() { TORCH_CHECK_NOT_IMPLEMENTED(false, "this CPU has no bfloat16 products"); }
}  // namespace

void begin(Running&) { refuse(); }
void softmaxDown(const float*, int64_t, bool, float, Running&, float*, c10::BFloat16*, Ahead&) { refuse(); }
void scaleColumns(float*, int64_t, const float*) { refuse(); }
void finish(const Running&, float, float*, float*) { refuse(); }
void changesOf(const Slopes&, c10::BFloat16*, c10::BFloat16*, c10::BFloat16*, Ahead&) { refuse(); }
void rowDots(const c10::BFloat16*, int64_t, const c10::BFloat16*, int64_t, int64_t, int64_t, float*) { refuse(); }
void roundRows(const float*, int64_t, int64_t, int64_t, float, c10::BFloat16*, int64_t) { refuse(); }

}  // namespace attention

#endif
