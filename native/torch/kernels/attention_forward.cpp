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

/** Keys and values of one head: keys in rows [T, D], values turned over [D, T], both with zeros up to whole blocks. */
struct Packed {
  BFloat16* keys;
  BFloat16* values;
  int64_t ld;  // of values; an odd number of cache lines
};

int64_t valuesLd(const Sizes& sizes) { return sizes.blocks() * block + 32; }

void packHead(const Sizes& sizes, const BFloat16* keys, int64_t keyStride, const BFloat16* values, int64_t valueStride,
              const Packed& packed) {
  const int64_t padded = sizes.blocks() * block;
  copyRows(keys, keyStride, sizes.positions, padded, sizes.width, sizes.filled(), packed.keys);
  pack::transposed(values, valueStride, sizes.positions, sizes.width, packed.values, packed.ld);
  for (int64_t d = 0; d < sizes.width; ++d)
    std::fill(packed.values + d * packed.ld + sizes.positions, packed.values + d * packed.ld + padded, BFloat16(0));
}

struct Buffers {
  BFloat16* queries;  // [D / 2, 64, 2]
  float* scores;      // [span, 64]
  BFloat16* weights;  // [span / 2, 64, 2]
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

/** Output of one block of queries, in `out` with rows `stride` apart, and its logarithms of sums. */
void attend(const Sizes& sizes, const Packed& packed, const BFloat16* query, int64_t queryStride, int64_t index, double scale,
            const Buffers& buffers, BFloat16* out, int64_t stride, float* logsumexp) {
  const int64_t count = std::min(block, sizes.positions - index * block);
  const int64_t filled = sizes.filled();
  const auto factor = static_cast<float>(scale * M_LOG2E);
  std::fill(buffers.queries + sizes.width * block, buffers.queries + filled * block, BFloat16(0));
  pack::columns(query, queryStride, sizes.width, count, buffers.queries, block);
  Running running;
  begin(running);
  const int64_t end = (index + 1) * block;
  for (int64_t key = 0; key < end; key += span) {
    const int64_t rows = std::min(span, end - key);
    multiply(rows, block, filled, packed.keys + key * filled, filled, buffers.queries, block, buffers.scores, block, false);
    softmaxDown(buffers.scores, rows, key + rows == end, factor, running, buffers.column, buffers.weights);
    if (key > 0) scaleColumns(buffers.sums, sizes.width, buffers.column);
    multiply(sizes.width, block, rows, packed.values + key, packed.ld, buffers.weights, block, buffers.sums, block, key > 0);
  }
  finish(running, static_cast<float>(scale), buffers.column, buffers.logarithms);
  scaleColumns(buffers.sums, sizes.width, buffers.column);
  pack::transposed(buffers.sums, block, sizes.width, count, out, stride);
  std::copy_n(buffers.logarithms, count, logsumexp);
}

/** -> output [B, T, H, D] bfloat16, and the logarithms of the softmaxes' sums [B, H, T] float32, in nats. */
std::tuple<at::Tensor, at::Tensor> forward(const at::Tensor& queries, const at::Tensor& keys, const at::Tensor& values,
                                           double scale) {
  const Sizes sizes = sizesOf(queries, keys, values, scale);
  at::Tensor out = at::empty(queries.sizes(), queries.options());
  at::Tensor logsumexp = at::empty({sizes.batches, sizes.heads, sizes.positions}, queries.options().dtype(at::kFloat));
  const auto query = rowsOf(queries);
  const auto key = rowsOf(keys);
  const auto value = rowsOf(values);
  const auto output = mutableRowsOf(out);
  auto* logarithms = logsumexp.mutable_data_ptr<float>();

  const int64_t heads = sizes.batches * sizes.keyHeads;
  const int64_t parts = partsFor(heads, sizes.blocks());
  const int64_t ld = valuesLd(sizes);
  const int64_t keysSize = sizes.blocks() * block * sizes.filled();
  const int64_t packedSize = roundUp(keysSize + sizes.width * ld, 32);
  const auto packInto = [&](int64_t head, const Packed& packed) {
    const int64_t b = head / sizes.keyHeads;
    const int64_t h = head % sizes.keyHeads;
    packHead(sizes, key.at(b, 0, h), key.position, value.at(b, 0, h), value.position, packed);
  };
  at::Tensor shared;  // what the parts of a head share
  if (parts > 1) {
    shared = at::empty({heads, packedSize}, queries.options());
    auto* data = shared.mutable_data_ptr<BFloat16>();
    forEachInParallel(heads, [&](int64_t head) {
      packInto(head, {data + head * packedSize, data + head * packedSize + keysSize, ld});
    });
  }
  forEachInParallel(heads * parts, [&](int64_t item) {
    const int64_t head = item / parts;
    const int64_t b = head / sizes.keyHeads;
    Scratch scratch;
    BFloat16* own = nullptr;
    Buffers buffers{};
    if (parts == 1) scratch.plan(own, packedSize);
    buffers.plan(scratch, sizes);
    scratch.take();
    if (parts > 1) own = shared.mutable_data_ptr<BFloat16>() + head * packedSize;
    const Packed packed{own, own + keysSize, ld};
    if (parts == 1) packInto(head, packed);
    const int64_t last = partStart(sizes.blocks(), parts, item % parts + 1);
    for (int64_t g = 0; g < sizes.group(); ++g) {
      const int64_t h = head % sizes.keyHeads * sizes.group() + g;
      for (int64_t i = partStart(sizes.blocks(), parts, item % parts); i < last; ++i)
        attend(sizes, packed, query.at(b, i * block, h), query.position, i, scale, buffers, output.at(b, i * block, h),
               output.position, logarithms + (b * sizes.heads + h) * sizes.positions + i * block);
    }
  });
  return {out, logsumexp};
}

}  // namespace

TORCH_LIBRARY_FRAGMENT(inheritune, library) {
  library.def("attention(Tensor queries, Tensor keys, Tensor values, float scale) -> (Tensor out, Tensor logsumexp)", forward);
}
