"""Every address there is, something for each of its gaps, and what a program sends to say who it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver

from alongside.kernel.policy import Actor
from tests.tokens import own_token_of


def bearer(actor: Actor) -> dict[str, str]:
    return {"Authorization": f"Bearer {own_token_of(actor)}"}


def addresses(patterns: Any, before: str = "") -> Iterator[tuple[str, str]]:
    """(address with {} for each part that varies, name) of every page and endpoint."""
    for pattern in patterns:
        whole = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, whole)
        elif isinstance(pattern, URLPattern):
            yield whole, str(pattern.name)


def filled(address: str, part: str) -> str:
    """The address with this in each part that varies."""
    out, rest = "", address.replace("^", "").replace("$", "")
    for piece in rest.split("<")[1:]:
        rest = rest.replace("<" + piece.split(">")[0] + ">", part, 1)
    out = rest.replace("(?P", "").replace("[^/]+)", "")
    return "/" + out
