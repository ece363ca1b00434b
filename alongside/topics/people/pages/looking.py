"""Words that wait for somebody to read them: what a page says of them, who looked, what is to read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, Value
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.interfaces.words import day, days, number, times
from alongside.kernel import clock, reading, rules
from alongside.kernel.policy import Actor
from alongside.topics.people.models import ReadFirst
from alongside.topics.people.models.read_first import ASKED_FOR, WAITING, NotShown, late
from alongside.topics.people.policy import looks_at_words_q, names_of, works_for_q


def reason_words(code: str) -> str:
    pack = rules.here(clock.today())
    return _(pack.item("problem.held_reasons", code)["name"])


def why_not(row: ReadFirst) -> str:
    """For those who see words that not everyone may read, or that may be held back: why, and since when."""
    if row.is_held_on(clock.today()):
        said = _("Not everyone can read this. Why: %(why)s.") % {"why": reason_words(row.held_for)}
        said += f" {row.held_words}" if row.held_words else ""
        if row.held_until is None:
            return said
        until = _("From the day after %(on)s everyone can, unless a user-led organisation agrees to hide it.")
        return f"{said} {until % {'on': day(row.held_until)}}"
    if row.waits:
        when = {"on": day(row.look_by) if row.look_by else ""}
        return _("Not everyone can read this yet. Somebody must read it first, by %(on)s.") % when
    if row.asked_for:
        asked = {"why": reason_words(row.asked_for)}
        return (
            _("The body asks to hide this. Why: %(why)s. A user-led organisation showed it, and must agree.")
            % asked
        )
    return ""


def not_shown_lines(found: Sequence[NotShown], body: str) -> list[str]:
    """For everyone: that there are words which not everyone may read, how long they waited, and why not."""
    today, lines = clock.today(), []
    told = late(list(found), today)
    waiting = [one for one in told if not one.held_for]
    if waiting:
        since = min(one.look_by for one in waiting if one.look_by is not None)
        said = ngettext(
            "What %(count)s person said here waits for somebody to read it first.",
            "What %(count)s people said here waits for somebody to read it first.",
            len(waiting),
        )
        late_by = _(
            "That was due by %(on)s, %(days)s ago. "
            "%(body)s has not looked, and no user-led organisation has. What they judged counts already."
        )
        when = {"on": day(since), "days": days((today - since).days), "body": body}
        lines.append(f"{said % {'count': number(len(waiting))}} {late_by % when}")
    for code in dict.fromkeys(one.held_for for one in told if one.held_for):
        count = sum(one.held_for == code for one in told)
        held = ngettext(
            "What %(count)s person said here is held back. Why: %(why)s.",
            "What %(count)s people said here is held back. Why: %(why)s.",
            count,
        )
        lines.append(held % {"count": number(count), "why": reason_words(code)})
    return lines


# Who showed words, and who held them back --------------------------------------------------------------


def looks(thing: UUID, kinds: Iterable[str]) -> list[str]:
    """Each showing and each holding back, oldest first: on which day, by which office or body, and why."""
    lines = reading.history(thing, kinds)
    named = {line.fields[name] for line in lines for name in ("for_body", "office") if line.fields.get(name)}
    names = names_of(UUID(str(one)) for one in named)
    often = Counter(
        _look(line, names) for line in lines
    )  # what was done on one day by one office stands once
    said = _("%(line)s %(times)s.")
    return [line if one == 1 else said % {"line": line, "times": times(one)} for line, one in often.items()]


def _look(line: reading.Line, names: dict[UUID, str]) -> str:
    fields = line.fields
    who = [names[UUID(str(fields[name]))] for name in ("office", "for_body") if fields.get(name)]
    told = {
        "on": day(line.recorded.at),
        "who": ", ".join(who) or _("Somebody who may look"),
        "why": reason_words(fields["reason"]) if fields.get("reason") else "",
        "until": day(date.fromisoformat(fields["held_until"])) if fields.get("held_until") else "",
    }
    if fields.get("is_shown") or line.recorded.kind.endswith("_shown"):
        return _("%(on)s: %(who)s showed words here to everyone.") % told
    if fields.get("only_asks") and fields.get("held_for") and fields.get("held_until"):
        return (
            _(
                "%(on)s: %(who)s hid words here until %(until)s, and asks a user-led organisation to agree. "
                "Why: %(why)s."
            )
            % told
        )
    if fields.get("only_asks"):
        return _("%(on)s: %(who)s asks a user-led organisation to hide words here. Why: %(why)s.") % told
    return _("%(on)s: %(who)s held back words here. Why: %(why)s.") % told


# What is there to read ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class ToRead:
    """Words that wait for somebody to read them, for whoever may: all of them, and the two ways on."""

    row: Any
    thing: UUID  # what its entry is of
    title: str
    link: str
    body: UUID | None
    kind: str  # the command by which they are shown
    hold_kind: str  # and by which they are held back
    given: dict[str, Any]


def to_look_at_q(
    actor: Actor, at: datetime, bodies: Any, field: str, may_look: Callable[..., Q] = looks_at_words_q
) -> Q:
    """Rows that wait for this actor to look: nobody has, or the body asks somebody outside to hold them back.

    `bodies` are the rows that name the body, and `field` is the column that leads to them.
    """
    may = bodies.filter(may_look(actor, at))
    outside = may.exclude(works_for_q(actor, at))
    waits = WAITING & Q(**{f"{field}__in": may.values("id")})
    return waits | (ASKED_FOR & Q(**{f"{field}__in": outside.values("id")}))


def kinds_and_ids(kinds: Iterable[tuple[str, Any]]) -> Any:
    """(kind, id) of the rows of several tables, as one question."""
    first, *others = [rows.order_by().values_list(Value(name), "id") for name, rows in kinds]
    return first.union(*others, all=True)


def rows_of(found: Iterable[tuple[str, UUID]], tables: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Each kind with its rows, those that are to be read first before the others."""
    ids: dict[str, list[UUID]] = {name: [] for name in tables}
    for name, pk in found:
        ids[name].append(pk)
    for name, named in ids.items():
        rows = tables[name].everything.filter(id__in=named).order_by("look_by", "id") if named else ()
        yield from ((name, row) for row in rows)


def asked_words(row: ReadFirst) -> str:
    """What somebody is asked of these words, beside them."""
    if row.asked_for:
        return _("The body asks you to agree that this is hidden. Why: %(why)s.") % {
            "why": reason_words(row.asked_for)
        }
    if not row.look_by:
        return ""
    sentence = _("It was to be read by %(on)s.") if row.look_by < clock.today() else _("Read it by %(on)s.")
    return sentence % {"on": day(row.look_by)}
