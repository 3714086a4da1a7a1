// GPT-2's pattern as a machine over 64 bytes at a time: where the pieces of a text begin. Knows no tokens.
// 's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+
#pragma once

#include <memory>

#include "gpt2_classes.h"

/** Classes of the code points above ASCII. */
class CharacterClasses {
 public:
  explicit CharacterClasses(std::span<const ClassRange> ranges);
  CharacterClass of(uint32_t point) const { return point < classes_.size() ? classes_[point] : CharacterClass::other; }

 private:
  std::vector<CharacterClass> classes_;  // one byte a code point, as far as there are letters: 206 kB
};

/** Walks over one text, 64 bytes a step. */
class PieceScanner {
 public:
  PieceScanner(const CharacterClasses& classes, AsciiClassifier classify, const uint8_t* text, size_t size);

  /** Bits of the next 64 bytes at which pieces start. Call it once for every 64 bytes begun. */
  uint64_t next();

  /** Whether something among what was read so far (up to 128 bytes ahead) is no UTF-8: `next` is then meaningless. */
  bool isBroken() const { return broken_; }

 private:
  struct Block : ClassMasks {
    uint64_t wide = 0;    // white space of several bytes
    uint64_t starts = 0;  // where such white space ends a run of it
  };

  Block load(size_t offset);
  void addHigh(Block& block, size_t offset);
  bool isSpaceAt(size_t place) const;
  uint64_t splitContractions(uint64_t starts, uint64_t candidates);

  const CharacterClasses& classes_;
  AsciiClassifier classify_;
  const uint8_t* text_;
  size_t size_;
  size_t offset_ = 0;  // of `current_`
  Block current_;
  Block following_;
  ClassMasks before_;   // the byte before `current_`, in the lowest bits
  ClassMasks overhang_;  // the last character of the block before, where it reaches into the next
  uint64_t overhangWide_ = 0;
  uint64_t forced_ = 0;      // starts and places that are none, of the block after a contraction at an end
  uint64_t suppressed_ = 0;
  bool broken_ = false;
};
