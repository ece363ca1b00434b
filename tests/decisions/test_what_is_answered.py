"""Whoever is asked to answer something sees it above the question: nobody answers from memory."""

import pytest

from alongside.kernel.door import do
from alongside.topics.decisions import commands, models
from alongside.topics.decisions.models import Sees
from tests.decisions import acts
from tests.decisions.thinking import hall, place_view
from tests.interfaces.conftest import browser_of
from tests.visitor import page
from tests.world import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]


def form(cast_member: object, kind: str, **given: object) -> str:
    """The form of one act, above the button."""
    asked = "&".join(f"{name}={value}" for name, value in given.items())
    return page(cast_member, f"/do/decisions.{kind}?{asked}")  # type: ignore[arg-type]  # an Actor


def test_whoever_is_asked_if_they_carry_a_risk_reads_which(cast: Cast) -> None:
    place = hall(cast)
    do(commands.AddOption(decision=place, name="Four days", change="cut"), by=cast.june)
    option = acts.latest(models.Option, place).id
    words = {"words": "The heating fails.", "to_whom": "Those who stay all day"}
    do(commands.AddRisk(decision=place, option=option, carrier=cast.june.person, **words), by=cast.ana)
    asked = form(cast.june, "risk_answered", decision=place, risk=acts.latest(models.Risk, place).id)
    assert "The heating fails." in asked and "Those who stay all day" in asked


def test_whoever_signs_a_position_reads_the_words_they_sign(cast: Cast) -> None:
    place = hall(cast)
    do(commands.BeginJoint(decision=place, name="Mondays", words="Keep it warm on Mondays."), by=cast.ana)
    joint = acts.latest(models.Joint, place).id
    signing = {"decision": place, "joint": joint}
    assert "Keep it warm on Mondays." in form(cast.devon, "joint_signed", **signing, number=1)
    do(commands.RewriteJoint(**signing, words="Keep it warm each day."), by=cast.ana)
    asked = form(cast.devon, "joint_signed", **signing, number=1)
    assert "Keep it warm each day." in asked and "Version 2" in asked


def test_evidence_is_read_above_the_answer_by_those_who_may_read_it_and_by_nobody_else(cast: Cast) -> None:
    place = hall(cast)
    lived = commands.BringEvidence(
        decision=place, kind="lived_experience", words="I fell there.", agrees=True, only_deciders=True
    )
    do(lived, by=cast.devon)
    row = acts.latest(models.Evidence, place)
    assert row.sees == Sees.DECIDERS
    assert "I fell there." in form(cast.june, "evidence_used", decision=place, evidence=row.id)
    assert "I fell there." not in form(cast.ana, "evidence_answered", decision=place, evidence=row.id)


def test_an_offer_of_support_is_read_before_it_is_answered(cast: Cast) -> None:
    place = hall(cast)
    do(commands.AskForSupport(decision=place, what="advice", for_all=True), by=cast.ana)
    asked = acts.latest(models.Support, place).id
    offer = {"supporter": "A money adviser", "payer": "The council", "hours": 8}
    do(commands.OfferSupport(decision=place, asked=asked, what="advice", **offer), by=cast.june)
    read = form(cast.ana, "support_answered", decision=place, support=asked)
    assert "A money adviser" in read and "The council" in read


def test_whoever_looks_again_at_words_that_were_taken_reads_them_and_nobody_else_does(cast: Cast) -> None:
    place = hall(cast)
    place_view(place, cast.devon, words="He lives at number 9.")
    view = acts.latest(models.View, place).id
    take = {"what": f"view:{view}", "reason": "names_somebody", "words": "You named a house."}
    do(commands.TakeFromSight(decision=place, **take), by=cast.omar)
    taken = acts.latest(models.Taken, place).id
    asked = form(cast.devon, "taking_answered", decision=place, taken=taken)
    assert "He lives at number 9." in asked and "You named a house." in asked
    assert "He lives at number 9." in form(cast.dee, "taking_judged", decision=place, taken=taken)
    refused = browser_of(cast.ana).get(f"/do/decisions.taking_judged?decision={place}&taken={taken}")
    assert "number 9" not in refused.content.decode()
