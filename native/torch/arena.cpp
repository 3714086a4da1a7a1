// An arena of huge pages: best fit, free neighbours joined. Knows nothing of tensors.
//
// New pages are asked for where the last ones end, so that blocks of one phase of a step join into the blocks of the next.
// Pages go back to the kernel only when more are needed and what is held would pass the most that was ever in use by a sixth
// and `slack`: then those that were free longest. A training step asks for the same sizes each time and soon needs no more.

#include "arena.h"

#include <sys/mman.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <mutex>
#include <new>
#include <set>
#include <utility>

#include "forbidden.h"

namespace {

constexpr size_t grain = size_t{1} << 12;  // blocks are whole pages
constexpr size_t hugePage = size_t{2} << 20;
constexpr size_t slack = size_t{64} << 20;
constexpr size_t widestRoom = size_t{1} << 40;
constexpr size_t leastRoom = size_t{1} << 34;

struct Block {
  size_t bytes;
  uint64_t freedAt;  // 0 while in use
};

using Blocks = std::map<char*, Block>;

struct Arena {
  std::mutex mutex;
  Blocks blocks;                                   // all that is mapped, by address
  std::set<std::pair<size_t, char*>> freeBlocks;  // by size, then address
  char* end = nullptr;                             // where new pages would join the last ones
  uint64_t frees = 0;
  AllocatorStatistics statistics{0, 0, 0};
};

/** Never destroyed: tensors are freed until the very end of the process. */
Arena& arena() {
  alignas(Arena) static char storage[sizeof(Arena)];
  static Arena& only = *new (storage) Arena;
  return only;
}

size_t roundUp(size_t bytes, size_t step) { return (bytes + step - 1) / step * step; }

char* roundUp(char* address, size_t step) {
  return address + (roundUp(reinterpret_cast<uintptr_t>(address), step) - reinterpret_cast<uintptr_t>(address));
}

void* mapPages(void* at, size_t bytes, int protection, int flags) {
  void* memory = mmap(at, bytes, protection, MAP_PRIVATE | MAP_ANONYMOUS | flags, -1, 0);
  return memory == MAP_FAILED ? nullptr : memory;
}

/** An address that much room follows; nothing stays mapped there. nullptr where address space is limited. */
char* findRoom() {
  for (size_t bytes = widestRoom; bytes >= leastRoom; bytes /= 4) {
    void* room = mapPages(nullptr, bytes, PROT_NONE, MAP_NORESERVE);
    if (room == nullptr) continue;
    munmap(room, bytes);
    return roundUp(static_cast<char*>(room), hugePage);
  }
  return nullptr;
}

/** New pages at `wanted` and nowhere else. */
bool mapAt(char* wanted, size_t bytes) {
  void* memory = mapPages(wanted, bytes, PROT_READ | PROT_WRITE, 0);
  if (memory != nullptr && memory != wanted) munmap(memory, bytes);
  return memory == wanted;
}

/** New pages anywhere, aligned to huge ones; nullptr when the kernel has none. */
char* mapAnywhere(size_t bytes) {
  const size_t whole = bytes + hugePage;
  char* start = static_cast<char*>(mapPages(nullptr, whole, PROT_READ | PROT_WRITE, 0));
  if (start == nullptr) return nullptr;
  char* aligned = roundUp(start, hugePage);
  if (aligned > start) munmap(start, aligned - start);
  if (start + whole > aligned + bytes) munmap(aligned + bytes, start + whole - (aligned + bytes));
  return aligned;
}

bool isFree(const Block& block) { return block.freedAt != 0; }

Blocks::iterator forget(Arena& all, Blocks::iterator block) {
  all.freeBlocks.erase({block->second.bytes, block->first});
  return all.blocks.erase(block);
}

/** Adds a free block; one that touches free neighbours takes them in. */
void addFree(Arena& all, char* base, size_t bytes, uint64_t freedAt) {
  auto next = all.blocks.lower_bound(base);
  if (next != all.blocks.end() && isFree(next->second) && next->first == base + bytes) {
    bytes += next->second.bytes;
    freedAt = std::max(freedAt, next->second.freedAt);
    next = forget(all, next);
  }
  if (next != all.blocks.begin()) {
    const auto before = std::prev(next);
    if (isFree(before->second) && before->first + before->second.bytes == base) {
      base = before->first;
      bytes += before->second.bytes;
      freedAt = std::max(freedAt, before->second.freedAt);
      forget(all, before);
    }
  }
  all.blocks[base] = {bytes, freedAt};
  all.freeBlocks.insert({bytes, base});
}

/** Gives up to `wanted` bytes of the block that was free longest back to the kernel, in huge pages. False: there are none. */
bool release(Arena& all, size_t wanted) {
  auto oldest = all.blocks.end();
  char* from = nullptr;
  for (auto it = all.blocks.begin(); it != all.blocks.end(); ++it) {
    const auto& [base, block] = *it;
    if (!isFree(block) || (oldest != all.blocks.end() && block.freedAt >= oldest->second.freedAt)) continue;
    char* first = roundUp(base, hugePage);
    if (first + hugePage > base + block.bytes) continue;
    oldest = it;
    from = first;
  }
  if (oldest == all.blocks.end()) return false;
  const auto [base, block] = *oldest;
  char* end = base + block.bytes;
  char* to = from + (end - from) / hugePage * hugePage;
  if (static_cast<size_t>(to - from) > wanted) from = to - roundUp(wanted, hugePage);
  forget(all, oldest);
  allow(from, to - from);  // the kernel may give these addresses to others
  munmap(from, to - from);
  all.statistics.cached -= to - from;
  if (to == all.end) all.end = from;
  if (from > base) addFree(all, base, from - base, block.freedAt);
  if (end > to) addFree(all, to, end - to, block.freedAt);
  return true;
}

/** Maps pages until some free block holds `bytes`. False when the kernel has none. */
bool grow(Arena& all, size_t bytes) {
  if (all.end == nullptr) all.end = findRoom();
  size_t missing = bytes;
  const auto after = all.blocks.lower_bound(all.end);
  if (after != all.blocks.begin()) {
    const auto& [base, last] = *std::prev(after);
    if (isFree(last) && base + last.bytes == all.end) missing -= std::min(missing, last.bytes);
  }
  size_t mapped = roundUp(missing, hugePage);
  char* base = all.end;
  if (base == nullptr || !mapAt(base, mapped)) {
    mapped = roundUp(bytes, hugePage);
    base = mapAnywhere(mapped);
    if (base == nullptr) return false;
  }
#ifdef MADV_HUGEPAGE
  madvise(base, mapped, MADV_HUGEPAGE);
#endif
  forbid(base, mapped);
  all.end = base + mapped;
  all.statistics.cached += mapped;
  addFree(all, base, mapped, ++all.frees);
  return true;
}

}  // namespace

