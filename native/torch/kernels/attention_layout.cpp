// See attention_backward.h.

#include "attention_backward.h"

#include <algorithm>
#include <cmath>

#include "attention_softmax.h"
#include "pack.h"

namespace attention {

void packStretch(const Pass& pass, int64_t b, int64_t h, int64_t start, const Stretch& to) {
  const Sizes& sizes = pass.sizes;
  const int64_t count = std::min(stretch, sizes.positions - start);
  const int64_t padded = roundUp(count, block);
  const int64_t filled = sizes.filled();
  const auto layOut = [&](const BFloat16* from, int64_t stride, BFloat16* sides, BFloat16* rows) {
    pack::columns(from, stride, sizes.width, count, sides, ldQueries);
    pack::rows(from, stride, count, sizes.width, rows, filled);
    std::fill(sides + sizes.width * ldQueries, sides + filled * ldQueries, BFloat16(0));
    if (padded == count) return;
    for (int64_t d = 0; d < sizes.width; d += 2)
      std::fill(sides + d * ldQueries + 2 * count, sides + d * ldQueries + 2 * padded, BFloat16(0));
    std::fill(rows + roundUp(count, 2) * filled, rows + padded * filled, BFloat16(0));
  };
  layOut(pass.query.at(b, start, h), pass.query.position, to.queries, to.queryRows);
  layOut(pass.gradient.at(b, start, h), pass.gradient.position, to.gradients, to.gradientRows);
  rowDots(pass.out.at(b, start, h), pass.out.position, pass.gradient.at(b, start, h), pass.gradient.position, count,
          sizes.width, to.mean);
  const float* logsumexp = pass.logsumexp + (b * sizes.heads + h) * sizes.positions + start;
  for (int64_t i = 0; i < count; ++i) to.logsumexp[i] = logsumexp[i] * static_cast<float>(M_LOG2E);
  std::fill(to.mean + count, to.mean + padded, 0.0f);
  std::fill(to.logsumexp + count, to.logsumexp + padded, 0.0f);
}

void packPart(const Pass& pass, int64_t b, int64_t h, BFloat16* copies, Part& part) {
  const Sizes& sizes = pass.sizes;
  const int64_t start = part.begin * block;
  const int64_t rows = (part.end - part.begin) * block;
  const int64_t count = std::min(rows, sizes.positions - start);
  part.keys = pass.key.at(b, start, h);
  part.values = pass.value.at(b, start, h);
  part.ldKeys = pass.key.position;
  part.ldValues = pass.value.position;
  pack::transposed(part.keys, part.ldKeys, count, sizes.width, part.turned, part.ld);
  for (int64_t d = 0; d < sizes.width; ++d)
    std::fill(part.turned + d * part.ld + count, part.turned + d * part.ld + rows, BFloat16(0));
  if (sizes.isWhole()) return;
  copyRows(sizes, part.keys, part.ldKeys, count, copies);
  copyRows(sizes, part.values, part.ldValues, count, copies + rows * sizes.filled());
  part.keys = copies;
  part.values = copies + rows * sizes.filled();
  part.ldKeys = part.ldValues = sizes.filled();
}

Ahead aheadOf(const Pass& pass, int64_t b, int64_t h, int64_t s, int64_t soon) {
  const Sizes& sizes = pass.sizes;
  Ahead ahead;
  if (pass.parts > 1) return ahead;
  const int64_t steps = (std::min(sizes.blocks(), (s + 1) * stretch / block) + s * stretch / block) * block / 2;
  const auto add = [&](const auto& rows, int64_t start, int64_t head, int64_t count) {
    ahead.add(rows.at(b, start, head), rows.position, count, sizes.width);
  };
  const auto length = [&] { return std::min(stretch, sizes.positions - s * stretch); };
  add(pass.queryGradient, s * stretch, h, length());
  if (++s == pass.stretches()) {
    s = 0;
    if (++h % sizes.group() == 0) {
      add(pass.keyGradient, 0, h / sizes.group() - 1, sizes.positions);
      add(pass.valueGradient, 0, h / sizes.group() - 1, sizes.positions);
      b = soon / sizes.keyHeads;
      h = soon % sizes.keyHeads * sizes.group();
      if (b < sizes.batches) {
        add(pass.key, 0, soon % sizes.keyHeads, sizes.positions);
        add(pass.value, 0, soon % sizes.keyHeads, sizes.positions);
      }
    }
  }
  if (b < sizes.batches) {
    add(pass.out, s * stretch, h, length());
    add(pass.gradient, s * stretch, h, length());
    add(pass.query, s * stretch, h, length());
  }
  ahead.spread(steps);
  return ahead;
}

}  // namespace attention
