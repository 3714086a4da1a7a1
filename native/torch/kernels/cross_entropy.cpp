// inheritune::cross_entropy_: losses of rows of logits, which become their gradients in place. One visit to memory.
//
// A row is read, exponentiated into a scratch row that stays in the cache, and written back as softmax minus one-hot:
// ATen's way visits the whole matrix nine times, in float32. Vectors of sixteen lanes, compiled for several instruction
// sets and chosen when the library is loaded. Reference: plainLoss of src/train/loss.ts, in test/train/loss.test.ts.

#pragma GCC diagnostic ignored "-Wpsabi"  // vectors are passed between inlined functions only

#include <ATen/Parallel.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/empty.h>
#include <torch/library.h>

#include <bit>
#include <cmath>
#include <cstring>
#include <vector>

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define INHERITUNE_CLONES __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define INHERITUNE_CLONES
#endif

namespace {

constexpr int64_t lanes = 16;

// The compilers' vector types: each clone lowers them to what its instruction set has.
using Floats = float __attribute__((vector_size(lanes * 4)));
using Integers = int32_t __attribute__((vector_size(lanes * 4)));
using Words = uint32_t __attribute__((vector_size(lanes * 4)));
using Halves = uint16_t __attribute__((vector_size(lanes * 2)));

#define INLINE inline __attribute__((always_inline))

INLINE void load(const uint16_t* from, Floats& to) {
  Halves bits;
  std::memcpy(&bits, from, sizeof bits);
  to = std::bit_cast<Floats>(__builtin_convertvector(bits, Words) << 16);
}
INLINE void load(const float* from, Floats& to) { std::memcpy(&to, from, sizeof to); }

INLINE void store(const Floats& value, float* to) { std::memcpy(to, &value, sizeof value); }
/** Rounds to the nearest bfloat16, ties to even. The values here are finite. */
INLINE void store(const Floats& value, uint16_t* to) {
  const auto bits = std::bit_cast<Words>(value);
  const Halves rounded = __builtin_convertvector((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16, Halves);
  std::memcpy(to, &rounded, sizeof rounded);
}

/** e to the x for x <= 0, within 2 ulp (Cephes' expf: split off the power of two, a polynomial for the rest). */
INLINE Floats exponential(Floats x) {
  const Floats least = Floats{} - 87.0f;
  x = x < least ? least : x;
  const Floats power = (x * 1.44269504088896341f + 12582912.0f) - 12582912.0f;  // rounded to a whole number
  const Floats rest = (x - power * 0.693359375f) + power * 2.12194440e-4f;
  Floats y = rest * 1.9875691500e-4f + 1.3981999507e-3f;
  y = y * rest + 8.3334519073e-3f;
  y = y * rest + 4.1665795894e-2f;
  y = y * rest + 1.6666665459e-1f;
  y = y * rest + 5.0000001201e-1f;
  y = y * rest * rest + rest + 1.0f;
  return y * std::bit_cast<Floats>((__builtin_convertvector(power, Integers) + 127) << 23);
}

/** Up to a vector of a row's end; what is missing reads as minus infinity. */
template <typename T>
INLINE Floats loadPart(const T* from, int64_t count) {
  T padded[lanes] = {};
  std::memcpy(padded, from, count * sizeof(T));
  Floats value;
  load(padded, value);
  for (int64_t j = count; j < lanes; ++j) value[j] = -INFINITY;
  return value;
}

template <typename T>
INLINE Floats loadAt(const T* row, int64_t i, int64_t count) {
  Floats value;
  if (i + lanes > count) return loadPart(row + i, count - i);
  load(row + i, value);
  return value;
}

template <typename T>
INLINE void storeAt(const Floats& value, T* row, int64_t i, int64_t count) {
  if (i + lanes <= count) return store(value, row + i);
  T padded[lanes];
  store(value, padded);
  std::memcpy(row + i, padded, (count - i) * sizeof(T));
}

/** Loss of one row; the row becomes its gradient. `scratch` has room for the row in whole vectors. */
template <typename T>
INLINE float rowInPlace(T* row, int64_t count, int64_t target, float* scratch) {
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
  const float share = 1.0f / sum;
  for (int64_t i = 0; i < count; i += lanes) {
    Floats e;
    load(scratch + i, e);
    storeAt(e * share, row, i, count);
  }
  storeAt(Floats{} + (scratch[target] * share - 1.0f), row, target, target + 1);
  return loss;
}

INHERITUNE_CLONES float rowOfBfloat16(uint16_t* row, int64_t count, int64_t target, float* scratch) {
  return rowInPlace(row, count, target, scratch);
}

INHERITUNE_CLONES float rowOfFloat32(float* row, int64_t count, int64_t target, float* scratch) {
  return rowInPlace(row, count, target, scratch);
}

/** logits [N, V] in bfloat16 or float32, targets [N] int64 -> losses [N] in float32, nats. A row with NaN has loss NaN. */
at::Tensor crossEntropyInPlace(at::Tensor& logits, const at::Tensor& targets) {
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
  at::parallel_for(0, rows, 1, [&](int64_t begin, int64_t end) {
    std::vector<float> scratch((count + lanes - 1) / lanes * lanes);
    for (int64_t row = begin; row < end; ++row) {
      loss[row] = narrow ? rowOfBfloat16(static_cast<uint16_t*>(data) + row * count, count, target[row], scratch.data())
                         : rowOfFloat32(static_cast<float*>(data) + row * count, count, target[row], scratch.data());
    }
  });
  return losses;
}

}  // namespace

TORCH_LIBRARY(inheritune, library) {
  library.def("cross_entropy_(Tensor(a!) logits, Tensor targets) -> Tensor", crossEntropyInPlace);
}
