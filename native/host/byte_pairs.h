// Byte-pair encoding as such: a vocabulary in the order of its training, and pieces of text merged by it. Knows no pattern.
// After Sennrich et al. 2016.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

/** Memory that merging long pieces needs, kept from one to the next. One thread at a time. */
struct MergeScratch {
  std::vector<uint16_t> ids;
  std::vector<uint16_t> pairs;
  std::vector<uint32_t> previous;
  std::vector<uint32_t> next;
  std::vector<uint64_t> heap;
};

/** A vocabulary of up to 65,535 tokens whose ids are their ranks. Never changes once made: any thread may read it. */
class BytePairs {
 public:
  /**
   * @param bytes  of all tokens, one after another
   * @param ends   where each ends in `bytes`
   * @throws std::invalid_argument  when it is no vocabulary: a byte without a token, a token that is not two earlier ones
   */
  BytePairs(std::span<const uint8_t> bytes, std::span<const uint32_t> ends);

  size_t size() const { return ends_.size(); }
  std::span<const uint8_t> token(size_t id) const;

  /**
   * Ids of a piece: the pair of lowest rank is merged, the leftmost first, until none is left. Time n log n for long ones.
   *
   * @param ids  room for `length` ids
   * @returns how many there are
   */
  size_t merge(const uint8_t* piece, size_t length, uint16_t* ids, MergeScratch& scratch) const;

 private:
  static constexpr uint16_t none = 0xffff;

  uint16_t pair(uint16_t left, uint16_t right) const;
  void addPair(uint16_t left, uint16_t right, uint16_t merged);
  size_t mergeShort(const uint8_t* piece, size_t length, uint16_t* ids) const;
  size_t mergeLong(const uint8_t* piece, size_t length, uint16_t* ids, MergeScratch& scratch) const;

  std::vector<uint8_t> bytes_;
  std::vector<uint32_t> ends_;
  std::vector<uint16_t> byteIds_;    // of each byte
  std::vector<uint16_t> bytePairs_;  // of each pair of bytes, `none` where they do not merge
  std::vector<uint64_t> pairs_;      // open addressing: left, right, merged; all ones where empty
  std::vector<uint64_t> filter_;     // a bit for each pair that may be there: most of those asked for are not
};
