"""lm-eval's own evaluation of a model folder, on data files of a folder.

    python tools/oracle/evaluate.py MODEL_FOLDER DATA_FOLDER SETTINGS.json        (needs lm-eval[hf]==0.4.12)

SETTINGS: {"runs": [{"tasks": [...], "limit", "shots", "bootstrap"}, ...], "url", "write"}. With "url" the model is asked over HTTP, as
local-completions. "write" is a folder that gets the documents of tasks whose published files the data folder has not.
Prints a line of JSON: for each run results by task, groups, and for each task the log-likelihoods of each document's requests.
"""

import json
import os
import sys
from pathlib import Path

os.environ["TQDM_DISABLE"] = "1"
os.environ["HF_HUB_OFFLINE"] = "1"
answer = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)  # whatever else prints
sys.path.insert(0, str(Path(__file__).parent))

import lm_eval
import lm_eval_data
import torch
from lm_eval.models.huggingface import HFLM
from lm_eval.models.openai_completions import LocalCompletionsAPI

folder, data, settings = sys.argv[1:]
with open(settings, encoding="utf-8") as file:
    settings = json.load(file)
torch.set_num_threads(1)
if "write" in settings:
    for name, docs in {
        "hellaswag/hellaswag_val.jsonl": lm_eval_data.hellaswag(Path(data))["validation"],
        "sciq/test.jsonl": lm_eval_data.sciq(Path(data))["test"],
    }.items():
        path = Path(settings["write"]) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(json.dumps(doc) + "\n" for doc in docs), encoding="utf-8")
lm_eval_data.use(data)
if "url" in settings:
    context = json.loads((Path(folder) / "config.json").read_text())["n_positions"]
    # lm-eval keeps one token free for the one it asks for.
    model = LocalCompletionsAPI(base_url=settings["url"], model=folder, tokenizer_backend="huggingface", batch_size=8, max_length=context + 1)
else:
    model = HFLM(pretrained=folder, device="cpu", dtype="float32", batch_size=8)


def run(tasks: list, limit: int, bootstrap: int, shots: int | None = None) -> dict:
    found = lm_eval.simple_evaluate(
        model=model, tasks=tasks, num_fewshot=shots, limit=limit, bootstrap_iters=bootstrap, log_samples=True
    )
    samples = {
        task: {str(row["doc_id"]): [each[0] if isinstance(each, (list, tuple)) else each for each in row["filtered_resps"]] for row in rows}
        for task, rows in found["samples"].items()
    }
    return {"results": found["results"], "groups": found.get("groups", {}), "samples": samples}


answer.write(json.dumps([run(**each) for each in settings["runs"]]) + "\n")
answer.flush()
