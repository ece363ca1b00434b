"""Somebody says of help that it takes something away, again and again, so that a person waits for it."""

from uuid import UUID

import pytest

from alongside.interfaces.leaving import Work, do_what_is_due
from alongside.kernel import clock, replay
from alongside.kernel.command import Missing, NotAllowed, Refused
from alongside.kernel.door import do
from alongside.kernel.outbox import Outbox
from alongside.kernel.policy import Actor
from alongside.topics.decisions import commands, models
from alongside.topics.people.commands.links import AgreeToLink, Relate
from alongside.topics.people.models import LinkKind
from tests.decisions import acts
from tests.visitor import page
from tests.world import BUILDER, Cast, named

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]
NO = (NotAllowed, Refused, Missing)
NIGHT = "Somebody comes at night"
HELP = "/do/decisions.said_to_be_help"


def speaks_for(cast: Cast, person: Actor, other: Actor, kind: LinkKind = LinkKind.SPOKESPERSON) -> None:
    link = named(f"{person.person} {other.person} {kind}")
    do(Relate(link=link, person=person.person, other=other.person, kind=kind), by=BUILDER)
    do(AgreeToLink(link=link, shows=True), by=person)


def says(decision: UUID, by: Actor) -> None:
    do(commands.SayItTakesAway(decision=decision), by=by)


def starts(decision: UUID, by: Actor) -> None:
    now = {"change": "start", "words": "He falls at night."}
    do(commands.ActNow(decision=decision, **now), by=by)


def hours_later() -> None:
    clock.advance(days=4)
    do_what_is_due(Work())


def state(decision: UUID) -> models.Decision:
    found: models.Decision = models.Decision.everything.get(id=decision)
    return found


# A relative, a carer, somebody they once asked to speak ---------------------------------------------------


def test_what_a_relative_says_for_them_holds_no_longer_than_it_takes_to_ask_them(cast: Cast) -> None:
    speaks_for(cast, cast.rosa, cast.devon)
    night = acts.raised(cast.ken, cast.rosa, NIGHT, "start")
    says(night, cast.devon)
    with pytest.raises(Refused):
        starts(night, cast.ken)
    told = Outbox.objects.filter(kind="tell", payload__matter=night.hex)
    assert told.filter(payload__person=named("rosa").hex).exists(), "she is asked"
    hours_later()
    assert not state(night).takes_away
    starts(night, cast.ken)
    assert not replay.compare().problems


def test_nor_is_it_said_again_of_that_or_of_the_next_help_to_make_them_wait(cast: Cast) -> None:
    speaks_for(cast, cast.rosa, cast.devon)
    night = acts.raised(cast.ken, cast.rosa, NIGHT, "start")
    says(night, cast.devon)
    hours_later()
    again = acts.raised(cast.ken, cast.rosa, f"{NIGHT}.", "start")
    other = acts.raised(cast.ken, cast.rosa, "Somebody comes in the morning", "start")
    for matter in (night, again, other):
        with pytest.raises(Refused, match="independent advocate"):
            says(matter, cast.devon)
    says(other, cast.rosa)  # she herself can, at any time
    hours_later()
    assert state(other).takes_away


def test_she_ends_it_with_one_press_and_nobody_says_it_for_her_again(cast: Cast) -> None:
    speaks_for(cast, cast.rosa, cast.devon)
    night = acts.raised(cast.ken, cast.rosa, NIGHT, "start")
    says(night, cast.devon)
    shown = page(cast.rosa, f"/decisions/{night}")
    assert HELP in shown and "/do/decisions.said_to_take_away" in shown
    assert HELP not in page(cast.devon, f"/decisions/{night}")
    do(commands.SayItIsHelp(decision=night), by=cast.rosa)
    starts(night, cast.ken)
    with pytest.raises(Refused, match="said themself"):
        says(night, cast.devon)
    assert "they say" not in page(cast.ken, f"/decisions/{night}")
    says(night, cast.rosa)
    assert state(night).takes_away


def test_once_she_says_so_herself_it_holds(cast: Cast) -> None:
    speaks_for(cast, cast.rosa, cast.devon)
    night = acts.raised(cast.ken, cast.rosa, NIGHT, "start")
    says(night, cast.devon)
    says(night, cast.rosa)
    hours_later()
    assert state(night).takes_away
    with pytest.raises(Refused):
        starts(night, cast.ken)


def test_who_speaks_for_somebody_else_whom_it_affects_does_not_say_it_for_her(cast: Cast) -> None:
    """Her carer is affected too, and whoever speaks for him held back her help."""
    speaks_for(cast, cast.devon, cast.stranger)
    night = acts.raised(cast.ken, cast.rosa, NIGHT, "start")
    affected = commands.SayWhoIsAffected(decision=night, person=cast.devon.person, stake="other")
    do(affected, by=cast.ken)
    with pytest.raises(NO):
        says(night, cast.stranger)
    assert not state(night).takes_away


def test_whom_she_was_pressed_to_call_her_advocate_makes_her_wait_no_longer(cast: Cast) -> None:
    speaks_for(cast, cast.lena, cast.victor, LinkKind.ADVOCATE)
    night = acts.raised(cast.ken, cast.lena, NIGHT, "start")
    says(night, cast.victor)
    hours_later()
    assert not state(night).takes_away


@pytest.mark.parametrize("typist", ["victor", "devon", "tom", "priya", "stranger"])
def test_nobody_types_either_word_for_her_who_may_not_be_believed(cast: Cast, typist: str) -> None:
    night = acts.raised(cast.ken, cast.lena, NIGHT, "start")
    hand = acts.typed_for(cast.lena, cast.everyone()[typist])
    with pytest.raises(NO):
        says(night, hand)
    says(night, cast.mina)
    for by in (hand, cast.ken, cast.priya, cast.victor, cast.mina, acts.typed_for(cast.lena, cast.mina)):
        with pytest.raises(NO):
            do(commands.SayItIsHelp(decision=night), by=by)


# Whoever is all who speaks for somebody that cannot -------------------------------------------------------


def test_an_independent_advocate_is_not_waited_out(cast: Cast) -> None:
    """Else the line would wait four days, and move somebody who cannot speak."""
    decision = acts.raised(cast.ken, cast.lena, "Lena sleeps at Park House", "start")
    says(decision, cast.mina)
    hours_later()
    assert state(decision).takes_away
    with pytest.raises(Refused):
        starts(decision, cast.ken)
    do(commands.SayItIsHelp(decision=decision), by=cast.lena)
    starts(decision, cast.ken)


def test_what_a_kind_of_change_takes_away_is_no_help_whatever_she_presses(cast: Cast) -> None:
    """Nobody gets round the gate by a press: a move that was raised as a move stays one."""
    move = acts.raised(cast.ken, cast.lena, "Lena lives at Park House", "move")
    with pytest.raises(Refused, match="Nobody says"):
        do(commands.SayItIsHelp(decision=move), by=cast.lena)
    start = acts.raised(cast.ken, cast.lena, "Lena sleeps at Park House", "start")
    says(start, cast.lena)
    put = {"what": "Lena lives at Park House", "change": "move"}
    do(commands.SayWhatMayChange(decision=start, **put), by=cast.ken)
    do(commands.SayItIsHelp(decision=start), by=cast.lena)
    assert state(start).takes_away
