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

/** The rank for one share, where the bounds prove it. */
std::optional<int64_t> provenRank(const spectrum::KrylovSpace& space, double trace, double share) {
  const double slack = boundsSlack * trace;
  double energy = 0;
  int64_t rank = 0;
  for (const double value : space.ritz()) {
    energy += value;
    ++rank;
    if (energy - slack < share * trace) continue;
    if (rank > 1 && energy - value + slack >= share * trace) return std::nullopt;  // rank - 1 may be enough, too
    if (space.largestAtMost(rank - 1) + slack >= share * trace) return std::nullopt;
    return rank;
  }
  return std::nullopt;
}

/**
 * Whether bounds may close in a space of `limit` vectors: the largest share must be held halfway there, and what the
 * space will not hold, if its values go on falling by the power law that they follow now, must be near a single value.
 */
bool isHopeful(const spectrum::KrylovSpace& space, double trace, double share, int64_t limit) {
  const auto& ritz = space.ritz();
  const auto size = static_cast<int64_t>(ritz.size());
  if (2 * size >= limit && trace - space.rest() < share * trace) return false;
  if (size < 4) return true;
  const double middle = std::max(ritz[size / 2 - 1], 0.0);
  const double ratio = ritz[size / 4 - 1] / middle;
  double rest = space.rest();
  for (int64_t i = size + 1; i <= limit; ++i) rest -= middle * std::pow(ratio, -std::log2(2.0 * i / size));
  return rest <= 16 * middle;  // generous: 8 gave up a trained head that closes
}

std::optional<Ranks> ranksByBounds(const Matrix& matrix, at::ArrayRef<double> shares) {
  const int64_t size = matrix.values.size(0);
  const int64_t block = std::clamp<int64_t>(size / 8, 1, largestBlock);
  const int64_t limit = std::max(block, size / 4 / block * block);  // a larger space costs half of the whole spectrum
  spectrum::KrylovSpace space(matrix, block, limit);
  Ranks ranks;
  while (space.grow()) {
    while (ranks.size() < shares.size()) {
      const auto rank = provenRank(space, matrix.trace, shares[ranks.size()]);
      if (!rank) break;
      ranks.push_back(*rank);
    }
    if (ranks.size() == shares.size()) return space.isOrthonormal() ? std::optional(ranks) : std::nullopt;
    if (!isHopeful(space, matrix.trace, shares.back(), limit)) break;
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

std::optional<Ranks> ranksByFloat32(const Matrix& matrix, at::ArrayRef<double> shares) {
  const auto all = spectrum::fullSpectrum(matrix, at::kFloat);
  return all ? ranksOf(*all, matrix.trace, shares, false) : std::nullopt;
}

std::pair<Ranks, Way> ranksOfMatrix(const Matrix& matrix, at::ArrayRef<double> shares, int64_t direct) {
  if (matrix.trace == 0) return {Ranks(shares.size(), 1), Way::bounds};
  if (matrix.trace > 1e-20 && matrix.trace < 1e20) {  // squares of squares stay in float32's range
    const FlushingDenormals flushing;
    if (matrix.values.size(0) > direct)
      if (const auto ranks = ranksByBounds(matrix, shares)) return {*ranks, Way::bounds};
    if (const auto ranks = ranksByFloat32(matrix, shares)) return {*ranks, Way::float32};
  }
  const auto all = spectrum::fullSpectrum(matrix, at::kDouble);
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
