"""Where two rooms meet: what a decision promised stands on its page."""

import pytest

from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.topics.decisions.commands import SayWhoIsAffected
from alongside.topics.decisions.models import Decision
from alongside.topics.promises.commands import SayWhatNow
from tests.decisions.acts import decided, raised, replied, said
from tests.interfaces.conftest import browser_of
from tests.promises.making import judge, promised, promised_to_members, to_whom
from tests.world import Cast


@pytest.mark.django_db
def test_a_decision_shows_the_promises_it_left_to_those_who_may_see_them(cast: Cast) -> None:
    decision = raised(cast.ken, cast.rosa)
    view = said(decision, cast.rosa)
    replied(decision, cast.ken, view.id)
    decided(decision, cast.ken, "not_agreed")
    promised(cast, to=cast.rosa, decision=decision, what="Ring each Friday to hear how it goes.")
    address = f"/decisions/{decision}"
    for reader in (cast.rosa, cast.ken):
        page = browser_of(reader).get(address).content.decode()
        assert "Promises this left" in page
        assert "Ring each Friday to hear how it goes." in page
    assert browser_of(cast.stranger).get(address).status_code == 404


@pytest.mark.django_db
def test_a_promise_leads_back_to_the_decision_it_comes_from(cast: Cast) -> None:
    decision = raised(cast.ken, cast.rosa)
    view = said(decision, cast.rosa)
    replied(decision, cast.ken, view.id)
    decided(decision, cast.ken, "not_agreed")
    promise = promised(cast, to=cast.rosa, decision=decision, what="Ring each Friday.")
    alone = promised(cast, to=cast.rosa, what="Mend the ramp.")
    for reader in (cast.rosa, cast.ken):
        page = browser_of(reader).get(f"/promises/{promise}").content.decode()
        assert "Comes from" in page and f'href="/decisions/{decision}"' in page
        assert "Comes from" not in browser_of(reader).get(f"/promises/{alone}").content.decode()


@pytest.mark.django_db
def test_a_new_decision_is_raised_about_the_life_the_promise_was_about(cast: Cast) -> None:
    promise = promised(cast, to=cast.rosa)
    with clock.at("2026-05-03"):
        do(judge(promise, cast.rosa.person), by=cast.rosa)
        do(
            SayWhatNow(promise=promise, made_to=to_whom(promise, cast.rosa.person), wants="new_decision"),
            by=cast.rosa,
        )
    decision = Decision.everything.get()
    assert (decision.person, decision.is_open) == (cast.rosa.person, True)
    assert decision.from_promise == promise


@pytest.mark.django_db
@pytest.mark.parametrize("easy", [False, True])
def test_a_broken_promise_and_the_new_decision_lead_to_each_other(cast: Cast, easy: bool) -> None:
    promise = promised(cast, to=cast.rosa, what="Mend the ramp.")
    assert (
        "There is a new matter about this"
        not in browser_of(cast.rosa).get(f"/promises/{promise}").content.decode()
    )
    with clock.at("2026-05-03"):
        do(judge(promise, cast.rosa.person), by=cast.rosa)
        wanted = to_whom(promise, cast.rosa.person)
        do(SayWhatNow(promise=promise, made_to=wanted, wants="new_decision"), by=cast.rosa)
    decision = Decision.everything.get().id
    if not easy:
        assert (
            "A new matter was begun for it."
            in browser_of(cast.rosa).get(f"/promises/{promise}").content.decode()
        )
    for reader in (cast.rosa, cast.priya):
        browser = browser_of(reader)
        if easy:
            browser.cookies["reading"] = "..easy"
        assert f'href="/decisions/{decision}"' in browser.get(f"/promises/{promise}").content.decode()
        read = browser.get(f"/decisions/{decision}").content.decode()
        assert f'href="/promises/{promise}"' in read and "Mend the ramp." in read
        if easy and reader is cast.rosa:
            assert "You asked for this." in read and "Somebody wants to change something" not in read


@pytest.mark.django_db
def test_whoever_may_see_the_new_decision_alone_reads_nothing_of_the_promise(cast: Cast) -> None:
    promise = promised(cast, to=cast.rosa, what="Mend the ramp.")
    with clock.at("2026-05-03"):
        do(judge(promise, cast.rosa.person), by=cast.rosa)
        wanted = to_whom(promise, cast.rosa.person)
        do(SayWhatNow(promise=promise, made_to=wanted, wants="new_decision"), by=cast.rosa)
        decision = Decision.everything.get().id
        do(SayWhoIsAffected(decision=decision, person=cast.omar.person, stake="other"), by=cast.priya)
    assert browser_of(cast.omar).get(f"/promises/{promise}").status_code == 404
    read = browser_of(cast.omar).get(f"/decisions/{decision}").content.decode()
    assert "Mend the ramp." not in read and str(promise) not in read


@pytest.mark.django_db
def test_about_a_place_it_is_raised_in_the_open_without_the_words_said_to_the_owner(cast: Cast) -> None:
    promise = promised_to_members(cast, by=cast.ken, what="Open until six.")
    with clock.at("2026-05-03"):
        do(judge(promise, None), by=cast.ana)
        do(
            SayWhatNow(promise=promise, made_to=to_whom(promise), wants="new_decision", words="I was cold."),
            by=cast.ana,
        )
    decision = Decision.everything.get()
    assert (decision.about, decision.person, decision.organisation) == ("place", None, cast.council)
    assert decision.why is None


@pytest.mark.django_db
def test_whoever_said_that_it_was_partly_kept_does_not_read_that_it_was_not_and_nobody_else_learns_it(
    cast: Cast,
) -> None:
    assert cast.rosa.person is not None
    ramp = promised(cast, to=cast.rosa, what="Mend the ramp.")
    form = f"/do/promises.what_now_said?promise={ramp}&made_to={to_whom(ramp, cast.rosa.person)}"
    clock.advance(days=60)
    do(judge(ramp, cast.rosa.person, "partly"), by=cast.rosa)
    own = browser_of(cast.rosa).get(form).content.decode()
    assert "now that the promise was only partly kept" in own
    assert "now that the promise was not kept" not in own
    assert "only partly kept" not in browser_of(cast.stranger).get(form).content.decode()
