"""Writes test/golden/inheritance.json: where each tensor of a target comes from, for every way to inherit.

    python tools/golden/inheritance.py      (plain Python, at once)

Written from the definitions, not from our code: blocks in the order asked for; a tied head is the token embedding, so
either option inherits it; `keepScale` multiplies the query by (new + 1) / (old + 1) where the attention of layer l is
divided by l + 1. A line of `map` is [target, source or null, factor of the query].
"""

import json
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "test" / "golden"
PARTS = {"embeddings": True, "positions": True, "finalNorm": True, "head": True}
MATRICES = ["attention.queryKeyValue", "attention.output", "mlp.up", "mlp.down"]


def block_tensors(bias: bool) -> list[str]:
    kinds = ["weight", "bias"] if bias else ["weight"]
    order = ["norm1", *MATRICES[:2], "norm2", *MATRICES[2:]]
    return [f"{name}.{kind}" for name in order for kind in kinds]


def tensor_map(blocks: list, bias: bool, scaled: bool, parts: dict, keep_scale: bool) -> list:
    rows = [["tokenEmbedding", "tokenEmbedding" if parts["embeddings"] or parts["head"] else None, 1]]
    rows += [["positionEmbedding", "positionEmbedding" if parts["positions"] else None, 1]]
    for new, old in enumerate(blocks):
        for name in block_tensors(bias):
            is_query = name.startswith("attention.queryKeyValue")
            factor = (new + 1) / (old + 1) if old is not None and is_query and scaled and keep_scale else 1
            rows.append([f"blocks.{new}.{name}", None if old is None else f"blocks.{old}.{name}", factor])
    for kind in ["weight", "bias"] if bias else ["weight"]:
        rows.append([f"finalNorm.{kind}", f"finalNorm.{kind}" if parts["finalNorm"] else None, 1])
    return rows


def case(name: str, blocks: list, *, bias=False, scaled=True, parts=None, keep_scale=False) -> dict:
    parts = {**PARTS, **(parts or {})}
    options = {"bias": bias, "scaled": scaled, "parts": parts, "keepScale": keep_scale}
    return {"name": name, "blocks": blocks, **options, "map": tensor_map(blocks, bias, scaled, parts, keep_scale)}


def main() -> None:
    upstream = {"embeddings": False, "positions": False, "finalNorm": False}
    cases = [
        case("first 2", [0, 1]),
        case("0,2,5", [0, 2, 5]),
        case("0-3,6", [0, 1, 2, 3, 6], bias=True),
        case("5,5,0 turned and repeated", [5, 5, 0]),
        case("0,null,2 one block random", [0, None, 2], keep_scale=True),
        case("as upstream", [0, 1], parts=upstream),
        case("no embeddings, head inherited", [0], parts={"embeddings": False}),
        case("no head, embeddings inherited", [0], parts={"head": False}),
        case("neither embeddings nor head", [0], parts={"embeddings": False, "head": False}),
        case("no positions", [0], parts={"positions": False}),
        case("no final norm", [0], bias=True, parts={"finalNorm": False}),
        case("0,2,5 keeping the scale", [0, 2, 5], bias=True, keep_scale=True),
        case("0,2,5 keeping a scale there is not", [0, 2, 5], scaled=False, keep_scale=True),
    ]
    lines = ",\n".join(json.dumps(each, separators=(",", ":")) for each in cases)
    (FOLDER / "inheritance.json").write_text(f'{{"madeBy":"tools/golden/inheritance.py","cases":[\n{lines}\n]}}\n')


if __name__ == "__main__":
    main()
