"""Writes test/golden/tokenizer_ids.json: strings that are hard on tokenizers, with tiktoken's GPT-2 ids.

    python tools/golden/tokenizer_ids.py            (needs tiktoken and its gpt2 files, or the transformers files below)
    python tools/golden/tokenizer_ids.py FOLDER     (FOLDER with OpenAI's vocab.json and merges.txt: tiktoken reads those)

Strings are JSON with escapes, so that a lone surrogate survives; tiktoken gets it as U+FFFD, as UTF-8 does.
"""

import json
import random
import sys
from pathlib import Path

import tiktoken
from tiktoken.load import data_gym_to_mergeable_bpe_ranks

HARD = [
    "",
    " ",
    "  ",
    "Hello world",
    "Hello, World! It's we're they've I'm you'll he'd 'S 'T 'RE",
    "<|endoftext|>",
    "a<|endoftext|>b",
    "\x00",
    "a\x00b\x00\x00",
    "line\nline\r\nline\rline\n\n\n  indented\n\ttab\t\ttabs ",
    "trailing   ",
    "   leading",
    "in   the    middle",
    "\u00a0no-break\u00a0\u00a0 space",
    "\u0085next\u0085 line \u0085",
    "\ufeffbyte order mark\ufeff \ufeff",
    "\u200bzero\u200bwidth\u200d joiner",
    "\u2028line\u2029paragraph\u2000\u2003\u3000ideographic",
    "\u180emongolian\u180e",
    "e\u0301 combining a\u0308\u0323 \u0301alone",
    "caf\u00e9 na\u00efve \u00c5ngstr\u00f6m \u1e9e",
    "\U0001f600\U0001f468\u200d\U0001f469\u200d\U0001f467 emoji \U0001f1e6\U0001f1f9",
    "\U00020000\U0002a6d6 \U0001d54f\U0001d7d8 \U0010ffff",
    "\ud83d lone high, lone low \ude00, swapped \ude00\ud83d",
    "\u4f60\u597d\uff0c\u4e16\u754c\u3002 \u3053\u3093\u306b\u3061\u306f \uc548\ub155",
    "\u0645\u0631\u062d\u0628\u0627 \u05e9\u05dc\u05d5\u05dd \u0928\u092e\u0938\u094d\u0924\u0947",
    "\u0e2a\u0e27\u0e31\u0e2a\u0e14\u0e35\u0e04\u0e23\u0e31\u0e1a",
    "123 1234567890 \u0661\u0662\u0663 \u00bd \u2167 x\u00b2",
    "def f(x):\n    return x ** 2  # comment\n",
    "a" * 1000,
    " " * 1000,
    "ab" * 500 + "!" * 300,
    "\ufffd\ufffd",
    "\x01\x02\x1b[0m\x7f\x80\x9f",
    "\u00ad\u061c\u2066hidden\u2069",
    "</s>",
    "<s>a</s> <unk> <0x41> <pad>",
    "<|padding|><|endoftext|>\n<|im_start|>",
    "\u2581already\u2581 \u2581escaped\u2581\u2581",
    "\ufb01ne \u210cello \uff21\uff22\uff23 \u3392 \u337f \ufdfa \u212b \u1e9b\u0323",
    "  two  spaces   before   and  after  ",
    "\t\ttabs\u3000wide\u00a0\u2003spaces\r\n",
    "a\u0301a\u0323\u0301 \u1100\u1161\u11a8 \uac01 \u0958",
    "tokenization, untokenizable, 2,718,281.828; don't re-tokenise",
    "x" * 300 + " " + "the" * 100,
    "IT'S DON'T WE'LL they'RE o'\u017fo \u0130\u03a3\u03a3 \ud83d",
    "tokenization retokenization tokenizations tokenization_ (tokenization)",
    "\n\n  \u2581",
    "  quick  quickquick\n quick\t",
]


def random_strings(count: int) -> list[str]:
    """Strings mixed from many scripts, spaces, marks and astral characters; the seed is fixed."""
    rng = random.Random(2357)
    ranges = [(0x20, 0x7E), (0x20, 0x7E), (0x00, 0xFF), (0x2000, 0x206F), (0x300, 0x36F), (0x370, 0x5FF), (0x4E00, 0x4FFF), (0xFE00, 0xFFFD), (0x1F300, 0x1F6FF), (0xE0000, 0xE00FF)]
    words = ["the", " the", " of", "'s", "'ll", "\n", "\r\n", "  ", " 19", "ing", "\t", "\u0085", "\ufeff", "\u00a0"]
    result = []
    for _ in range(count):
        parts = []
        for _ in range(rng.randrange(1, 12)):
            low, high = rng.choice(ranges)
            parts.append(rng.choice(words) if rng.random() < 0.5 else chr(rng.randint(low, high)) * rng.choice([1, 1, 1, 3]))
        result.append("".join(parts))
    return result


def gpt2(folder: str | None) -> tiktoken.Encoding:
    if folder is None:
        return tiktoken.get_encoding("gpt2")
    ranks = data_gym_to_mergeable_bpe_ranks(f"{folder}/merges.txt", f"{folder}/vocab.json")
    pattern = r"""'(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"""
    return tiktoken.Encoding("gpt2", pat_str=pattern, mergeable_ranks=ranks, special_tokens={"<|endoftext|>": 50256})


def main() -> None:
    encoding = gpt2(sys.argv[1] if len(sys.argv) > 1 else None)
    cases = [{"text": text, "gpt2": ids_of(encoding, text)} for text in HARD + random_strings(300)]
    path = Path(__file__).parents[2] / "test/golden/tokenizer_ids.json"
    lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases)
    path.write_text(f'{{"tiktoken":"{tiktoken.__version__}","cases":[\n{lines}\n]}}\n')
    print(f"{path}: {len(cases)} cases")


def ids_of(encoding: tiktoken.Encoding, text: str) -> list[int]:
    # A pair written as two escapes is one character; a half without its other is U+FFFD.
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return encoding.encode_ordinary(whole)


if __name__ == "__main__":
    main()
