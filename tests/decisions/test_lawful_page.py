"""Who reads a legal reason, and who learns that it has ended."""

from datetime import timedelta
from uuid import UUID

import pytest

from alongside.interfaces.leaving import Work, do_what_is_due
from alongside.kernel import clock
from alongside.kernel.command import Refused
from alongside.kernel.door import do
from alongside.kernel.outbox import Outbox
from alongside.topics.decisions import commands, models
from tests.decisions import acts
from tests.decisions.acts import at
from tests.interfaces.conftest import browser_of
from tests.visitor import page
from tests.world import Cast

pytestmark = pytest.mark.django_db

REASON = "In the person’s best interests"
OFFERED = "Legal reasons, what keeps the person safe"


def on_a_ground(cast: Cast) -> UUID:
    """Lena’s move, with a legal reason that ends in ten days."""
    decision = acts.raised(cast.priya, cast.lena, change="move")
    acts.ground(decision, cast.priya, ends_on=clock.today() + timedelta(days=10))
    acts.safeguard(decision, cast.priya, "safeguarding")
    return decision


def test_the_person_and_her_advocate_read_a_legal_reason_and_the_carer_she_fears_does_not(cast: Cast) -> None:
    decision = on_a_ground(cast)
    for who in (cast.lena, cast.mina, cast.priya):
        offered = OFFERED.replace("the person", "you") if who is cast.lena else OFFERED
        assert offered in page(who, at(decision))
        text = page(who, at(decision) + "/law")
        reason = REASON.replace("the person’s", "your") if who is cast.lena else REASON
        assert reason in text and "Written down on the day." in text
        assert ("It is about you." in text) == (who is cast.lena) and "It is about You" not in text
    assert OFFERED not in page(cast.victor, at(decision))
    assert browser_of(cast.victor).get(at(decision) + "/law").status_code == 404


def test_a_legal_reason_written_anew_needs_its_evidence_on_the_page_too(cast: Cast) -> None:
    decision = on_a_ground(cast)
    ground = acts.latest(models.Ground, decision)
    address = f"{at(decision)}/legal-reason?code=best_interests&ground={ground.id}"
    answer = browser_of(cast.priya).post(address, {"assessed_by": "Dr Marsh"})
    assert answer.status_code == 422 and "Answer this question." in answer.content.decode()
    assert acts.latest(models.Ground, decision).renewals == 0


def test_when_it_ends_the_person_her_advocate_and_those_who_decide_are_told_and_nobody_else(
    cast: Cast,
) -> None:
    decision = on_a_ground(cast)
    Outbox.objects.all().delete()
    with clock.at(clock.now() + timedelta(days=12)):
        do_what_is_due(Work())
        told = {row.payload["person"] for row in Outbox.objects.filter(kind="tell")}
        wanted = {one.person.hex for one in (cast.lena, cast.mina, cast.priya) if one.person}
        assert told == wanted
        assert "Care goes on. Nothing is cut or ended because of this." in page(
            cast.lena, at(decision) + "/law"
        )
        assert "Care goes on meanwhile." in page(cast.priya, "/")
        home = page(cast.lena, "/")  # nothing on her own page said that anybody must ask her
        assert "They must look at this again" in home and f'href="{at(decision)}"' in home
        assert "Those who decide must look at it again, and ask you." in home
        assert "They look at it again by" in home and "Look at this again</h2>" not in home
        assert "They must look at this again" not in page(cast.priya, "/")
        assert "They must look at this again" not in page(cast.victor, "/")
        review = acts.latest(models.Review, decision)
        do(commands.FinishReview(decision=decision, review=review.id, words="She is well."), by=cast.priya)
        assert "Care goes on meanwhile." not in page(cast.priya, "/")
        assert "They must look at this again" not in page(cast.lena, "/")


def test_when_nobody_looked_again_in_time_the_person_reads_so_on_their_own_page(cast: Cast) -> None:
    on_a_ground(cast)
    with clock.at(clock.now() + timedelta(days=12)):
        do_what_is_due(Work())
    with clock.at(clock.now() + timedelta(days=60)):
        home = page(cast.lena, "/")
        assert "Nobody has done it yet." in home


def test_once_the_legal_reason_it_was_decided_on_is_over_the_page_of_the_decision_says_so(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.lena, "Move Lena to a home", "move")
    ground = acts.ground(decision, cast.ken, ends_on=clock.today() + timedelta(days=10))
    acts.safeguard(decision, cast.ken, "involved_anyway", "least_restrictive")
    acts.looked(ground, cast.mina)
    acts.decided(decision, cast.ken)
    ended = "The legal reason for this has ended"
    for who in (cast.lena, cast.ken):
        assert ended not in page(who, at(decision))
    with clock.at(clock.now() + timedelta(days=12)):
        do_what_is_due(Work())
        for who in (cast.lena, cast.ken):
            text = page(who, at(decision))
            assert ended in text and "Those who decide must look at it again, and ask." in text
        assert ended not in page(cast.victor, at(decision))


def test_what_should_have_been_done_by_a_day_that_is_past_is_not_asked_for_by_that_day(cast: Cast) -> None:
    assert cast.rosa.person is not None
    urgent = commands.ActUrgently(person=cast.rosa.person, what="Night care", change="start", words="Alone.")
    do(urgent, by=cast.priya)
    assert "Involve the person by" in page(cast.priya, "/")
    clock.advance(days=4)
    do_what_is_due(Work())
    text = page(cast.priya, "/")
    assert "Involve the person by" not in text and "Involve them now." in text
    assert "Look again by" in text
    clock.advance(days=60)
    text = page(cast.priya, "/")
    assert "Look again by" not in text and "It was due by" in text


def test_an_order_of_a_court_has_its_scope_its_end_and_where_to_see_it_and_is_never_silent(
    cast: Cast,
) -> None:
    """Court of Protection, or a tribunal. Without each answer it is no ground; it ends when the order
    does; the person and her advocate are told at once, and read all of it."""
    decision = acts.raised(cast.priya, cast.lena, change="move")
    until = clock.today() + timedelta(days=20)
    order = {
        "made_by": "The Court of Protection",
        "order_number": "COP 123",
        "ends_on": until.isoformat(),
        "allows": "That she moves to Alder House, section 16 of the Mental Capacity Act.",
        "where": "At the office in Mill Lane, or from her solicitor.",
    }
    for left_out in order:
        lacking = acts.evidence("court_or_power", **(order | {left_out: ""}))
        with pytest.raises(Refused):
            do(
                commands.RecordGround(decision=decision, code="court_or_power", evidence=lacking),
                by=cast.priya,
            )
    Outbox.objects.all().delete()
    whole = acts.evidence("court_or_power", **order)
    do(commands.RecordGround(decision=decision, code="court_or_power", evidence=whole), by=cast.priya)
    ground = acts.latest(models.Ground, decision)
    assert clock.day_of(ground.expires_at) == until, "no longer than the order itself"
    told = {row.payload["person"] for row in Outbox.objects.filter(kind="tell")}
    assert {one.person.hex for one in (cast.lena, cast.mina) if one.person} <= told
    for who in (cast.lena, cast.mina):
        text = page(who, at(decision) + "/law")
        for words in (order["made_by"], order["allows"], order["where"]):
            assert words in text
    assert browser_of(cast.victor).get(at(decision) + "/law").status_code == 404
