"""What people find on the page of who decides, and that no worker's name stands in public."""

from dataclasses import replace

import pytest
from django.test import Client
from django.utils.html import escape

from alongside.kernel import clock
from alongside.kernel.command import Refused
from alongside.kernel.door import do
from alongside.topics.decisions import commands, models
from alongside.topics.decisions.models import Agree, Says
from alongside.topics.people.commands.posts import GivePost
from alongside.topics.people.models import LinkKind
from tests.decisions import acts
from tests.decisions.votes import hall, heard, panel, put, says, seated, together
from tests.interfaces.conftest import browser_of
from tests.visitor import page
from tests.world import BUILDER, Cast

pytestmark = pytest.mark.django_db


def test_in_public_an_office_or_a_councillor_decides_and_never_a_workers_name(cast: Cast) -> None:
    with clock.at("2026-03-02"):
        decision = hall(cast)
        seated(cast, decision, cast.omar, cast.ken, cast.boyd)
        seated(cast, decision, cast.ana, is_member=True)
        together(cast, decision)
        heard(cast, decision)
        proposal = put(cast, decision)
        for one in (cast.june, cast.omar, cast.ken, cast.ana, cast.boyd):
            says(decision, proposal, one)
        for address in ("", "/who-decides", "/history", "/views"):
            text = page(None, f"/decisions/{decision}{address}")
            for name in ("June Okafor", "Omar Aziz", "Ken Holt", "Ana Reyes"):
                assert name not in text, (address, name)
        text = page(None, f"/decisions/{decision}/who-decides")
        for words in (
            "A panel decides this. All of them must agree.",
            "Head of adult social care",
            "Team manager, East",
            "Someone at Wexmoor Council",
            "Councillor Boyd",
            "A member who draws on care and support",
            "Enough of them said yes",
            "All who decide, together",
        ):
            assert words in text, words


def test_on_the_map_too_a_member_owes_an_answer_as_a_member_and_by_no_name(cast: Cast) -> None:
    decision = hall(cast)
    seated(cast, decision, cast.ana, is_member=True)
    together(cast, decision)
    ask = commands.AskQuestion(decision=decision, words="Who pays for the heating?", may_be_read=True)
    do(ask, by=cast.devon)
    question = models.Question.everything.get(decision=decision).id
    do(commands.LookAtSaid(decision=decision, question=question, is_shown=True), by=cast.ken)
    text = page(None, f"/decisions/{decision}/map")
    assert "A member who draws on care and support" in text
    assert "Ana Reyes" not in text


def test_whoever_has_a_vote_finds_it_at_home_and_says_yes_or_no_there(cast: Cast) -> None:
    with clock.at("2026-03-02"):
        decision, proposal = panel(cast)
        assert "You have a vote" in page(cast.ana, "/")
        text = page(cast.ana, f"/decisions/{decision}/who-decides")
        assert "Say yes, no or stand aside" in text
        says(decision, proposal, cast.ana)
        assert "You have a vote" not in page(cast.ana, "/")
        assert "You have a vote" not in page(cast.devon, "/")


def test_before_people_were_heard_the_page_says_why_nobody_can_say_yes(cast: Cast) -> None:
    decision = hall(cast)
    seated(cast, decision, cast.omar)
    together(cast, decision)
    put(cast, decision)
    text = page(cast.omar, f"/decisions/{decision}/who-decides")
    assert "Nobody can say yes yet" in text and "Say yes, no or stand aside" not in text


def test_a_stranger_cannot_see_who_decides_about_one_life(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.rosa)
    assert "Ken Holt" in page(cast.rosa, f"/decisions/{decision}/who-decides")
    for other in (cast.stranger, None):
        assert browser_of(other).get(f"/decisions/{decision}/who-decides").status_code == 404


