"""Asking by letter whether a promise still holds: for the tests of this room."""

from typing import Any

from django.test import Client

from alongside.interfaces.delivery import Message
from alongside.kernel.outbox import Outbox
from alongside.kernel.policy import Actor
from alongside.topics.people.telling import prepare


def notice(what: str, person: Actor) -> Message:
    """The last message of this kind that left for this person, as it is sent."""
    assert person.person is not None
    rows = Outbox.objects.filter(kind="tell", payload__what=what, payload__person=person.person.hex)
    message = prepare(person.person, rows.order_by("-id")[0].payload)
    assert message is not None
    return message


def code_of(message: Message) -> str:
    return message.body.split("Your code is ")[1][:9]


def came_in(code: str) -> tuple[Client, str]:
    """A telephone with no account that typed the code, and the page it was led to."""
    phone: Any = Client(HTTP_HOST="localhost")
    answer = phone.post("/code/", {"code": code})
    assert answer.status_code == 302, answer.content[:300]
    return phone, answer["Location"]
