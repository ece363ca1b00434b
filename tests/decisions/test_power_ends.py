"""An attorney or deputy until their last day: what they and those who decide read before, on and after it."""

import pytest

from alongside.interfaces.leaving import Work, do_what_is_due
from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.kernel.models import Outbox
from alongside.kernel.policy import THE_CLOCK
from alongside.topics.decisions import commands, models
from alongside.topics.people.commands.ending import EndLink, WhyEnded
from tests.decisions import acts
from tests.decisions.power import BILLS, LAST_DAY, deputy, matter, reason
from tests.interfaces.conftest import browser_of
from tests.visitor import page
from tests.world import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]


def test_a_legal_reason_ends_with_the_power_that_it_rests_on(cast: Cast) -> None:
    """It said that it ends in a year, and that he decides until then; his power ended in three weeks."""
    with clock.at("2026-03-02"):
        deputy(cast)
        decision = matter(cast)
        assert clock.day_of(reason(cast, decision).expires_at) == LAST_DAY
        assert "It ends by itself on 20 March 2026" in page(cast.ken, f"/decisions/{decision}/law")
    with clock.at("2026-03-20"):
        assert BILLS in page(cast.devon, "/")
    with clock.at("2026-03-21"):
        ground = models.Ground.everything.get(decision=decision)
        do(commands.LapseGround(decision=decision, ground=ground.id), by=THE_CLOCK)
        assert "This has ended" in page(cast.ken, f"/decisions/{decision}/law")
        assert BILLS not in page(cast.devon, "/")
        assert browser_of(cast.devon).get(f"/decisions/{decision}").status_code == 404


def test_whoever_decides_by_a_power_is_told_and_finds_it_on_their_own_page(cast: Cast) -> None:
    with clock.at("2026-03-02"):
        deputy(cast)
        decision = matter(cast)
        reason(cast, decision)
        told = Outbox.objects.filter(kind="tell", payload__person=cast.devon.person.hex)  # type: ignore[union-attr]  # he has one
        assert decision.hex in {row.payload.get("matter") for row in told}
        shown = page(cast.devon, "/")
        assert BILLS in shown and "Say what you decide for them" in shown
        assert "Say what they told you" not in page(cast.devon, f"/decisions/{decision}")


def test_after_a_power_was_ended_early_the_page_does_not_say_that_they_answered(cast: Cast) -> None:
    with clock.at("2026-03-02"):
        link, decision = deputy(cast), matter(cast)
        reason(cast, decision)
        acts.safeguard(decision, cast.ken, "involved_anyway")
        acts.said(decision, cast.devon, "for", "By direct debit.", on_behalf=cast.lena.person)
        assert "Lena Fox has answered" not in page(cast.ken, f"/decisions/{decision}"), "her deputy has"
        do(EndLink(link=link, why=WhyEnded.POWER_ENDED), by=cast.ken)
        shown = page(cast.ken, f"/decisions/{decision}")
        assert "Lena Fox has answered" not in shown and "may not speak for them now" in shown
        assert "There is a legal reason to decide without an answer" not in shown
        assert BILLS in page(cast.lena, "/")
        hers = page(cast.lena, f"/decisions/{decision}")
        assert "Devon Marlow may not speak for you now" in hers and "You have answered" not in hers
        law = page(cast.ken, f"/decisions/{decision}/law")
        assert "The power that this rests on is not in use now" in law and "This holds now" not in law


def test_a_power_that_ends_by_its_day_sends_word_and_each_page_says_what_follows(cast: Cast) -> None:
    """In the middle of a matter, and nobody did anything: she, her advocate and whoever decides are told."""
    with clock.at("2026-03-02"):
        deputy(cast)
        decision = matter(cast)
        reason(cast, decision)
        acts.said(decision, cast.devon, "for", "By direct debit.", on_behalf=cast.lena.person)
        before = set(Outbox.objects.values_list("pk", flat=True))
    with clock.at("2026-03-20"):
        do_what_is_due(Work())
        assert not Outbox.objects.exclude(pk__in=before).exists()
    with clock.at("2026-03-21"):
        do_what_is_due(Work())
        told = {row.payload["person"] for row in Outbox.objects.exclude(pk__in=before)}
        assert told == {one.person.hex for one in (cast.lena, cast.mina, cast.ken) if one.person is not None}
        hers, his = page(cast.lena, "/"), page(cast.ken, "/")
        assert BILLS in hers and "They must look at this again" in hers
        assert "You cannot decide this yet" in his and "who may not speak for them now" in his
        assert BILLS in page(cast.mina, "/")
        for other in (cast.devon, cast.victor):
            assert BILLS not in page(other, "/")


def test_what_protects_them_is_named_and_can_be_written_down_where_it_is_missing(cast: Cast) -> None:
    """“Needs a safeguard that is not written down yet”: which one, and where, the page did not say."""
    with clock.at("2026-03-02"):
        deputy(cast)
        decision = matter(cast)
        reason(cast, decision)
        shown = page(cast.ken, f"/decisions/{decision}")
        assert "Write down what protects Lena Fox: “They were involved as far as they could be”" in shown
        acts.safeguard(decision, cast.ken, "involved_anyway")
        assert "Write down what protects Lena Fox" not in page(cast.ken, f"/decisions/{decision}")


def test_of_several_each_legal_reason_says_about_whom_it_would_be(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.lena)
    assert "Write down a legal reason, if there is one" in page(cast.ken, f"/decisions/{decision}")
    named = commands.SayWhoIsAffected(decision=decision, person=cast.devon.person, stake="life")
    do(named, by=cast.ken)
    shown = page(cast.ken, f"/decisions/{decision}")
    assert "Write down a legal reason about Lena Fox, if there is one" in shown
    assert "Write down a legal reason about Devon Marlow, if there is one" in shown


def test_who_decides_on_a_legal_reason_does_not_read_that_everybody_has_answered(cast: Cast) -> None:
    with clock.at("2026-03-02"):
        decision = acts.raised(cast.ken, cast.lena, "Move Lena to a home", "move")
        found = acts.ground(decision, cast.ken)
        acts.safeguard(decision, cast.ken, "involved_anyway", "least_restrictive")
        acts.looked(found, cast.mina)
        shown = page(cast.ken, f"/decisions/{decision}")
        assert "You can decide this now" in shown and "has answered" not in shown
        assert "A legal reason holds, and somebody outside has seen it." in shown


def test_those_who_decide_read_before_it_that_a_legal_reason_ends(cast: Cast) -> None:
    with clock.at("2026-03-02"):
        deputy(cast)
        decision = matter(cast)
        reason(cast, decision)
        assert "The legal reason ends on that day." not in page(cast.ken, "/")
    with clock.at("2026-03-10"):
        shown = page(cast.ken, "/")
        assert "The legal reason ends on that day." in shown and "Look again by 20 March 2026" in shown
        assert "The legal reason ends on that day." not in page(cast.devon, "/")
