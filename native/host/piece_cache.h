// Pieces whose tokens are remembered, by their bytes: a table of two entries a bucket, 4 MB at first and never above 32 MB.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>

/** A piece of up to 15 bytes and its length, in 16 bytes. */
struct ShortKey {
  uint64_t low;
  uint64_t high;

  bool operator==(const ShortKey&) const = default;
};

/** Ones where the bytes of a piece of each length are. */
inline constexpr std::array<ShortKey, 16> keyMasks = [] {
  std::array<ShortKey, 16> masks{};
  for (size_t length = 0; length < 16; length++) {
    masks[length].low = length >= 8 ? ~uint64_t{0} : (uint64_t{1} << (8 * length)) - 1;
    masks[length].high = length <= 8 ? 0 : (uint64_t{1} << (8 * (length - 8))) - 1;
  }
  return masks;
}();

/** @param readable  where what may be read ends; the piece lies before it */
inline ShortKey shortKey(const uint8_t* piece, size_t length, const uint8_t* readable) {
  ShortKey key{0, 0};
  if (readable - piece >= 16) [[likely]] {
    std::memcpy(&key, piece, 16);
    key.low &= keyMasks[length].low;
    key.high &= keyMasks[length].high;
  } else {
    std::memcpy(&key, piece, length);
  }
  key.high |= static_cast<uint64_t>(length) << 56;
  return key;
}

/** Up to seven tokens of a piece. */
struct alignas(32) ShortEntry {
  ShortKey key;                 // all zero: empty
  std::array<uint16_t, 7> ids;  // with `count`: 16 bytes, copied at once
  uint16_t count;
};

class PieceCache {
 public:
  static constexpr size_t longestPiece = 15;

  PieceCache();

  /** Where a piece belongs, until the next `growIfCrowded`. */
  size_t bucketOf(const ShortKey& key) const {
    const auto product = static_cast<unsigned __int128>(key.low ^ 0x9e3779b97f4a7c15u) * (key.high ^ 0xd1b54a32d192ed03u);
    return ((static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64)) & (size_ - 1)) & ~size_t{1};
  }

  void prefetch(size_t bucket) const { __builtin_prefetch(entries_.get() + bucket); }

  /** The entry of a piece, or nullptr. */
  const ShortEntry* find(const ShortKey& key, size_t bucket) const {
    const ShortEntry* entries = entries_.get() + bucket;
    if (entries[0].key == key) [[likely]] return entries;
    return entries[1].key == key ? entries + 1 : nullptr;
  }

  /** Remembers the tokens of a piece, where they are few enough; another piece may be forgotten for it. */
  void add(const ShortKey& key, size_t bucket, const uint16_t* ids, size_t count);

  /** Makes the table larger when much was added to it: a corpus wants it large, a prompt has no use for that. */
  void growIfCrowded() {
    if (added_ > size_ / 2 && size_ < largest) [[unlikely]] grow();
  }

 private:
  using Entries = std::unique_ptr<ShortEntry[], void (*)(void*)>;
  static constexpr size_t smallest = size_t{1} << 17;  // entries: 4 MB
  static constexpr size_t largest = size_t{1} << 20;

  static Entries emptyEntries(size_t count);
  void grow();

  size_t size_ = smallest;
  size_t added_ = 0;
  Entries entries_;
};
