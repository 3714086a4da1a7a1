"""The ceiling of bench:train: the rate of torch.mm over the products of one training step, each timed alone. Driven by JSON lines.

    {"cmd": "init", "layers": [{"rows": 2048, "in": 256, "out": 768, "count": 4}, ...], "precision": "bfloat16", "threads": 2}
                                        -> {"ready": true, "threads": 2}
    {"cmd": "steps", "repeats": 3}      -> {"ms": [...], "flops": ...}     the sum over all products, once for each repeat
    {"cmd": "end"}                      -> {"ended": true}

A linear layer has three products of 2 rows in out FLOPs: X W' forward, and dY W and dY' X backward. Operands and results are made once and
lie as a step has them (X [rows, in], W [out, in], dY [rows, out]); nothing is allocated or converted within the time.
"""

import json
import sys
import time

import torch


def products(layer: dict, dtype: torch.dtype) -> list:
    rows, width, out = layer["rows"], layer["in"], layer["out"]
    x, w, dy = (torch.randn(shape).to(dtype) for shape in ((rows, width), (out, width), (rows, out)))
    result = lambda *shape: torch.empty(shape, dtype=dtype)
    return [(x, w.t(), result(rows, out)), (dy, w, result(rows, width)), (dy.t(), x, result(out, width))]


def total_ms(work: list) -> float:
    """Milliseconds of a step's products: the best of two for each shape, times how often it comes."""
    total = 0.0
    for count, (a, b, out) in work:
        seconds = []
        for _ in range(2):
            begun = time.perf_counter()
            torch.mm(a, b, out=out)
            seconds.append(time.perf_counter() - begun)
        total += 1000 * count * min(seconds)
    return total


work, flops = [], 0
for line in sys.stdin:
    message = json.loads(line)
    if message["cmd"] == "init":
        torch.manual_seed(1)
        torch.set_num_threads(message["threads"])
        dtype = getattr(torch, message["precision"])
        work = [(layer["count"], product) for layer in message["layers"] for product in products(layer, dtype)]
        flops = sum(6 * layer["count"] * layer["rows"] * layer["in"] * layer["out"] for layer in message["layers"])
        total_ms(work)
        answer = {"ready": True, "threads": torch.get_num_threads()}
    elif message["cmd"] == "steps":
        answer = {"ms": [total_ms(work) for _ in range(message["repeats"])], "flops": flops}
    else:
        answer = {"ended": True}
    print(json.dumps(answer), flush=True)
    if message["cmd"] == "end":
        break
