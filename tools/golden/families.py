"""Writes test/golden/family-*.safetensors and .json: small models of every family but GPT-2, as transformers computes them.

    python tools/golden/families.py [NAME ...]         (torch and transformers; CPU, one thread, some seconds)

A safetensors file holds the weights under transformers' names, `tokens` and `targets` [2, 11], `logits`, `gradient.NAME` of
each weight, and `attention` [layers, 2, heads, 11, 11], all in float32 with eager attention, and `greedy` [1, 20]: what
`generate` makes of the first four tokens. The JSON beside it holds the config.json, the loss (mean cross-entropy at
`targets`, which are given and not the shifted tokens), and `noise`: how far float32 is from the same model in float64, as a
share of each tensor's largest value. Weights are large, so that attention is far from uniform and a wrong scale, mask or
rotation shows. All cases are named in CASES, one for each variant that a checkpoint may have.
"""

import json
import sys
import zlib
from pathlib import Path

import torch
import transformers
from safetensors.torch import save_file
from torch.nn.functional import cross_entropy

FOLDER = Path(__file__).resolve().parents[2] / "test" / "golden"
VOCAB = 37
LLAMA = dict(
    hidden_size=16, intermediate_size=24, num_hidden_layers=2, num_attention_heads=4, max_position_embeddings=32,
    vocab_size=VOCAB, bos_token_id=1, eos_token_id=None,
)  # fmt: skip
NEOX = dict(
    hidden_size=16, intermediate_size=24, num_hidden_layers=2, num_attention_heads=2, max_position_embeddings=32,
    vocab_size=VOCAB, bos_token_id=1, eos_token_id=None,
)  # fmt: skip
OPT = dict(
    hidden_size=16, ffn_dim=24, num_hidden_layers=2, num_attention_heads=4, max_position_embeddings=32, vocab_size=VOCAB,
    dropout=0.0, bos_token_id=1, eos_token_id=None, pad_token_id=None,
)  # fmt: skip
MPT = dict(d_model=16, n_layers=2, n_heads=4, vocab_size=VOCAB, max_seq_len=32, bos_token_id=1)
LLAMA3_ROPE = dict(
    rope_type="llama3", rope_theta=500.0, factor=8.0, low_freq_factor=1.0, high_freq_factor=4.0,
    original_max_position_embeddings=16,
)  # fmt: skip

# name: configuration class, its settings
CASES = {
    "llama": (transformers.LlamaConfig, LLAMA),
    "llama-grouped": (transformers.LlamaConfig, dict(LLAMA, num_key_value_heads=2, tie_word_embeddings=True)),
    "llama-3": (transformers.LlamaConfig, dict(LLAMA, num_key_value_heads=1, rope_parameters=LLAMA3_ROPE, rms_norm_eps=1e-5)),
    "llama-linear": (
        transformers.LlamaConfig,
        dict(LLAMA, head_dim=6, rope_parameters=dict(rope_type="linear", rope_theta=1000.0, factor=2.0)),
    ),
    "llama-biased": (transformers.LlamaConfig, dict(LLAMA, attention_bias=True, mlp_bias=True)),
    "gpt2-erf": (
        transformers.GPT2Config,
        dict(n_layer=2, n_head=2, n_embd=16, n_positions=32, vocab_size=VOCAB, activation_function="gelu", bos_token_id=1, eos_token_id=None),
    ),
    "neox": (transformers.GPTNeoXConfig, dict(NEOX)),
    "neox-serial": (transformers.GPTNeoXConfig, dict(NEOX, use_parallel_residual=False, rotary_pct=1.0, rotary_emb_base=500)),
    "neox-tied": (transformers.GPTNeoXConfig, dict(NEOX, tie_word_embeddings=True, attention_bias=False, rotary_pct=0.5)),
    "opt": (transformers.OPTConfig, dict(OPT)),
    "opt-post-norm": (transformers.OPTConfig, dict(OPT, do_layer_norm_before=False, word_embed_proj_dim=8)),
    "opt-projected": (transformers.OPTConfig, dict(OPT, word_embed_proj_dim=12, enable_bias=False)),
    "opt-untied": (transformers.OPTConfig, dict(OPT, tie_word_embeddings=False, _remove_final_layer_norm=True)),
    "mpt": (transformers.MptConfig, dict(MPT)),
    "mpt-clipped": (
        transformers.MptConfig,
        dict(MPT, d_model=18, n_heads=3, attn_config=dict(clip_qkv=0.9, softmax_scale=0.7)),
    ),
    "mistral": (
        transformers.MistralConfig,
        dict(LLAMA, num_key_value_heads=2, head_dim=4, sliding_window=None),
    ),
}


