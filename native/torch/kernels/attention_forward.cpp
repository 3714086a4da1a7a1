// inheritune::attention: causal attention of bfloat16 queries, keys and values, without its matrix.
//
// A head's keys and values are laid out once; then each block of 64 queries passes over the keys up to its own. Reference:
// plain attention in float64, in test/torch/attention-kernel.test.ts.

#include <ATen/ops/empty.h>
#include <torch/library.h>

#include <algorithm>
#include <cmath>
#include <tuple>

#include "attention.h"
#include "attention_softmax.h"
#include "pack.h"

namespace {

using namespace attention;

constexpr int64_t span = 256;  // keys whose scores are held at once: their sums stay in registers long enough

/** What comes in, and where results go. */
struct Pass {
  Sizes sizes;
  Rows<const BFloat16> query, key, value;
  Rows<BFloat16> out;
  float* logsumexp;
  double scale;
  int64_t parts;

  int64_t padded() const { return sizes.blocks() * block; }
  int64_t valuesLd() const { return padded() + 32; }  // an odd number of cache lines
  int64_t valuesSize() const { return sizes.width * valuesLd(); }
  int64_t packedSize() const { return roundUp(valuesSize() + (sizes.isWhole() ? 0 : padded() * sizes.filled()), 32); }
};

/** Keys and values of one head: keys in rows [T, D], values turned over [D, T], both with zeros up to whole blocks. */
struct Packed {
  const BFloat16* keys;
  int64_t ldKeys;
  const BFloat16* values;
};

Packed packedIn(const Pass& pass, int64_t head, const BFloat16* memory) {
  const Sizes& sizes = pass.sizes;
  if (!sizes.isWhole()) return {memory + pass.valuesSize(), sizes.filled(), memory};
  return {pass.key.at(head / sizes.keyHeads, 0, head % sizes.keyHeads), pass.key.position, memory};
}

void packHead(const Pass& pass, int64_t head, BFloat16* memory) {
  const Sizes& sizes = pass.sizes;
  const int64_t b = head / sizes.keyHeads;
  const int64_t h = head % sizes.keyHeads;
  const int64_t ld = pass.valuesLd();
  if (!sizes.isWhole()) copyRows(sizes, pass.key.at(b, 0, h), pass.key.position, sizes.positions, memory + pass.valuesSize());
  pack::transposed(pass.value.at(b, 0, h), pass.value.position, sizes.positions, sizes.width, memory, ld);
  for (int64_t d = 0; d < sizes.width; ++d)
    std::fill(memory + d * ld + sizes.positions, memory + d * ld + pass.padded(), BFloat16(0));
}

struct Buffers {
  BFloat16* queries;  // pairs [D / 2, 64, 2]
  float* scores;      // [span, 64]
  BFloat16* weights;  // pairs [span / 2, 64, 2]
  float* sums;        // [D, 64]
  float* column;      // [64]
  float* logarithms;  // [64]

