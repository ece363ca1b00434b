"""Who said something for somebody, who typed it, who checked it with them: as its reader says it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.interfaces.who import HANDED_OUT
from alongside.kernel.policy import INSTALLATION
from alongside.topics.people.pages.named import Names


def perhaps_by_a_seen_code(rows: Iterable[Any]) -> set[UUID]:
    """Of which rows nobody knows whether another typed them, or only may have seen their code. Each says how
    it came: the entry that changed it last may be that of whoever checked it."""
    typed = (row for row in rows if row.typist is not None and row.typist != INSTALLATION)
    return {row.id for row in typed if row.how in ("", HANDED_OUT)}


def through_whom(row: Any, names: Names, *, is_theirs: bool, is_seen: bool = False) -> list[str]:
    """Who said it for somebody, and who typed it, in the words of that one where they read it themself."""
    said = []
    if row.is_spoken_for:
        spoken = _("%(who)s said this for you.") if is_theirs else _("%(who)s said this for them.")
        said.append(spoken % {"who": names.subject(row.said_by)})
    if row.typist is not None and row.typist != INSTALLATION:
        said.append(typed_by(names(row.typist), is_theirs=is_theirs, is_seen=is_seen))
    return said


def typed_by(who: str, *, is_theirs: bool, is_seen: bool = False) -> str:
    """Who typed it for somebody; or may only have seen the code that it came with: then it may be theirs.

    Of “you” each sentence is one of its own: in Welsh the verb is another one.
    """
    if who == _("You"):
        seen = _("You may have seen their code, or typed it for them.")
        return seen if is_seen else _("You typed it for them.")
    if is_seen:
        yours = _("%(who)s may have seen your code, or typed it for you.")
        theirs = _("%(who)s may have seen their code, or typed it for them.")
    else:
        yours, theirs = _("%(who)s typed it for you."), _("%(who)s typed it for them.")
    return (yours if is_theirs else theirs) % {"who": who}


def checked_by(who: str, *, is_theirs: bool) -> str:
    if who == _("You"):
        return _("You checked it with them.")
    checked = _("%(who)s checked it with you.") if is_theirs else _("%(who)s checked it with them.")
    return checked % {"who": who}
