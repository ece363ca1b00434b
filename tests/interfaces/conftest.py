"""What tests of the pages, the API and the terminal stand on: a browser, signed in as anyone."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.test import Client

from alongside.kernel.policy import Actor
from tests.kernel.conftest import committed

__all__ = ["browser_of", "committed"]


def browser_of(actor: Actor | None = None, *, only: UUID | None = None, checks: bool = False) -> Client:
    """A browser that is signed in as somebody, as the session has it after they came in."""
    client = Client(HTTP_HOST="localhost", enforce_csrf_checks=checks)
    if actor is not None and actor.person is not None:
        session = client.session
        session["person"], session["strong"] = str(actor.person), actor.strong
        session["only"] = str(only) if only else ""
        session.save()
    return client


@pytest.fixture
def browser_for() -> Callable[..., Client]:
    return browser_of
