// What GPT-2's pattern asks of a character: letter, number, white space or anything else. Bytes and tables only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

enum class CharacterClass : uint8_t { other, letter, number, space };

/** Code points first to last, both in it. */
struct ClassRange {
  uint32_t first;
  uint32_t last;
  CharacterClass kind;
};

/** All letters, numbers and white space above ASCII, ascending (gpt2_classes.cpp, made by tools/golden/gpt2_classes.py). */
std::span<const ClassRange> gpt2ClassRanges();

/** The classes of 64 bytes, one bit a byte, the first byte lowest; bytes of one character have its class. */
struct ClassMasks {
  uint64_t letter = 0;
  uint64_t number = 0;
  uint64_t space = 0;
  uint64_t other = 0;
  uint64_t blank = 0;       // U+0020
  uint64_t apostrophe = 0;  // U+0027
  uint64_t high = 0;        // above ASCII: in no class yet
};

/** Classes of the ASCII characters among 64 bytes. */
using AsciiClassifier = void (*)(const uint8_t* block, ClassMasks& masks);

struct NamedClassifier {
  const char* name;  // "avx512", "avx2", "portable"
  AsciiClassifier classify;
};

/** The classifiers that this processor can run, the fastest first; the portable one is always the last. */
std::vector<NamedClassifier> asciiClassifiers();
