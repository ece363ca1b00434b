"""What a page says it does not say twice, and whoever has answered is not asked as if they had not."""

from datetime import date

import pytest

from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.topics.decisions import commands
from alongside.topics.decisions.models import Stake
from alongside.topics.promises.commands import ReportProgress
from tests.decisions import acts
from tests.decisions.acts import at
from tests.decisions.thinking import hall, place_view
from tests.interfaces.conftest import browser_of
from tests.promises.making import promised
from tests.visitor import page
from tests.world import Cast, named

pytestmark = pytest.mark.django_db


def test_whoever_has_answered_changes_what_they_said_and_is_not_told_that_we_wait_for_them(
    cast: Cast,
) -> None:
    decision = acts.raised(cast.ken, cast.rosa)
    do(commands.SayWhoIsAffected(decision=decision, person=cast.devon.person, stake=Stake.HOME), by=cast.ken)
    before = page(cast.devon, at(decision))
    assert "Say what I think" in before and "Nothing will be taken away before you answer." in before
    acts.said(decision, cast.devon)
    after = page(cast.devon, at(decision))
    assert "Change what I said" in after and "Say what I think" not in after
    assert "Nothing will be taken away before they answer." in after and "before you answer" not in after
    assert "Nothing will be taken away before you answer." in page(cast.rosa, at(decision))
    place = hall(cast)
    place_view(place, cast.devon)
    assert "Change what I said" in page(cast.devon, at(place))
    assert "Say what I think" in page(cast.rosa, at(place))


def test_a_list_says_once_that_it_was_decided_and_when(cast: Cast) -> None:
    with clock.at("2026-03-02"):
        decision = acts.raised(cast.ken, cast.rosa, change="start")
        acts.said(decision, cast.rosa, "for")
        acts.decided(decision, cast.ken)
    text = page(cast.rosa, "/decisions/")
    assert text.count("Decided on 2 March 2026") == 1 and ">Decided<" not in text


def test_to_a_visitor_no_fold_says_that_answers_are_by_someone(cast: Cast) -> None:
    decision = hall(cast)
    for one in (cast.rosa, cast.devon, cast.ana, cast.lena, cast.victor):
        place_view(decision, one, words="A word.")
        clock.advance(minutes=1)
    shown = page(None, at(decision))
    assert "3 more answers</summary>" in shown and "by Someone" not in shown


def test_a_need_that_was_never_checked_again_says_its_day_once(cast: Cast) -> None:
    shown = page(cast.rosa, f"/people/{named('rosa')}/ways")
    assert "You said this on" in shown and "It was last checked on" not in shown


def test_a_list_of_promises_says_once_that_the_owner_says_it_is_done(cast: Cast) -> None:
    with clock.at("2026-03-02"):
        ramp = promised(cast, to=cast.rosa, due_on=date(2026, 3, 9))
        do(ReportProgress(promise=ramp, percent=100), by=cast.ken)
    with clock.at("2026-03-20"):
        for reader, says in ((cast.ken, "You say"), (cast.rosa, "The owner says")):
            shown = page(reader, "/promises/")
            assert shown.count("The owner says") + shown.count("You say") == shown.count(says) == 1


def test_what_somebody_said_is_changed_under_their_own_words_and_the_page_asks_little_more(
    cast: Cast,
) -> None:
    """It stood among four other buttons, at the top of a page that had been answered."""
    decision = acts.raised(cast.ken, cast.rosa)
    acts.said(decision, cast.rosa, "against", "I need my mornings.")
    for reading in ("", "..easy"):
        shown = read(cast.rosa, at(decision), reading)
        change = shown.index("Change what I said")
        assert shown.count("Change what I said") == (2 if reading else 1)
        assert shown.index("I need my mornings.") < change
        fold = shown.index("Other things that you can do")
        assert fold < shown.index("I do not want to answer") < change
        assert shown.index("Ask a question") < fold
    acts.declined(decision, cast.rosa)
    assert "Other things that you can do" not in page(cast.rosa, at(decision))


def read(who: Actor, address: str, reading: str) -> str:
    client = browser_of(who)
    client.cookies["reading"] = reading
    return str(client.get(address).content.decode())
