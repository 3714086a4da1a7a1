// Linear layers for training: x W' (+ b) and its two gradients, straight from and to float32 weights; x and the gradients of
// activations in bfloat16 or float32.
//
// Reference: plain products in float64, in test/torch/linear-kernel.test.ts. Only where hasBfloat16Products(), or
// hasFloat32Products().

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
template <typename T>
INLINE void sumRows(const T* rows, int64_t ld, int64_t count, int64_t columns, float* out, bool add) {
  for (int64_t i = 0; i < columns; i += lanes) {
    Floats sum = add ? loadAt(out, i, columns) : Floats{};
    for (int64_t row = 0; row < count; ++row) sum += loadAt(rows + row * ld, i, columns);
    storeAt(sum, out, i, columns);
  }
}
INHERITUNE_CLONES void sumColumns(const float* rows, int64_t ld, int64_t count, int64_t columns, float* out, bool add) {
  sumRows(rows, ld, count, columns, out, add);
}
INHERITUNE_CLONES void sumColumnsOfHalves(const uint16_t* rows, int64_t ld, int64_t count, int64_t columns, float* out,
                                          bool add) {
  sumRows(rows, ld, count, columns, out, add);
}
void sumColumns(const BFloat16* rows, int64_t ld, int64_t count, int64_t columns, float* out, bool add) {
  sumColumnsOfHalves(reinterpret_cast<const uint16_t*>(rows), ld, count, columns, out, add);
}

template <typename E>
const E* numbers(const at::Tensor& x) {
  return static_cast<const E*>(x.const_data_ptr());
}
template <typename E>
E* mutableNumbers(const at::Tensor& x) {
  return static_cast<E*>(x.mutable_data_ptr());
}
const float* floatsOrNone(const std::optional<at::Tensor>& x) { return x && x->defined() ? numbers<float>(*x) : nullptr; }

/** Calls `body.operator()<E>()` with the type of the operands that are no weights. */
template <typename Body>
auto forOperands(const at::Tensor& x, Body body) {
  return x.scalar_type() == at::kFloat ? body.template operator()<float>() : body.template operator()<BFloat16>();
}

void checkRows(const at::Tensor& x, const char* name, at::ScalarType dtype) {
  TORCH_CHECK_TYPE(x.scalar_type() == dtype, name, ": expected ", dtype, ", got ", x.scalar_type());
  TORCH_CHECK_VALUE(x.dim() == 2 && (x.size(1) <= 1 || x.stride(1) == 1), name, ": expected rows [N, C], got ", x.sizes(),
                    " with strides ", x.strides());
}

/** Checks the operand whose type the product is in. */
void checkOperand(const at::Tensor& x, const char* name) {
  const bool exact = x.scalar_type() == at::kFloat;
  TORCH_CHECK_TYPE(exact || x.scalar_type() == at::kBFloat16, name, ": expected float32 or bfloat16, got ", x.scalar_type());
  checkRows(x, name, x.scalar_type());
  TORCH_CHECK_NOT_IMPLEMENTED(exact ? hasFloat32Products() : hasBfloat16Products(), "this CPU has no products of ours in ",
                              x.scalar_type());
}

/** Weights in float32; beside bfloat16 in bfloat16, too. */
void checkWeight(const at::Tensor& weight, const at::Tensor& x) {
  TORCH_CHECK_TYPE(weight.scalar_type() == at::kFloat || weight.scalar_type() == x.scalar_type(),
                   "weight: expected float32 or the type of its operand, ", x.scalar_type(), ", got ", weight.scalar_type());
  TORCH_CHECK_VALUE(weight.dim() == 2 && weight.is_contiguous(), "weight: expected contiguous [out, in], got ", weight.sizes());
}

void checkBias(const std::optional<at::Tensor>& bias, int64_t width) {
  if (!bias || !bias->defined()) return;
  TORCH_CHECK_TYPE(bias->scalar_type() == at::kFloat, "bias: expected float32, got ", bias->scalar_type());
  TORCH_CHECK_VALUE(bias->dim() == 1 && bias->size(0) == width && bias->is_contiguous(), "bias: expected [", width, "], got ",
                    bias->sizes());
}

void checkForward(const at::Tensor& x, const at::Tensor& weight, const std::optional<at::Tensor>& bias) {
  checkOperand(x, "x");
  checkWeight(weight, x);
  TORCH_CHECK_VALUE(x.size(1) == weight.size(1), "expected x [N, C] and weight [O, C], got ", x.sizes(), " and ",
                    weight.sizes());
  checkBias(bias, weight.size(0));
}

/** Calls `body` with the numbers of a weight beside operands of type E. */
template <typename E, typename Body>
void withWeight(const at::Tensor& weight, const Body& body) {
  if constexpr (std::is_same_v<E, BFloat16>)
    if (weight.scalar_type() == at::kBFloat16) return body(numbers<BFloat16>(weight));
  body(numbers<float>(weight));
}

/** x [N, C] weight' -> tiles of [N, O], handed to `take`. */
template <typename E, typename Take>
void forwardTiles(const at::Tensor& x, const at::Tensor& weight, const Take& take) {
  const int64_t C = x.size(1);
  withWeight<E>(weight, [&](const auto* w) {
    product::tiles(x.size(0), weight.size(0), C, numbers<E>(x), x.stride(0),
                   [&](int64_t k, int64_t depth, int64_t n, int64_t columns, E* out) {
                     pack::columns(w + n * C + k, C, depth, columns, out, product::panel);
                   },
                   take);
  });
}

