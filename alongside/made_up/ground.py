"""The first days of Wexmoor: its bodies, teams and offices, its people, and who they are to each other."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from alongside.kernel import chance, clock
from alongside.kernel.command import Command
from alongside.kernel.door import do_many
from alongside.kernel.policy import Actor
from alongside.made_up import cast
from alongside.made_up.place import LIVES, STAFF, Place
from alongside.topics.people.commands.bodies import (
    AddOffice,
    AddOrganisation,
    AddTeam,
    AppointToOffice,
    CountTheBoard,
)
from alongside.topics.people.commands.how_often import SetHowOftenWeAsk
from alongside.topics.people.commands.links import AgreeToLink, LegalBasis, Relate
from alongside.topics.people.commands.persons import AddPerson
from alongside.topics.people.commands.posts import GivePost, JoinBody
from alongside.topics.people.commands.reaching import AskForFormat, SetWayToTell
from alongside.topics.people.models import LinkKind, Scope
from alongside.topics.people.models.kinds import HowOften

BUILDER = Actor(installation=True, way="cli", strong=True)
AT_WORK = 20260105  # the seed of what chance gives to those who work here
YEAR = -430  # the day on which the place began, counted from today

ADDRESSES = {
    "rosa": "3 Alder Row, Wexmoor WX1 2AB",
    "devon": "07700 900123",
    "ana": "ana@wexmoor.example",
    "lena": "07700 900456, ask for the choir",  # a friend's telephone
}


def lay(place: Place) -> None:
    """Write down the place and its people, each in one sitting."""
    with clock.at(place.at(YEAR)):
        _together(place, BUILDER, _bodies(place))
        _together(place, BUILDER, _people(place))
        _together(place, BUILDER, _posts(place))
        _together(place, BUILDER, _workers(place))
        _together(place, BUILDER, _near(place))
        for key, other, _kind, shows in cast.NEAR:
            place.do(key, AgreeToLink(link=place.named(f"{key} {other}"), shows=shows))
        for key in LIVES:
            _together(place, place.who(key), _ways(place, key))
        for body in cast.BOARDS:
            _board(place, body)
        _together(place, BUILDER, _of_law(place))
        with chance.seeded(AT_WORK):  # apart, so that chance goes on as before for every story
            for key in STAFF:
                if key not in LIVES:
                    _together(place, place.who(key), _ways_at_work(place, key))


def _together(place: Place, by: Actor, commands: Iterator[Command]) -> None:
    place.lines += len(do_many([(command, None) for command in commands], by=by))


def _bodies(place: Place) -> Iterator[Command]:
    council = place.named("council")
    for body in cast.BODIES:
        yield AddOrganisation(organisation=place.named(body.key), kind=body.kind, name=body.name)
    for key, (name, above, is_duty) in cast.TEAMS.items():
        yield AddTeam(
            team=place.named(key),
            organisation=council,
            above=place.named(above) if above else None,
            name=name,
            is_duty=is_duty,
        )
    for post in cast.POSTS:
        if post.office:
            yield AddOffice(
                office=place.named(f"{post.key} office"),
                organisation=place.named(post.body),
                team=place.named(post.team) if post.team else None,
                name=post.office,
            )


def _people(place: Place) -> Iterator[Command]:
    names = {life.key: life.name for life in cast.LIVES}
    names |= {post.key: post.name for post in cast.POSTS} | cast.NEIGHBOURS
    for key, name in names.items():
        life = LIVES.get(key)
        draws = life is not None and not life.is_carer
        yield AddPerson(
            person=place.named(key),
            draws=place.named(f"{key} draws"),
            organisation=place.named("council"),
            name=name,
            team=place.named(life.team) if life and draws else None,
        )


def _posts(place: Place) -> Iterator[Command]:
    for post in cast.POSTS:
        yield GivePost(
            link=place.named(f"{post.key} post"),
            organisation=place.named(post.body),
            person=place.named(post.key),
            kind=post.kind,
            team=place.named(post.team) if post.team else None,
        )
    for post in cast.POSTS:
        if post.office:
            yield AppointToOffice(
                holding=place.named(f"{post.key} holds"),
                office=place.named(f"{post.key} office"),
                person=place.named(post.key),
            )


def _workers(place: Place) -> Iterator[Command]:
    for life in cast.LIVES:
        yield Relate(
            link=place.named(f"{life.key} {life.worker}"),
            person=place.named(life.key),
            other=place.named(life.worker),
            kind=LinkKind.NAMED_WORKER,
            team=place.named(life.team),
        )


def _near(place: Place) -> Iterator[Command]:
    for key, other, kind, _shows in cast.NEAR:
        yield Relate(
            link=place.named(f"{key} {other}"), person=place.named(key), other=place.named(other), kind=kind
        )


def _of_law(place: Place) -> Iterator[Command]:
    yield Relate(
        link=place.named("rosa tom"),
        person=place.named("rosa"),
        other=place.named("tom"),
        kind=LinkKind.PROVIDER_STAFF,
        organisation=place.named("homelight"),
    )
    yield Relate(
        link=place.named("lena victor attorney"),
        person=place.named("lena"),
        other=place.named("victor"),
        kind=LinkKind.ATTORNEY,
        scope=Scope.MONEY,
        legal_basis=LegalBasis.LASTING_POWER,
        document="7000-1234-5678",
    )


def _ways(place: Place, key: str) -> Iterator[Command]:
    """The formats somebody reads, and the ways they can be told safely."""
    life, person = LIVES[key], place.named(key)
    yield AskForFormat(need=place.named(f"{key} format"), person=person, code=life.format)
    yield _way(place, key, life.way)
    if key == "lena":  # the telephone that Victor holds too
        yield _way(place, key, "text", "07700 900789", shared_with=place.named("victor"))
    if key in ("rosa", "bill"):
        yield SetHowOftenWeAsk(person=person, how_often=HowOften.MONTHLY)


def _ways_at_work(place: Place, key: str) -> Iterator[Command]:
    """How somebody is told who works here: like everyone, by a way they called safe."""
    body, person = STAFF[key].body, place.named(key)
    goes_about = STAFF[key].kind in (LinkKind.PROVIDER_STAFF, LinkKind.COUNCILLOR)
    number = 200 + list(STAFF).index(key) % 700
    yield AskForFormat(need=place.named(f"{key} format"), person=person, code="plain")
    yield SetWayToTell(
        way=place.named(f"{key} at work"),
        person=person,
        channel="text" if goes_about else "email",
        address=f"07700 900{number}" if goes_about else f"{key.replace('_', '.')}@{body}.wexmoor.example",
        is_safe=True,
        place=1,
    )


def _way(
    place: Place, key: str, channel: str, address: str = "", shared_with: UUID | None = None
) -> SetWayToTell:
    number = place.random.randint(100, 999)
    made = {
        "email": f"{key.replace('_', '.')}@wexmoor.example",
        "text": f"07700 900{number}",
        "phone": f"01632 960{number}",
    }
    return SetWayToTell(
        way=place.named(f"{key} {channel}"),
        person=place.named(key),
        channel=channel,
        address=address or ADDRESSES.get(key) or made.get(channel) or f"{number} Mill Street, Wexmoor",
        is_safe=shared_with is None,
        place=1 if shared_with is None else 2,
        shared_with=shared_with,
    )


def _board(place: Place, body: str) -> None:
    members, size, who_draw = cast.BOARDS[body]
    for key in members:
        place.do(
            BUILDER,
            JoinBody(
                link=place.named(f"{key} board"),
                person=place.named(key),
                organisation=place.named(body),
                on_the_board=True,
            ),
        )
    place.do(
        members[0],
        CountTheBoard(
            count=place.named(f"{body} count"),
            organisation=place.named(body),
            counted_on=clock.today(),
            members=size,
            who_draw_on_support=who_draw,
        ),
    )