def make_model(config, seed: int):
    """Random weights: norms around 1, biases around 0, everything else 0.3 wide."""
    generator = torch.Generator().manual_seed(seed)
    config._attn_implementation = "eager"
    model = transformers.AutoModelForCausalLM.from_config(config, attn_implementation="eager").eval()
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            noise = torch.randn(parameter.shape, generator=generator)
            if name.endswith("bias"):
                parameter.copy_(0.1 * noise)
            elif "norm" in name or ".ln_" in name:
                parameter.copy_(1 + 0.2 * noise)
            else:
                parameter.copy_(0.3 * noise)
    return model


def evaluate(model, tokens, targets) -> dict[str, torch.Tensor]:
    """Logits, loss, attention and gradients of a model, in its own dtype."""
    model.zero_grad(set_to_none=True)
    output = model(input_ids=tokens, output_attentions=True, use_cache=False)
    loss = cross_entropy(output.logits.flatten(0, 1), targets.flatten())
    loss.backward()
    gradients = {f"gradient.{name}": parameter.grad.clone() for name, parameter in model.named_parameters()}
    attention = torch.stack([each.detach() for each in output.attentions])
    return {"logits": output.logits.detach(), "loss": loss.detach(), "attention": attention, **gradients}


def describe(config) -> dict:
    """config.json: what differs by version left out."""
    known = config.to_dict()
    return {key: value for key, value in known.items() if not key.startswith(("transformers", "dtype", "_name"))}


def write(name: str, seed: int) -> None:
    kind, settings = CASES[name]
    model = make_model(kind(**settings), seed)
    generator = torch.Generator().manual_seed(seed + 100)
    tokens, targets = (torch.randint(VOCAB, (2, 11), generator=generator) for _ in range(2))
    as_stored = lambda key: key.replace("lm_head", "embed_out") if model.config.model_type == "gpt_neox" else key
    weights = {as_stored(key): parameter.detach().clone() for key, parameter in model.named_parameters()}
    prompt = tokens[:1, :4]
    greedy = model.generate(prompt, attention_mask=torch.ones_like(prompt), max_new_tokens=16, do_sample=False, use_cache=False)
    single = evaluate(model, tokens, targets)
    double = evaluate(model.double(), tokens, targets)
    noise = {key: float((value.double() - double[key]).abs().max() / double[key].abs().max()) for key, value in single.items()}
    loss = single.pop("loss")
    single = {as_stored(key): value for key, value in single.items()}
    tensors = {**weights, **single, "tokens": tokens, "targets": targets, "greedy": greedy}
    save_file({key: value.contiguous() for key, value in tensors.items()}, FOLDER / f"family-{name}.safetensors", {"format": "pt"})
    facts = {
        "madeBy": "tools/golden/families.py",
        "torch": torch.__version__,
        "transformers": transformers.__version__,
        "config": describe(model.config),
        "loss": float(loss),
        "loss64": float(double["loss"]),
        "noise": {key: float(f"{value:.2g}") for key, value in noise.items()},
    }
    (FOLDER / f"family-{name}.json").write_text(json.dumps(facts, indent=1) + "\n")
    worst = max(noise, key=noise.get)
    print(f"{name}: loss {float(loss):.6f}, float32 noise at most {noise[worst]:.1e} ({worst})")


if __name__ == "__main__":
    torch.set_num_threads(1)
    names = sys.argv[1:] or list(CASES)
    for name in names:
        write(name, zlib.crc32(name.encode()) % 2**31)
