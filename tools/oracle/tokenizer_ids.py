"""Checks that transformers' AutoTokenizer gives the ids we gave.

    python tools/oracle/tokenizer_ids.py FOLDER CASES.json

FOLDER holds the files of `Tokenizer.files()`, alone or in a model folder. CASES.json is [{"text": "...", "ids": [...]}, ...]
with ids of ours. Prints one line and ends with 1 where an id or a decoded text differs. (Not called tokenizers.py:
Python would take it for the package of that name.)
"""

import json
import sys

from transformers import AutoTokenizer


def main(folder: str, cases_path: str) -> int:
    tokenizer = AutoTokenizer.from_pretrained(folder)
    with open(cases_path, encoding="utf-8") as file:
        cases = json.load(file)
    wrong = 0
    for case in cases:
        # Half a surrogate pair is U+FFFD to us; Python would refuse to write it as UTF-8.
        text = case["text"].encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        # In our encoding <|endoftext|> is text like any other: split_special_tokens asks for the same.
        found = tokenizer.encode(text, add_special_tokens=False, split_special_tokens=True)
        back = tokenizer.decode(found)
        if found != case["ids"] or back != text:
            wrong += 1
            print(f"{folder}: {text!r}: ours {case['ids'][:20]}, transformers {found[:20]}, decoded {back!r}"[:400])
    eos = tokenizer.eos_token_id
    if eos != len(tokenizer) - 1:
        wrong += 1
        print(f"{folder}: end-of-text is {eos}, expected the last id, {len(tokenizer) - 1}")
    print(f"{folder}: {type(tokenizer).__name__}, {len(tokenizer)} ids, {len(cases) - wrong} of {len(cases)} strings equal")
    return 1 if wrong or not cases else 0


sys.exit(main(*sys.argv[1:]))
