"""Tells what transformers makes of model folders of ours: loading, logits, greedy text. test/oracle/ judges.

    python tools/oracle/from_ours.py FOLDER...

Beside each FOLDER lies FOLDER.case.safetensors with `tokens` [B, T] and our float32 `logits` [B, T, V]. Prints one line of
JSON: for each folder the keys that transformers missed or did not expect, the largest difference of logits as a share of
the largest logit, and the ids that greedy search adds to the first row's first four tokens.
"""

import json
import sys

import torch
from safetensors.torch import load_file
from transformers import AutoModelForCausalLM


def examine(folder: str) -> dict:
    model, loading = AutoModelForCausalLM.from_pretrained(folder, output_loading_info=True)
    case = load_file(f"{folder}.case.safetensors")
    tokens, ours = case["tokens"], case["logits"]
    with torch.no_grad():
        theirs = model(input_ids=tokens).logits
        prompt = tokens[:1, :4]
        text = model.generate(prompt, attention_mask=torch.ones_like(prompt), max_new_tokens=8, min_new_tokens=8, do_sample=False)
    return {
        "class": type(model).__name__,
        "dtype": str(model.dtype),
        **{kind: sorted(map(str, loading[kind])) for kind in ("missing_keys", "unexpected_keys", "mismatched_keys")},
        "difference": float((theirs - ours).abs().max() / theirs.abs().max()),
        "greedy": text[0, 4:].tolist(),
    }


if __name__ == "__main__":
    print(json.dumps([examine(folder) for folder in sys.argv[1:]]))
