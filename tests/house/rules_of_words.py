"""What the house asks of the words people read, and of the pages that carry them."""

import ast
import re
from collections.abc import Iterator

from tests.house.rule import Found, Rule, Text, calls, lines_with

TEMPLATES = ("alongside/*.html", "alongside/*.svg")
PAPER = ("alongside/interfaces/templates/letters/*",)  # made into paper, never sent to a browser
TRANSLATES = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}
BLOCK = r"{%-?\s*blocktrans(?:late)?\b.*?%}(.*?){%\s*endblocktrans(?:late)?\s*%}"
TRANSLATE = r"{%\s*trans(?:late)?\s+(\"[^\"]*\"|'[^']*')"
LONGEST = 25
OWN_WORDS = (  # an error page that must stand when nothing else does, and the sheet of all components
    "alongside/interfaces/templates/500.html",
    "alongside/interfaces/templates/look*.html",
)
UNKIND = r"service[- ]users?|hard[- ]to[- ]reach|\bthe disabled\b|\bthe elderly\b|suffer(s|ing)? from|wheelchair[- ]bound"


def sentences_in_code(text: Text) -> Iterator[Found]:
    for line, name, call in calls(text.tree):
        if name.split(".")[-1] in TRANSLATES:
            for each in call.args:
                if isinstance(each, ast.Constant) and isinstance(each.value, str):
                    yield from ((line, sentence) for sentence in _too_long(each.value))


def sentences_in_templates(text: Text) -> Iterator[Found]:
    for found in re.finditer(f"{BLOCK}|{TRANSLATE}", text.source, re.DOTALL):
        words = re.sub(r"{{.*?}}", "X", found.group(1) or found.group(2) or "")
        for sentence in _too_long(words):
            yield text.source[: found.start()].count("\n") + 1, sentence


def _too_long(words: str) -> Iterator[str]:
    for sentence in re.split(r"(?<=[.?!:])\s+|{%\s*plural\s*%}|\n\n", words):
        count = len(re.findall(r"[\w’'%()-]+", sentence))
        if count > LONGEST:
            yield f"a sentence of {count} words (“{' '.join(sentence.split())[:50]}…”)"


