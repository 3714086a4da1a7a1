// One large product in bfloat16 or float32, divided among the threads in rectangles of the result, each walked in tiles that stay in L2.
//
// A thread packs a group of columns of B, and passes blocks of rows of A over it. What is done with a finished block (rounded,
// activated, added) happens while it is in the cache. A result does not depend on the number of threads: each number is
// summed by one thread, in the order of k.

#pragma once

#include <ATen/Parallel.h>

#include <algorithm>
#include <type_traits>
#include <vector>

#include "../forbidden.h"
#include "brgemm.h"
#include "finish.h"

namespace product {

constexpr int64_t panel = 64;        // columns of one small product: two AMX tiles, four vectors
constexpr int64_t blockRows = 64;    // rows of one: A's block and the sums stay in L2
constexpr int64_t depthBytes = 2048;  // of a row summed at once, where a product is deeper
constexpr int64_t groupBytes = int64_t{512} << 10;  // of packed B: a quarter to a half of L2

/** Numbers that lie side by side along k where B is packed: bfloat16 comes in pairs. */
template <typename E>
constexpr int64_t together = std::is_same_v<E, c10::BFloat16> ? 2 : 1;

struct Range {
  int64_t begin;
  int64_t end;
};

/** Part `index` of `parts` of `count` things, in whole multiples of `step`. */
inline Range share(int64_t count, int64_t step, int64_t parts, int64_t index) {
  const int64_t steps = (count + step - 1) / step;
  return {std::min(count, steps * index / parts * step), std::min(count, steps * (index + 1) / parts * step)};
}

constexpr int64_t packing = 64;  // to pack one number costs about as much as to multiply it with this many

/**
 * How many parts of the rows and of the columns `threads` take, so that the slowest is done soonest. Whoever shares columns
 * with others packs the same part of B as they do, and the same of A who shares rows.
 */
inline std::pair<int64_t, int64_t> divide(int64_t M, int64_t N, int64_t threads, bool packsA) {
  std::pair<int64_t, int64_t> best{1, threads};
  int64_t least = INT64_MAX;
  for (int64_t rows = 1; rows <= threads; ++rows) {
    if (threads % rows != 0) continue;
    const int64_t columns = threads / rows;
    const int64_t height = ((M + blockRows - 1) / blockRows + rows - 1) / rows * blockRows;
    const int64_t width = ((N + panel - 1) / panel + columns - 1) / columns * panel;
    const int64_t work = height * width + packing * (width + (packsA ? height : 0));
    if (work < least) {
      least = work;
      best = {rows, columns};
    }
  }
  return best;
}

/** Runs `body(rows, columns)` for each thread's rectangle of an M x N result; B is packed by whoever needs it, A too or not. */
template <typename Body>
void overRectangles(int64_t M, int64_t N, bool packsA, const Body& body) {
  const int64_t threads = at::in_parallel_region() ? 1 : at::get_num_threads();
  const auto [down, across] = divide(M, N, threads, packsA);
  at::parallel_for(0, down * across, 1, [&, down = down, across = across](int64_t begin, int64_t end) {
    for (int64_t part = begin; part < end; ++part) {
      const Range rows = share(M, blockRows, down, part / across);
      const Range columns = share(N, panel, across, part % across);
      if (rows.begin < rows.end && columns.begin < columns.end) body(rows, columns);
    }
    releaseTiles();
  });
}

/** Memory of one thread for packed operands and sums; kept between products, aligned to cache lines. */
template <typename T>
T* scratch(std::vector<char>& memory, size_t count) {
  allow(memory.data(), memory.size());
  if (memory.size() < count * sizeof(T) + 64) memory.resize(count * sizeof(T) + 64);
  const auto address = reinterpret_cast<uintptr_t>(memory.data());
  auto* start = reinterpret_cast<T*>((address + 63) / 64 * 64);
  forbid(start + count, memory.data() + memory.size() - reinterpret_cast<char*>(start + count));
  return start;
}

struct Scratch {
  std::vector<char> a;
  std::vector<char> b;
  std::vector<char> sums;
};

inline Scratch& threadScratch() {
  static thread_local Scratch memory;
  return memory;
}

/** How much of k is summed at once. */
template <typename E>
int64_t depthOf(int64_t K) {
  return std::min<int64_t>(roundUp(K, together<E>), depthBytes / sizeof(E));
}

/** Columns of B that are packed at once, for `depth` of k. */
template <typename E>
int64_t groupColumns(int64_t depth) {
  return std::clamp<int64_t>(groupBytes / (sizeof(E) * depth) / panel * panel, panel, 4 * panel);
}

/** A copy of rows of an odd length, each with a zero behind it. */
template <typename E>
const E* padRows(const E* rows, int64_t ld, int64_t count, int64_t length, std::vector<char>& memory) {
  auto* padded = scratch<E>(memory, count * (length + 1));
  for (int64_t row = 0; row < count; ++row) {
    std::copy_n(rows + row * ld, length, padded + row * (length + 1));
    padded[row * (length + 1) + length] = 0.0f;
  }
  return padded;
}

/**
 * A [M, K] B [K, N], tile by tile; A is rows.
 *
 * @param packB   (k, depth, n, columns, out): packs B[k..][n..], at most `panel` columns, `panel` apart; an odd depth is
 *                filled up with zeros where E comes in pairs
 * @param take    (m, n, tile): takes up the finished sums of rows m.. and columns n..
 */
template <typename E, typename PackB, typename Take>
void tiles(int64_t M, int64_t N, int64_t K, const E* a, int64_t lda, const PackB& packB, const Take& take) {
  const int64_t depth = depthOf<E>(K);
  const int64_t group = groupColumns<E>(depth);
  overRectangles(M, N, false, [&](Range rows, Range columns) {
    Scratch& memory = threadScratch();
    auto* packed = scratch<E>(memory.b, group * depth);
    const bool once = depth >= K;  // sums of one panel, which stay in L1; else of all rows, while k goes on
    const int64_t ldSums = once ? panel : group;
    float* sums = scratch<float>(memory.sums, once ? blockRows * panel : (rows.end - rows.begin) * group);
    for (int64_t n = columns.begin; n < columns.end; n += group) {
      const int64_t width = std::min(group, columns.end - n);
      for (int64_t k = 0; k < K; k += depth) {
        const int64_t deep = std::min(depth, K - k);
        const int64_t even = roundUp(deep, together<E>);
        for (int64_t p = 0; p < width; p += panel) packB(k, deep, n + p, std::min(panel, width - p), packed + p * even);
        for (int64_t m = rows.begin; m < rows.end; m += blockRows) {
          const int64_t height = std::min(blockRows, rows.end - m);
          const E* left = a + m * lda + k;
          const bool odd = even != deep;
          if (odd) left = padRows(left, lda, height, deep, memory.a);
          for (int64_t p = 0; p < width; p += panel) {
            const int64_t count = std::min(panel, width - p);
            float* block = once ? sums : sums + (m - rows.begin) * group + p;
            multiply(height, count, even, left, odd ? even : lda, packed + p * even, panel, block, ldSums, k > 0);
            if (k + deep == K) take(m, n + p, finish::Tile{block, ldSums, height, count});
          }
        }
      }
    }
  });
}

/**
 * C [M, N] (+)= A [M, K] B [K, N] in float32, where both operands are packed as they are needed.
 *
 * @param packA  (m, rows, k, depth, out): rows m.. of A, `depth` filled up as in `tiles`
 * @param packB  as in `tiles`
 */
template <typename E, typename PackA, typename PackB>
void sums(int64_t M, int64_t N, int64_t K, const PackA& packA, const PackB& packB, float* c, int64_t ldc, bool add) {
  const int64_t depth = depthOf<E>(K);
  const int64_t group = groupColumns<E>(depth);
  overRectangles(M, N, true, [&](Range rows, Range columns) {
    Scratch& memory = threadScratch();
    auto* packed = scratch<E>(memory.b, group * depth);
    auto* left = scratch<E>(memory.a, blockRows * depth);
    for (int64_t n = columns.begin; n < columns.end; n += group) {
      const int64_t width = std::min(group, columns.end - n);
      for (int64_t k = 0; k < K; k += depth) {
        const int64_t deep = std::min(depth, K - k);
        const int64_t even = roundUp(deep, together<E>);
        for (int64_t p = 0; p < width; p += panel) packB(k, deep, n + p, std::min(panel, width - p), packed + p * even);
        for (int64_t m = rows.begin; m < rows.end; m += blockRows) {
          const int64_t height = std::min(blockRows, rows.end - m);
          packA(m, height, k, deep, left);
          for (int64_t p = 0; p < width; p += panel)
            multiply(height, std::min(panel, width - p), even, left, even, packed + p * even, panel, c + m * ldc + n + p, ldc,
                     add || k > 0);
        }
      }
    }
  });
}

}  // namespace product
