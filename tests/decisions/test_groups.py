"""The people a matter affects: on a list, drawn by lot, told in bundles, asked no more than they want."""

import hashlib
import html
import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from alongside.interfaces import cli
from alongside.interfaces.leaving import Work, do_what_is_due, send_waiting
from alongside.kernel import clock
from alongside.kernel.command import NotAllowed, Refused
from alongside.kernel.door import do
from alongside.kernel.outbox import Outbox
from alongside.topics.decisions import commands, models
from alongside.topics.decisions.commands.reach import reach_of
from alongside.topics.decisions.engine.lot import drawn, list_mark, lot_of
from alongside.topics.decisions.engine.sending import next_day
from alongside.topics.decisions.exports import letter_of_bundle
from alongside.topics.people.commands.how_often import SetHowOftenWeAsk
from alongside.topics.people.commands.posts import JoinBody
from tests.decisions import acts
from tests.decisions.groups import bundles, listed, many, matter, told
from tests.interfaces.conftest import browser_of
from tests.promises.groups import to_group
from tests.visitor import page
from tests.world import BUILDER, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]


def test_several_people_are_read_at_the_terminal_and_put_on_no_list_by_whoever_sits_there(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    decision, group = matter(cast)
    line = ["do", "decisions.people_listed", "--as", str(cast.june.person), f"decision={decision}"]
    both = [f"people={one.person}" for one in (cast.rosa, cast.devon)]
    assert cli.main([*line, f"group={group}", *both]) == 1
    assert capsys.readouterr().err.startswith("We cannot know who is at the keys here")
    assert not models.Listed.everything.filter(group=group).exists()
    assert cli.main([*line, f"group={group}", "people=Rosa"]) == 1
    assert capsys.readouterr().err.startswith("people: Give the number of the thing")


def test_whom_word_reached_is_told_of_each_group(cast: Cast) -> None:
    decision, group = matter(cast)
    here = f"/decisions/{decision}/people"
    assert "Nobody has written down that word of this reached anybody." in page(cast.ana, here)
    for channel, reached in (("letter_large", 12), ("phone", 9)):
        do(
            commands.TellPeople(decision=decision, group=group, channel=channel, reached=reached),
            by=cast.june,
        )
    told = page(cast.ana, here)
    assert "Word of this reached at least 12 of 40 people." in told  # the same may be told twice
    unconfirmed = "Head of adult social care typed this number. Nobody else has confirmed it."
    assert unconfirmed in told and unconfirmed in page(None, f"/decisions/{decision}")
    assert "You typed this number." in page(cast.june, here)
    assert "We do not have their names. So we cannot say how many of them answered." in told
    [one] = Client().get(f"/api{here}").json()["groups"]
    assert (one["word_reached"], one["word_may_have_reached_more"]) == (12, True)
    assert one["word_typed_by"] == ["Head of adult social care"]
    other, by_name = matter(cast, "Move the library")
    listed(cast, other, by_name, cast.rosa.person)
    there = f"/decisions/{other}/people"
    assert "that word of this" not in page(cast.ana, there), "whoever is on a list is told one by one"
    assert Client().get(f"/api{there}").json()["groups"][0]["word_reached"] is None


def test_what_is_said_of_a_group_costs_its_page_no_further_question(cast: Cast) -> None:
    decision, group = matter(cast)
    do(commands.TellPeople(decision=decision, group=group, channel="phone", reached=9), by=cast.june)
    page(None, f"/decisions/{decision}")
    with CaptureQueriesContext(connection) as asked:
        assert "typed this number" in page(None, f"/decisions/{decision}")
    assert not [each for each in asked.captured_queries if '"decisions_affected"."id" =' in each["sql"]]


def test_whoever_is_in_a_group_and_was_not_told_asks_how_it_was_counted_and_must_be_answered(
    cast: Cast,
) -> None:
    decision, group = matter(cast)
    here, words = f"/decisions/{decision}/people", "Nobody told me: ask how it was counted"
    assert words not in page(cast.rosa, here)  # nobody has counted yet
    tell = commands.TellPeople(decision=decision, group=group, channel="letter_large", reached=12)
    do(tell, by=cast.june)
    assert words not in page(None, here) and words not in page(cast.june, here)
    shown = page(cast.rosa, here)
    [link] = re.findall(rf'href="([^"]+)">{words}<', shown)
    form = page(cast.rosa, html.unescape(link))
    assert "Nobody told me of this. How did you count whom it reached?" in form
    sent = {"decision": str(decision), "words": "Nobody told me of this.", "may_be_read": "on"}
    answer = browser_of(cast.rosa).post(html.unescape(link), sent)
    assert answer.status_code == 303 and answer["Location"] == here
    asked = acts.latest(models.Question, decision)
    assert (asked.person, str(asked.words), asked.answered_at) == (cast.rosa.person, sent["words"], None)


# One message a day --------------------------------------------------------------------------------


def test_one_person_gets_one_message_for_all_that_waits_for_them_that_day(cast: Cast) -> None:
    for what in ("Close the lunch club", "Move the library"):
        decision, group = matter(cast, what)
        listed(cast, decision, group, cast.rosa.person, cast.devon.person)
        do(commands.BeginRound(decision=decision, group=group), by=cast.june)
    do_what_is_due(Work())
    assert [row.things for row in bundles(cast.rosa.person)] == [2]
    waits = Outbox.objects.filter(kind="tell", payload__what="bundle")
    assert waits.count() == 2
    do_what_is_due(Work())
    assert waits.count() == 2  # nothing goes twice
    letter = letter_of_bundle(cast.rosa.person, {"bundle": bundles(cast.rosa.person)[0].id.hex})  # type: ignore[arg-type]  # she is on record
    text = " ".join(str(part) for part in letter.parts) if letter else ""
    assert "Close the lunch club" in text and "Move the library" in text


def test_a_message_for_several_matters_that_came_back_is_no_longer_said_to_be_sent(cast: Cast) -> None:
    decision, group = matter(cast)
    listed(cast, decision, group, cast.rosa.person)
    told(decision, group, cast)
    [bundle] = bundles(cast.rosa.person)
    for state in ("sent", "failed"):
        do(commands.NoteBundle(bundle=bundle.id, state=state), by=BUILDER)
    assert [row.state for row in bundles(cast.rosa.person)] == ["failed"]
    with pytest.raises(Refused, match="noted already"):
        do(commands.NoteBundle(bundle=bundle.id, state="sent"), by=BUILDER)


def test_whoever_wants_less_gets_less_and_whoever_wants_nothing_gets_nothing(cast: Cast) -> None:
    rosa, devon = cast.rosa.person, cast.devon.person
    do(SetHowOftenWeAsk(person=rosa, how_often="weekly"), by=cast.rosa)
    do(SetHowOftenWeAsk(person=devon, how_often="never"), by=cast.devon)
    for what in ("Close the lunch club", "Move the library"):
        decision, group = matter(cast, what)
        listed(cast, decision, group, rosa, devon)
        told(decision, group, cast)
        clock.advance(days=1)
        do_what_is_due(Work())
    assert len(bundles(rosa)) == 1 and not bundles(devon)
    clock.advance(days=7)
    do_what_is_due(Work())
    assert len(bundles(rosa)) == 2 and not bundles(devon)


def test_what_another_room_wrote_to_somebody_counts_for_how_often_they_want_to_be_written_to(
    cast: Cast,
) -> None:
    rosa = cast.rosa.person
    assert rosa is not None
    do(JoinBody(person=rosa, organisation=cast.ulo), by=BUILDER)
    do(SetHowOftenWeAsk(person=rosa, how_often="monthly"), by=cast.rosa)
    to_group(cast, of=cast.ulo)  # she is told of this promise
    decision, group = matter(cast, "Move the library")
    listed(cast, decision, group, rosa)
    told(decision, group, cast)
    clock.advance(days=20)
    do_what_is_due(Work())
    assert not bundles(rosa)
    clock.advance(days=11)
    do_what_is_due(Work())
    assert len(bundles(rosa)) == 1


def test_nobody_is_asked_again_before_being_told_what_became_of_their_answer(cast: Cast) -> None:
    decision, group = matter(cast)
    listed(cast, decision, group, cast.rosa.person, cast.devon.person)
    told(decision, group, cast)
    do(commands.GiveViewOnPlace(decision=decision, position="for", words="Fine."), by=cast.rosa)
    clock.advance(days=2)
    told(decision, group, cast)
    assert (len(bundles(cast.rosa.person)), len(bundles(cast.devon.person))) == (1, 2)
    acts.replied(decision, cast.june, acts.latest(models.View, decision).id)
    clock.advance(days=2)
    told(decision, group, cast)
    assert len(bundles(cast.rosa.person)) == 2


def test_it_is_counted_whom_a_message_could_not_reach_safely(cast: Cast) -> None:
    decision, group = matter(cast)
    listed(cast, decision, group, cast.rosa.person, cast.lena.person)  # Lena has no safe way but a call
    told(decision, group, cast)
    send_waiting(Work())
    assert [row.state for row in bundles(cast.rosa.person)] == ["sent"]
    assert [row.state for row in bundles(cast.lena.person)] == ["held"]
    text = page(cast.june, f"/decisions/{decision}/people")
    assert "have no safe way yet: ring or visit them" in text
    assert "have no safe way yet" not in page(None, f"/decisions/{decision}/people")
    assert "Lena" not in text


def test_everyone_on_the_list_is_told_what_was_decided_and_asked_later_what_it_did(cast: Cast) -> None:
    decision, group = matter(cast)
    listed(cast, decision, group, cast.rosa.person)
    told(decision, group, cast)
    do(commands.GiveViewOnPlace(decision=decision, position="for", words="Fine."), by=cast.rosa)
    clock.advance(days=30)
    do(commands.DecideForPlace(decision=decision, outcome="agreed", reasons="The roof."), by=cast.june)
    do_what_is_due(Work())
    letter = letter_of_bundle(cast.rosa.person, {"bundle": bundles(cast.rosa.person)[1].id.hex})  # type: ignore[arg-type]  # she is on record
    assert letter is not None and "Agreed" in letter.parts and "The roof." in letter.parts
    clock.advance(days=50)
    do_what_is_due(Work())
    clock.advance(days=1)
    do_what_is_due(Work())
    rounds = models.Round.everything.filter(group=group).order_by("number")
    assert list(rounds.values_list("kind", flat=True)) == ["ask", "outcome", "effect"]
    assert len(bundles(cast.rosa.person)) == 3


# Lists and rounds ---------------------------------------------------------------------------------


def test_a_group_of_a_body_is_listed_a_piece_at_a_time_and_nothing_is_sent_before_it_is_whole(
    cast: Cast,
) -> None:
    many(cast, 420)
    decision, group = matter(cast, size=10)
    tie = commands.TieToBody(decision=decision, group=group, body=cast.council, team=cast.east)
    do(tie, by=cast.june)
    with pytest.raises(Refused, match="Make its list first"):
        do(commands.BeginRound(decision=decision, group=group), by=cast.june)
    do_what_is_due(Work())
    row = models.Affected.everything.get(id=group)
    assert row.listed == row.size == models.Listed.everything.filter(group=group).count() > 420
    assert row.list_mark == list_mark(
        models.Listed.everything.filter(group=group).values_list("person", flat=True)
    )
    with pytest.raises(Refused, match="Draw by lot first"):
        do(commands.BeginRound(decision=decision, group=group), by=cast.june)
    do(commands.DrawLot(decision=decision, group=group), by=cast.june)
    do(commands.BeginRound(decision=decision, group=group), by=cast.june)
    assert not models.Waiting.everything.filter(is_ready=True).exists()
    do_what_is_due(Work())
    waiting = models.Waiting.everything.filter(group=group)
    assert waiting.count() == row.listed and waiting.filter(by_name=True).count() == 60
    round = models.Round.everything.get(group=group)
    assert round.reached_number == round.of == row.listed


def test_a_whole_list_lets_nobody_in_and_the_lot_is_drawn_once(cast: Cast) -> None:
    many(cast, 160)
    decision, group = matter(cast)
    do(commands.TieToBody(decision=decision, group=group, body=cast.council, team=cast.east), by=cast.june)
    do_what_is_due(Work())
    late = commands.ListPeople(decision=decision, group=group, people=[cast.omar.person])
    with pytest.raises(Refused, match="whole"):
        do(late, by=cast.june)
    with pytest.raises(NotAllowed):
        do(commands.DrawLot(decision=decision, group=group), by=cast.rosa)
    do(commands.DrawLot(decision=decision, group=group), by=cast.june)
    with pytest.raises(Refused, match="drawn once"):
        do(commands.DrawLot(decision=decision, group=group), by=cast.june)


def test_a_small_group_is_asked_whole(cast: Cast) -> None:
    decision, group = matter(cast)
    listed(cast, decision, group, cast.rosa.person, cast.devon.person)
    with pytest.raises(Refused, match="Nobody is left to chance"):
        do(commands.DrawLot(decision=decision, group=group), by=cast.june)


def test_who_is_on_a_list_is_known_to_them_alone(cast: Cast) -> None:
    decision, group = matter(cast)
    listed(cast, decision, group, cast.rosa.person, cast.devon.person)
    for other in (cast.june, cast.ken, cast.omar, cast.stranger):
        assert not models.Listed.objects.seen_by(other).exists()
    assert models.Listed.objects.seen_by(cast.rosa).count() == 1
    assert "You are number 1 on this list." in page(cast.rosa, f"/decisions/{decision}/people")
    assert "Rosa" not in page(None, f"/decisions/{decision}/people")


# The lot ------------------------------------------------------------------------------------------


def test_anyone_can_draw_the_lot_again_from_what_is_public(cast: Cast, client: Client) -> None:
    many(cast, 160)
    decision, group = matter(cast)
    do(commands.TieToBody(decision=decision, group=group, body=cast.council, team=cast.east), by=cast.june)
    do_what_is_due(Work())
    do(commands.DrawLot(decision=decision, group=group), by=cast.june)
    lot = client.get(f"/api/decisions/{decision}/people").json()["lots"][0]
    lots = {n: hashlib.sha256(f"{lot['seed']}:{n}".encode()).hexdigest() for n in range(1, lot["of"] + 1)}
    assert lot["numbers"] == sorted(lots, key=lambda n: lots[n])[: lot["size"]]
    chosen = models.Listed.everything.filter(group=group, is_drawn=True)
    assert sorted(chosen.values_list("number", flat=True)) == sorted(lot["numbers"])
    text = page(None, f"/decisions/{decision}/people")
    assert lot["seed"] in text and "Everyone had the same chance." in text


def test_those_drawn_and_those_who_spoke_unasked_are_counted_apart(cast: Cast) -> None:
    many(cast, 160)
    decision, group = matter(cast)
    do(commands.TieToBody(decision=decision, group=group, body=cast.council, team=cast.east), by=cast.june)
    do_what_is_due(Work())
    do(commands.DrawLot(decision=decision, group=group), by=cast.june)
    someone = models.Listed.everything.filter(group=group, is_drawn=True).first()
    assert someone is not None
    for actor in (acts.actor_of(someone.person), cast.stranger, cast.omar):
        view = commands.GiveViewOnPlace(decision=decision, position="for", words="Yes.")
        do(view, by=actor)
    reach = reach_of(decision, group)
    assert (reach.asked, reach.answered, reach.others) == (60, 1, 1)  # Omar works for the body
    here = f"/decisions/{decision}/people"
    assert "Of 60 drawn: 1 answered. Others who spoke: 1." in page(cast.june, here)  # who decides it
    assert "fewer than 5" in page(None, here) and "1 answered" not in page(None, here)


@given(st.integers(0, 400), st.integers(0, 400), st.text("0123456789abcdef", min_size=1))
def test_a_draw_draws_so_many_of_those_there_are_and_more_keeps_those_before(
    of: int, size: int, seed: str
) -> None:
    found = drawn(seed, of, size)
    assert len(found) == len(set(found)) == min(of, size) and set(found) <= set(range(1, of + 1))
    assert drawn(seed, of, size + 5)[: len(found)] == found


def test_everyone_has_the_same_chance() -> None:
    """Of 50 numbers 10 are drawn, 4,000 times: each is drawn near 800 times (five standard deviations)."""
    times = dict.fromkeys(range(1, 51), 0)
    for turn in range(4000):
        for number in drawn(f"seed {turn}", 50, 10):
            times[number] += 1
    assert all(abs(count - 800) < 127 for count in times.values()), times
    assert len(lot_of("a", 1)) == 64


# How often ----------------------------------------------------------------------------------------


def test_how_often_somebody_is_asked_is_as_they_said() -> None:
    today = date(2026, 3, 31)
    assert next_day("any", None, [], today) == today
    assert next_day("any", None, [today], today) == date(2026, 4, 1)
    assert next_day("weekly", None, [date(2026, 3, 27)], today) == date(2026, 4, 3)
    assert next_day("monthly", None, [date(2026, 3, 27)], today) == date(2026, 4, 26)
    assert next_day("any", 2, [date(2026, 3, 10), date(2026, 3, 20)], today) == date(2026, 4, 9)
    assert next_day("any", 0, [], today) is None
    assert next_day("never", None, [], today) is None
