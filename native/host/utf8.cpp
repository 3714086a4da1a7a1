// U+FFFD for each longest beginning of a character that is cut off, and for each byte that begins none.

#include "utf8.h"

namespace {

// Bytes of a beginning of a character at `text`, one or more, that no byte after them completes.
size_t cutOffBytes(const uint8_t* text, size_t size) {
  const uint8_t lead = text[0];
  size_t wanted = 1;
  uint8_t least = 0x80, most = 0xbf;  // what may stand second
  if (lead >= 0xc2 && lead <= 0xdf) wanted = 2;
  if (lead >= 0xe0 && lead <= 0xef) wanted = 3;
  if (lead >= 0xf0 && lead <= 0xf4) wanted = 4;
  if (lead == 0xe0) least = 0xa0;
  if (lead == 0xed) most = 0x9f;
  if (lead == 0xf0) least = 0x90;
  if (lead == 0xf4) most = 0x8f;
  size_t count = 1;
  while (count < wanted && count < size && text[count] >= least && text[count] <= most) {
    count++;
    least = 0x80;
    most = 0xbf;
  }
  return count;
}

}  // namespace

std::vector<uint8_t> withReplacements(const uint8_t* text, size_t size) {
  std::vector<uint8_t> result;
  result.reserve(size + size / 2 + 16);
  for (size_t at = 0; at < size;) {
    if (text[at] < 0x80) {
      result.push_back(text[at++]);
      continue;
    }
    if (const Utf8Character character = utf8At(text + at, size - at); character.bytes > 0) {
      result.insert(result.end(), text + at, text + at + character.bytes);
      at += character.bytes;
      continue;
    }
    result.insert(result.end(), {0xef, 0xbf, 0xbd});
    at += cutOffBytes(text + at, size - at);
  }
  return result;
}
