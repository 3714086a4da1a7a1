// See brgemm.h. ATen's entry is exported but not documented: it is tried before it is relied on.

#include "brgemm.h"

#include <ATen/Version.h>
#include <ATen/native/CPUBlas.h>
#include <torch/library.h>

#include <exception>
#include <string>
#include <vector>

#include "pack.h"

#if defined(__x86_64__)
#include <cpuid.h>
#endif

namespace {

/** Whether two products of small whole numbers, one added to the other, come out exactly. */
template <typename T>
bool isExact(int64_t M, int64_t N, int64_t K) {
  const int64_t ldb = roundUp(N, 16);
  std::vector<T> a(M * K);
  std::vector<float> b(K * N);
  std::vector<T> packed(K * ldb);
  std::vector<float> c(M * N);
  for (int64_t i = 0; i < M * K; ++i) a[i] = static_cast<float>(i % 5 - 2);
  for (int64_t i = 0; i < K * N; ++i) b[i] = static_cast<float>(i % 7 - 3);
  pack::rows(b.data(), N, K, N, packed.data(), ldb);
  multiply(M, N, K, a.data(), K, packed.data(), ldb, c.data(), N, false);
  multiply(M, N, K, a.data(), K, packed.data(), ldb, c.data(), N, true);
  for (int64_t m = 0; m < M; ++m)
    for (int64_t n = 0; n < N; ++n) {
      float exact = 0;
      for (int64_t k = 0; k < K; ++k) exact += 2 * static_cast<float>(a[m * K + k]) * b[k * N + n];
      if (c[m * N + n] != exact) return false;
    }
  return true;
}

/** Whole tiles and odd ends. A oneDNN held to fewer instructions than the CPU has throws inside. */
template <typename T>
bool tryProducts() {
  try {
    const bool all = isExact<T>(2, 16, 4) && isExact<T>(64, 64, 96) && isExact<T>(33, 37, 34) && isExact<T>(1, 5, 1024);
    releaseTiles();
    return all;
  } catch (const std::exception&) {
    return false;
  }
}

bool hasAvx512() { return at::get_cpu_capability() == "AVX512"; }

bool hasAvx512Bfloat16() {
#if defined(__x86_64__) && defined(__GNUC__)
  return hasAvx512() && __builtin_cpu_supports("avx512bf16") && __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq");
#else
  return false;
#endif
}

/** Whether the CPU has AMX for bfloat16: leaf 7 of cpuid, bit 22 of edx. */
bool hasTiles() {
#if defined(__x86_64__)
  unsigned a = 0, b = 0, c = 0, d = 0;
  return __get_cpuid_count(7, 0, &a, &b, &c, &d) != 0 && (d >> 22 & 1) != 0;
#else
  return false;
#endif
}

}  // namespace

bool hasBfloat16Products() {
  static const bool has = hasAvx512Bfloat16() && tryProducts<c10::BFloat16>();
  return has;
}

bool hasFloat32Products() {
  static const bool has = hasAvx512() && tryProducts<float>();
  return has;
}

void multiply(int64_t M, int64_t N, int64_t K, const c10::BFloat16* a, int64_t lda, const c10::BFloat16* b, int64_t ldb,
              float* c, int64_t ldc, bool add) {
  at::native::cpublas::brgemm(M, N, K, lda, ldb, ldc, add, a, b, c, true);
}

void multiply(int64_t M, int64_t N, int64_t K, const float* a, int64_t lda, const float* b, int64_t ldb, float* c, int64_t ldc,
              bool add) {
  at::native::cpublas::brgemm(M, N, K, lda, ldb, ldc, add, a, b, c, false);
}

void releaseTiles() { at::native::cpublas::brgemm_release(true); }

TORCH_LIBRARY_FRAGMENT(inheritune, library) {
  library.def("has_wide_vectors() -> bool", hasAvx512);
  library.def("bfloat16_products() -> str", [] {
    return std::string(!hasBfloat16Products() ? "none" : hasTiles() ? "AMX" : "AVX-512");
  });
  library.def("float32_products() -> str", [] { return std::string(hasFloat32Products() ? "AVX-512" : "none"); });
}
