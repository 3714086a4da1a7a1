// See spectrum.h. Everything is a call of ATen on panels of rows, so that it runs wherever libtorch has a BLAS.
//
// Krylov spaces by blocks: Golub and Underwood 1977, with full reorthogonalisation. Bounds: Ky Fan 1949 and Cauchy from
// below; from above by the inertia of the Schur complement, as written at largestAtMost.

#include "spectrum.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/ops/add.h>
#include <ATen/ops/addmm.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/linalg_eigvalsh.h>
#include <ATen/ops/linalg_qr.h>
#include <ATen/ops/linalg_vector_norm.h>
#include <ATen/ops/mm.h>
#include <ATen/ops/randn.h>
#include <ATen/ops/zeros.h>
#include <ATen/ops/zeros_like.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace spectrum {

namespace {

constexpr int64_t panelRows = 128;
constexpr uint64_t startSeed = 20240408;  // any: results do not depend on it, speed hardly

/** Calls `body(first row, rows, columns that hold something)` for each panel of rows. */
template <typename Body>
void eachPanel(const Matrix& matrix, Body body) {
  const int64_t size = matrix.values.size(0);
  for (int64_t first = 0; first < size; first += panelRows) {
    const int64_t rows = std::min(panelRows, size - first);
    body(first, rows, matrix.causal ? first + rows : size);
  }
}

at::Tensor panel(const Matrix& matrix, int64_t first, int64_t rows, int64_t columns) {
  return matrix.values.narrow(0, first, rows).narrow(1, 0, columns);
}

/** Each row x of `rows` becomes (A x)': [b, T] into `out` [b, T]. Vectors are rows here: BLAS is fastest so. */
void multiply(const Matrix& matrix, const at::Tensor& vectors, const at::Tensor& out) {
  eachPanel(matrix, [&](int64_t first, int64_t rows, int64_t columns) {
    at::Tensor part = out.narrow(1, first, rows);
    at::mm_out(part, vectors.narrow(1, 0, columns), panel(matrix, first, rows, columns).t());
  });
}

/** Each row y becomes (A'y)': [b, T] -> [b, T]. */
at::Tensor multiplyTransposed(const Matrix& matrix, const at::Tensor& vectors) {
  at::Tensor out = at::zeros_like(vectors);
  eachPanel(matrix, [&](int64_t first, int64_t rows, int64_t columns) {
    out.narrow(1, 0, columns).addmm_(vectors.narrow(1, first, rows), panel(matrix, first, rows, columns));
  });
  return out;
}

/** Takes out of each row what lies in the space of the rows of `basis`. */
void project(at::Tensor& vectors, const at::Tensor& basis) { vectors.addmm_(at::mm(vectors, basis.t()), basis, 1, -1); }

/** Rows with the same span, orthonormal. */
at::Tensor orthonormal(const at::Tensor& vectors) { return std::get<0>(at::linalg_qr(vectors.t(), "reduced")).t().contiguous(); }

}  // namespace

// In panels that stay in the cache.
at::Tensor gram(const Matrix& matrix, at::ScalarType dtype) {
  const int64_t size = matrix.values.size(0);
  at::Tensor out = at::zeros({size, size}, matrix.values.options().dtype(dtype));
  eachPanel(matrix, [&](int64_t first, int64_t rows, int64_t columns) {
    const at::Tensor part = panel(matrix, first, rows, columns).to(dtype);
    for (int64_t left = 0; left < columns; left += panelRows) {
      const int64_t width = std::min(panelRows, columns - left);
      at::Tensor to = out.narrow(0, left, width).narrow(1, 0, left + width);
      to.addmm_(part.narrow(1, left, width).t(), part.narrow(1, 0, left + width));
    }
  });
  return out;
}

