// Vectors of sixteen float32 lanes for kernels: loads, stores and conversions of rows in float32 and bfloat16, and e^x.
//
// The compilers' own vector types, so that a function marked with INHERITUNE_CLONES is compiled for AVX-512, AVX2 and plain
// x86-64, and the one for this CPU is chosen when the library is loaded. All that is here is inlined into such functions.

#pragma once

#pragma GCC diagnostic ignored "-Wpsabi"  // vectors are passed between inlined functions only

#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define INHERITUNE_CLONES __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define INHERITUNE_CLONES
#endif

#define INLINE inline __attribute__((always_inline))

namespace vectors {

constexpr int64_t lanes = 16;

// The compilers' vector types: each clone lowers them to what its instruction set has.
using Floats = float __attribute__((vector_size(lanes * 4)));
using Integers = int32_t __attribute__((vector_size(lanes * 4)));
using Words = uint32_t __attribute__((vector_size(lanes * 4)));
using Halves = uint16_t __attribute__((vector_size(lanes * 2)));

INLINE void load(const uint16_t* from, Floats& to) {
  Halves bits;
  std::memcpy(&bits, from, sizeof bits);
  to = std::bit_cast<Floats>(__builtin_convertvector(bits, Words) << 16);
}
INLINE void load(const float* from, Floats& to) { std::memcpy(&to, from, sizeof to); }

INLINE void store(const Floats& value, float* to) { std::memcpy(to, &value, sizeof value); }
/** Rounds to the nearest bfloat16, ties to even. The values here are finite. */
INLINE void store(const Floats& value, uint16_t* to) {
  const auto bits = std::bit_cast<Words>(value);
  const Halves rounded = __builtin_convertvector((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16, Halves);
  std::memcpy(to, &rounded, sizeof rounded);
}

/** e to the x for x <= 0, within 2 ulp (Cephes' expf: split off the power of two, a polynomial for the rest). */
INLINE Floats exponential(Floats x) {
  const Floats least = Floats{} - 87.0f;
  x = x < least ? least : x;
  const Floats power = (x * 1.44269504088896341f + 12582912.0f) - 12582912.0f;  // rounded to a whole number
  const Floats rest = (x - power * 0.693359375f) + power * 2.12194440e-4f;
  Floats y = rest * 1.9875691500e-4f + 1.3981999507e-3f;
  y = y * rest + 8.3334519073e-3f;
  y = y * rest + 4.1665795894e-2f;
  y = y * rest + 1.6666665459e-1f;
  y = y * rest + 5.0000001201e-1f;
  y = y * rest * rest + rest + 1.0f;
  return y * std::bit_cast<Floats>((__builtin_convertvector(power, Integers) + 127) << 23);
}

/** Up to a vector of a row's end; what is missing reads as minus infinity. */
template <typename T>
INLINE Floats loadPart(const T* from, int64_t count) {
  T padded[lanes] = {};
  std::memcpy(padded, from, count * sizeof(T));
  Floats value;
  load(padded, value);
  for (int64_t j = count; j < lanes; ++j) value[j] = -INFINITY;
  return value;
}

template <typename T>
INLINE Floats loadAt(const T* row, int64_t i, int64_t count) {
  Floats value;
  if (i + lanes > count) return loadPart(row + i, count - i);
  load(row + i, value);
  return value;
}

template <typename T>
INLINE void storeAt(const Floats& value, T* row, int64_t i, int64_t count) {
  if (i + lanes <= count) return store(value, row + i);
  T padded[lanes];
  store(value, padded);
  std::memcpy(row + i, padded, (count - i) * sizeof(T));
}

}  // namespace vectors
