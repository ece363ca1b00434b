"""Why things are so: each record is found from the index, and no record is named that is not there."""

import re
from pathlib import Path

import pytest

from alongside import __version__
from tests.house.rule import ROOT, every_file

pytestmark = pytest.mark.house
RECORDS = ROOT / "docs" / "decisions"
NAMED = re.compile(r"docs/decisions/(\d{4})|\((00\d{2})\)|`(00\d{2})`|[Rr]ecord (00\d{2})\b")
INDEX = "README.md"


def records() -> dict[str, Path]:
    return {path.name[:4]: path for path in RECORDS.glob("0*.md")}


def test_the_index_leads_to_every_record_once() -> None:
    links = re.findall(r"\[(\d{4})\]\((\S+)\)", (RECORDS / INDEX).read_text(encoding="utf-8"))
    assert sorted(links) == sorted((number, path.name) for number, path in records().items())


def test_whoever_names_a_record_names_one_that_is_there() -> None:
    for text in every_file():
        if text.path.endswith((".md", ".py", ".html", ".toml")):
            named = {next(filter(None, found)) for found in NAMED.findall(text.source)}
            assert not named - set(records()), text.path


def test_a_record_has_one_heading_in_words() -> None:
    for number, path in records().items():
        heads = re.findall(r"^# (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
        assert len(heads) == 1 and not heads[0][0].isdigit(), number


def test_the_version_is_the_one_that_stands_first_in_what_changed() -> None:
    newest = re.search(r"^## (\d+\.\d+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert newest is not None and __version__.startswith(f"{newest[1]}.")
