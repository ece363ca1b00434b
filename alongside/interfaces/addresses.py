"""Where pages are: found once for each page, with gaps for the ids of what it shows.

Django tries the patterns of a name anew each time it is asked, and a page asks for twenty. So an address is
made twice, for two different rows: where both differ by the ids alone, the rest is kept. The site has one
table of addresses (ROOT_URLCONF), and no page sets another.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.signals import request_finished, request_started
from django.urls import get_script_prefix, reverse

MOST_KEPT = 1000
_STAND_INS = [[UUID(int=(mark << 96) + number) for number in range(8)] for mark in (0xFE, 0xFD)]


def address(name: str, *parts: Any, current_app: str | None = None) -> str:
    """The address of this page, as `reverse` gives it: by ids, or words of which there are few."""
    shape = tuple([None if type(part) is UUID else part for part in parts])
    kept = _kept(name, shape, current_app, *(_here.site or _site()))
    if kept is None:
        return reverse(name, args=parts, current_app=current_app)
    return kept % tuple([str(part) for part in parts if type(part) is UUID])


class _Here(threading.local):
    site: tuple[str, str] | None = None  # where the site is, while this thread answers somebody


_here = _Here()


def _site() -> tuple[str, str]:
    """(what stands before each address, the table of addresses)"""
    return get_script_prefix(), settings.ROOT_URLCONF


def _began(**_given: Any) -> None:
    _here.site = _site()


def _ended(**_given: Any) -> None:
    _here.site = None


request_started.connect(_began, dispatch_uid="addresses")  # Django has put down by then where the site is
request_finished.connect(_ended, dispatch_uid="addresses")


@lru_cache(maxsize=MOST_KEPT)
def _kept(
    name: str, shape: tuple[Any, ...], current_app: str | None, _prefix: str, _urlconf: str
) -> str | None:
    """The address with a gap for each id; None where it says more of an id than the id itself."""
    first, second = ([str(one) for one in stand_ins[: shape.count(None)]] for stand_ins in _STAND_INS)
    made = _made(name, shape, current_app, first)
    kept = made.replace("%", "%%")
    for one in first:
        kept = kept.replace(one, "%s")
    is_same = kept.count("%s") == len(first) and kept % tuple(first) == made
    return kept if is_same and kept % tuple(second) == _made(name, shape, current_app, second) else None


def _made(name: str, shape: tuple[Any, ...], current_app: str | None, ids: Sequence[str]) -> str:
    given = iter(ids)
    parts = [next(given) if part is None else part for part in shape]
    return reverse(name, args=parts, current_app=current_app)
