"""The peer of bench/evaluate.ts: lm-eval's hf model on the same folder, data and requests.

    python bench/peer_evaluate.py MODEL_FOLDER DATA_FOLDER THREADS DTYPE      then one line of JSON on stdin a question, answered with one

{"cmd": "requests", "task", "limit", "shots"} gives [[context, continuation], ...] in the harness's order;
{"cmd": "score", "requests", "batch"} gives seconds of the processor, tokenisation included, and [log-likelihood, greedy] of each;
{"cmd": "end"} ends.
"""

import json
import os
import sys
import time
from pathlib import Path

os.environ["TQDM_DISABLE"] = "1"
os.environ["HF_HUB_OFFLINE"] = "1"
sys.path.insert(0, str(Path(__file__).parent.parent / "tools" / "oracle"))
answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)  # whatever else prints

import lm_eval_data
import torch
from lm_eval.api.instance import Instance
from lm_eval.models.huggingface import HFLM
from lm_eval.tasks import TaskManager, get_task_dict

folder, data, threads, dtype = sys.argv[1:]
torch.set_num_threads(int(threads))
lm_eval_data.use(data)
manager = TaskManager()
model = HFLM(pretrained=folder, device="cpu", dtype=dtype, batch_size=1, attn_implementation="sdpa")


def leaves(tree: dict):
    for value in tree.values():
        if isinstance(value, dict):
            yield from leaves(value)
        else:
            yield value


def requests(task: str, limit: int, shots: int) -> list:
    found = []
    for each in leaves(get_task_dict([task], manager)):
        each.set_config("num_fewshot", shots)
        each.set_fewshot_seed(1234)
        each.build_all_requests(limit=limit)
        found += [list(instance.args) for instance in each.instances]
    return found


def score(pairs: list, batch: int) -> dict:
    instances = [Instance(request_type="loglikelihood", doc={}, arguments=tuple(pair), idx=i) for i, pair in enumerate(pairs)]
    model.batch_size_per_gpu = batch
    began = time.process_time()
    scores = model.loglikelihood(instances, disable_tqdm=True)
    return {"seconds": time.process_time() - began, "scores": scores}


def answer(value: object) -> None:
    answers.write(json.dumps(value) + "\n")
    answers.flush()


for line in sys.stdin:
    message = json.loads(line)
    if message["cmd"] == "requests":
        answer({"requests": requests(message["task"], message["limit"], message["shots"])})
    elif message["cmd"] == "score":
        answer(score(message["requests"], message["batch"]))
    else:
        answer({})
        break
