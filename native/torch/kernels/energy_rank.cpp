// inheritune::energy_rank: how many singular values hold a share of a matrix's energy (its sum of squares), exactly.
//
// The approximate rank k* of arXiv:2404.08634. Three ways, the first that proves its answer: bounds from a Krylov space,
// all eigenvalues of the Gram matrix in float32, the same in float64. One matrix per thread, ATen inside on one thread.
// Reference: float64 svdvals, in test/analyze/rank.test.ts. Speed: bench/analyze.ts.

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/core/Tensor.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/empty.h>
#include <torch/library.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <optional>
#include <tuple>
#include <vector>

#include "spectrum.h"

namespace {

using spectrum::Matrix;

constexpr int64_t largestBlock = 32;
/** Rounding of the float32 bounds, as a share of the trace: measured below 1e-6. */
constexpr double boundsSlack = 5e-6;
/** An energy this close below a share (as a share of the trace) is a tie and counts as reaching it: float64's rounding. */
constexpr double tie = 1e-12;

enum class Way : int64_t { bounds, float32, float64 };

using Ranks = std::vector<int64_t>;

/** Smallest k whose k largest values reach each share; none where one sum is too close to tell. */
std::optional<Ranks> ranksOf(const spectrum::Spectrum& all, double trace, at::ArrayRef<double> shares, bool last) {
  Ranks ranks;
  double energy = 0;
  int64_t count = 0;
  const auto size = static_cast<int64_t>(all.values.size());
  for (const double share : shares) {
    const double wanted = (share - tie) * trace;
    const auto isUnclear = [&] { return !last && std::abs(energy - share * trace) < all.errorOfSum(count); };
    while (energy < wanted && count < size) {
      if (isUnclear()) return std::nullopt;
      energy += all.values[count++];
    }
    if (isUnclear()) return std::nullopt;
    ranks.push_back(std::max<int64_t>(count, 1));
  }
  return ranks;
}

/** The rank for one share, where the bounds prove it. `left` as `largestAtMost` has it. */
std::optional<int64_t> provenRank(const spectrum::KrylovSpace& space, double trace, double share, double left) {
  const double slack = boundsSlack * trace;
  double energy = 0;
  int64_t rank = 0;
  for (const double value : space.ritz()) {
    energy += value;
    ++rank;
    if (energy - slack < share * trace) continue;
    if (rank > 1 && energy - value + slack >= share * trace) return std::nullopt;  // rank - 1 may be enough, too
    if (space.largestAtMost(rank - 1, left) + slack >= share * trace) return std::nullopt;
    return rank;
  }
  return std::nullopt;
}

/** The rank for the largest share, and the value there, if Ritz values go on falling by the power law that they follow now. */
struct Outlook {
  int64_t rank;  // 0 where a space of `limit` vectors would not hold the share
  double value;
};

Outlook outlook(const spectrum::KrylovSpace& space, double trace, double share, int64_t limit) {
  const auto& ritz = space.ritz();
  const auto size = static_cast<int64_t>(ritz.size());
  const double middle = std::max(ritz[(size - 1) / 2], 0.0);
  const double power = -std::log2(ritz[(size - 1) / 4] / middle);
  double energy = 0;
  for (int64_t i = 1; i <= limit; ++i) {
    const double value = i <= size / 2 ? ritz[i - 1] : middle * std::pow(2.0 * static_cast<double>(i) / size, power);
    energy += value;
    if (energy >= share * trace) return {i, value};
  }
  return {0, 0};
}

/**
 * Ranks by bounds from a growing space: from its rest alone, and where that is far from enough, from what Frobenius says of
 * the rest, for which the Gram matrix is worked out and put into `gram`. Nothing where the spectrum is too flat for either:
 * then all of it costs less. The numbers were set on trained and random heads at T = 1024 (docs/performance.md); they decide
 * what is tried, not what is proven.
 */
std::optional<Ranks> ranksByBounds(const Matrix& matrix, at::ArrayRef<double> shares, at::Tensor& gram) {
  const int64_t size = matrix.values.size(0);
  const int64_t block = std::clamp<int64_t>(size / 8, 1, largestBlock);
  const int64_t limit = std::max(block, size / 4 / block * block);  // a larger space costs half of the whole spectrum
  const double trace = matrix.trace;
  const double share = shares.back();
  spectrum::KrylovSpace space(matrix, block, limit);
  double squares = 0;
  Ranks ranks;
  const auto prove = [&](double left) {
    while (ranks.size() < shares.size()) {
      const auto rank = provenRank(space, trace, shares[ranks.size()], left);
      if (!rank) return false;
      ranks.push_back(*rank);
    }
    return space.isOrthonormal();
  };
  for (int64_t blocks = 1; space.grow(); ++blocks) {
    if (prove(space.rest())) return ranks;
    if (blocks == 1) {
      if (space.rest() > 6 * (1 - share) * trace) return std::nullopt;  // flat: rank 100 or more for a share of 0.95
      continue;
    }
    const Outlook now = outlook(space, trace, share, limit);
    if (now.rank == 0 || 3 * now.rank > limit) return std::nullopt;
    if (!gram.defined() && (blocks == 2 || space.rest() <= 3 * now.value)) continue;  // the rest alone will do soon
    if (!gram.defined()) {
      gram = spectrum::gram(matrix, at::kFloat);
      squares = spectrum::sumOfSquares(gram);
    }
    if (space.estimatedRemainder(squares) < now.value && prove(space.remainder(gram))) return ranks;
  }
  return std::nullopt;
}

/** While it lives, numbers too small for float32 count as zero on this thread: sharp attention has many, each slow. */
class FlushingDenormals {
 public:
  FlushingDenormals() { at::globalContext().setFlushDenormal(true); }
  ~FlushingDenormals() { at::globalContext().setFlushDenormal(false); }
  FlushingDenormals(const FlushingDenormals&) = delete;
  FlushingDenormals& operator=(const FlushingDenormals&) = delete;
};

std::pair<Ranks, Way> ranksOfMatrix(const Matrix& matrix, at::ArrayRef<double> shares, int64_t direct) {
  if (matrix.trace == 0) return {Ranks(shares.size(), 1), Way::bounds};
  if (matrix.trace > 1e-20 && matrix.trace < 1e20) {  // squares of squares stay in float32's range
    const FlushingDenormals flushing;
    at::Tensor gram;
    if (matrix.values.size(0) > direct)
      if (const auto ranks = ranksByBounds(matrix, shares, gram)) return {*ranks, Way::bounds};
    if (!gram.defined()) gram = spectrum::gram(matrix, at::kFloat);
    const auto all = spectrum::fullSpectrum(matrix, gram);
    if (const auto ranks = all ? ranksOf(*all, matrix.trace, shares, false) : std::nullopt) return {*ranks, Way::float32};
  }
  const auto all = spectrum::fullSpectrum(matrix, spectrum::gram(matrix, at::kDouble));
  TORCH_CHECK(all, "LAPACK's eigenvalues in float64 did not converge");
  return {*ranksOf(*all, matrix.trace, shares, true), Way::float64};
}

/** Sum of squares; NaN where the matrix has what would make the answer silently wrong. */
double traceOf(const at::Tensor& matrix, bool causal) {
  const int64_t size = matrix.size(0);
  const auto* values = matrix.const_data_ptr<float>();
  double total = 0;
  for (int64_t row = 0; row < size; ++row, values += size) {
    const int64_t columns = causal ? row + 1 : size;
    double squares[8] = {};
    int64_t j = 0;
    for (; j + 8 <= columns; j += 8)
      for (int lane = 0; lane < 8; ++lane) squares[lane] += static_cast<double>(values[j + lane]) * values[j + lane];
    for (; j < columns; ++j) squares[0] += static_cast<double>(values[j]) * values[j];
    for (const double square : squares) total += square;
    if (std::any_of(values + columns, values + size, [](float value) { return value != 0; })) return NAN;
  }
  return std::isfinite(total) ? total : NAN;
}

/** Calls `body(i)` for each i below `count`, on as many threads as there are; the next i goes to whoever is free. */
template <typename Body>
void forEachInParallel(int64_t count, Body body) {
  std::atomic<int64_t> next{0};
  at::parallel_for(0, std::min<int64_t>(count, at::get_num_threads()), 1, [&](int64_t begin, int64_t end) {
    if (begin == end) return;
    const at::NoGradGuard guard;
    for (int64_t i = next++; i < count; i = next++) body(i);
  });
}

/** Ranks [N, shares], and for each matrix the way that proved them (Way) [N], int64 both. */
std::tuple<at::Tensor, at::Tensor> energyRank(const at::Tensor& attention, at::ArrayRef<double> shares, bool causal,
                                              int64_t direct) {
  TORCH_CHECK_VALUE(attention.dim() == 3 && attention.size(1) == attention.size(2) && attention.size(1) > 0,
                    "expected matrices [N, T, T], got ", attention.sizes());
  TORCH_CHECK_TYPE(attention.scalar_type() == at::kFloat, "expected float32, got ", attention.scalar_type());
  TORCH_CHECK_VALUE(attention.device().is_cpu(), "expected matrices on the CPU, got ", attention.device());
  TORCH_CHECK_VALUE(attention.is_contiguous(), "expected contiguous matrices");
  TORCH_CHECK_VALUE(!shares.empty() && shares.front() > 0 && shares.back() <= 1 && std::is_sorted(shares.begin(), shares.end()),
                    "expected shares in (0, 1], ascending, got ", shares);
  const int64_t count = attention.size(0);
  const at::Tensor matrices = attention.detach();
  std::vector<double> traces(count);
  forEachInParallel(count, [&](int64_t i) { traces[i] = traceOf(matrices[i], causal); });
  for (int64_t i = 0; i < count; ++i)
    TORCH_CHECK_VALUE(!std::isnan(traces[i]), "matrix ", i, ": expected finite numbers",
                      causal ? " and zeros above the diagonal" : "", ", found others");
  const auto width = static_cast<int64_t>(shares.size());
  at::Tensor ranks = at::empty({count, width}, attention.options().dtype(at::kLong));
  at::Tensor ways = at::empty({count}, attention.options().dtype(at::kLong));
  auto* rank = ranks.mutable_data_ptr<int64_t>();
  auto* way = ways.mutable_data_ptr<int64_t>();
  forEachInParallel(count, [&](int64_t i) {
    const auto [found, by] = ranksOfMatrix({matrices[i], causal, traces[i]}, shares, direct);
    std::copy(found.begin(), found.end(), rank + i * width);
    way[i] = static_cast<int64_t>(by);
  });
  return {ranks, ways};
}

}  // namespace

TORCH_LIBRARY_FRAGMENT(inheritune, library) {
  library.def("energy_rank(Tensor attention, float[] shares, bool causal, *, int direct=160) -> (Tensor ranks, Tensor ways)",
              energyRank);
}
