"""Writes test/golden/stories260K.json: what transformers makes of ../shared/models/stories260K, a small trained Llama.

    python tools/golden/stories260K.py ../shared/models/stories260K      (torch and transformers; CPU, one thread, seconds)

`greedy`: 200 token ids after the begin-of-text token 1. `logits`: the last row of logits over [1, and the first 20 of them],
in float32. `losses`: mean cross-entropy of the 200 tokens. The weights themselves are not in the project.
"""

import json
import sys
from pathlib import Path

import torch
import transformers

FOLDER = Path(__file__).resolve().parents[2] / "test" / "golden"


def main(folder: str) -> None:
    torch.set_num_threads(1)
    model = transformers.AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()
    start = torch.tensor([[1]])
    settings = dict(attention_mask=torch.ones_like(start), do_sample=False, eos_token_id=None, pad_token_id=0)
    greedy = model.generate(start, max_new_tokens=200, **settings)[0]
    with torch.no_grad():
        logits = model(input_ids=greedy[None, :-1]).logits[0]
    facts = {
        "madeBy": "tools/golden/stories260K.py",
        "torch": torch.__version__,
        "transformers": transformers.__version__,
        "greedy": greedy[1:].tolist(),
        "logits": [float(value) for value in logits[20]],
        "loss": float(torch.nn.functional.cross_entropy(logits, greedy[1:])),
    }
    (FOLDER / "stories260K.json").write_text(json.dumps(facts) + "\n")
    print(f"{len(facts['greedy'])} tokens, loss {facts['loss']:.6f}")


if __name__ == "__main__":
    main(sys.argv[1])
