"""The same for the harness of 2023 that the paper used: lm-evaluation-harness at commit 115206dc, for --compat lm-eval-2023.

    git clone https://github.com/EleutherAI/lm-evaluation-harness old && git -C old checkout 115206dc
    venv/bin/python tools/golden/evaluate_tasks_2023.py old > test/golden/evaluate/lm_eval_2023.json

The venv is that of evaluate_tasks.py, with torch and transformers. Of the old code only the tasks that we have are imported.
"""

import contextlib
import importlib
import json
import random
import sys
import types

sys.path.insert(0, sys.argv[1])
import datasets
import transformers  # noqa: F401  before the stand-ins below, for which it would look
from datasets import Dataset, DatasetDict
from evaluate_documents import DATA

for name in ("accelerate", "openai", "omegaconf"):  # imported by the old code, not used here
    sys.modules.setdefault(name, types.ModuleType(name))
for name in ("", ".squad_metrics"):  # gone from transformers
    sys.modules[f"transformers.data.metrics{name}"] = types.ModuleType("metrics")
sys.modules["transformers.data.metrics"].squad_metrics = sys.modules["transformers.data.metrics.squad_metrics"]
sys.modules["omegaconf"].OmegaConf = None
sys.modules["accelerate"].find_executable_batch_size = lambda **_: lambda function: function
import lm_eval

tasks = types.ModuleType("lm_eval.tasks")  # its __init__ imports every task there is
tasks.__path__ = [f"{sys.argv[1]}/lm_eval/tasks"]
sys.modules["lm_eval.tasks"] = tasks
lm_eval.tasks = tasks
sys.modules["lm_eval.models"] = lm_eval.models = types.ModuleType("lm_eval.models")

current = None


def usable(name):
    """Without documents that the old code refuses: a text of one word, a label with a space."""
    fits = {"lambada": lambda row: " " in row["text"], "logiqa": lambda row: row["label"] == row["label"].strip()}.get(name.split("_")[0], lambda row: True)
    return {split: [row for row in rows if fits(row)] for split, rows in DATA[name].items()}


def load_dataset(path=None, name=None, **_):
    splits = {k: Dataset.from_list(v) for k, v in usable(current).items()}
    any_split = next(iter(splits.values()))
    for missing in ("train", "validation", "test"):
        splits.setdefault(missing, any_split)
    return DatasetDict(splits)


datasets.load_dataset = load_dataset
module = lambda name: importlib.import_module(f"lm_eval.tasks.{name}")
for name in ("gpt2", "huggingface"):
    sys.modules[f"lm_eval.models.{name}"] = types.ModuleType(name)
sys.modules["lm_eval.models.gpt2"].HFLM = None
from lm_eval.base import LM
from lm_eval.evaluator import evaluate


class Dummy(LM):
    def __init__(self, twice, coarse):
        super().__init__()
        self.coarse = coarse
        self.twice, self.random, self.seen, self.last = twice, random.Random(42), [], None

    def loglikelihood(self, requests):
        out = []
        for args in requests:
            if not (self.twice and self.last and self.last[0] == args):  # it asks for log-likelihood and greedy one by one
                self.seen.append(list(args))
                value = -20 * self.random.random()
                value = float(round(value / 5) - 1) if self.coarse else value
                self.last = (args, (value, self.random.random() < 0.3))
            out.append(self.last[1])
        return out

    def loglikelihood_rolling(self, requests):
        self.seen += [list(args) for args in requests]
        return [-20 * self.random.random() for _ in requests]

    def greedy_until(self, requests):
        raise NotImplementedError


TASKS = {
    "arc_easy": ("arc", "ARCEasy"), "arc_challenge": ("arc", "ARCChallenge"), "piqa": ("piqa", "PiQA"), "sciq": ("sciq", "SciQ"), "hellaswag": ("hellaswag", "HellaSwag"),
    "lambada_openai": ("lambada", "LambadaOpenAI"), "lambada_standard": ("lambada", "LambadaStandard"), "wikitext": ("wikitext", "WikiText"), "winogrande": ("winogrande", "Winogrande"),
    "boolq": ("superglue", "BoolQ"), "openbookqa": ("openbookqa", "OpenBookQA"), "logiqa": ("logiqa", "LogiQA"), "wsc": ("superglue", "SGWinogradSchemaChallenge"), "wsc273": ("wsc273", "WinogradSchemaChallenge273"),
    "wnli": ("glue", "WNLI"), "qnli": ("glue", "QNLI"), "mnli": ("glue", "MNLI"), "mnli_mismatch": ("glue", "MNLIMismatched"), "truthfulqa_mc1": ("truthfulqa", "TruthfulQAMultipleChoice"), "truthfulqa_mc2": ("truthfulqa", "TruthfulQAMultipleChoice"),
    "mmlu_anatomy": ("hendrycks_test", "anatomy"),
}  # fmt: skip
cases = []
for name, (file, kind) in TASKS.items():
    for shots, coarse in ((0, False), (0, True), (2, False)):
        if (shots or coarse) and (name == "wikitext" or name.startswith("truthfulqa")):
            continue
        current = name
        with contextlib.redirect_stdout(sys.stderr):
            task = module(file).create_task(kind)() if file == "hendrycks_test" else getattr(module(file), kind)()
            lm = Dummy(name.startswith("lambada"), coarse)
            out = evaluate(lm, {name: task}, num_fewshot=shots, bootstrap_iters=2000)
        cases.append({"task": name, "shots": shots, "coarse": coarse, "requests": lm.seen, "results": out["results"][name], "version": out["versions"][name], "data": usable(name) if usable(name) != DATA[name] else None})
json.dump(cases, sys.stdout, default=float)
