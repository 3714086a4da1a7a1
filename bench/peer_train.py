"""The PyTorch peer of bench:train: a GPT-2 or Llama and its training step as nanoGPT has it, driven by JSON lines. CPU only.

    python bench/peer_train.py              (torch, numpy, safetensors; a C++ compiler for "compile": true)

One JSON object a line on stdin, one answer a line on stdout; {"error": ...} and exit status 1 where something is wrong.

    {"cmd": "init", "model": {family, layers, heads, width, context, vocab, ...}, "batch": 8,
     "tokens": "train.bin", "weights": "model.safetensors", "compile": false, "precision": "bfloat16", "threads": 2,
     "rate": 6e-4, "clip": 1.0}             -> {"ready": true, "seconds": ..., "torch": ..., "parameters": ..., ...}
    {"cmd": "steps", "starts": [[8 window starts], ...], "rates": [...]}   -> {"ms": [...], "losses": [...], "norms": [...]}
    {"cmd": "validate", "starts": [[8 window starts], ...]}  -> {"losses": [...]}           mean of each batch, no gradients
    {"cmd": "memory", "reset": false}       -> {"peakRssBytes": ..., "rssBytes": ...}    reset starts the peak anew
    {"cmd": "end"}                          -> {"ended": true}

The models are in peer_models.py. `weights` is a model.safetensors of ours or null for random ones; `tokens` is raw little-endian
uint16. A window is tokens[start .. start + context], its targets are one further; validate may name other `tokens`. With "compile",
init runs one forward and backward so that no timed step compiles, unless "warm" is false. A step reads its batch, runs forward and backward, clips, and updates
with fused AdamW (0.9, 0.95, decay 0.1 on matrices, nothing accumulated), as nanoGPT's train.py does.

The allocator comes from the environment, and the best one is the fastest of these three. Median ms of 30 steps (10 for 124M), bf16,
two cores with AMX, torch 2.13, November 2026; tcmalloc is best for all three:
                                                                                       4x256    124M     4x256 compiled
    as shipped   nothing                                                               232      1767     158
    glibc        GLIBC_TUNABLES=glibc.malloc.mmap_threshold=1073741824:glibc.malloc.trim_threshold=1073741824
                                                                                       154      1439     135
    tcmalloc     LD_PRELOAD=/usr/lib/x86_64-linux-gnu/libtcmalloc_minimal.so.4         139      1273     134 (busy machine; quartile 122)
(apt-get install libtcmalloc-minimal4). Also tried on 4x256 eager: glibc with huge pages (:glibc.malloc.hugetlb=1) 145, THP_MEM_ALLOC_ENABLE=1
with glibc 147, with tcmalloc 135, TCMALLOC_RELEASE_RATE=0 136. Measure on an idle machine: another busy process makes a compiled step up to
ten times slower, because its threads wait for each other.
"""

import json
import sys
import time
import traceback

import numpy as np
import torch
import torch.nn as nn
from peer_models import families
from safetensors.torch import load_file


class Trainer:
    def __init__(self, message: dict):
        started = time.perf_counter()
        torch.manual_seed(message.get("seed", 1))
        torch.set_num_threads(message["threads"])
        self.config, self.tokens_path = message["model"], message["tokens"]
        self.clip, rate = message.get("clip", 1.0), message.get("rate", 6e-4)
        self.autocast = torch.autocast("cpu", torch.bfloat16, enabled=message["precision"] == "bfloat16")
        self.raw = families[self.config["family"]](self.config)
        if message.get("weights"):
            self.raw.load(load_file(message["weights"]))
        groups = [
            {"params": [p for p in self.raw.parameters() if p.ndim >= 2], "weight_decay": 0.1},
            {"params": [p for p in self.raw.parameters() if p.ndim < 2], "weight_decay": 0.0},
        ]
        self.optimizer = torch.optim.AdamW(groups, lr=rate, betas=(0.9, 0.95), eps=1e-8, fused=True)
        self.model = self.raw
        if message["compile"]:
            self.model = torch.compile(self.raw)
        if message["compile"] and message.get("warm", True):
            shape = (message["batch"], self.config["context"])
            self.gradients(torch.zeros(shape, dtype=torch.int64), torch.zeros(shape, dtype=torch.int64))
            self.optimizer.zero_grad(set_to_none=True)
        self.seconds = time.perf_counter() - started

    def batch(self, starts: list[int], path: str | None = None):
        T = self.config["context"]
        data = np.memmap(path or self.tokens_path, dtype="<u2", mode="r")  # anew each time, as nanoGPT does against a leak
        windows = torch.from_numpy(np.stack([data[start : start + T + 1].astype(np.int64) for start in starts]))
        return windows[:, :-1].contiguous(), windows[:, 1:].contiguous()

    def gradients(self, tokens, targets):
        with self.autocast:
            loss = self.model(tokens, targets)
        loss.backward()
        return loss

    def step(self, starts: list[int], rate: float | None):
        if rate is not None:
            for group in self.optimizer.param_groups:
                group["lr"] = rate
        loss = self.gradients(*self.batch(starts))
        norm = nn.utils.clip_grad_norm_(self.raw.parameters(), self.clip)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        return loss.item(), norm.item()

    def steps(self, starts: list[list[int]], rates: list[float] | None) -> dict:
        ms, losses, norms = [], [], []
        for index, windows in enumerate(starts):
            begun = time.perf_counter()
            loss, norm = self.step(windows, rates[index] if rates else None)
            ms.append(1000 * (time.perf_counter() - begun))
            losses.append(loss)
            norms.append(norm)
        return {"ms": ms, "losses": losses, "norms": norms}

    @torch.no_grad()
    def validate(self, starts: list[list[int]], path: str | None) -> dict:
        with self.autocast:
            return {"losses": [self.raw(*self.batch(windows, path)).item() for windows in starts]}


def memory(reset: bool) -> dict:
    """Peak and present resident bytes of this process; reset starts the peak anew from the present."""
    with open("/proc/self/status") as file:
        kilobytes = {key: int(rest.split()[0]) for key, rest in (line.split(":", 1) for line in file) if key in ("VmHWM", "VmRSS")}
    if reset:
        with open("/proc/self/clear_refs", "w") as file:
            file.write("5")
    return {"peakRssBytes": 1024 * kilobytes["VmHWM"], "rssBytes": 1024 * kilobytes["VmRSS"]}


def main() -> int:
    trainer = None
    for line in sys.stdin:
        try:
            message = json.loads(line)
            if message["cmd"] == "init":
                trainer = Trainer(message)
                count = sum(p.numel() for p in trainer.raw.parameters())
                answer = {"ready": True, "seconds": trainer.seconds, "torch": torch.__version__, "threads": torch.get_num_threads(), "parameters": count}
            elif message["cmd"] == "steps":
                answer = trainer.steps(message["starts"], message.get("rates"))
            elif message["cmd"] == "validate":
                answer = trainer.validate(message["starts"], message.get("tokens"))
            elif message["cmd"] == "memory":
                answer = memory(message.get("reset", False))
            elif message["cmd"] == "end":
                print(json.dumps({"ended": True}), flush=True)
                return 0
            else:
                raise ValueError(f"unknown cmd {message['cmd']!r}")
        except Exception as error:
            traceback.print_exc()
            print(json.dumps({"error": f"{type(error).__name__}: {error}"}), flush=True)
            return 1
        print(json.dumps(answer), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
