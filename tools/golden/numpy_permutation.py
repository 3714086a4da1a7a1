"""Golden numbers of NumPy's default_rng(seed).permutation(n), and the split that datasets makes with it.

Run with numpy and datasets from PyPI: python tools/golden/numpy_permutation.py
"""

import hashlib
import json
from pathlib import Path

import datasets
import numpy

cases = []
for seed in (0, 1, 2357, 2**32 - 1, 2**32, 2**53 - 1):
    for count in (1, 2, 3, 10, 1000, 4097):
        order = numpy.random.default_rng(seed).permutation(count)
        cases.append(
            {
                "seed": seed,
                "count": count,
                "first": order[:10].tolist(),
                "sha256": hashlib.sha256(order.astype("<u4").tobytes()).hexdigest(),
            }
        )

# The papers' OpenWebText: the split depends on the number of rows alone.
rows = 8_013_769
order = numpy.random.default_rng(2357).permutation(rows)
openwebtext = {
    "rows": rows,
    "val": 4007,
    "first": order[:10].tolist(),
    "valSha256": hashlib.sha256(order[:4007].astype("<u4").tobytes()).hexdigest(),
    "sha256": hashlib.sha256(order.astype("<u4").tobytes()).hexdigest(),
}

small = datasets.Dataset.from_dict({"text": [str(i) for i in range(1000)]})
split = small.train_test_split(test_size=0.0105, seed=2357, shuffle=True)
by_datasets = {
    "rows": 1000,
    "fraction": 0.0105,
    "val": [int(text) for text in split["test"]["text"]],
    "trainFirst": [int(text) for text in split["train"]["text"][:10]],
}

out = Path(__file__).parents[2] / "test/golden/numpy_permutation.json"
versions = {"numpy": numpy.__version__, "datasets": datasets.__version__}
out.write_text(
    json.dumps({"versions": versions, "cases": cases, "openwebtext": openwebtext, "datasets": by_datasets}, indent=1)
    + "\n"
)
