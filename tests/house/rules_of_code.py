"""What the house asks of Python files."""

import ast
import re
from collections.abc import Iterator
from pathlib import PurePath

from tests.house.rule import Found, Rule, Text, calls, classes, dotted, functions, imports, lines_with

OURS = ("alongside/*.py",)
ALL_PYTHON = ("alongside/*.py", "tests/*.py")
LONG_FILES: dict[str, str] = {}  # path: why it may be longer
EMPTY_WORDS = {"util", "utils", "helper", "helpers", "data", "info", "process", "handle", "handler"}
ASKED_FOR_BY_OTHERS = {
    "get_context_data",
    "process_request",
    "process_response",
    "process_view",
    "process_exception",
    "value_omitted_from_data",
}
TOPIC_FILES = {"__init__", "models", "policy", "commands", "pages", "api", "exports", "engine", "verbs"}
EXTRA_TOPIC_FILES = {
    "alongside/topics/people/telling.py": "how each person is told is asked by every topic, through the outbox",
    "alongside/topics/decisions/guard.py": "the first law in one place: what stands in the way of a decision",
}
TOPIC_FOLDERS = TOPIC_FILES | {"templates", "migrations"}  # a long file becomes a folder of its name
CLOCKS = {"timezone.now", "datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time"}
CHANCE = re.compile(r"(^|\.)(uuid[14]|urandom|token_\w+)$|^(random|secrets)\.|(^|\.)clock\.(now|today)$")
HTTP = re.compile(r"^django\.(http|urls|shortcuts|views|template|forms|test|contrib\.(sessions|messages))\b")
SCREEN = 60


def too_long(text: Text) -> Iterator[Found]:
    lines = text.source.count("\n")
    if lines > 400 and text.path not in LONG_FILES:
        yield 400, f"this file has {lines} lines"


def long_functions(text: Text) -> Iterator[Found]:
    for each in functions(text.tree):
        lines = (each.end_lineno or each.lineno) - each.lineno + 1
        if lines > SCREEN:
            yield each.lineno, f"{each.name} is {lines} lines long"


