"""Writes test/golden/attention.json: rank, mass, sink and entropy of every head of the small GPT-2s, by numpy in float64.

    python tools/golden/attention.py        (torch, transformers, safetensors; CPU, a few seconds)

The models are those of test/golden/gpt2-*.safetensors (tools/golden/gpt2.py), run by transformers in float64 with eager
attention on eight sequences of twelve tokens. Each head of each sequence has k* at four taus (from numpy's full singular
value decomposition), m* with columns sorted and in index order, the share of attention on the first token, and the mean
entropy of a query. Aggregates are v4's: MaxRank = max over heads of the mean over sequences, AvgMass = mean of means.
A figure nearer than 1e-5 to its threshold would depend on rounding: the script stops there, so that none is in the file.
"""

import json
from pathlib import Path

import numpy as np
import torch
import transformers
from gpt2 import CASES, FOLDER, make_model, make_tokens

TAUS = [0.8, 0.85, 0.9, 0.95]
ETA = 0.9


def count_until(shares: np.ndarray, wanted: float) -> int:
    """Smallest count of leading shares that sum to `wanted` or more."""
    sums = np.cumsum(shares) / np.sum(shares)
    if np.abs(sums[:-1] - wanted).min() < 1e-5:
        raise SystemExit("a threshold is hit exactly; choose another seed")
    return int(np.searchsorted(sums, wanted) + 1)


def measure(matrix: np.ndarray) -> dict:
    energies = np.linalg.svd(matrix, compute_uv=False) ** 2
    columns = (matrix**2).sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        entropy = -np.where(matrix > 0, matrix * np.log(matrix), 0).sum(axis=1)
    return {
        "ranks": [count_until(energies, tau) for tau in TAUS],
        "columnsSorted": count_until(np.sort(columns)[::-1], ETA),
        "columnsByIndex": count_until(columns, ETA),
        "sink": float(matrix[:, 0].mean()),
        "entropy": float(entropy.mean()),
    }


def main() -> None:
    torch.set_num_threads(1)
    cases = {}
    for name, case in CASES.items():
        model = make_model(**case).double().eval()
        tokens = make_tokens(case["seed"] + 300, (8, 12))
        with torch.no_grad():
            attentions = model(input_ids=tokens, output_attentions=True).attentions
        layers = [
            [[measure(layer[n, head].numpy()) for n in range(layer.shape[0])] for head in range(layer.shape[1])]
            for layer in attentions
        ]
        ranks = np.array([[[each["ranks"] for each in head] for head in layer] for layer in layers])
        columns = np.array([[[each["columnsSorted"] for each in head] for head in layer] for layer in layers])
        cases[name] = {
            "tokens": tokens.tolist(),
            "layers": layers,
            "maxRank": ranks.mean(axis=2).max(axis=1)[:, TAUS.index(0.9)].tolist(),
            "maxRankP10": np.percentile(ranks.max(axis=1), 10, axis=1)[:, TAUS.index(0.9)].tolist(),
            "maxRankStd": ranks.max(axis=1).std(axis=1, ddof=1)[:, TAUS.index(0.9)].tolist(),
            "mass": columns.mean(axis=(1, 2)).tolist(),
        }
    versions = {"numpy": np.__version__, "torch": torch.__version__, "transformers": transformers.__version__}
    facts = {"madeBy": "tools/golden/attention.py", **versions, "taus": TAUS, "eta": ETA, "cases": cases}
    Path(FOLDER / "attention.json").write_text(json.dumps(facts) + "\n")
    for name, case in cases.items():
        print(f"{name}: max rank {case['maxRank']}, columns {case['mass']}")


if __name__ == "__main__":
    main()
