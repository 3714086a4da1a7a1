// The CPU allocator behind every tensor: freed blocks are kept and given out again. See allocator.cpp.
#pragma once

#include <cstddef>

/** Puts the caching allocator in libtorch's place. Once, before the first tensor. */
void installAllocator();

struct AllocatorStatistics {
  size_t inUse;      // bytes of large blocks that tensors hold
  size_t cached;     // bytes of large blocks that wait to be given out again
  size_t highWater;  // most bytes ever in use
};

AllocatorStatistics allocatorStatistics();

/** What it is, in words, for `inheritune doctor`. */
const char* allocatorName();
