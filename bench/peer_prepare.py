"""The peer of bench/prepare.ts: nanoGPT's own data/openwebtext/prepare.py, on a parquet file of this machine.

    python bench/peer_prepare.py PREPARE_PY FILE.parquet OUT PROCESSES GPT2_FOLDER

PREPARE_PY is read, not imported: it gets PROCESSES in place of its 8, the file in place of the hub's data set, GPT-2's ranks from
GPT2_FOLDER (vocab.json, merges.txt) in place of a download, OUT in place of its own folder, and no more write batches than documents,
which datasets refuses by now. All else is as written.
"""

import os
import re
import sys

import datasets
import tiktoken
from tiktoken.load import data_gym_to_mergeable_bpe_ranks

script, parquet, out, processes, gpt2 = sys.argv[1:]
load_dataset = datasets.load_dataset


def load_file(_name, num_proc=None):
    return load_dataset("parquet", data_files={"train": parquet}, cache_dir=os.path.join(out, "cache"), columns=["text"])


def encoding(_name):
    ranks = data_gym_to_mergeable_bpe_ranks(f"{gpt2}/merges.txt", f"{gpt2}/vocab.json")
    pattern = r"""'(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"""
    return tiktoken.Encoding("gpt2", pat_str=pattern, mergeable_ranks=ranks, special_tokens={"<|endoftext|>": 50256})


datasets.load_dataset = load_file
tiktoken.get_encoding = encoding
source = re.sub(r"(?m)^num_proc = \d+", f"num_proc = {processes}", open(script).read())
source = source.replace("total_batches = 1024", "total_batches = min(1024, len(dset))")
assert f"num_proc = {processes}" in source, "PREPARE_PY: no num_proc in it"
os.makedirs(out, exist_ok=True)
exec(compile(source, script, "exec"), {"__name__": "__main__", "__file__": os.path.join(out, "prepare.py")})
