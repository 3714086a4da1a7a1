// inheritune::rotate_: rotary position embeddings in place, forwards and back. Reference: rotate of src/model/rotary.ts in
// float64, in test/torch/rotary-kernel.test.ts.

#include <ATen/MemoryOverlap.h>
#include <ATen/Parallel.h>
#include <ATen/core/Tensor.h>
#include <torch/library.h>

#include "elements.h"

namespace {

using namespace vectors;

/** Cosines and sines of one place [size]. */
struct Angles {
  const float* cos;
  const float* sin;
};

/** Turns the halves of `heads` vectors of channels; `back` by the transposed turn. */
template <bool back, typename T>
INLINE void turn(T* x, int64_t heads, int64_t stride, Angles angles, int64_t half) {
  for (int64_t head = 0; head < heads; ++head, x += stride)
    forEachVector(half, [&](int64_t i, auto place) KERNEL_BODY {
      const Floats a = read(x + i, place);
      const Floats b = read(x + half + i, place);
      const Floats cosA = read(angles.cos + i, place);
      const Floats cosB = read(angles.cos + half + i, place);
      const Floats sinA = read(angles.sin + i, place);
      const Floats sinB = read(angles.sin + half + i, place);
      if constexpr (back) {
        write(a * cosA + b * sinB, x + i, place);
        write(b * cosB - a * sinA, x + half + i, place);
      } else {
        write(a * cosA - b * sinA, x + i, place);
        write(b * cosB + a * sinB, x + half + i, place);
      }
    });
}

template <typename T>
INLINE void turn(T* x, int64_t heads, int64_t stride, Angles angles, int64_t half, bool back) {
  back ? turn<true>(x, heads, stride, angles, half) : turn<false>(x, heads, stride, angles, half);
}

INHERITUNE_CLONES void turnHeads(float* x, int64_t heads, int64_t stride, Angles angles, int64_t half, bool back) {
  turn(x, heads, stride, angles, half, back);
}
INHERITUNE_CLONES void turnHeads(uint16_t* x, int64_t heads, int64_t stride, Angles angles, int64_t half, bool back) {
  turn(x, heads, stride, angles, half, back);
}
INHERITUNE_BFLOAT16 void turnHeads(Bfloat16* x, int64_t heads, int64_t stride, Angles angles, int64_t half, bool back) {
  turn(x, heads, stride, angles, half, back);
}

void checkAngles(const at::Tensor& angles, const char* name, const at::Tensor& x) {
  TORCH_CHECK_VALUE(angles.dim() == 2 && angles.size(0) == x.size(1) && angles.size(1) % 2 == 0 && angles.size(1) <= x.size(3),
                    "expected ", name, " [T, size] for x ", x.sizes(), " with an even size of at most D, got ",
                    angles.sizes());
  TORCH_CHECK_TYPE(angles.scalar_type() == at::kFloat, "expected ", name, " in float32, got ", angles.scalar_type());
  TORCH_CHECK_VALUE(angles.device().is_cpu(), "expected ", name, " on the CPU, got ", angles.device());
  elements::checkContiguous(angles, name);
}

/** x [B, T, H, D] in bfloat16 or float32; the first `size` channels of each head turn by the angles [T, size] of its place. */
at::Tensor& rotateInPlace(at::Tensor& x, const at::Tensor& cos, const at::Tensor& sin, bool back) {
  TORCH_CHECK_VALUE(x.dim() == 4, "expected x [B, T, H, D], got ", x.sizes());
  elements::checkActivation(x, "x");
  TORCH_CHECK_VALUE(x.size(3) <= 1 || x.stride(3) == 1, "expected x with last stride 1, got strides ", x.strides());
  at::assert_no_internal_overlap(x);
  checkAngles(cos, "cos", x);
  elements::checkAlike(sin, "sin", cos, "cos");
  checkAngles(sin, "sin", x);
  const int64_t places = x.size(1);
  const int64_t heads = x.size(2);
  const int64_t size = cos.size(1);
  const auto* cosines = cos.const_data_ptr<float>();
  const auto* sines = sin.const_data_ptr<float>();
  elements::forType(x.scalar_type(), [&]<typename T>() {
    auto* data = elements::to<T>(x);
    at::parallel_for(0, x.size(0) * places, elements::grainOfRows(heads * size), [&](int64_t begin, int64_t end) {
      for (int64_t i = begin; i < end; ++i) {
        const int64_t place = i % places;
        turnHeads(data + i / places * x.stride(0) + place * x.stride(1), heads, x.stride(2),
                  {cosines + place * size, sines + place * size}, size / 2, back);
      }
    });
  });
  return x;
}

}  // namespace

TORCH_LIBRARY_FRAGMENT(inheritune, library) {
  library.def("rotate_(Tensor(a!) x, Tensor cos, Tensor sin, bool back) -> Tensor(a!)", rotateInPlace);
}
