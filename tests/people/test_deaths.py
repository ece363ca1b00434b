"""Somebody dies: nothing is sent to them, nobody gains by it, nothing waits for them, a mistake is undone."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db.models import Q
from django.test import override_settings

from alongside.interfaces.verbs.work import one_round
from alongside.kernel import clock, replay
from alongside.kernel.command import Missing, NotAllowed, Refused
from alongside.kernel.door import do
from alongside.kernel.outbox import Outbox
from alongside.kernel.policy import Actor
from alongside.topics.decisions import commands as decisions
from alongside.topics.decisions.models import Decision, State
from alongside.topics.people.commands.access import LinkSignIn
from alongside.topics.people.commands.bodies import AppointToOffice
from alongside.topics.people.commands.deaths import BearOutDeath, SayTheyLive, TellOfDeath, WriteDownDeath
from alongside.topics.people.commands.ending import EndLink, WhyEnded
from alongside.topics.people.commands.erasing import AskToErase, WhyErased
from alongside.topics.people.commands.links import AgreeToLink, Relate
from alongside.topics.people.commands.merging import AskToMerge, MergePeople
from alongside.topics.people.models import Death, Link, LinkKind, Person, PersonState
from alongside.topics.people.policy import holders_of, may_type_for, person_for_email, way_in
from alongside.topics.promises.commands import (
    AnswerDate,
    GiveVerdict,
    MakePromise,
    PassOnVerdict,
    ProposeDate,
)
from alongside.topics.promises.models import Promise, ProposedDate
from alongside.topics.promises.policy.counting import public_counts, public_pieces, published
from tests.decisions import acts
from tests.interfaces.conftest import browser_of
from tests.people.keeping import second_record_of_rosa
from tests.promises.making import promised, promised_to_a_neighbour, to_whom
from tests.visitor import page
from tests.world import BUILDER, Cast, named

ROSA = named("rosa")


def written_down(by: Actor, who: str = "rosa", **more: Any) -> UUID:
    return do(WriteDownDeath(person=named(who), words="Her brother rang.", **more), by=by).thing


def told_to(who: Actor) -> list[str]:
    assert who.person is not None
    rows = Outbox.objects.filter(kind="tell", payload__person=who.person.hex).order_by("made_at", "id")
    return [row.payload["what"] for row in rows]


def test_only_who_works_with_somebody_writes_down_that_they_have_died(cast: Cast) -> None:
    write = WriteDownDeath(person=ROSA, words="Her brother rang.")
    for other in (cast.devon, cast.rosa, cast.omar, cast.boyd, cast.tom, cast.stranger, cast.victor):
        with pytest.raises((NotAllowed, Missing)):
            do(write, by=other)
    with pytest.raises(Refused, match="passkey"):
        do(write, by=Actor(person=cast.priya.person))
    with pytest.raises(Refused, match="Say how you know"):
        do(WriteDownDeath(person=ROSA, words=""), by=cast.priya)
    with pytest.raises(Refused, match="a day before"):
        do(
            WriteDownDeath(person=ROSA, words="A call.", died_on=clock.today() + timedelta(days=1)),
            by=cast.priya,
        )
    do(write, by=cast.priya)
    with pytest.raises(Refused, match="written down that they have died"):
        do(write, by=cast.ken)
    assert Person.everything.get(pk=ROSA).state == PersonState.DIED


def test_somebody_close_tells_us_and_nothing_stops_before_a_worker_writes_it_down(cast: Cast) -> None:
    told = do(TellOfDeath(person=ROSA, words="In her sleep."), by=cast.devon).thing
    assert told_to(cast.priya) == ["death_told"] and told_to(cast.rosa) == []
    assert Person.everything.get(pk=ROSA).state == PersonState.ACTIVE
    with pytest.raises(Refused, match="We have been told"):
        do(TellOfDeath(person=ROSA), by=cast.devon)
    with pytest.raises((NotAllowed, Missing)):
        do(TellOfDeath(person=ROSA), by=cast.victor)
    there = f"/people/deaths/{told}"
    assert "Write it down" in page(cast.priya, there) and "In her sleep." in page(cast.priya, there)
    assert "Write it down" not in page(cast.devon, there)
    assert browser_of(cast.tom).get(there).status_code == 404
    assert "Was this a mistake?" in page(cast.rosa, there)  # should she read it
    form = page(cast.devon, f"/do/people.death_told?person={ROSA}")
    assert "Rosa Marlow" in form  # it says of whom
    written_down(cast.priya)
    assert "Those who work with them have written it down." in page(cast.devon, there)
    with pytest.raises(Refused, match="written down since"):
        do(SayTheyLive(death=told), by=cast.priya)
    assert replay.compare().sound


def test_no_letter_goes_to_somebody_who_has_died_and_nobody_is_asked_to_ring_them(cast: Cast) -> None:
    with clock.at("2026-03-02"), override_settings(BASE_URL="https://wexmoor.example"):
        matter = acts.raised(cast.ken, cast.rosa)
        one_round()
        acts.sent(matter, cast.ken)
        written_down(cast.priya)
        waiting = Outbox.objects.filter(kind="tell", payload__person=ROSA.hex, state="waiting")
        assert waiting.exists()
        one_round()
        rows = Outbox.objects.filter(kind="tell", payload__person=ROSA.hex, state="held")
        assert rows.exists() and not waiting.exists()
        assert {row.said for row in rows} == {"They have died. Nothing is sent to them."}
        assert "did not arrive" not in page(cast.ken, "/")
        assert way_in("K7QT-4M2P-9XWD") is None


def test_no_letter_goes_to_a_record_that_was_joined_with_one_of_somebody_who_has_died(cast: Cast) -> None:
    with clock.at("2026-03-02"), override_settings(BASE_URL="https://wexmoor.example"):
        rosie = second_record_of_rosa(cast)
        matter = acts.raised(cast.ken, Actor(person=rosie))
        one_round()
        acts.sent(matter, cast.ken)
        join = AskToMerge(person=ROSA, other=rosie, words="Same birthday.")
        do(MergePeople(merge=do(join, by=cast.ken).thing, checked="I rang them."), by=cast.dee)
        written_down(cast.priya)
        assert Outbox.objects.filter(kind="tell", payload__person=rosie.hex, state="waiting").exists()
        one_round()
    rows = Outbox.objects.filter(kind="tell", payload__person=rosie.hex)
    assert {row.said for row in rows} == {"They have died. Nothing is sent to them."}


def test_voices_end_with_a_death_and_family_keeps_what_it_was_let_see(cast: Cast) -> None:
    matter = acts.raised(cast.ken, cast.lena, "Somebody comes at night", "start")
    assert page(cast.mina, f"/decisions/{matter}")
    written_down(cast.priya, "lena")
    for link in ("lena mina", "lena victor attorney", "lena draws"):
        assert not Link.everything.get(pk=named(link)).is_live(clock.now()), link
    for link in ("lena priya", "lena victor"):
        assert Link.everything.get(pk=named(link)).is_live(clock.now()), link
    assert browser_of(cast.mina).get(f"/decisions/{matter}").status_code == 404
    assert page(cast.victor, f"/decisions/{matter}")  # as before
    lena = named("lena")
    for who in (cast.mina, cast.priya, cast.omar):
        assert who.person is not None
        assert lena not in dict(may_type_for(who.person, clock.now()))


def test_those_close_are_told_gently_and_nobody_who_was_let_see_nothing(cast: Cast) -> None:
    far = named("rosa sam")
    do(Relate(link=far, person=ROSA, other=cast.stranger.person, kind=LinkKind.FRIEND), by=BUILDER)
    do(AgreeToLink(link=far, shows=False), by=cast.rosa)
    do(Relate(person=ROSA, other=cast.sol.person, kind=LinkKind.ADVOCATE), by=BUILDER)  # she never agreed
    death = written_down(cast.priya, died_on=date(2026, 1, 4))
    assert told_to(cast.devon)[-1] == "death_written_down" and "death_written_down" not in told_to(
        cast.stranger
    )
    assert told_to(cast.priya) == []
    words = page(cast.devon, f"/people/deaths/{death}")
    assert "Rosa Marlow has died" in words and "4 January 2026" in words and "We are sorry." in words
    assert "Her brother rang" not in words and "It is a mistake" not in words
    assert "Her brother rang" in page(cast.priya, f"/people/deaths/{death}")
    assert "died on 4 January 2026" in page(cast.devon, f"/people/{ROSA}")
    assert "has died" in page(cast.tom, f"/people/deaths/{death}")  # or he stands at her door
    for other in (cast.omar, cast.stranger, cast.boyd, cast.sol, None):
        assert browser_of(other).get(f"/people/deaths/{death}").status_code == 404
    assert "has died" not in page(cast.stranger, f"/people/{ROSA}")


def test_who_works_with_those_they_stood_by_is_told_that_somebody_is_missing(cast: Cast) -> None:
    """Devon cared for Rosa. Whoever works with her hears that a relationship has ended."""
    do(
        Relate(person=cast.devon.person, other=cast.omar.person, kind=LinkKind.NAMED_WORKER, team=cast.west),
        by=Actor(installation=True, way="cli", strong=True),
    )
    written_down(cast.omar, "devon")
    assert "link_ended" in told_to(cast.priya)
    assert not Link.everything.get(pk=named("rosa devon")).is_live(clock.now())


def test_what_was_open_about_their_life_stops_and_nothing_new_begins(cast: Cast) -> None:
    matter = acts.raised(cast.ken, cast.rosa)
    acts.said(matter, cast.rosa)
    written_down(cast.priya)
    assert Decision.everything.get(pk=matter).state == State.RESTED
    assert "Stopped, because they have died" in page(cast.ken, f"/decisions/{matter}")
    for begin in (
        decisions.RaiseDecision(person=ROSA, what="End all help", change="end"),
        decisions.AgreeEveryday(
            person=ROSA, what="Come at eight", change="swap", words="Yes.", channel="phone"
        ),
    ):
        with pytest.raises(Refused, match="They have died"):
            do(begin, by=cast.priya)
    with pytest.raises(Refused, match="They have died"):
        acts.decided(matter, cast.ken)
    with pytest.raises(Refused, match="They have died"):
        do(decisions.Withdraw(decision=matter), by=cast.ken)


def test_a_death_does_not_open_the_gate_where_it_waits_for_somebody_else_too(cast: Cast) -> None:
    """Whoever writes down a death wins nothing: of Rosa's matter that touches Devon's home nothing is decided
    without Devon, of whom somebody wrote that he had died."""
    matter = acts.raised(cast.ken, cast.rosa)
    do(decisions.SayWhoIsAffected(decision=matter, person=cast.devon.person, stake="home"), by=cast.rosa)
    acts.sent(matter, cast.ken)
    acts.said(matter, cast.rosa, "for", "Yes.")
    written_down(BUILDER, "devon")
    with pytest.raises(Refused):
        acts.decided(matter, cast.ken)


def test_a_promise_to_somebody_who_has_died_reads_so_and_nobody_is_asked(cast: Cast) -> None:
    with clock.at("2026-03-02"):
        alone = promised(cast, to=cast.rosa)
        both = promised(
            cast, to=cast.rosa, what="Mend the door.", made_to=[cast.rosa.person, cast.devon.person]
        )
        written_down(cast.priya)
    with clock.at("2026-05-04"):
        one_round()
        assert Promise.everything.get(pk=alone).asked_on is None
        assert Promise.everything.get(pk=both).asked_on == date(2026, 5, 4)
        assert "how_did_it_go" not in told_to(cast.rosa) and "how_did_it_go" in told_to(cast.devon)
        words = page(cast.ken, f"/promises/{alone}")
        assert "They have died. Nobody can say any more whether it was kept." in words
        assert "told you" not in words and "Ask for another day" not in words
        assert "1 of them has died" in page(cast.ken, f"/promises/{both}")
        pass_on = PassOnVerdict(
            promise=alone, made_to=to_whom(alone, ROSA), spoken_on=date(2026, 5, 2), said="kept"
        )
        with pytest.raises(Refused, match="Nobody says any more for them"):
            do(pass_on, by=cast.priya)
        with pytest.raises(Refused, match="nobody can agree"):
            do(ProposeDate(promise=alone, due_on=date(2026, 6, 1), why="Later."), by=cast.ken)
        shown = browser_of(cast.ken).get(f"/api/promises/{alone}").json()
        assert [one["has_died"] for one in shown["made_to"]] == [True]


def another_day(cast: Cast) -> tuple[UUID, UUID, AnswerDate]:
    """A promise of Ken’s to Rosa and Devon, the day that he asks for, and Devon’s yes to it."""
    works = {"kind": LinkKind.PRACTITIONER, "team": cast.west, "organisation": cast.council}
    do(Relate(person=ROSA, other=cast.omar.person, **works), by=BUILDER)
    both = promised(cast, to=cast.rosa, what="Mend it.", made_to=[cast.rosa.person, cast.devon.person])
    do(ProposeDate(promise=both, due_on=date(2026, 6, 1), why="Parts are late."), by=cast.ken)
    asked = ProposedDate.everything.get(promise=both).id
    mine = to_whom(both, cast.devon.person)
    return both, asked, AnswerDate(promise=both, proposal=asked, made_to=mine, agrees=True)


def test_another_day_for_a_promise_to_two_needs_only_who_lives(cast: Cast) -> None:
    with clock.at("2026-03-02"):
        both, _asked, yes = another_day(cast)
        death = written_down(cast.priya)
        do(yes, by=cast.devon)
        assert Promise.everything.get(pk=both).due_on == date(2026, 5, 1), "Ken’s own line alone says so"
        assert "Their answer is needed no more once" in page(cast.ken, f"/promises/{both}")
        do(BearOutDeath(death=death), by=cast.omar)
        one_round()
        assert Promise.everything.get(pk=both).due_on == date(2026, 6, 1)
        says = browser_of(cast.ken).get(f"/promises/{both}").content.decode()
        assert "It was agreed." in says and "Their answer is needed no more" not in says
    assert replay.compare().sound


def test_once_it_is_known_outside_the_yes_of_the_other_is_enough_at_once(cast: Cast) -> None:
    with clock.at("2026-03-02"):
        both, _asked, yes = another_day(cast)
        do(BearOutDeath(death=written_down(cast.priya)), by=cast.omar)
        one_round()
        assert Promise.everything.get(pk=both).due_on == date(2026, 5, 1), "nobody agreed yet"
        do(yes, by=cast.devon)
        assert Promise.everything.get(pk=both).due_on == date(2026, 6, 1)


def test_nothing_is_promised_to_somebody_who_has_died(cast: Cast) -> None:
    """On no page, and by no program: nobody could ever say whether it was kept."""
    written_down(cast.priya)
    say = "could never say whether it was kept"
    with pytest.raises(Refused, match=say):
        promised(cast, to=cast.rosa)
    of_both: dict[str, Any] = {
        "organisation": cast.council,
        "what": "Open the hall.",
        "due_on": date(2036, 5, 1),
    }
    with pytest.raises(Refused, match=say):
        do(MakePromise(**of_both, made_to=[cast.devon.person, ROSA]), by=cast.ken)
    do(MakePromise(**of_both, made_to=[cast.devon.person]), by=cast.ken)
    sent: dict[str, Any] = {
        "organisation": str(cast.council),
        "what": "Mend the ramp.",
        "due_on": "2036-05-01",
    }
    sent |= {"person": str(ROSA), "made_to": [str(ROSA)]}
    answer = browser_of(cast.ken).post("/api/do/promises.made", sent, content_type="application/json")
    assert answer.status_code == 422 and say in answer.content.decode()


def test_who_died_before_they_answered_leaves_public_figures_once_they_are_five(cast: Cast) -> None:
    """No two readings tell of one death, and who can never answer is not counted as silent for ever."""
    with clock.at("2026-03-02"):
        row = [promised_to_a_neighbour(cast, each, due_on=date(2026, 4, 10)) for each in range(12)]
    with clock.at("2026-05-04"):
        for person, promise in row[:5]:
            do(GiveVerdict(promise=promise, made_to=to_whom(promise, person), said="kept"), by=Actor(person))
        came = Q(first_due_on=date(2026, 4, 10))
        of = []
        for person, _promise in row[4:]:
            of.append(public_counts(came).of)
            death = do(WriteDownDeath(person=person, words="Her son rang."), by=BUILDER).thing
        assert of == [12] * 6 + [7] * 2  # the first of them had answered: she is counted, as she said it
        told = published(public_pieces(came))
        assert [one.of for one in told.values()] == [7] and all(
            one.number("kept") != 1 for one in told.values()
        )
        do(SayTheyLive(death=death), by=Actor(person))
        assert public_counts(came).of == 7


def test_what_was_said_before_stays_said(cast: Cast) -> None:
    with clock.at("2026-05-02"):
        promise = promised(cast, to=cast.rosa, due_on=date(2026, 5, 2))
        do(GiveVerdict(promise=promise, made_to=to_whom(promise, ROSA), said="kept"), by=cast.rosa)
        written_down(cast.priya)
        words = page(cast.ken, f"/promises/{promise}")
        assert "Nobody can say any more" not in words and "Kept" in words


def test_the_years_of_keeping_run_from_that_day(cast: Cast) -> None:
    ask = AskToErase(person=ROSA, why=WhyErased.NO_LONGER_NEEDED)
    with clock.at("2026-03-02"):
        written_down(cast.priya)
        with pytest.raises(Refused, match="2 March 2034"):
            do(ask, by=cast.ken)
    with clock.at("2034-03-03"):
        do(ask, by=cast.ken)


def test_who_lives_signs_in_finds_one_page_and_one_press_puts_all_of_it_back(cast: Cast) -> None:
    do(LinkSignIn(person=ROSA, address="rosa@wexmoor.example"), by=cast.rosa)
    matter = acts.raised(cast.ken, cast.rosa)
    before = {row.pk: (row.closes_at, row.until_on) for row in Link.everything.all()}
    death = written_down(cast.priya)
    assert person_for_email("rosa@wexmoor.example") == ROSA
    there = f"/people/deaths/{death}"
    client = browser_of(cast.rosa)
    for address in (
        "/",
        "/me",
        f"/people/{ROSA}",
        f"/decisions/{matter}",
        "/api/people/links",
        "/my-record/",
    ):
        answer = client.get(address)
        assert answer.status_code == 302 and answer["Location"] == there, address
    assert client.post(f"/do/decisions.view_given?decision={matter}").status_code == 302
    words = client.get(there).content.decode()
    assert "very sorry" in words and "I have not died" in words
    answer = client.post(f"/do/people.death_undone?death={death}", {"death": str(death)}, follow=True)
    assert answer.status_code == 200
    assert Person.everything.get(pk=ROSA).state == PersonState.ACTIVE
    assert {row.pk: (row.closes_at, row.until_on) for row in Link.everything.all()} == before
    assert Decision.everything.get(pk=matter).state == State.OPEN
    assert "This needs you" in page(cast.rosa, f"/decisions/{matter}")
    assert told_to(cast.devon)[-1] == "death_undone" and told_to(cast.priya)[-1] == "death_undone"
    with pytest.raises(Refused, match="said already"):
        do(SayTheyLive(death=death), by=cast.priya)
    assert replay.compare().sound


def test_an_office_they_held_is_empty_and_comes_back_with_them_if_nobody_was_given_it(cast: Cast) -> None:
    office, ken = named("kens_office"), named("ken")
    assert holders_of(office, clock.now()) == [ken]
    death = written_down(BUILDER, "ken")
    assert holders_of(office, clock.now()) == [] and "office_empty" in told_to(cast.june)[-2:]
    do(SayTheyLive(death=death), by=cast.ken)
    assert holders_of(office, clock.now()) == [ken]
    death = written_down(BUILDER, "ken")
    do(AppointToOffice(office=office, person=named("priya")), by=BUILDER)
    do(SayTheyLive(death=death), by=cast.ken)
    assert holders_of(office, clock.now()) == [named("priya")]
    assert replay.compare().sound


def test_the_advocate_they_had_says_that_it_is_a_mistake_and_no_holder_of_a_power(cast: Cast) -> None:
    death = written_down(cast.priya, "lena")
    for other in (cast.victor, cast.tom, cast.stranger, cast.omar):
        with pytest.raises((NotAllowed, Missing)):
            do(SayTheyLive(death=death), by=other)
    assert "It is a mistake" in page(cast.mina, f"/people/deaths/{death}")
    do(SayTheyLive(death=death), by=cast.mina)
    assert Link.everything.get(pk=named("lena mina")).is_live(clock.now())


def test_what_ended_for_another_reason_meanwhile_does_not_begin_again(cast: Cast) -> None:
    with clock.at("2026-03-02"):
        do(EndLink(link=named("rosa tom"), why=WhyEnded.MOVED_ON), by=cast.ken)
    with clock.at("2026-03-03"):
        death = written_down(cast.priya)
    with clock.at("2026-03-04"):
        do(SayTheyLive(death=death), by=cast.ken)
        assert not Link.everything.get(pk=named("rosa tom")).is_live(clock.now())
        assert Link.everything.get(pk=named("rosa draws")).is_live(clock.now())


def test_programs_read_that_somebody_has_died_where_they_may(cast: Cast) -> None:
    written_down(cast.priya, died_on=date(2026, 1, 4))
    found = browser_of(cast.priya).get(f"/api/people/{ROSA}").json()
    assert found["state"] == "died" and found["death"]["written_down"] is True
    assert found["death"]["died_on"] == "2026-01-04"
    assert browser_of(cast.tom).get(f"/api/people/{ROSA}").status_code == 404


def test_in_easy_read_and_in_welsh(cast: Cast) -> None:
    death = written_down(cast.priya)
    client = browser_of(cast.devon)
    client.cookies["reading"] = "easy"
    assert Death.everything.get(pk=death).stands
    assert client.get(f"/people/deaths/{death}").status_code == 200


def test_the_button_that_tells_of_a_death_has_its_row_in_easy_read(cast: Cast) -> None:
    def easy(who: Actor, address: str) -> str:
        client = browser_of(who)
        client.cookies["reading"] = "..easy"
        return client.get(address).content.decode()

    assert "Have they died? You can write it down here." in easy(cast.priya, f"/people/{ROSA}")
    assert "Have they died? You can tell us here." in easy(cast.devon, f"/people/{ROSA}")
    told = do(TellOfDeath(person=ROSA), by=cast.devon).thing
    shown = easy(cast.priya, f"/people/deaths/{told}")
    assert "Is it true? Then write it down." in shown and "/do/people.death_written_down" in shown


def test_in_easy_read_whoever_works_with_them_says_that_it_is_a_mistake(cast: Cast) -> None:
    def easy(who: Actor, address: str) -> str:
        client = browser_of(who)
        client.cookies["reading"] = "..easy"
        return client.get(address).content.decode()

    def says_so(death: UUID) -> None:
        for who in (cast.priya, cast.ken):
            shown = easy(who, f"/people/deaths/{death}")
            assert "Have they not died? You can say so here." in shown
            assert f"/do/people.death_undone?death={death}" in shown

    says_so(do(TellOfDeath(person=ROSA), by=cast.devon).thing)
    says_so(written_down(cast.priya))
