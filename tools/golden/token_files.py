"""Writes test/golden/token_files.json: small files of token ids as nanoGPT, llm.c, lit-gpt and NumPy write them, and the ids.

    python tools/golden/token_files.py      (needs numpy, at once)

Arrays are NumPy's own; the headers of llm.c and lit-gpt are packed with struct from their published layouts. Files that are
no 1-d array of ids in C order have `ids` null.
"""

import base64
import io
import json
import struct
from pathlib import Path

import numpy as np
from numpy.lib import format as npy

OUT = Path(__file__).resolve().parents[2] / "test" / "golden" / "token_files.json"
IDS = [50256, 0, 1, 198, 32767, 32768, 50255]


def numpy_file(array: np.ndarray, version=(1, 0)) -> bytes:
    stream = io.BytesIO()
    npy.write_array(stream, array, version=version)
    return stream.getvalue()


def llmc_file(ids: list[int], magic: int, version: int, dtype: str) -> bytes:
    header = np.zeros(256, dtype="<i4")
    header[:3] = magic, version, len(ids)
    return header.tobytes() + np.array(ids, dtype=dtype).tobytes()


def litgpt_file(ids: list[int], code: int, dtype: str) -> bytes:
    return b"LITPKDS" + struct.pack("<QBQ", 1, code, len(ids)) + np.array(ids, dtype=dtype).tobytes()


def case(name: str, data: bytes, ids: list[int] | None, **more) -> dict:
    return {"name": name, "bytes": base64.b64encode(data).decode(), "ids": ids, **more}


cases = [
    case("nanogpt.bin", np.array(IDS, dtype="<u2").tobytes(), IDS, format="raw", dtype="uint16"),
    case("llmc-gpt2.bin", llmc_file(IDS, 20240520, 1, "<u2"), IDS, format="llm.c", dtype="uint16"),
    case("llmc-llama3.bin", llmc_file([128000, *IDS], 20240801, 7, "<u4"), [128000, *IDS], format="llm.c", dtype="uint32"),
    case("litgpt-uint16.bin", litgpt_file(IDS, 8, "<u2"), IDS, format="lit-gpt", dtype="uint16"),
    case("litgpt-int32.bin", litgpt_file([*IDS, 70000], 4, "<i4"), [*IDS, 70000], format="lit-gpt", dtype="int32"),
    case("litgpt-int64.bin", litgpt_file([*IDS, 70000], 5, "<i8"), [*IDS, 70000], format="lit-gpt", dtype="int64"),
    *(
        case(f"v{version[0]}-{dtype[1:]}.npy", numpy_file(np.array(IDS, dtype=dtype), version), IDS, format="numpy", dtype=name)
        for version in [(1, 0), (2, 0), (3, 0)]
        for dtype, name in [("<u2", "uint16"), ("<u4", "uint32"), ("<i4", "int32"), ("<i8", "int64")]
    ),
    case("big-endian.npy", numpy_file(np.array(IDS, dtype=">u2")), None),
    case("float.npy", numpy_file(np.array(IDS, dtype="<f4")), None),
    case("two-dimensions.npy", numpy_file(np.array([IDS, IDS], dtype="<u2")), None),
    case("fortran.npy", numpy_file(np.asfortranarray(np.array([IDS, IDS], dtype="<u2"))), None),
    case("scalar.npy", numpy_file(np.array(7, dtype="<u2")), None),
    case("structure.npy", numpy_file(np.zeros(3, dtype=[("a", "<u2"), ("b", "<u2")])), None),
    case("litgpt-float.bin", litgpt_file(IDS, 6, "<f4"), None),
]
OUT.write_text(json.dumps(cases, indent=1) + "\n")
print(f"{OUT}: {len(cases)} files")
