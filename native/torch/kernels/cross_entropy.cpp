// inheritune::cross_entropy_: losses of rows of logits, which become their gradients in place. One visit to memory.
//
// A row is read, exponentiated into a scratch row that stays in the cache, and written back as softmax minus one-hot:
// ATen's way visits the whole matrix nine times, in float32. Vectors of sixteen lanes, compiled for several instruction
// sets and chosen when the library is loaded. Reference: plainLoss of src/train/loss.ts, in test/train/loss.test.ts.

#include <ATen/Parallel.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/empty.h>
#include <torch/library.h>

#include <vector>

#include "vectors.h"

namespace {

using namespace vectors;

/** Loss of one row; the row becomes `scale` times its gradient. `scratch` has room for the row in whole vectors. */
template <typename T>
INLINE float rowInPlace(T* row, int64_t count, int64_t target, float scale, float* scratch) {
  Floats most = Floats{} - INFINITY;
  for (int64_t i = 0; i < count; i += lanes) {
    const Floats x = loadAt(row, i, count);
    most = x > most ? x : most;
  }
  float highest = most[0];
  for (int64_t j = 1; j < lanes; ++j) highest = most[j] > highest ? most[j] : highest;

  Floats sums = {};
  for (int64_t i = 0; i < count; i += lanes) {
    const Floats e = exponential(loadAt(row, i, count) - highest);
    store(e, scratch + i);
    sums += e;
  }
  float sum = 0;
  for (int64_t j = 0; j < lanes; ++j) sum += sums[j];
  if (count % lanes != 0) sum -= std::exp(-87.0f) * static_cast<float>(lanes - count % lanes);  // what the padding added

  Floats chosen = loadPart(row + target, 1);
  const float loss = std::log(sum) + highest - chosen[0];
  const float share = scale / sum;
  for (int64_t i = 0; i < count; i += lanes) {
    Floats e;
    load(scratch + i, e);
    storeAt(e * share, row, i, count);
  }
  storeAt(Floats{} + (scratch[target] * share - scale), row, target, target + 1);
  return loss;
}

INHERITUNE_CLONES float rowOfBfloat16(uint16_t* row, int64_t count, int64_t target, float scale, float* scratch) {
  return rowInPlace(row, count, target, scale, scratch);
}

INHERITUNE_CLONES float rowOfFloat32(float* row, int64_t count, int64_t target, float scale, float* scratch) {
  return rowInPlace(row, count, target, scale, scratch);
}

/** logits [N, V] in bfloat16 or float32, targets [N] int64 -> losses [N] in float32, nats; logits become `scale` times
    their gradient. A row with NaN has loss NaN. */
at::Tensor crossEntropyInPlace(at::Tensor& logits, const at::Tensor& targets, double scale) {
  TORCH_CHECK_VALUE(logits.dim() == 2 && targets.dim() == 1 && targets.size(0) == logits.size(0),
                    "expected logits [N, V] and targets [N], got ", logits.sizes(), " and ", targets.sizes());
  TORCH_CHECK_TYPE(logits.scalar_type() == at::kBFloat16 || logits.scalar_type() == at::kFloat,
                   "expected logits in bfloat16 or float32, got ", logits.scalar_type());
  TORCH_CHECK_TYPE(targets.scalar_type() == at::kLong, "expected targets in int64, got ", targets.scalar_type());
  TORCH_CHECK_VALUE(logits.is_contiguous(), "expected contiguous logits");
  const int64_t rows = logits.size(0);
  const int64_t count = logits.size(1);
  const at::Tensor wanted = targets.contiguous();
  const auto* target = wanted.const_data_ptr<int64_t>();
  for (int64_t row = 0; row < rows; ++row)
    TORCH_CHECK_INDEX(target[row] >= 0 && target[row] < count, "target ", target[row], " is not below ", count);
  at::Tensor losses = at::empty({rows}, logits.options().dtype(at::kFloat));
  auto* loss = losses.mutable_data_ptr<float>();
  const bool narrow = logits.scalar_type() == at::kBFloat16;
  auto* data = logits.mutable_data_ptr();
  const auto factor = static_cast<float>(scale);
  at::parallel_for(0, rows, 1, [&](int64_t begin, int64_t end) {
    std::vector<float> scratch((count + lanes - 1) / lanes * lanes);
    for (int64_t row = begin; row < end; ++row) {
      loss[row] = narrow ? rowOfBfloat16(static_cast<uint16_t*>(data) + row * count, count, target[row], factor, scratch.data())
                         : rowOfFloat32(static_cast<float*>(data) + row * count, count, target[row], factor, scratch.data());
    }
  });
  return losses;
}

}  // namespace

TORCH_LIBRARY(inheritune, library) {
  library.def("cross_entropy_(Tensor(a!) logits, Tensor targets, float scale) -> Tensor", crossEntropyInPlace);
}
