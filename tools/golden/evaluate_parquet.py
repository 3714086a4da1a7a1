"""Parquet files of evaluation data as the `datasets` library writes them for the hub, and their rows as JSON.

    venv/bin/python tools/golden/evaluate_parquet.py test/golden/evaluate/parquet      (the venv of evaluate_tasks.py)
"""

import json
import sys
from pathlib import Path

from datasets import ClassLabel, Dataset, Features, List, Value

out = Path(sys.argv[1])
text = Value("string")
sets = {
    "arc": (
        {"id": text, "question": text, "choices": {"text": List(text), "label": List(text)}, "answerKey": text},
        [
            {"id": "M1", "question": "Which?", "choices": {"text": ["a", "\U0001f600"], "label": ["A", "B"]}, "answerKey": "B"},
            {"id": "M2", "question": "", "choices": {"text": [], "label": []}, "answerKey": "A"},
            {"id": "M3", "question": "é\n", "choices": {"text": ["x"], "label": ["1"]}, "answerKey": "1"},
        ],
    ),
    "mmlu": (
        {"question": text, "subject": text, "choices": List(text), "answer": ClassLabel(names=["A", "B", "C", "D"])},
        [{"question": f"q{i}", "subject": "anatomy", "choices": [f"{i}{c}" for c in "abcd"], "answer": i % 4} for i in range(7)],
    ),
    "truthful": (
        {"question": text, **{k: {"choices": List(text), "labels": List(Value("int32"))} for k in ("mc1_targets", "mc2_targets")}},
        [{"question": "q", "mc1_targets": {"choices": ["a", "b"], "labels": [1, 0]}, "mc2_targets": {"choices": ["a", "b", "c"], "labels": [1, 1, 0]}}],
    ),
    "boolq": (
        {"question": text, "passage": text, "idx": Value("int32"), "label": ClassLabel(names=["False", "True"])},
        [{"question": "q", "passage": None, "idx": 0, "label": 1}, {"question": "r", "passage": "p", "idx": 1, "label": 0}],
    ),
}
for name, (features, rows) in sets.items():
    Dataset.from_list(rows, features=Features(features)).to_parquet(out / f"{name}.parquet")
(out / "rows.json").write_text(json.dumps({name: rows for name, (_, rows) in sets.items()}, indent=1) + "\n")
