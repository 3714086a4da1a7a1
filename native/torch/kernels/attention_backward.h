// The backward pass of attention: what it is given, and how a stretch of queries and a part of the keys are laid out for it.

#pragma once

#include "ahead.h"
#include "attention.h"

namespace attention {

constexpr int64_t stretch = 512;  // queries laid out at once: what they need stays in L2
constexpr int64_t ldQueries = stretch + 16;  // of what has queries side by side: an odd number of cache lines

/** A stretch of one head's queries, and what comes back to them, as the products want them. */
struct Stretch {
  BFloat16* queries;        // pairs [D / 2, stretch, 2]
  BFloat16* gradients;      // pairs [D / 2, stretch, 2]
  BFloat16* queryRows;      // pairs [stretch / 2, D, 2]
  BFloat16* gradientRows;   // pairs [stretch / 2, D, 2]
  float* logsumexp;         // [stretch], times log2(e)
  float* mean;              // [stretch]
};

/** The pieces of a stretch in one piece of memory. */
struct StretchLayout {
  int64_t side;
  int64_t rows;
  explicit StretchLayout(const Sizes& sizes) : side(sizes.filled() * ldQueries), rows(sizes.filled() * stretch) {}
  int64_t bytes() const { return (side + rows) * 4 + stretch * 8; }
  Stretch at(char* memory) const {
    auto* halves = reinterpret_cast<BFloat16*>(memory);
    auto* floats = reinterpret_cast<float*>(memory + (side + rows) * 4);
    return {halves, halves + side, halves + 2 * side, halves + 2 * side + rows, floats, floats + stretch};
  }
};

/** What comes in, and where results go. */
struct Pass {
  Sizes sizes;
  Rows<const BFloat16> query, key, value, gradient, out;
  Rows<BFloat16> queryGradient, keyGradient, valueGradient;
  const float* logsumexp;
  double scale;
  int64_t parts;

  int64_t stretches() const { return (sizes.positions + stretch - 1) / stretch; }
  /** First block of keys of a part; the first blocks cost most. */
  int64_t partStart(int64_t index) const {
    return sizes.blocks() - attention::partStart(sizes.blocks(), parts, parts - index);
  }
  int64_t sumsSize() const { return sizes.filled() * ldQueries; }
};

/** Keys and values of a part, in rows [n, D], and the keys turned over [D, n]; sums of their gradients. */
struct Part {
  const BFloat16* keys;
  const BFloat16* values;
  int64_t ldKeys;
  int64_t ldValues;
  BFloat16* turned;
  int64_t ld;         // of `turned`
  float* keySums;     // [n, D]
  float* valueSums;   // [n, D]
  int64_t begin;      // first block
  int64_t end;
};

/** Lays out the stretch of head h that begins at position `start`. */
void packStretch(const Pass& pass, int64_t b, int64_t h, int64_t start, const Stretch& to);

/** Lays out the part's keys and values. `copies` has room for both in rows, where they are not whole. */
void packPart(const Pass& pass, int64_t b, int64_t h, BFloat16* copies, Part& part);

/** What is written after stretch `s` of head h, and read after it by this thread: to be fetched while it is worked on. */
Ahead aheadOf(const Pass& pass, int64_t b, int64_t h, int64_t s, int64_t soon);

}  // namespace attention
