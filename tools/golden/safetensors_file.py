"""Writes test/golden/safetensors.safetensors with Python's safetensors: a tensor of every dtype we read, with odd bits.

    python tools/golden/safetensors_file.py
"""

import struct
from pathlib import Path

import torch
from safetensors.torch import save_file

tensors = {
    "float64": ([4], struct.pack("<4d", 1e-300, -0.0, float("nan"), float("inf"))),
    "float32": ([2, 3], struct.pack("<6f", 1.5, -0.0, float("nan"), float("-inf"), 1e-45, 3)),
    "float16": ([3, 1], struct.pack("<3H", 0x3C00, 0x8000, 0x7E01)),
    "bfloat16": ([1, 3], struct.pack("<3H", 0x3F80, 0xFF80, 0x7FC1)),
    "int64": ([2], struct.pack("<2q", 2**63 - 1, -(2**63))),
    "int32": ([2], struct.pack("<2i", 2**31 - 1, -(2**31))),
    "int16": ([3], struct.pack("<3h", 32767, -32768, 5)),
    "int8": ([3], struct.pack("<3b", 127, -128, 5)),
    "uint8": ([3], bytes([255, 0, 5])),
    "uint16": ([3], struct.pack("<3H", 65535, 0, 5)),
    "bool": ([3], bytes([1, 0, 1])),
}
target = Path(__file__).parents[2] / "test" / "golden" / "safetensors.safetensors"
save_file(
    {
        name: torch.frombuffer(bytearray(data), dtype=getattr(torch, name)).reshape(shape)
        for name, (shape, data) in tensors.items()
    },
    target,
    metadata={"format": "pt"},
)
