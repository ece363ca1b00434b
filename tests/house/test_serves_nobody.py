"""What no page, program or test calls is taken away, so that nobody has to wonder what it is for."""

import ast
import re
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.house.rule import Text, dotted, every_file

pytestmark = pytest.mark.house
CALLED_BY_NAME = {"router", "register", "receiver", "pytest"}  # what these decorate is found in another way
BY_PYTEST = re.compile(r"test_|pytest_|__getattr__$")
# Only tests ask for these: to hold the clock, to compare often, and for all that RFC 8785 says.
FOR_TESTS = {"advance", "is_stopped", "keep_scratch_tables", "canonical_any"}
BY_NAME = re.compile(r"[\w.]+")  # a function that is found by its name, or its dotted path
CLASS = re.compile(r"\.([a-zA-Z][\w-]*)")
NO_CLASS = {"woff2", "get-function"}
PUT_TOGETHER = re.compile(r"(part|ink|state)-[\w-]+|govuk-[\w-]+--[\w-]+")  # from a word of ours, on the page


def test_every_function_is_called_by_something() -> None:
    code = [text for text in every_file() if text.path.endswith(".py")]
    pages = " ".join(text.source for text in every_file() if text.path.endswith((".html", ".txt", ".svg")))
    on_pages = set(re.findall(r"\w+", pages))
    house = [text for text in code if text.path.startswith("alongside/")]
    tests = [text for text in code if text.path.startswith("tests/")]
    found = [*_uncalled(house, by=house), *_uncalled(tests, by=tests)]
    unused = [where for name, where in found if name not in on_pages | FOR_TESTS]
    assert not unused, f"nobody calls these: {unused}"


def _uncalled(defined: list[Text], *, by: list[Text]) -> Iterator[tuple[str, str]]:
    """Each function at the left of a module that nothing else names: (its name, where it stands)."""
    called = Counter(name for text in by for name in _names(text.tree))
    for text in defined:
        for node in text.tree.body:
            if not isinstance(node, ast.FunctionDef) or BY_PYTEST.match(node.name):
                continue
            is_found = CALLED_BY_NAME & {_root(one) for one in node.decorator_list}
            calls = called[node.name]
            if not is_found and (not calls or calls == sum(name == node.name for name in _names(node))):
                yield node.name, f"{text.path}:{node.lineno} {node.name}"


def _root(decorator: ast.expr) -> str:
    return dotted(decorator.func if isinstance(decorator, ast.Call) else decorator).split(".")[0]


def _names(tree: ast.AST) -> Iterator[str]:
    """Every name that is used, in code or in a text; not where it is brought in, or handed on, as it is."""
    left = [tree]
    while left:
        node = left.pop()
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Constant):
            if isinstance(node.value, str) and BY_NAME.fullmatch(node.value):
                yield from node.value.split(".")
        elif not (isinstance(node, ast.Assign) and dotted(node.targets[0]) == "__all__"):
            if isinstance(node, ast.Attribute):
                yield node.attr
            elif isinstance(node, ast.alias) and node.asname:
                yield node.name
            left.extend(ast.iter_child_nodes(node))


def test_every_style_of_ours_is_on_some_page() -> None:
    here = {text.path: text.source for text in every_file()}
    ours = [path for path in here if path.startswith("alongside/") and path.endswith((".html", ".py"))]
    on_pages = set(re.findall(r"[a-zA-Z][\w-]*", " ".join(here[path] for path in ours)))
    for path in here:
        if path.startswith("styles/"):
            styled = set(CLASS.findall(re.sub(r"//.*", "", here[path]))) - NO_CLASS - on_pages
            assert not [one for one in styled if not PUT_TOGETHER.fullmatch(one)], path
