"""Keys for callers whom we do not know: what one of them sends twice is one act, and what two send is two.

Whoever has a token is known by it, and chooses keys of their own. Of two strangers nobody can tell who sends
again: if both chose the same key with the same words, the second would be answered with the first one's act,
and lost. So a stranger asks for a key first. It is chance with our mark, and is kept nowhere.
"""

import secrets

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Router
from typing_extensions import TypedDict

from alongside.kernel.command import Refused
from alongside.kernel.keyring import keyring

router = Router()


def a_key() -> str:
    """A key that nobody else has, and that we know again."""
    chosen = secrets.token_urlsafe(16)
    return f"{chosen}.{_mark_of(chosen)}"


def must_be_given(key: str) -> None:
    """Refuse a key that we gave to nobody: somebody else may have chosen it too."""
    chosen, _dot, mark = key.rpartition(".")
    if not chosen or not secrets.compare_digest(mark.encode(), _mark_of(chosen).encode()):
        sentence = _(
            "Two people could choose the same Idempotency-Key, and one of them would be lost. "
            "Ask for a key of your own first: %(address)s. Or send none."
        )
        raise Refused([("", sentence % {"address": "GET /api/key"})])


def _mark_of(chosen: str) -> str:
    return keyring().mac(b"a key for somebody unknown", chosen.encode()).hex()[:32]


class KeyGiven(TypedDict):
    """A key of your own."""

    key: str


@router.get("", auth=None)
def key(request: HttpRequest, response: HttpResponse) -> KeyGiven:
    """A key of your own for `Idempotency-Key`, where you have no token. A new one each time."""
    response.headers["Cache-Control"] = "no-store"
    return {"key": a_key()}
