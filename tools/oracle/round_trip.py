"""Loads model folders of ours and saves them again, for ours to read. test/oracle/ judges.

    python tools/oracle/round_trip.py FOLDER...

FOLDER.case.safetensors lies beside each FOLDER, as from_ours.py wants it. Writes FOLDER-again by save_pretrained and prints
one line of JSON: for each folder what from_ours.py tells, with `uncached`: the greedy ids without a cache, and `padding`: the
row of the embedding that would never be trained.
"""

import json
import sys

import torch
from from_ours import examine
from safetensors.torch import load_file
from transformers import AutoModelForCausalLM


def round_trip(folder: str) -> dict:
    told = examine(folder)
    model = AutoModelForCausalLM.from_pretrained(folder)
    prompt = load_file(f"{folder}.case.safetensors")["tokens"][:1, :4]
    settings = dict(max_new_tokens=8, min_new_tokens=8, do_sample=False)
    uncached = model.generate(prompt, attention_mask=torch.ones_like(prompt), use_cache=False, **settings)
    model.save_pretrained(f"{folder}-again")
    return {**told, "uncached": uncached[0, 4:].tolist(), "padding": model.get_input_embeddings().padding_idx}


if __name__ == "__main__":
    print(json.dumps([round_trip(folder) for folder in sys.argv[1:]]))
