// What the two passes of causal attention share: sizes, where heads lie in memory, and how work is divided among threads.
//
// Scores are held turned over, [keys, queries]: then a query's softmax runs down a column, sixteen queries a vector, and what
// one product writes is what the next one reads. After FlashAttention-2 (arXiv:2307.08691), in brgemm's layouts.

#pragma once

#include <ATen/Parallel.h>
#include <ATen/core/Tensor.h>
#include <c10/util/BFloat16.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdint>
#include <vector>

#include "../forbidden.h"
#include "brgemm.h"

namespace attention {

using c10::BFloat16;

constexpr int64_t block = 64;        // keys, or queries, whose scores are left out together above the diagonal
constexpr int64_t half = 32;         // on the diagonal, so are those of its upper half's
constexpr int64_t largestWidth = 256;

struct Sizes {
  int64_t batches;
  int64_t positions;
  int64_t heads;
  int64_t keyHeads;
  int64_t width;

  int64_t group() const { return heads / keyHeads; }
  int64_t blocks() const { return (positions + block - 1) / block; }
  /** A head's width with zeros up to whole vectors. */
  int64_t filled() const { return roundUp(width, 16); }
  /** Whether heads are whole blocks of whole vectors already: then products read their rows where they lie. */
  bool isWhole() const { return positions % block == 0 && width % 16 == 0; }
};

/** [B, T, heads, D] with any strides but the last, which is 1. */
template <typename T>
struct Rows {
  T* data;
  int64_t batch;
  int64_t position;
  int64_t head;

  T* at(int64_t b, int64_t t, int64_t h) const { return data + b * batch + t * position + h * head; }
};

/** Sizes of queries [B, T, H, D], and keys and values [B, T, K, D]. */
Sizes sizesOf(const at::Tensor& queries, const at::Tensor& keys, const at::Tensor& values, double scale);

/** Checks one [B, T, heads, D] in bfloat16. */
void checkRows(const char* name, const at::Tensor& tensor, const Sizes& sizes, int64_t heads);

inline Rows<const BFloat16> rowsOf(const at::Tensor& tensor) {
  return {tensor.const_data_ptr<BFloat16>(), tensor.stride(0), tensor.stride(1), tensor.stride(2)};
}

inline Rows<BFloat16> mutableRowsOf(const at::Tensor& tensor) {
  return {tensor.mutable_data_ptr<BFloat16>(), tensor.stride(0), tensor.stride(1), tensor.stride(2)};
}

/** Where part `index` of `parts` begins in blocks of which block i costs i + 1: parts cost about the same. */
inline int64_t partStart(int64_t blocks, int64_t parts, int64_t index) {
  return std::llround(static_cast<double>(blocks) * std::sqrt(static_cast<double>(index) / static_cast<double>(parts)));
}

/** Into how many parts a head is divided so that no thread waits for long: one, where there are enough heads. */
int64_t partsFor(int64_t heads, int64_t blocks);

/**
 * Calls `body(i, soon)` for each i below `count`, on as many threads as there are; the next i goes to whoever is free.
 * `soon` is the one that this thread is likely to do next, or `count`.
 */
template <typename Body>
void forEachInParallel(int64_t count, const Body& body) {
  std::atomic<int64_t> next{0};
  const int64_t threads = std::min<int64_t>(count, at::in_parallel_region() ? 1 : at::get_num_threads());
  at::parallel_for(0, threads, 1, [&](int64_t begin, int64_t end) {
    if (begin == end) return;
    for (int64_t i = next++; i < count; i = next++) body(i, std::min(i + threads, count));
    releaseTiles();
  });
}

/** Memory for one item of work: pieces of it, each on a cache line of its own. A thread keeps it for its next item. */
class Scratch {
 public:
  template <typename T>
  void plan(T*& piece, int64_t count) {
    const int64_t bytes = count * static_cast<int64_t>(sizeof(T));
    pieces_.push_back({reinterpret_cast<void**>(&piece), size_, bytes});
    size_ += roundUp(bytes + static_cast<int64_t>(forbiddenGap), 64);
  }
  /** Sets the planned pointers. What is there is what the last item left. */
  void take() {
    static thread_local std::vector<char> memory;
    allow(memory.data(), memory.size());
    if (static_cast<int64_t>(memory.size()) < size_ + 64) memory.resize(size_ + 64);
    forbid(memory.data(), memory.size());
    char* start = reinterpret_cast<char*>(roundUp(reinterpret_cast<intptr_t>(memory.data()), 64));
    for (const auto& [piece, offset, bytes] : pieces_) {
      *piece = start + offset;
      allow(start + offset, bytes);
    }
  }

 private:
  struct Piece {
    void** piece;
    int64_t offset;
    int64_t bytes;
  };
  std::vector<Piece> pieces_;
  int64_t size_ = 0;
};

/** Copies `count` rows of a head, with zeros up to whole blocks and vectors: `filled()` apart. */
void copyRows(const Sizes& sizes, const BFloat16* from, int64_t stride, int64_t count, BFloat16* to);

}  // namespace attention
