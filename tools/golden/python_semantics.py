"""Golden output of Python's text, repr, json and random, for src/evaluate/python-*.ts. Run by CPython 3.11:

    python3 tools/golden/python_semantics.py > test/golden/evaluate/python.json
"""

import json
import math
import random
import re
import sys

assert sys.version_info[:2] == (3, 11), sys.version

spaces = [chr(c) for c in range(0x110000) if chr(c).isspace()]
near = ["\ufeff", "\u180e", "\u200b", "\u2060", "\u0000", "\u001b", "\u0086"]
assert all(re.fullmatch(r"\s", c) for c in spaces)

texts = [
    "", " ", "a", "  a b  ", "\u001c\u001d a\u0085b\u00a0", "\ufeffa\ufeff", "\u2028x\u3000", "😀", "a😀b", " 😀 ",
    "\n\n a \r\n", "\u200ba", "ὈΔΥΣΣΕΎΣ", "ΑΣ ΣΑ Σ", "İSTANBUL", "ǆungla ǅ", "ßA", "ﬁSH", "ŉA", "ᾳB", "éCOLE", "ა ბ",
    "hello WORLD. Foo", "ᲐA", "𐐨𐐀", "1ABC", "'", '"', "'\"", "\\", "a\nb\tc\r\x00\x7f\x80\xad\u0378\ue000\U000e0001", "naïve",
]  # fmt: skip

floats = [0.0, -0.0, 1.0, -1.5, 0.1, 1e-4, 1.5e-4, 9.9e-5, 1e-5, 1e15, 123456789012345680.0, 1e16, 1e17, 1e22, 1.5e300, 5e-324, 2 / 3, -12.300000190734863, 100.0, 1e100]  # fmt: skip

values = [
    {}, [], {"a": []}, {"a": {}, "b": [1, 2.5, None, True, "x\u2028\u007f\u0001é😀\"\\/"]},
    ["it's", 'say "hi"', "both ' and \"", "tab\t"], [[1], {"k": None}], "text", 5, None, True, 1.5,
]  # fmt: skip


def sequence(seed):
    r = random.Random(seed)
    out = {"seed": seed, "random": [r.random() for _ in range(5)]}
    out["below"] = [r.randrange(n) for n in (1, 2, 3, 10, 1000, 2**31, 2**32 - 1)]
    out["samples"] = [[n, k, r.sample(range(n), k)] for n, k in [(5, 5), (21, 3), (22, 3), (100, 6), (85, 6), (86, 6), (1000, 26), (9741, 5)]]
    out["choices"] = r.choices(range(700), k=9)
    mixed = list(range(30))
    r.shuffle(mixed)
    out["shuffled"] = mixed
    for _ in range(1300):
        r.random()
    out["later"] = r.random()
    return out


capitals = {c: c.capitalize() for c in map(chr, range(0x110000)) if not 0xD800 <= ord(c) < 0xE000 and c.capitalize() != c}
json.dump(
    {
        "spaces": spaces,
        "near": near,
        "texts": [
            {
                "text": t, "strip": t.strip(), "lstrip": t.lstrip(), "rstrip": t.rstrip(), "split": t.split(), "pieces": len(re.split(r"\s+", t)),
                "length": len(t), "capitalize": t.capitalize(), "repr": repr(t), "from1": t[1:], "to2": t[:2], "last": t[-2:], "middle": t[1:-1],
            }
            for t in texts
        ],
        "capitals": "".join(capitals),
        "capitalized": list(capitals.values()),
        "floats": [[f, repr(f)] for f in floats],
        "values": [{"value": v, "repr": repr(v), "json": json.dumps(v, ensure_ascii=False), "indented": json.dumps(v, indent=2, ensure_ascii=False)} for v in values],
        "exponentials": [[x, math.exp(x)] for x in (-0.37 * i for i in range(-40, 60))],
        "random": [sequence(s) for s in (0, 1, 42, 1234, 2**32 + 5, 99)],
    },
    sys.stdout,
)
