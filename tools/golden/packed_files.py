"""A text as gzip, zstd and xz pack it, whole and in many parts: test/golden/packed/.

Run with zstandard from PyPI: python tools/golden/packed_files.py
"""

import gzip
import json
import lzma
from pathlib import Path

import zstandard

folder = Path(__file__).parents[2] / "test" / "golden" / "packed"
folder.mkdir(parents=True, exist_ok=True)
lines = [json.dumps({"text": f"Line {i}: the {'early ' * (i % 5)}layers are inherited — naïvely. {i * i}", "id": i}, ensure_ascii=False) for i in range(60)]
text = ("\n".join(lines) + "\n").encode()
parts = [text[i : i + 1000] for i in range(0, len(text), 1000)]

packed = {
    "text.gz": [gzip.compress(text, mtime=0)],
    "members.gz": [gzip.compress(part, mtime=0) for part in parts],
    "text.zst": [zstandard.ZstdCompressor(write_checksum=True).compress(text)],
    "frames.zst": [zstandard.ZstdCompressor(write_checksum=True, write_content_size=i % 2 == 0).compress(part) for i, part in enumerate(parts)],
    "text.xz": [lzma.compress(text)],
    # Padding between streams is part of the format.
    "streams.xz": [lzma.compress(part) + bytes(4 * (i % 2)) for i, part in enumerate(parts)],
}
ends = {}
for name, pieces in packed.items():
    (folder / name).write_bytes(b"".join(pieces))
    at, ends[name] = 0, []
    for piece in pieces:
        at += len(piece)
        ends[name] += [at, at - 4] if piece.endswith(bytes(4)) and name.endswith("xz") else [at]
(folder / "text.txt").write_bytes(text)
(folder / "parts.json").write_text(json.dumps(ends) + "\n")
