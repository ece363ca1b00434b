"""Somebody is written down as dead who lives: once it is undone nothing is lost, and nobody has won by it."""

import re
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.test import override_settings

from alongside.interfaces.verbs.work import one_round
from alongside.kernel import clock, replay
from alongside.kernel.command import Refused
from alongside.kernel.door import do
from alongside.kernel.outbox import Outbox
from alongside.kernel.policy import THE_CLOCK, Actor
from alongside.topics.decisions import commands as decisions
from alongside.topics.decisions.models import Decision, State
from alongside.topics.people.commands.access import IssueCode, new_code
from alongside.topics.people.commands.deaths import BearOutDeath, SayTheyLive, TellOfDeath, WriteDownDeath
from alongside.topics.people.commands.links import AgreeToLink, Relate
from alongside.topics.people.commands.persons import AddPerson
from alongside.topics.people.commands.posts import GivePost
from alongside.topics.people.models import LinkKind
from tests.decisions import acts
from tests.interfaces.conftest import browser_of
from tests.visitor import page
from tests.world import BUILDER, Cast, named

pytestmark = pytest.mark.django_db
ROSA, DEVON = named("rosa"), named("devon")


def died(person: UUID, by: Actor) -> UUID:
    return do(WriteDownDeath(person=person, words="A call."), by=by).thing


def letters() -> list[tuple[str, str]]:
    rows = Outbox.objects.filter(kind="tell", payload__person=ROSA.hex).order_by("made_at", "id")
    return [(row.payload["what"], row.state) for row in rows]


def test_what_was_held_meanwhile_is_sent_once_it_is_undone(cast: Cast) -> None:
    """Whoever wrote the letter reads that it was posted: so it must go."""
    with clock.at("2026-03-02"), override_settings(BASE_URL="https://wexmoor.example"):
        matter = acts.raised(cast.ken, cast.rosa)
        acts.sent(matter, cast.ken)
        death = died(ROSA, cast.priya)
        one_round()
        assert letters() == [("matter", "held")]
        do(SayTheyLive(death=death), by=cast.priya)
        one_round()
        assert sorted(letters()) == [("death_undone", "sent"), ("matter", "held"), ("matter", "sent")]
    with clock.at("2026-03-09"), override_settings(BASE_URL="https://wexmoor.example"):
        death = died(ROSA, cast.priya)
        do(SayTheyLive(death=death), by=cast.priya)
        one_round()
        assert letters().count(("matter", "sent")) == 1  # what went after the first mistake is not sent again


def test_the_days_to_undo_a_small_thing_do_not_run_while_somebody_is_written_down_as_dead(cast: Cast) -> None:
    """Else whoever agreed it could wait them out."""
    with clock.at("2026-03-02"):
        small = do(
            decisions.AgreeEveryday(
                person=ROSA, what="Come at eight", change="swap", words="Yes.", channel="visit"
            ),
            by=cast.priya,
        ).thing
        page(cast.rosa, f"/decisions/{small}")  # she has read it
        assert Decision.everything.get(pk=small).undo_until == date(2026, 3, 16)
    with clock.at("2026-03-04"):
        open_one = acts.raised(cast.ken, cast.rosa)
        acts.said(open_one, cast.rosa)
        by = Decision.everything.get(pk=open_one).answer_by
        death = died(ROSA, cast.priya)
    with clock.at("2026-03-24"):
        do(SayTheyLive(death=death), by=cast.rosa)
        row = Decision.everything.get(pk=small)
        assert (row.state, row.undo_until) == (State.DECIDED, date(2026, 4, 5))
        row = Decision.everything.get(pk=open_one)
        assert (row.state, row.answer_by) == (State.OPEN, by and by + timedelta(days=20))
        do(decisions.UndoEveryday(decision=small), by=cast.rosa)
    assert Decision.everything.get(pk=small).state == State.UNDONE
    assert replay.compare().sound


def matter_of_two(cast: Cast, stake: str, change: str = "cut") -> UUID:
    """Rosa's, decided by Ken's line; it touches Devon too."""
    for worker, team in ((cast.priya, cast.east), (cast.omar, cast.west)):
        works = Relate(person=DEVON, other=worker.person, kind=LinkKind.NAMED_WORKER, team=team)
        do(works, by=Actor(installation=True, way="cli", strong=True))
    pk = acts.raised(cast.ken, cast.rosa, "Somebody comes at night", change)
    do(decisions.SayWhoIsAffected(decision=pk, person=DEVON, stake=stake), by=cast.rosa)
    return pk


def test_whoever_decides_tells_those_to_be_heard_whatever_they_write_of_them(cast: Cast) -> None:
    """Somebody to be told, and not waited for: a death from inside the line does not pass them over."""
    pk = matter_of_two(cast, "other")
    acts.sent(pk, cast.ken)
    acts.said(pk, cast.rosa, "for", "Yes.")
    death = died(DEVON, cast.priya)
    with pytest.raises(Refused, match="Somebody from outside must say so too"):
        acts.decided(pk, cast.ken)
    do(BearOutDeath(death=death), by=cast.omar)
    acts.decided(pk, cast.ken)