def test_programs_read_who_decides_by_office(cast: Cast, client: Client) -> None:
    with clock.at("2026-03-02"):
        decision, proposal = panel(cast)
        says(decision, proposal, cast.june, Says.NO)
        found = client.get(f"/api/decisions/{decision}/deciding").json()
        assert [one["agree"] for one in found["rules"]] == ["half"]
        assert [one["says"] for one in found["voices"]] == ["no"]
        assert len(found["seats"]) == 3 and not any("person" in one for one in found["seats"])
        assert sum(one["member"] for one in found["seats"]) == 1
        text = page(None, f"/decisions/{decision}/who-decides")
        parts = [one["part"] for one in found["parts"]]
        assert len(parts) >= 2 and "Whose words are in it" in parts
        said = [one["who"] for kind in ("seats", "voices", "parts") for one in found[kind]]
        for words in (*said, *parts, *(one["put_by"] for one in found["proposals"])):
            assert escape(words) in text, words


def test_a_refusal_shows_what_would_change_it(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.rosa, "Two more hours", "increase")
    acts.sent(decision, cast.ken)
    acts.said(decision, cast.rosa, "unsure", "I would like it.")
    acts.decided(decision, cast.ken, "not_agreed")
    text = page(cast.rosa, f"/decisions/{decision}")
    assert "What would change this" in text and "A letter from your doctor." in text


def test_it_is_shown_whose_words_were_decided(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.rosa)
    do(commands.AddOption(decision=decision, name="Six days", change="cut"), by=cast.rosa)
    option = acts.latest(models.Option, decision)
    acts.sent(decision, cast.ken)
    acts.said(decision, cast.rosa, "for", "Six.", option=option.id)
    acts.decided(decision, cast.ken, "agreed_with_changes", option=option.id)
    text = page(cast.priya, f"/decisions/{decision}/who-decides")
    assert "Rosa Marlow, the person whose life it is" in text


def test_whoever_offers_a_vote_reads_that_it_waits_and_nobody_says_no_by_leaving_a_box_empty(
    cast: Cast,
) -> None:
    """An empty tick and “Send” gave the vote away; and who had offered it read nothing of it."""
    decision = hall(cast)
    do(commands.OfferVote(decision=decision, person=cast.ana.person, is_member=True), by=cast.june)
    waits = "Ana Reyes is offered a vote too, and has not answered yet."
    assert waits in page(cast.june, f"/decisions/{decision}/who-decides")
    assert "Ana Reyes" not in page(None, f"/decisions/{decision}/who-decides")
    seat = acts.latest(models.Seat, decision)
    form = f"/do/decisions.vote_offer_answered?decision={decision}&seat={seat.id}"
    empty = browser_of(cast.ana).post(form, {"decision": str(decision), "seat": str(seat.id)})
    assert "Choose yes or no" in empty.content.decode()
    assert models.Seat.everything.get(id=seat.id).answered_at is None
    do(commands.AnswerVoteOffer(decision=decision, seat=seat.id, takes_it=True), by=cast.ana)
    assert waits not in page(cast.june, f"/decisions/{decision}/who-decides")


def test_where_several_decide_and_no_rule_was_said_the_page_does_not_say_that_one_does(cast: Cast) -> None:
    decision = hall(cast)
    assert "One person decides this." in page(cast.june, f"/decisions/{decision}/who-decides")
    seated(cast, decision, cast.omar)
    shown = page(cast.june, f"/decisions/{decision}/who-decides")
    assert "One person decides this." not in shown and "Any one of these people decides this alone" in shown


def test_a_form_for_a_vote_says_what_is_put_and_whose_seat_it_is(cast: Cast) -> None:
    """It asked “What do you say?” and not to what; and “May they decide this too?” of nobody."""
    with clock.at("2026-03-02"):
        decision, proposal = panel(cast)
        form = page(cast.ana, f"/do/decisions.voice_given?decision={decision}&proposal={proposal}")
        assert "What is put to you" in form and "Agreed" in form
        assert "no word yet" in page(cast.ana, f"/decisions/{decision}/who-decides")
    other = acts.raised(cast.ken, cast.rosa, "Two more hours", "increase")
    do(commands.OfferVote(decision=other, person=cast.priya.person), by=cast.ken)
    seat = acts.latest(models.Seat, other)
    assert "Priya Nair" in page(cast.rosa, f"/do/decisions.seat_agreed?decision={other}&seat={seat.id}")


