"""Writes documents of JSON Lines files (plain, .gz, .zst) as one parquet file, as the hub has OpenWebText: a column text, snappy.

    python bench/peer_corpus.py OUT.parquet TEXT_BYTES ROWS_A_GROUP FILE...     repeats the files until there are TEXT_BYTES of text
"""

import itertools
import json
import sys

import pyarrow
import pyarrow.parquet

out, wanted, rows, files = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4:]


def documents():
    for path in files:
        compression = {"gz": "gzip", "zst": "zstd"}.get(path.rsplit(".", 1)[-1])
        with pyarrow.input_stream(path, compression=compression) as stream:
            for line in stream.read().splitlines():
                yield json.loads(line)["text"]


texts, total = [], 0
for text in itertools.chain.from_iterable(documents() for _ in itertools.count()):
    texts.append(text)
    total += len(text.encode())
    if total >= wanted:
        break
pyarrow.parquet.write_table(pyarrow.table({"text": texts}), out, compression="snappy", row_group_size=rows)
print(json.dumps({"documents": len(texts), "textBytes": total}))
