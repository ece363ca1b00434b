"""A browser that signs in with what came into a letterbox."""

from __future__ import annotations

import re
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from alongside.interfaces.who import actor_of
from alongside.kernel.policy import Actor


@pytest.fixture(autouse=True)
def letterbox(settings: Any, tmp_path: Path) -> None:
    settings.OUTBOX = tmp_path / "outbox"


def browser() -> Client:
    return Client(HTTP_HOST="localhost")


def me(client: Client) -> Actor:
    """Who the site thinks this browser is."""
    return actor_of(client.get("/look/").wsgi_request)


def emails(settings: Any) -> list[str]:
    found = sorted((Path(settings.OUTBOX) / "email").glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
    bodies = [message_from_bytes(path.read_bytes()).get_payload(decode=True) for path in found]
    return [body.decode() for body in bodies if isinstance(body, bytes)]


def code_in(email: str) -> str:
    found = re.search(r"^(\d{3}-?\d{3})$", email, re.MULTILINE)
    assert found, email
    return found.group(1)


def link_in(email: str) -> str:
    found = re.search(r"http\S+(/sign-in/link/\S+)", email)
    assert found, email
    return found.group(1)
