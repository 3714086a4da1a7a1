// Pieces found by the scanner, looked up in the cache, merged where they are not there.

#include "gpt2_encoder.h"

#include <algorithm>
#include <bit>
#include <cstdlib>

#include "utf8.h"

namespace {

constexpr size_t keptIds = size_t{32} << 20;    // an output buffer of up to 64 MB stays
constexpr size_t keptScratch = size_t{1} << 20;  // and memory of merging for pieces of up to so many bytes
constexpr size_t slack = 16;                     // a cached entry is copied whole

}  // namespace

Gpt2Encoder::Gpt2Encoder(std::shared_ptr<const Gpt2Vocabulary> vocabulary, AsciiClassifier classify)
    : vocabulary_(std::move(vocabulary)), classify_(classify), ids_(nullptr, std::free) {
  // The tokens themselves are the most frequent pieces.
  for (size_t id = 0; id < vocabulary_->pairs.size(); id++) {
    const auto token = vocabulary_->pairs.token(id);
    const auto only = static_cast<uint16_t>(id);
    if (token.size() <= PieceCache::longestShort)
      cache_.add(shortKey(token.data(), token.size(), token.data() + token.size()), &only, 1);
  }
}

std::span<const uint16_t> Gpt2Encoder::encode(std::span<const uint8_t> bytes, std::span<const uint32_t> ends,
                                              Separators separators, std::span<uint32_t> idEnds) {
  count_ = 0;
  reserve(bytes.size() + 2 * ends.size());
  const uint8_t* readable = bytes.data() + bytes.size();
  size_t start = 0;
  for (size_t i = 0; i < ends.size(); start = ends[i++]) {
    const uint8_t* text = bytes.data() + start;
    const size_t size = ends[i] - start;
    if (separators.before) ids_[count_++] = *separators.before;
    const size_t first = count_;
    if (!encodeText(text, size, readable)) {
      const std::vector<uint8_t> mended = withReplacements(text, size);
      count_ = first;
      reserve(mended.size() + (bytes.size() - ends[i]) + 2 * (ends.size() - i));
      encodeText(mended.data(), mended.size(), mended.data() + mended.size());
    }
    if (separators.after) ids_[count_++] = *separators.after;
    idEnds[i] = static_cast<uint32_t>(count_);
  }
  return {ids_.get(), count_};
}

void Gpt2Encoder::shrink() {
  if (capacity_ > keptIds) {
    ids_.reset();
    capacity_ = 0;
  }
  if (scratch_.ids.capacity() > keptScratch) scratch_ = MergeScratch{};
}

// Returns false where something is no UTF-8; the ids added until then are to be taken back.
bool Gpt2Encoder::encodeText(const uint8_t* text, size_t size, const uint8_t* readable) {
  if (size == 0) return true;
  PieceScanner scanner(vocabulary_->classes, classify_, text, size);
  const uint8_t* open = text;
  for (size_t offset = 0; offset < size; offset += 64) {
    uint64_t starts = scanner.next();
    if (scanner.isBroken()) return false;
    if (offset == 0) starts &= starts - 1;  // the first piece is open already
    for (; starts != 0; starts &= starts - 1) {
      const uint8_t* start = text + offset + std::countr_zero(starts);
      addPiece(open, static_cast<size_t>(start - open), readable);
      open = start;
    }
  }
  addPiece(open, static_cast<size_t>(text + size - open), readable);
  return true;
}

void Gpt2Encoder::addPiece(const uint8_t* piece, size_t length, const uint8_t* readable) {
  uint16_t* target = ids_.get() + count_;
  if (length > PieceCache::longestShort) [[unlikely]] {
    count_ += vocabulary_->pairs.merge(piece, length, target, scratch_);
    return;
  }
  const ShortKey key = shortKey(piece, length, readable);
  if (const ShortEntry* entry = cache_.find(key)) [[likely]] {
    std::memcpy(target, entry->ids.data(), 16);
    count_ += entry->count;
    return;
  }
  const size_t count = vocabulary_->pairs.merge(piece, length, target, scratch_);
  cache_.add(key, target, count);
  count_ += count;
}

// Room for `more` ids behind those there are.
void Gpt2Encoder::reserve(size_t more) {
  const size_t needed = count_ + more + slack;
  if (needed <= capacity_) return;
  void* larger = std::realloc(ids_.get(), needed * sizeof(uint16_t));
  if (larger == nullptr) throw std::bad_alloc();
  static_cast<void>(ids_.release());
  ids_.reset(static_cast<uint16_t*>(larger));
  capacity_ = needed;
}
