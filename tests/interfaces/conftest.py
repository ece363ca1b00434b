"""What tests of the pages, the API and the terminal stand on: a browser, signed in as anyone."""

from functools import cache
from typing import Any
from uuid import UUID

from django.dispatch import receiver
from django.test import Client
from django.test.client import ClientHandler
from django.test.signals import setting_changed

from alongside.kernel.policy import Actor
from tests.kernel.conftest import committed

__all__ = ["browser_of", "committed"]


def browser_of(actor: Actor | None = None, *, only: UUID | None = None, checks: bool = False) -> Client:
    """A browser that is signed in as somebody, as the session has it after they came in."""
    client = Client(HTTP_HOST="localhost", enforce_csrf_checks=checks)
    client.handler = _site(checks)
    if actor is not None and actor.person is not None:
        session = client.session
        session["person"], session["strong"] = str(actor.person), actor.strong
        session["only"] = str(only) if only else ""
        session.save()
    return client


@cache
def _site(checks: bool) -> ClientHandler:
    """One site for all browsers, as outside: each of its own would look through all its files once more."""
    return ClientHandler(checks)


@receiver(setting_changed)
def _built_otherwise(**_what: Any) -> None:
    """A test that changes a setting has a site that was built with it."""
    _site.cache_clear()
