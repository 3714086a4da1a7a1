// One character of UTF-8, checked. Knows nothing of what it means.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

struct Utf8Character {
  uint32_t point;
  uint32_t bytes;  // 0: no UTF-8 here
};

/** The character above ASCII that begins at `text`, of which `size` bytes can be read (at least one). */
inline Utf8Character utf8At(const uint8_t* text, size_t size) {
  constexpr Utf8Character none{0, 0};
  const uint32_t lead = text[0];
  const auto tail = [&](size_t i) { return (text[i] & 0xc0u) == 0x80u; };
  const auto bits = [&](size_t i) { return text[i] & 0x3fu; };
  if (lead < 0xc2 || lead > 0xf4) return none;
  if (lead < 0xe0) {
    if (size < 2 || !tail(1)) return none;
    return {(lead & 0x1f) << 6 | bits(1), 2};
  }
  if (lead < 0xf0) {
    if (size < 3 || !tail(1) || !tail(2)) return none;
    const uint32_t point = (lead & 0x0f) << 12 | bits(1) << 6 | bits(2);
    if (point < 0x800 || (point >= 0xd800 && point < 0xe000)) return none;
    return {point, 3};
  }
  if (size < 4 || !tail(1) || !tail(2) || !tail(3)) return none;
  const uint32_t point = (lead & 0x07) << 18 | bits(1) << 12 | bits(2) << 6 | bits(3);
  if (point < 0x10000 || point > 0x10ffff) return none;
  return {point, 4};
}

/** The text with U+FFFD for what is no UTF-8, as many as the WHATWG decoder (TextDecoder, Buffer.toString) gives. */
std::vector<uint8_t> withReplacements(const uint8_t* text, size_t size);
