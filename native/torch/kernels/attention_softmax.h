// The element-wise work between the products of causal attention, on blocks of scores [keys, queries]. AVX-512 with bfloat16.

#pragma once

#include <c10/util/BFloat16.h>

#include <cstdint>

#include "ahead.h"

namespace attention {

/** Softmax of 64 queries so far: the largest score, and the sum of e^(scale (score - largest)). */
struct Running {
  float most[64];
  float total[64];
};

void begin(Running& running);

/**
 * One more block of scores [rows, 64]: into weights in pairs [rows / 2, 64, 2], relative to the largest score so far.
 *
 * @param diagonal  the last 64 rows are the queries' own positions: key r is for query r and those after it; scores and
 *                  weights of the last 32 keys for the first 32 queries are not touched
 * @param factor    the scale of scores times log2(e)
 * @param shrink    [64]: what earlier sums of values are to be multiplied by
 */
void softmaxDown(const float* scores, int64_t rows, bool diagonal, float factor, Running& running, float* shrink,
                 c10::BFloat16* weights, Ahead& ahead);

/** sums [rows, 64], each column times its factor. */
void scaleColumns(float* sums, int64_t rows, const float* by);

/** Ends a softmax: 1 / total, and its logarithm in nats. */
void finish(const Running& running, float scale, float* share, float* logsumexp);

/** A block of scores [64, columns] and of the weights' gradients dP, `ld` apart, on the way back. */
struct Slopes {
  const float* scores;
  const float* gradients;
  int64_t columns;
  int64_t ld;
  bool diagonal;           // the first 64 columns are the keys' own positions; the last 32 rows begin at column 32
  float factor;            // the scale of scores times log2(e)
  const float* logsumexp;  // of each column, times log2(e)
  const float* mean;       // of dP under the weights, of each column
};

/** Weights P and changes P (dP - mean), in rows [64, columns] `ld` apart; the changes in pairs [32, ld, 2], too. */
void changesOf(const Slopes& slopes, c10::BFloat16* weights, c10::BFloat16* changes, c10::BFloat16* pairs, Ahead& ahead);

/** Sums of products of two rows each: of the output and its gradient. */
void rowDots(const c10::BFloat16* a, int64_t strideA, const c10::BFloat16* b, int64_t strideB, int64_t rows, int64_t width,
             float* dots);

/** Rounds rows, times `scale`, to bfloat16. */
void roundRows(const float* from, int64_t ld, int64_t rows, int64_t width, float scale, c10::BFloat16* to, int64_t stride);

}  // namespace attention
