// See finish.h. Tested through the products, in test/torch/linear-kernel.test.ts.

#include "finish.h"

#include <c10/util/Exception.h>

#if defined(__x86_64__)

#include <immintrin.h>

#define TARGET __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512bf16")))

namespace {

constexpr int64_t lanes = 16;

inline __attribute__((always_inline)) __mmask16 first(int64_t count) {
  return count >= lanes ? 0xFFFF : static_cast<__mmask16>((1u << count) - 1);
}

}  // namespace

TARGET void finish::round(const Tile& tile, const float* bias, c10::BFloat16* out, int64_t ldOut) {
  for (int64_t i = 0; i < tile.columns; i += lanes) {
    const __mmask16 mask = first(tile.columns - i);
    const __m512 added = bias ? _mm512_maskz_loadu_ps(mask, bias + i) : _mm512_setzero_ps();
    for (int64_t row = 0; row < tile.rows; ++row) {
      const __m512 x = _mm512_add_ps(_mm512_maskz_loadu_ps(mask, tile.sums + row * tile.ld + i), added);
      _mm256_mask_storeu_epi16(out + row * ldOut + i, mask, reinterpret_cast<__m256i>(_mm512_cvtneps_pbh(x)));
    }
  }
}

TARGET void finish::add(const Tile& tile, const float* bias, const float* before, int64_t ldBefore, float* out,
                        int64_t ldOut) {
  for (int64_t i = 0; i < tile.columns; i += lanes) {
    const __mmask16 mask = first(tile.columns - i);
    const __m512 added = bias ? _mm512_maskz_loadu_ps(mask, bias + i) : _mm512_setzero_ps();
    for (int64_t row = 0; row < tile.rows; ++row) {
      const __m512 x = _mm512_add_ps(_mm512_maskz_loadu_ps(mask, tile.sums + row * tile.ld + i), added);
      _mm512_mask_storeu_ps(out + row * ldOut + i, mask,
                            _mm512_add_ps(x, _mm512_maskz_loadu_ps(mask, before + row * ldBefore + i)));
    }
  }
}

#else

void finish::round(const Tile&, const float*, c10::BFloat16*, int64_t) {
  TORCH_CHECK(false, "bfloat16 products are for x86-64");
}

void finish::add(const Tile&, const float*, const float*, int64_t, float*, int64_t) {
  TORCH_CHECK(false, "bfloat16 products are for x86-64");
}

#endif
