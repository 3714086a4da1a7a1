"""Writes test/golden/toy.json: both demos of src/analyze/toy*.ts at small sizes, by numpy in float64.

    python tools/golden/toy.py              (numpy)

Inputs and weights are not stored: both sides make them from one formula, sines of squares. The gradients of demo 2 are
written out by hand and checked here against differences of the loss. No rank sits near its threshold (the script
checks), so that float32 cannot move it.
"""

import json
from pathlib import Path

import numpy as np

FILE = Path(__file__).resolve().parents[2] / "test" / "golden" / "toy.json"
TAU = 0.9
LOGITS = {"batch": 3, "tokens": 24, "hidden": 16, "heads": 4}
SCALES = [0.2, 0.5, 1.0]  # of query and key: from nearly uniform attention to attention of some rank
TRAINING = {"batch": 4, "tokens": 12, "hidden": 8, "heads": 2, "steps": 8, "every": 3, "learningRate": 0.05}
OFFSETS = {"query": 1000, "key": 2000, "value": 3000, "output": 4000, "inputs": 10_000, "targets": 20_000, "fixed": 30_000}
BETA1, BETA2, EPSILON = 0.9, 0.999, 1e-8


def waves(shape: tuple[int, ...], offset: int) -> np.ndarray:
    """sin((i + offset)^2): no two alike, and of no low rank."""
    count = int(np.prod(shape))
    return np.sin((np.arange(count, dtype=np.float64) + offset) ** 2).reshape(shape)


def rank(matrix: np.ndarray) -> int:
    energy = np.linalg.svd(matrix, compute_uv=False) ** 2
    shares = np.cumsum(energy) / energy.sum()
    assert np.abs(shares - TAU).min() > 1e-4, "too near the threshold; choose other inputs"
    return int(np.searchsorted(shares, TAU)) + 1


def softmax(logits: np.ndarray) -> np.ndarray:
    weights = np.exp(logits - logits.max(-1, keepdims=True))
    return weights / weights.sum(-1, keepdims=True)


def logits_case(scale: float) -> dict:
    batch, tokens, hidden, heads = LOGITS.values()
    width = hidden // heads
    x = waves((batch, tokens, hidden), 1)
    query = scale * waves((heads, hidden, width), OFFSETS["query"])
    key = scale * waves((heads, hidden, width), OFFSETS["key"])
    logits = np.einsum("btc,hcd,bsk,hkd->hbts", x, query, x, key, optimize=True) / np.sqrt(width)
    attention = softmax(logits)
    return {
        "scale": scale,
        "ranksBefore": [rank(head.mean(0)) for head in logits],
        "ranksAfter": [rank(head.mean(0)) for head in attention],
        "meanRanksAfter": [float(np.mean([rank(own) for own in head])) for head in attention],
        "logitDeviation": float(logits.std()),
    }


def forward(x: np.ndarray, w: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    heads = TRAINING["heads"]

    def split(matrix: np.ndarray) -> np.ndarray:  # [B, T, C] -> [B, H, T, D]
        return matrix.reshape(*matrix.shape[:2], heads, -1).transpose(0, 2, 1, 3)

    q, k, v = (split(x @ w[name]) for name in ("query", "key", "value"))
    attention = softmax(q @ k.transpose(0, 1, 3, 2) / np.sqrt(q.shape[-1]))
    mixed = join(attention @ v)
    return {"q": q, "k": k, "v": v, "attention": attention, "mixed": mixed, "result": mixed @ w["output"]}


def join(heads: np.ndarray) -> np.ndarray:  # [B, H, T, D] -> [B, T, C]
    return heads.transpose(0, 2, 1, 3).reshape(heads.shape[0], heads.shape[2], -1)


def loss_and_gradients(x: np.ndarray, target: np.ndarray, w: dict[str, np.ndarray]) -> tuple[float, dict[str, np.ndarray]]:
    at = forward(x, w)
    error = at["result"] - target
    d_result = 2 * error / error.size
    d_mixed = d_result @ w["output"].T
    d_heads = d_mixed.reshape(*d_mixed.shape[:2], TRAINING["heads"], -1).transpose(0, 2, 1, 3)
    d_attention = d_heads @ at["v"].transpose(0, 1, 3, 2)
    inner = (d_attention * at["attention"]).sum(-1, keepdims=True)
    d_logits = at["attention"] * (d_attention - inner) / np.sqrt(at["q"].shape[-1])
    d_value = at["attention"].transpose(0, 1, 3, 2) @ d_heads
    over = "btc,btd->cd"
    return float((error**2).mean()), {
        "query": np.einsum(over, x, join(d_logits @ at["k"])),
        "key": np.einsum(over, x, join(d_logits.transpose(0, 1, 3, 2) @ at["q"])),
        "value": np.einsum(over, x, join(d_value)),
        "output": np.einsum(over, at["mixed"], d_result),
    }


def check_gradients(x: np.ndarray, target: np.ndarray, w: dict[str, np.ndarray]) -> None:
    _, gradients = loss_and_gradients(x, target, w)
    for name, gradient in gradients.items():
        shift = 1e-5 * waves(gradient.shape, 7)
        above = loss_and_gradients(x, target, {**w, name: w[name] + shift})[0]
        below = loss_and_gradients(x, target, {**w, name: w[name] - shift})[0]
        expected = 2 * (gradient * shift).sum()
        assert abs(above - below - expected) < 1e-6 * abs(expected), name


def training_case() -> list[dict]:
    batch, tokens, hidden, heads, steps, every, rate = TRAINING.values()
    names = ("query", "key", "value", "output")
    w = {name: waves((hidden, hidden), OFFSETS[name]) for name in names}
    moment1 = {name: np.zeros_like(w[name]) for name in names}
    moment2 = {name: np.zeros_like(w[name]) for name in names}
    noise = lambda what, step: waves((batch, tokens, hidden), OFFSETS[what] + 1000 * step)  # noqa: E731
    check_gradients(noise("inputs", 0), noise("targets", 0), w)
    measured = []
    for step in range(steps):
        loss, gradients = loss_and_gradients(noise("inputs", step), noise("targets", step), w)
        for name, gradient in gradients.items():
            moment1[name] = BETA1 * moment1[name] + (1 - BETA1) * gradient
            moment2[name] = BETA2 * moment2[name] + (1 - BETA2) * gradient**2
            first = moment1[name] / (1 - BETA1 ** (step + 1))
            second = moment2[name] / (1 - BETA2 ** (step + 1))
            w[name] = w[name] - rate * first / (np.sqrt(second) + EPSILON)
        if step % every == 0 or step == steps - 1:
            attention = forward(noise("fixed", 0), w)["attention"]
            own = [[rank(matrix) for matrix in sequence] for sequence in attention]
            measured.append(
                {
                    "step": step,
                    "loss": loss,
                    "ranks": [rank(head) for head in attention.mean(0)],
                    "meanOfRanks": float(np.mean(own)),
                    "entropy": float(-(attention * np.log(attention)).sum(-1).mean()),
                }
            )
    return measured


def main() -> None:
    logits = {**LOGITS, "tau": TAU, "cases": [logits_case(scale) for scale in SCALES]}
    training = {"options": {**TRAINING, "tau": TAU}, "measured": training_case()}
    record = {"madeBy": "tools/golden/toy.py", "offsets": OFFSETS, "logits": logits, "training": training}
    FILE.write_text(json.dumps(record) + "\n")
    print(*logits["cases"], *training["measured"], sep="\n")


if __name__ == "__main__":
    main()
