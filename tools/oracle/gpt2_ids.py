"""Writes tiktoken's GPT-2 ids of texts, for ours to be compared with.

    python tools/oracle/gpt2_ids.py FOLDER                       texts of FOLDER/text, each ending at a place of FOLDER/ends
    python tools/oracle/gpt2_ids.py FOLDER --random SEED COUNT   makes these two files first, of random Unicode strings

FOLDER has GPT-2's vocab.json and merges.txt. Written: ids (16 bits each) and id-ends (32 bits each, as in ends).
"""

import json
import random
import sys
from array import array
from pathlib import Path

import tiktoken
from tiktoken.load import data_gym_to_mergeable_bpe_ranks

PATTERN = r"""'(?:[sdmt]|ll|ve|re)| ?\p{L}++| ?\p{N}++| ?[^\s\p{L}\p{N}]++|\s++$|\s+(?!\S)|\s"""
ALL = [chr(point) for point in range(0x110000) if not 0xD800 <= point <= 0xDFFF]
LOW = ALL[:0x3000]
SPACES = list("\t\n\v\f\r \x1c\x1d\x1e\x1f\x85\xa0\u1680\u180e\u2000\u2003\u200a\u200b\u2028\u2029\u202f\u205f\u3000\ufeff")
HARD = [*SPACES, *"'aAzZ09.,-_\0\x7f", "'s", "'t", "'re", "'ve", "'m", "'ll", "'d", "'S", "'r", "'v", "'l", "  ", "\r\n"]
HARD += [*"éßжع你가²½٣Ⅷ—…🙂\u0301\u200d", "\U0001d4b3", "\U00020000", "\U0001d7d8", "<|endoftext|>", "'s's", "ſ", "K"]
WORDS = "the of and to in a is that for it as was with be by on not he his but at are this have from or had an they which".split()
POOLS = [ALL, LOW, ALL[:256], HARD, HARD + WORDS, [f" {word}" for word in WORDS] + HARD[-40:], SPACES + ["x", "'t"]]


def random_texts(seed: int, count: int) -> list[str]:
    rng = random.Random(seed)
    texts = []
    for _ in range(count):
        text = "".join(rng.choices(rng.choice(POOLS), k=rng.randrange(1, 40)))
        if rng.random() < 0.05:
            text += "".join(rng.choices(rng.choice((LOW, HARD, WORDS)), k=3)) * rng.randrange(2, 60)
        texts.append(text)
    return texts


def write_texts(folder: Path, texts: list[str]) -> None:
    encoded = [text.encode() for text in texts]
    ends, end = array("I"), 0
    for text in encoded:
        end += len(text)
        ends.append(end)
    (folder / "text").write_bytes(b"".join(encoded))
    (folder / "ends").write_bytes(ends.tobytes())


def main(folder: Path, *options: str) -> None:
    if options and options[0] == "--random":
        write_texts(folder, random_texts(int(options[1]), int(options[2])))
    vocab = json.loads((folder / "vocab.json").read_text())
    vocab.pop("<|endoftext|>", None)
    (folder / "encoder.json").write_text(json.dumps(vocab))
    ranks = data_gym_to_mergeable_bpe_ranks(str(folder / "merges.txt"), str(folder / "encoder.json"))
    encoding = tiktoken.Encoding("gpt2", pat_str=PATTERN, mergeable_ranks=ranks, special_tokens={"<|endoftext|>": 50256})
    whole, ends = (folder / "text").read_bytes(), array("I", (folder / "ends").read_bytes())
    ids, id_ends, start = array("H"), array("I"), 0
    for end in ends:
        ids.extend(encoding.encode_ordinary(whole[start:end].decode()))
        id_ends.append(len(ids))
        start = end
    (folder / "ids").write_bytes(ids.tobytes())
    (folder / "id-ends").write_bytes(id_ends.tobytes())


main(Path(sys.argv[1]), *sys.argv[2:])
