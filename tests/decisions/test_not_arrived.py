"""A message that never arrived is no telling, and those who decide are asked first to ring or to go."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from alongside.interfaces import leaving
from alongside.interfaces.leaving import Work, send_waiting
from alongside.interfaces.who import PERSON, STRONG
from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.kernel.outbox import Outbox
from alongside.kernel.policy import Actor
from alongside.topics.decisions import commands, models
from alongside.topics.decisions.commands.standing import standing_of
from alongside.topics.decisions.guard import Heard, Told
from alongside.topics.people.commands.persons import AddPerson
from alongside.topics.people.commands.reaching import AskForFormat, SetWayToTell
from alongside.topics.people.models import Person
from tests.decisions import acts
from tests.interfaces.postbox import KEY, notify_server
from tests.visitor import page
from tests.world import BUILDER, Cast, named

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]
ASKS = "Ring Rosa Marlow, or go and see them, first."


@pytest.fixture(autouse=True)
def outbox(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.OUTBOX = tmp_path / "outbox"
    yield


@pytest.fixture
def nothing_arrives(settings: Any, tmp_path: Path) -> None:
    """The folder that letters are put in is not there and cannot be made: a file stands in its place."""
    (tmp_path / "outbox").write_text("in the way")


def home(actor: Actor) -> str:
    client = Client()
    session = client.session
    session[PERSON], session[STRONG] = str(actor.person), actor.strong
    session.save()
    return client.get(reverse("home")).content.decode()


def heard(matter: UUID) -> Heard:
    return standing_of(models.Decision.everything.get(pk=matter), clock.now()).heard[0]


def until_it_gives_up() -> None:
    for _round in range(leaving.MOST_TRIES + 1):
        send_waiting(Work())
        clock.advance(hours=7)


@pytest.mark.usefixtures("nothing_arrives")
def test_those_who_decide_are_asked_first_to_ring_when_the_outbox_gives_up(cast: Cast) -> None:
    matter = acts.raised(cast.ken, cast.rosa)
    acts.sent(matter, cast.ken)
    assert heard(matter).told is Told.SENT and heard(matter).ways_tried
    assert ASKS not in home(cast.ken)
    until_it_gives_up()
    page = home(cast.ken)
    assert ASKS in page and page.index(ASKS) < page.index("What you decide")
    assert heard(matter).told is Told.NOT and not heard(matter).ways_tried, "what did not arrive is no try"
    assert ASKS not in home(cast.priya) and ASKS not in home(cast.rosa)
    acts.sent(matter, cast.ken, "visit", sign="talked_through", words="She heard me.")
    assert ASKS not in home(cast.ken)


def test_a_letter_that_the_post_gave_back_days_later_asks_for_a_call_too(cast: Cast, settings: Any) -> None:
    """GOV.UK Notify took it, and could not deliver it."""
    with notify_server() as service:
        settings.DELIVERY, settings.NOTIFY_KEY, settings.NOTIFY_URL = "notify", KEY, service.address
        settings.NOTIFY_EMAIL_TEMPLATE = settings.NOTIFY_TEXT_TEMPLATE = "a template"
        matter = acts.raised(cast.ken, cast.rosa)
        acts.sent(matter, cast.ken)
        send_waiting(Work())
        assert ASKS not in home(cast.ken)
        for message in service.messages:
            message["status"] = "permanent-failure"
        clock.advance(hours=2)
        send_waiting(Work())
    assert ASKS in home(cast.ken) and heard(matter).told is Told.NOT


def test_a_message_that_has_no_safe_way_asks_for_a_call_too(cast: Cast) -> None:
    """Lena has a telephone at a friend’s and nothing that we may write to."""
    matter = acts.raised(cast.priya, cast.lena, "A flat of her own", "start")
    acts.sent(matter, cast.priya, "letter")
    send_waiting(Work())
    page = home(cast.priya)
    assert "Ring Lena Fox, or go and see them, first." in page
    assert "Nothing went to Lena Fox" in page and "Our message did not arrive" not in page
    assert f'href="/people/{cast.lena.person}/ways"' in page, "there she writes down how Lena is told"
    assert heard(matter).told is Told.NOT


def test_what_did_arrive_asks_nothing_of_anybody(cast: Cast) -> None:
    way = SetWayToTell(person=cast.lena.person, channel="text", address="07700 900111", is_safe=True)
    do(way, by=cast.lena)
    matter = acts.raised(cast.priya, cast.lena, "A flat of her own", "start")
    acts.sent(matter, cast.priya, "text")
    send_waiting(Work())
    assert "or go and see them, first." not in home(cast.priya)
    assert heard(matter).told is Told.SENT, "sent is never told"


def test_a_notice_that_never_arrived_is_noted_once(cast: Cast) -> None:
    """Nobody sent it by hand, and still those who decide must know."""
    matter = acts.raised(cast.priya, cast.lena, "A flat of her own", "start")
    for _twice in range(2):
        do(commands.ActNow(decision=matter, change="start", words="Tonight."), by=cast.priya)
        send_waiting(Work())
        clock.advance(hours=1)
    rows = models.Telling.everything.filter(decision=matter, sign="not_delivered")
    assert rows.count() == 1


def test_nobody_but_the_clock_says_that_a_message_failed(cast: Cast) -> None:
    from alongside.kernel.command import NotAllowed
    from alongside.topics.decisions.commands.arriving import NoteNotArrived

    matter = acts.raised(cast.ken, cast.rosa)
    assert cast.rosa.person is not None
    with pytest.raises(NotAllowed):
        do(NoteNotArrived(decision=matter, person=cast.rosa.person, channel="letter"), by=cast.ken)


def letters(edith: UUID) -> list[str]:
    """What went to her on paper, the last first."""
    rows = Outbox.objects.filter(kind="tell", payload__person=edith.hex).order_by("-made_at", "-id")
    return [row.payload["link"] for row in rows]


def test_once_somebody_said_how_they_read_they_are_told_of_what_waited_for_it(cast: Cast) -> None:
    """One letter went, which asked for a format; the message about the matter had become that letter."""
    edith = named("Edith Vane")
    do(AddPerson(person=edith, organisation=cast.council, name="Edith Vane", team=cast.east), by=BUILDER)
    way = SetWayToTell(person=edith, channel="letter", address="9 Mill Lane, Wexmoor", is_safe=True)
    do(way, by=cast.ken)
    matter = acts.raised(cast.ken, Actor(person=edith))
    acts.sent(matter, cast.ken)
    send_waiting(Work())
    assert Person.everything.get(pk=edith).first_letter_at is not None
    assert letters(edith) == [f"/decisions/{matter}"], "and that was the letter that asks for a format"
    shown = page(cast.ken, f"/decisions/{matter}")
    assert "how they want to be told. They have not been told yet." in shown and "We told Edith" not in shown
    assert "We asked how they want to be told. They have not been told yet." in shown
    do(AskForFormat(person=edith, code="print_24"), by=Actor(person=edith))
    assert letters(edith) == [f"/decisions/{matter}"] * 2
    assert "We told Edith Vane on" in page(cast.ken, f"/decisions/{matter}"), "now that letter goes"
    do(AskForFormat(person=edith, code="easy_read"), by=Actor(person=edith))
    assert len(letters(edith)) == 2, "told once, when the first format came"
