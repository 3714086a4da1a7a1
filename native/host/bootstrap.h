// Resampling with Python's random numbers, for the standard errors of perplexities.

#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

/// Perplexities exp(-mean) of resamples of `values`: `replicates` for each of the `chunks` chunks from `first` on. Chunk i
/// draws from Python's random.Random(i), so its numbers are the same wherever it is computed. Runs on all cores.
std::vector<double> resampledPerplexities(const std::vector<double>& values, uint32_t first, uint32_t chunks,
                                          uint32_t replicates);
