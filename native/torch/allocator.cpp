// A caching CPU allocator: large blocks come from mmap in huge pages and are given out again, never faulted in anew.
//
// glibc gives big blocks back to the kernel at each free, and page faults then cost a third of a training step. Training
// asks for the same sizes every step, so blocks are kept by size. What is held never exceeds the most that was ever in use
// by more than a sixth and `slack`: past that, the blocks that were free longest go back to the kernel.

#include "allocator.h"

#include <c10/core/CPUAllocator.h>
#include <sys/mman.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <map>
#include <mutex>
#include <new>
#include <vector>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace {

constexpr size_t headerBytes = 64;             // keeps the data aligned for vector instructions
constexpr size_t largeBytes = size_t{1} << 20;  // from here on blocks are mapped and cached
constexpr size_t hugePage = size_t{2} << 20;
constexpr size_t slack = size_t{64} << 20;

/** In front of the data of every block. */
struct Header {
  size_t mapped;  // bytes of the mapping, or 0 for a small block from malloc
  void* small;    // what malloc gave, where it did
};

struct FreeBlock {
  char* base;
  uint64_t freedAt;
};

struct Pool {
  std::mutex mutex;
  std::map<size_t, std::vector<FreeBlock>> freeBlocks;  // by mapped size, longest free first; none empty
  AllocatorStatistics statistics{0, 0, 0};
  uint64_t frees = 0;
};

/** Never destroyed: tensors are freed until the very end of the process. */
Pool& pool() {
  alignas(Pool) static char storage[sizeof(Pool)];
  static Pool& only = *new (storage) Pool;
  return only;
}

size_t roundUp(size_t bytes, size_t step) { return (bytes + step - 1) / step * step; }

[[noreturn]] void outOfMemory(size_t bytes) {
  TORCH_CHECK(false, "CPU allocator: can't allocate memory: you tried to allocate ", bytes, " bytes");
}

/** New pages, aligned to huge ones. nullptr when the kernel has none. */
char* mapBlock(size_t bytes) {
  const size_t whole = bytes + hugePage;
  void* memory = mmap(nullptr, whole, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) return nullptr;
  char* start = static_cast<char*>(memory);
  char* aligned = reinterpret_cast<char*>(roundUp(reinterpret_cast<uintptr_t>(start), hugePage));
  if (aligned > start) munmap(start, aligned - start);
  if (start + whole > aligned + bytes) munmap(aligned + bytes, start + whole - (aligned + bytes));
#ifdef MADV_HUGEPAGE
  madvise(aligned, bytes, MADV_HUGEPAGE);
#endif
  return aligned;
}

/** Gives the block that was free longest back to the kernel. */
void evictOne(Pool& all) {
  auto oldest = all.freeBlocks.begin();
  for (auto it = all.freeBlocks.begin(); it != all.freeBlocks.end(); ++it)
    if (it->second.front().freedAt < oldest->second.front().freedAt) oldest = it;
  auto& [bytes, blocks] = *oldest;
  munmap(blocks.front().base, bytes);
  all.statistics.cached -= bytes;
  blocks.erase(blocks.begin());
  if (blocks.empty()) all.freeBlocks.erase(oldest);
}

/** The smallest free block that holds `bytes` and wastes at most half as much again; else new pages. */
char* takeLarge(size_t& bytes) {
  Pool& all = pool();
  const std::lock_guard<std::mutex> lock(all.mutex);
  AllocatorStatistics& statistics = all.statistics;
  char* base = nullptr;
  if (auto fit = all.freeBlocks.lower_bound(bytes); fit != all.freeBlocks.end() && fit->first <= bytes + bytes / 2) {
    bytes = fit->first;
    base = fit->second.back().base;
    fit->second.pop_back();
    if (fit->second.empty()) all.freeBlocks.erase(fit);
    statistics.cached -= bytes;
  } else {
    const size_t most = std::max(statistics.highWater, statistics.inUse + bytes);
    const size_t limit = most + most / 6 + slack;
    while (statistics.cached > 0 && statistics.inUse + statistics.cached + bytes > limit) evictOne(all);
    base = mapBlock(bytes);
    while (base == nullptr && statistics.cached > 0) {
      evictOne(all);
      base = mapBlock(bytes);
    }
    if (base == nullptr) outOfMemory(bytes);
  }
  statistics.inUse += bytes;
  statistics.highWater = std::max(statistics.highWater, statistics.inUse);
  return base;
}

void giveBack(void* data) {
  if (data == nullptr) return;
  char* base = static_cast<char*>(data) - headerBytes;
  const size_t bytes = reinterpret_cast<Header*>(base)->mapped;
  if (bytes == 0) {
    std::free(reinterpret_cast<Header*>(base)->small);
    return;
  }
  Pool& all = pool();
  const std::lock_guard<std::mutex> lock(all.mutex);
  all.statistics.inUse -= bytes;
  all.statistics.cached += bytes;
  all.freeBlocks[bytes].push_back({base, ++all.frees});
}

struct CachingAllocator final : c10::Allocator {
  c10::DataPtr allocate(size_t bytes) override {
    if (bytes == 0) return {nullptr, nullptr, &giveBack, at::Device(at::kCPU)};
    if (bytes > SIZE_MAX / 2) outOfMemory(bytes);
    const size_t wanted = bytes + headerBytes;
    size_t mapped = wanted < largeBytes ? 0 : roundUp(wanted, wanted < 16 * hugePage ? size_t{1} << 18 : hugePage);
    void* small = nullptr;
    char* base = nullptr;
    if (mapped > 0) {
      base = takeLarge(mapped);
    } else {
      // Not posix_memalign: glibc's wants more than it gives, so a block that came back never fits the next of its size.
      small = std::malloc(wanted + headerBytes);
      if (small == nullptr) outOfMemory(bytes);
      base = reinterpret_cast<char*>(roundUp(reinterpret_cast<uintptr_t>(small), headerBytes));
    }
    new (base) Header{mapped, small};
    char* data = base + headerBytes;
    return {data, data, &giveBack, at::Device(at::kCPU)};
  }

  c10::DeleterFnPtr raw_deleter() const override { return &giveBack; }

  void copy_data(void* target, const void* source, size_t bytes) const override { std::memcpy(target, source, bytes); }
};

CachingAllocator allocator;

}  // namespace

void installAllocator() {
  c10::SetCPUAllocator(&allocator, 1);
#ifdef __GLIBC__
  // For what libtorch takes from malloc itself, such as oneDNN's scratch memory.
  mallopt(M_MMAP_THRESHOLD, 1 << 30);
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
  mallopt(M_TOP_PAD, 64 << 20);
  mallopt(M_MXFAST, 0);  // freeing a large block would walk all small ones first
#endif
}

AllocatorStatistics allocatorStatistics() {
  const std::lock_guard<std::mutex> lock(pool().mutex);
  return pool().statistics;
}

const char* allocatorName() { return "caching: large blocks by size, in huge pages, held up to the high-water mark"; }
