// Pieces found by the scanner, looked up in the cache, merged where they are not there.

#include "gpt2_encoder.h"

#include <algorithm>
#include <bit>
#include <cstdlib>

#include "utf8.h"

namespace {

constexpr size_t keptIds = size_t{32} << 20;    // an output buffer of up to 64 MB stays
constexpr size_t keptScratch = size_t{1} << 20;  // and memory of merging for pieces of up to so many bytes
constexpr size_t groupBytes = 512;               // of text whose pieces are looked up together
constexpr size_t slack = 16;                     // a cached entry is copied whole

}  // namespace

Gpt2Encoder::Gpt2Encoder(std::shared_ptr<const Gpt2Vocabulary> vocabulary)
    : vocabulary_(std::move(vocabulary)), classify_(asciiClassifiers().front().classify), ids_(nullptr, std::free) {
  // The tokens themselves are the most frequent pieces.
  for (size_t id = 0; id < vocabulary_->pairs.size(); id++) {
    const auto token = vocabulary_->pairs.token(id);
    const auto only = static_cast<uint16_t>(id);
    if (token.size() > PieceCache::longestPiece) continue;
    const ShortKey key = shortKey(token.data(), token.size(), token.data() + token.size());
    cache_.add(key, cache_.bucketOf(key), &only, 1);
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
  std::array<const uint8_t*, groupBytes + 2> starts;  // of the pieces in a group of blocks, and of the one after them
  starts[0] = text;
  for (size_t offset = 0; offset < size; offset += groupBytes) {
    size_t count = 1;
    const size_t end = std::min(offset + groupBytes, size);
    for (size_t block = offset; block < end; block += 64) {
      uint64_t bits = scanner.next();
      if (block == 0) bits &= bits - 1;  // the first piece is open already
      for (; bits != 0; bits &= bits - 1) starts[count++] = text + block + std::countr_zero(bits);
    }
    if (scanner.isBroken()) return false;
    if (end == size) starts[count++] = text + size;
    addPieces({starts.data(), count}, readable);
    cache_.growIfCrowded();
    starts[0] = starts[count - 1];  // goes on in the next group
  }
  return true;
}

// Pieces from each start to the one after it. Looked up in two passes, so that the table's memory is on its way.
void Gpt2Encoder::addPieces(std::span<const uint8_t* const> starts, const uint8_t* readable) {
  struct Wanted {
    ShortKey key;
    size_t bucket;
  };
  std::array<Wanted, groupBytes + 1> wanted;
  const size_t count = starts.size() - 1;
  for (size_t i = 0; i < count; i++) {
    const auto length = static_cast<size_t>(starts[i + 1] - starts[i]);
    if (length > PieceCache::longestPiece) [[unlikely]] continue;
    wanted[i].key = shortKey(starts[i], length, readable);
    wanted[i].bucket = cache_.bucketOf(wanted[i].key);
    cache_.prefetch(wanted[i].bucket);
  }
  uint16_t* target = ids_.get() + count_;
  for (size_t i = 0; i < count; i++) {
    const auto length = static_cast<size_t>(starts[i + 1] - starts[i]);
    if (length > PieceCache::longestPiece) [[unlikely]] {
      target += vocabulary_->pairs.merge(starts[i], length, target, scratch_);
      continue;
    }
    const auto& [key, bucket] = wanted[i];
    if (const ShortEntry* entry = cache_.find(key, bucket)) [[likely]] {
      std::memcpy(target, entry->ids.data(), 16);
      target += entry->count;
      continue;
    }
    const size_t made = vocabulary_->pairs.merge(starts[i], length, target, scratch_);
    cache_.add(key, bucket, target, made);
    target += made;
  }
  count_ = static_cast<size_t>(target - ids_.get());
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
