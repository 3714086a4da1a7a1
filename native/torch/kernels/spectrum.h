// Squared singular values of one matrix: all of them by its Gram matrix, or proven bounds from a Krylov space.

#pragma once

#include <ATen/core/Tensor.h>

#include <cmath>
#include <optional>
#include <vector>

namespace spectrum {

/** A square matrix. In a causal one all above the diagonal is zero, and is not read. */
struct Matrix {
  at::Tensor values;  // [T, T] float32, contiguous
  bool causal;
  double trace;  // sum of all squares: the trace of the Gram matrix
};

/** All eigenvalues of the Gram matrix, largest first. */
struct Spectrum {
  std::vector<double> values;
  double traceError;  // how far they are off in all: their sum is known to be the trace
  double rootError;   // of the sum of m, apart from that, over the square root of m

  /** The sum of the m largest is off by less than this. */
  double errorOfSum(int64_t m) const { return 2 * traceError + rootError * std::sqrt(static_cast<double>(m)); }
};

/** The Gram matrix A'A in `dtype` (float32 or float64): its lower triangle, and square blocks on the diagonal. */
at::Tensor gram(const Matrix& matrix, at::ScalarType dtype);

/** All squared singular values, from the Gram matrix; none where LAPACK does not converge. */
std::optional<Spectrum> fullSpectrum(const Matrix& matrix, const at::Tensor& gram);

/** Squares of all elements of a Gram matrix, summed: of its eigenvalues, too. */
double sumOfSquares(const at::Tensor& gram);

/**
 * A growing space Q of block Krylov vectors, and what its Ritz values t (the eigenvalues of Q'GQ) say of the
 * eigenvalues l of G = A'A: l_i >= t_i for every i, so sums of the largest are known from below (Ky Fan) and from above.
 */
class KrylovSpace {
 public:
  KrylovSpace(const Matrix& matrix, int64_t block, int64_t limit);

  /** Adds one block. False when the space is as large as it may be, or there is nothing to add. */
  bool grow();

  /** Ritz values, largest first. */
  const std::vector<double>& ritz() const { return ritz_; }

  /** Sum of squares that the space does not hold; no eigenvalue of what is left of G exceeds it. */
  double rest() const { return rest_; }

  /** The same bound from Frobenius: the root of the squares that the space does not hold. Cheap, and rough by cancellation. */
  double estimatedRemainder(double gramSquares) const;

  /** The same, worked out element by element from the Gram matrix: no eigenvalue of what is left of G exceeds it. */
  double remainder(const at::Tensor& gram) const;

  /**
   * Sum of the m largest eigenvalues of G is at most this, but for rounding.
   *
   * @param left  no eigenvalue of what is left of G exceeds it: `rest()` or `remainder()`
   */
  double largestAtMost(int64_t m, double left) const;

  /** Whether the basis is orthonormal to working precision: the bounds hold only then. */
  bool isOrthonormal() const;

 private:
  bool isExhausted() const;
  at::Tensor space() const;
  at::Tensor projected() const;

  const Matrix& matrix_;
  int64_t block_;
  int64_t limit_;
  int64_t size_ = 0;
  at::Tensor basis_;      // [limit, T]: orthonormal rows, Q'
  at::Tensor images_;     // [limit, T]: (AQ)'
  at::Tensor products_;   // [limit, T]: (GQ)'
  double productSquares_ = 0;
  at::Tensor projected_;  // [limit, limit]: Q'GQ, lower triangle
  at::Tensor beyond_;     // [block, T]: what G makes of the last block, outside the space
  std::vector<double> ritz_;
  double rest_ = 0;
};

}  // namespace spectrum
