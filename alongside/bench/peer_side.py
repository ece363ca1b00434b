"""The peers' side: the same note made with Django's `create()`, its history kept by a package of others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import transaction
from simple_history.utils import bulk_create_with_history

from alongside.bench.asking import page
from alongside.bench.peer.models import AuditNote, HistoryNote
from alongside.bench.timing import timed
from alongside.bench.words import WORDS

PERSON, DUE = uuid4(), date(2099, 1, 1)
MATTERS: list[UUID] = []


def prepare(writers: int, first: bool = True) -> dict[str, Any]:
    """Make the tables, unless another side has."""
    if first:
        for run_syncdb in (False, True):  # the topic's tables point to tables that have migrations
            call_command("migrate", run_syncdb=run_syncdb, verbosity=0, interactive=False)
    MATTERS.extend(uuid4() for _ in range(writers))
    return {}


def _columns(matter: UUID) -> dict[str, Any]:
    return {"matter": matter, "by": PERSON, "kind": "call", "due_on": DUE, "words": WORDS}


def _history(me: int) -> None:
    with transaction.atomic():
        HistoryNote._default_manager.create(**_columns(MATTERS[me]))


def _audited(me: int) -> None:
    with transaction.atomic():
        AuditNote._default_manager.create(**_columns(MATTERS[me]))


def one(count: int, writers: int = 1, kept_by: str = "history") -> dict[str, Any]:
    """So many notes for each writer, each with its history in a transaction of its own."""
    return timed(_history if kept_by == "history" else _audited, count=count, writers=writers)


def many(count: int) -> dict[str, Any]:
    """So many notes in one call, with their history, in one transaction."""
    notes = [HistoryNote(**_columns(MATTERS[0])) for _ in range(count)]
    found = timed(lambda me: bulk_create_with_history(notes, HistoryNote), count=1)
    return found | {"count": count}


def pages(times: int) -> dict[str, Any]:
    """Ask so many times for the plain page."""
    application = get_wsgi_application()
    page(application, "/plain")
    return timed(lambda me: page(application, "/plain"), count=times)


ACTS: dict[str, Callable[..., dict[str, Any]]] = {act.__name__: act for act in (prepare, one, many, pages)}
