"""Short ways to do what the tests of this room do often. Offices that the cast has not are added here."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from alongside.kernel import clock
from alongside.kernel.door import Done, do
from alongside.kernel.policy import Actor
from alongside.kernel.pseudonyms import voices_of
from alongside.topics.people.commands.bodies import AddOffice, AppointToOffice
from alongside.topics.people.commands.persons import AddPerson
from alongside.topics.people.commands.posts import GivePost
from alongside.topics.people.models import LinkKind
from alongside.topics.people.models.read_first import WAITING
from alongside.topics.voice import commands
from alongside.topics.voice.models import Offer, Purpose, Quote
from tests.world import BUILDER, Cast, named

GUARDIAN = named("guardian office")  # an independent guardian, whom Sol is: in nobody's line at the council
SCRUTINY = named("scrutiny office")  # of the council, held by Councillor Boyd


def offices(cast: Cast) -> None:
    """An independent guardian for people who speak up, and an office that no manager holds."""
    do(AddOffice(office=GUARDIAN, organisation=cast.advocacy, name="Guardian for speaking up"), by=BUILDER)
    do(AppointToOffice(holding=named("sol guards"), office=GUARDIAN, person=cast.sol.person), by=BUILDER)
    do(AddOffice(office=SCRUTINY, organisation=cast.council, name="Scrutiny"), by=BUILDER)
    do(
        AppointToOffice(holding=named("boyd scrutinises"), office=SCRUTINY, person=cast.boyd.person),
        by=BUILDER,
    )
    desk = commands.NameDesk(organisation=cast.council, purpose=Purpose.SPEAK_UP, office=GUARDIAN)
    do(desk, by=cast.june)


def knows_itself(actor: Actor) -> Actor:
    """The actor with their pseudonyms, as their own sitting has them."""
    assert actor.person is not None
    return replace(actor, voices=voices_of(actor.person))


def asked(cast: Cast, by: Actor | None = None, **more: Any) -> UUID:
    """A request for five minutes at the conference; by Ana for the user-led organisation."""
    values: dict[str, Any] = {
        "organisation": cast.council,
        "office": cast.junes_office,
        "meeting": "The national conference",
        "item": "How our organisations are commissioned",
        "meets_on": clock.today() + timedelta(days=30),
        "minutes": 5,
        "name_of": "body",
        "body": cast.ulo,
        "people": 40,
        "is_open": True,
    }
    return do(commands.AskToBeHeard(**{**values, **more}), by=by or cast.ana).thing


def offered(cast: Cast, hearing: UUID, **more: Any) -> UUID:
    values: dict[str, Any] = {
        "minutes": 0,
        "way": "leaflets",
        "on_day": clock.today() + timedelta(days=30),
        "reason": "The programme is full.",
    }
    do(commands.OfferPlace(hearing=hearing, **{**values, **more}), by=cast.june)

    found: UUID = (
        Offer.everything.filter(hearing=hearing, answer="waiting").values_list("id", flat=True).get()
    )
    return found


def quotes_read(by: Actor) -> None:
    """Somebody who may reads each place that was noted, and lets everyone read it."""
    for quote in Quote.everything.filter(WAITING).order_by("made_by"):
        do(commands.LookAtQuote(resolution=quote.resolution, quote=quote.id, is_shown=True), by=by)


def spoke_up(cast: Cast, by: Actor | None = None, **more: Any) -> Done:
    values: dict[str, Any] = {
        "office": GUARDIAN,
        "theme": "cuts",
        "words": "People wait in bed until noon since the round was cut.",
        "to_members": True,
    }
    return do(commands.SpeakUp(**{**values, **more}), by=by or cast.priya)


def practitioners(cast: Cast, count: int, team: UUID | None = None) -> list[Actor]:
    """More practitioners in East."""
    found = []
    for number in range(count):
        person = named(f"practitioner {number}")
        add = AddPerson(
            person=person,
            draws=named(f"pd {number}"),
            organisation=cast.council,
            name=f"P {number}",
            team=None,
        )
        do(add, by=BUILDER)
        post = GivePost(
            link=named(f"pp {number}"),
            organisation=cast.council,
            person=person,
            kind=LinkKind.PRACTITIONER,
            team=team or cast.east,
        )
        do(post, by=BUILDER)
        found.append(Actor(person=person, strong=True))
    return found


def day(text: str) -> date:
    return date.fromisoformat(text)