char* takeBlock(size_t wanted) {
  const size_t bytes = roundUp(wanted, grain);
  Arena& all = arena();
  const std::lock_guard<std::mutex> lock(all.mutex);
  AllocatorStatistics& statistics = all.statistics;
  auto fit = all.freeBlocks.lower_bound({bytes, nullptr});
  if (fit == all.freeBlocks.end()) {
    const size_t most = std::max(statistics.highWater, statistics.inUse + bytes);
    const size_t limit = most + most / 6 + slack;
    while (true) {
      const size_t held = statistics.inUse + statistics.cached + bytes;
      if (held <= limit || !release(all, held - limit)) break;
    }
    while (!grow(all, bytes))
      if (!release(all, SIZE_MAX / 2)) return nullptr;
    fit = all.freeBlocks.lower_bound({bytes, nullptr});
  }
  char* base = fit->second;
  const auto block = all.blocks.find(base);
  const auto [whole, freedAt] = block->second;
  all.freeBlocks.erase(fit);
  block->second = {bytes, 0};
  if (whole > bytes) addFree(all, base + bytes, whole - bytes, freedAt);
  statistics.cached -= bytes;
  statistics.inUse += bytes;
  statistics.highWater = std::max(statistics.highWater, statistics.inUse);
  allow(base, wanted);
  return base;
}

void giveBlock(char* base) {
  Arena& all = arena();
  const std::lock_guard<std::mutex> lock(all.mutex);
  const auto block = all.blocks.find(base);
  const size_t bytes = block->second.bytes;
  all.statistics.inUse -= bytes;
  all.statistics.cached += bytes;
  forbid(base, bytes);
  all.blocks.erase(block);
  addFree(all, base, bytes, ++all.frees);
}

AllocatorStatistics arenaStatistics() {
  const std::lock_guard<std::mutex> lock(arena().mutex);
  return arena().statistics;
}
