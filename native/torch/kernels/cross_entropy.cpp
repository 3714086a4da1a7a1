// inheritune::cross_entropy: losses of rows of logits; cross_entropy_: the logits become their gradients besides. One visit
// to memory.
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

struct Exponentials {
  float highest;  // of the row
  float sum;      // of e^(x - highest)
};

/** The row's exponentials, a vector of which `keep(e, i)` sees at each i. */
template <typename T, typename Keep>
INLINE Exponentials exponentials(const T* row, int64_t count, Keep keep) {
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
    keep(e, i);
    sums += e;
  }
  float sum = 0;
  for (int64_t j = 0; j < lanes; ++j) sum += sums[j];
  if (count % lanes != 0) sum -= std::exp(-87.0f) * static_cast<float>(lanes - count % lanes);  // what the padding added
  return {highest, sum};
}

template <typename T>
INLINE float lossOf(const Exponentials& row, const T* target) {
  const Floats chosen = loadPart(target, 1);
  return std::log(row.sum) + row.highest - chosen[0];
}

template <typename T>
INLINE float rowLoss(const T* row, int64_t count, int64_t target) {
  return lossOf(exponentials(row, count, [](const Floats&, int64_t) KERNEL_BODY {}), row + target);
}

/** Loss of one row; the row becomes `scale` times its gradient. `scratch` has room for the row in whole vectors. */
template <typename T>
INLINE float rowInPlace(T* row, int64_t count, int64_t target, float scale, float* scratch) {
  const Exponentials all =
      exponentials(row, count, [scratch](const Floats& e, int64_t i) KERNEL_BODY { store(e, scratch + i); });
  const float loss = lossOf(all, row + target);
  const float share = scale / all.sum;
  for (int64_t i = 0; i < count; i += lanes) {
    Floats e;
    load(scratch + i, e);
    storeAt(e * share, row, i, count);
  }
  storeAt(Floats{} + (scratch[target] * share - scale), row, target, target + 1);
  return loss;
}

INHERITUNE_CLONES float lossOfBfloat16(const uint16_t* row, int64_t count, int64_t target) {
  return rowLoss(row, count, target);
}

INHERITUNE_CLONES float lossOfFloat32(const float* row, int64_t count, int64_t target) {
  return rowLoss(row, count, target);
}

INHERITUNE_CLONES float rowOfBfloat16(uint16_t* row, int64_t count, int64_t target, float scale, float* scratch) {
  return rowInPlace(row, count, target, scale, scratch);
}

INHERITUNE_CLONES float rowOfFloat32(float* row, int64_t count, int64_t target, float scale, float* scratch) {
  return rowInPlace(row, count, target, scale, scratch);
}

/** Checked targets, contiguous. */
at::Tensor targetsFor(const at::Tensor& logits, const at::Tensor& targets) {
  TORCH_CHECK_VALUE(logits.dim() == 2 && targets.dim() == 1 && targets.size(0) == logits.size(0),
                    "expected logits [N, V] and targets [N], got ", logits.sizes(), " and ", targets.sizes());
  TORCH_CHECK_TYPE(logits.scalar_type() == at::kBFloat16 || logits.scalar_type() == at::kFloat,
                   "expected logits in bfloat16 or float32, got ", logits.scalar_type());
  TORCH_CHECK_TYPE(targets.scalar_type() == at::kLong, "expected targets in int64, got ", targets.scalar_type());
  TORCH_CHECK_VALUE(logits.is_contiguous(), "expected contiguous logits");
  const int64_t count = logits.size(1);
  at::Tensor wanted = targets.contiguous();
  const auto* target = wanted.const_data_ptr<int64_t>();
  for (int64_t row = 0; row < logits.size(0); ++row)
    TORCH_CHECK_INDEX(target[row] >= 0 && target[row] < count, "target ", target[row], " is not below ", count);
  return wanted;
}

/** logits [N, V] in bfloat16 or float32, targets [N] int64 -> losses [N] in float32, nats. A row with NaN has loss NaN. */
at::Tensor crossEntropy(const at::Tensor& logits, const at::Tensor& targets) {
  const at::Tensor wanted = targetsFor(logits, targets);
  const auto* target = wanted.const_data_ptr<int64_t>();
  const int64_t count = logits.size(1);
  at::Tensor losses = at::empty({logits.size(0)}, logits.options().dtype(at::kFloat));
  auto* loss = losses.mutable_data_ptr<float>();
  const bool narrow = logits.scalar_type() == at::kBFloat16;
  const auto* data = logits.const_data_ptr();
  at::parallel_for(0, logits.size(0), 1, [&](int64_t begin, int64_t end) {
    for (int64_t row = begin; row < end; ++row)
      loss[row] = narrow ? lossOfBfloat16(static_cast<const uint16_t*>(data) + row * count, count, target[row])
                         : lossOfFloat32(static_cast<const float*>(data) + row * count, count, target[row]);
  });
  return losses;
}

/** The same, and the logits become `scale` times their gradient. */
at::Tensor crossEntropyInPlace(at::Tensor& logits, const at::Tensor& targets, double scale) {
  const at::Tensor wanted = targetsFor(logits, targets);
  const auto* target = wanted.const_data_ptr<int64_t>();
  const int64_t count = logits.size(1);
  at::Tensor losses = at::empty({logits.size(0)}, logits.options().dtype(at::kFloat));
  auto* loss = losses.mutable_data_ptr<float>();
  const bool narrow = logits.scalar_type() == at::kBFloat16;
  auto* data = logits.mutable_data_ptr();
  const auto factor = static_cast<float>(scale);
  at::parallel_for(0, logits.size(0), 1, [&](int64_t begin, int64_t end) {
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
  library.def("cross_entropy(Tensor logits, Tensor targets) -> Tensor", crossEntropy);
  library.def("cross_entropy_(Tensor(a!) logits, Tensor targets, float scale) -> Tensor", crossEntropyInPlace);
}
