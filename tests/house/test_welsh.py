"""A page that is said to be in Welsh is in Welsh from end to end, and no figure is kinder than the truth."""

import re
from pathlib import Path

import pytest

from alongside.interfaces.reading_preferences import pages_in_welsh
from tests.house.welsh import KEPT_IN, missing, pages, waiting, without_welsh

pytestmark = pytest.mark.house
ALONGSIDE = Path(__file__).resolve().parents[2] / "alongside"


@pytest.mark.parametrize("template", sorted(pages_in_welsh()))
def test_a_page_said_to_be_in_welsh_has_no_sentence_left_in_english(template: str) -> None:
    left = missing(template)
    assert not left, (
        f"{template} was whole in Welsh. Put these into alongside/locale/cy, or take it off the list: {left}"
    )


def test_every_page_on_the_list_is_a_page() -> None:
    assert not pages_in_welsh() - set(pages())


def test_no_figure_that_we_give_of_a_whole_page_is_kinder_than_the_truth() -> None:
    rows = re.findall(r"^\| (\S+) \| (\d+) of (\d+) \|$", KEPT_IN.read_text(encoding="utf-8"), re.MULTILINE)
    assert rows
    wholes = {page for page, done, of in rows if done == of}
    assert not wholes - pages_in_welsh(), "make docs/welsh.md anew: python -m tests.house.welsh --write"


def test_no_sentence_is_without_welsh_unless_we_say_so() -> None:
    left = sorted(set(without_welsh()) - waiting())
    assert not left, (
        "Run tools/words and write their Welsh in alongside/locale/cy. Or `python -m tests.house.welsh "
        f"--write`: docs/welsh.md then names them as waiting for it. {left}"
    )


def test_what_a_rule_pack_calls_something_is_said_in_the_readers_language() -> None:
    """A name in a pack is English. A page that shows it as it is has English in the middle of its Welsh."""
    shown = [*ALONGSIDE.glob("topics/*/pages/*.py"), *ALONGSIDE.glob("topics/*/guard.py")]
    as_it_is = re.compile(r"""item\([^()]*\)\["name"\]|\.sent_how\b""")
    left = [
        f"{path.relative_to(ALONGSIDE)}: {line.strip()}"
        for path in shown
        for line in path.read_text(encoding="utf-8").splitlines()
        if as_it_is.search(line) and "_(" not in line and "in_their_language(" not in line
    ]
    assert not left, f"Say it in the reader’s language: {left}"
