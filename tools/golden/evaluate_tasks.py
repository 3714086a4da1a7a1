"""Golden requests, metrics and hashes of lm-evaluation-harness 0.4.12 on documents of our own, for src/evaluate.

    python3 -m venv venv && venv/bin/pip install lm-eval==0.4.12      (no model, no torch; the data sets are not fetched)
    venv/bin/python tools/golden/evaluate_tasks.py > test/golden/evaluate/lm_eval.json

CPython 3.11: from 3.12 on sum() compensates, and last digits differ.
"""

import contextlib
import json
import os
import random
import sys

os.environ["DISABLE_MULTIPROC"] = "1"
os.environ["HF_HUB_OFFLINE"] = "1"

import datasets
from datasets import Dataset, DatasetDict
from evaluate_documents import DATA

current = None


def load_dataset(path, name=None, **_):
    if path == "cais/mmlu":
        return DatasetDict({k: Dataset.from_list(v) for k, v in DATA[f"mmlu_{name}"].items()})
    splits = {k: Dataset.from_list(v) for k, v in DATA[current].items()}
    any_split = next(iter(splits.values()))
    for missing in ("train", "validation", "test"):
        splits.setdefault(missing, any_split)
    return DatasetDict(splits)


datasets.load_dataset = load_dataset

from lm_eval.api.model import LM
from lm_eval.evaluator import simple_evaluate
from lm_eval.tasks import TaskManager
from lm_eval.utils import hash_string


class Dummy(LM):
    """Log-likelihoods from Python's random numbers, a generator for each task; coarse ones tie often."""

    def __init__(self, coarse):
        super().__init__()
        self.coarse, self.generators = coarse, {}

    def draw(self, request):
        r = self.generators.setdefault(request.task_name, random.Random(42))
        value = -20 * r.random()
        return float(round(value / 5) - 1) if self.coarse else value, r

    def loglikelihood(self, requests):
        return [(ll, r.random() < 0.3) for ll, r in map(self.draw, requests)]

    def loglikelihood_rolling(self, requests):
        return [ll for ll, _ in map(self.draw, requests)]

    def generate_until(self, requests):
        raise NotImplementedError


manager = TaskManager()


def case(names, shots, coarse=False, limit=None):
    global current
    current = names[0]
    with contextlib.redirect_stdout(sys.stderr):  # it prints
        out = simple_evaluate(model=Dummy(coarse), tasks=names, num_fewshot=shots, bootstrap_iters=2000, log_samples=True, task_manager=manager, limit=limit)
    tasks = {}
    for name, samples in out["samples"].items():
        tasks[name] = {
            "requests": [list(a) for s in samples for a in s["arguments"]] if (shots or 0) <= 2 and not coarse else None,
            "hash": hash_string("".join(s["doc_hash"] + s["prompt_hash"] + s["target_hash"] for s in samples)),
            "docHashes": [s["doc_hash"] for s in samples],
            "targets": [str(s["target"]) for s in samples],
            "metrics": [{m: s[m] for m in s["metrics"]} for s in samples],
        }
    return {"tasks": names, "shots": shots, "coarse": coarse, "limit": limit, "results": out["results"], "groups": out.get("groups"), "versions": out["versions"], "n-shot": out["n-shot"], "n-samples": out["n-samples"], "higher_is_better": out["higher_is_better"], "group_subtasks": out["group_subtasks"], "samples": tasks}


cases = []
for name in DATA:
    if name.startswith("mmlu_"):
        continue
    cases.append(case([name], None))
    if name != "wikitext":
        cases.append(case([name], 0, coarse=True))
    if not name.startswith("truthfulqa") and name != "wikitext":
        cases.append(case([name], 2))
cases.append(case(["arc_easy"], 7, coarse=True, limit=3))
cases.append(case(["boolq"], 1, limit=0.5))
mmlu_names = [n for n in DATA if n.startswith("mmlu_")]
for shots in (None, 5):
    cases.append(case(mmlu_names, shots))
json.dump({"data": DATA, "cases": cases}, sys.stdout, ensure_ascii=True, default=float)
