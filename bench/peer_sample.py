"""The peer of bench/sample.ts: transformers' generate, greedy, with its cache.

    python bench/peer_sample.py FOLDER THREADS NEW_TOKENS     then one line on stdin a round; answers with a line of JSON each
"""

import json
import sys
import time

import torch
import transformers

folder, threads, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
torch.set_num_threads(threads)
model = transformers.AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()
model.generation_config.suppress_tokens = None
settings = dict(max_new_tokens=count, min_new_tokens=count, do_sample=False, use_cache=True, pad_token_id=0, eos_token_id=None)
for line in sys.stdin:
    prompt = torch.tensor([json.loads(line)])
    began = time.perf_counter()
    with torch.inference_mode():
        ids = model.generate(prompt, attention_mask=torch.ones_like(prompt), **settings)
    seconds = time.perf_counter() - began
    print(json.dumps({"seconds": seconds, "ids": ids[0, prompt.shape[1] :].tolist()}), flush=True)
