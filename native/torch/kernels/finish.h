// What becomes of a finished tile of sums while it is in the cache.

#pragma once

#include <c10/util/BFloat16.h>

#include <cstdint>

namespace finish {

/** A tile of sums, rows `ld` apart. */
struct Tile {
  const float* sums;
  int64_t ld;
  int64_t rows;
  int64_t columns;
};

/** sums (+ bias of the tile's columns, or nullptr), rounded to bfloat16 where that is wanted: only with AVX-512 for it. */
void write(const Tile& tile, const float* bias, c10::BFloat16* out, int64_t ldOut);
void write(const Tile& tile, const float* bias, float* out, int64_t ldOut);

/** before + sums (+ bias), in float32. */
void add(const Tile& tile, const float* bias, const float* before, int64_t ldBefore, float* out, int64_t ldOut);

}  // namespace finish
