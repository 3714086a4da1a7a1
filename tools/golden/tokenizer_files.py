"""Writes test/golden/tokenizers/: small tokenizer.model and tokenizer.json files, and ids.json.

    python tools/golden/tokenizer_files.py [SHARED_MODELS]     (needs sentencepiece and tokenizers)

ids.json holds, for each of the strings of tokenizer_ids.json, the ids that SentencePiece's C++ library and Hugging Face's
tokenizers give: for the small files that are trained here on a few lines, and for the real ones in SHARED_MODELS
(llama-tokenizer, gpt2-tokenizer, gpt-neox-20b-tokenizer), which are not copied. Special-token text inside a string stays text.
SentencePiece's training depends on its version; files that are there already are kept, so that only new ones change.
"""

import json
import os
import sys
from pathlib import Path

import sentencepiece
import tokenizers
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "test/golden/tokenizers"

LINES = [
    "the quick brown fox jumps over the lazy dog and the other dog sleeps there",
    "tokenization is the cutting of a text into pieces; untokenizable text is text too",
    "don't re-tokenise what's been tokenised: 2,718,281.828 is e, 3.14159 is pi, 1234567890 counts",
    "she sells sea shells on the sea shore; the shells she sells are surely seashells",
    "def f(x):\n    return x ** 2  # comment",
    "caf\u00e9 na\u00efve \u00c5ngstr\u00f6m \u4f60\u597d\u4e16\u754c \u3053\u3093\u306b\u3061\u306f \U0001f600 \u0645\u0631\u062d\u0628\u0627",
    "aaaa aaaaa aaaaaa aaaaaaa bbbb abab ababab",
]

# Rules of our own, to keep the files small (those of nmt_nfkc are 240 kB): characters to one, to several, to spaces, to nothing.
RULES = {
    "A": "a", "T": "t", "\ufb01": "fi", "\u3392": "MHz", "a\u0301": "\u00e1", "e\u0301": "\u00e9", "a\u0323\u0301": "\u1ea1\u0301",
    "\u00a0": " ", "\u3000": " ", "\u2003": " ", "\t": " ", "\r\n": " ", "\n": " ", "\u200b": "", "\u00ad": "", "\ufdfa": "\u0635\u0644\u0649 \u0627\u0644\u0644\u0647 \u0639\u0644\u064a\u0647",
    "\u1100\u1161\u11a8": "\uac01", "\u1100\u1161": "\uac00", "\uff21": "a", "\U0001f600": ":-)",
}  # fmt: skip

COMMON = dict(vocab_size=420, hard_vocab_limit=False, character_coverage=0.98, num_threads=1, minloglevel=2)
SENTENCEPIECE = {
    # As Llama's: no rules, bytes for what is unknown, digits one by one, runs of spaces as pieces.
    "bpe-identity": dict(
        model_type="bpe", normalization_rule_name="identity", byte_fallback=True, split_digits=True,
        allow_whitespace_only_pieces=True, remove_extra_whitespaces=False,
    ),
    # As the trainer's defaults, with <unk> for the unknown.
    "bpe-nfkc": dict(model_type="bpe", normalization_rule_name="nmt_nfkc"),
    "bpe-symbols": dict(
        model_type="bpe", normalization_rule_tsv="RULES", byte_fallback=True,
        user_defined_symbols=["<sep>", "\u2581\u2581", "token", "tokeni", "\uff21"], remove_extra_whitespaces=False,
    ),
    "bpe-suffix": dict(model_type="bpe", normalization_rule_name="identity", treat_whitespace_as_suffix=True),
    "bpe-crossing": dict(model_type="bpe", normalization_rule_name="identity", split_by_whitespace=False, add_dummy_prefix=False),
    "unigram-rules": dict(model_type="unigram", normalization_rule_tsv="RULES", vocab_size=220),
    "unigram-symbols": dict(
        model_type="unigram", normalization_rule_name="identity", byte_fallback=True, vocab_size=480,
        user_defined_symbols=["<sep>", "token", "quick\u2581brown"], remove_extra_whitespaces=False,
    ),
}


def train_sentencepiece() -> None:
    os.chdir(FOLDER)  # a model names its files as they were given
    text = Path("lines.txt")
    text.write_text("\n".join(line.replace("\n", " ") for line in LINES * 4) + "\n")
    rules = Path("rules.tsv")
    spelled = [["".join(f"{ord(c):X} " for c in side).strip() for side in rule] for rule in RULES.items()]
    rules.write_text("".join(f"{before}\t{after}\n" for before, after in spelled))
    for name, options in SENTENCEPIECE.items():
        if not (FOLDER / f"{name}.model").exists():
            if "normalization_rule_tsv" in options:
                options["normalization_rule_tsv"] = str(rules)
            sentencepiece.SentencePieceTrainer.train(input=str(text), model_prefix=name, **{**COMMON, **options})
            (FOLDER / f"{name}.vocab").unlink()
    text.unlink()
    rules.unlink()


LLAMA3 = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
QWEN2 = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"


def byte_level(pre, normalizer=None, added=(), **bpe) -> Tokenizer:
    tokenizer = Tokenizer(models.BPE(**bpe))
    if normalizer is not None:
        tokenizer.normalizer = normalizer
    tokenizer.pre_tokenizer = pre
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=420, special_tokens=["<|endoftext|>"], initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False
    )
    tokenizer.train_from_iterator(LINES * 4, trainer)
    tokenizer.add_tokens([AddedToken(token, **options) for token, options in added])
    tokenizer.add_special_tokens(["<|im_start|>"])
    return tokenizer


