// inheritune::gradient_norm and inheritune::adamw_: what follows a backward pass, in one visit to gradients and one to all.
//
// Tensors are cut into chunks of a fixed size that threads share out, however large or small the tensors are: a barrier for
// all instead of one for each, and the same bits for any number of threads. Clipping is a factor on the gradients as they
// are read. Reference: ATen's operators in float64, in test/train/optimizer.test.ts.

#include <ATen/Parallel.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/empty_like.h>
#include <ATen/ops/scalar_tensor.h>
#include <torch/library.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "vectors.h"

namespace {

using namespace vectors;

constexpr int64_t chunkSize = 4096;
constexpr int64_t chunksPerThread = 8;  // fewer are not worth waking a thread for

using Doubles = double __attribute__((vector_size(lanes / 2 * 8)));
using AllDoubles = double __attribute__((vector_size(lanes * 8)));

/** A part of one tensor. */
struct Chunk {
  size_t tensor;
  int64_t begin;
  int64_t count;
};

std::vector<Chunk> cutIntoChunks(at::TensorList tensors) {
  std::vector<Chunk> chunks;
  for (size_t tensor = 0; tensor < tensors.size(); ++tensor) {
    const int64_t count = tensors[tensor].numel();
    for (int64_t begin = 0; begin < count; begin += chunkSize)
      chunks.push_back({tensor, begin, std::min(chunkSize, count - begin)});
  }
  return chunks;
}

void checkOne(const at::Tensor& tensor, const char* what, size_t index) {
  TORCH_CHECK_VALUE(tensor.device().is_cpu(), what, " ", index, ": expected a tensor on the CPU, got ", tensor.device());
  TORCH_CHECK_TYPE(tensor.scalar_type() == at::kFloat || tensor.scalar_type() == at::kBFloat16, what, " ", index,
                   ": expected float32 or bfloat16, got ", tensor.scalar_type());
}

/** That `tensor` lies in memory element for element as `weight` does. */
bool isLaidOutAs(const at::Tensor& weight, const at::Tensor& tensor) {
  return tensor.strides() == weight.strides() || (tensor.is_contiguous() && weight.is_contiguous());
}

void checkMatches(const at::Tensor& weight, const at::Tensor& tensor, const char* what, size_t index) {
  TORCH_CHECK_VALUE(tensor.sizes() == weight.sizes() && tensor.scalar_type() == weight.scalar_type() && tensor.device().is_cpu(),
                    what, " ", index, ": expected ", weight.sizes(), " in ", weight.scalar_type(), " as its weight, got ",
                    tensor.sizes(), " in ", tensor.scalar_type(), " on ", tensor.device());
}

// The norm.

template <typename T>
INLINE double sumOfSquares(const T* from, int64_t count) {
  Doubles low = {};
  Doubles high = {};
  for (int64_t i = 0; i < count; i += lanes) {
    Floats x;
    if (i + lanes <= count) {
      load(from + i, x);
    } else {
      T padded[lanes] = {};
      std::memcpy(padded, from + i, (count - i) * sizeof(T));
      load(padded, x);
    }
    const auto wide = __builtin_convertvector(x, AllDoubles);
    const Doubles first = __builtin_shufflevector(wide, wide, 0, 1, 2, 3, 4, 5, 6, 7);
    const Doubles second = __builtin_shufflevector(wide, wide, 8, 9, 10, 11, 12, 13, 14, 15);
    low += first * first;
    high += second * second;
  }
  low += high;
  double sum = 0;
  for (int64_t j = 0; j < lanes / 2; ++j) sum += low[j];
  return sum;
}

INHERITUNE_CLONES double sumOfFloat32(const float* from, int64_t count) { return sumOfSquares(from, count); }
INHERITUNE_CLONES double sumOfBits(const uint16_t* from, int64_t count) { return sumOfSquares(from, count); }
INHERITUNE_BFLOAT16 double sumOfBfloat16(const Bfloat16* from, int64_t count) { return sumOfSquares(from, count); }

double sumOfChunk(const at::Tensor& gradient, int64_t from, int64_t count) {
  const void* data = gradient.const_data_ptr();
  if (gradient.scalar_type() == at::kFloat) return sumOfFloat32(static_cast<const float*>(data) + from, count);
  if (roundsInHardware()) return sumOfBfloat16(static_cast<const Bfloat16*>(data) + from, count);
  return sumOfBits(static_cast<const uint16_t*>(data) + from, count);
}

/** Root of the sum of all squares, summed in float64: a scalar in float32. NaN and infinity go through. */
at::Tensor gradientNorm(at::TensorList gradients) {
  std::vector<at::Tensor> dense;
  for (size_t i = 0; i < gradients.size(); ++i) {
    checkOne(gradients[i], "gradient", i);
    dense.push_back(gradients[i].is_non_overlapping_and_dense() ? gradients[i] : gradients[i].contiguous());
  }
  const std::vector<Chunk> chunks = cutIntoChunks(dense);
  std::vector<double> sums(chunks.size());
  at::parallel_for(0, static_cast<int64_t>(chunks.size()), chunksPerThread, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; ++i) {
      const auto [tensor, from, count] = chunks[i];
      sums[i] = sumOfChunk(dense[tensor], from, count);
    }
  });
  double sum = 0;
  for (const double part : sums) sum += part;
  return at::scalar_tensor(std::sqrt(sum), at::TensorOptions(at::kFloat));
}

