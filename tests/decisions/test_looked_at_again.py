"""Once its day has come, a decision says what waits and for whom, and gives whoever may the button."""

from datetime import timedelta
from uuid import UUID

import pytest

from alongside.interfaces.leaving import Work, do_what_is_due
from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.topics.decisions import commands, models
from tests.decisions import acts, changing
from tests.decisions.acts import at
from tests.interfaces.conftest import browser_of
from tests.visitor import page
from tests.world import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]


def lapsed(cast: Cast) -> models.Change:
    change = changing.running(cast)
    assert change.review_on is not None
    clock.advance(days=(change.review_on - clock.today()).days + 1)
    do_what_is_due(Work())
    return changing.again(change)


def test_a_change_without_permission_says_on_its_decision_whom_it_waits_for(cast: Cast) -> None:
    change = lapsed(cast)
    here = at(change.decision)
    for reader in (None, cast.rosa, cast.june):
        shown = page(reader, here)
        assert "This may not go on now: Sundays" in shown and "to ask those it affects." in shown
        assert ("It waits for you to ask" in shown) == (reader is cast.june)
        assert ("Write down whom you asked to judge it" in shown) == (reader is cast.june)
        assert ("/do/decisions.change_judged" in shown) == (reader is not None)
    waits = browser_of(None).get(f"/api/decisions/{change.decision}").json()["looks_again"]
    assert ("permission_lapsed", str(change.id)) in [(one["why"], one["change"]) for one in waits]
    changing.asked(cast, change, left=0, left_asked=0)
    assert "It waits for those it affects. They are asked to judge it by" in page(None, here)
    clock.advance(days=29)
    assert "Too few have judged it. It waits for" in page(None, here)
    assert "Give them more time, and ask again" in page(cast.june, here)
    assert "Give them more time, and ask again" not in page(cast.rosa, here)
    again = commands.AskAgain(decision=change.decision, change=change.id, ways="By telephone.", reached=6)
    do(again, by=cast.june)
    changing.all_judge(cast, changing.again(change))
    clock.advance(days=29)
    assert "Enough judged it and agree. It waits for" in page(None, here)
    assert "Those it affects have not judged it" not in page(None, here)
    assert "/do/decisions.change_goes_on" in page(cast.june, here)
    do(commands.GoOn(decision=change.decision, change=change.id), by=cast.june)
    assert "This may not go on now" not in page(cast.june, here)


def test_a_change_that_they_do_not_agree_to_waits_to_be_changed_or_stopped(cast: Cast) -> None:
    change = lapsed(cast)
    changing.asked(cast, change, left=0, left_asked=0)
    changing.all_judge(cast, change, "against")
    clock.advance(days=29)
    shown = page(cast.june, at(change.decision))
    assert "do not agree to it" in shown and "/do/decisions.change_stopped" in shown
    assert "Give them more time" not in shown  # nobody is asked until they say yes


def test_when_a_legal_reason_has_ended_those_who_decide_ask_again_from_the_page_of_the_decision(
    cast: Cast,
) -> None:
    decision = moved_on_a_legal_reason(cast)
    clock.advance(days=12)
    do_what_is_due(Work())
    mine = page(cast.priya, at(decision))
    assert "Look at this again" in mine and "It waits for you" in mine
    assert "/do/decisions.raised" in mine and "/do/decisions.review_done" in mine
    hers = page(cast.lena, at(decision))
    assert "This waits to be looked at again" in hers and "Nothing is taken away meanwhile." in hers
    assert "It waits for Priya" in hers and "/do/decisions.review_done" not in hers
    review = acts.latest(models.Review, decision)
    [waits] = browser_of(cast.priya).get(f"/api/decisions/{decision}").json()["looks_again"]
    assert (waits["why"], waits["due_on"]) == (review.why, str(review.due_on))
    do(commands.FinishReview(decision=decision, review=review.id, words="She is well there."), by=cast.priya)
    assert "Look at this again" not in page(cast.priya, at(decision))


def moved_on_a_legal_reason(cast: Cast) -> UUID:
    decision = acts.raised(cast.priya, cast.lena, change="move")
    acts.sent(decision, cast.priya)
    ground = acts.ground(decision, cast.priya, ends_on=clock.today() + timedelta(days=10))
    acts.safeguard(decision, cast.priya, "involved_anyway", "least_restrictive")
    acts.looked(ground, cast.mina)
    acts.decided(decision, cast.priya)
    return decision


def test_a_place_decided_without_those_it_affects_waits_for_its_day_and_then_says_so(cast: Cast) -> None:
    decision = changing.hall(cast)
    assert "looked at again</h2>" not in page(None, at(decision))
    clock.advance(days=93)
    do_what_is_due(Work())
    shown = page(None, at(decision))
    assert "This waits to be looked at again" in shown and "It was decided without the people" in shown
    assert "Those it affects were asked on" in shown and "has not judged it" not in shown
    mine = page(cast.june, at(decision))
    assert "/do/decisions.place_raised" in mine and "/do/decisions.review_done" in mine
