"""A code in a message opens what the message is about. Who would find nothing behind it is led to sign in."""

from typing import Any

import pytest

from alongside.interfaces.delivery import Message
from alongside.kernel.door import do
from alongside.kernel.models import Outbox
from alongside.kernel.policy import Actor
from alongside.topics.decisions import commands
from alongside.topics.people.commands.reaching import AskForFormat, SetWayToTell
from alongside.topics.people.telling import prepare
from tests.decisions import acts
from tests.promises.by_post import came_in, code_of
from tests.world import Cast

pytestmark = pytest.mark.django_db


def last_told(who: Actor, what: str) -> Message:
    """The message that the last of these notices to them becomes."""
    rows = Outbox.objects.filter(kind="tell", payload__what=what).order_by("-made_at", "-id")
    assert who.person is not None
    row = next(row for row in rows if row.payload["person"] == who.person.hex)
    return sent(who, row.payload)


def sent(who: Actor, notice: dict[str, Any]) -> Message:
    """What this notice to them becomes."""
    assert who.person is not None
    message = prepare(who.person, notice)
    assert message is not None
    return message


def by_email(cast: Cast, name: str) -> None:
    """This one is told by email."""
    actor = getattr(cast, name)
    way = {"channel": "email", "address": f"{name}@wexmoor.example", "is_safe": True}
    do(SetWayToTell(person=actor.person, **way), by=actor)
    do(AskForFormat(person=actor.person, code="electronic"), by=actor)


def test_whoever_decides_is_sent_no_code_that_opens_nothing_and_is_led_to_sign_in(cast: Cast) -> None:
    """The code led them to “We cannot find that page”: it opens what is theirs, and a worker has none."""
    by_email(cast, "ken")
    matter = acts.raised(cast.ken, cast.rosa)
    do(commands.AskQuestion(decision=matter, words="Which days?"), by=cast.rosa)
    told = last_told(cast.ken, "matter")
    assert "Your code is" not in told.body
    assert "/sign-in/" in told.body and "/code" not in told.body


def test_a_code_for_a_service_opens_what_anybody_can_read(cast: Cast) -> None:
    """People told of a service read less with their code than a visitor without one: nothing at all."""
    raise_it = commands.RaiseAboutPlace(
        organisation=cast.council, what="Close the day centre on Mondays", change="cut"
    )
    matter = do(raise_it, by=cast.ken).thing
    notice = {"what": "bundle", "link": f"/decisions/{matter}"}
    told = sent(cast.devon, notice | {"matter": matter.hex})
    phone, there = came_in(code_of(told))
    assert there == f"/decisions/{matter}"
    assert "Close the day centre on Mondays" in phone.get(there).content.decode()


def test_what_was_typed_for_somebody_opens_by_their_code_and_no_more_than_that(cast: Cast) -> None:
    matter = acts.raised(cast.ken, cast.rosa)
    other = acts.raised(cast.ken, cast.rosa, "Another matter", "start")
    for each, words in ((matter, "Not on Fridays."), (other, "By a woman.")):
        acts.said(each, acts.typed_for(cast.rosa, cast.priya), words=words)
    rows = Outbox.objects.filter(kind="tell", payload__what="typed_for_you", payload__matter=matter.hex)
    told = sent(cast.rosa, rows.get().payload)
    code = told.body.split("this code:")[-1] if "this code:" in told.body else told.body
    found = next(word for word in code.split() if len(word.strip(".")) == 9 and word[4] == "-")
    phone, there = came_in(found.strip("."))
    page = phone.get(there).content.decode()
    assert "Not on Fridays." in page and "By a woman." not in page
