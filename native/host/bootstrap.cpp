// Resampling with Python's random numbers: MT19937 as CPython seeds and reads it, a chunk of replicates to a thread.

#include "bootstrap.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <system_error>
#include <thread>

namespace {

// The Mersenne Twister of Matsumoto and Nishimura (1998), seeded by an array of one word as CPython seeds by an int.
class PythonRandom {
 public:
  explicit PythonRandom(uint32_t seed) {
    state_[0] = 19650218u;
    for (uint32_t i = 1; i < kSize; ++i) state_[i] = 1812433253u * mixed(i) + i;
    uint32_t i = 1;
    const auto advance = [&] {
      if (++i < kSize) return;
      state_[0] = state_[kSize - 1];
      i = 1;
    };
    for (uint32_t k = 0; k < kSize; ++k, advance()) state_[i] = (state_[i] ^ (mixed(i) * 1664525u)) + seed;
    for (uint32_t k = 1; k < kSize; ++k, advance()) state_[i] = (state_[i] ^ (mixed(i) * 1566083941u)) - i;
    state_[0] = 0x80000000u;
  }

  // random(): 53 bits of two words.
  double next() {
    const double high = word() >> 5;
    const double low = word() >> 6;
    return (high * 67108864.0 + low) * (1.0 / 9007199254740992.0);
  }

 private:
  static constexpr uint32_t kSize = 624;

  uint32_t mixed(uint32_t i) const { return state_[i - 1] ^ (state_[i - 1] >> 30); }

  uint32_t word() {
    if (next_ == kSize) twist();
    uint32_t y = state_[next_++];
    y ^= y >> 11;
    y ^= (y << 7) & 0x9d2c5680u;
    y ^= (y << 15) & 0xefc60000u;
    return y ^ (y >> 18);
  }

  void twist() {
    const auto step = [&](uint32_t i, uint32_t after, uint32_t far) {
      const uint32_t y = (state_[i] & 0x80000000u) | (state_[after] & 0x7fffffffu);
      state_[i] = state_[far] ^ (y >> 1) ^ ((0u - (y & 1u)) & 0x9908b0dfu);
    };
    for (uint32_t i = 0; i < 227; ++i) step(i, i + 1, i + 397);
    for (uint32_t i = 227; i < 623; ++i) step(i, i + 1, i - 227);
    step(623, 0, 396);
    next_ = 0;
  }

  std::array<uint32_t, kSize> state_{};
  uint32_t next_ = kSize;
};

void resampleChunk(const std::vector<double>& values, uint32_t seed, uint32_t replicates, double* out) {
  PythonRandom random(seed);
  const double count = static_cast<double>(values.size());
  for (uint32_t replicate = 0; replicate < replicates; ++replicate) {
    double sum = 0;  // in the order of the draws, as Python 3.11 sums
    for (size_t draw = 0; draw < values.size(); ++draw) sum += values[static_cast<size_t>(random.next() * count)];
    out[replicate] = std::exp(-(sum / count));
  }
}

}  // namespace

std::vector<double> resampledPerplexities(const std::vector<double>& values, uint32_t first, uint32_t chunks,
                                          uint32_t replicates) {
  std::vector<double> out(static_cast<size_t>(chunks) * replicates);
  std::atomic<uint32_t> next{0};
  const auto work = [&] {
    for (uint32_t chunk = next++; chunk < chunks; chunk = next++)
      resampleChunk(values, first + chunk, replicates, out.data() + static_cast<size_t>(chunk) * replicates);
  };
  std::vector<std::thread> others;
  const uint32_t threads = std::min(std::max(1u, std::thread::hardware_concurrency()), chunks);
  try {
    for (uint32_t i = 1; i < threads; ++i) others.emplace_back(work);
  } catch (const std::system_error&) {  // no more threads to be had: the ones there do all of it
  }
  work();
  for (std::thread& other : others) other.join();
  return out;
}
