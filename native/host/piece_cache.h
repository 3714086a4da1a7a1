// Pieces whose tokens are remembered: two tables of fixed size, by the bytes of the piece. Nearly every word of a text hits.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>

#include "byte_pairs.h"

/** A piece of up to 15 bytes and its length, in 16 bytes. */
struct ShortKey {
  uint64_t low;
  uint64_t high;

  bool operator==(const ShortKey&) const = default;
};

/** @param readable  where what may be read ends; the piece lies before it */
inline ShortKey shortKey(const uint8_t* piece, size_t length, const uint8_t* readable) {
  ShortKey key{0, 0};
  if (readable - piece >= 16) [[likely]] {
    std::memcpy(&key, piece, 16);
    const uint64_t lowBits = length >= 8 ? 64 : 8 * length, highBits = length > 8 ? 8 * (length - 8) : 0;
    key.low &= lowBits == 64 ? ~uint64_t{0} : (uint64_t{1} << lowBits) - 1;
    key.high &= (uint64_t{1} << highBits) - 1;
  } else {
    std::memcpy(&key, piece, length);
  }
  key.high |= static_cast<uint64_t>(length) << 56;
  return key;
}

/** Up to seven tokens of a piece. */
struct alignas(32) ShortEntry {
  ShortKey key{0, 0};  // all zero: empty
  std::array<uint16_t, 7> ids{};
  uint16_t count = 0;
};

class PieceCache {
 public:
  static constexpr size_t longestShort = 15;

  PieceCache();

  /** The entry of a piece, or nullptr. */
  const ShortEntry* find(const ShortKey& key) const {
    const ShortEntry* bucket = short_.get() + bucketOf(key);
    if (bucket[0].key == key) [[likely]] return bucket;
    return bucket[1].key == key ? bucket + 1 : nullptr;
  }

  /** Remembers the tokens of a piece, where they are few enough; another piece may be forgotten for it. */
  void add(const ShortKey& key, const uint16_t* ids, size_t count);

 private:
  static constexpr size_t shortEntries = size_t{1} << 20;  // 32 MB

  static size_t bucketOf(const ShortKey& key) {
    const auto product = static_cast<unsigned __int128>(key.low ^ 0x9e3779b97f4a7c15u) * (key.high ^ 0xd1b54a32d192ed03u);
    const uint64_t mixed = static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
    return (mixed & (shortEntries / 2 - 1)) * 2;
  }

  std::unique_ptr<ShortEntry[], void (*)(void*)> short_;
};
