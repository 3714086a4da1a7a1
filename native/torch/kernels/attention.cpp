// Checks, division of work and copies of causal attention. See attention.h.

#include "attention.h"

#include <array>
#include <cstring>

namespace attention {

void checkRows(const char* name, const at::Tensor& tensor, const Sizes& sizes, int64_t heads) {
  TORCH_CHECK_TYPE(tensor.scalar_type() == at::kBFloat16, "expected ", name, " in bfloat16, got ", tensor.scalar_type());
  TORCH_CHECK_VALUE(tensor.device().is_cpu(), "expected ", name, " on the CPU, got ", tensor.device());
  const std::array<int64_t, 4> wanted = {sizes.batches, sizes.positions, heads, sizes.width};
  TORCH_CHECK_VALUE(tensor.sizes() == at::IntArrayRef(wanted), "expected ", name, " ", at::IntArrayRef(wanted), ", got ",
                    tensor.sizes());
  TORCH_CHECK_VALUE(tensor.stride(3) == 1, "expected ", name, " with the last stride 1, got strides ", tensor.strides());
}

Sizes sizesOf(const at::Tensor& queries, const at::Tensor& keys, const at::Tensor& values, double scale) {
  TORCH_CHECK_VALUE(queries.dim() == 4 && keys.dim() == 4, "expected queries [B, T, H, D] and keys [B, T, K, D], got ",
                    queries.sizes(), " and ", keys.sizes());
  const Sizes sizes{queries.size(0), queries.size(1), queries.size(2), keys.size(2), queries.size(3)};
  TORCH_CHECK_VALUE(sizes.keyHeads > 0 && sizes.heads > 0 && sizes.heads % sizes.keyHeads == 0,
                    "expected heads in groups of equal size, got ", sizes.heads, " for ", sizes.keyHeads, " heads of keys");
  TORCH_CHECK_VALUE(sizes.batches > 0 && sizes.positions > 0, "expected at least one position, got queries ", queries.sizes());
  TORCH_CHECK_VALUE(sizes.width > 0 && sizes.width <= largestWidth && sizes.width % 2 == 0,
                    "expected an even width of heads up to ", largestWidth, ", got ", sizes.width);
  TORCH_CHECK_VALUE(scale > 0 && std::isfinite(scale), "expected a scale above 0, got ", scale);
  checkRows("queries", queries, sizes, sizes.heads);
  checkRows("keys", keys, sizes, sizes.keyHeads);
  checkRows("values", values, sizes, sizes.keyHeads);
  TORCH_CHECK_NOT_IMPLEMENTED(hasBfloat16Products(), "this CPU has no bfloat16 products");
  return sizes;
}

int64_t partsFor(int64_t heads, int64_t blocks) {
  const int64_t threads = at::in_parallel_region() ? 1 : at::get_num_threads();
  const auto waiting = [&](int64_t parts) {  // share of the threads' time without work, where all parts cost the same
    const int64_t items = heads * parts;
    return 1 - static_cast<double>(items) / static_cast<double>(roundUp(items, threads));
  };
  int64_t best = 1;
  for (int64_t parts = 1; parts <= blocks && waiting(best) > 0.1; ++parts)
    if (waiting(parts) < waiting(best)) best = parts;
  return best;
}

void copyRows(const Sizes& sizes, const BFloat16* from, int64_t stride, int64_t count, BFloat16* to) {
  const int64_t filled = sizes.filled();
  for (int64_t row = 0; row < count; ++row) {
    std::memcpy(to + row * filled, from + row * stride, sizes.width * sizeof(BFloat16));
    std::memset(to + row * filled + sizes.width, 0, (filled - sizes.width) * sizeof(BFloat16));
  }
  std::memset(to + count * filled, 0, (roundUp(count, block) - count) * filled * sizeof(BFloat16));
}

}  // namespace attention
