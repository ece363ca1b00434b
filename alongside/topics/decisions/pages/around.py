"""What else there is to read about a matter, each on a page of its own, so that the first page stays short.

A page joins by one line in ROOMS. How many rows each has is asked in one question for all of them; only
tables that everyone who sees the matter may see are counted here; a page whose rows only some may see says
so (`not_for_all`), and is offered to them alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.apps import apps
from django.utils.functional import Promise as Later
from django.utils.translation import gettext_lazy as _

from alongside.interfaces.addresses import address
from alongside.kernel.policy import Actor
from alongside.kernel.seen import counted
from alongside.topics.decisions.models import Decision, State
from alongside.topics.decisions.pages.supporting import support_words


@dataclass(frozen=True)
class Room:
    """One page about a matter: where it is, what it is called, and the tables that it shows."""

    page: str  # the name of its address, which takes the matter's id
    words: str | Later
    tables: tuple[str, ...] = ()  # it is offered when one of these has a row; always, for none
    places_only: bool = False  # only a matter about a service or a place has it
    once_decided: bool = False  # it is offered too when the matter is decided, though it is empty
    note: Callable[[Decision, int], str] | None = None  # what the matter's own page says beside it,
    noted: str = ""  # of the matter and how many rows of this table it has, whoever may see them
    lives_only: bool = False  # only a matter about one person’s life has it
    not_for_all: bool = False  # only those who may see one of its rows are offered it
    shows: Mapping[str, Any] = field(default_factory=dict)  # which of those rows the page shows
    to_them: str | Later = ""  # what it is called to the person whose life it is, where that is another


ROOMS: list[Room] = [  # in the order in which a reader would ask
    Room(
        "decisions:lawful",
        _("Legal reasons, what keeps the person safe, and when someone looks again"),
        ("Ground", "Safeguard", "Shown", "Review"),
        not_for_all=True,
        lives_only=True,
        to_them=_("Legal reasons, what keeps you safe, and when someone looks again"),
    ),
    Room("decisions:map", _("How people see this, and why")),
    Room("decisions:risks", _("What could go wrong, and who carries it"), ("Risk", "Forgone")),
    Room(
        "decisions:groups",
        _("Which people it affects, and who answered"),
        ("Affected",),
        places_only=True,
        not_for_all=True,
        shows={"person": None, "ended_at": None},  # no number tells of people by name
    ),
    Room(
        "decisions:support",
        _("Who stands where, and who has support"),
        places_only=True,
        note=support_words,
        noted="Support",
    ),
    Room("decisions:origin", _("Where this comes from"), ("Origin",), places_only=True),
    Room("decisions:who_decides", _("Who decides this, and by which rule")),
    Room("decisions:changes", _("Changes that come from this"), ("Change",), True, once_decided=True),
    Room("decisions:afterwards", _("What came after, and how to say that it is wrong")),
    Room("decisions:yardstick", _("How much of this was done together?"), places_only=True),
    Room("decisions:rules", _("The rules this follows")),
    Room("decisions:history", _("Everything that happened")),
]


def held_of(decision: Decision, *more: str, rooms: Sequence[Room] = ROOMS) -> dict[str, int]:
    """How many rows each table of the rooms has for this matter, and each of `more`, in one question.

    Whoever asks: so nobody reads these numbers but of tables that all who see the matter may see. Where
    there is no row there is none to be seen either, and the table need not be asked.
    """
    wanted = _wanted(decision, rooms)
    tables = sorted({*more, *(name for room in wanted for name in (*room.tables, room.noted) if name)})
    models = [_table(name) for name in tables]
    return dict(zip(tables, counted(models, "decision", decision.id), strict=True))


def _wanted(decision: Decision, rooms: Sequence[Room]) -> list[Room]:
    """The rooms that a matter of this kind has."""
    is_life = decision.is_about_person
    return [room for room in rooms if not (room.places_only if is_life else room.lives_only)]


@cache
def _table(name: str) -> Any:
    return apps.get_model("decisions", name)


def around(
    actor: Actor, decision: Decision, held: Mapping[str, int], rooms: Sequence[Room] = ROOMS
) -> list[dict[str, Any]]:
    """The pages to offer beside this matter, each with its address, its name and how many things it shows."""
    found = []
    for room in _wanted(decision, rooms):
        number = sum(held.get(table, 0) for table in room.tables)
        if number and room.not_for_all:
            number = _seen(actor, decision, room, held)
        is_ready = room.once_decided and decision.state == State.DECIDED
        if number or not room.tables or is_ready:
            note = room.note(decision, held.get(room.noted, 1)) if room.note else ""
            link = address(room.page, decision.id)
            words = room.to_them if room.to_them and decision.person in actor.ids else room.words
            found.append({"link": link, "words": words, "number": number, "note": note})
    return found


def _seen(actor: Actor, decision: Decision, room: Room, held: Mapping[str, int]) -> int:
    """How many of its rows this reader may see, and finds on that page."""
    models = [_table(name) for name in room.tables if held.get(name)]
    return sum(len(model.objects.seen(actor, decision=decision.id, **room.shows)) for model in models)
