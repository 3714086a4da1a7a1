"""Writes test/golden/torch/: small files of torch.save, honest and hostile, for the reader that calls nothing.

    python tools/golden/torch_files.py                 (torch and transformers; CPU, a second)

plain.bin: a state dict of every dtype, a transposed view, two tensors in one storage, an empty one, and a Parameter.
sharded/: the same in two files with an index. gpt2/: a GPT-2 as pytorch_model.bin, with the causal masks old files have.
nanogpt.pt: a checkpoint as nanoGPT's train.py writes it, of a compiled model, without biases. legacy.bin: the format of
before PyTorch 1.6. evil-*.bin: pickles that would run something. values.json: what the tensors hold.
"""

import json
import os
import pickle
import zipfile
from collections import OrderedDict
from pathlib import Path

import torch
import transformers

FOLDER = Path(__file__).resolve().parents[2] / "test" / "golden" / "torch"
DTYPES = ["float64", "float32", "float16", "bfloat16", "int64", "int32", "int16", "int8", "uint8", "bool"]


def plain() -> OrderedDict:
    tensors = OrderedDict()
    for dtype in DTYPES:
        tensors[f"module._orig_mod.{dtype}"] = (torch.arange(6) % 2 if dtype == "bool" else torch.arange(6)).reshape(2, 3).to(getattr(torch, dtype))
    whole = torch.arange(12, dtype=torch.float32).reshape(3, 4)
    tensors["whole"] = whole
    tensors["turned"] = whole.t()
    tensors["column"] = whole[:, 1]
    tensors["part"] = whole[1:, 2:]
    tensors["empty"] = torch.zeros(0, 3)
    tensors["scalar"] = torch.tensor(7.0)
    tensors["parameter"] = torch.nn.Parameter(torch.full((2,), 3.0))
    return tensors


def nanogpt(seed: int = 5) -> dict:
    generator = torch.Generator().manual_seed(seed)
    args = dict(n_layer=2, n_head=2, n_embd=8, block_size=16, bias=False, vocab_size=32, dropout=0.0)
    c = args["n_embd"]
    shapes = {"transformer.wte.weight": (32, c), "transformer.wpe.weight": (16, c)}
    for layer in range(2):
        at = f"transformer.h.{layer}"
        shapes |= {f"{at}.ln_1.weight": (c,), f"{at}.attn.c_attn.weight": (3 * c, c), f"{at}.attn.c_proj.weight": (c, c)}
        shapes |= {f"{at}.ln_2.weight": (c,), f"{at}.mlp.c_fc.weight": (4 * c, c), f"{at}.mlp.c_proj.weight": (c, 4 * c)}
    shapes["transformer.ln_f.weight"] = (c,)
    model = OrderedDict((f"_orig_mod.{name}", torch.randn(shape, generator=generator)) for name, shape in shapes.items())
    model["_orig_mod.lm_head.weight"] = model["_orig_mod.transformer.wte.weight"]
    optimizer = {"state": {0: {"step": torch.tensor(3.0), "exp_avg": torch.zeros(2)}}, "param_groups": [{"lr": 6e-4, "betas": (0.9, 0.95)}]}
    return {"model": model, "optimizer": optimizer, "model_args": args, "iter_num": 3, "best_val_loss": torch.tensor(1.5), "config": {"dataset": "x"}}


class Evil:
    def __init__(self, function, *arguments):
        self.call = (function, arguments)

    def __reduce__(self):
        return self.call


def evil_zip(name: str, payload: bytes) -> None:
    with zipfile.ZipFile(FOLDER / name, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("archive/data.pkl", payload)
        archive.writestr("archive/version", "3\n")


def main() -> None:
    (FOLDER / "sharded").mkdir(parents=True, exist_ok=True)
    (FOLDER / "gpt2").mkdir(exist_ok=True)
    tensors = plain()
    torch.save(tensors, FOLDER / "plain.bin")
    names = list(tensors)
    parts = {f"pytorch_model-0000{i + 1}-of-00002.bin": names[i::2] for i in range(2)}
    for file, part in parts.items():
        torch.save({name: tensors[name].clone() for name in part}, FOLDER / "sharded" / file)
    index = {"metadata": {"total_size": 1}, "weight_map": {name: file for file, part in parts.items() for name in part}}
    (FOLDER / "sharded" / "pytorch_model.bin.index.json").write_text(json.dumps(index, indent=1))
    torch.save(nanogpt(), FOLDER / "nanogpt.pt")
    torch.save({"a": torch.zeros(2)}, FOLDER / "legacy.bin", _use_new_zipfile_serialization=False)

    torch.manual_seed(3)
    config = transformers.GPT2Config(n_layer=1, n_head=2, n_embd=8, n_positions=6, vocab_size=11, bos_token_id=10, eos_token_id=10)
    model = transformers.GPT2LMHeadModel(config).eval()
    state = {key.removeprefix("transformer."): value for key, value in model.state_dict().items() if key != "lm_head.weight"}
    state["h.0.attn.bias"] = torch.ones(1, 1, 6, 6, dtype=torch.bool).tril()
    state["h.0.attn.masked_bias"] = torch.tensor(-1e4)
    torch.save(state, FOLDER / "gpt2" / "pytorch_model.bin")
    (FOLDER / "gpt2" / "config.json").write_text(json.dumps({"model_type": "gpt2", **{k: getattr(config, k) for k in ["n_layer", "n_head", "n_embd", "n_positions", "vocab_size"]}}))
    with torch.no_grad():
        logits = model(torch.tensor([[1, 2, 3]])).logits

    evil_zip("evil-system.bin", pickle.dumps({"a": Evil(os.system, "touch /tmp/inheritune-was-here")}, protocol=2))
    evil_zip("evil-eval.bin", pickle.dumps(Evil(eval, "1"), protocol=4))
    evil_zip("evil-nested.bin", pickle.dumps(OrderedDict(a=[{"b": (Evil(exec, "1"),)}]), protocol=5))
    values = {
        "plain": {key: value.detach().to(torch.float64).flatten().tolist() for key, value in tensors.items()},
        "shapes": {key: list(value.shape) for key, value in tensors.items()},
        "nanogpt": {key.removeprefix("_orig_mod."): value.flatten().tolist() for key, value in nanogpt()["model"].items()},
        "gpt2": logits.flatten().tolist(),
    }
    (FOLDER / "values.json").write_text(json.dumps({"madeBy": "tools/golden/torch_files.py", "torch": torch.__version__, **values}) + "\n")


if __name__ == "__main__":
    main()
