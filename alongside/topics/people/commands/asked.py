"""What the commands that ask somebody outside have in common: their sentences, and how one is told.

The tables are of one shape (models/asked.py). Who could be asked, and in which order, each says by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import Lazy
from alongside.topics.people.models import AskedOutside

SAY_SO_AT_ONCE = _("Say so at once, for they wait. You need not say why. You see it no more then.")
THE_NEXT_IS_ASKED = _("Thank you. The next one is asked.")
ASKED_TO_AGREE: Final = "asked_to_agree"  # the words of a message: somebody is asked for their yes or no
ASKED_TO_HELP: Final = "asked_to_help"  # or to do something for somebody


def asked_already(
    asked: Iterable[AskedOutside], who: UUID, *, name: str = "person"
) -> Iterator[tuple[str, Lazy]]:
    """Nobody is asked twice about one thing."""
    if any(row.who == who for row in asked):
        yield name, _("They were asked already.")


def told_to_read(
    who: UUID, link: str, *, what: str = ASKED_TO_HELP, matter: UUID | None = None
) -> tuple[str, Mapping[str, Any]]:
    """They are told by their own way that there is something to read: no topic, and no person."""
    there = {} if matter is None else {"matter": matter.hex}
    return "tell", {"person": who.hex, "what": what, "link": link, **there}
