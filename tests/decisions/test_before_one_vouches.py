"""What stands above the question whether something is true, and what is said of it once it was checked."""

import re
from html import unescape

import pytest

from alongside.kernel.door import do
from alongside.topics.decisions import commands, models
from tests.decisions import acts
from tests.visitor import page
from tests.world import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]


def test_whoever_says_that_word_arrived_reads_who_was_told_how_and_when(cast: Cast) -> None:
    matter = acts.raised(cast.ken, cast.rosa)
    told = acts.sent(matter, cast.ken, sign="talked_through", channel="visit", words="She nodded.")
    form = f"/do/decisions.telling_confirmed?decision={matter}&telling={told.id}"
    checker = acts.checker_asked(matter, cast.ken, cast.rosa)
    theirs, hers = page(checker, form), page(cast.rosa, form)
    for text in (theirs, hers):
        assert "Ken Holt" in text and "2 March 2026" in text and "She nodded." in text
    assert "Rosa Marlow" in theirs and "<br>You<" in hers
    assert "She nodded." not in page(cast.ana, f"/do/decisions.telling_confirmed?telling={told.id}")


def test_who_typed_it_stays_as_it_was_said_once_it_was_checked(cast: Cast) -> None:
    """It read “You may have seen their code”, once somebody had checked what was typed from paper."""
    matter = acts.raised(cast.ken, cast.rosa)
    view = acts.said(matter, acts.typed_for(cast.rosa, cast.priya), "for", "Yes.")
    assert "Priya Nair typed it for you." in page(cast.rosa, f"/decisions/{matter}")
    checker = acts.checker_asked(matter, cast.ken, cast.rosa)
    do(commands.ConfirmView(decision=matter, view=view.id), by=checker)
    assert models.View.everything.get(id=view.id).confirmed_by == checker.person
    text = page(cast.rosa, f"/decisions/{matter}")
    assert "Priya Nair typed it for you." in text and "may have seen your code" not in text


def test_whoever_types_what_somebody_told_them_finds_that_one_chosen(cast: Cast) -> None:
    """Nobody was chosen, and others whom they type for were offered first in a matter of Rosa’s alone."""
    matter = acts.raised(cast.priya, cast.rosa)
    link = re.search(r'href="([^"]+)"[^>]*>Type what they wrote', page(cast.priya, f"/decisions/{matter}"))
    assert link is not None
    form = page(cast.priya, unescape(link[1]))
    assert f'<option value="{cast.rosa.person}" selected>' in form
