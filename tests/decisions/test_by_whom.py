"""Who decided: a panel, several, an office or one. Of several, nobody is named as deciding alone."""

import re

import pytest
from django.test import Client

from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.topics.decisions import commands, models
from alongside.topics.decisions.models import Who
from tests.decisions import acts
from tests.decisions.by_whom import decided_by_five
from tests.decisions.votes import panel, put, says
from tests.visitor import page
from tests.world import Cast

pytestmark = pytest.mark.django_db


def test_the_last_voice_of_a_panel_is_not_named_as_who_decided(cast: Cast) -> None:
    with clock.at("2026-03-02"):
        decision = decided_by_five(cast)
        for reader in (None, cast.rosa, cast.ana, cast.june):
            text = page(reader, f"/decisions/{decision}")
            assert "A panel of 5 decided this together on 1 April 2026." in text, reader
            assert "3 said yes, 1 said no and 1 stood aside." in text
            for alone in ("A member who draws on care and support decided", "You decided", "Reyes decided"):
                assert alone not in text


def test_in_the_record_the_last_voice_is_a_voice_and_all_of_them_decided(cast: Cast) -> None:
    with clock.at("2026-03-02"):
        decision = decided_by_five(cast)
        text = page(None, f"/decisions/{decision}/history")
    assert text.count("With that, those who decide decided this together.") == 1
    assert text.count("said yes or no, or stood aside.") == 5


def test_programs_read_how_many_decided_and_what_they_said(cast: Cast, client: Client) -> None:
    with clock.at("2026-03-02"):
        decision = decided_by_five(cast)
        found = client.get(f"/api/decisions/{decision}/deciding").json()["decided"]
    assert found == {"who": "panel", "of": 5, "yes": 3, "no": 1, "aside": 1, "not_said": 0}


def test_whoever_had_not_said_when_it_was_decided_is_counted_as_silent(cast: Cast) -> None:
    with clock.at("2026-03-02"):
        decision, proposal = panel(cast)
        says(decision, proposal, cast.june)
        says(decision, proposal, cast.ana)
        text = page(None, f"/decisions/{decision}")
    assert "A panel of 3 decided this together" in text
    assert "2 said yes, 0 said no and 1 had not said." in text


def test_several_decide_about_one_life_together(cast: Cast) -> None:
    with clock.at("2026-03-02"):
        decision = acts.raised(cast.ken, cast.rosa)
        do(commands.OfferVote(decision=decision, person=cast.priya.person), by=cast.ken)
        seat = acts.latest(models.Seat, decision)
        do(commands.AgreeToSeat(decision=decision, seat=seat.id, agrees=True), by=cast.rosa)
        do(commands.SayWhoDecides(decision=decision, who=Who.SEVERAL), by=cast.ken)
        acts.sent(decision, cast.ken)
        acts.said(decision, cast.rosa, "for", "Yes.")
        proposal = put(cast, decision, cast.ken)
        says(decision, proposal, cast.ken)
        says(decision, proposal, cast.priya)
        text = page(cast.rosa, f"/decisions/{decision}")
        assert "2 people decided this together on 2 March 2026. All of them said yes." in text
        do(commands.ChallengeIt(decision=decision, wrong="I was ill.", wants="Ask me again."), by=cast.rosa)
        challenge = acts.latest(models.Challenge, decision)
        upheld = commands.AnswerChallenge(
            decision=decision, challenge=challenge.id, finding="upheld", reasons="She was ill."
        )
        do(upheld, by=acts.answerer(decision))
        text = page(cast.rosa, f"/decisions/{decision}/afterwards")
    assert "2 people decided this together on 2 March 2026." in text and "Priya Nair decided" not in text


def test_one_who_decides_is_named_and_a_small_thing_was_agreed_together(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.rosa)
    acts.sent(decision, cast.ken)
    acts.said(decision, cast.rosa, "for", "Yes.")
    acts.decided(decision, cast.ken)
    assert "Ken Holt decided this on" in page(cast.rosa, f"/decisions/{decision}")
    small = commands.AgreeEveryday(
        person=cast.rosa.person, what="Breakfast later", change="swap", words="Good.", channel="visit"
    )
    agreed = do(small, by=cast.priya).thing
    text = page(cast.rosa, f"/decisions/{agreed}")
    assert re.search("Priya Nair wrote down on [^.]+ that this was agreed together[.]", text)
    assert re.search("You wrote down on [^.]+ that this was", page(cast.priya, f"/decisions/{agreed}"))
    assert "Priya Nair decided this" not in text