namespace {

/** Of the lower triangle; none where LAPACK does not converge, as MKL's float32 may not with tiny numbers about. */
std::optional<std::vector<double>> descendingEigenvalues(const at::Tensor& symmetric) {
  at::Tensor values;
  try {
    values = at::linalg_eigvalsh(symmetric, "L").to(at::kDouble).contiguous();
  } catch (const c10::LinAlgError&) {
    return std::nullopt;
  }
  const auto* first = values.const_data_ptr<double>();
  std::vector<double> sorted(first, first + values.numel());
  std::reverse(sorted.begin(), sorted.end());
  return sorted;
}

/** Squares of all elements, summed in float64. */
double squaresOf(const at::Tensor& values) {
  const double norm = at::linalg_vector_norm(values, 2, std::nullopt, false, at::kDouble).item<double>();
  return norm * norm;
}

/** Squares of a symmetric matrix' rows from `first` on, up to the diagonal block, which is square: what is left of it counts twice. */
double squaresOfPanel(const at::Tensor& panel, int64_t first, int64_t rows) {
  const double diagonal = squaresOf(panel.narrow(1, first, rows));
  return first == 0 ? diagonal : diagonal + 2 * squaresOf(panel.narrow(1, 0, first));
}

double sum(const std::vector<double>& values, size_t from, size_t to) {
  double total = 0;
  for (size_t i = from; i < to; ++i) total += values[i];
  return total;
}

}  // namespace

std::optional<Spectrum> fullSpectrum(const Matrix& matrix, const at::Tensor& gram) {
  auto values = descendingEigenvalues(gram);
  if (!values) return std::nullopt;
  double squares = 0;
  for (double& value : *values) {
    value = std::max(value, 0.0);
    squares += value * value;
  }
  // The values are those of G + E, where |E| (Frobenius) is a multiple of the rounding unit times |G|; the sum of m of
  // them is off by at most the m largest singular values of E, so by sqrt(m) |E|. Measured over attention and over made-up
  // spectra, T = 161 to 1024: most of the error is that of the trace, and what is beyond it has multiples below 10.
  const double unit = gram.scalar_type() == at::kDouble ? 0x1p-53 : 0x1p-24;
  const double traceError = std::abs(sum(*values, 0, values->size()) - matrix.trace);
  return Spectrum{std::move(*values), traceError, 32 * unit * std::sqrt(squares)};
}

KrylovSpace::KrylovSpace(const Matrix& matrix, int64_t block, int64_t limit)
    : matrix_(matrix), block_(block), limit_(limit), rest_(matrix.trace) {
  const int64_t size = matrix.values.size(0);
  const auto options = matrix.values.options();
  basis_ = at::empty({limit, size}, options);
  images_ = at::empty({limit, size}, options);
  products_ = at::empty({limit, size}, options);
  projected_ = at::empty({limit, limit}, options);
  const at::Tensor image = at::empty({block, size}, options);
  multiply(matrix, at::randn({block, size}, at::detail::createCPUGenerator(startSeed), options), image);
  beyond_ = multiplyTransposed(matrix, image);
}

bool KrylovSpace::grow() {
  if (size_ + block_ > limit_ || isExhausted()) return false;
  at::Tensor next = orthonormal(beyond_);
  if (size_ > 0) {  // a second time: where the block was nearly inside the space, the first leaves rounding
    project(next, space());
    next = orthonormal(next);
  }
  basis_.narrow(0, size_, block_).copy_(next);
  const at::Tensor image = images_.narrow(0, size_, block_);
  multiply(matrix_, next, image);
  size_ += block_;
  const at::Tensor products = at::mm(image, images_.narrow(0, 0, size_).t());  // [block, size]: only the lower triangle is kept
  projected_.narrow(0, size_ - block_, block_).narrow(1, 0, size_).copy_(products);
  auto values = descendingEigenvalues(projected());
  if (!values) return false;
  ritz_ = std::move(*values);
  rest_ = std::max(0.0, matrix_.trace - sum(ritz_, 0, ritz_.size()));
  beyond_ = multiplyTransposed(matrix_, image);
  products_.narrow(0, size_ - block_, block_).copy_(beyond_);
  productSquares_ += squaresOf(beyond_);
  for (int pass = 0; pass < 2; ++pass) project(beyond_, space());
  return true;
}

