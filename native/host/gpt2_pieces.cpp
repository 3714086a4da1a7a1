// Where pieces start follows from the classes of a byte, the one before it and the one after it, but for contractions.

#include "gpt2_pieces.h"

#include <bit>
#include <cstring>

#include "utf8.h"

CharacterClasses::CharacterClasses(std::span<const ClassRange> ranges) {
  classes_.resize(ranges.back().last + 1, CharacterClass::other);
  for (const auto& [first, last, kind] : ranges)
    for (uint32_t point = first; point <= last; point++) classes_[point] = kind;
}

PieceScanner::PieceScanner(const CharacterClasses& classes, AsciiClassifier classify, const uint8_t* text, size_t size)
    : classes_(classes), classify_(classify), text_(text), size_(size) {
  following_ = load(0);
}

uint64_t PieceScanner::next() {
  current_ = following_;
  following_ = offset_ + 64 < size_ ? load(offset_ + 64) : Block{};

  const auto shifted = [](uint64_t mask, uint64_t before) { return mask << 1 | before; };
  const uint64_t letterBefore = shifted(current_.letter, before_.letter);
  const uint64_t numberBefore = shifted(current_.number, before_.number);
  const uint64_t otherBefore = shifted(current_.other, before_.other);
  const uint64_t spaceBefore = shifted(current_.space, before_.space);
  const uint64_t blankBefore = shifted(current_.blank, before_.blank);
  const uint64_t solid = current_.letter | current_.number | current_.other;
  const uint64_t solidAfter = solid >> 1 | (following_.letter | following_.number | following_.other) << 63;

  // A run of one class starts a piece, unless the one blank before it has: " word". The last white space before a
  // run stands apart from those before it: it is that blank, or a piece of its own.
  const uint64_t runs = (current_.letter & ~letterBefore) | (current_.number & ~numberBefore) | (current_.other & ~otherBefore);
  uint64_t starts = (runs & ~blankBefore) | (current_.space & ~spaceBefore) |
                    (current_.space & ~current_.wide & solidAfter) | current_.starts;
  starts = (starts & ~suppressed_) | (forced_ & (solid | current_.space));
  forced_ = suppressed_ = 0;
  if (const uint64_t candidates = current_.apostrophe & ~otherBefore & ~blankBefore; candidates != 0) [[unlikely]]
    starts = splitContractions(starts, candidates);

  before_ = {current_.letter >> 63, current_.number >> 63, current_.space >> 63, current_.other >> 63, current_.blank >> 63};
  offset_ += 64;
  return starts;
}

PieceScanner::Block PieceScanner::load(size_t offset) {
  Block block;
  const size_t count = size_ - offset;
  if (count >= 64) {
    classify_(text_ + offset, block);
  } else {
    uint8_t padded[64] = {};
    std::memcpy(padded, text_ + offset, count);
    classify_(padded, block);
    block.other &= (uint64_t{1} << count) - 1;  // the padding is in class other, and in no other
  }
  if (block.high != 0) addHigh(block, offset);
  return block;
}

// The characters above ASCII that begin in the block, and the rest of the one that began before it.
void PieceScanner::addHigh(Block& block, size_t offset) {
  const uint64_t covered = overhang_.high;
  block.letter |= overhang_.letter;
  block.number |= overhang_.number;
  block.other |= overhang_.other;
  block.space |= overhang_.space;
  block.wide |= overhangWide_;
  overhang_ = ClassMasks{};
  overhangWide_ = 0;
  for (uint64_t left = block.high & ~covered; left != 0;) {
    const int place = std::countr_zero(left);
    const size_t at = offset + place;
    const Utf8Character character = utf8At(text_ + at, size_ - at);
    if (character.bytes == 0) {
      broken_ = true;
      return;
    }
    const uint64_t unplaced = (uint64_t{1} << character.bytes) - 1;
    const uint64_t bits = unplaced << place;
    const uint64_t over = place > 60 ? unplaced >> (64 - place) : 0;
    left &= ~bits;
    overhang_.high |= over;
    switch (classes_.of(character.point)) {
      case CharacterClass::letter:
        block.letter |= bits;
        overhang_.letter |= over;
        break;
      case CharacterClass::number:
        block.number |= bits;
        overhang_.number |= over;
        break;
      case CharacterClass::other:
        block.other |= bits;
        overhang_.other |= over;
        break;
      case CharacterClass::space:
        block.space |= bits;
        overhang_.space |= over;
        block.wide |= bits;
        overhangWide_ |= over;
        if (at + character.bytes < size_ && !isSpaceAt(at + character.bytes)) block.starts |= uint64_t{1} << place;
        break;
    }
  }
}

bool PieceScanner::isSpaceAt(size_t place) const {
  const uint8_t byte = text_[place];
  if (byte < 0x80) return byte == ' ' || (byte >= '\t' && byte <= '\r');
  const Utf8Character character = utf8At(text_ + place, size_ - place);
  return character.bytes > 0 && classes_.of(character.point) == CharacterClass::space;
}

// An apostrophe at which a piece starts is a piece with the letters after it, where they are of the seven.
uint64_t PieceScanner::splitContractions(uint64_t starts, uint64_t candidates) {
  for (; candidates != 0; candidates &= candidates - 1) {
    const int place = std::countr_zero(candidates);
    const size_t at = offset_ + place;
    const uint8_t first = at + 1 < size_ ? text_[at + 1] : 0;
    const uint8_t second = at + 2 < size_ ? text_[at + 2] : 0;
    int length = 0;
    if (first == 's' || first == 't' || first == 'm' || first == 'd') length = 2;
    if (((first == 'r' || first == 'v') && second == 'e') || (first == 'l' && second == 'l')) length = 3;
    if (length == 0) continue;
    const auto mark = [place](int distance, uint64_t& here, uint64_t& there) {
      if (place + distance < 64)
        here |= uint64_t{1} << (place + distance);
      else
        there |= uint64_t{1} << (place + distance - 64);
    };
    uint64_t apart = 0, joined = 0;
    mark(1, joined, suppressed_);
    mark(length, apart, forced_);
    starts = (starts & ~joined) | (apart & (current_.letter | current_.number | current_.other | current_.space));
  }
  return starts;
}
