"""Documents of our own in the schema of each data set, awkward ones among them, for evaluate_tasks.py and evaluate_tasks_2023.py."""

FACE, OLD = "\U0001f600", "\U00010428"  # two units of UTF-16 each, the second with a capital
NEL, BOM, SEP = "\u0085", "\ufeff", "\u001c"  # white space for Python alone; for JavaScript alone; for Python alone

arc = lambda q, texts, key, labels="ABCDE": {"id": q[:3], "question": q, "choices": {"text": texts, "label": list(labels[: len(texts)])}, "answerKey": key}
arc_docs = [
    arc("Which is a planet?", ["Mars", "the Sun", "a comet", "Orion"], "A"),
    arc(f"What {FACE} shines{NEL}", [f"{FACE}{FACE}{FACE}", "ab", "abcdef", "é"], "3", "12345"),
    arc("Five?", ["a", "bb", "ccc", "dddd", "eeeee"], "E"),
    arc(f" {BOM}padded ", [" lead", "trail ", "it's", 'say "so"'], "D"),
    arc("Three {{x}} {% y %}", ["a\nb", "tab\t.", "back\\slash"], "B"),
    arc("Z?", ["0", "1", "2", "3"], "C"),
]
sciq = lambda q, d1, d2, d3, c, s: {"question": q, "distractor3": d3, "distractor1": d1, "distractor2": d2, "correct_answer": c, "support": s}
sciq_docs = [
    sciq("What is water?", "gas", "iron", "salt", "liquid", "Water is wet."),
    sciq("Empty support?", "a", "b", "c", "d", ""),
    sciq("White support?", "a", "bb", "ccc", "dddd", f" {NEL}\u3000\n"),
    sciq("Mark?", f"{FACE}", "ab", "x", "y", f"{BOM} stays. "),
    sciq("Sep?", "p", "q", "r", "s", f"{SEP}gone"),
]
hella = lambda label, act, a, b, ends, i: {"ind": i, "activity_label": act, "ctx_a": a, "ctx_b": b, "ctx": f"{a} {b}", "endings": ends, "source_id": f"x~{i}", "split": "val", "split_type": "indomain", "label": label}
hella_docs = [
    hella("0", "Making tea", "A man boils water.", "he THEN pours it", ["in a cup.", "[substeps] on the floor.", "away  twice.", "[a] [b] out."], 1),
    hella("1", "[header] How to", "Find [title] a place. [step] Go  there   now.", "", [" [title] x", "a[b\nc]d", "[never closed", "é  [x]  y"], 2),
    hella("2", "Unicode", f"{NEL}Start", "ΣΑΣ ΑΣ.", [f"{FACE}{FACE} ok", "aa ok", f"{SEP}lead", f"trail{NEL}"], 3),
    hella("3", "Capitals", "x", "ǆUNGLA İS", ["[a]", "b", "[[c]]d", "   "], 4),
    hella("0", "More", "y", f"{OLD}{OLD} ﬁSH", ["one", "two", "three", "four"], 5),
    hella("3", "Last", "z", "ßA [title] B", ["one [title]", "two.[title]", "thr  ee    e", "[x]four"], 6),
]
texts = lambda *lines: [{"text": t} for t in lines]
lambada_docs = texts("The cat sat on the mat", "word", "ends with\n\nPower", f"no{NEL}split here\u00a0nbsp", f"a  double {FACE}", "trailing space ", "x y z")
page = (
    " = Title = \n\n He said : \" hello \" , and ( left ) the 1 @,@ 000 m @-@ long [ road ] . \n = = Part = = \n"
    "It 's 5 @.@ 5 { sic } ' quoted ' ; N ° C ! \n = = = Deep = = = \n the boys ' toys ? \n"
)
pages = [{"page": page}, {"page": f"\u00a0 = X = {NEL} ( a {FACE} b ) \n\n"}, {"page": " \" unclosed ( and ' more \n"}, {"page": "plain"}]
wino = lambda s, a, b, k: {"sentence": s, "option1": a, "option2": b, "answer": k}
wino_docs = [
    wino("The _ was big.", "dog", "cat", "1"),
    wino(f"She saw {FACE} _{NEL}", "it", f"{FACE}", "2"),
    wino("_ ran _ away ", "He", "She", "1"),
    wino("A b _. ", "c", "d", "2"),
    wino("Because _ 12", "a", "b", "2"),
    wino("Only _ [1, 2]", "a", "b", "1"),
]
boolq = lambda q, p, y, i: {"question": q, "passage": p, "idx": i, "label": y}
boolq_docs = [boolq("is it", "Title -- text.", 1, 0), boolq(f"was {FACE} so", f"T -- {NEL}p ", 0, 1), boolq("a", "b", 1, 2), boolq("c", "d", 0, 3), boolq("e", "f", 1, 4)]
obqa_docs = [
    {"id": "1", "question_stem": "The sun is", "choices": {"text": ["a star", "a planet", "cold", "near"], "label": list("ABCD")}, "answerKey": "A"},
    {"id": "2", "question_stem": f"Frilled sharks {FACE}", "choices": {"text": [f"{FACE}", "bb", "ccc", "dddd"], "label": list("ABCD")}, "answerKey": f"{NEL} C"},
    {"id": "3", "question_stem": "x", "choices": {"text": ["a", "b", "c", "d"], "label": list("ABCD")}, "answerKey": "D"},
]
logiqa = lambda k, c, q, o: {"label": k, "context": c, "question": q, "options": o}
logiqa_docs = [
    logiqa("a", "All men are mortal. ", "So?", ["yes", "no", "maybe. ", "it's 3. 5"]),
    logiqa("d ", f"Context {FACE}", "Which?", [f"{FACE}{FACE}", "ab", "abc", "abcd"]),
    logiqa("c", "x", "y", ["w", "x", "y", "z"]),
]
wsc = lambda t, i1, i2, s1, s2, k, y: {"text": t, "span1_index": i1, "span2_index": i2, "span1_text": s1, "span2_text": s2, "idx": k, "label": y}
wsc_docs = [
    wsc("Mark told Pete many lies about himself, which Pete included in his book.", 0, 11, "Mark", "his", 0, 1),
    wsc('The man couldn\'t lift his son because he was so weak ( old ) . " Well " , he said.', 1, 7, "The man", "he", 1, 0),
    wsc(f"{FACE} Jane knocked on the door but she did n't answer .", 1, 7, "Jane", "she", 2, 1),
    wsc("A B\u00a0C it D", 0, 3, "A", "it", 3, 0),
]
wsc273 = lambda t, p, o, y, i: {"text": t, "pronoun": p, "pronoun_loc": t.replace("  ", " ").index(f" {p} ") + 1, "quote": "", "quote_loc": 0, "options": o, "label": y, "source": str(i)}
wsc273_docs = [
    wsc273("The city councilmen refused the demonstrators a permit because they feared violence.", "they", ["The city councilmen", "The demonstrators"], 0, 1),
    wsc273("The trophy broke. It was  his own fault.", "his", ["The trophy", "A man"], 1, 2),
    wsc273("Tom said. My dog ate it.", "My", ["Tom", "The The dog"], 0, 3),
    wsc273("Ann saw her  mother there.", "her", ["Ann", "Her mother"], 1, 4),
]
nli = lambda a, b, na, nb, y, i: {na: a, nb: b, "label": y, "idx": i}
wnli_docs = [nli("I stuck a pin through a carrot.", "The carrot had a hole.", "sentence1", "sentence2", 1, 0), nli(f"{FACE}", f"x{NEL}", "sentence1", "sentence2", 0, 1), nli("a", "b", "sentence1", "sentence2", 1, 2), nli("c", "d", "sentence1", "sentence2", 0, 3)]
qnli_docs = [nli("Who?", f"{BOM}He did.", "question", "sentence", 0, 0), nli(f"What {FACE}?", "That.", "question", "sentence", 1, 1), nli("When?", " Then ", "question", "sentence", 1, 2), nli("a?", "b", "question", "sentence", 0, 3)]
mnli_docs = [nli("He ran.", " He moved", "premise", "hypothesis", 0, 0), nli("She sat", f"She stood.{NEL}", "premise", "hypothesis", 2, 1), nli(f"{FACE}", f"{BOM}x.{BOM}", "premise", "hypothesis", 1, 2), nli("a", "b", "premise", "hypothesis", 1, 3), nli("c", "d!", "premise", "hypothesis", 2, 4)]
truth = lambda q, c1, c2, l2: {"question": q, "mc1_targets": {"choices": c1, "labels": [1] + [0] * (len(c1) - 1)}, "mc2_targets": {"choices": c2, "labels": l2}}
truth_docs = [
    truth("What is two and two?", ["Four", "Five", "It's six"], ["Four", "4", "Five", "It's six"], [1, 1, 0, 0]),
    truth(f"Is {FACE} a face?", ["Yes", "No"], [f"Yes {i}" for i in range(19)], [1, 0, 1] + [0] * 16),
    truth("Mixed?", ["a", "b"], ["a", "b", "c"], [0, 1, 1]),
    truth("Nine?", ["a", "b"], [f"c{i}" for i in range(9)], [1] * 4 + [0] * 5),
]
mmlu = lambda q, c, a: {"question": q, "subject": "x", "choices": c, "answer": a}
mmlu_test = [mmlu(f"{NEL} Stripped? {BOM}", ["1", "2", "3", "4"], 1), mmlu(f"Face {FACE}\nline", ["a, b", 'say "c"', "", " d "], 3), mmlu("Third?", ["w", "x", "y", "z"], 0), mmlu("Fourth?", ["w", "x", "y", "z"], 2)]
mmlu_dev = [mmlu(f"Shot {i}? ", [f"{i}a", f"{i}b", f"{i}c", f"{i}d"], i % 4) for i in range(6)]


