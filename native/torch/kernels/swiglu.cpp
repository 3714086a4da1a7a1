// inheritune::swiglu and swiglu_backward_: silu(gate) * up, the activation of Llama's blocks, on the halves of one tensor.
//
// Rows may lie apart (row strides), so that the halves are views. The backward pass makes the activation again. Formulas:
// activations.h; reference: ATen in float64, in test/torch/activation-kernels.test.ts.

#include <ATen/Parallel.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/empty.h>
#include <torch/library.h>

#include "activations.h"
#include "elements.h"

namespace {

using namespace vectors;

template <typename T>
INLINE void activate(const T* gate, const T* up, T* activated, int64_t count) {
  forEachVector(count, [&](int64_t i, auto place) KERNEL_BODY {
    write(activations::siluOf(read(gate + i, place)) * read(up + i, place), activated + i, place);
  });
}

INHERITUNE_CLONES void forward(const float* gate, const float* up, float* activated, int64_t count) {
  activate(gate, up, activated, count);
}
INHERITUNE_CLONES void forward(const uint16_t* gate, const uint16_t* up, uint16_t* activated, int64_t count) {
  activate(gate, up, activated, count);
}
INHERITUNE_BFLOAT16 void forward(const Bfloat16* gate, const Bfloat16* up, Bfloat16* activated, int64_t count) {
  activate(gate, up, activated, count);
}

/** A row of all three, which the backward pass reads and writes. */
template <typename T>
struct Row {
  T* gradient;
  T* gate;
  T* up;
};

template <typename T>
INLINE void turnBack(const Row<T>& row, int64_t count) {
  forEachVector(count, [&](int64_t i, auto place) KERNEL_BODY {
    const Floats gradient = read(row.gradient + i, place);
    const Floats up = read(row.up + i, place);
    const activations::Activated silu = activations::siluWithSlope(read(row.gate + i, place));
    write(silu.value * up, row.gradient + i, place);
    write(gradient * silu.value, row.up + i, place);
    write(gradient * up * silu.slope, row.gate + i, place);
  });
}

INHERITUNE_CLONES void backward(const Row<float>& row, int64_t count) { turnBack(row, count); }
INHERITUNE_CLONES void backward(const Row<uint16_t>& row, int64_t count) { turnBack(row, count); }
INHERITUNE_BFLOAT16 void backward(const Row<Bfloat16>& row, int64_t count) { turnBack(row, count); }

void checkRows(const at::Tensor& rows, const char* name, const at::Tensor& gate) {
  TORCH_CHECK_VALUE(rows.dim() == 2, "expected ", name, " [N, F], got ", rows.sizes());
  elements::checkAlike(rows, name, gate, "gate");
  TORCH_CHECK_VALUE(rows.size(1) <= 1 || rows.stride(1) == 1, "expected ", name, " with last stride 1, got strides ",
                    rows.strides());
}

void checkWritten(const at::Tensor& rows, const char* name, const at::Tensor& gate) {
  checkRows(rows, name, gate);
  TORCH_CHECK_VALUE(rows.size(0) <= 1 || rows.stride(0) >= rows.size(1), "expected ", name,
                    " whose rows lie apart, got strides ", rows.strides());
}

/** gate, up [N, F] in bfloat16 or float32, any row stride -> silu(gate) * up [N, F]. */
at::Tensor swiglu(const at::Tensor& gate, const at::Tensor& up) {
  elements::checkActivation(gate, "gate");
  checkRows(gate, "gate", gate);
  checkRows(up, "up", gate);
  const int64_t width = gate.size(1);
  at::Tensor activated = at::empty(gate.sizes(), gate.options());
  elements::forType(gate.scalar_type(), [&]<typename T>() {
    const auto* gates = elements::from<T>(gate);
    const auto* ups = elements::from<T>(up);
    auto* to = elements::to<T>(activated);
    at::parallel_for(0, gate.size(0), elements::grainOfRows(width), [&](int64_t begin, int64_t end) {
      for (int64_t i = begin; i < end; ++i)
        forward(gates + i * gate.stride(0), ups + i * up.stride(0), to + i * width, width);
    });
  });
  return activated;
}

/** In place, [N, F] each: gate and up become their gradients, and the gradient of the activation the activation itself. */
void swigluBackward(at::Tensor& gradient, at::Tensor& gate, at::Tensor& up) {
  elements::checkActivation(gate, "gate");
  checkWritten(gate, "gate", gate);
  checkWritten(up, "up", gate);
  checkWritten(gradient, "gradient", gate);
  const int64_t width = gate.size(1);
  elements::forType(gate.scalar_type(), [&]<typename T>() {
    const Row<T> first = {elements::to<T>(gradient), elements::to<T>(gate), elements::to<T>(up)};
    at::parallel_for(0, gate.size(0), elements::grainOfRows(width), [&](int64_t begin, int64_t end) {
      for (int64_t i = begin; i < end; ++i)
        backward(Row<T>{first.gradient + i * gradient.stride(0), first.gate + i * gate.stride(0), first.up + i * up.stride(0)},
                 width);
    });
  });
}

}  // namespace

TORCH_LIBRARY_FRAGMENT(inheritune, library) {
  library.def("swiglu(Tensor gate, Tensor up) -> Tensor", swiglu);
  library.def("swiglu_backward_(Tensor(a!) gradient, Tensor(b!) gate, Tensor(c!) up) -> ()", swigluBackward);
}
