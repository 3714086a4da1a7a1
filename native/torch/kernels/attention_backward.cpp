// inheritune::attention_backward: gradients of causal attention, from its output and the logarithms of its sums.
//
// Weights are worked out again, a block of 64 keys against a span of queries at a time, and all five products are in
// bfloat16. A head is one item of work; where there are too few heads its keys are divided, and each part keeps its own sum
// of the queries' gradients: added up in the end, in a fixed order.

#include <ATen/ops/empty.h>
#include <torch/library.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "attention_backward.h"
#include "attention_softmax.h"
#include "pack.h"

namespace {

using namespace attention;

constexpr int64_t span = 256;    // queries of one small product
struct Buffers {
  float* scores;      // [64, span]
  float* slopes;      // [64, span]
  BFloat16* weights;  // [64, span]
  BFloat16* changes;  // [64, span]
  BFloat16* pairs;    // [32, span, 2]

  void plan(Scratch& scratch) {
    scratch.plan(scores, block * span);
    scratch.plan(slopes, block * span);
    scratch.plan(weights, block * span);
    scratch.plan(changes, block * span);
    scratch.plan(pairs, block * span);
  }
};

/** One block of keys against `count` queries from `at` of a stretch on; those of a diagonal begin with the keys' own. */
struct Step {
  const Stretch& queries;
  const Buffers& buffers;
  int64_t at;
  int64_t count;
  bool diagonal;
};

/** out [64, count] = rows of keys or values times `sides`; on the diagonal the last 32 rows begin at column 32. */
void multiplySides(const Step& step, int64_t depth, const BFloat16* rows, int64_t ld, const BFloat16* sides, float* out) {
  const BFloat16* from = sides + 2 * step.at;
  if (!step.diagonal) return multiply(block, step.count, depth, rows, ld, from, ldQueries, out, span, false);
  multiply(half, step.count, depth, rows, ld, from, ldQueries, out, span, false);
  multiply(half, step.count - half, depth, rows + half * ld, ld, from + 2 * half, ldQueries, out + half * span + half, span,
           false);
}

/** sums [64, D] += weights or changes [64, count] times rows of queries or gradients. */
void addRows(const Step& step, int64_t width, const BFloat16* left, const BFloat16* rows, float* sums, bool add) {
  const BFloat16* from = rows + step.at * width;
  if (!step.diagonal) return multiply(block, width, step.count, left, span, from, width, sums, width, add);
  multiply(half, width, step.count, left, span, from, width, sums, width, add);
  multiply(half, width, step.count - half, left + half * span + half, span, from + half * width, width, sums + half * width,
           width, add);
}

/** sums [D, stretch] += keys turned over, times changes in pairs. */
void addChanges(const Step& step, int64_t width, const BFloat16* turned, int64_t ld, float* sums, bool add) {
  float* to = sums + step.at;
  const BFloat16* pairs = step.buffers.pairs;
  if (!step.diagonal) return multiply(width, step.count, block, turned, ld, pairs, span, to, ldQueries, add);
  multiply(width, half, half, turned, ld, pairs, span, to, ldQueries, add);
  multiply(width, step.count - half, block, turned, ld, pairs + 2 * half, span, to + half, ldQueries, add);
}

/** One block of keys against one stretch of queries. `sums` [D, stretch] are those of the queries' gradients. */
void blockOfKeys(const Pass& pass, const Part& part, int64_t index, int64_t start, const Stretch& queries,
                 const Buffers& buffers, float* sums, bool first, Ahead& ahead) {
  const int64_t filled = pass.sizes.filled();
  const int64_t own = (index - part.begin) * block;
  const int64_t padded = std::min(stretch, pass.sizes.blocks() * block - start);
  const int64_t from = std::max<int64_t>(0, index * block - start);
  for (int64_t at = from; at < padded; at += span) {
    const Step step{queries, buffers, at, std::min(span, padded - at), start + at == index * block};
    multiplySides(step, filled, part.keys + own * part.ldKeys, part.ldKeys, queries.queries, buffers.scores);
    multiplySides(step, filled, part.values + own * part.ldValues, part.ldValues, queries.gradients, buffers.slopes);
    changesOf({buffers.scores, buffers.slopes, step.count, span, step.diagonal, static_cast<float>(pass.scale * M_LOG2E),
               queries.logsumexp + at, queries.mean + at},
              buffers.weights, buffers.changes, buffers.pairs, ahead);
    const bool add = !first || at > from;
    addRows(step, filled, buffers.weights, queries.gradientRows, part.valueSums + own * filled, add);
    addRows(step, filled, buffers.changes, queries.queryRows, part.keySums + own * filled, add);
    addChanges(step, pass.sizes.width, part.turned + own, part.ld, sums, index > part.begin);
  }
}

/** The queries' gradients of one block: sums of `parts` parts, `apart` from each other, rounded once. */
void writeQueries(const Pass& pass, int64_t b, int64_t h, int64_t index, const float* sums, int64_t apart, float* tile) {
  const Sizes& sizes = pass.sizes;
  const int64_t at = index * block % stretch;
  for (int64_t d = 0; d < sizes.width; ++d) {
    float* row = tile + d * block;
    std::copy_n(sums + d * ldQueries + at, block, row);
    for (int64_t p = 1; p < pass.parts && pass.partStart(p) <= index; ++p) {
      if (pass.partStart(p) == pass.partStart(p + 1)) continue;
      const float* more = sums + p * apart + d * ldQueries + at;
      for (int64_t i = 0; i < block; ++i) row[i] += more[i];
    }
    for (int64_t i = 0; i < block; ++i) row[i] *= static_cast<float>(pass.scale);
  }
  pack::transposed(tile, block, sizes.width, std::min(block, sizes.positions - index * block),
                   pass.queryGradient.at(b, index * block, h), pass.queryGradient.position);
}

/** All of one part of a head of keys. `packed` and `sums` are memory that parts share, null where there is one part. */
void backwardPart(const Pass& pass, int64_t item, int64_t soon, char* packed, float* sums) {
  const Sizes& sizes = pass.sizes;
  const int64_t filled = sizes.filled();
  const int64_t b = item / pass.parts / sizes.keyHeads;
  const int64_t keyHead = item / pass.parts % sizes.keyHeads;
  const int64_t index = item % pass.parts;
  Part part{};
  part.begin = pass.partStart(index);
  part.end = pass.partStart(index + 1);
  if (part.begin == part.end) return;
  const int64_t rows = (part.end - part.begin) * block;
  const int64_t start = part.begin * block;
  part.ld = rows + 32;
  const StretchLayout layout(sizes);
  Scratch scratch;
  Buffers buffers{};
  BFloat16* copies = nullptr;
  char* own = nullptr;
  float* ownSums = nullptr;
  float* tile = nullptr;
  scratch.plan(copies, sizes.isWhole() ? 0 : 2 * rows * filled);
  scratch.plan(part.turned, sizes.width * part.ld);
  scratch.plan(part.keySums, rows * filled);
  scratch.plan(part.valueSums, rows * filled);
  buffers.plan(scratch);
  if (pass.parts == 1) {
    scratch.plan(own, layout.bytes());
    scratch.plan(ownSums, pass.sumsSize());
    scratch.plan(tile, filled * block);
  }
  scratch.take();
  packPart(pass, b, keyHead, copies, part);

  for (int64_t h = keyHead * sizes.group(); h < (keyHead + 1) * sizes.group(); ++h)
    for (int64_t s = start / stretch; s < pass.stretches(); ++s) {
      const int64_t place = (b * sizes.heads + h) * pass.stretches() + s;
      const Stretch queries = layout.at(pass.parts == 1 ? own : packed + place * layout.bytes());
      float* stretchSums = pass.parts == 1 ? ownSums : sums + (place * pass.parts + index) * pass.sumsSize();
      if (pass.parts == 1) packStretch(pass, b, h, s * stretch, queries);
      Ahead ahead = aheadOf(pass, b, h, s, soon);
      const int64_t last = std::min(sizes.blocks(), (s + 1) * stretch / block);
      for (int64_t j = part.begin; j < std::min(part.end, last); ++j) {
        const bool first = h == keyHead * sizes.group() && s == j * block / stretch;
        blockOfKeys(pass, part, j, s * stretch, queries, buffers, stretchSums, first, ahead);
      }
      if (pass.parts > 1) continue;
      for (int64_t i = s * stretch / block; i < last; ++i) writeQueries(pass, b, h, i, stretchSums, 0, tile);
    }
  const int64_t count = std::min(rows, sizes.positions - start);
  roundRows(part.keySums, filled, count, sizes.width, static_cast<float>(pass.scale), pass.keyGradient.at(b, start, keyHead),
            pass.keyGradient.position);
  roundRows(part.valueSums, filled, count, sizes.width, 1, pass.valueGradient.at(b, start, keyHead),
            pass.valueGradient.position);
}

/** Writes the gradients of queries, keys and values, given that of the output. */
void backward(at::Tensor& queryGradient, at::Tensor& keyGradient, at::Tensor& valueGradient, const at::Tensor& gradient,
              const at::Tensor& queries, const at::Tensor& keys, const at::Tensor& values, const at::Tensor& out,
              const at::Tensor& logsumexp, double scale) {
  const Sizes sizes = sizesOf(queries, keys, values, scale);
  checkRows("the queries' gradient", queryGradient, sizes, sizes.heads);
  checkRows("the keys' gradient", keyGradient, sizes, sizes.keyHeads);
  checkRows("the values' gradient", valueGradient, sizes, sizes.keyHeads);
  checkRows("the output's gradient", gradient, sizes, sizes.heads);
  checkRows("the output", out, sizes, sizes.heads);
  const std::array<int64_t, 3> wanted = {sizes.batches, sizes.heads, sizes.positions};
  TORCH_CHECK_VALUE(logsumexp.sizes() == at::IntArrayRef(wanted) && logsumexp.is_contiguous(),
                    "expected contiguous logarithms ", at::IntArrayRef(wanted), ", got ", logsumexp.sizes());
  TORCH_CHECK_TYPE(logsumexp.scalar_type() == at::kFloat, "expected logarithms in float32, got ", logsumexp.scalar_type());

  const int64_t heads = sizes.batches * sizes.keyHeads;
  const Pass pass{sizes, rowsOf(queries), rowsOf(keys), rowsOf(values), rowsOf(gradient), rowsOf(out),
                  mutableRowsOf(queryGradient), mutableRowsOf(keyGradient), mutableRowsOf(valueGradient),
                  logsumexp.const_data_ptr<float>(), scale, partsFor(heads, sizes.blocks())};
  if (pass.parts == 1)
    return forEachInParallel(heads, [&](int64_t item, int64_t soon) { backwardPart(pass, item, soon, nullptr, nullptr); });

  const StretchLayout layout(sizes);
  const int64_t places = sizes.batches * sizes.heads * pass.stretches();
  at::Tensor packedMemory = at::empty({places * layout.bytes()}, queries.options().dtype(at::kByte));
  at::Tensor sumsMemory = at::empty({places * pass.parts * pass.sumsSize()}, queries.options().dtype(at::kFloat));
  auto* packed = reinterpret_cast<char*>(packedMemory.mutable_data_ptr<uint8_t>());
  auto* sums = sumsMemory.mutable_data_ptr<float>();
  const auto headOf = [&](int64_t place) { return place / pass.stretches(); };
  forEachInParallel(places, [&](int64_t place, int64_t) {
    packStretch(pass, headOf(place) / sizes.heads, headOf(place) % sizes.heads, place % pass.stretches() * stretch,
                layout.at(packed + place * layout.bytes()));
  });
  forEachInParallel(heads * pass.parts, [&](int64_t item, int64_t soon) { backwardPart(pass, item, soon, packed, sums); });
  forEachInParallel(places, [&](int64_t place, int64_t) {
    Scratch scratch;
    float* tile = nullptr;
    scratch.plan(tile, sizes.filled() * block);
    scratch.take();
    const int64_t first = place % pass.stretches() * stretch / block;
    for (int64_t i = first; i < std::min(sizes.blocks(), first + stretch / block); ++i)
      writeQueries(pass, headOf(place) / sizes.heads, headOf(place) % sizes.heads, i,
                   sums + place * pass.parts * pass.sumsSize(), pass.sumsSize(), tile);
  });
}

}  // namespace

TORCH_LIBRARY_FRAGMENT(inheritune, library) {
  library.def(
      "attention_backward(Tensor(a!) query_gradient, Tensor(b!) key_gradient, Tensor(c!) value_gradient, Tensor gradient, "
      "Tensor queries, Tensor keys, Tensor values, Tensor out, Tensor logsumexp, float scale) -> ()",
      backward);
}