  void plan(Scratch& scratch, const Sizes& sizes) {
    scratch.plan(queries, sizes.filled() * block);
    scratch.plan(scores, span * block);
    scratch.plan(weights, span * block);
    scratch.plan(sums, sizes.filled() * block);
    scratch.plan(column, block);
    scratch.plan(logarithms, block);
  }
};

/** Scores of `rows` keys; the last 32 of a diagonal's meet the last 32 queries only. */
void score(const Pass& pass, const BFloat16* keys, int64_t ld, int64_t rows, bool diagonal, const Buffers& buffers) {
  const int64_t depth = pass.sizes.filled();
  const int64_t whole = diagonal ? rows - half : rows;
  multiply(whole, block, depth, keys, ld, buffers.queries, block, buffers.scores, block, false);
  if (diagonal)
    multiply(half, half, depth, keys + whole * ld, ld, buffers.queries + 2 * half, block, buffers.scores + whole * block + half,
             block, false);
}

/** Adds `rows` values times their weights. */
void addValues(const Pass& pass, const BFloat16* values, int64_t rows, bool diagonal, bool add, const Buffers& buffers) {
  const int64_t width = pass.sizes.width;
  const int64_t ld = pass.valuesLd();
  if (!diagonal) return multiply(width, block, rows, values, ld, buffers.weights, block, buffers.sums, block, add);
  multiply(width, half, rows - half, values, ld, buffers.weights, block, buffers.sums, block, add);
  multiply(width, half, rows, values, ld, buffers.weights + 2 * half, block, buffers.sums + half, block, add);
}

/** Output of block `index` of one head's queries, and its logarithms of sums. */
void attend(const Pass& pass, const Packed& packed, int64_t b, int64_t h, int64_t index, const Buffers& buffers, Ahead& ahead) {
  const Sizes& sizes = pass.sizes;
  const int64_t start = index * block;
  const int64_t end = start + block;
  const int64_t count = std::min(block, sizes.positions - start);
  const auto factor = static_cast<float>(pass.scale * M_LOG2E);
  std::fill(buffers.queries + sizes.width * block, buffers.queries + sizes.filled() * block, BFloat16(0));
  pack::columns(pass.query.at(b, start, h), pass.query.position, sizes.width, count, buffers.queries, block);
  Running running;
  begin(running);
  for (int64_t key = 0; key < end; key += span) {
    const int64_t rows = std::min(span, end - key);
    const bool diagonal = key + rows == end;
    score(pass, packed.keys + key * packed.ldKeys, packed.ldKeys, rows, diagonal, buffers);
    softmaxDown(buffers.scores, rows, diagonal, factor, running, buffers.column, buffers.weights, ahead);
    if (key > 0) scaleColumns(buffers.sums, sizes.width, buffers.column);
    addValues(pass, packed.values + key, rows, diagonal, key > 0, buffers);
  }
  finish(running, static_cast<float>(pass.scale), buffers.column, buffers.logarithms);
  scaleColumns(buffers.sums, sizes.width, buffers.column);
  pack::transposed(buffers.sums, block, sizes.width, count, pass.out.at(b, start, h), pass.out.position);
  std::copy_n(buffers.logarithms, count, pass.logsumexp + (b * sizes.heads + h) * sizes.positions + start);
}

/** What item `soon` will read first, to be fetched in steps of two keys of a block of queries in blocks `begin` to `end`. */
Ahead aheadOf(const Pass& pass, int64_t soon, int64_t begin, int64_t end) {
  const Sizes& sizes = pass.sizes;
  Ahead ahead;
  if (pass.parts > 1 || soon >= sizes.batches * sizes.keyHeads) return ahead;
  const int64_t b = soon / sizes.keyHeads;
  const int64_t h = soon % sizes.keyHeads;
  ahead.add(pass.query.at(b, 0, h * sizes.group()), pass.query.position, sizes.positions, sizes.width);
  ahead.add(pass.key.at(b, 0, h), pass.key.position, sizes.positions, sizes.width);
  ahead.add(pass.value.at(b, 0, h), pass.value.position, sizes.positions, sizes.width);
  ahead.spread(sizes.group() * (end - begin) * (begin + end + 1) / 2 * block / 2);
  return ahead;
}

/** -> output [B, T, H, D] bfloat16, and the logarithms of the softmaxes' sums [B, H, T] float32, in nats. */
std::tuple<at::Tensor, at::Tensor> forward(const at::Tensor& queries, const at::Tensor& keys, const at::Tensor& values,
                                           double scale) {
  const Sizes sizes = sizesOf(queries, keys, values, scale);
  at::Tensor out = at::empty(queries.sizes(), queries.options());
  at::Tensor logsumexp = at::empty({sizes.batches, sizes.heads, sizes.positions}, queries.options().dtype(at::kFloat));
  const int64_t heads = sizes.batches * sizes.keyHeads;
  const Pass pass{sizes,  rowsOf(queries), rowsOf(keys), rowsOf(values), mutableRowsOf(out), logsumexp.mutable_data_ptr<float>(),
                  scale, partsFor(heads, sizes.blocks())};
  at::Tensor memory;  // what the parts of a head share
  BFloat16* shared = nullptr;
  if (pass.parts > 1) {
    memory = at::empty({heads, pass.packedSize()}, queries.options());
    shared = memory.mutable_data_ptr<BFloat16>();
    forEachInParallel(heads, [&](int64_t head, int64_t) { packHead(pass, head, shared + head * pass.packedSize()); });
  }
  forEachInParallel(heads * pass.parts, [&](int64_t item, int64_t soon) {
    const int64_t head = item / pass.parts;
    Scratch scratch;
    BFloat16* own = nullptr;
    Buffers buffers{};
    if (pass.parts == 1) scratch.plan(own, pass.packedSize());
    buffers.plan(scratch, sizes);
    scratch.take();
    if (pass.parts == 1) packHead(pass, head, own);
    const Packed packed = packedIn(pass, head, pass.parts == 1 ? own : shared + head * pass.packedSize());
    const int64_t begin = partStart(sizes.blocks(), pass.parts, item % pass.parts);
    const int64_t end = partStart(sizes.blocks(), pass.parts, item % pass.parts + 1);
    Ahead ahead = aheadOf(pass, soon, begin, end);
    for (int64_t g = 0; g < sizes.group(); ++g)
      for (int64_t i = begin; i < end; ++i)
        attend(pass, packed, head / sizes.keyHeads, head % sizes.keyHeads * sizes.group() + g, i, buffers, ahead);
  });
  return {out, logsumexp};
}

}  // namespace

TORCH_LIBRARY_FRAGMENT(inheritune, library) {
  library.def("attention(Tensor queries, Tensor keys, Tensor values, float scale) -> (Tensor out, Tensor logsumexp)", forward);
}
