"""What a rule of the house is: where it looks, what it finds, and one line that it must catch."""

import ast
import subprocess
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
SKIPPED = {"migrations", "vendor"}

Found = tuple[int, str]  # the line, and what is wrong there


class Text(NamedTuple):
    """One file: its path from the root of the house, and what is in it."""

    path: str
    source: str

    @property
    def tree(self) -> ast.Module:
        return _parsed(self.source)


@dataclass(frozen=True)
class Rule:
    """A thing the house asks of its files, and how to mend one that breaks it."""

    name: str
    where: tuple[str, ...]  # patterns for paths; `*` also matches folders
    look: Callable[[Text], Iterable[Found]]
    mend: str
    bad: str  # must be caught, or the rule has stopped working
    good: str  # must not be caught
    example_path: str = "alongside/topics/people/pages.py"
    except_in: tuple[str, ...] = ()

    def holds_for(self, path: str) -> bool:
        return any(fnmatch(path, each) for each in self.where) and not any(
            fnmatch(path, each) for each in self.except_in
        )

    def broken_in(self, text: Text) -> Iterator[str]:
        for line, what in self.look(text):
            yield f"{text.path}:{line}: {what}. {self.mend}"


@cache
def _parsed(source: str) -> ast.Module:
    return ast.parse(source)


@cache
def every_path() -> tuple[Path, ...]:
    """All our own files: what git keeps, and what is new and not ignored."""
    try:
        words = ["git", "ls-files", "-co", "--exclude-standard"]
        listed = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout
        paths = [ROOT / line for line in listed.splitlines()]
    except (OSError, subprocess.CalledProcessError):  # no git here, or a tree with no history beside it
        left_out = {".git", ".venv", "node_modules", "var", "build", "dist", "__pycache__", ".hypothesis"}
        left_out |= {".mypy_cache", ".ruff_cache", ".pytest_cache", ".import_linter_cache"}
        paths = [path for path in ROOT.rglob("*") if not left_out & set(path.relative_to(ROOT).parts)]
    return tuple(path for path in sorted(paths) if path.is_file())


@cache
def every_file() -> tuple[Text, ...]:
    """All our own text, leaving out what others wrote and what Django wrote for us."""
    return tuple(_texts(path for path in every_path() if not SKIPPED & set(path.relative_to(ROOT).parts)))


def _texts(paths: Iterable[Path]) -> Iterator[Text]:
    for path in paths:
        try:
            yield Text(str(path.relative_to(ROOT)), path.read_text(encoding="utf-8"))
        except UnicodeDecodeError:
            continue  # a picture or a typeface


def lines_with(pattern: str, what: str, *, case: bool = True) -> Callable[[Text], Iterator[Found]]:
    """Look for a pattern, line by line."""
    import re

    wanted = re.compile(pattern, 0 if case else re.IGNORECASE)

    def look(text: Text) -> Iterator[Found]:
        for number, line in enumerate(text.source.splitlines(), 1):
            found = wanted.search(line)
            if found:
                yield number, f"{what} (“{found.group(0).strip()}”)"

    return look


def dotted(node: ast.expr) -> str:
    """`datetime.now` as it is written, or nothing where it is no plain name."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else node.attr
    return ""


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def classes(tree: ast.AST) -> Iterator[ast.ClassDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            yield node


def calls(tree: ast.AST) -> Iterator[tuple[int, str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield node.lineno, dotted(node.func), node


def imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Each module imported, as `package.module.name`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for each in node.names:
                yield node.lineno, each.name
        elif isinstance(node, ast.ImportFrom):
            for each in node.names:
                yield node.lineno, f"{node.module or ''}.{each.name}"