def empty_names(text: Text) -> Iterator[Found]:
    named = [(1, PurePath(text.path).stem)]
    named += [(each.lineno, each.name) for each in (*classes(text.tree), *functions(text.tree))]
    for line, name in named:
        words = {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+", name)}
        if name.endswith("Manager"):  # of rows; a person's manager is a word of the field
            yield line, f"“{name}” says nothing about what it is for"
        if words & EMPTY_WORDS and name not in ASKED_FOR_BY_OTHERS:
            yield line, f"“{name}” says nothing about what it is for"


def clocks(text: Text) -> Iterator[Found]:
    for line, name, _call in calls(text.tree):
        if ".".join(name.split(".")[-2:]) in CLOCKS:
            yield line, f"{name}() is a second clock"


def chance_in_apply(text: Text) -> Iterator[Found]:
    for each in functions(text.tree):
        if each.name == "apply":
            for line, name, _call in calls(each):
                if CHANCE.search(name):
                    yield line, f"{name}() in apply gives another answer when the ledger is replayed"


def database_chooses(text: Text) -> Iterator[Found]:
    for each in classes(text.tree):
        if "Now" not in {dotted(base).split(".")[-1] for base in each.bases}:
            continue
        for line, name, call in calls(each):
            words = {word.arg for word in call.keywords} & {
                "auto_now",
                "auto_now_add",
                "default",
                "db_default",
            }
            if name.endswith("Field") and words:
                yield (
                    line,
                    f"{each.name} lets the table choose a value ({', '.join(sorted(map(str, words)))}=)",
                )


def from_a_test(text: Text) -> Iterator[Found]:
    for line, name in imports(text.tree):
        if re.search(r"(^|\.)test_\w", name):
            yield line, f"{name} lies in a file of tests"


def swallowed(text: Text) -> Iterator[Found]:
    for node in ast.walk(text.tree):
        if isinstance(node, ast.ExceptHandler):
            broad = node.type is None or dotted(node.type) in {"Exception", "BaseException"}
            if broad and all(isinstance(line, ast.Pass | ast.Continue) for line in node.body):
                yield node.lineno, "every error is swallowed here"


def http_in_kernel(text: Text) -> Iterator[Found]:
    for line, name in imports(text.tree):
        if HTTP.match(name):
            yield line, f"the kernel imports {name}"


def signals(text: Text) -> Iterator[Found]:
    for line, name in imports(text.tree):
        if name.startswith("django.dispatch") or ".signals" in name:
            yield line, f"{name} is a signal"


def strange_files(text: Text) -> Iterator[Found]:
    if text.path in EXTRA_TOPIC_FILES:
        return
    inside = PurePath(text.path).parts[3:]
    if (len(inside) == 1 and PurePath(inside[0]).stem not in TOPIC_FILES) or (
        len(inside) > 1 and inside[0] not in TOPIC_FOLDERS
    ):
        yield 1, f"a topic has no “{inside[0]}”"


def environment(text: Text) -> Iterator[Found]:
    for number, line in enumerate(text.source.splitlines(), 1):
        here = re.search(r"os\.(environ|getenv)", line) and "DJANGO_SETTINGS_MODULE" not in line
        if here and (text.path != "alongside/settings.py" or number > 40):
            yield number, "the environment is read here"


# fmt: off
RULES = [
    Rule("files are short", OURS, too_long, "Past 400 lines, split it by theme.",
         bad="x = 1\n" * 401, good="x = 1\n" * 400),
    Rule("a function fits on a screen", OURS, long_functions, f"Past {SCREEN} lines, give its parts names.",
         bad="def f():\n" + "    x = 1\n" * SCREEN, good="def f():\n" + "    x = 1\n" * (SCREEN - 1)),
    Rule("names say what things are for", OURS, empty_names, "Say what it does for whom, in whole words.",
         bad="class PromiseManager: ...", good="class PromiseRows: ...\ndef get_context_data(): ..."),
    Rule("there is one clock", OURS, clocks, "Use alongside.kernel.clock: it can be told what day it is.",
         bad="import datetime\nx = datetime.datetime.now()", good="from alongside.kernel import clock\nclock.now()",
         except_in=("alongside/kernel/clock.py",)),
    Rule("apply only copies", OURS, chance_in_apply, "Settle it at the door: declare a field and copy it.",
         bad="def apply(self):\n    x = uuid.uuid4()", good="def apply(self):\n    x = self.id\ny = uuid.uuid4()"),
    Rule("tables choose nothing", OURS, database_chooses, "The command settles every value before its entry.",
         bad="class Promise(Now):\n    due = DateField(auto_now=True)",
         good="class Promise(Now):\n    due = DateField(null=True)\nclass Draft(Model):\n    at = DateField(auto_now=True)"),
    Rule("errors are not swallowed", ALL_PYTHON, swallowed, "Catch the one you expect, or let it crash.",
         bad="try:\n    f()\nexcept Exception:\n    pass", good="try:\n    f()\nexcept KeyError:\n    pass"),
    Rule("the kernel knows no screen", ("alongside/kernel/*.py",), http_in_kernel, "Move this to interfaces/.",
         bad="from django.http import HttpRequest", good="from django.db import models"),
    Rule("no signals", ("alongside/topics/*.py", "alongside/site.py"), signals,
         "Say it in site.py's WHEN, where everyone can read what follows from what.",
         bad="from django.db.models.signals import post_save", good="from django.db import models"),
    Rule("topics have the same files", ("alongside/topics/*/*.py",), strange_files,
         "Use the names every topic has: " + ", ".join(sorted(TOPIC_FILES)) + ".",
         bad="x = 1", good="", example_path="alongside/topics/people/services.py"),
    Rule("the environment is read in one place", OURS, environment,
         "Read it in the first 40 lines of settings.py, and use django.conf.settings here.",
         bad="import os\nx = os.environ['A']", good="from django.conf import settings\nx = settings.A"),
    Rule("an ignored type says why", ALL_PYTHON,
         lines_with(r"#\s*type:\s*ignore(?!\[[\w, -]+\]\s+#\s*\w)", "an ignored type without its code and reason"),
         "Write: # type: ignore[code]  # why", bad="x = f()  # " + "type: ignore",
         good="x = f()  # " + "type: ignore[misc]  # it has no types"),
    Rule("nothing is left for later", OURS, lines_with(r"\b(TODO|FIXME|XXX|NotImplementedError)\b", "unfinished"),
         "Finish it, or leave it out and say so in the documents.", bad="# TO" + "DO: later", good="x = 1"),
    Rule("no mocks", ("tests/*.py",), lines_with(r"unittest\.mock|from unittest import mock|\bmocker\b", "a mock"),
         "Use the real thing, or a small real server on this machine.", except_in=("tests/house/*",),
         bad="from unittest.mock import patch", good="from tests.serving import served"),
    Rule("nothing is fetched out of a file of tests", ("tests/*.py",), from_a_test,
         "Put what several tests need into a file beside them that is named for what is in it.",
         bad="from tests.voice.test_questions import question", good="from tests.voice.questions import question"),
]
# fmt: on
