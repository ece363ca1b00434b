"""The links at the top of every page: only those that lead somewhere for this reader."""

from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch
from django.utils.translation import gettext_lazy as _

from alongside.interfaces.addresses import address
from alongside.interfaces.who import actor_of

FOR_ALL = (("home", _("Start")),)
SIGNED_IN = (
    ("my_page", _("Your page")),
    ("decisions:decisions", _("Decisions")),
    ("promises:promises", _("Promises")),
)
NOT_SIGNED_IN = (
    ("decisions:decisions", _("Decisions")),
    ("promises:promises", _("Promises")),
    ("letter_code", _("I have a letter with a code")),
)


def ways_about(request: HttpRequest) -> list[tuple[str, Any]]:
    """(address, words) of each link. Someone who came with a code has one matter, and no way about."""
    actor = actor_of(request)
    own = SIGNED_IN if actor.person else NOT_SIGNED_IN
    found = [(_address(name), words) for name, words in FOR_ALL + (() if actor.only else own)]
    return [(to, words) for to, words in found if to]


def _address(name: str) -> str:
    try:
        return address(name)
    except NoReverseMatch:
        return ""