def test_whoever_has_a_vote_comes_to_it_from_the_page_that_their_code_opens(cast: Cast) -> None:
    """The code of a letter opened the page for everybody, and the vote lay behind a line among others."""
    with clock.at("2026-03-02"):
        decision, proposal = panel(cast)
        by_code = replace(cast.ana, only=decision, way="code", strong=False)
        for reader in (by_code, cast.omar):
            shown = page(reader, f"/decisions/{decision}")
            assert "Go to where you vote" in shown
            assert shown.index("You have a vote") < shown.index("Whom it affects")
        assert "Say yes, no or stand aside" in page(by_code, f"/decisions/{decision}/who-decides")
        says(decision, proposal, by_code)
        for other in (by_code, cast.devon, None):
            assert "You have a vote" not in page(other, f"/decisions/{decision}")
        assert "You have a vote" in page(cast.omar, f"/decisions/{decision}")


def test_whoever_is_offered_a_vote_reads_so_on_the_page_that_their_code_opens(cast: Cast) -> None:
    decision = hall(cast)
    do(commands.OfferVote(decision=decision, person=cast.ana.person, is_member=True), by=cast.june)
    by_code = replace(cast.ana, only=decision, way="code", strong=False)
    assert "Somebody offers you a vote in this." in page(by_code, f"/decisions/{decision}")
    assert "offers you a vote" not in page(cast.devon, f"/decisions/{decision}")


def test_a_vote_that_somebody_must_agree_to_first_is_asked_of_them_and_not_yet_of_who_gets_it(
    cast: Cast,
) -> None:
    with clock.at("2026-03-02"):
        decision = hall(cast)
        seated(cast, decision, cast.ana, is_member=True)
        do(commands.OfferVote(decision=decision, person=cast.omar.person), by=cast.june)
        here = f"/decisions/{decision}/who-decides"
        assert "One more person would decide this" in page(cast.ana, "/")
        assert "One more person would decide this" not in page(cast.june, "/"), "she offered it"
        assert "offers you a vote" not in page(cast.omar, "/")
        assert "You are offered a vote in this" not in page(cast.omar, here)
        seat = acts.latest(models.Seat, decision)
        do(commands.AgreeToSeat(decision=decision, seat=seat.id, agrees=True), by=cast.ana)
        assert "offers you a vote" in page(cast.omar, "/")
        assert "You are offered a vote in this" in page(cast.omar, here)


def test_whoever_works_for_the_body_that_decides_too_is_not_asked_and_then_refused(cast: Cast) -> None:
    """Ana runs a user-led organisation, and has a post at the council as well: her yes does not count."""
    with clock.at("2026-03-02"):
        decision = hall(cast)
        do(commands.OfferVote(decision=decision, person=cast.omar.person), by=cast.june)
        here = f"/decisions/{decision}/who-decides"
        assert "One more person would decide this" in page(cast.ana, "/")
        assert "Say yes or no to that" in page(cast.ana, here)
        post = {"organisation": cast.council, "kind": LinkKind.PRACTITIONER, "team": cast.west}
        do(GivePost(person=cast.ana.person, **post), by=BUILDER)
        assert "One more person would decide this" not in page(cast.ana, "/")
        text = page(cast.ana, here)
        assert "Say yes or no to that" not in text
        assert "You work for the body that decides. Somebody else must agree." in text
        seat = acts.latest(models.Seat, decision)
        agree = commands.AgreeToSeat(decision=decision, seat=seat.id, agrees=True)
        with pytest.raises(Refused, match="You work for the body that decides"):
            do(agree, by=cast.ana)


def test_a_panel_of_one_does_not_read_two_of_one(cast: Cast) -> None:
    decision = hall(cast)
    together(cast, decision, Agree.HALF)
    text = page(cast.june, f"/decisions/{decision}/who-decides")
    assert "2 of 1" not in text and "More than half must agree, and 2 people at least." in text


def test_of_many_people_it_is_not_said_that_everyone_answered(cast: Cast) -> None:
    with clock.at("2026-03-02"):
        decision = hall(cast)
        heard(cast, decision)
        text = page(cast.june, f"/decisions/{decision}")
        assert "You can decide this now" in text and "Everyone we must hear from has answered" not in text
        assert "The people it affects were asked." in text
