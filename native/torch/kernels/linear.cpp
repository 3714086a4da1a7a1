// Linear layers for training in bfloat16: x W' (+ b) and its two gradients, straight from and to float32 weights.
//
// Reference: plain products in float64, in test/torch/linear-kernel.test.ts. Only where hasBfloat16Products().

#include <ATen/core/Tensor.h>
#include <ATen/ops/empty.h>
#include <torch/library.h>

#include "finish.h"
#include "pack.h"
#include "product.h"
#include "vectors.h"

namespace {

using c10::BFloat16;
using namespace vectors;

/** Sums of columns i..i + lanes over all rows, in their order. */
INHERITUNE_CLONES void sumColumns(const uint16_t* rows, int64_t ld, int64_t count, int64_t columns, float* out, bool add) {
  for (int64_t i = 0; i < columns; i += lanes) {
    Floats sum = add ? loadAt(out, i, columns) : Floats{};
    for (int64_t row = 0; row < count; ++row) sum += loadAt(rows + row * ld, i, columns);
    storeAt(sum, out, i, columns);
  }
}

const uint16_t* bits(const at::Tensor& x) { return static_cast<const uint16_t*>(x.const_data_ptr()); }
const BFloat16* halves(const at::Tensor& x) { return static_cast<const BFloat16*>(x.const_data_ptr()); }
const float* floats(const at::Tensor& x) { return static_cast<const float*>(x.const_data_ptr()); }
const float* floatsOrNone(const std::optional<at::Tensor>& x) { return x && x->defined() ? floats(*x) : nullptr; }

void checkRows(const at::Tensor& x, const char* name, at::ScalarType dtype) {
  TORCH_CHECK_TYPE(x.scalar_type() == dtype, name, ": expected ", dtype, ", got ", x.scalar_type());
  TORCH_CHECK_VALUE(x.dim() == 2 && (x.size(1) <= 1 || x.stride(1) == 1), name, ": expected rows [N, C], got ", x.sizes(),
                    " with strides ", x.strides());
}

void checkWeight(const at::Tensor& weight) {
  TORCH_CHECK_TYPE(weight.scalar_type() == at::kFloat || weight.scalar_type() == at::kBFloat16,
                   "weight: expected float32 or bfloat16, got ", weight.scalar_type());
  TORCH_CHECK_VALUE(weight.dim() == 2 && weight.is_contiguous(), "weight: expected contiguous [out, in], got ", weight.sizes());
  TORCH_CHECK(hasBfloat16Products(), "this CPU has no bfloat16 products");
}

void checkBias(const std::optional<at::Tensor>& bias, int64_t width) {
  if (!bias || !bias->defined()) return;
  TORCH_CHECK_TYPE(bias->scalar_type() == at::kFloat, "bias: expected float32, got ", bias->scalar_type());
  TORCH_CHECK_VALUE(bias->dim() == 1 && bias->size(0) == width && bias->is_contiguous(), "bias: expected [", width, "], got ",
                    bias->sizes());
}

void checkForward(const at::Tensor& x, const at::Tensor& weight, const std::optional<at::Tensor>& bias) {
  checkRows(x, "x", at::kBFloat16);
  checkWeight(weight);
  TORCH_CHECK_VALUE(x.size(1) == weight.size(1), "expected x [N, C] and weight [O, C], got ", x.sizes(), " and ",
                    weight.sizes());
  checkBias(bias, weight.size(0));
}

/** x [N, C] weight' -> tiles of [N, O], handed to `take`. */
template <typename Take>
void forwardTiles(const at::Tensor& x, const at::Tensor& weight, const Take& take) {
  const int64_t C = x.size(1);
  const auto run = [&](const auto* w) {
    product::tiles(x.size(0), weight.size(0), C, halves(x), x.stride(0),
                   [&](int64_t k, int64_t depth, int64_t n, int64_t columns, BFloat16* out) {
                     pack::columns(w + n * C + k, C, depth, columns, out, product::panel);
                   },
                   take);
  };
  if (weight.scalar_type() == at::kFloat) run(floats(weight));
  else run(halves(weight));
}

/** x bf16 [N, C], weight [O, C], bias [O] -> bf16 [N, O], into `out`: rows any distance apart. */
void linearInto(at::Tensor& out, const at::Tensor& x, const at::Tensor& weight, const std::optional<at::Tensor>& bias) {
  checkForward(x, weight, bias);
  checkRows(out, "out", at::kBFloat16);
  TORCH_CHECK_VALUE(out.size(0) == x.size(0) && out.size(1) == weight.size(0), "out: expected [", x.size(0), ", ",
                    weight.size(0), "], got ", out.sizes());
  auto* y = static_cast<BFloat16*>(out.mutable_data_ptr());
  const float* b = floatsOrNone(bias);
  const int64_t ld = out.stride(0);
  forwardTiles(x, weight, [&](int64_t m, int64_t n, const finish::Tile& tile) {
    finish::round(tile, b ? b + n : nullptr, y + m * ld + n, ld);
  });
}

at::Tensor linear(const at::Tensor& x, const at::Tensor& weight, const std::optional<at::Tensor>& bias) {
  at::Tensor out = at::empty({x.size(0), weight.size(0)}, x.options());
  linearInto(out, x, weight, bias);
  return out;
}

/** residual float32 [N, O] + x weight' (+ bias) -> float32 [N, O]: the end of a branch, never rounded to bfloat16. */
at::Tensor linearAdd(const at::Tensor& residual, const at::Tensor& x, const at::Tensor& weight,
                     const std::optional<at::Tensor>& bias) {
  checkForward(x, weight, bias);
  checkRows(residual, "residual", at::kFloat);
  TORCH_CHECK_VALUE(residual.size(0) == x.size(0) && residual.size(1) == weight.size(0), "residual: expected [", x.size(0),
                    ", ", weight.size(0), "], got ", residual.sizes());
  at::Tensor out = at::empty(residual.sizes(), residual.options());
  auto* y = out.mutable_data_ptr<float>();
  const float* before = floats(residual);
  const float* b = floatsOrNone(bias);
  const int64_t O = weight.size(0);
  const int64_t ld = residual.stride(0);
  forwardTiles(x, weight, [&](int64_t m, int64_t n, const finish::Tile& tile) {
    finish::add(tile, b ? b + n : nullptr, before + m * ld + n, ld, y + m * O + n, O);
  });
  return out;
}

/** Packs rows k.. of weights that lie below each other: each weight [Oi, C] gives its part. */
void packStacked(at::TensorList weights, int64_t k, int64_t depth, int64_t n, int64_t columns, BFloat16* out) {
  int64_t begin = 0;
  for (const at::Tensor& weight : weights) {
    const int64_t C = weight.size(1);
    const int64_t from = std::max(k, begin);
    const int64_t to = std::min(k + depth, begin + weight.size(0));
    if (from < to) {
      const int64_t at = (from - begin) * C + n;
      BFloat16* place = out + (from - k) * product::panel;
      if (weight.scalar_type() == at::kFloat) pack::rows(floats(weight) + at, C, to - from, columns, place, product::panel);
      else pack::rows(halves(weight) + at, C, to - from, columns, place, product::panel);
    }
    begin += weight.size(0);
  }
}

/** gradient bf16 [N, O1 + O2 + ..] and weights [O1, C], [O2, C], .. of layers side by side -> bf16 [N, C]. */
at::Tensor inputGradient(const at::Tensor& gradient, at::TensorList weights) {
  checkRows(gradient, "gradient", at::kBFloat16);
  TORCH_CHECK_VALUE(!weights.empty(), "weights: expected one or more");
  const int64_t C = weights[0].dim() == 2 ? weights[0].size(1) : -1;
  int64_t O = 0;
  for (const at::Tensor& weight : weights) {
    checkWeight(weight);
    TORCH_CHECK_VALUE(weight.size(1) == C, "weights: expected [O, ", C, "], got ", weight.sizes());
    TORCH_CHECK_VALUE(O % 2 == 0, "weights: expected an even O of all but the last, got ", O);
    O += weight.size(0);
  }
  TORCH_CHECK_VALUE(gradient.size(1) == O, "expected gradient [N, ", O, "] for its weights, got ", gradient.sizes());
  at::Tensor out = at::empty({gradient.size(0), C}, gradient.options());
  auto* y = static_cast<BFloat16*>(out.mutable_data_ptr());
  product::tiles(gradient.size(0), C, O, halves(gradient), gradient.stride(0),
                 [&](int64_t k, int64_t depth, int64_t n, int64_t columns, BFloat16* packed) {
                   packStacked(weights, k, depth, n, columns, packed);
                 },
                 [&](int64_t m, int64_t n, const finish::Tile& tile) {
                   finish::round(tile, nullptr, y + m * C + n, C);
                 });
  return out;
}

/** gradient' bf16 [N, O] x bf16 [N, C] -> weight's gradient float32 [O, C], written or added; bias's [O] too. */
void weightGradient(at::Tensor& into, const std::optional<at::Tensor>& biasInto, const at::Tensor& gradient,
                    const at::Tensor& x, bool add) {
  checkRows(gradient, "gradient", at::kBFloat16);
  checkRows(x, "x", at::kBFloat16);
  checkWeight(into);
  const int64_t N = x.size(0);
  const int64_t O = gradient.size(1);
  const int64_t C = x.size(1);
  TORCH_CHECK_TYPE(into.scalar_type() == at::kFloat, "into: expected float32, got ", into.scalar_type());
  TORCH_CHECK_VALUE(gradient.size(0) == N && into.size(0) == O && into.size(1) == C,
                    "expected into [O, C], gradient [N, O] and x [N, C], got ", into.sizes(), ", ", gradient.sizes(), " and ",
                    x.sizes());
  checkBias(biasInto, O);
  const BFloat16* dy = halves(gradient);
  const BFloat16* rows = halves(x);
  const int64_t ldGradient = gradient.stride(0);
  const int64_t ldX = x.stride(0);
  product::sums(O, C, N,
                [&](int64_t m, int64_t height, int64_t k, int64_t depth, BFloat16* out) {
                  pack::transposed(dy + k * ldGradient + m, ldGradient, depth, height, out, roundUp(depth, 2));
                },
                [&](int64_t k, int64_t depth, int64_t n, int64_t columns, BFloat16* out) {
                  pack::rows(rows + k * ldX + n, ldX, depth, columns, out, product::panel);
                },
                into.mutable_data_ptr<float>(), C, add);
  if (!biasInto || !biasInto->defined()) return;
  auto* sums = static_cast<float*>(biasInto->mutable_data_ptr());
  at::parallel_for(0, (O + 63) / 64, 1, [&](int64_t begin, int64_t end) {
    sumColumns(bits(gradient) + 64 * begin, ldGradient, N, std::min(O, 64 * end) - 64 * begin, sums + 64 * begin, add);
  });
}

}  // namespace

TORCH_LIBRARY_FRAGMENT(inheritune, library) {
  library.def("linear(Tensor x, Tensor weight, Tensor? bias) -> Tensor", linear);
  library.def("linear_into(Tensor(a!) out, Tensor x, Tensor weight, Tensor? bias) -> ()", linearInto);
  library.def("linear_add(Tensor residual, Tensor x, Tensor weight, Tensor? bias) -> Tensor", linearAdd);
  library.def("linear_input_gradient(Tensor gradient, Tensor[] weights) -> Tensor", inputGradient);
  library.def("linear_weight_gradient(Tensor(a!) into, Tensor(b!)? bias_into, Tensor gradient, Tensor x, bool add) -> ()",
              weightGradient);
}
