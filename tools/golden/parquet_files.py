"""Small parquet files in the schemas of real datasets, and what pyarrow reads from them: every packing, encoding and nesting that we read.

Run with pyarrow and datasets from PyPI: python tools/golden/parquet_files.py
Writes test/golden/parquet/*.parquet and files.json: the rows of the text column, and the SHA-256 of all texts joined by NUL.
"""

import hashlib
import json
import random
from pathlib import Path

import datasets
import pyarrow
import pyarrow.parquet as parquet

folder = Path(__file__).parents[2] / "test" / "golden" / "parquet"
folder.mkdir(parents=True, exist_ok=True)
for old in folder.glob("*"):
    old.unlink()
random.seed(7)
words = "layers heads width naïve 日本語 attention the of and 😀 to in a inherits reference target — tokens".split()


def text(length: int) -> str:
    return " ".join(random.choice(words) for _ in range(length))


def fineweb(rows: int) -> pyarrow.Table:
    """FineWeb-Edu's ten columns, in order."""
    texts = [text(random.randint(1, 60)) for _ in range(rows)]
    return pyarrow.table(
        {
            "text": texts,
            "id": [f"<urn:uuid:{i:08d}>" for i in range(rows)],
            "dump": ["CC-MAIN-2013-20"] * rows,
            "url": [f"https://example.org/{i}" for i in range(rows)],
            "file_path": ["s3://commoncrawl/crawl-data/x.warc.gz"] * rows,
            "language": ["en"] * rows,
            "language_score": pyarrow.array([0.9] * rows, pyarrow.float64()),
            "token_count": pyarrow.array([len(t) // 4 for t in texts], pyarrow.int64()),
            "score": pyarrow.array([2.5] * rows, pyarrow.float64()),
            "int_score": pyarrow.array([3] * rows, pyarrow.int64()),
        }
    )


files: dict[str, dict] = {}


def reads(name: str, column: str, values: list) -> None:
    values = [v.decode() if isinstance(v, bytes) else v for v in values]
    present = [v for v in values if v]
    files.setdefault(name, {})[column] = {
        "rows": len(values),
        "missing": [i for i, v in enumerate(values) if v is None],
        "empty": [i for i, v in enumerate(values) if v == ""],
        "texts": len(present),
        "sha256": hashlib.sha256("\0".join(present).encode()).hexdigest(),
    }


def write(name: str, table: pyarrow.Table, column: str = "text", **options) -> None:
    path = folder / f"{name}.parquet"
    parquet.write_table(table, path, **options)
    reads(name, column, parquet.read_table(path).column(column).to_pylist())


table = fineweb(120)
for codec in ("snappy", "zstd", "gzip", "lz4", "brotli", "none"):
    write(f"fineweb-{codec}", table, compression=codec, row_group_size=50)
write("pages-v2", table, compression="zstd", data_page_version="2.0", data_page_size=1024)
write("pages-v2-none", table, compression="none", data_page_version="2.0", data_page_size=1024)
write("pages-checked", table, compression="snappy", write_page_checksum=True, data_page_size=1024)
write("page-index", table, compression="snappy", write_page_index=True, data_page_size=1024)
for encoding in ("PLAIN", "DELTA_LENGTH_BYTE_ARRAY", "DELTA_BYTE_ARRAY"):
    only = pyarrow.table({"text": sorted(table.column("text").to_pylist())})
    write(encoding.lower(), only, use_dictionary=False, column_encoding={"text": encoding}, data_page_size=2048)

nulls = [None if i % 3 == 0 else "" if i % 7 == 0 else text(i % 40 + 1) for i in range(200)]
write("nulls", pyarrow.table({"text": nulls}), data_page_size=1024)
write("nulls-v2", pyarrow.table({"text": nulls}), data_page_size=1024, data_page_version="2.0", compression="gzip")
write("all-null", pyarrow.table({"text": pyarrow.array([None] * 30, pyarrow.string())}))
write("required", pyarrow.table({"text": table.column("text")}, schema=pyarrow.schema([pyarrow.field("text", pyarrow.string(), nullable=False)])))
choices = ["yes", "no"] + [text(30) for _ in range(40)]
few = [random.choice(choices) for _ in range(5000)]
write("dictionary", pyarrow.table({"text": few}), row_group_size=2000)
# A dictionary that grows too large: the rest of the column is plain.
write("dictionary-then-plain", pyarrow.table({"text": [text(20) for _ in range(300)]}), dictionary_pagesize_limit=4096, data_page_size=2048)
large = [text(3000) * 20, "short", text(3000) * 60]
write("large-strings", pyarrow.table({"text": pyarrow.array(large, pyarrow.large_string())}), compression="zstd")
write("binary", pyarrow.table({"text": pyarrow.array([t.encode() for t in table.column("text").to_pylist()[:20]], pyarrow.binary())}))
write("no-rows", pyarrow.table({"text": pyarrow.array([], pyarrow.string())}))
write("no-rows-of-fineweb", table.slice(0, 0), compression="snappy")

meta = [None if i % 5 == 0 else {"text": None if i % 4 == 0 else text(8), "url": f"u{i}"} for i in range(90)]
lists = [None if i % 6 == 0 else [None if (i + j) % 5 == 0 else text(4) for j in range(i % 4)] for i in range(90)]
turns = [[{"role": "user", "content": text(5)} for _ in range(i % 3)] for i in range(90)]
nested = pyarrow.table(
    {
        "id": list(range(90)),
        "meta": pyarrow.array(meta, pyarrow.struct([("text", pyarrow.string()), ("url", pyarrow.string())])),
        "passages": pyarrow.array(lists, pyarrow.list_(pyarrow.string())),
        "turns": pyarrow.array(turns, pyarrow.list_(pyarrow.struct([("role", pyarrow.string()), ("content", pyarrow.string())]))),
        "a.b": [text(3) for _ in range(90)],
    }
)
for name, options in (("nested", {}), ("nested-v2", {"data_page_version": "2.0", "compression": "zstd"})):
    parquet.write_table(nested, folder / f"{name}.parquet", row_group_size=40, data_page_size=256, **options)
    back = parquet.read_table(folder / f"{name}.parquet")
    reads(name, "meta.text", [m and m["text"] for m in back.column("meta").to_pylist()])
    reads(name, "meta.url", [m and m["url"] for m in back.column("meta").to_pylist()])
    for k in (0, 2):
        reads(name, f"passages.{k}", [l[k] if l and len(l) > k else None for l in back.column("passages").to_pylist()])
    reads(name, "turns.1.content", [l[1]["content"] if len(l) > 1 else None for l in back.column("turns").to_pylist()])
    reads(name, "a.b", back.column("a.b").to_pylist())

# As the datasets library writes them.
rows = [text(30) for _ in range(64)]
datasets.Dataset.from_dict({"text": rows}).to_parquet(folder / "datasets-library.parquet", batch_size=20)
reads("datasets-library", "text", parquet.read_table(folder / "datasets-library.parquet").column("text").to_pylist())

(folder / "files.json").write_text(json.dumps({"pyarrow": pyarrow.__version__, "files": files}, indent=1) + "\n")
print(sum(p.stat().st_size for p in folder.glob("*")), "bytes")
