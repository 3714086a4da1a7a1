"""Writes native/host/gpt2_classes.cpp: which code points are letters, numbers and white space to tiktoken's regular expressions.

    python tools/golden/gpt2_classes.py            (needs tiktoken)
    python tools/golden/gpt2_classes.py --check    (changes nothing; ends with 1 where the file says otherwise than tiktoken)

tiktoken itself is asked, code point by code point: to an encoding whose tokens are the bytes and one text, that text is
one token exactly where the pattern takes it as one piece.
"""

import re
import sys
from pathlib import Path

import tiktoken

PATTERN = r"""'(?:[sdmt]|ll|ve|re)| ?\p{L}++| ?\p{N}++| ?[^\s\p{L}\p{N}]++|\s++$|\s+(?!\S)|\s"""
PROBES = {"letter": "a", "number": "1", "space": "\n"}  # what a code point of the class makes one piece with
TARGET = Path(__file__).parents[2] / "native/host/gpt2_classes.cpp"
NEWEST = {  # the last letter or number that a version of Unicode brought
    "15.1": 0x2EBF0,
    "16.0": 0x10D40,
    "17.0": 0x323B0,
}


def classes() -> dict[int, str]:
    points = [point for point in range(0x80, 0x110000) if not 0xD800 <= point <= 0xDFFF]
    found = {}
    for name, before in PROBES.items():
        ranks = {bytes([byte]): byte for byte in range(256)}
        texts = [before + chr(point) for point in points]
        for text in texts:
            ranks[text.encode()] = len(ranks)
        encoding = tiktoken.Encoding(name, pat_str=PATTERN, mergeable_ranks=ranks, special_tokens={})
        for point, text in zip(points, texts):
            if len(encoding.encode_ordinary(text)) == 1:
                assert point not in found, hex(point)
                found[point] = name
    return found


def ranges(found: dict[int, str]) -> list[tuple[int, int, str]]:
    result = []
    for point, name in sorted(found.items()):
        if result and result[-1][1] == point - 1 and result[-1][2] == name:
            result[-1] = (result[-1][0], point, name)
        else:
            result.append((point, point, name))
    return result


def source(found: dict[int, str]) -> str:
    version = max((name for name, point in NEWEST.items() if point in found), key=float, default="15.0 or older")
    entries = [f"{{{first:#x}, {last:#x}, {name}}}," for first, last, name in ranges(found)]
    lines = [""]
    for entry in entries:
        if len(lines[-1]) + len(entry) > 116:
            lines.append("")
        lines[-1] += (" " if lines[-1] else "") + entry
    body = "\n".join(f"    {line}" for line in lines)
    return f"""// Letters, numbers and white space above ASCII as tiktoken {tiktoken.__version__} knows them: Unicode {version}.
// Made by tools/golden/gpt2_classes.py, which asks tiktoken; not to be edited.

#include "gpt2_classes.h"

namespace {{

constexpr CharacterClass letter = CharacterClass::letter, number = CharacterClass::number, space = CharacterClass::space;

constexpr ClassRange ranges[] = {{
{body}
}};

}}  // namespace

std::span<const ClassRange> gpt2ClassRanges() {{ return ranges; }}
"""


def main() -> None:
    text = source(classes())
    if "--check" in sys.argv:
        equal = re.sub(r"\s", "", TARGET.read_text()) == re.sub(r"\s", "", text)
        print(f"{TARGET.name}: {'equal to' if equal else 'NOT what'} tiktoken {tiktoken.__version__}")
        sys.exit(0 if equal else 1)
    TARGET.write_text(text)
    print(f"{TARGET}: {text.count('{0x')} ranges")


main()
