"""A link that signs you in with one tap: once, for a quarter of an hour, after one press of a button.

Programs that look at links in emails open them before you do. So opening it changes nothing.
"""

from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse

from alongside.interfaces.wired import open_to
from alongside.kernel import chance

MINUTES = 15
SIGNED_FOR = "alongside.one-tap"


def one_tap_link(person: UUID) -> str:
    """The whole address, for an email."""
    token = signing.dumps([person.hex, chance.mint().hex], salt=SIGNED_FOR)
    return settings.BASE_URL.rstrip("/") + reverse("one_tap", args=[token])


def person_of(token: str) -> UUID | None:
    """Whose link this is, while it is good."""
    try:
        person, _once = signing.loads(token, salt=SIGNED_FOR, max_age=MINUTES * 60)
        found = UUID(person)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return found if open_to(found) is not None else None
