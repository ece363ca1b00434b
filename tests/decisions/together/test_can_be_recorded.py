"""No row of the yardstick asks for what nobody can write down."""

from datetime import timedelta

import pytest
from django.test import Client

from alongside.kernel import clock
from alongside.kernel.command import Refused
from alongside.kernel.door import do
from alongside.kernel.policy import INSTALLATION
from alongside.topics.decisions import commands, models
from alongside.topics.decisions.engine.facts import Facts
from alongside.topics.decisions.engine.indicators import option_origin, origin
from alongside.topics.decisions.engine.rung import profile
from alongside.topics.decisions.models import Act, ComesAs
from alongside.topics.decisions.pages import yardstick_words as said
from alongside.topics.decisions.pages.together import facts_of
from tests.decisions import changing
from tests.decisions.problems import raised
from tests.decisions.together.hall import Hall, hall
from tests.decisions.together.plain import decided, matter, one, standing, way
from tests.visitor import page
from tests.world import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]
__all__ = ["hall"]
PAY = {"activity": "An evening", "minutes": 60, "rate_pence": 1500, "in_writing": True}


def test_whoever_said_that_they_took_part_can_be_offered_pay_by_those_who_decide(hall: Hall) -> None:
    hall.says(commands.SayITookPart, hall.cast.rosa, meeting=hall.meeting, act=Act.SPOKE)
    part = hall.latest(models.PartTaken).id
    mine = page(hall.cast.june, f"/decisions/{hall.matter}/my-part")
    assert "Offer pay" in mine and f"part={part}" in mine
    hall.says(commands.OfferPay, hall.cast.june, part=part, meeting=hall.meeting, **PAY)
    offer = hall.latest(models.PayOffer)
    asked = page(hall.cast.rosa, f"/do/decisions.pay_answered?decision={hall.matter}&offer={offer.id}")
    assert "What you were offered" in asked and "an hour, for" in asked
    assert offer.person == hall.cast.rosa.person
    assert "An evening" in page(hall.cast.rosa, f"/decisions/{hall.matter}/my-part")


def test_nobody_is_offered_pay_by_a_part_that_the_one_who_offers_may_not_see(hall: Hall) -> None:
    hall.says(commands.SayITookPart, hall.cast.rosa, meeting=hall.meeting, act=Act.SPOKE)
    part = hall.latest(models.PartTaken).id
    with pytest.raises(Refused, match="could not find that"):  # of the body, and not one of those who decide
        hall.says(commands.OfferPay, hall.cast.priya, part=part, **PAY)
    for who in ({}, {"part": part, "person": hall.cast.omar.person}):
        with pytest.raises(Refused, match="Choose one person"):
            hall.says(commands.OfferPay, hall.cast.june, **who, **PAY)


def test_what_is_agreed_as_it_was_raised_is_the_way_of_whoever_raised_it() -> None:
    theirs = (standing("rosa", is_shown=True),)
    as_raised = decided(raised_by=one("rosa"), is_as_raised=True)
    found = option_origin(Facts(as_raised, standings=theirs))
    assert (found.value, found.of, found.missing) == (1, 1, ())
    assert found.rests_on == (one("entry of matter"),)
    not_openly = (standing("rosa", is_shown=False),)
    assert option_origin(Facts(as_raised, standings=not_openly)).value == 0
    changed = decided(raised_by=one("rosa"))
    assert option_origin(Facts(changed, standings=theirs)).missing == ("way_chosen",)
    other = decided(raised_by=one("rosa"), adopted=one("a way"))
    assert option_origin(Facts(other, standings=theirs, ways=(way("a way", "ken"),))).value == 0


def test_a_matter_that_a_rule_raised_was_raised_by_nobody() -> None:
    found = origin(Facts(matter(raised_by=INSTALLATION, is_raised_by_a_rule=True)))
    assert (found.value, found.says, found.missing) == (0, "a_rule", ())
    assert "A rule did" in said.says(found)


def test_the_words_of_the_problem_say_why_a_matter_was_raised(cast: Cast) -> None:
    problem = raised(cast, cast.rosa)
    about = {"organisation": cast.council, "change": "start"}
    with_it = do(commands.RaiseAboutPlace(**about, what="A ramp", problem=problem), by=cast.june).thing
    bare = do(commands.RaiseAboutPlace(**about, what="A lift"), by=cast.june).thing

    def step(pk: object) -> str:
        return profile(facts_of(models.Decision.everything.get(id=pk))).reached.step

    assert (step(with_it), step(bare)) == ("educating", "coercion")
    do(commands.HoldWords(problem=problem, reason="names_someone"), by=cast.ken)
    assert step(with_it) == "coercion"  # then nobody can read why


def test_what_they_say_after_months_is_in_the_row_of_whether_it_lasts(cast: Cast) -> None:
    from alongside.topics.promises.commands import GiveVerdict, MakePromise, SayWhetherItHolds
    from alongside.topics.promises.models import PromisedTo
    from alongside.topics.promises.pages.panels import last_words

    decision = changing.hall(cast)
    made = MakePromise(
        organisation=cast.council,
        what="Open on Sundays",
        due_on=clock.today() + timedelta(days=10),
        decision=decision,
        group="Everyone in East",
        group_of=cast.ulo,
        group_size=30,
    )
    promise = do(made, by=cast.june).thing
    clock.advance(days=11)
    made_to = PromisedTo.everything.get(promise=promise).id
    do(GiveVerdict(promise=promise, made_to=made_to, said="kept"), by=cast.ana)
    clock.advance(days=200)
    facts = facts_of(models.Decision.everything.get(id=decision))
    assert profile(facts).finding("persistence").value == 0  # nobody has said since
    for answer, held in (("no_longer", 0), ("still", 1)):
        do(SayWhetherItHolds(promise=promise, made_to=made_to, said=answer), by=cast.ana)
        assert last_words([promise])[promise] == [(clock.today(), "kept" if held else "not_kept")]
        facts = facts_of(models.Decision.everything.get(id=decision))
        assert profile(facts).finding("persistence").value == held


def test_the_page_of_the_yardstick_is_the_same_for_everyone_and_links_to_its_entries(hall: Hall) -> None:
    hall.says(commands.SayWhatIComeAs, hall.cast.rosa, comes_as=ComesAs.PERSON)
    hall.says(commands.SayITookPart, hall.cast.rosa, meeting=hall.meeting, act=Act.SPOKE)
    rows = Client().get(f"/api/decisions/{hall.matter}/yardstick").json()["rows"]
    text = page(None, f"/decisions/{hall.matter}/yardstick")
    for row in rows:
        if row["value"] is not None:
            link = f"/decisions/{hall.matter}/yardstick/rests-on?row={row['row']}"
            assert link in text and page(None, link)
