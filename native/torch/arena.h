// Large blocks of memory that are kept, joined with their free neighbours, and cut to size when asked for again. See arena.cpp.
#pragma once

#include <cstddef>

#include "allocator.h"

/** At least `bytes`, aligned to pages; nullptr when the kernel has no more. From any thread. */
char* takeBlock(size_t bytes);

/** Takes back what takeBlock gave. */
void giveBlock(char* block);

AllocatorStatistics arenaStatistics();
