"""One more person speaks, and a visitor reads every page again: nothing differs that the rule does not allow.

The addresses are those the site has, with everything of the story in them: a page or an address that is added
later is read too (docs/decisions/0026).
"""

import pytest

from tests.proof.numbers import ACTS, LOT, Place, difference, everything, questions, what_a_visitor_reads
from tests.proof.numbers import place as place
from tests.visitor import read

# What pages say, and not how it is asked: once is enough.
pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.sqlite]


def test_one_more_person_changes_nothing_that_a_visitor_reads(place: Place) -> None:
    first = what_a_visitor_reads(sorted(set(everything(place))))
    open_pages = sorted({*first, *what_a_visitor_reads(questions(first))})
    assert len(open_pages) > 60
    before = what_a_visitor_reads(open_pages)
    assert before == what_a_visitor_reads(open_pages)  # else this test would prove nothing
    wrong: dict[str, list[str]] = {}
    for name, act in ACTS:
        act(place, LOT)
        after = what_a_visitor_reads(open_pages)
        wrong[name] = [
            f"{one}: {difference(before[one], after.get(one, ''))}"
            for one in open_pages
            if after.get(one) != before[one]
        ]
        before = after
    assert {name: pages for name, pages in wrong.items() if pages} == {}


def test_the_walk_sees_a_number_that_changes_by_one(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """The judge is judged: without the lots, the very same act is found."""
    import alongside.interfaces.words as words

    here = f"/problems/{place.problem}"
    before = read(here)
    with monkeypatch.context() as loose:
        loose.setattr(words, "whole_lots", lambda count, smallest: count)
        loose.setattr("alongside.topics.decisions.pages.problems.whole_lots", lambda count, smallest: count)
        exact = read(here)
        place.me_too(LOT + 1)
        assert read(here) != exact
    assert read(here) == before