def metaspace(pre=None, normalizer=None, decoder=None) -> Tokenizer:
    tokenizer = Tokenizer(models.BPE(unk_token="<unk>", fuse_unk=True, byte_fallback=True))
    if normalizer is not None:
        tokenizer.normalizer = normalizer
    if pre is not None:
        tokenizer.pre_tokenizer = pre
    tokenizer.decoder = decoder
    special = ["<unk>", "<s>", "</s>", *(f"<0x{byte:02X}>" for byte in range(256))]
    tokenizer.train_from_iterator(
        LINES * 4, trainers.BpeTrainer(vocab_size=420, special_tokens=special, limit_alphabet=60, show_progress=False)
    )
    content = json.loads(tokenizer.to_str())
    content["added_tokens"] = content["added_tokens"][:3]  # bytes are pieces of the model only
    return Tokenizer.from_str(json.dumps(content))


def train_tokenizers() -> None:
    llama_decoder = decoders.Sequence([decoders.Replace("\u2581", " "), decoders.ByteFallback(), decoders.Fuse(), decoders.Strip(" ", 1, 0)])
    wordlevel = Tokenizer(models.WordLevel({"<unk>": 0, "the": 1, "dog": 2, ",": 3, "don": 4, "'": 5, "t": 6}, unk_token="<unk>"))
    wordlevel.pre_tokenizer = pre_tokenizers.Whitespace()
    spaces = [(" " * n, dict(normalized=True)) for n in range(8, 1, -1)]
    made = {
        "gpt2": lambda: byte_level(pre_tokenizers.ByteLevel(add_prefix_space=False)),
        "neox": lambda: byte_level(pre_tokenizers.ByteLevel(add_prefix_space=False), normalizers.NFC(), spaces),
        "prefix": lambda: byte_level(pre_tokenizers.ByteLevel(add_prefix_space=True), normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])),
        "llama3": lambda: byte_level(
            pre_tokenizers.Sequence([pre_tokenizers.Split(Regex(LLAMA3), "isolated"), pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)]),
            None, [("tokenization", dict(single_word=True)), ("quick", dict(lstrip=True, rstrip=True, normalized=False))], ignore_merges=True,
        ),
        "qwen2": lambda: byte_level(
            pre_tokenizers.Sequence([pre_tokenizers.Split(Regex(QWEN2), "isolated"), pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)]),
            normalizers.NFC(),
        ),
        "digits": lambda: byte_level(
            pre_tokenizers.Sequence([pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)])
        ),
        "llama-fast": lambda: metaspace(
            None, normalizers.Sequence([normalizers.Prepend("\u2581"), normalizers.Replace(" ", "\u2581")]), llama_decoder
        ),
        "metaspace": lambda: metaspace(pre_tokenizers.Metaspace("\u2581", "first", False), None, llama_decoder),
        "metaspace-split": lambda: metaspace(pre_tokenizers.Metaspace("\u2581", "always", True), None, decoders.Metaspace("\u2581", "always", True)),
        "wordlevel": lambda: wordlevel,
        "gemma": lambda: metaspace(pre_tokenizers.Split(" ", "merged_with_previous"), normalizers.Replace(" ", "\u2581"), llama_decoder),
    }
    for name, make in made.items():
        path = FOLDER / f"{name}.tokenizer.json"
        if not path.exists():
            path.write_text(json.dumps(json.loads(make().to_str()), ensure_ascii=True, separators=(",", ":")) + "\n")


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    models_folder = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else None
    train_sentencepiece()
    train_tokenizers()
    cases = json.loads((ROOT / "test/golden/tokenizer_ids.json").read_text())["cases"]
    # Half a surrogate pair is U+FFFD to us.
    texts = [case["text"].encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace") for case in cases]
    ids = {}
    decoded = {}
    pieces = {path.name: path for path in sorted(FOLDER.glob("*.model"))}
    files = {path.name: path for path in sorted(FOLDER.glob("*.tokenizer.json"))}
    if models_folder:
        pieces["llama-tokenizer"] = models_folder / "llama-tokenizer/tokenizer.model"
        for name in ["gpt2-tokenizer", "gpt-neox-20b-tokenizer"]:
            files[name] = models_folder / name / "tokenizer.json"
    for name, path in pieces.items():
        processor = sentencepiece.SentencePieceProcessor(model_file=str(path))
        ids[name] = [processor.encode(text) for text in texts]
        decoded[name] = [processor.decode(found) for found in ids[name]]
    for name, path in files.items():
        tokenizer = Tokenizer.from_file(str(path))
        tokenizer.encode_special_tokens = True
        ids[name] = [tokenizer.encode(text, add_special_tokens=False).ids for text in texts]
        decoded[name] = [tokenizer.decode(found, skip_special_tokens=False) for found in ids[name]]
    # A decoded string that is the text itself is kept as null.
    short = {name: [None if back == text else back for back, text in zip(list_, texts)] for name, list_ in decoded.items()}
    rows = ",\n".join(
        f'{json.dumps(name)}:{{"ids":{json.dumps(ids[name], separators=(",", ":"))},"decoded":{json.dumps(short[name], separators=(",", ":"))}}}'
        for name in ids
    )
    (FOLDER / "ids.json").write_text(
        f'{{"sentencepiece":"{sentencepiece.__version__}","tokenizers":"{tokenizers.__version__}","texts":{len(texts)},"by":{{\n{rows}\n}}}}\n'
    )
    print(f"{FOLDER}: {len(ids)} tokenizers, {len(texts)} strings each")


main()
