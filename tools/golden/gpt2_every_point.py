"""Writes test/golden/gpt2_every_point.json: SHA-256 of tiktoken's GPT-2 ids of every code point there is, plane by plane.

    python tools/golden/gpt2_every_point.py FOLDER     (needs tiktoken; FOLDER as for tokenizer_ids.py)

Each code point stands between letters, between digits, between newlines, and alone between blanks, so that its class
shows. Ids are hashed as 16-bit little-endian numbers.
"""

import hashlib
import json
import sys
from array import array
from pathlib import Path

import tiktoken
from tiktoken.load import data_gym_to_mergeable_bpe_ranks

PATTERN = r"""'(?:[sdmt]|ll|ve|re)| ?\p{L}++| ?\p{N}++| ?[^\s\p{L}\p{N}]++|\s++$|\s+(?!\S)|\s"""


def text_of(plane: int) -> str:
    points = range(plane << 16, (plane + 1) << 16)
    return "".join(f"a{c}a1{c}1\n{c}\n {c} " for c in map(chr, points) if not "\ud800" <= c <= "\udfff")


def main(folder: str) -> None:
    ranks = data_gym_to_mergeable_bpe_ranks(f"{folder}/merges.txt", f"{folder}/vocab.json")
    encoding = tiktoken.Encoding("gpt2", pat_str=PATTERN, mergeable_ranks=ranks, special_tokens={})
    assert sys.byteorder == "little"
    hashes = []
    for plane in range(17):
        ids = array("H", encoding.encode_ordinary(text_of(plane)))
        hashes.append(hashlib.sha256(ids.tobytes()).hexdigest())
    path = Path(__file__).parents[2] / "test/golden/gpt2_every_point.json"
    path.write_text(json.dumps({"tiktoken": tiktoken.__version__, "sha256": hashes}, indent=1) + "\n")
    print(f"{path}: {len(hashes)} planes")


main(sys.argv[1])
