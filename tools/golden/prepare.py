"""Golden token files: how nanoGPT and llm.c prepare a small corpus, from datasets, tiktoken and numpy.

The corpus is written too: test/golden/prepare.jsonl. Run with datasets, tiktoken, numpy from PyPI:

    python tools/golden/prepare.py            (needs the gpt2 files of tiktoken)
    python tools/golden/prepare.py FOLDER     (FOLDER with vocab.json and merges.txt of GPT-2)
"""

import hashlib
import json
import sys
from pathlib import Path

import datasets
import numpy
from tokenizer_ids import gpt2 as gpt2_encoding

golden = Path(__file__).parents[2] / "test/golden"
words = "the law of the land 42 naïve café 東京 don't we'll \n\n  spaces\t\tand 🙂 signs -- !!".split(" ")
random = numpy.random.default_rng(5)
documents = [
    f"Document {i}: " + " ".join(words[j] for j in random.integers(0, len(words), size=int(random.integers(1, 60))))
    for i in range(400)
]
(golden / "prepare.jsonl").write_text("".join(json.dumps({"text": text}) + "\n" for text in documents))

gpt2 = gpt2_encoding(sys.argv[1] if len(sys.argv) > 1 else None)
ids = [gpt2.encode_ordinary(text) for text in documents]


def described(tokens):
    data = numpy.array(tokens, dtype=numpy.uint16).tobytes()
    return {"tokens": len(tokens), "sha256": hashlib.sha256(data).hexdigest()}


# nanoGPT: train_test_split(0.0105, seed 2357), end-of-text after each document, documents in the order of the permutation.
rows = datasets.Dataset.from_dict({"row": list(range(400))})
split = rows.train_test_split(test_size=0.0105, seed=2357, shuffle=True)
val, train = list(split["test"]["row"]), list(split["train"]["row"])
after = lambda chosen: [id for row in chosen for id in ids[row] + [50256]]
before = [id for row in range(400) for id in [50256] + ids[row]]

# llm.c: end-of-text before each document, shards of so many tokens behind a header, the first of them for validation.
shard_tokens = 3000
shards = []
for start in range(0, len(before), shard_tokens):
    tokens = before[start : start + shard_tokens]
    header = numpy.zeros(256, dtype=numpy.int32)
    header[:3] = [20240520, 1, len(tokens)]
    data = header.tobytes() + numpy.array(tokens, dtype=numpy.uint16).tobytes()
    shards.append({"tokens": len(tokens), "sha256": hashlib.sha256(data).hexdigest()})

(golden / "prepare.json").write_text(
    json.dumps(
        {
            "nanogpt": {
                "val": described(after(val)),
                "trainInSourceOrder": described(after(sorted(train))),
                "trainPermuted": described(after(train)),
            },
            "llmc": {"shardTokens": shard_tokens, "shards": shards},
        },
        indent=1,
    )
    + "\n"
)
