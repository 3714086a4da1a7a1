// Short pieces by looking for the lowest rank again and again, long ones by a heap of pairs over a linked list.

#include "byte_pairs.h"

#include <algorithm>
#include <array>
#include <bit>
#include <functional>
#include <stdexcept>
#include <string>

namespace {

constexpr size_t shortPiece = 64;  // up to this many bytes, looking through all is faster than a heap
constexpr size_t slots = 1 << 16;  // of the table of pairs: more than there can be; GPT-2 takes three in four
constexpr uint64_t emptySlot = ~uint64_t{0};

constexpr size_t filterBits = 1 << 19;  // one in ten is set

size_t slotOf(uint32_t key) { return (key * 0x9e3779b1u) >> 16; }

size_t filterBitOf(uint32_t key) { return (key * 0x9e3779b1u) >> 13; }

[[noreturn]] void refuse(size_t token, const char* why) {
  throw std::invalid_argument("token " + std::to_string(token) + " " + why);
}

}  // namespace

BytePairs::BytePairs(std::span<const uint8_t> bytes, std::span<const uint32_t> ends)
    : bytes_(bytes.begin(), bytes.end()),
      ends_(ends.begin(), ends.end()),
      byteIds_(256, none),
      bytePairs_(1 << 16, none),
      pairs_(slots, emptySlot),
      filter_(filterBits / 64, 0) {
  if (ends.size() >= none) throw std::invalid_argument("expected fewer than 65535 tokens");
  for (size_t id = 0, start = 0; id < ends.size(); start = ends[id++]) {
    if (ends[id] <= start || ends[id] > bytes.size()) refuse(id, "is empty, or ends outside the bytes");
    if (ends[id] - start == 1) byteIds_[bytes_[start]] = static_cast<uint16_t>(id);
  }
  if (std::find(byteIds_.begin(), byteIds_.end(), none) != byteIds_.end())
    throw std::invalid_argument("expected a token for every byte");
  // Tokens come in the order of training: merged by the merges before it, each is the two parts it was made of.
  std::vector<uint16_t> parts;
  MergeScratch scratch;
  for (size_t id = 0; id < ends_.size(); id++) {
    const auto whole = token(id);
    if (whole.size() == 1) continue;
    parts.resize(whole.size());
    if (merge(whole.data(), whole.size(), parts.data(), scratch) != 2) refuse(id, "is not made of two earlier tokens");
    addPair(parts[0], parts[1], static_cast<uint16_t>(id));
  }
}

std::span<const uint8_t> BytePairs::token(size_t id) const {
  const size_t start = id == 0 ? 0 : ends_[id - 1];
  return {bytes_.data() + start, ends_[id] - start};
}

uint16_t BytePairs::pair(uint16_t left, uint16_t right) const {
  const uint32_t key = static_cast<uint32_t>(left) << 16 | right;
  const size_t bit = filterBitOf(key);
  if ((filter_[bit / 64] >> (bit % 64) & 1) == 0) return none;
  for (size_t slot = slotOf(key);; slot = (slot + 1) % slots) {
    const uint64_t entry = pairs_[slot];
    if (entry >> 16 == key) return static_cast<uint16_t>(entry);
    if (entry == emptySlot) return none;
  }
}

void BytePairs::addPair(uint16_t left, uint16_t right, uint16_t merged) {
  const uint32_t key = static_cast<uint32_t>(left) << 16 | right;
  size_t slot = slotOf(key);
  while (pairs_[slot] != emptySlot) slot = (slot + 1) % slots;
  pairs_[slot] = static_cast<uint64_t>(key) << 16 | merged;
  const size_t bit = filterBitOf(key);
  filter_[bit / 64] |= uint64_t{1} << (bit % 64);
  const auto [a, b] = std::array{token(left), token(right)};
  if (a.size() == 1 && b.size() == 1) bytePairs_[a[0] << 8 | b[0]] = merged;
}

size_t BytePairs::merge(const uint8_t* piece, size_t length, uint16_t* ids, MergeScratch& scratch) const {
  return length <= shortPiece ? mergeShort(piece, length, ids) : mergeLong(piece, length, ids, scratch);
}

