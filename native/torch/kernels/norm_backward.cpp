// inheritune::norm_backward_: the backward pass of LayerNorm (centered) and RMS norm, into the residual stream's gradient.
//
// Adds to that gradient in place, rounds it for the next product, and sums the weights' gradients over fixed chunks of rows,
// in order: the same bits on any number of threads. Reference: ATen in float64, in test/torch/norm-kernel.test.ts.

#include <ATen/Parallel.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/empty.h>
#include <torch/library.h>

#include <algorithm>
#include <optional>
#include <type_traits>

#include "elements.h"

namespace {

using namespace vectors;

/** Rows worked on together: their sums do not wait for each other, and weights are read once for all. */
constexpr int64_t together = 4;

struct Backward {
  float* xGradient;         // [rows, C], added to
  const float* x;           // [rows, C]
  const float* statistics;  // [rows, 2]
  const float* weight;      // [C]
  int64_t width;
  bool centered;
};

/** Of some rows: adds to `weightSums` and `biasSums` (none: not wanted) [C] and to the stream's gradient. */
template <int64_t rows, typename T, typename Copy>
INLINE void turnBackRows(const Backward& at, int64_t first, const T* gradient, Copy* copy, float* weightSums, float* biasSums) {
  const int64_t width = at.width;
  const float* x = at.x + first * width;
  float* xGradient = at.xGradient + first * width;
  gradient += first * width;
  if (copy) copy += first * width;
  float means[rows];
  float scales[rows];
#pragma GCC unroll 4
  for (int64_t r = 0; r < rows; ++r) {
    means[r] = at.statistics[2 * (first + r)];
    scales[r] = at.statistics[2 * (first + r) + 1];
  }
  Floats along[rows] = {};   // sums of the gradient of x's normed value, times that value
  Floats across[rows] = {};  // and without it
  forEachVector(width, [&](int64_t i, auto place) KERNEL_BODY {
    const Floats weight = read(at.weight + i, place);
    Floats weightSum = read(weightSums + i, place);
    Floats biasSum = biasSums ? read(biasSums + i, place) : Floats{};
#pragma GCC unroll 4
    for (int64_t r = 0; r < rows; ++r) {
      const Floats slope = read(gradient + r * width + i, place);
      const Floats normed = (read(x + r * width + i, place, means[r]) - means[r]) * scales[r];
      const Floats inner = slope * weight;
      weightSum += slope * normed;
      biasSum += slope;
      along[r] += inner * normed;
      across[r] += inner;
    }
    write(weightSum, weightSums + i, place);
    if (biasSums) write(biasSum, biasSums + i, place);
  });
  float alongs[rows];
  float acrosses[rows];
#pragma GCC unroll 4
  for (int64_t r = 0; r < rows; ++r) {
    alongs[r] = sumOf(along[r]) / static_cast<float>(width) * scales[r];
    acrosses[r] = at.centered ? sumOf(across[r]) / static_cast<float>(width) * scales[r] : 0.0f;
  }
  forEachVector(width, [&](int64_t i, auto place) KERNEL_BODY {
    const Floats weight = read(at.weight + i, place);
#pragma GCC unroll 4
    for (int64_t r = 0; r < rows; ++r) {
      const Floats inner = read(gradient + r * width + i, place) * weight;
      const Floats normed = (read(x + r * width + i, place) - means[r]) * scales[r];
      const Floats total = read(xGradient + r * width + i, place) + (inner * scales[r] - (normed * alongs[r] + acrosses[r]));
      write(total, xGradient + r * width + i, place);
      if (copy) write(total, copy + r * width + i, place);
    }
  });
}

template <typename T, typename Copy>
INLINE void turnBack(const Backward& at, int64_t begin, int64_t end, const T* gradient, Copy* copy, float* weightSums,
                     float* biasSums) {
  for (; begin + together <= end; begin += together)
    turnBackRows<together>(at, begin, gradient, copy, weightSums, biasSums);
  for (; begin < end; ++begin) turnBackRows<1>(at, begin, gradient, copy, weightSums, biasSums);
}

INHERITUNE_CLONES void backward(const Backward& at, int64_t begin, int64_t end, const float* gradient, uint16_t* copy,
                                float* weightSums, float* biasSums) {
  turnBack(at, begin, end, gradient, copy, weightSums, biasSums);
}
INHERITUNE_CLONES void backward(const Backward& at, int64_t begin, int64_t end, const uint16_t* gradient, uint16_t* copy,
                                float* weightSums, float* biasSums) {
  turnBack(at, begin, end, gradient, copy, weightSums, biasSums);
}
INHERITUNE_BFLOAT16 void backward(const Backward& at, int64_t begin, int64_t end, const Bfloat16* gradient, Bfloat16* copy,
                                  float* weightSums, float* biasSums) {
  turnBack(at, begin, end, gradient, copy, weightSums, biasSums);
}

/** Adds the chunks' sums, which lie `stride` apart, to `total` [C], in their order. */
INHERITUNE_CLONES void addChunks(const float* sums, int64_t chunks, int64_t stride, int64_t width, float* total) {
  forEachVector(width, [&](int64_t i, auto place) KERNEL_BODY {
    Floats sum = read(total + i, place);
    for (int64_t chunk = 0; chunk < chunks; ++chunk) sum += read(sums + chunk * stride + i, place);
    write(sum, total + i, place);
  });
}

/** Rows whose sums are one chunk: 32, more where that would be above 64 chunks; whole groups of rows worked on together. */
int64_t rowsOfChunk(int64_t rows) { return std::max<int64_t>(32, (rows + 255) / 256 * together); }

/**
 * Adds the gradient of x to `xGradient` [N, C] and those of the weights to theirs [C], float32 all, given the gradient of
 * `normed` [N, C] in bfloat16 or float32. Returns the sum in `xGradient` rounded to `copy` (bfloat16), else an empty tensor.
 */
at::Tensor normBackward(at::Tensor& xGradient, const at::Tensor& gradient, const at::Tensor& x, const at::Tensor& statistics,
                        const at::Tensor& weight, at::Tensor& weightGradient, const std::optional<at::Tensor>& biasGradient,
                        bool centered, std::optional<at::ScalarType> copy) {
  elements::checkStream(x, "x");
  elements::checkStream(xGradient, "x_gradient");
  elements::checkAlike(xGradient, "x_gradient", x, "x");
  elements::checkActivation(gradient, "gradient");
  elements::checkContiguous(gradient, "gradient");
  TORCH_CHECK_VALUE(gradient.sizes() == x.sizes(), "expected gradient ", x.sizes(), ", got ", gradient.sizes());
  elements::checkStream(statistics, "statistics");
  const int64_t rows = x.size(0);
  const int64_t width = x.size(1);
  TORCH_CHECK_VALUE(statistics.size(0) == rows && statistics.size(1) == 2, "expected statistics [", rows, ", 2], got ",
                    statistics.sizes());
  elements::checkColumns(weight, "weight", width);
  elements::checkColumns(weightGradient, "weight_gradient", width);
  if (biasGradient) elements::checkColumns(*biasGradient, "bias_gradient", width);
  TORCH_CHECK_TYPE(!copy || *copy == at::kBFloat16, "expected copy to be bfloat16 or none, got ", *copy);
  at::Tensor rounded = at::empty({copy ? rows : 0, width}, x.options().dtype(at::kBFloat16));

  const int64_t size = rowsOfChunk(rows);
  const int64_t chunks = (rows + size - 1) / size;
  const int64_t stride = 2 * width;
  at::Tensor partials = at::empty({chunks, stride}, x.options());
  auto* sums = partials.mutable_data_ptr<float>();
  const Backward at = {xGradient.mutable_data_ptr<float>(),
                       x.const_data_ptr<float>(),
                       statistics.const_data_ptr<float>(),
                       weight.const_data_ptr<float>(),
                       width,
                       centered};
  elements::forType(gradient.scalar_type(), [&]<typename T>() {
    using Copy = std::conditional_t<std::is_same_v<T, float>, uint16_t, T>;
    const auto* from = elements::from<T>(gradient);
    auto* to = copy ? elements::to<Copy>(rounded) : nullptr;
    at::parallel_for(0, chunks, elements::grainOfRows(size * width), [&](int64_t begin, int64_t end) {
      for (int64_t chunk = begin; chunk < end; ++chunk) {
        float* weightSums = sums + chunk * stride;
        std::fill_n(weightSums, stride, 0.0f);
        backward(at, chunk * size, std::min((chunk + 1) * size, rows), from, to, weightSums,
                 biasGradient ? weightSums + width : nullptr);
      }
    });
  });
  addChunks(sums, chunks, stride, width, weightGradient.mutable_data_ptr<float>());
  if (biasGradient) addChunks(sums + width, chunks, stride, width, biasGradient->mutable_data_ptr<float>());
  return rounded;
}

}  // namespace

TORCH_LIBRARY_FRAGMENT(inheritune, library) {
  library.def(
      "norm_backward_(Tensor(a!) x_gradient, Tensor gradient, Tensor x, Tensor statistics, Tensor weight, "
      "Tensor(b!) weight_gradient, Tensor(c!)? bias_gradient, bool centered, ScalarType? copy) -> Tensor",
      normBackward);
}
