"""What somebody typed for a person who says that they did not say it: it stands set aside, in every room.

One piece serves all rooms. Each room says of each of its tables how a row that such an act wrote stands
aside, and of each act that only changed a row how that row was before. The line stays, and says so.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel import reading
from alongside.kernel.command import COMMANDS, Ask, At, Command, Id, Recorded
from alongside.kernel.policy import the_installation
from alongside.topics.people.commands.checks import PeopleCommand
from alongside.topics.people.models import Asking, InformationNeed, Link, Person, WayToTell
from alongside.topics.people.models.kinds import HowOften

SAID_OF_IT = _("What was typed for somebody was not what they said. It counts no more.")
How = Callable[[Any, Recorded], Mapping[str, Any]]
Tables = Mapping[Any, How]
Changed = Mapping[str, tuple[Any, str, How]]  # kind: the table, the field naming the row


def values(**fixed: Any) -> How:
    """The same values for each row."""
    return lambda row, entry: fixed


def ended(column: str, **more: Any) -> How:
    """It ended at that moment."""
    return lambda row, entry: {column: entry.at, **more}


def stand_aside(tables: Tables, rows: Iterable[UUID], entry: Recorded, **of: UUID) -> None:
    """For apply: each of these rows stands aside, as its table says."""
    for model, how in tables.items():
        for row in list(model.everything.filter(id__in=list(rows), **of).order_by("id")):
            row.change(entry, **how(row, entry))


def as_before(changed: Changed, kind: str, rows: Iterable[UUID], entry: Recorded, **of: UUID) -> None:
    """For apply: what such an act changed is as it was before."""
    if kind in changed:
        model, _field, how = changed[kind]
        stand_aside({model: how}, rows, entry, **of)


def rows_changed(changed: Changed, line: reading.Line) -> list[UUID]:
    """Which rows an act changed, where nobody has changed them since: what was said later stays."""
    if line.recorded.kind not in changed:
        return []
    model, field, _how = changed[line.recorded.kind]
    named = line.fields.get(field) or []
    ids = named if isinstance(named, list) else [named]
    rows = model.everything.filter(id__in=ids, made_by=line.recorded.number)
    return list(rows.values_list("id", flat=True))


def rows_written(line: reading.Line) -> list[UUID]:
    """The rows that an act wrote."""
    shapes = COMMANDS[line.recorded.kind].shapes_of("fresh")
    return [UUID(line.fields[shape.name]) for shape in shapes if line.fields.get(shape.name)]


# In this room -------------------------------------------------------------------------------------

ASIDE: Tables = {InformationNeed: ended("ended_at"), WayToTell: ended("ended_at", is_safe=False)}
CHANGED: Changed = {
    "people.link_agreed": (Link, "link", ended("closes_at", shows=False, consented_at=None)),
    "people.sight_changed": (Link, "link", values(shows=False)),
    "people.asking_set": (Asking, "person", values(how_often=HowOften.ANY, words=None)),
}


class SetAsideTyped(PeopleCommand):
    """Set aside what was typed for somebody who says that they did not say it."""

    records = "people.typed_set_aside"
    may = the_installation
    says = SAID_OF_IT
    only_as_consequence = True

    person: Id[Person]
    kind: str = Ask(settled=True)
    rows: list[UUID] = Ask(settled=True, default=[])
    changed: list[UUID] = Ask(settled=True, default=[])

    def also_locks(self) -> tuple[UUID, ...]:
        return (*self.rows, *self.changed)

    def about(self, person: Person, at: At) -> UUID | None:
        return person.id

    def apply(self, person: Person, entry: Recorded) -> None:
        stand_aside(ASIDE, self.rows, entry)
        as_before(CHANGED, self.kind, self.changed, entry)


def set_aside(line: reading.Line) -> Iterator[Command]:
    """The command that sets aside what an act of this room wrote or changed."""
    about = line.recorded.about
    changed = rows_changed(CHANGED, line)
    rows = [row for row in rows_written(line) if any(m.everything.filter(id=row).exists() for m in ASIDE)]
    if about is not None and line.recorded.kind.startswith("people.") and (rows or changed):
        yield SetAsideTyped(person=about, kind=line.recorded.kind, rows=rows, changed=changed)
