"""Judging a change where many are affected: told in bundles, drawn by lot, and anyone else counted beside."""

import hashlib

import pytest

from alongside.interfaces.leaving import Work, do_what_is_due
from alongside.kernel import clock
from alongside.kernel.command import NotAllowed, Refused
from alongside.kernel.door import do
from alongside.kernel.outbox import Outbox
from alongside.topics.decisions import commands, models
from alongside.topics.decisions.commands.gating import plan_of, tally_of
from alongside.topics.decisions.engine import gates
from alongside.topics.decisions.engine.lot import drawn, lot_of
from alongside.topics.decisions.exports import letter_of_bundle
from tests.decisions import acts, changing
from tests.decisions.by_lot import asks, change, listed, lot_for, those, tied
from tests.decisions.changing import again, judges
from tests.decisions.groups import bundles
from tests.interfaces.conftest import browser_of
from tests.visitor import page
from tests.world import Cast

__all__ = ["change"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]


def test_everyone_of_a_small_group_is_told_once_in_their_safe_way_and_a_letter_has_a_slip(
    cast: Cast, change: models.Change
) -> None:
    listed(cast, change, cast.rosa.person, cast.devon.person)
    asks(cast, change)
    assert not models.Lot.everything.exists()
    assert [row.things for row in bundles(cast.rosa.person)] == [1]
    told = Outbox.objects.filter(kind="tell", payload__what="bundle")
    assert {row.payload["link"] for row in told} == {f"/changes/{change.id}"}
    assert cast.rosa.person is not None
    letter = letter_of_bundle(cast.rosa.person, {"bundle": bundles(cast.rosa.person)[0].id.hex})
    text = str(letter)
    for words in (
        "Sundays",
        "We ask you by name.",
        "I am for it if something changes",
        "How does it touch you?",
    ):
        assert words in text, words
    do_what_is_due(Work())
    assert told.count() == 2
    tally = tally_of(again(change))
    assert (tally.whom, tally.is_by_lot, again(change).asked_on) == (200, False, clock.today())
    with pytest.raises(Refused, match="We ask no one twice"):
        asks(cast, again(change))


def test_who_has_judged_already_and_who_wants_no_messages_is_left_in_peace(
    cast: Cast, change: models.Change
) -> None:
    listed(cast, change, cast.rosa.person, cast.devon.person)
    judges(change, cast.rosa)
    asks(cast, change)
    assert not bundles(cast.rosa.person) and bundles(cast.devon.person)


def test_a_large_group_is_drawn_by_lot_at_the_door_and_anyone_can_draw_it_again(
    cast: Cast, change: models.Change
) -> None:
    tied(cast, change)
    asks(cast, change)
    lot = lot_for(change)
    assert lot.size == 60 and lot.of > 150
    assert list(drawn(lot.seed, lot.of, lot.size)) == lot.drawn
    first = min(range(1, lot.of + 1), key=lambda number: lot_of(lot.seed, number))
    assert lot.drawn[0] == first
    assert hashlib.sha256(f"{lot.seed}:{first}".encode()).hexdigest() == lot_of(lot.seed, first)
    told = models.Waiting.everything.filter(kind="judge")
    assert (told.filter(by_name=True).count(), told.count()) == (60, lot.of)  # everyone hears that they may
    shown = page(None, f"/decisions/{change.decision}/people")
    assert lot.seed in shown and "How the lot to judge “Sundays” was drawn" in shown


def test_those_drawn_are_n_of_n_and_whoever_else_judges_is_counted_beside(
    cast: Cast, change: models.Change
) -> None:
    tied(cast, change)
    asks(cast, change)
    change = again(change)
    for each in those(change, are_drawn=True)[:20]:
        judges(change, each)
    for each in those(change, are_drawn=False)[:6]:
        judges(change, each, "for")
    judges(change, cast.stranger, "against")  # on no list at all
    tally = tally_of(change)
    assert (tally.whom, tally.heard, tally.is_for, tally.not_answered) == (60, 20, 20, 40)
    assert (tally.beside_for, tally.beside_against) == (6, 1)
    shown = page(None, f"/changes/{change.id}")
    assert "Drawn by lot and asked by name: 60 people." in shown
    assert "counted beside, never with them: 5 people." in shown  # two are not told yet
    told = browser_of(None).get(f"/api/decisions/changes/{change.id}").json()["judgements"]
    assert (told["affected"], told["by_lot"]) == (60, True)
    assert told["beside"] == {"for": None, "for_if": None, "against": None}  # all of a few said the same
    clock.advance(days=29)
    changing.started(cast, change)


def test_a_lot_makes_the_gate_no_easier_for_whoever_is_against_and_was_not_drawn(
    cast: Cast, change: models.Change
) -> None:
    tied(cast, change)
    asks(cast, change)
    change = again(change)
    for each in those(change, are_drawn=True)[:20]:
        judges(change, each)
    for each in those(change, are_drawn=False)[:20]:
        judges(change, each, "against")
    clock.advance(days=29)
    with pytest.raises(Refused, match="Counted together with those who were not drawn"):
        changing.started(cast, change)
    decision = models.Decision.everything.get(id=change.decision)
    codes = [code for code, _said in gates.may_start(plan_of(decision, again(change), clock.today()))]
    assert "others_against" in codes and "not_agreed" not in codes


@pytest.mark.parametrize("name", ["rosa", "priya", "boyd", "stranger"])
def test_only_those_who_decide_or_run_it_ask_a_group(cast: Cast, change: models.Change, name: str) -> None:
    listed(cast, change, cast.rosa.person, cast.devon.person)
    with pytest.raises(NotAllowed):
        asks(cast, change, by=getattr(cast, name))


def test_no_list_is_made_for_a_decision_from_which_no_change_waits_to_be_judged(cast: Cast) -> None:
    decision = changing.hall(cast)
    group = acts.latest(models.Affected, decision).id
    with pytest.raises(Refused):
        do(commands.ListPeople(decision=decision, group=group, people=[cast.rosa.person]), by=cast.june)


def test_the_page_leads_whoever_runs_it_to_the_list_and_to_the_sending(
    cast: Cast, change: models.Change
) -> None:
    assert "/people" in page(cast.june, f"/changes/{change.id}")
    assert "people_listed" in page(cast.june, f"/decisions/{change.decision}/people")
    listed(cast, change, cast.rosa.person, cast.devon.person)
    assert "Send word to everyone on the list: Everyone in East" in page(cast.june, f"/changes/{change.id}")
    asks(cast, change)
    assert "Send word to everyone" not in page(cast.june, f"/changes/{change.id}")


def test_a_list_made_after_the_decision_does_not_say_that_none_of_them_answered(
    cast: Cast, change: models.Change
) -> None:
    """Everybody spoke before there was a list; then the list was made, to judge what came of it."""
    listed(cast, change, cast.rosa.person, cast.devon.person)
    decision = change.decision
    text = page(None, f"/decisions/{decision}/people")
    assert "This list was made after it was decided." in text
    assert "have not answered" not in text and "Of these, answered" not in text
    found = browser_of(cast.june).get(f"/api/decisions/{decision}/people").json()["groups"][0]
    assert (found["listed_after_decision"], found["of_these_answered"]) == (True, None)
