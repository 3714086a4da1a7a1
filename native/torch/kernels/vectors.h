// Vectors of sixteen float32 lanes for kernels: loads, stores and conversions of rows in float32 and bfloat16, and e^x.
//
// The compilers' own vector types, so that a function marked with INHERITUNE_CLONES is compiled for AVX-512, AVX2 and plain
// x86-64, and the one for this CPU is chosen when the library is loaded. All that is here is inlined into such functions.

#pragma once

#pragma GCC diagnostic ignored "-Wpsabi"  // vectors are passed between inlined functions only

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && __GNUC__ >= 12
#define INHERITUNE_CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#define INHERITUNE_BFLOAT16 __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512bf16,fma")))
#elif defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define INHERITUNE_CLONES __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define INHERITUNE_CLONES
#endif

#define INLINE inline __attribute__((always_inline))
#define KERNEL_BODY __attribute__((always_inline))  // of lambdas: else they would be compiled for plain x86-64

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
/** Rounds to the nearest bfloat16, ties to even; NaN stays NaN. */
INLINE void store(const Floats& value, uint16_t* to) {
  const auto bits = std::bit_cast<Words>(value);
  const Words up = (bits + 0x7FFF + ((bits >> 16) & 1)) >> 16;
  const Halves rounded = __builtin_convertvector(value == value ? up : Words{} + 0x7FC0, Halves);
  std::memcpy(to, &rounded, sizeof rounded);
}

/**
 * A bfloat16 in memory for functions marked with INHERITUNE_BFLOAT16, which may be called only where `roundsInHardware()`:
 * one instruction rounds sixteen (and makes numbers below 1e-38 zero), one widens them. GCC finds neither by itself.
 */
struct Bfloat16 {
  uint16_t bits;
};

#if defined(INHERITUNE_BFLOAT16)
INLINE void load(const Bfloat16* from, Floats& to) {
  struct Sixteen {
    Bfloat16 values[lanes];
  };
  Words bits;
  asm("vpmovzxwd %1, %0" : "=v"(bits) : "m"(*reinterpret_cast<const Sixteen*>(from)));
  to = std::bit_cast<Floats>(bits << 16);
}
INLINE void store(const Floats& value, Bfloat16* to) {
  Halves rounded;
  asm("vcvtneps2bf16 %1, %0" : "=v"(rounded) : "v"(value));
  std::memcpy(to, &rounded, sizeof rounded);
}
inline bool roundsInHardware() {
  static const bool found = __builtin_cpu_supports("x86-64-v4") != 0 && __builtin_cpu_supports("avx512bf16") != 0;
  return found;
}
#else
#define INHERITUNE_BFLOAT16
INLINE void load(const Bfloat16* from, Floats& to) { load(&from->bits, to); }
INLINE void store(const Floats& value, Bfloat16* to) { store(value, &to->bits); }
inline bool roundsInHardware() { return false; }
#endif

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

/**
 * 2 to the z for z in [-127, 128], within 2 ulp; 0 and infinity at the ends. The nearest whole power, and a polynomial for
 * the rest in [-0.5, 0.5].
 */
INLINE Floats powerOfTwo(Floats z) {
  const Floats shifted = z + 12583039.0f;  // 1.5 * 2^23 + 127: the sum's low bits are the power's exponent
  const Floats rest = z - (shifted - 12583039.0f);
  Floats y = rest * 1.326472731e-3f + 9.671512991e-3f;  // least relative error, 9e-8
  y = y * rest + 5.550733581e-2f;
  y = y * rest + 2.402224243e-1f;
  y = y * rest + 6.931470037e-1f;
  y = y * rest + 1.0f;
  return y * std::bit_cast<Floats>(std::bit_cast<Words>(shifted) << 23);
}

/** The first `count` lanes; `missing` in the others. */
INLINE Floats firstOf(const Floats& value, int64_t count, float missing) {
  const Integers lane = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  return lane < static_cast<int32_t>(count) ? value : Floats{} + missing;
}

/** Up to a vector of a row's end; what is missing reads as minus infinity, or what is given. */
template <typename T>
INLINE Floats loadPart(const T* from, int64_t count, float missing = -INFINITY) {
  T padded[lanes] = {};
  std::memcpy(padded, from, count * sizeof(T));
  Floats value;
  load(padded, value);
  return firstOf(value, count, missing);
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

/** A vector inside a row, and what is left at its end. */
struct Whole {};
struct Part {
  int64_t count;
};

template <typename T>
INLINE Floats read(const T* from, Whole, float = 0) {
  Floats value;
  load(from, value);
  return value;
}
/** Lanes beyond the row's end are `missing`. */
template <typename T>
INLINE Floats read(const T* from, Part part, float missing = 0) {
  return loadPart(from, part.count, missing);
}

template <typename T>
INLINE void write(const Floats& value, T* to, Whole) {
  store(value, to);
}
template <typename T>
INLINE void write(const Floats& value, T* to, Part part) {
  storeAt(value, to, 0, part.count);
}

/** Calls `body(i, place)` for the row's vectors, which start at its columns i; `body` must be inlined (KERNEL_BODY). */
template <typename Body>
INLINE void forEachVector(int64_t count, Body body) {
  int64_t i = 0;
  for (; i + lanes <= count; i += lanes) body(i, Whole{});
  if (i < count) body(i, Part{count - i});
}

/** Sum of the lanes, in a fixed order. */
INLINE float sumOf(const Floats& value) {
  using Eight = float __attribute__((vector_size(32)));
  using Four = float __attribute__((vector_size(16)));
  const auto eights = std::bit_cast<std::array<Eight, 2>>(value);
  const auto fours = std::bit_cast<std::array<Four, 2>>(eights[0] + eights[1]);
  const Four four = fours[0] + fours[1];
  return (four[0] + four[2]) + (four[1] + four[3]);
}

}  // namespace vectors