/** Whether G leads out of the space no more, but for rounding (or, after too much of it, to nowhere). */
bool KrylovSpace::isExhausted() const {
  const double beyond = at::linalg_vector_norm(beyond_).item<float>();
  return !(beyond > 1e-6 * matrix_.trace);
}

at::Tensor KrylovSpace::space() const { return basis_.narrow(0, 0, size_); }

at::Tensor KrylovSpace::projected() const { return projected_.narrow(0, 0, size_).narrow(1, 0, size_); }

double sumOfSquares(const at::Tensor& gram) {
  double total = 0;
  const int64_t size = gram.size(0);
  for (int64_t first = 0; first < size; first += panelRows) {
    const int64_t rows = std::min(panelRows, size - first);
    total += squaresOfPanel(gram.narrow(0, first, rows).narrow(1, 0, first + rows), first, rows);
  }
  return total;
}

double KrylovSpace::estimatedRemainder(double gramSquares) const {
  const at::Tensor lower = projected().tril();
  const double held = 2 * squaresOf(lower) - squaresOf(lower.diagonal());
  // With P the projection onto the space: |(1-P) G (1-P)|^2 = |G|^2 - 2 |G P|^2 + |P G P|^2.
  return std::sqrt(std::max(0.0, gramSquares - 2 * productSquares_ + held));
}

double KrylovSpace::remainder(const at::Tensor& gram) const {
  // (1-P) G (1-P) = G - Z Q' - Q Z' with Z = G Q - Q T / 2; rows are vectors here.
  const at::Tensor lower = projected().tril();
  const at::Tensor whole = at::add(lower, lower.tril(-1).t());
  const at::Tensor basis = space();
  const at::Tensor z = at::addmm(products_.narrow(0, 0, size_), whole, basis, 1, -0.5);
  double total = 0;
  const int64_t size = gram.size(0);
  for (int64_t first = 0; first < size; first += panelRows) {
    const int64_t rows = std::min(panelRows, size - first);
    const int64_t columns = first + rows;
    at::Tensor part = at::addmm(gram.narrow(0, first, rows).narrow(1, 0, columns), z.narrow(1, first, rows).t(),
                                basis.narrow(1, 0, columns), 1, -1);
    part.addmm_(basis.narrow(1, first, rows).t(), z.narrow(1, 0, columns), 1, -1);
    total += squaresOfPanel(part, first, rows);
  }
  return std::sqrt(total);
}

double KrylovSpace::largestAtMost(int64_t m, double left) const {
  if (m == 0) return 0;
  // All but the m largest eigenvalues sum to at least the Ritz values after the m-th.
  const double plain = matrix_.trace - sum(ritz_, m, ritz_.size());
  const double gap = ritz_[m - 1] - left;
  if (gap <= 0) return plain;
  // In a basis that begins with Q, G = [T R'; R C], and C <= left. For x >= t_m > left, G has as many eigenvalues above
  // x as T + R'(x - C)^-1 R, which is at most W = T + R'R / (t_m - left): so l_i(G) <= l_i(W) for i <= m.
  // G takes all blocks but the last into the space, so R is `beyond` in the last block.
  at::Tensor raised = projected().clone();
  const int64_t last = size_ - block_;
  raised.narrow(0, last, block_).narrow(1, last, block_).addmm_(beyond_, beyond_.t(), 1, 1 / gap);
  const auto values = descendingEigenvalues(raised);
  return values ? std::min(plain, sum(*values, 0, m)) : plain;
}

bool KrylovSpace::isOrthonormal() const {
  at::Tensor products = at::mm(space(), space().t());
  products.diagonal().sub_(1);
  return products.abs_().max().item<float>() < 1e-5f;
}

}  // namespace spectrum
