// Small products by libtorch's brgemm: of bfloat16 by AMX where the CPU has it and AVX-512 otherwise, of float32 by AVX-512.

#pragma once

#include <c10/util/BFloat16.h>

#include <cstdint>

/** Whether this CPU and this libtorch multiply bfloat16 pairs: AVX-512 with bfloat16, or AMX. Tried once. */
bool hasBfloat16Products();

/** Whether they multiply float32 faster than others: x86-64 with AVX-512. Tried once. */
bool hasFloat32Products();

/** C [M, N] (+)= A [M, K] B: A in rows, B in pairs (pack.h), ldb a multiple of 16, K even; C in float32. */
void multiply(int64_t M, int64_t N, int64_t K, const c10::BFloat16* a, int64_t lda, const c10::BFloat16* b, int64_t ldb,
              float* c, int64_t ldc, bool add);

/** The same in float32: B in rows. */
void multiply(int64_t M, int64_t N, int64_t K, const float* a, int64_t lda, const float* b, int64_t ldb, float* c, int64_t ldc,
              bool add);

/** `count` in whole steps: operands are padded to pairs, vectors and blocks. */
inline int64_t roundUp(int64_t count, int64_t step) { return (count + step - 1) / step * step; }

/** Gives AMX's tiles back: at the end of each thread's work, before others configure them. */
void releaseTiles();
