"""The peer of bench/tokenize.ts: tiktoken's encode_ordinary with GPT-2's vocabulary, text by text, on one thread.

    python bench/peer_tokenize.py FOLDER     then lines of JSON on stdin; answers with a line of JSON each

FOLDER has text (all texts one after another), ends (where each ends, 32-bit), vocab.json and merges.txt.
"""

import json
import sys
import time
from array import array
from pathlib import Path

import tiktoken
from tiktoken.load import data_gym_to_mergeable_bpe_ranks

PATTERN = r"""'(?:[sdmt]|ll|ve|re)| ?\p{L}++| ?\p{N}++| ?[^\s\p{L}\p{N}]++|\s++$|\s+(?!\S)|\s"""

folder = Path(sys.argv[1])
vocab = json.loads((folder / "vocab.json").read_text())
vocab.pop("<|endoftext|>", None)
(folder / "encoder.json").write_text(json.dumps(vocab))
ranks = data_gym_to_mergeable_bpe_ranks(str(folder / "merges.txt"), str(folder / "encoder.json"))
encoding = tiktoken.Encoding("gpt2", pat_str=PATTERN, mergeable_ranks=ranks, special_tokens={"<|endoftext|>": 50256})

whole = (folder / "text").read_bytes()
ends = array("I", (folder / "ends").read_bytes())
texts = [whole[start:end].decode() for start, end in zip([0, *ends], ends)]

for line in sys.stdin:
    if json.loads(line)["cmd"] == "end":
        break
    began, cpu_began = time.perf_counter(), time.thread_time()
    found = [encoding.encode_ordinary(text) for text in texts]
    cpu, wall = time.thread_time() - cpu_began, time.perf_counter() - began
    ids = array("H")
    for part in found:
        ids.extend(part)
    (folder / "tiktoken.ids").write_bytes(ids.tobytes())
    print(json.dumps({"wallMs": wall * 1e3, "cpuMs": cpu * 1e3, "ids": len(ids)}), flush=True)
print("{}", flush=True)
