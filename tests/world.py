"""The cast: made-up people of Wexmoor, their bodies and who they are to each other, built through the door.

    def test_…(cast: Cast) -> None:
        do(SomeCommand(person=cast.rosa.person, …), by=cast.rosa)

Everyone is an Actor. Their ids are the same in every run, so that a failing test can be read.
"""

from dataclasses import dataclass, fields
from typing import Any
from uuid import UUID, uuid5

from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.topics.people.commands.bodies import (
    AddOffice,
    AddOrganisation,
    AddTeam,
    AppointToOffice,
    CountTheBoard,
)
from alongside.topics.people.commands.links import AgreeToLink, LegalBasis, Relate
from alongside.topics.people.commands.persons import AddPerson
from alongside.topics.people.commands.posts import GivePost, JoinBody
from alongside.topics.people.commands.reaching import AskForFormat, SetWayToTell
from alongside.topics.people.models import LinkKind, OrganisationKind, Scope

WEXMOOR = UUID("3e7c0a52-1d6f-4b8e-9a90-5f2d1c8b7a60")
DAY = "2026-01-05"  # the day the cast was written down; tests stand on any later day
BUILDER = Actor(installation=True, way="cli", strong=True)


def named(name: str) -> UUID:
    """The id of somebody or something in Wexmoor."""
    made = uuid5(WEXMOOR, name)
    return UUID(bytes=made.bytes, version=4)


@dataclass(frozen=True)
class Cast:
    """The people of the tests. `cast.rosa.person` is Rosa's id."""

    rosa: Actor  # draws on support; by paper, in large print; no email, no telephone
    devon: Actor  # Rosa's unpaid carer; by text message; sees what Rosa shows him
    priya: Actor  # social worker in East; named worker of Rosa and Lena
    ken: Actor  # manager of East, over Priya
    june: Actor  # head of adult social care, over Ken
    omar: Actor  # social worker in West; Ana's named worker; not in Ken's line
    dee: Actor  # works in the duty team
    ana: Actor  # runs the user-led organisation; draws on support; has an advocate, Mina
    mina: Actor  # advocate of Ana and of Lena
    sol: Actor  # an advocate whom nobody has asked yet
    lena: Actor  # draws on support; in danger from Victor
    victor: Actor  # Lena's unpaid carer, holds her power of attorney, shares her telephone, harms her
    boyd: Actor  # councillor
    tom: Actor  # works for the provider; helps Rosa
    stranger: Actor  # on record, and nothing to anyone here
    council: UUID
    provider: UUID
    ulo: UUID
    advocacy: UUID  # the advocacy service that Mina and Sol work for
    service: UUID  # adult social care: the team over East, West and duty
    east: UUID
    west: UUID
    duty: UUID
    kens_office: UUID
    junes_office: UUID

    def everyone(self) -> dict[str, Actor]:
        """Each person of the cast by name."""
        return {
            each.name: getattr(self, each.name)
            for each in fields(self)
            if isinstance(getattr(self, each.name), Actor)
        }


NAMES = {
    "rosa": "Rosa Marlow",
    "devon": "Devon Marlow",
    "priya": "Priya Nair",
    "ken": "Ken Holt",
    "june": "June Okafor",
    "omar": "Omar Aziz",
    "dee": "Dee Pritchard",
    "ana": "Ana Reyes",
    "mina": "Mina Kowalska",
    "sol": "Sol Adeyemi",
    "lena": "Lena Fox",
    "victor": "Victor Fox",
    "boyd": "Councillor Boyd",
    "tom": "Tom Ashe",
    "stranger": "Sam Stroud",
}
STRONG = {"priya", "ken", "june", "omar", "dee", "mina", "sol", "boyd", "tom"}


def world() -> Cast:
    """Build the cast through the door, on the day it was written down."""
    with clock.at(DAY):
        _bodies()
        _persons()
        actors = {name: _actor(name) for name in NAMES}
        _posts(actors)
        _lives(actors)
        _ways(actors)
    places = ("council", "provider", "ulo", "advocacy", "service", "east", "west", "duty")
    offices = ("kens_office", "junes_office")
    found: dict[str, Any] = {**actors, **{name: named(name) for name in (*places, *offices)}}
    return Cast(**found)


def _actor(name: str) -> Actor:
    office = {"ken": named("kens_office"), "june": named("junes_office")}.get(name)
    return Actor(person=named(name), office=office, strong=name in STRONG)


def _bodies() -> None:
    bodies = {
        "council": ("Wexmoor Council", OrganisationKind.COUNCIL),
        "provider": ("Homelight Care", OrganisationKind.PROVIDER),
        "ulo": ("Wexmoor Living Our Way", OrganisationKind.USER_LED),
        "advocacy": ("Wexmoor Advocacy", OrganisationKind.COMMUNITY),
    }
    for key, (name, kind) in bodies.items():
        do(AddOrganisation(organisation=named(key), kind=kind, name=name), by=BUILDER)
    council = named("council")
    do(AddTeam(team=named("service"), organisation=council, name="Adult social care"), by=BUILDER)
    for key, name in {"east": "East team", "west": "West team", "duty": "Duty team"}.items():
        do(
            AddTeam(
                team=named(key),
                organisation=council,
                above=named("service"),
                name=name,
                is_duty=key == "duty",
            ),
            by=BUILDER,
        )
    offices = {
        "kens_office": ("Team manager, East", "east"),
        "junes_office": ("Head of adult social care", "service"),
    }
    for key, (name, team) in offices.items():
        do(AddOffice(office=named(key), organisation=council, team=named(team), name=name), by=BUILDER)


