// What row kernels ask of their tensors, and the choice of their version for float32, or for bfloat16 with and without
// rounding by the CPU.

#pragma once

#include <ATen/core/Tensor.h>

#include <algorithm>
#include <cstdint>

#include "vectors.h"

namespace elements {

/** Elements that a thread should have at least, so that waking it pays. A multiple of the lanes. */
constexpr int64_t grain = 16384;

inline int64_t grainOfRows(int64_t width) { return std::max<int64_t>(1, grain / std::max<int64_t>(1, width)); }

/** Calls `body.operator()<T>()` with the type that the kernel's version for `type` works on. */
template <typename Body>
void forType(at::ScalarType type, Body body) {
  if (type == at::kFloat) return body.template operator()<float>();
  if (vectors::roundsInHardware()) return body.template operator()<vectors::Bfloat16>();
  body.template operator()<uint16_t>();
}

template <typename T>
const T* from(const at::Tensor& tensor) {
  return static_cast<const T*>(tensor.const_data_ptr());
}

template <typename T>
T* to(const at::Tensor& tensor) {
  return static_cast<T*>(tensor.mutable_data_ptr());
}

inline void checkType(at::ScalarType type, const char* name) {
  TORCH_CHECK_TYPE(type == at::kBFloat16 || type == at::kFloat, "expected ", name, " in bfloat16 or float32, got ", type);
}

inline void checkActivation(const at::Tensor& tensor, const char* name) {
  checkType(tensor.scalar_type(), name);
  TORCH_CHECK_VALUE(tensor.device().is_cpu(), "expected ", name, " on the CPU, got ", tensor.device());
}

/** Refuses a tensor that is not as its neighbour: the same shape and type. */
inline void checkAlike(const at::Tensor& tensor, const char* name, const at::Tensor& other, const char* otherName) {
  TORCH_CHECK_VALUE(tensor.sizes() == other.sizes(), "expected ", name, " of the shape of ", otherName, ", ", other.sizes(),
                    ", got ", tensor.sizes());
  TORCH_CHECK_TYPE(tensor.scalar_type() == other.scalar_type(), "expected ", name, " in the type of ", otherName, ", ",
                   other.scalar_type(), ", got ", tensor.scalar_type());
  TORCH_CHECK_VALUE(tensor.device().is_cpu(), "expected ", name, " on the CPU, got ", tensor.device());
}

inline void checkContiguous(const at::Tensor& tensor, const char* name) {
  TORCH_CHECK_VALUE(tensor.is_contiguous(), "expected contiguous ", name, ", got strides ", tensor.strides());
}

/** Refuses what is no float32 [N, C] in one piece. */
inline void checkStream(const at::Tensor& x, const char* name) {
  TORCH_CHECK_VALUE(x.dim() == 2 && x.size(1) > 0, "expected ", name, " [N, C], got ", x.sizes());
  TORCH_CHECK_TYPE(x.scalar_type() == at::kFloat, "expected ", name, " in float32, got ", x.scalar_type());
  TORCH_CHECK_VALUE(x.device().is_cpu(), "expected ", name, " on the CPU, got ", x.device());
  checkContiguous(x, name);
}

/** Refuses what is no float32 [C]. */
inline void checkColumns(const at::Tensor& columns, const char* name, int64_t width) {
  TORCH_CHECK_VALUE(columns.dim() == 1 && columns.size(0) == width, "expected ", name, " [", width, "], got ", columns.sizes());
  TORCH_CHECK_TYPE(columns.scalar_type() == at::kFloat, "expected ", name, " in float32, got ", columns.scalar_type());
  TORCH_CHECK_VALUE(columns.device().is_cpu(), "expected ", name, " on the CPU, got ", columns.device());
  checkContiguous(columns, name);
}

}  // namespace elements
