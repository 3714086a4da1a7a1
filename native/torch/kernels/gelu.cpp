// inheritune::gelu and gelu_backward_: the activation of GPT-2's blocks. The backward pass makes the activation again.
//
// One visit to memory each. The formulas are in activations.h; reference: ATen in float64, in
// test/torch/activation-kernels.test.ts.

#include <ATen/Parallel.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/empty_like.h>
#include <torch/library.h>

#include "activations.h"
#include "elements.h"

namespace {

using namespace vectors;
using activations::Activated;

template <bool exact, typename T>
INLINE void activate(const T* pre, T* activated, int64_t count) {
  forEachVector(count, [&](int64_t i, auto place) KERNEL_BODY {
    write(activations::geluOf<exact>(read(pre + i, place)), activated + i, place);
  });
}

template <bool exact, typename T>
INLINE void turnBack(T* gradient, T* pre, int64_t count) {
  forEachVector(count, [&](int64_t i, auto place) KERNEL_BODY {
    const Activated at = activations::geluWithSlope<exact>(read(pre + i, place));
    write(at.value, pre + i, place);
    write(at.slope * read(gradient + i, place), gradient + i, place);
  });
}

template <typename T>
INLINE void activate(const T* pre, T* activated, int64_t count, bool exact) {
  exact ? activate<true>(pre, activated, count) : activate<false>(pre, activated, count);
}

template <typename T>
INLINE void turnBack(T* gradient, T* pre, int64_t count, bool exact) {
  exact ? turnBack<true>(gradient, pre, count) : turnBack<false>(gradient, pre, count);
}

INHERITUNE_CLONES void forward(const float* pre, float* activated, int64_t count, bool exact) {
  activate(pre, activated, count, exact);
}
INHERITUNE_CLONES void forward(const uint16_t* pre, uint16_t* activated, int64_t count, bool exact) {
  activate(pre, activated, count, exact);
}
INHERITUNE_BFLOAT16 void forward(const Bfloat16* pre, Bfloat16* activated, int64_t count, bool exact) {
  activate(pre, activated, count, exact);
}

INHERITUNE_CLONES void backward(float* gradient, float* pre, int64_t count, bool exact) {
  turnBack(gradient, pre, count, exact);
}
INHERITUNE_CLONES void backward(uint16_t* gradient, uint16_t* pre, int64_t count, bool exact) {
  turnBack(gradient, pre, count, exact);
}
INHERITUNE_BFLOAT16 void backward(Bfloat16* gradient, Bfloat16* pre, int64_t count, bool exact) {
  turnBack(gradient, pre, count, exact);
}

/** Calls `body(start, count)` for stretches that begin at whole vectors, so that threads do not change what is computed. */
template <typename Body>
void forStretches(int64_t count, Body body) {
  constexpr int64_t unit = 1024;
  at::parallel_for(0, (count + unit - 1) / unit, elements::grain / unit, [&](int64_t begin, int64_t end) {
    body(begin * unit, std::min(end * unit, count) - begin * unit);
  });
}

/** pre [..] in bfloat16 or float32 -> its activation. `exact` by erf, else by tanh. */
at::Tensor gelu(const at::Tensor& pre, bool exact) {
  elements::checkActivation(pre, "pre");
  elements::checkContiguous(pre, "pre");
  at::Tensor activated = at::empty_like(pre);
  elements::forType(pre.scalar_type(), [&]<typename T>() {
    const auto* from = elements::from<T>(pre);
    auto* to = elements::to<T>(activated);
    forStretches(pre.numel(), [&](int64_t start, int64_t count) { forward(from + start, to + start, count, exact); });
  });
  return activated;
}

/** In place: the gradient of the activation becomes that of `pre`, and `pre` the activation. */
void geluBackward(at::Tensor& gradient, at::Tensor& pre, bool exact) {
  elements::checkActivation(pre, "pre");
  elements::checkAlike(gradient, "gradient", pre, "pre");
  elements::checkContiguous(pre, "pre");
  elements::checkContiguous(gradient, "gradient");
  elements::forType(pre.scalar_type(), [&]<typename T>() {
    auto* slopes = elements::to<T>(gradient);
    auto* values = elements::to<T>(pre);
    forStretches(pre.numel(),
                 [&](int64_t start, int64_t count) { backward(slopes + start, values + start, count, exact); });
  });
}

}  // namespace

TORCH_LIBRARY_FRAGMENT(inheritune, library) {
  library.def("gelu(Tensor pre, bool exact) -> Tensor", gelu);
  library.def("gelu_backward_(Tensor(a!) gradient, Tensor(b!) pre, bool exact) -> ()", geluBackward);
}
