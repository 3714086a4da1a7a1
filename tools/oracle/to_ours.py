"""Writes GPT-2 folders by transformers' save_pretrained, with logits, for our reader to agree with.

    python tools/oracle/to_ours.py OUT [--full]

For each case OUT/NAME is a folder and OUT/NAME.case.safetensors holds `tokens` [2, 12] and float32 `logits`. Prints the
names as one line of JSON. --full adds GPT-2 124M at its full context. Weights are random, wide enough that attention is far
from uniform.
"""

import json
import sys
from pathlib import Path

import torch
from safetensors.torch import save_file
from transformers import GPT2Config, GPT2LMHeadModel

TINY = {"n_layer": 3, "n_head": 2, "n_embd": 16, "n_positions": 12, "vocab_size": 61, "bos_token_id": 60, "eos_token_id": 60}
CASES = {
    "plain": {**TINY},
    "scaled": {**TINY, "scale_attn_by_inverse_layer_idx": True},
    "epsilon": {**TINY, "layer_norm_epsilon": 1e-2},
    "bfloat16": {**TINY, "scale_attn_by_inverse_layer_idx": True},
    "bare": {**TINY},  # names without `transformer.`, as in the hub's gpt2
}
FULL = {"gpt2-124m": {"scale_attn_by_inverse_layer_idx": True}}


def make_model(config: GPT2Config, deviation: float, seed: int) -> GPT2LMHeadModel:
    generator = torch.Generator().manual_seed(seed)
    model = GPT2LMHeadModel(config).eval()
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            noise = deviation * torch.randn(parameter.shape, generator=generator)
            parameter.copy_(noise + 1 if ".ln_" in name and name.endswith("weight") else noise)
    return model


def write_case(out: Path, name: str, settings: dict, seed: int) -> None:
    config = GPT2Config(**settings)
    model = make_model(config, 0.25 if config.n_embd < 100 else 0.05, seed)
    if name == "bfloat16":
        model.bfloat16()
    if name == "bare":
        model.transformer.save_pretrained(out / name)
    else:
        model.save_pretrained(out / name)
    rows = 2 if config.n_positions < 100 else 1
    tokens = torch.randint(config.vocab_size, (rows, config.n_positions), generator=torch.Generator().manual_seed(seed + 1))
    with torch.no_grad():
        logits = model.float()(input_ids=tokens).logits
    save_file({"tokens": tokens, "logits": logits}, out / f"{name}.case.safetensors")


def main(out: Path, full: bool) -> None:
    cases = {**CASES, **FULL} if full else CASES
    for seed, (name, settings) in enumerate(cases.items()):
        write_case(out, name, settings, 40 + seed)
    print(json.dumps(list(cases)))


if __name__ == "__main__":
    main(Path(sys.argv[1]), "--full" in sys.argv)
