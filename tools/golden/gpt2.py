"""Writes test/golden/gpt2-*.safetensors and .json: small GPT-2s with transformers' logits, loss and every gradient.

    python tools/golden/gpt2.py             (torch and transformers; CPU, one thread, under 10 s)

A safetensors file holds the weights under transformers' names, `tokens` and `targets` [2, 12], `logits` [2, 12, 61] and
`gradient.NAME` of each weight, all from GPT2LMHeadModel in float32 with eager attention. The JSON beside it holds the
config.json, the loss (mean cross-entropy at `targets`, which are given and not the shifted tokens), and `noise`: how far
float32 is from the same model in float64, as a share of each tensor's largest value. Weights are large (0.25, not 0.02),
so that attention is far from uniform and a wrong scale, mask or transpose shows. In the case without biases they are zero
and their gradients are left out.
"""

import json
from pathlib import Path

import torch
import transformers
from safetensors.torch import save_file
from torch.nn.functional import cross_entropy

FOLDER = Path(__file__).resolve().parents[2] / "test" / "golden"
CASES = {
    "gpt2-bias": {"layers": 2, "bias": True, "inverse": False, "seed": 11},
    "gpt2-bias-scaled": {"layers": 2, "bias": True, "inverse": True, "seed": 12},
    "gpt2-plain-scaled": {"layers": 3, "bias": False, "inverse": True, "seed": 13},
}


def make_config(layers: int, inverse: bool) -> transformers.GPT2Config:
    return transformers.GPT2Config(
        n_layer=layers, n_head=2, n_embd=16, n_positions=12, vocab_size=61, resid_pdrop=0.0, embd_pdrop=0.0,
        attn_pdrop=0.0, scale_attn_by_inverse_layer_idx=inverse, bos_token_id=60, eos_token_id=60, use_cache=False,
        attn_implementation="eager",
    )  # fmt: skip


def make_model(layers: int, bias: bool, inverse: bool, seed: int) -> transformers.GPT2LMHeadModel:
    """Random weights: norms around 1, biases around 0, everything else 0.25 wide."""
    generator = torch.Generator().manual_seed(seed)
    model = transformers.GPT2LMHeadModel(make_config(layers, inverse))
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            noise = torch.randn(parameter.shape, generator=generator)
            if name.endswith(".bias"):
                parameter.copy_(0.1 * noise if bias else torch.zeros_like(noise))
            elif ".ln_" in name:
                parameter.copy_(1 + 0.2 * noise)
            else:
                parameter.copy_(0.25 * noise)
    return model


def make_tokens(seed: int, shape: tuple[int, ...], vocab: int = 61) -> torch.Tensor:
    return torch.randint(vocab, shape, generator=torch.Generator().manual_seed(seed))


def evaluate(model, tokens, targets) -> dict[str, torch.Tensor]:
    """Logits, loss and gradients of a model, in its own dtype."""
    model.zero_grad(set_to_none=True)
    logits = model(input_ids=tokens).logits
    loss = cross_entropy(logits.flatten(0, 1), targets.flatten())
    loss.backward()
    gradients = {f"gradient.{name}": parameter.grad.clone() for name, parameter in model.named_parameters()}
    return {"logits": logits.detach(), "loss": loss.detach(), **gradients}


def describe(config: transformers.GPT2Config, bias: bool) -> dict:
    """config.json as a checkpoint of ours has it: what differs by version left out, the key for absent biases put in."""
    known = {key: value for key, value in config.to_diff_dict().items() if not key.startswith(("transformers", "dtype", "summary"))}
    return {**known, "inheritune": {"bias": bias, "vocab": config.vocab_size}}


def main() -> None:
    torch.set_num_threads(1)
    for name, case in CASES.items():
        model = make_model(**case)
        tokens, targets = make_tokens(case["seed"] + 100, (2, 12)), make_tokens(case["seed"] + 200, (2, 12))
        weights = {key: parameter.detach().clone() for key, parameter in model.named_parameters()}
        single = evaluate(model, tokens, targets)
        double = evaluate(model.double(), tokens, targets)
        if not case["bias"]:
            single = {key: value for key, value in single.items() if not key.endswith(".bias")}
        noise = {key: float((value.double() - double[key]).abs().max() / double[key].abs().max()) for key, value in single.items()}
        loss = single.pop("loss")
        FOLDER.mkdir(parents=True, exist_ok=True)
        save_file({**weights, **single, "tokens": tokens, "targets": targets}, FOLDER / f"{name}.safetensors", {"format": "pt"})
        facts = {
            "madeBy": "tools/golden/gpt2.py",
            "torch": torch.__version__,
            "transformers": transformers.__version__,
            "config": describe(model.config, case["bias"]),
            "loss": float(loss),
            "loss64": float(double["loss"]),
            "noise": {key: float(f"{value:.2g}") for key, value in noise.items()},
        }
        (FOLDER / f"{name}.json").write_text(json.dumps(facts, indent=1) + "\n")
        worst = max(noise, key=noise.get)
        print(f"{name}: loss {float(loss):.6f}, float32 noise at most {noise[worst]:.1e} ({worst})")


if __name__ == "__main__":
    main()
