// What is forgotten is the second of a bucket's two entries: the first came early, and is frequent.

#include "piece_cache.h"

#include <algorithm>
#include <cstdlib>
#include <new>
#include <utility>

#ifdef __linux__
#include <sys/mman.h>
#endif

PieceCache::PieceCache() : entries_(emptyEntries(smallest)) {}

void PieceCache::add(const ShortKey& key, size_t bucket, const uint16_t* ids, size_t count) {
  ShortEntry* entries = entries_.get() + bucket;
  if (count > entries->ids.size()) return;
  ShortEntry& entry = entries[0].count == 0 ? entries[0] : entries[1];
  entry.key = key;
  std::copy(ids, ids + count, entry.ids.begin());
  entry.count = static_cast<uint16_t>(count);
  added_++;
}

// In huge pages where the system has them, for it is read at random.
PieceCache::Entries PieceCache::emptyEntries(size_t count) {
  constexpr size_t hugePage = 2 << 20;
  void* memory = std::aligned_alloc(hugePage, count * sizeof(ShortEntry));
  if (memory == nullptr) throw std::bad_alloc();
#ifdef __linux__
  madvise(memory, count * sizeof(ShortEntry), MADV_HUGEPAGE);
#endif
  std::memset(memory, 0, count * sizeof(ShortEntry));
  return {static_cast<ShortEntry*>(memory), std::free};
}

void PieceCache::grow() {
  Entries old = emptyEntries(largest);
  std::swap(old, entries_);
  const size_t oldSize = std::exchange(size_, largest);
  for (const size_t place : {0, 1}) {  // the frequent ones first
    for (size_t i = place; i < oldSize; i += 2)
      if (const auto& [key, ids, count] = old[i]; count > 0) add(key, bucketOf(key), ids.data(), count);
  }
}
