"""Writes test/golden/torch/: small files of torch.save, honest and hostile, for the reader that calls nothing.

    python tools/golden/torch_files.py                 (torch and transformers; CPU, a second)

plain.bin: a state dict of every dtype, a transposed view, two tensors in one storage, an empty one, and a Parameter.
sharded/: the same in two files with an index. gpt2/: a GPT-2 as pytorch_model.bin, with the causal masks old files have.
nanogpt.pt: a checkpoint as nanoGPT's train.py writes it, of a compiled model, without biases. legacy.bin: the format of
before PyTorch 1.6. litgpt-*, lit-gpt-*: Llama and GPT-NeoX as litgpt and the older lit-gpt store them. evil-*.bin: pickles that would run something. values.json: what the tensors hold.
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


def litgpt(name: str, config, lit: dict, by_groups: bool) -> list[float]:
    """A checkpoint of litgpt (all queries first) or lit-gpt (by groups of heads) of a model by transformers, and its logits."""
    torch.manual_seed(7)
    model = transformers.AutoModelForCausalLM.from_config(config).eval()
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.copy_(torch.randn(parameter.shape) * 0.3 + (1 if parameter.dim() == 1 else 0))
    state, made = model.state_dict(), OrderedDict()
    heads, groups, size = lit["n_head"], lit["n_query_groups"], lit["n_embd"] // lit["n_head"]
    joint = "attn.attn" if by_groups else "attn.qkv"

    def put(to: str, source: str) -> None:
        made[to] = state[source].clone()

    def join(q, k, v):
        if not by_groups:
            return torch.cat([q, k, v])
        parts = zip(q.split(size * heads // groups), k.split(size), v.split(size))
        return torch.cat([each for group in parts for each in group])

    is_llama = lit["mlp_class_name"] == "LLaMAMLP"
    base = "model" if is_llama else "gpt_neox"
    put("lm_head.weight", "lm_head.weight")
    put("transformer.wte.weight", f"{base}.embed_tokens.weight" if is_llama else f"{base}.embed_in.weight")
    for layer in range(lit["n_layer"]):
        at, to = f"{base}.layers.{layer}", f"transformer.h.{layer}"
        for kind in ["weight"] if is_llama else ["weight", "bias"]:
            put(f"{to}.norm_1.{kind}", f"{at}.input_layernorm.{kind}")
            put(f"{to}.norm_2.{kind}", f"{at}.post_attention_layernorm.{kind}")
            if is_llama:
                q, k, v = (state[f"{at}.self_attn.{part}_proj.{kind}"] for part in "qkv")
                put(f"{to}.attn.proj.{kind}", f"{at}.self_attn.o_proj.{kind}")
                for ours, theirs in [("fc_1", "gate_proj"), ("fc_2", "up_proj"), ("proj", "down_proj")]:
                    put(f"{to}.mlp.{ours}.{kind}", f"{at}.mlp.{theirs}.{kind}")
            else:
                whole = state[f"{at}.attention.query_key_value.{kind}"]
                q, k, v = (part.flatten(0, 1) for part in whole.unflatten(0, (heads, 3, size)).unbind(1))
                put(f"{to}.attn.proj.{kind}", f"{at}.attention.dense.{kind}")
                put(f"{to}.mlp.fc.{kind}", f"{at}.mlp.dense_h_to_4h.{kind}")
                put(f"{to}.mlp.proj.{kind}", f"{at}.mlp.dense_4h_to_h.{kind}")
            made[f"{to}.{joint}.{kind}"] = join(q, k, v).clone()
    for kind in ["weight"] if is_llama else ["weight", "bias"]:
        put(f"transformer.ln_f.{kind}", f"{base}.norm.{kind}" if is_llama else f"{base}.final_layer_norm.{kind}")
    (FOLDER / name).mkdir(exist_ok=True)
    torch.save({"model": made} if by_groups else made, FOLDER / name / "lit_model.pth")
    if by_groups:  # lit-gpt's names of the classes
        lit = {{"norm_class_name": "_norm_class", "mlp_class_name": "_mlp_class"}.get(key, key): value for key, value in lit.items()}
        (FOLDER / name / "lit_config.json").write_text(json.dumps(lit))
    else:
        (FOLDER / name / "model_config.yaml").write_text("".join(f"{key}: {json.dumps(value)}\n" for key, value in lit.items()))
    with torch.no_grad():
        return model(torch.tensor([[1, 2, 3]])).logits.flatten().tolist()


SHARED = dict(block_size=16, vocab_size=30, padded_vocab_size=32, n_layer=2, n_head=4, n_embd=16, intermediate_size=24, norm_eps=1e-5)
HUB = dict(num_hidden_layers=2, num_attention_heads=4, hidden_size=16, intermediate_size=24, max_position_embeddings=16, vocab_size=32)
LLAMA = dict(SHARED, n_query_groups=2, rotary_percentage=1.0, parallel_residual=False, bias=False, norm_class_name="RMSNorm", mlp_class_name="LLaMAMLP")
NEOX = dict(SHARED, n_query_groups=4, rotary_percentage=0.5, parallel_residual=True, bias=True, norm_class_name="LayerNorm", mlp_class_name="GptNeoxMLP")


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
        "litgpt-llama": litgpt("litgpt-llama", transformers.LlamaConfig(**HUB, num_key_value_heads=2, rms_norm_eps=1e-5), LLAMA, False),
        "lit-gpt-llama": litgpt("lit-gpt-llama", transformers.LlamaConfig(**HUB, num_key_value_heads=2, rms_norm_eps=1e-5), LLAMA, True),
        "litgpt-neox": litgpt("litgpt-neox", transformers.GPTNeoXConfig(**HUB, rotary_pct=0.5), NEOX, False),
        "lit-gpt-neox": litgpt("lit-gpt-neox", transformers.GPTNeoXConfig(**HUB, rotary_pct=0.5), NEOX, True),
    }
    (FOLDER / "values.json").write_text(json.dumps({"madeBy": "tools/golden/torch_files.py", "torch": torch.__version__, **values}) + "\n")


if __name__ == "__main__":
    main()
