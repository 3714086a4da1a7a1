// A caching CPU allocator: large blocks come from an arena of huge pages and are given out again, never faulted in anew.
//
// glibc gives big blocks back to the kernel at each free, and page faults then cost a third of a training step.

#include "allocator.h"

#include <c10/core/CPUAllocator.h>

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <new>

#include "arena.h"
#include "forbidden.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace {

constexpr size_t headerBytes = 64;             // keeps the data aligned for vector instructions
constexpr size_t largeBytes = size_t{1} << 17;  // from here on blocks are of the arena

/** In front of the data of every block. */
struct Header {
  void* small;  // what malloc gave; nullptr for a block of the arena
};

[[noreturn]] void outOfMemory(size_t bytes) {
  TORCH_CHECK(false, "CPU allocator: can't allocate memory: you tried to allocate ", bytes, " bytes");
}

void giveBack(void* data) {
  if (data == nullptr) return;
  char* base = static_cast<char*>(data) - headerBytes;
  allow(base, headerBytes);
  void* small = reinterpret_cast<Header*>(base)->small;
  if (small != nullptr) std::free(small);
  else giveBlock(base);
}

struct CachingAllocator final : c10::Allocator {
  c10::DataPtr allocate(size_t bytes) override {
    if (bytes == 0) return {nullptr, nullptr, &giveBack, at::Device(at::kCPU)};
    if (bytes > SIZE_MAX / 2) outOfMemory(bytes);
    const size_t wanted = bytes + headerBytes;
    void* small = nullptr;
    char* base = nullptr;
    if (wanted >= largeBytes) {
      base = takeBlock(wanted);
      if (base == nullptr) outOfMemory(bytes);
    } else {
      // Not posix_memalign: glibc's wants more than it gives, so a block that came back never fits the next of its size.
      small = std::malloc(wanted + headerBytes);
      if (small == nullptr) outOfMemory(bytes);
      const auto address = reinterpret_cast<uintptr_t>(small);
      base = reinterpret_cast<char*>((address + headerBytes - 1) / headerBytes * headerBytes);
    }
    new (base) Header{small};
    char* data = base + headerBytes;
    forbid(base, headerBytes);
    if (small != nullptr) forbid(data + bytes, static_cast<char*>(small) + wanted + headerBytes - (data + bytes));
    return {data, data, &giveBack, at::Device(at::kCPU)};
  }

  c10::DeleterFnPtr raw_deleter() const override { return &giveBack; }

  void copy_data(void* target, const void* source, size_t bytes) const override { std::memcpy(target, source, bytes); }
};

CachingAllocator allocator;

}  // namespace

void installAllocator() {
  c10::SetCPUAllocator(&allocator, 1);
#ifdef __GLIBC__
  // For what libtorch takes from malloc itself, such as oneDNN's scratch memory.
  mallopt(M_MMAP_THRESHOLD, 1 << 30);
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
  mallopt(M_TOP_PAD, 64 << 20);
  mallopt(M_MXFAST, 0);  // freeing a large block would walk all small ones first
#endif
}

AllocatorStatistics allocatorStatistics() { return arenaStatistics(); }

const char* allocatorName() { return "caching: large blocks in an arena of huge pages, held up to the high-water mark"; }
