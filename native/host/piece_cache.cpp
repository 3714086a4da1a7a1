// The tables' memory, and what is forgotten: the second of a bucket's two entries, for the first came early and is frequent.

#include "piece_cache.h"

#include <algorithm>

#ifdef __linux__
#include <sys/mman.h>
#endif

namespace {

constexpr size_t hugePage = 2 << 20;

// Zeroed memory, in huge pages where the system has them: the tables are read at random.
void* zeroedPages(size_t bytes) {
  void* memory = std::aligned_alloc(hugePage, bytes);
  if (memory == nullptr) throw std::bad_alloc();
#ifdef __linux__
  madvise(memory, bytes, MADV_HUGEPAGE);
#endif
  std::memset(memory, 0, bytes);
  return memory;
}

}  // namespace

PieceCache::PieceCache() : short_(static_cast<ShortEntry*>(zeroedPages(shortEntries * sizeof(ShortEntry))), std::free) {}

void PieceCache::add(const ShortKey& key, const uint16_t* ids, size_t count) {
  if (count > std::size(ShortEntry{}.ids)) return;
  ShortEntry* bucket = short_.get() + bucketOf(key);
  ShortEntry& entry = bucket[0].count == 0 ? bucket[0] : bucket[1];
  entry.key = key;
  std::copy(ids, ids + count, entry.ids.begin());
  entry.count = static_cast<uint16_t>(count);
}