def more(docs, text_field):
    """Documents for a training split: the others with another text."""
    return [{**d, text_field: f"{d[text_field]} again {i}"} for i in range(5) for d in docs][:26]


DATA = {
    "arc_easy": {"train": more(arc_docs, "question"), "test": arc_docs},
    "arc_challenge": {"train": more(arc_docs, "question"), "test": arc_docs[::-1]},
    "piqa": {"train": [{"goal": f"g{i}", "sol1": f"a{i}", "sol2": f"b{i}", "label": i % 2} for i in range(30)], "validation": [{"goal": "Open a tin", "sol1": " with a key ", "sol2": "shout", "label": 0}, {"goal": f"{FACE}{NEL}", "sol1": f"{FACE}{FACE}", "sol2": "aaa", "label": 1}, {"goal": "x", "sol1": "same", "sol2": "same", "label": 1}, {"goal": "y", "sol1": "a", "sol2": "bb  b", "label": 0}]},
    "sciq": {"train": more(sciq_docs, "question"), "test": sciq_docs},
    "hellaswag": {"train": more(hella_docs, "ctx_a"), "validation": hella_docs},
    "lambada_openai": {"test": lambada_docs},
    "lambada_standard": {"validation": lambada_docs[::-1], "test": lambada_docs},
    "wikitext": {"train": pages[:1], "validation": pages[:1], "test": pages},
    "winogrande": {"train": more(wino_docs, "sentence"), "validation": wino_docs},
    "boolq": {"train": more(boolq_docs, "passage"), "validation": boolq_docs},
    "openbookqa": {"train": more(obqa_docs, "question_stem"), "test": obqa_docs},
    "logiqa": {"train": more(logiqa_docs, "context"), "test": logiqa_docs},
    "wsc": {"train": wsc_docs[::-1] * 2, "validation": wsc_docs},
    "wsc273": {"test": wsc273_docs},
    "wnli": {"train": more(wnli_docs, "sentence1"), "validation": wnli_docs},
    "qnli": {"train": more(qnli_docs, "question"), "validation": qnli_docs},
    "mnli": {"train": more(mnli_docs, "premise"), "validation_matched": mnli_docs},
    "mnli_mismatch": {"train": more(mnli_docs, "premise"), "validation_mismatched": mnli_docs[::-1]},
    "truthfulqa_mc1": {"validation": truth_docs},
    "truthfulqa_mc2": {"validation": truth_docs},
    "mmlu_anatomy": {"test": mmlu_test, "dev": mmlu_dev},
    "mmlu_virology": {"test": mmlu_test[:3], "dev": mmlu_dev},
    "mmlu_us_foreign_policy": {"test": mmlu_test[1:], "dev": mmlu_dev},
    "mmlu_world_religions": {"test": mmlu_test, "dev": mmlu_dev},
}