def unkind_words(text: Text) -> Iterator[Found]:
    for node in ast.walk(text.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found = re.search(UNKIND, node.value, re.IGNORECASE)
            if found:
                yield node.lineno, f"“{found.group(0)}”"


def bare_text(text: Text) -> Iterator[Found]:
    source = _blank(r"{%\s*comment\b.*?{%\s*endcomment\s*%}", text.source)
    source = _blank(BLOCK, source)
    source = _blank(r"{%\s*block \w*class\s*%}.*?{%\s*endblock", source)  # names for styles, not words
    source = _blank(r"<!--.*?-->|<(script|style)\b.*?</\1>|{#.*?#}", source)
    source = _blank(r"{%.*?%}|{{.*?}}", source)
    for found in re.finditer(
        r"\b(?:alt|title|aria-label|placeholder|aria-description)=\"([^\"]*[a-z]{2}[^\"]*)\"", source
    ):
        yield source[: found.start()].count("\n") + 1, f"“{found.group(1).strip()[:40]}”"
    source = _blank(r"<[^>]*>", source)
    for number, line in enumerate(source.splitlines(), 1):
        words = re.sub(r"&\w+;|\bAlongside\b", "", line).strip()  # our own name is the same in Welsh
        if re.search(r"[A-Za-z]{2}", words):
            yield number, f"“{words[:40]}”"


def _blank(pattern: str, source: str) -> str:
    """Take out what matches, and keep the lines where they were."""
    return re.sub(pattern, lambda found: "\n" * found.group(0).count("\n") or " ", source, flags=re.DOTALL)


def forms_without_token(text: Text) -> Iterator[Found]:
    for found in re.finditer(r"<form\b[^>]*method=[\"']?post.*?(</form>|\Z)", text.source, re.I | re.DOTALL):
        if "csrf_token" not in found.group(0):
            yield text.source[: found.start()].count("\n") + 1, "a form that posts without its token"


def inline_code(text: Text) -> Iterator[Found]:
    wanted = r"<script(?![^>]*\bsrc=)(?![^>]*application/(ld\+)?json)[^>]*>|<style\b|\sstyle=[\"']|\son[a-z]+=[\"']"
    for found in re.finditer(wanted, text.source, re.IGNORECASE):
        yield text.source[: found.start()].count("\n") + 1, f"{found.group(0).strip()!r} in the page"


# fmt: off
RULES = [
    Rule("no script or style inside a page", TEMPLATES, inline_code,
         "Our policy for browsers refuses it. Put it in a file under static/.", except_in=PAPER,
         bad='<p style="color: red">', good='<script src="/static/a.js"></script><p class="a">',
         example_path="alongside/interfaces/templates/a.html"),
    Rule("every form carries its token", TEMPLATES, forms_without_token, "Add {% csrf_token %} in the form.",
         bad='<form method="post"></form>', good='<form method="post">{% csrf_token %}</form><form></form>',
         example_path="alongside/interfaces/templates/a.html"),
    Rule("nothing is marked safe", ("alongside/*.html",),
         lines_with(r"\|\s*safe\b|autoescape\s+off", "text that is not escaped"),
         "Make the markup in a template, or with format_html.",
         bad="{{ words|safe }}", good="{{ words }}", example_path="alongside/interfaces/templates/a.html"),
    Rule("sentences are short, in code", ("alongside/*.py",), sentences_in_code,
         f"Cut it into sentences of {LONGEST} words or fewer.",
         bad=f'_("{"word " * 26}.")', good=f'_("{"word " * 25}.")\nf("{"word " * 26}.")'),
    Rule("sentences are short, on pages", TEMPLATES, sentences_in_templates,
         f"Cut it into sentences of {LONGEST} words or fewer.",
         bad="{% blocktranslate %}" + "word " * 26 + ".{% endblocktranslate %}",
         good='{% translate "' + "word " * 25 + '." %}', example_path="alongside/interfaces/templates/a.html"),
    Rule("words are kind, in code", ("alongside/*.py",), unkind_words,
         "Say: people who draw on care and support; people we have not reached.",
         bad=f'x = "a {"service"} {"user"}"', good='x = "people who draw on care and support"'),
    Rule("words are kind, on pages", (*TEMPLATES, "alongside/*.txt", "alongside/*.po"),
         lines_with(UNKIND, "a word that hurts", case=False),
         "Say: people who draw on care and support; people we have not reached.",
         bad="<p>hard" + " to reach</p>", good="<p>people we have not reached</p>",
         example_path="alongside/interfaces/templates/a.html"),
    Rule("every word can be put into Welsh", ("alongside/*.html",), bare_text,
         'Wrap it: {% translate "…" %}, or {% blocktranslate %} with named gaps.',
         except_in=OWN_WORDS, bad="<p>Hello</p>", good='<p class="big">{% translate "Hello" %}, {{ name }}</p>',
         example_path="alongside/interfaces/templates/a.html"),
    Rule("a day in a sentence is written out", ("alongside/topics/*.py", "alongside/kernel/*.py"),
         lines_with(r'% \{"(due|until|latest|day|on|by|ends)": [\w.]+(\.isoformat\(\))?\}', "a bare day"),
         "Write it with day(), as 1 May 2026: a bare one is read as 2026-05-01.",
         bad='_("From %(due)s.") % {"due": row.due_on}', good='_("From %(due)s.") % {"due": day(row.due_on)}',
         example_path="alongside/topics/a.py"),
    Rule("no place that packages come from is named", ("*",),
         lines_with("py" + r"pi\.org|pythonhosted\.org|npm" + r"js\.(org|com)|yarn" + r"pkg\.com", "an address"),
         "Lock files carry hashes only; documents name the package.",
         bad="https://registry.npm" + "js.org/x", good="npm install", except_in=("tests/house/*",)),
    Rule("nothing points outside the tree", ("*",),
         lines_with(r"/work/(main|shared)|(?<![\w.])/root/|/home/\w+/", "a path on one machine"),
         "Name it from the root of the tree, or by a setting.", bad='open("/work/' + 'shared/x")',
         good='open("docs/x")', except_in=("tests/house/*",)),
]
# fmt: on