// Symbols stay where they began; `alive` has a bit for each. A merged-away symbol's pair is `none`.
size_t BytePairs::mergeShort(const uint8_t* piece, size_t length, uint16_t* ids) const {
  std::array<uint16_t, shortPiece> symbols;
  std::array<uint32_t, shortPiece> pairs{};  // what a symbol and the next merge to, and where: the lowest is the next merge
  const auto at = [&](size_t i, uint16_t rank) { pairs[i] = static_cast<uint32_t>(rank) << 16 | static_cast<uint32_t>(i); };
  for (size_t i = 0; i < length; i++) symbols[i] = byteIds_[piece[i]];
  for (size_t i = 0; i + 1 < length; i++) at(i, bytePairs_[piece[i] << 8 | piece[i + 1]]);
  at(length - 1, none);
  uint64_t alive = length == 64 ? ~uint64_t{0} : (uint64_t{1} << length) - 1;
  for (;;) {
    uint32_t best = pairs[0];
    for (size_t i = 1; i < length; i++) best = std::min(best, pairs[i]);
    const auto rank = static_cast<uint16_t>(best >> 16);
    if (rank == none) break;
    const size_t left = best & 0xffff;
    const auto after = [&](size_t i) { return alive & (~uint64_t{1} << i); };  // those behind i; none behind the last
    const int right = std::countr_zero(after(left));
    symbols[left] = rank;
    at(static_cast<size_t>(right), none);
    alive &= ~(uint64_t{1} << right);
    const uint64_t behind = after(left), before = alive & ((uint64_t{1} << left) - 1);
    at(left, behind != 0 ? pair(rank, symbols[std::countr_zero(behind)]) : none);
    if (before != 0) {
      const auto previous = static_cast<size_t>(63 - std::countl_zero(before));
      at(previous, pair(symbols[previous], rank));
    }
  }
  size_t count = 0;
  for (; alive != 0; alive &= alive - 1) ids[count++] = symbols[std::countr_zero(alive)];
  return count;
}

size_t BytePairs::mergeLong(const uint8_t* piece, size_t length, uint16_t* ids, MergeScratch& scratch) const {
  const auto end = static_cast<uint32_t>(length);
  auto& [symbols, pairs, previous, next, heap] = scratch;
  symbols.resize(length);
  pairs.assign(length, none);
  previous.resize(length);
  next.resize(length);
  heap.clear();
  const auto keyOf = [](uint16_t rank, uint32_t place) { return static_cast<uint64_t>(rank) << 32 | place; };
  for (uint32_t i = 0; i < end; i++) {
    symbols[i] = byteIds_[piece[i]];
    previous[i] = i - 1;  // of the first: never looked at
    next[i] = i + 1;
    if (i + 1 < end) pairs[i] = bytePairs_[piece[i] << 8 | piece[i + 1]];
    if (pairs[i] != none) heap.push_back(keyOf(pairs[i], i));
  }
  std::make_heap(heap.begin(), heap.end(), std::greater<>());
  const auto propose = [&](uint32_t left) {
    pairs[left] = next[left] < end ? pair(symbols[left], symbols[next[left]]) : none;
    if (pairs[left] == none) return;
    heap.push_back(keyOf(pairs[left], left));
    std::push_heap(heap.begin(), heap.end(), std::greater<>());
  };
  while (!heap.empty()) {
    std::pop_heap(heap.begin(), heap.end(), std::greater<>());
    const auto left = static_cast<uint32_t>(heap.back());
    const auto rank = static_cast<uint16_t>(heap.back() >> 32);
    heap.pop_back();
    if (pairs[left] != rank) continue;  // merged away, or another pair by now
    const uint32_t right = next[left];
    symbols[left] = rank;
    pairs[right] = none;
    next[left] = next[right];
    if (next[right] < end) previous[next[right]] = left;
    if (left > 0) propose(previous[left]);
    propose(left);
  }
  size_t count = 0;
  for (uint32_t i = 0; i < end; i = next[i]) ids[count++] = symbols[i];
  return count;
}
