"""What we stand on: each package is settled by its hash, is what we asked for, and may be used by anyone."""

import re
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from typing import NamedTuple

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.rule import ROOT

pytestmark = pytest.mark.house

FREE = ("MIT", "BSD", "Apache", "MPL", "Mozilla", "PSF", "Python Software", "OFL", "ISC", "Zope", "ZPL")
USED_AS_A_LIBRARY = {
    "psycopg": "LGPL: called, never changed, and any newer one may be put in its place",
    "psycopg-binary": "the same, built",
}


class Settled(NamedTuple):
    name: str
    version: str
    hashes: int
    marker: str


def settled(kind: str) -> dict[str, Settled]:
    source = (ROOT / "requirements" / f"{kind}.txt").read_text()
    found = {}
    for block in re.split(r"\n(?=\S)", source.strip()):
        head = re.match(r"([\w.-]+)==([^\s;]+)\s*(?:;\s*([^\\]+))?", block)
        assert head, f"requirements/{kind}.txt: we cannot read {block.splitlines()[0]!r}. Run: make lock"
        name = str(canonicalize_name(head[1]))
        found[name] = Settled(name, head[2], block.count("--hash=sha256:"), (head[3] or "").strip())
    return found


def asked_for(kind: str) -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    lines = project["dependencies"] + (project["optional-dependencies"]["test"] if kind == "test" else [])
    return [Requirement(line) for line in lines]


@pytest.mark.parametrize("kind", ["run", "test"])
def test_every_package_is_settled_with_its_hash(kind: str) -> None:
    found = settled(kind)
    assert all(each.hashes for each in found.values())
    for wanted in asked_for(kind):
        each = found.get(str(canonicalize_name(wanted.name)))
        assert each, f"{wanted.name} is asked for and not settled. Run: make lock"
        assert wanted.specifier.contains(each.version), (
            f"{wanted} is asked for, {each.version} settled: make lock"
        )


def test_the_tests_try_the_versions_that_people_run() -> None:
    run, test = settled("run"), settled("test")
    assert {name: each.version for name, each in run.items()}.items() <= {
        name: each.version for name, each in test.items()
    }.items()


def test_everything_a_site_stands_on_may_be_used_by_anyone() -> None:
    refused = []
    for each in settled("run").values():
        try:
            said = distribution(each.name).metadata
        except PackageNotFoundError:
            assert each.marker, f"{each.name} is settled and not here. Run: sh ./setup test"
            continue  # for another kind of machine
        words = [*(said.get_all("License-Expression") or []), *(said.get_all("License") or [])]
        words += [line for line in said.get_all("Classifier") or [] if line.startswith("License")]
        if not any(word in " ".join(words) for word in FREE) and each.name not in USED_AS_A_LIBRARY:
            refused.append(f"{each.name}: {words}")
    assert not refused, "Find another package, or say above why this one may be used:\n" + "\n".join(refused)
