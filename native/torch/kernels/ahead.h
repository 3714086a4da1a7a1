// Fetches rows that are needed next into the cache, a few at a time, while the processor multiplies others.
//
// Rows of one head lie far apart (a joint tensor's width), where processors fetch nothing ahead by themselves.

#pragma once

#include <array>
#include <cstdint>
#include <type_traits>

struct Ahead {
  struct Run {
    const char* next = nullptr;
    int64_t stride = 0;
    int64_t rows = 0;
    int64_t bytes = 0;
    bool written = false;
  };
  std::array<Run, 8> runs{};
  int count = 0;
  int64_t rows = 0;
  int64_t pace = 0;  // rows of one step

  /** `number` rows of `width`, `stride` apart: to be read, or to be written where they are not const. */
  template <typename T>
  void add(T* data, int64_t stride, int64_t number, int64_t width) {
    const auto size = static_cast<int64_t>(sizeof(T));
    runs[count++] = {reinterpret_cast<const char*>(data), stride * size, number, width * size, !std::is_const_v<T>};
    rows += number;
  }

  /** To be called when all is added: how many steps there will be. */
  void spread(int64_t steps) { pace = (rows + steps - 1) / steps; }

  void step() {
    for (int64_t left = pace; left > 0 && count > 0; --left) {
      Run& run = runs[count - 1];
      for (int64_t byte = 0; byte < run.bytes; byte += 64)
        if (run.written) __builtin_prefetch(run.next + byte, 1, 2);
        else __builtin_prefetch(run.next + byte, 0, 2);
      run.next += run.stride;
      if (--run.rows == 0) --count;
    }
  }
};
