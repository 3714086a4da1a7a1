"""Writes test/golden/adamw.safetensors and training.safetensors (+ .json): 20 AdamW steps of PyTorch in float64.

    python tools/golden/adamw.py            (torch, transformers; CPU, one thread, under 10 s)

adamw: three tensors under given gradients. `start.NAME`; `gradients.NAME` [20, ...] before clipping; `weights.NAME`
[20, ...] after each step; `moment1.NAME`, `moment2.NAME` at the end; `norms` [20] before clipping to 1.0, some above and
some below it; `rates` [20]. The matrix and the cube decay, the vector does not.

training: the tiny GPT-2 of gpt2.py (biases, layer scale on) trained end to end. `start.NAME` and `end.NAME` under
transformers' names, `tokens` and `targets` [20, 2, 12], `losses` [20] of each step before its update, `norms`, `rates`. Decay on matrices
(two axes or more, embeddings too), clipping to 1.0, nanoGPT's learning rates. `spread` in the JSON is how far another
order of the same sums (SDPA instead of eager attention) ends from this one: the noise that a test must allow.
"""

import json
from pathlib import Path

import torch
import transformers
from safetensors.torch import save_file
from torch.nn.functional import cross_entropy

from gpt2 import make_model, make_tokens
from schedule import get_lr

FOLDER = Path(__file__).resolve().parents[2] / "test" / "golden"
STEPS, CLIP = 20, 1.0
BETAS, EPSILON, DECAY = (0.9, 0.95), 1e-8, 0.1
SCHEDULE = {"peak": 1e-2, "floor": 1e-3, "warmupSteps": 4, "decaySteps": 18}
OPTIONS = {"beta1": BETAS[0], "beta2": BETAS[1], "epsilon": EPSILON, "weightDecay": DECAY, "clip": CLIP, "schedule": SCHEDULE}


def make_optimizer(parameters) -> torch.optim.AdamW:
    """PyTorch's plain loop over tensors, not its fused kernel, which is what we use."""
    parameters = list(parameters)
    groups = [
        {"params": [p for p in parameters if p.ndim >= 2], "weight_decay": DECAY},
        {"params": [p for p in parameters if p.ndim < 2], "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, betas=BETAS, eps=EPSILON, foreach=False, fused=False)


def update(optimizer: torch.optim.AdamW, rate: float) -> torch.Tensor:
    """Clips, sets the rate, steps; gives the norm before clipping."""
    parameters = [p for group in optimizer.param_groups for p in group["params"]]
    norm = torch.nn.utils.clip_grad_norm_(parameters, CLIP)
    for group in optimizer.param_groups:
        group["lr"] = rate
    optimizer.step()
    return norm.detach()


def rate_at(step: int) -> float:
    return get_lr(step, *SCHEDULE.values())


def given_gradients() -> dict[str, torch.Tensor]:
    generator = torch.Generator().manual_seed(21)
    shapes = {"matrix": (5, 7), "vector": (7,), "cube": (3, 2, 4)}
    start = {name: torch.randn(shape, generator=generator, dtype=torch.float64) for name, shape in shapes.items()}
    sizes = 10 ** (2 * torch.rand(STEPS, generator=generator, dtype=torch.float64) - 2)  # 0.01 to 1: norms 0.1 to 9
    gradients = {
        name: torch.stack([size * torch.randn(shape, generator=generator, dtype=torch.float64) for size in sizes])
        for name, shape in shapes.items()
    }
    parameters = {name: torch.nn.Parameter(value.clone()) for name, value in start.items()}
    optimizer = make_optimizer(parameters.values())
    weights: dict[str, list[torch.Tensor]] = {name: [] for name in shapes}
    norms = []
    for step in range(STEPS):
        for name, parameter in parameters.items():
            parameter.grad = gradients[name][step].clone()
        norms.append(update(optimizer, rate_at(step)))
        for name, parameter in parameters.items():
            weights[name].append(parameter.detach().clone())
    clipped = sum(float(norm) > CLIP for norm in norms)
    print(f"adamw: {clipped} of {STEPS} steps clipped")
    assert 5 <= clipped <= STEPS - 5
    named = {f"start.{name}": value for name, value in start.items()}
    named |= {f"gradients.{name}": value for name, value in gradients.items()}
    named |= {f"weights.{name}": torch.stack(values) for name, values in weights.items()}
    for moment, key in (("moment1", "exp_avg"), ("moment2", "exp_avg_sq")):
        named |= {f"{moment}.{name}": optimizer.state[parameter][key] for name, parameter in parameters.items()}
    return {**named, "norms": torch.stack(norms), "rates": all_rates()}


def training(attention: str) -> dict[str, torch.Tensor]:
    model = make_model(layers=2, bias=True, inverse=True, seed=12).double()
    model.set_attn_implementation(attention)
    start = {f"start.{name}": parameter.detach().clone() for name, parameter in model.named_parameters()}
    tokens, targets = make_tokens(31, (STEPS, 2, 12)), make_tokens(32, (STEPS, 2, 12))
    optimizer = make_optimizer(model.parameters())
    losses, norms = [], []
    for step in range(STEPS):
        optimizer.zero_grad(set_to_none=True)
        loss = cross_entropy(model(input_ids=tokens[step]).logits.flatten(0, 1), targets[step].flatten())
        loss.backward()
        losses.append(loss.detach())
        norms.append(update(optimizer, rate_at(step)))
    end = {f"end.{name}": parameter.detach().clone() for name, parameter in model.named_parameters()}
    series = {"losses": torch.stack(losses), "norms": torch.stack(norms), "rates": all_rates()}
    return {**start, **end, **series, "tokens": tokens, "targets": targets}


def all_rates() -> torch.Tensor:
    return torch.tensor([rate_at(step) for step in range(STEPS)], dtype=torch.float64)


def main() -> None:
    torch.set_num_threads(1)
    made = {"madeBy": "tools/golden/adamw.py", "torch": torch.__version__, "transformers": transformers.__version__}
    save_file(given_gradients(), FOLDER / "adamw.safetensors")
    (FOLDER / "adamw.json").write_text(json.dumps({**made, "options": OPTIONS}, indent=1) + "\n")
    trained, other = training("eager"), training("sdpa")
    spread = {name: float((trained[name] - other[name]).abs().max()) for name in trained}
    worst = max(spread, key=spread.get)
    print(f"training: losses {float(trained['losses'][0]):.4f} to {float(trained['losses'][-1]):.4f}, spread {spread[worst]:.1e} ({worst})")
    save_file(trained, FOLDER / "training.safetensors")
    config = json.loads((FOLDER / "gpt2-bias-scaled.json").read_text())["config"]
    facts = {**made, "config": config, "options": OPTIONS, "spread": float(f"{spread[worst]:.2g}")}
    (FOLDER / "training.json").write_text(json.dumps(facts, indent=1) + "\n")


if __name__ == "__main__":
    main()
