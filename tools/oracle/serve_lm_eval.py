"""Scores requests with lm-eval's local-completions against `inheritune serve`, and with its hf model on the same folder.

    npx inheritune serve MODEL_FOLDER --port 8001
    python tools/oracle/serve_lm_eval.py MODEL_FOLDER http://127.0.0.1:8001/v1/completions TEXTS.jsonl     (needs lm-eval[api])

MODEL_FOLDER has config.json, weights and a tokenizer that transformers loads. Each line of TEXTS.jsonl has a "text"; its last word
is the continuation, as in LAMBADA. Prints the largest relative differences; ends with 1 where one is above 1e-5 or an answer differs.
"""

import json
import sys

from lm_eval.api.instance import Instance
from lm_eval.models.huggingface import HFLM
from lm_eval.models.openai_completions import LocalCompletionsAPI


def main(folder: str, url: str, path: str) -> int:
    with open(path, encoding="utf-8") as file:
        texts = [json.loads(line)["text"] for line in file][:50]
    context = json.load(open(f"{folder}/config.json"))["n_positions"]
    hf = HFLM(pretrained=folder, device="cpu", dtype="float32", batch_size=8, max_length=context)
    # lm-eval keeps one token free for the one it asks for.
    ours = LocalCompletionsAPI(base_url=url, model=folder, tokenizer_backend="huggingface", batch_size=8, max_length=context + 1)

    def requests(kind: str, arguments: list) -> list[Instance]:
        return [Instance(request_type=kind, doc={}, arguments=each, idx=i) for i, each in enumerate(arguments)]

    pairs = [tuple([text[: text.rindex(" ")], text[text.rindex(" ") :]]) for text in texts]
    pairs += [("", text) for text in texts[:5]]
    asked, theirs = ours.loglikelihood(requests("loglikelihood", pairs)), hf.loglikelihood(requests("loglikelihood", pairs))
    difference = max(abs(a[0] - b[0]) / max(1, abs(b[0])) for a, b in zip(asked, theirs))
    greedy = sum(a[1] != b[1] for a, b in zip(asked, theirs))
    print(f"loglikelihood: {len(pairs)} requests, from {min(b[0] for b in theirs):.3f} to {max(b[0] for b in theirs):.3f}, "
          f"largest relative difference {difference:.2e}, greedy differs {greedy} times")  # fmt: skip
    # Texts that fit: lm-eval parts longer ones in windows that are one token shorter for local-completions.
    whole = [(text,) for text in texts[:10]]
    rolling = ours.loglikelihood_rolling(requests("loglikelihood_rolling", whole))
    expected = hf.loglikelihood_rolling(requests("loglikelihood_rolling", whole))
    relative = max(abs(a - b) / abs(b) for a, b in zip(rolling, expected))
    print(f"rolling: {len(whole)} texts, ours {rolling[0]:.4f}, hf {expected[0]:.4f}, largest relative difference {relative:.2e}")
    settings = {"until": ["\n\n"], "max_gen_toks": 12, "do_sample": False, "temperature": 0}
    prompts = [(text[:200], settings.copy()) for text in texts[:8]]
    made = ours.generate_until(requests("generate_until", [(p, dict(s)) for p, s in prompts]))
    same = hf.generate_until(requests("generate_until", [(p, {k: v for k, v in s.items() if k != "temperature"}) for p, s in prompts]))
    equal = sum(a == b for a, b in zip(made, same))
    print(f"generate_until: {equal} of {len(made)} equal; {made[0]!r} and {same[0]!r}")
    return 1 if max(difference, relative) > 1e-5 or greedy or equal < len(made) else 0


sys.exit(main(*sys.argv[1:]))