// The update.

/** What is the same for all elements of a tensor. */
struct Rates {
  float gradientScale;
  float decay;        // of the weight, in this step
  float fresh1;       // share of the gradient in the first moment
  float keep2;        // share of the old second moment
  float fresh2;
  float step;         // learning rate over the first moment's bias correction
  float correction2;  // one over the root of the second moment's
  float epsilon;
};

/** One instruction a vector, as the compiler is told that errno does not matter (src/setup/compiler.ts). */
INLINE Floats squareRoot(const Floats& x) {
  float values[lanes];
  std::memcpy(values, &x, sizeof x);
  for (int64_t j = 0; j < lanes; ++j) values[j] = std::sqrt(values[j]);
  Floats roots;
  std::memcpy(&roots, values, sizeof roots);
  return roots;
}

/** Sixteen elements. */
template <typename T>
INLINE void updateVector(T* weight, const T* gradient, T* moment1, T* moment2, const Rates& rates) {
  Floats p, g, m, v;
  load(weight, p);
  load(gradient, g);
  load(moment1, m);
  load(moment2, v);
  g *= rates.gradientScale;
  m += (g - m) * rates.fresh1;
  v = v * rates.keep2 + g * g * rates.fresh2;
  p -= p * rates.decay;
  p -= m * rates.step / (squareRoot(v) * rates.correction2 + rates.epsilon);
  store(p, weight);
  store(m, moment1);
  store(v, moment2);
}

template <typename T>
INLINE void update(T* weight, const T* gradient, T* moment1, T* moment2, int64_t count, const Rates& rates) {
  int64_t i = 0;
  for (; i + lanes <= count; i += lanes) updateVector(weight + i, gradient + i, moment1 + i, moment2 + i, rates);
  if (i == count) return;
  T rest[4][lanes] = {};
  const size_t bytes = (count - i) * sizeof(T);
  std::memcpy(rest[0], weight + i, bytes);
  std::memcpy(rest[1], gradient + i, bytes);
  std::memcpy(rest[2], moment1 + i, bytes);
  std::memcpy(rest[3], moment2 + i, bytes);
  updateVector(rest[0], rest[1], rest[2], rest[3], rates);
  std::memcpy(weight + i, rest[0], bytes);
  std::memcpy(moment1 + i, rest[2], bytes);
  std::memcpy(moment2 + i, rest[3], bytes);
}

/** A tensor's data, with its gradient's and moments'. */
struct Arrays {
  void* weight;
  const void* gradient;
  void* moment1;
  void* moment2;
  bool narrow;
  Rates rates;
};

template <typename T>
INLINE void updatePart(const Arrays& all, int64_t from, int64_t count) {
  update(static_cast<T*>(all.weight) + from, static_cast<const T*>(all.gradient) + from, static_cast<T*>(all.moment1) + from,
         static_cast<T*>(all.moment2) + from, count, all.rates);
}

