"""Who sees what: for every table, every pair of the cast, against what was written down beforehand."""

from typing import Any

import pytest

from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.kernel.policy import NOBODY, Actor
from alongside.topics.people.commands.ending import EndLink, WhyEnded
from alongside.topics.people.commands.posts import PlaceWithTeam
from alongside.topics.people.commands.speaking import DisputeSpeaker
from alongside.topics.people.models import (
    Asking,
    CouncilReference,
    Dispute,
    Findable,
    Holding,
    InformationNeed,
    Link,
    Person,
    SignInName,
    WayIn,
    WayToTell,
)
from tests.world import Cast, named

# Who may know of whom. Each knows themselves. Written by hand from the cast's own story.
EAST = {"rosa", "lena"}
COUNCIL = {"priya", "ken", "june", "omar", "dee"}
GROUPS = {"ana", "mina", "sol"}  # they work in a user-led organisation and an advocacy service
AROUND = {"devon", "tom", "victor", "mina"}  # whom the workers of Rosa and Lena find around them
KNOWS = {
    "rosa": {"devon", "priya", "tom"},
    "devon": {"rosa"},
    "priya": {*EAST, *AROUND, *COUNCIL, *GROUPS, "boyd"},
    "ken": {*EAST, *AROUND, *COUNCIL, *GROUPS, "boyd"},
    "june": {*EAST, *AROUND, *COUNCIL, *GROUPS, "boyd"},
    "omar": {*COUNCIL, *GROUPS, "boyd"},
    "dee": {*COUNCIL, *GROUPS, "boyd"},
    "ana": {"omar", *GROUPS},
    "mina": {"lena", *GROUPS},
    "sol": GROUPS,
    "lena": {"priya", "victor", "mina"},
    "victor": {"lena"},
    "boyd": set(),
    "tom": {"rosa", *GROUPS},
    "stranger": set(),
}
WRITE_TO = {"priya": EAST, "ken": EAST, "june": {*EAST, "ana"}, "omar": {"ana"}}
MEET_NEEDS = {**WRITE_TO, "mina": {"ana", "lena"}, "tom": {"rosa"}}


def seen(model: Any, actor: Actor, column: str = "person") -> set[Any]:
    return set(model.objects.seen_by(actor).values_list(column, flat=True))


def test_each_of_the_cast_knows_of_those_they_have_to_do_with_and_nobody_else(cast: Cast) -> None:
    for name, actor in cast.everyone().items():
        expected = {named(name), *(named(other) for other in KNOWS[name])}
        assert seen(Person, actor, "id") == expected, name
        people = Findable.objects.seen_by(actor).filter(kind=Findable.PERSON)
        assert set(people.values_list("id", flat=True)) == expected, name


def test_a_safe_way_is_seen_by_the_person_and_those_who_write_to_them(cast: Cast) -> None:
    told = set(WayToTell.everything.values_list("person", flat=True))
    for name, actor in cast.everyone().items():
        expected = {named(name), *(named(other) for other in WRITE_TO.get(name, set()))} & told
        assert seen(WayToTell, actor) == expected, name


def test_needs_are_seen_by_those_who_must_meet_them(cast: Cast) -> None:
    known = set(InformationNeed.everything.values_list("person", flat=True))
    for name, actor in cast.everyone().items():
        expected = {named(name), *(named(other) for other in MEET_NEEDS.get(name, set()))} & known
        assert seen(InformationNeed, actor) == expected, name


def test_victor_sees_nothing_of_lena_but_what_joins_him_to_her(cast: Cast) -> None:
    do(DisputeSpeaker(link=named("lena victor attorney"), words="Please."), by=cast.lena)
    his = {named("lena victor"), named("lena victor attorney")}
    assert seen(Link, cast.victor, "id") == his
    for model in (WayToTell, Dispute, SignInName, CouncilReference, WayIn, Asking):
        column = "id" if model is Asking else "person"
        assert named("lena") not in seen(model, cast.victor, column), model
    assert named("mina") not in seen(Person, cast.victor, "id")
    assert named("priya") not in seen(Person, cast.victor, "id")


@pytest.mark.parametrize(
    "model", [Person, Link, WayToTell, InformationNeed, Dispute, SignInName, WayIn, Holding]
)
def test_nobody_and_strangers_see_no_row_about_anyone_else(cast: Cast, model: Any) -> None:
    do(DisputeSpeaker(link=named("ana mina")), by=cast.priya)
    assert not model.objects.seen_by(NOBODY).exists()
    own = {named("stranger")} if model is Person else set()
    assert seen(model, cast.stranger, "id") == own


def test_a_code_from_a_letter_opens_nothing_about_people(cast: Cast) -> None:
    came = Actor(person=named("rosa"), only=named("some matter"), way="code")
    assert seen(Person, came, "id") == {named("rosa")}
    for model in (Link, WayToTell, Dispute, SignInName, WayIn, Holding):
        assert not model.objects.seen_by(came).exists(), model


def test_the_duty_team_sees_whom_it_looks_after_and_no_others(cast: Cast) -> None:
    assert named("rosa") not in seen(Person, cast.dee, "id")
    do(PlaceWithTeam(person=named("rosa"), team=cast.duty), by=cast.ken)
    assert named("rosa") in seen(Person, cast.dee, "id")
    assert named("lena") not in seen(Person, cast.dee, "id")


def test_a_link_that_has_ended_shows_nothing_more(cast: Cast) -> None:
    do(EndLink(link=named("rosa tom"), why=WhyEnded.MOVED_ON), by=cast.priya)
    assert named("rosa") not in seen(Person, cast.tom, "id")
    assert not seen(InformationNeed, cast.tom)
    assert not Link.everything.filter(pk=named("rosa tom"), closes_at__gt=clock.now()).exists()