/** x [N, C], weight [O, C], bias [O] -> [N, O] in the type of x, into `out`: rows any distance apart. */
void linearInto(at::Tensor& out, const at::Tensor& x, const at::Tensor& weight, const std::optional<at::Tensor>& bias) {
  checkForward(x, weight, bias);
  checkRows(out, "out", x.scalar_type());
  TORCH_CHECK_VALUE(out.size(0) == x.size(0) && out.size(1) == weight.size(0), "out: expected [", x.size(0), ", ",
                    weight.size(0), "], got ", out.sizes());
  const float* b = floatsOrNone(bias);
  const int64_t ld = out.stride(0);
  forOperands(x, [&]<typename E>() {
    auto* y = mutableNumbers<E>(out);
    forwardTiles<E>(x, weight, [&](int64_t m, int64_t n, const finish::Tile& tile) {
      finish::write(tile, b ? b + n : nullptr, y + m * ld + n, ld);
    });
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
  const auto* before = numbers<float>(residual);
  const float* b = floatsOrNone(bias);
  const int64_t O = weight.size(0);
  const int64_t ld = residual.stride(0);
  forOperands(x, [&]<typename E>() {
    forwardTiles<E>(x, weight, [&](int64_t m, int64_t n, const finish::Tile& tile) {
      finish::add(tile, b ? b + n : nullptr, before + m * ld + n, ld, y + m * O + n, O);
    });
  });
  return out;
}

/** Packs rows k.. of weights that lie below each other: each weight [Oi, C] gives its part. */
template <typename E>
void packStacked(at::TensorList weights, int64_t k, int64_t depth, int64_t n, int64_t columns, E* out) {
  int64_t begin = 0;
  for (const at::Tensor& weight : weights) {
    const int64_t C = weight.size(1);
    const int64_t from = std::max(k, begin);
    const int64_t to = std::min(k + depth, begin + weight.size(0));
    if (from < to)
      withWeight<E>(weight, [&](const auto* w) {
        pack::rows(w + (from - begin) * C + n, C, to - from, columns, out + (from - k) * product::panel, product::panel);
      });
    begin += weight.size(0);
  }
}

/** gradient [N, O1 + O2 + ..] and weights [O1, C], [O2, C], .. of layers side by side -> [N, C]. */
at::Tensor inputGradient(const at::Tensor& gradient, at::TensorList weights) {
  checkOperand(gradient, "gradient");
  TORCH_CHECK_VALUE(!weights.empty(), "weights: expected one or more");
  const int64_t C = weights[0].dim() == 2 ? weights[0].size(1) : -1;
  int64_t O = 0;
  for (const at::Tensor& weight : weights) {
    checkWeight(weight, gradient);
    TORCH_CHECK_VALUE(weight.size(1) == C, "weights: expected [O, ", C, "], got ", weight.sizes());
    TORCH_CHECK_VALUE(O % 2 == 0, "weights: expected an even O of all but the last, got ", O);
    O += weight.size(0);
  }
  TORCH_CHECK_VALUE(gradient.size(1) == O, "expected gradient [N, ", O, "] for its weights, got ", gradient.sizes());
  at::Tensor out = at::empty({gradient.size(0), C}, gradient.options());
  forOperands(gradient, [&]<typename E>() {
    auto* y = mutableNumbers<E>(out);
    product::tiles(gradient.size(0), C, O, numbers<E>(gradient), gradient.stride(0),
                   [&](int64_t k, int64_t depth, int64_t n, int64_t columns, E* packed) {
                     packStacked(weights, k, depth, n, columns, packed);
                   },
                   [&](int64_t m, int64_t n, const finish::Tile& tile) {
                     finish::write(tile, nullptr, y + m * C + n, C);
                   });
  });
  return out;
}

/** gradient' [N, O] x [N, C] -> weight's gradient float32 [O, C], written or added; bias's [O] too. */
void weightGradient(at::Tensor& into, const std::optional<at::Tensor>& biasInto, const at::Tensor& gradient,
                    const at::Tensor& x, bool add) {
  checkOperand(gradient, "gradient");
  checkRows(x, "x", gradient.scalar_type());
  checkWeight(into, gradient);
  const int64_t N = x.size(0);
  const int64_t O = gradient.size(1);
  const int64_t C = x.size(1);
  TORCH_CHECK_TYPE(into.scalar_type() == at::kFloat, "into: expected float32, got ", into.scalar_type());
  TORCH_CHECK_VALUE(gradient.size(0) == N && into.size(0) == O && into.size(1) == C,
                    "expected into [O, C], gradient [N, O] and x [N, C], got ", into.sizes(), ", ", gradient.sizes(), " and ",
                    x.sizes());
  checkBias(biasInto, O);
  const int64_t ldGradient = gradient.stride(0);
  const int64_t ldX = x.stride(0);
  forOperands(x, [&]<typename E>() {
    const auto* dy = numbers<E>(gradient);
    const auto* rows = numbers<E>(x);
    product::sums<E>(O, C, N,
                     [&](int64_t m, int64_t height, int64_t k, int64_t depth, E* out) {
                       const int64_t ld = roundUp(depth, product::together<E>);
                       pack::transposed(dy + k * ldGradient + m, ldGradient, depth, height, out, ld);
                     },
                     [&](int64_t k, int64_t depth, int64_t n, int64_t columns, E* out) {
                       pack::rows(rows + k * ldX + n, ldX, depth, columns, out, product::panel);
                     },
                     into.mutable_data_ptr<float>(), C, add);
    if (!biasInto || !biasInto->defined()) return;
    auto* sums = mutableNumbers<float>(*biasInto);
    at::parallel_for(0, (O + 63) / 64, 1, [&](int64_t begin, int64_t end) {
      sumColumns(dy + 64 * begin, ldGradient, N, std::min(O, 64 * end) - 64 * begin, sums + 64 * begin, add);
    });
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