def test_help_without_an_answer_waits_for_the_offers_whatever_is_written_inside_the_line(cast: Cast) -> None:
    pk = matter_of_two(cast, "home", "start")
    acts.said(pk, cast.rosa, "for", "Yes.")
    help_now = decisions.StartHelpWithoutAnswer(decision=pk, words="She needs it.")
    with pytest.raises(Refused, match="Ring or visit Devon"):
        do(help_now, by=cast.ken)
    death = died(DEVON, cast.priya)
    with pytest.raises(Refused, match="Somebody from outside must say so too"):
        do(help_now, by=cast.ken)
    do(BearOutDeath(death=death), by=cast.omar)
    do(help_now, by=cast.ken)


def test_nobody_writes_alone_that_somebody_has_died_who_works_or_speaks_for_others(cast: Cast) -> None:
    """Ken could choose who is asked to look at what he decides, or end the voice of whoever it is about."""
    asked_to_speak = do(Relate(person=ROSA, other=cast.devon.person, kind=LinkKind.SPOKESPERSON), by=BUILDER)
    do(AgreeToLink(link=asked_to_speak.thing, shows=True), by=cast.rosa)
    for who in ("june", "omar", "dee", "mina", "sol", "boyd", "tom", "ana", "devon", "victor"):
        with pytest.raises(Refused, match="two people say this"):
            died(named(who), cast.ken)
    told = do(TellOfDeath(person=named("mina")), by=cast.ken).thing
    with pytest.raises(Refused, match="two people say this"):
        died(named("mina"), cast.ken)  # who told it, and the line of whoever did, write nothing down
    with pytest.raises(Refused, match="two people say this"):
        died(named("mina"), cast.june)
    do(SayTheyLive(death=told), by=cast.ken)
    death = died(named("sol"), BUILDER)  # whoever sets this place up
    do(SayTheyLive(death=death), by=cast.sol)


def test_two_of_whom_one_is_from_outside_write_it_down(cast: Cast) -> None:
    other = do(
        GivePost(
            organisation=cast.council, person=cast.stranger.person, kind=LinkKind.MANAGER, team=cast.west
        ),
        by=BUILDER,
    )
    assert other
    boss = Actor(person=cast.stranger.person, strong=True)
    there = f"/people/{named('omar')}"
    assert "people.death_told" in page(cast.ken, there) and "death_written_down" not in page(cast.ken, there)
    told = do(TellOfDeath(person=named("omar"), words="His wife rang."), by=cast.ken).thing
    assert "Write it down" not in page(cast.ken, f"/people/deaths/{told}")
    assert "Write it down" in page(boss, f"/people/deaths/{told}")
    died(named("omar"), boss)
    assert replay.compare().sound


def heard(death: UUID) -> list[str]:
    rows = Outbox.objects.filter(kind="tell", payload__what="death_written_down")
    return sorted(row.payload["person"] for row in rows if row.payload["matter"] == death.hex)


def test_somebody_outside_the_line_hears_of_a_death_that_nobody_else_would_hear_of(cast: Cast) -> None:
    """Whoever has no sign-in, and nobody near them on record, could not say that they live."""
    alone = do(AddPerson(organisation=cast.council, name="Elsie Warren", team=cast.east), by=cast.ken).thing
    west = GivePost(person=cast.omar.person, organisation=cast.council, kind=LinkKind.MANAGER, team=cast.west)
    do(west, by=BUILDER)
    death = died(alone, cast.ken)
    assert heard(death) == [named("omar").hex]
    shown = page(cast.omar, f"/people/deaths/{death}")
    assert "Ask them how they know." in shown and "they have not died" in shown
    do(SayTheyLive(death=death), by=cast.omar)


def test_where_somebody_outside_the_line_hears_of_it_anyway_nobody_else_is_told(cast: Cast) -> None:
    west = GivePost(person=cast.omar.person, organisation=cast.council, kind=LinkKind.MANAGER, team=cast.west)
    do(west, by=BUILDER)
    death = died(ROSA, cast.priya)  # Devon, who cares for her, works for nobody
    assert cast.devon.person is not None and cast.omar.person is not None
    assert cast.devon.person.hex in heard(death) and cast.omar.person.hex not in heard(death)


def test_who_is_wrongly_dead_and_has_no_sign_in_gets_no_letter_and_an_older_code_says_nothing_of_a_death(
    cast: Cast,
) -> None:
    """Whoever holds the letter may be who told us that she died: they read what any wrong code says."""
    with clock.at("2026-03-02"), override_settings(BASE_URL="https://wexmoor.example"):
        code, digest = new_code()
        matter = acts.raised(cast.ken, cast.rosa)
        there = f"/decisions/{matter}"
        do(IssueCode(person=ROSA, matter=matter, path=there, digest=digest, is_once=False), by=THE_CLOCK)
        death = died(ROSA, cast.priya)
        one_round()
        assert letters() == [], "nothing asks whether she lives"
        answers = []
        for typed in (code, "AAAA-AAAA"):
            page_of_code = browser_of(None).post("/code/", {"code": typed})
            assert page_of_code.status_code == 422
            answers.append(re.sub(r'value="[^"]*"', "", page_of_code.content.decode()))
        assert "Ring us" in answers[0] and "died" not in answers[0]
        assert answers[0] == answers[1]
        do(SayTheyLive(death=death), by=cast.priya)
        opened = browser_of(None).post("/code/", {"code": code})
        assert opened.status_code == 302 and opened["Location"] == there
