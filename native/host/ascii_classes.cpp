// Classes of 64 ASCII bytes at once: AVX-512, AVX2, or a table. Which one is chosen when the program runs.

#include <array>

#include "gpt2_classes.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace {

enum Bits : uint8_t { letterBit = 1, numberBit = 2, spaceBit = 4, otherBit = 8, blankBit = 16, apostropheBit = 32, highBit = 64 };

constexpr std::array<uint8_t, 256> byteClasses = [] {
  std::array<uint8_t, 256> classes{};
  for (int byte = 0; byte < 256; byte++) {
    const int lower = byte | 0x20;
    if (byte >= 0x80)
      classes[byte] = highBit;
    else if (lower >= 'a' && lower <= 'z')
      classes[byte] = letterBit;
    else if (byte >= '0' && byte <= '9')
      classes[byte] = numberBit;
    else if (byte == ' ' || (byte >= '\t' && byte <= '\r'))
      classes[byte] = byte == ' ' ? spaceBit | blankBit : spaceBit;
    else
      classes[byte] = byte == '\'' ? otherBit | apostropheBit : otherBit;
  }
  return classes;
}();

void classifyPortably(const uint8_t* block, ClassMasks& masks) {
  // Eight bytes' classes side by side in a word; a multiplication gathers one bit of each into the top byte.
  const auto gathered = [](uint64_t classes, int bit) {
    return ((classes >> bit) & 0x0101010101010101u) * 0x0102040810204080u >> 56;
  };
  masks = ClassMasks{};
  for (int start = 0; start < 64; start += 8) {
    uint64_t classes = 0;
    for (int i = 0; i < 8; i++) classes |= static_cast<uint64_t>(byteClasses[block[start + i]]) << (8 * i);
    masks.letter |= gathered(classes, 0) << start;
    masks.number |= gathered(classes, 1) << start;
    masks.space |= gathered(classes, 2) << start;
    masks.other |= gathered(classes, 3) << start;
    masks.blank |= gathered(classes, 4) << start;
    masks.apostrophe |= gathered(classes, 5) << start;
    masks.high |= gathered(classes, 6) << start;
  }
}

#if defined(__x86_64__)

__attribute__((target("avx2"))) inline uint64_t maskOf(__m256i low, __m256i high) {
  return static_cast<uint32_t>(_mm256_movemask_epi8(low)) |
         static_cast<uint64_t>(static_cast<uint32_t>(_mm256_movemask_epi8(high))) << 32;
}

// Bytes that lie `count` or fewer above `first`, as 255 or 0.
__attribute__((target("avx2"))) inline __m256i within(__m256i bytes, char first, char count) {
  const __m256i above = _mm256_sub_epi8(bytes, _mm256_set1_epi8(first));
  return _mm256_cmpeq_epi8(_mm256_min_epu8(above, _mm256_set1_epi8(count)), above);
}

__attribute__((target("avx2"))) void classifyAvx2(const uint8_t* block, ClassMasks& masks) {
  const __m256i low = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(block));
  const __m256i high = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(block + 32));
  const __m256i lowered = _mm256_set1_epi8(0x20), blank = _mm256_set1_epi8(' '), quote = _mm256_set1_epi8('\'');
  masks.high = maskOf(low, high);
  masks.letter = maskOf(within(_mm256_or_si256(low, lowered), 'a', 25), within(_mm256_or_si256(high, lowered), 'a', 25));
  masks.number = maskOf(within(low, '0', 9), within(high, '0', 9));
  masks.blank = maskOf(_mm256_cmpeq_epi8(low, blank), _mm256_cmpeq_epi8(high, blank));
  masks.space = masks.blank | maskOf(within(low, '\t', 4), within(high, '\t', 4));
  masks.apostrophe = maskOf(_mm256_cmpeq_epi8(low, quote), _mm256_cmpeq_epi8(high, quote));
  masks.other = ~(masks.high | masks.letter | masks.number | masks.space);
}

__attribute__((target("avx512f,avx512bw"))) inline uint64_t within512(__m512i bytes, char first, char count) {
  return _mm512_cmple_epu8_mask(_mm512_sub_epi8(bytes, _mm512_set1_epi8(first)), _mm512_set1_epi8(count));
}

__attribute__((target("avx512f,avx512bw"))) void classifyAvx512(const uint8_t* block, ClassMasks& masks) {
  const __m512i bytes = _mm512_loadu_si512(block);
  masks.high = _mm512_movepi8_mask(bytes);
  masks.letter = within512(_mm512_or_si512(bytes, _mm512_set1_epi8(0x20)), 'a', 25);
  masks.number = within512(bytes, '0', 9);
  masks.blank = _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8(' '));
  masks.space = masks.blank | within512(bytes, '\t', 4);
  masks.apostrophe = _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('\''));
  masks.other = ~(masks.high | masks.letter | masks.number | masks.space);
}

#endif

}  // namespace

std::vector<NamedClassifier> asciiClassifiers() {
  std::vector<NamedClassifier> found;
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512bw")) found.push_back({"avx512", classifyAvx512});
  if (__builtin_cpu_supports("avx2")) found.push_back({"avx2", classifyAvx2});
#endif
  found.push_back({"portable", classifyPortably});
  return found;
}
