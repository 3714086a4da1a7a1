// Texts to GPT-2's tokens, as many texts at a time as there are. One encoder a thread; the vocabulary is shared.
#pragma once

#include <memory>
#include <optional>

#include "byte_pairs.h"
#include "gpt2_pieces.h"
#include "piece_cache.h"

/** What all encoders of a process share. */
struct Gpt2Vocabulary {
  BytePairs pairs;
  CharacterClasses classes;

  Gpt2Vocabulary(std::span<const uint8_t> bytes, std::span<const uint32_t> ends)
      : pairs(bytes, ends), classes(gpt2ClassRanges()) {}
};

/** Separators, where wanted. */
struct Separators {
  std::optional<uint16_t> before;
  std::optional<uint16_t> after;
};

class Gpt2Encoder {
 public:
  explicit Gpt2Encoder(std::shared_ptr<const Gpt2Vocabulary> vocabulary);

  /** Which of asciiClassifiers() to use from now on; the fastest, where nothing is said. The ids are the same. */
  void classifyBy(AsciiClassifier classify) { classify_ = classify; }

  /**
   * Encodes texts that lie one after another. What is no UTF-8 counts as U+FFFD, as Buffer.toString reads it.
   *
   * @param ends    where each text ends in `bytes`: ascending, none above bytes.size()
   * @param idEnds  where each ends in the ids returned; as long as `ends`
   * @returns the ids; they hold until the next call
   */
  std::span<const uint16_t> encode(std::span<const uint8_t> bytes, std::span<const uint32_t> ends, Separators separators,
                                   std::span<uint32_t> idEnds);

  /** Gives memory back that an unusually large call has taken. */
  void shrink();

 private:
  bool encodeText(const uint8_t* text, size_t size, const uint8_t* readable);
  void addPieces(std::span<const uint8_t* const> starts, const uint8_t* readable);
  void reserve(size_t more);

  std::shared_ptr<const Gpt2Vocabulary> vocabulary_;
  AsciiClassifier classify_;
  PieceCache cache_;
  MergeScratch scratch_;
  std::unique_ptr<uint16_t[], void (*)(void*)> ids_;
  size_t capacity_ = 0;
  size_t count_ = 0;
};