def _persons() -> None:
    draws = {"rosa": "east", "lena": "east", "ana": "west"}
    for key, name in NAMES.items():
        team = named(draws[key]) if key in draws else None
        add = AddPerson(
            person=named(key),
            draws=named(f"{key} draws"),
            organisation=named("council"),
            name=name,
            team=team,
        )
        do(add, by=BUILDER)


def _posts(cast: dict[str, Actor]) -> None:
    posts = {
        "june": ("council", "service", LinkKind.MANAGER),
        "ken": ("council", "east", LinkKind.MANAGER),
        "priya": ("council", "east", LinkKind.PRACTITIONER),
        "omar": ("council", "west", LinkKind.PRACTITIONER),
        "dee": ("council", "duty", LinkKind.PRACTITIONER),
        "boyd": ("council", None, LinkKind.COUNCILLOR),
        "tom": ("provider", None, LinkKind.PROVIDER_STAFF),
        "ana": ("ulo", None, LinkKind.MANAGER),
        "mina": ("advocacy", None, LinkKind.PRACTITIONER),
        "sol": ("advocacy", None, LinkKind.PRACTITIONER),
    }
    for key, (body, team, kind) in posts.items():
        person = cast[key].person
        assert person is not None
        post = GivePost(
            link=named(f"{key} post"),
            organisation=named(body),
            person=person,
            kind=kind,
            team=named(team) if team else None,
        )
        do(post, by=BUILDER)
    for office, key in {"kens_office": "ken", "junes_office": "june"}.items():
        do(
            AppointToOffice(holding=named(f"{key} holds"), office=named(office), person=named(key)),
            by=BUILDER,
        )
    do(
        JoinBody(link=named("ana board"), person=named("ana"), organisation=named("ulo"), on_the_board=True),
        by=BUILDER,
    )
    count = CountTheBoard(
        count=named("ulo count"),
        organisation=named("ulo"),
        counted_on=clock.today(),
        members=8,
        who_draw_on_support=7,
    )
    do(count, by=cast["ana"])


def _lives(cast: dict[str, Actor]) -> None:
    workers = {"rosa": ("priya", "east"), "lena": ("priya", "east"), "ana": ("omar", "west")}
    for key, (worker, team) in workers.items():
        named_worker = Relate(
            link=named(f"{key} {worker}"),
            person=named(key),
            other=named(worker),
            kind=LinkKind.NAMED_WORKER,
            team=named(team),
        )
        do(named_worker, by=BUILDER)
    agreed = [
        ("rosa", "devon", LinkKind.CARER, True),
        ("lena", "victor", LinkKind.CARER, True),  # she was pressed to let him see
        ("lena", "mina", LinkKind.ADVOCATE, True),
        ("ana", "mina", LinkKind.ADVOCATE, True),
    ]
    for key, other, kind, shows in agreed:
        link = named(f"{key} {other}")
        do(Relate(link=link, person=named(key), other=named(other), kind=kind), by=BUILDER)
        do(AgreeToLink(link=link, shows=shows), by=cast[key])
    do(
        Relate(
            link=named("lena victor attorney"),
            person=named("lena"),
            other=named("victor"),
            kind=LinkKind.ATTORNEY,
            scope=Scope.MONEY,
            legal_basis=LegalBasis.LASTING_POWER,
            document="7000-1234-5678",
        ),
        by=BUILDER,
    )
    do(
        Relate(
            link=named("rosa tom"),
            person=named("rosa"),
            other=named("tom"),
            kind=LinkKind.PROVIDER_STAFF,
            organisation=named("provider"),
        ),
        by=BUILDER,
    )


def _ways(cast: dict[str, Actor]) -> None:
    formats = {"rosa": "print_20", "devon": "plain", "lena": "plain", "ana": "electronic", "victor": "plain"}
    for key, code in formats.items():
        do(AskForFormat(need=named(f"{key} format"), person=named(key), code=code), by=cast[key])
    ways = [
        ("rosa", "letter_large", "3 Alder Row, Wexmoor WX1 2AB", True, 1, None),
        ("devon", "text", "07700 900123", True, 1, None),
        ("ana", "email", "ana@wexmoor.example", True, 1, None),
        ("lena", "phone", "07700 900456, ask for the choir", True, 1, None),  # a friend's telephone
        ("lena", "text", "07700 900789", False, 2, "victor"),  # the one he holds too
        ("victor", "text", "07700 900789", True, 1, None),
    ]
    for key, channel, address, is_safe, place, shared in ways:
        way = SetWayToTell(
            way=named(f"{key} {channel}"),
            person=named(key),
            channel=channel,
            address=address,
            is_safe=is_safe,
            place=place,
            shared_with=named(shared) if shared else None,
        )
        do(way, by=cast[key])
