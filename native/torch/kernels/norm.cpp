// inheritune::norm: LayerNorm (centered) or RMS norm from the float32 residual stream to what the next product reads.
//
// Keeps two numbers a row for norm_backward.cpp. Reference: ATen in float64, in test/torch/norm-kernel.test.ts.

#include <ATen/Parallel.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/empty.h>
#include <torch/library.h>

#include <cmath>
#include <optional>
#include <tuple>

#include "elements.h"

namespace {

using namespace vectors;

/** Rows worked on together: their sums do not wait for each other, and weights are read once for all. */
constexpr int64_t together = 4;

struct Forward {
  const float* x;       // [rows, C]
  const float* weight;  // [C]
  const float* bias;    // [C] or none
  float* statistics;    // [rows, 2]: mean, 1 / deviation
  int64_t width;
  float epsilon;
  bool centered;
};

template <int64_t rows, typename T>
INLINE void normRows(const Forward& at, int64_t first, T* normed) {
  const int64_t width = at.width;
  const float* x = at.x + first * width;
  normed += first * width;
  float means[rows] = {};
  float scales[rows];
  if (at.centered) {
    Floats sums[rows] = {};
    forEachVector(width, [&](int64_t i, auto place) KERNEL_BODY {
#pragma GCC unroll 4
      for (int64_t r = 0; r < rows; ++r) sums[r] += read(x + r * width + i, place);
    });
#pragma GCC unroll 4
    for (int64_t r = 0; r < rows; ++r) means[r] = sumOf(sums[r]) / static_cast<float>(width);
  }
  Floats squares[rows] = {};
  forEachVector(width, [&](int64_t i, auto place) KERNEL_BODY {
#pragma GCC unroll 4
    for (int64_t r = 0; r < rows; ++r) {
      const Floats away = read(x + r * width + i, place, means[r]) - means[r];
      squares[r] += away * away;
    }
  });
#pragma GCC unroll 4
  for (int64_t r = 0; r < rows; ++r) {
    scales[r] = 1.0f / std::sqrt(sumOf(squares[r]) / static_cast<float>(width) + at.epsilon);
    at.statistics[2 * (first + r)] = means[r];
    at.statistics[2 * (first + r) + 1] = scales[r];
  }
  forEachVector(width, [&](int64_t i, auto place) KERNEL_BODY {
    const Floats weight = read(at.weight + i, place);
    const Floats bias = at.bias ? read(at.bias + i, place) : Floats{};
#pragma GCC unroll 4
    for (int64_t r = 0; r < rows; ++r)
      write((read(x + r * width + i, place) - means[r]) * scales[r] * weight + bias, normed + r * width + i, place);
  });
}

template <typename T>
INLINE void normAll(const Forward& at, int64_t begin, int64_t end, T* normed) {
  for (; begin + together <= end; begin += together) normRows<together>(at, begin, normed);
  for (; begin < end; ++begin) normRows<1>(at, begin, normed);
}

INHERITUNE_CLONES void forward(const Forward& at, int64_t begin, int64_t end, float* normed) {
  normAll(at, begin, end, normed);
}
INHERITUNE_CLONES void forward(const Forward& at, int64_t begin, int64_t end, uint16_t* normed) {
  normAll(at, begin, end, normed);
}
INHERITUNE_BFLOAT16 void forward(const Forward& at, int64_t begin, int64_t end, Bfloat16* normed) {
  normAll(at, begin, end, normed);
}

/** x [N, C] float32 -> normed [N, C] in `dtype`, statistics [N, 2] float32: mean (0 where not centered), 1 / deviation. */
std::tuple<at::Tensor, at::Tensor> norm(const at::Tensor& x, const at::Tensor& weight, const std::optional<at::Tensor>& bias,
                                        double epsilon, bool centered, at::ScalarType dtype) {
  elements::checkStream(x, "x");
  const int64_t width = x.size(1);
  elements::checkColumns(weight, "weight", width);
  if (bias) elements::checkColumns(*bias, "bias", width);
  elements::checkType(dtype, "dtype");
  at::Tensor normed = at::empty(x.sizes(), x.options().dtype(dtype));
  at::Tensor statistics = at::empty({x.size(0), 2}, x.options());
  const Forward at = {x.const_data_ptr<float>(),
                      weight.const_data_ptr<float>(),
                      bias ? bias->const_data_ptr<float>() : nullptr,
                      statistics.mutable_data_ptr<float>(),
                      width,
                      static_cast<float>(epsilon),
                      centered};
  elements::forType(dtype, [&]<typename T>() {
    auto* to = elements::to<T>(normed);
    at::parallel_for(0, x.size(0), elements::grainOfRows(width),
                     [&](int64_t begin, int64_t end) { forward(at, begin, end, to); });
  });
  return {normed, statistics};
}

}  // namespace

TORCH_LIBRARY_FRAGMENT(inheritune, library) {
  library.def(
      "norm(Tensor x, Tensor weight, Tensor? bias, float epsilon, bool centered, ScalarType dtype) -> (Tensor normed, Tensor "
      "statistics)",
      norm);
}
