"""Writes test/golden/attention_rank.*: attention matrices, and their approximate ranks by numpy's SVD in float64.

    python tools/golden/attention_rank.py         (numpy, safetensors; after tools/golden/gpt2.py)

`model` is the causal attention of the fixture gpt2-bias, worked out here in float64 and stored as float32; `causal` and
`full` are softmaxes of random queries and keys, some sharp and some flat, in sizes that are no multiples of anything.
A rank is the smallest k whose k largest squared singular values of the stored matrix reach tau of all; no sum here is
within 1e-9 of its threshold, so that rounding decides nothing.
"""

import json
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file, save_file

FOLDER = Path(__file__).resolve().parents[2] / "test" / "golden"
TAUS = [0.5, 0.8, 0.85, 0.9, 0.95, 0.99]


def softmax(logits: np.ndarray) -> np.ndarray:
    powers = np.exp(logits - logits.max(-1, keepdims=True))
    return powers / powers.sum(-1, keepdims=True)


def attend(query: np.ndarray, key: np.ndarray, causal: bool) -> np.ndarray:
    """[.., T, D] twice -> [.., T, T]."""
    size = query.shape[-2]
    logits = query @ key.swapaxes(-1, -2) / np.sqrt(query.shape[-1])
    hidden = np.triu(np.ones((size, size), dtype=bool), 1) if causal else np.zeros((size, size), dtype=bool)
    return softmax(np.where(hidden, -np.inf, logits))


def model_attention() -> np.ndarray:
    """Layers x sequences x heads of the fixture's attention, [L, B, H, T, T]."""
    config = json.loads((FOLDER / "gpt2-bias.json").read_text())["config"]
    stored = {name: value for name, value in load_file(FOLDER / "gpt2-bias.safetensors").items() if "gradient" not in name}
    weights = {name.removeprefix("transformer."): value.astype(np.float64) for name, value in stored.items()}
    tokens, heads = stored["tokens"], config["n_head"]
    linear = lambda x, name: x @ weights[f"{name}.weight"] + weights[f"{name}.bias"]

    def norm(x, name):
        centred = x - x.mean(-1, keepdims=True)
        scaled = centred / np.sqrt((centred**2).mean(-1, keepdims=True) + config["layer_norm_epsilon"])
        return scaled * weights[f"{name}.weight"] + weights[f"{name}.bias"]

    batch, length = tokens.shape
    x = weights["wte.weight"][tokens] + weights["wpe.weight"][:length]
    maps = []
    for layer in range(config["n_layer"]):
        at = f"h.{layer}"
        parts = np.split(linear(norm(x, f"{at}.ln_1"), f"{at}.attn.c_attn"), 3, axis=-1)
        query, key, value = (part.reshape(batch, length, heads, -1).swapaxes(1, 2) for part in parts)
        maps.append(attend(query, key, causal=True))
        mixed = (maps[-1] @ value).swapaxes(1, 2).reshape(batch, length, -1)
        x = x + linear(mixed, f"{at}.attn.c_proj")
        up = linear(norm(x, f"{at}.ln_2"), f"{at}.mlp.c_fc")
        gelu = 0.5 * up * (1 + np.tanh(np.sqrt(2 / np.pi) * (up + 0.044715 * up**3)))
        x = x + linear(gelu, f"{at}.mlp.c_proj")
    return np.stack(maps)


def ranks(attention: np.ndarray) -> list[int]:
    found = []
    for matrix in attention.reshape(-1, *attention.shape[-2:]).astype(np.float64):
        energy = np.cumsum(np.linalg.svd(matrix, compute_uv=False) ** 2)
        energy /= energy[-1]
        assert np.abs(energy[:, None] - TAUS).min() > 1e-9
        found.extend(int(np.searchsorted(energy, tau)) + 1 for tau in TAUS)
    return found


def main() -> None:
    random = np.random.default_rng(2404)
    scales = np.array([0.5, 2.0, 4.0, 8.0]).reshape(-1, 1, 1)
    draw = lambda count, size: random.normal(0, 1, (count, size, 8))
    tensors = {
        "model": model_attention(),
        "causal": attend(scales * draw(4, 61), draw(4, 61), causal=True),
        "causal-larger": attend(3 * draw(1, 173), draw(1, 173), causal=True),
        "full": attend(scales * draw(4, 47), draw(4, 47), causal=False),
    }
    tensors = {name: value.astype(np.float32) for name, value in tensors.items()}
    save_file(tensors, FOLDER / "attention_rank.safetensors")
    answer = {"madeBy": "tools/golden/attention_rank.py", "numpy": np.__version__, "taus": TAUS}
    answer["ranks"] = {name: ranks(value) for name, value in tensors.items()}
    (FOLDER / "attention_rank.json").write_text(json.dumps(answer) + "\n")
    print(f"attention_rank: {sum(len(value) for value in answer['ranks'].values())} ranks")


if __name__ == "__main__":
    main()
