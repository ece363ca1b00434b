"""Easy Read of the registers: what is wrong, what changes, what is asked and what a group resolved."""

import re
from collections.abc import Iterator

import pytest

from alongside.kernel import clock
from tests.decisions import acts, changing
from tests.decisions.easy_read import both, main
from tests.decisions.problems import raised as problem_raised
from tests.voice.questions import question
from tests.voice.resolutions import passed
from tests.world import Cast

pytestmark = pytest.mark.django_db
IN_FULL = re.compile(r'<details class="more-about"[^>]*><summary>[^<]*not in Easy Read\.</summary>.*', re.S)


@pytest.fixture(autouse=True)
def stopped() -> Iterator[None]:
    with clock.at("2026-03-02"):
        yield


def in_sight(easy: str) -> str:
    return IN_FULL.sub("", easy)


def test_what_became_of_what_she_said_is_said_one_thing_a_row(cast: Cast) -> None:
    matter = acts.raised(cast.ken, cast.rosa)
    acts.sent(matter, cast.ken)
    view = acts.said(matter, cast.rosa)
    acts.replied(matter, cast.ken, view.id)
    full, easy = both(cast.rosa, "/what-became")
    assert "not in Easy Read" not in easy, "nothing of it is folded away"
    for words in (acts.CUT, "I need help every day.", "We heard you."):
        assert words in full and words in easy
    assert "This is what came of it." in easy


def test_what_was_decided_came_of_what_nobody_answered_by_itself(cast: Cast) -> None:
    matter = acts.raised(cast.ken, cast.rosa, "A break of one weekend", "start")
    acts.sent(matter, cast.ken)
    acts.said(matter, cast.rosa, "for", "I would like that.")
    assert "Nothing has come of it yet." in main(cast.rosa, "/what-became")
    acts.decided(matter, cast.ken)
    became = main(cast.rosa, "/what-became")
    assert "It was decided on 2 March 2026: Agreed." in became and "Nothing has come" not in became


def test_what_is_wrong_says_whose_words_and_that_they_must_answer(cast: Cast) -> None:
    pk = problem_raised(cast, cast.rosa)
    for address in ("/problems/", f"/problems/{pk}"):
        _full, easy = both(cast.rosa, address)
        assert "They must answer." in in_sight(easy), address
        assert "This is how it is now." in in_sight(easy), address


def test_a_change_says_what_it_is_and_how_it_stands(cast: Cast) -> None:
    change = changing.running(cast)
    _full, easy = both(cast.rosa, "/changes/")
    assert str(change.name) in in_sight(easy)
    _full, easy = both(cast.rosa, f"/changes/{change.id}")
    for words in ("This is what changes.", "This is how it is now.", "Something is wrong now? Tell us"):
        assert words in in_sight(easy)


def test_a_question_says_who_must_answer_and_by_when(cast: Cast) -> None:
    row = question(cast)
    for address in ("/questions/", f"/questions/{row.id}"):
        _full, easy = both(cast.rosa, address)
        assert "They must answer by this day." in in_sight(easy), address


def test_a_resolution_says_whose_words_and_which(cast: Cast) -> None:
    row = passed(cast)
    for reader in (cast.ana, None):
        _full, easy = both(reader, f"/resolutions/{row.id}")
        assert "These are the words." in in_sight(easy)
    _full, easy = both(cast.ana, "/resolutions/")
    assert "This group agreed on it." in in_sight(easy)


def test_her_own_words_are_called_her_own(cast: Cast) -> None:
    matter = acts.raised(cast.ken, cast.rosa)
    acts.sent(matter, cast.ken)
    acts.said(matter, cast.rosa)
    hers = in_sight(main(cast.rosa, f"/decisions/{matter}", reading="..easy"))
    assert "This is what you said." in hers and "In your own words:" in hers
    assert "Please answer by this day." not in hers and "Nothing stops before" not in hers
    kens = in_sight(main(cast.ken, f"/decisions/{matter}", reading="..easy"))
    assert "This is what Rosa Marlow said." in kens and "In their own words:" in kens