INHERITUNE_CLONES void updateFloat32(const Arrays& all, int64_t from, int64_t count) { updatePart<float>(all, from, count); }
INHERITUNE_CLONES void updateBits(const Arrays& all, int64_t from, int64_t count) { updatePart<uint16_t>(all, from, count); }
INHERITUNE_BFLOAT16 void updateBfloat16(const Arrays& all, int64_t from, int64_t count) {
  updatePart<Bfloat16>(all, from, count);
}

void updateChunk(const Arrays& all, int64_t from, int64_t count) {
  if (!all.narrow) updateFloat32(all, from, count);
  else if (roundsInHardware()) updateBfloat16(all, from, count);
  else updateBits(all, from, count);
}

/** One update with decoupled decay, in float32 whatever the tensors' dtype. `updates` counts this one. Gradients are only read. */
void adamw(at::TensorList weights, at::TensorList gradients, at::TensorList moments1, at::TensorList moments2,
           at::ArrayRef<double> decays, double learningRate, double beta1, double beta2, double epsilon, int64_t updates,
           double gradientScale) {
  const size_t size = weights.size();
  TORCH_CHECK_VALUE(gradients.size() == size && moments1.size() == size && moments2.size() == size && decays.size() == size,
                    "expected as many gradients, moments and decays as weights (", size, "), got ", gradients.size(), ", ",
                    moments1.size(), ", ", moments2.size(), " and ", decays.size());
  TORCH_CHECK_VALUE(updates >= 1, "expected updates of 1 or more, got ", updates);
  TORCH_CHECK_VALUE(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1, "expected betas in [0, 1), got ", beta1, " and ", beta2);
  Rates rates{};
  rates.gradientScale = static_cast<float>(gradientScale);
  rates.fresh1 = static_cast<float>(1 - beta1);
  rates.keep2 = static_cast<float>(beta2);
  rates.fresh2 = static_cast<float>(1 - beta2);
  rates.step = static_cast<float>(learningRate / (1 - std::pow(beta1, updates)));
  rates.correction2 = static_cast<float>(1 / std::sqrt(1 - std::pow(beta2, updates)));
  rates.epsilon = static_cast<float>(epsilon);

  std::vector<at::Tensor> laidOut;
  for (size_t i = 0; i < size; ++i) {
    const at::Tensor& weight = weights[i];
    checkOne(weight, "weight", i);
    checkMatches(weight, gradients[i], "gradient", i);
    checkMatches(weight, moments1[i], "first moment", i);
    checkMatches(weight, moments2[i], "second moment", i);
    TORCH_CHECK_VALUE(weight.is_non_overlapping_and_dense() && isLaidOutAs(weight, moments1[i]) && isLaidOutAs(weight, moments2[i]),
                      "weight ", i, ": expected it dense and its moments laid out alike, got strides ", weight.strides(), ", ",
                      moments1[i].strides(), " and ", moments2[i].strides());
    laidOut.push_back(isLaidOutAs(weight, gradients[i]) ? gradients[i] : at::empty_like(weight).copy_(gradients[i]));
  }
  std::vector<Arrays> arrays;
  for (size_t i = 0; i < size; ++i) {
    rates.decay = static_cast<float>(learningRate * decays[i]);
    arrays.push_back({weights[i].mutable_data_ptr(), laidOut[i].const_data_ptr(), moments1[i].mutable_data_ptr(),
                      moments2[i].mutable_data_ptr(), weights[i].scalar_type() == at::kBFloat16, rates});
    for (const at::Tensor* written : {&weights[i], &moments1[i], &moments2[i]}) written->unsafeGetTensorImpl()->bump_version();
  }
  const std::vector<Chunk> chunks = cutIntoChunks(weights);
  at::parallel_for(0, static_cast<int64_t>(chunks.size()), chunksPerThread, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; ++i) updateChunk(arrays[chunks[i].tensor], chunks[i].begin, chunks[i].count);
  });
}

}  // namespace

TORCH_LIBRARY_FRAGMENT(inheritune, library) {
  library.def("gradient_norm(Tensor[] gradients) -> Tensor", gradientNorm);
  library.def(
      "adamw_(Tensor(a!)[] weights, Tensor[] gradients, Tensor(b!)[] moments1, Tensor(c!)[] moments2, float[] weight_decays, *, "
      "float lr, float beta1, float beta2, float epsilon, int updates, float gradient_scale=1.0) -> ()",
      adamw);
}
