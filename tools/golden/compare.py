"""Writes test/golden/compare.json: quantiles of Student's t by scipy, and paired differences by numpy and scipy.

    python tools/golden/compare.py          (numpy, scipy; under a second)

A case holds the losses of target and reference on the same windows, `block` and `confidence`, and what
`pairedDifference` must give: the mean difference, its standard error over means of blocks of neighbouring windows (the
windows left over join the last block), and the one-sided bound by t with blocks - 1 degrees of freedom.
"""

import json
from pathlib import Path

import numpy as np
import scipy
from scipy.stats import t

FOLDER = Path(__file__).resolve().parents[2] / "test" / "golden"


def quantiles() -> list[list[float]]:
    """[probability, degrees of freedom, quantile]."""
    freedoms = [1, 2, 3, 4, 5, 7, 12, 31, 63, 64, 255, 1000]
    return [[p, n, float(t.ppf(p, n))] for n in freedoms for p in (0.01, 0.5, 0.8, 0.95, 0.99, 0.999)]


def case(seed: int, windows: int, block: int, confidence: float) -> dict:
    """Neighbouring windows are alike, as windows of one document are: their difference drifts."""
    random = np.random.default_rng(seed)
    drift = np.cumsum(random.normal(0, 0.004, windows))
    reference = np.round(random.normal(3, 0.3, windows), 6)
    target = np.round(reference + 0.01 + drift + random.normal(0, 0.02, windows), 6)
    difference = target - reference
    blocks = windows // block
    edges = [index * block for index in range(blocks)] + [windows]
    means = [difference[a:b].mean() for a, b in zip(edges, edges[1:])]
    error = np.std(means, ddof=1) / np.sqrt(blocks)
    expected = {
        "mean": float(difference.mean()),
        "standardError": float(error),
        "upperBound": float(difference.mean() + t.ppf(confidence, blocks - 1) * error),
        "blocks": blocks,
    }
    sample = {"target": target.tolist(), "reference": reference.tolist()}
    return {"block": block, "confidence": confidence, **sample, "expected": expected}


def main() -> None:
    cases = [case(1, 128, 16, 0.95), case(2, 75, 16, 0.95), case(3, 32, 16, 0.9), case(4, 40, 1, 0.99)]
    made = {"madeBy": "tools/golden/compare.py", "numpy": np.__version__, "scipy": scipy.__version__}
    (FOLDER / "compare.json").write_text(json.dumps({**made, "quantiles": quantiles(), "cases": cases}) + "\n")


if __name__ == "__main__":
    main()
