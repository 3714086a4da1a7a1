"""What Jinja2, set up as lm-evaluation-harness sets it up, makes of templates: for src/evaluate/template.ts.

    venv/bin/python tools/golden/evaluate_templates.py > test/golden/evaluate/templates.json
"""

import json
import re
import sys

from jinja2 import BaseLoader, Environment, StrictUndefined

env = Environment(loader=BaseLoader, undefined=StrictUndefined, keep_trailing_newline=True)
env.filters["regex_replace"] = lambda string, pattern, repl, count=0: re.sub(pattern, repl, string, count=count)

DOC = {
    "text": "  The \U0001f600 cat\u0085 sat. ", "empty": "", "number": 3, "flag": True, "none": None, "bom": "\ufeffx",
    "list": ["it's", 'a "b"', "\U0001f600\n", "é"], "numbers": [1, 2, 3], "map": {"a": 1, "label": ["A", "B"], "items": 9},
    "key": "B", "index": 5, "html": "<b> & 'q'",
}  # fmt: skip
TEMPLATES = [
    "plain", "", "\n", "a\n\n", " {{text}} \n", "{{text}}\n{{number}}\n", "{{flag}} {{none}} {{list}} {{map.label}} {{numbers}}",
    "{{text.strip()}}|{{text.lstrip()}}|{{text.rstrip()}}|{{text | trim}}", "{{bom.strip()}}", "{{text|length}} {{list|length}} {{list|count}} {{map|length}}",
    "{{text[2:8]}}|{{text[:-3]}}|{{text[-4:]}}|{{text[7]}}", "{{list[0]}}{{list[-1]}}{{list[1:3]}}{{list[:-1]|join('+')}}",
    "{{map.label.index(key)}}", "{{map['a'] + number * 2 - 1}} {{7 // 2}} {{7 % 4}} {{-7 // 2}} {{-7 % 4}}", "{{number ~ text.strip() ~ none}}",
    "{{text.split(' ')}} {{text.split()}}", "{{text.split(' ')[:-1]|join(' ')}}", "{{' '+text.split(' ')[-1]}}", "{{'-'.join(list)}}",
    "{% set x = number + 1 %}{{x}}", "{% set template = text[:4] %}{{[template+list[0], template+list[1]]}}",
    "{% if flag and not empty %}yes{% elif none %}no{% else %}never{% endif %}", "{{'a' if number > 2 else 'b'}}{{'c' if empty else 'd'}}",
    "{% for o in list %}{{loop.index}}.{{loop.index0}} {{o}}{{'' if loop.last else ', '}}{% endfor %}", "{% for x in numbers %}{% set number = x %}{{number}}{% endfor %}{{number}}",
    "{% for x in [] %}a{% else %}none{% endfor %}", "{%- if flag -%} a {%- endif -%}", "x {#- gone -#} y", "a\n{% if flag %}\nb\n{% endif %}\nc",
    "{{text | regex_replace('\\s+', '_')}}", "{{text | regex_replace('(c)(a)', '\\\\2\\\\1')}}", "{{text|regex_replace('[a-z]', '', 2)}}", "{{list|first}}{{list|last}}{{text|upper}}{{text|lower}}{{'abC dEF'|capitalize}}",
    "{{text.replace(' ', '-')}} {{text|replace('cat', 'dog$1')}}", "{{text.find('cat')}} {{text.index('cat')}} {{text.find('zz')}} {{text.count('a')}}", "{{text.startswith('  T')}} {{text.endswith('. ')}}",
    "{{missing is defined}} {{text is defined}} {{missing|default('d')}} {{none is none}} {{text is string}} {{number is number}}", "{{'cat' in text}} {{'z' not in text}} {{2 in numbers}} {{'a' in map}}",
    "{{number == 3}} {{number != 3}} {{number <= 3}} {{'a' == 'a'}} {{[1] == [1]}}", "{{'12'|int + 1}} {{'x'|int}} {{number|string + '!'}} {{'abc'|list}}",
    "{{html}}", "{{'quote \\' and \\n newline \\t tab \\x41 \\u00e9 \\d \\\\ back \\101'}}", "{{ [list[0], text] }}", "{{(text + '\\nQ').strip()}}", "{{map.get('zz', 'none')}}{{map.get('a')}}",
    "{{pronoun_loc|default(2) + key | length}}", "{{True}} {{none is not none}} {{not flag}}", "{{ '}}' }}", "{{numbers[index]|default('gone')}}", "{{1.5}} {{10/4}} {{2 - -1}}",
]  # fmt: skip
REFUSED = ["{{missing}}", "{{map.zz}}", "{{text.zz()}}", "{{list[9]}}", "{{map.label.index('C')}}", "{{text.index('zz')}}", "{% if %}", "{{ 1 +", "{{text|nofilter}}", "{{text + 1}}", "{% for x in list %}{{x}}", "{{number.strip()}}"]
for template in REFUSED:
    try:
        env.from_string(template).render(**DOC)
    except Exception:
        continue
    raise AssertionError(template)
json.dump({"doc": DOC, "rendered": [[t, env.from_string(t).render(**DOC)] for t in TEMPLATES], "refused": REFUSED}, sys.stdout)
