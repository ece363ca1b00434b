"""Somebody it affects who is not on record: added by one page, and nobody learns who is on record."""

from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

from alongside.kernel.command import Missing, NotAllowed, Refused
from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.topics.decisions import commands, models
from alongside.topics.people.commands.access import LinkSignIn
from alongside.topics.people.commands.persons import PutNameRight
from alongside.topics.people.models import Findable, Person, WayToTell
from alongside.topics.people.policy import name_of, safe_way
from tests.decisions import acts
from tests.interfaces.conftest import browser_of
from tests.world import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]


def newcomer(matter: UUID) -> UUID:
    row = models.Affected.everything.filter(decision=matter).order_by("-made_by").first()
    assert row is not None and row.person is not None
    found: UUID = row.person
    return found


def add(matter: UUID, by: Actor, **more: Any) -> UUID:
    do(commands.NameSomebodyNew(decision=matter, name="Aunt Bea", **more), by=by)
    return newcomer(matter)


def test_the_person_adds_somebody_from_the_matters_page_with_one_form(cast: Cast) -> None:
    matter = acts.raised(cast.ken, cast.rosa)
    rosa = browser_of(cast.rosa)
    page = rosa.get(reverse("decisions:decision", args=[matter])).content.decode()
    link = page.split('href="' + reverse("do", args=["decisions.affected_named"]))[1].split('"')[0]
    page = rosa.get(
        reverse("do", args=["decisions.affected_named"]) + link.replace("&amp;", "&")
    ).content.decode()
    here = reverse("do", args=["decisions.newcomer_named"])
    assert "They are not in the list: add them" in page and here in page
    answer = rosa.post(
        here, {"decision": matter, "name": "Aunt Bea", "reach": "through_me", "stake": "other"}
    )
    assert answer.status_code == 303, answer.content.decode()[:2000]
    who = newcomer(matter)
    assert name_of(who) == "Aunt Bea"
    ken = browser_of(cast.ken)
    assert (
        "We have not told Aunt Bea" in ken.get(reverse("decisions:decision", args=[matter])).content.decode()
    )


def test_a_decision_waits_for_a_newcomer_whose_home_it_is(cast: Cast) -> None:
    matter = acts.raised(cast.ken, cast.rosa)
    acts.sent(matter, cast.ken)
    view = acts.said(matter, cast.rosa, "for", "Yes.")
    add(matter, cast.rosa, stake="home")
    with pytest.raises(Refused, match="Aunt Bea"):
        acts.decided(matter, cast.ken)
    assert view.id


def test_a_number_that_another_gave_is_not_used_before_it_is_known_to_be_safe(cast: Cast) -> None:
    matter = acts.raised(cast.priya, cast.lena, "A flat of her own", "start")
    who = add(matter, cast.mina, reach="text", address="07700 900789")
    from alongside.kernel import clock

    assert WayToTell.everything.filter(person=who).count() == 1
    assert safe_way(who, clock.now()) is None


def test_the_one_who_named_them_gains_no_power_over_the_record(cast: Cast) -> None:
    """Or Victor, as a voice, could make a person, tie his own email to them, and speak as two."""
    matter = acts.raised(cast.priya, cast.lena, "Another bank", "money")
    acts.ground(matter, cast.priya, "attorney_or_deputy", holder=cast.victor.person)
    who = add(matter, cast.victor)
    strong = Actor(person=cast.victor.person, strong=True)
    for act in (LinkSignIn(person=who, address="v@wexmoor.example"), PutNameRight(person=who, name="Me")):
        with pytest.raises((NotAllowed, Missing)):
            do(act, by=strong)
    do(PutNameRight(person=who, name="Beatrice"), by=cast.priya)
    assert name_of(who) == "Beatrice"


def test_nobody_learns_who_is_on_record_by_adding_a_name_that_is(cast: Cast) -> None:
    """The answer is the same, a new record is made, and the one who was there before is not shown."""
    matter = acts.raised(cast.ken, cast.rosa)
    answers = []
    for name in ("Sam Stroud", "Nobody Atall"):
        before = Person.everything.count()
        done = do(commands.NameSomebodyNew(decision=matter, name=name), by=cast.rosa)
        answers.append((done.thing, Person.everything.count() - before))
    assert answers == [(matter, 1), (matter, 1)]
    seen = Findable.objects.seen_by(cast.rosa).filter(pk=cast.stranger.person)
    assert not seen.exists()


@pytest.mark.parametrize("name", ["stranger", "boyd", "tom", "devon"])
def test_nobody_without_a_part_in_it_adds_anybody(cast: Cast, name: str) -> None:
    matter = acts.raised(cast.ken, cast.rosa)
    with pytest.raises((NotAllowed, Missing)):
        add(matter, cast.everyone()[name])
