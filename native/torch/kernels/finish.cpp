// See finish.h. Tested through the products, in test/torch/linear-kernel.test.ts.

#include "finish.h"

#include <c10/util/Exception.h>

#include "vectors.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define TARGET __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512bf16")))

TARGET void finish::write(const Tile& tile, const float* bias, c10::BFloat16* out, int64_t ldOut) {
  constexpr int64_t lanes = 16;
  for (int64_t i = 0; i < tile.columns; i += lanes) {
    const int64_t count = tile.columns - i;
    const auto mask = static_cast<__mmask16>(count >= lanes ? 0xFFFF : (1u << count) - 1);
    const __m512 added = bias ? _mm512_maskz_loadu_ps(mask, bias + i) : _mm512_setzero_ps();
    for (int64_t row = 0; row < tile.rows; ++row) {
      const __m512 x = _mm512_add_ps(_mm512_maskz_loadu_ps(mask, tile.sums + row * tile.ld + i), added);
      _mm256_mask_storeu_epi16(out + row * ldOut + i, mask, reinterpret_cast<__m256i>(_mm512_cvtneps_pbh(x)));
    }
  }
}

#else

void finish::write(const Tile&, const float*, c10::BFloat16*, int64_t) {
  TORCH_CHECK(false, "bfloat16 products are for x86-64");
}

#endif

INHERITUNE_CLONES void finish::write(const Tile& tile, const float* bias, float* out, int64_t ldOut) {
  vectors::forEachVector(tile.columns, [&](int64_t i, auto place) KERNEL_BODY {
    const vectors::Floats added = bias ? vectors::read(bias + i, place) : vectors::Floats{};
    for (int64_t row = 0; row < tile.rows; ++row)
      vectors::write(vectors::read(tile.sums + row * tile.ld + i, place) + added, out + row * ldOut + i, place);
  });
}

INHERITUNE_CLONES void finish::add(const Tile& tile, const float* bias, const float* before, int64_t ldBefore, float* out,
                                   int64_t ldOut) {
  vectors::forEachVector(tile.columns, [&](int64_t i, auto place) KERNEL_BODY {
    const vectors::Floats added = bias ? vectors::read(bias + i, place) : vectors::Floats{};
    for (int64_t row = 0; row < tile.rows; ++row) {
      const vectors::Floats sum = vectors::read(tile.sums + row * tile.ld + i, place) + added;
      vectors::write(sum + vectors::read(before + row * ldBefore + i, place), out + row * ldOut + i, place);
    }
  });
}
