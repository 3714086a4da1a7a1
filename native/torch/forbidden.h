// Memory that belongs to no one, told to AddressSanitizer: what allocators hold back between the pieces that they give out.
// In other builds nothing of it is left.
#pragma once

#include <cstddef>

#if defined(__SANITIZE_ADDRESS__)
#define INHERITUNE_ADDRESS_SANITIZER
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define INHERITUNE_ADDRESS_SANITIZER
#endif
#endif

#ifdef INHERITUNE_ADDRESS_SANITIZER

#include <sanitizer/asan_interface.h>

/** Bytes to leave unused behind each piece. */
constexpr size_t forbiddenGap = 64;

/** From now on, a read or write of these bytes by our code, or by memcpy, ends the process with a report. */
inline void forbid(const void* memory, size_t bytes) { __asan_poison_memory_region(memory, bytes); }

/** Takes that back: before memory is given out, or goes to whoever does not know of it. */
inline void allow(const void* memory, size_t bytes) { __asan_unpoison_memory_region(memory, bytes); }

#else

constexpr size_t forbiddenGap = 0;
inline void forbid(const void*, size_t) {}
inline void allow(const void*, size_t) {}

#endif
