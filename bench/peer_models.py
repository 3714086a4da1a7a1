"""The models of peer_train.py, as nanoGPT (GPT-2) and litgpt (Llama) have them, and how they take weights of ours. No training here.

Each has `forward(tokens, targets) -> loss` and `load(tensors)`, which takes the tensors of a model.safetensors of ours: transformers'
names, GPT-2's matrices stored as [in, out].
"""

import math

import torch
import torch.nn as nn
import torch.nn.functional as F


class LayerNorm(nn.Module):
    def __init__(self, width: int, bias: bool):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))
        self.bias = nn.Parameter(torch.zeros(width)) if bias else None

    def forward(self, x):
        return F.layer_norm(x, self.weight.shape, self.weight, self.bias, 1e-5)


class Gpt2Attention(nn.Module):
    def __init__(self, m: dict, layer: int):
        super().__init__()
        self.heads, width = m["heads"], m["width"]
        self.c_attn = nn.Linear(width, 3 * width, bias=m["bias"])
        self.c_proj = nn.Linear(width, width, bias=m["bias"])
        self.scale = 1 / math.sqrt(width // self.heads)
        if m["scaleAttentionByInverseLayer"]:
            self.scale /= layer + 1

    def forward(self, x):
        B, T, C = x.shape
        q, k, v = (part.view(B, T, self.heads, -1).transpose(1, 2) for part in self.c_attn(x).split(C, dim=2))
        y = F.scaled_dot_product_attention(q, k, v, is_causal=True, scale=self.scale)  # [B, H, T, D]
        return self.c_proj(y.transpose(1, 2).contiguous().view(B, T, C))


class Gpt2Mlp(nn.Module):
    def __init__(self, m: dict):
        super().__init__()
        self.c_fc = nn.Linear(m["width"], 4 * m["width"], bias=m["bias"])
        self.c_proj = nn.Linear(4 * m["width"], m["width"], bias=m["bias"])

    def forward(self, x):
        return self.c_proj(F.gelu(self.c_fc(x), approximate="tanh"))


class Gpt2Block(nn.Module):
    def __init__(self, m: dict, layer: int):
        super().__init__()
        self.ln_1, self.attn = LayerNorm(m["width"], m["bias"]), Gpt2Attention(m, layer)
        self.ln_2, self.mlp = LayerNorm(m["width"], m["bias"]), Gpt2Mlp(m)

    def forward(self, x):
        x = x + self.attn(self.ln_1(x))
        return x + self.mlp(self.ln_2(x))


class Gpt2(nn.Module):
    def __init__(self, m: dict):
        super().__init__()
        self.wte, self.wpe = nn.Embedding(m["vocab"], m["width"]), nn.Embedding(m["context"], m["width"])
        self.h = nn.ModuleList(Gpt2Block(m, layer) for layer in range(m["layers"]))
        self.ln_f = LayerNorm(m["width"], m["bias"])
        start_at_random(self, m["layers"], "c_proj.weight")

    def forward(self, tokens, targets):
        x = self.wte(tokens) + self.wpe.weight[: tokens.shape[1]]
        for block in self.h:
            x = block(x)
        logits = F.linear(self.ln_f(x), self.wte.weight)  # the tied head
        return F.cross_entropy(logits.flatten(0, 1), targets.flatten())

    def load(self, tensors: dict) -> None:
        stored = {name.removeprefix("transformer."): value for name, value in tensors.items()}
        for name, parameter in self.named_parameters():
            value = stored.pop(name)
            is_linear = parameter.ndim == 2 and name.startswith("h.")
            parameter.data.copy_(value.t() if is_linear else value)
        nothing_left({name: value for name, value in stored.items() if not name.endswith("bias") or value.any()})


class RmsNorm(nn.Module):
    def __init__(self, width: int, epsilon: float):
        super().__init__()
        self.weight, self.epsilon = nn.Parameter(torch.ones(width)), epsilon

    def forward(self, x):
        return F.rms_norm(x, self.weight.shape, self.weight, self.epsilon)


class LlamaAttention(nn.Module):
    """Queries, keys and values in one product, as litgpt has them; grouped keys in SDPA itself."""

    def __init__(self, m: dict):
        super().__init__()
        self.widths = [m["headWidth"] * heads for heads in (m["heads"], m["keyValueHeads"], m["keyValueHeads"])]
        self.head_width = m["headWidth"]
        self.grouped = m["heads"] != m["keyValueHeads"]
        self.qkv = nn.Linear(m["width"], sum(self.widths), bias=False)
        self.proj = nn.Linear(self.widths[0], m["width"], bias=False)

    def forward(self, x, cos, sin):
        B, T, _ = x.shape
        q, k, v = (part.view(B, T, -1, self.head_width).transpose(1, 2) for part in self.qkv(x).split(self.widths, dim=2))
        cos, sin = cos.to(q.dtype), sin.to(q.dtype)
        q, k = rotate(q, cos, sin), rotate(k, cos, sin)
        y = F.scaled_dot_product_attention(q, k, v, is_causal=True, enable_gqa=self.grouped)  # [B, H, T, D]
        return self.proj(y.transpose(1, 2).reshape(B, T, -1))


class LlamaMlp(nn.Module):
    def __init__(self, m: dict):
        super().__init__()
        self.gate = nn.Linear(m["width"], m["hidden"], bias=False)
        self.up = nn.Linear(m["width"], m["hidden"], bias=False)
        self.down = nn.Linear(m["hidden"], m["width"], bias=False)

    def forward(self, x):
        return self.down(F.silu(self.gate(x)) * self.up(x))


class LlamaBlock(nn.Module):
    def __init__(self, m: dict):
        super().__init__()
        self.norm_1, self.attn = RmsNorm(m["width"], m["normEpsilon"]), LlamaAttention(m)
        self.norm_2, self.mlp = RmsNorm(m["width"], m["normEpsilon"]), LlamaMlp(m)

    def forward(self, x, cos, sin):
        x = x + self.attn(self.norm_1(x), cos, sin)
        return x + self.mlp(self.norm_2(x))


class Llama(nn.Module):
    def __init__(self, m: dict):
        super().__init__()
        self.embedding = nn.Embedding(m["vocab"], m["width"])
        self.blocks = nn.ModuleList(LlamaBlock(m) for _ in range(m["layers"]))
        self.norm = RmsNorm(m["width"], m["normEpsilon"])
        self.head = nn.Linear(m["width"], m["vocab"], bias=False)
        if m["tied"]:
            self.head.weight = self.embedding.weight
        frequencies = m["rotaryBase"] ** (-torch.arange(0, m["headWidth"], 2, dtype=torch.float64) / m["headWidth"])
        angles = torch.outer(torch.arange(m["context"], dtype=torch.float64), frequencies).repeat(1, 2)  # [T, D]
        self.register_buffer("cos", angles.cos().float(), persistent=False)
        self.register_buffer("sin", angles.sin().float(), persistent=False)
        start_at_random(self, m["layers"], ("proj.weight", "down.weight"))

    def forward(self, tokens, targets):
        x = self.embedding(tokens)
        cos, sin = self.cos[: tokens.shape[1]], self.sin[: tokens.shape[1]]
        for block in self.blocks:
            x = block(x, cos, sin)
        return F.cross_entropy(self.head(self.norm(x)).flatten(0, 1), targets.flatten())

    def load(self, tensors: dict) -> None:
        stored = dict(tensors)
        take = stored.pop
        pairs = [(self.embedding.weight, take("model.embed_tokens.weight")), (self.norm.weight, take("model.norm.weight"))]
        if self.head.weight is not self.embedding.weight:
            pairs.append((self.head.weight, take("lm_head.weight")))
        for layer, block in enumerate(self.blocks):
            part = lambda name: take(f"model.layers.{layer}.{name}.weight")
            pairs += [
                (block.norm_1.weight, part("input_layernorm")),
                (block.attn.qkv.weight, torch.cat([part(f"self_attn.{name}_proj") for name in "qkv"])),
                (block.attn.proj.weight, part("self_attn.o_proj")),
                (block.norm_2.weight, part("post_attention_layernorm")),
                (block.mlp.gate.weight, part("mlp.gate_proj")),
                (block.mlp.up.weight, part("mlp.up_proj")),
                (block.mlp.down.weight, part("mlp.down_proj")),
            ]
        for parameter, value in pairs:
            parameter.data.copy_(value)
        nothing_left(stored)


def rotate(x, cos, sin):
    """Turns [B, H, T, D] by angles [T, D], whose halves are equal."""
    first, second = x.chunk(2, dim=-1)
    return x * cos + torch.cat((-second, first), dim=-1) * sin


def start_at_random(model: nn.Module, layers: int, residual) -> None:
    for name, parameter in model.named_parameters():
        if parameter.ndim >= 2:
            nn.init.normal_(parameter, std=0.02 / math.sqrt(2 * layers) if name.endswith(residual) else 0.02)


def nothing_left(stored: dict) -> None:
    if stored:
        raise ValueError(f"tensors that this model has no place for: {list(stored)[:5]}")


families = {"gpt2": Gpt2, "llama": Llama}
