"""Bringing files in, for the terminal and for the page: a file is read whole, then goes in row by row.

`decisions` and `promises`, at the foot, are what the wiring page's IMPORTERS name.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.interfaces.tables import DateOrder, MappedRow, Problems, row_key, shown
from alongside.kernel import clock
from alongside.kernel.command import Lazy, Refused
from alongside.kernel.door import do, do_many
from alongside.kernel.policy import Actor
from alongside.topics.people.policy import name_of, organisations_of
from alongside.topics.promises.commands.files import DECISION_FILE, PROMISE_FILE, Dates, FileOf, SoundFile
from alongside.topics.promises.commands.importing import (
    FinishImport,
    StartImport,
    going_on,
    is_all_in,
    keys_of,
    keys_shown,
    numbers_in,
)

Counting = Callable[[int, int], None]
CHUNK_SECONDS = 0.1  # each transaction lets others write within 200 ms
FIRST_CHUNK, LARGEST_CHUNK = 40, 400


@dataclass(frozen=True)
class Outcome:
    """What came of it."""

    new: int
    known: int
    same: int
    batch: UUID | None = None
    went_on: bool = False

    @property
    def sentences(self) -> list[str]:
        found = []
        if self.went_on:
            found.append(_("This file was half in. We went on where it stopped."))
        if self.new:
            found.append(
                ngettext("%(count)s row is in now.", "%(count)s rows are in now.", self.new)
                % {"count": f"{self.new:,}"}
            )
        else:
            found.append(_("Every row of this file was here already. Nothing changed."))
        if self.new and self.known:
            found.append(
                ngettext(
                    "%(count)s row was here already and is left as it was.",
                    "%(count)s rows were here already and are left as they were.",
                    self.known,
                )
                % {"count": f"{self.known:,}"}
            )
        if self.same:
            found.append(
                ngettext(
                    "%(count)s row says exactly the same as another, so it is in once.",
                    "%(count)s rows say exactly the same as another, so they are in once.",
                    self.same,
                )
                % {"count": f"{self.same:,}"}
            )
        return found


class Importer:
    """One kind of file, read and taken in."""

    def __init__(self, kind: FileOf) -> None:
        self.kind = kind
        self.what = kind.what
        self.fields: Mapping[str, Lazy] = kind.fields

    def read(
        self, source: bytes | Path, *, name: str, dates: Dates = None, chosen: Mapping[str, str] | None = None
    ) -> SoundFile:
        """Read a file whole, or raise TableRefused with all that is wrong with it."""
        return self.kind.read(source, name=name, dates=dates, chosen=chosen)

    def take_in(
        self,
        file: SoundFile,
        *,
        by: Actor,
        organisation: UUID | None,
        source: str,
        counting: Counting | None = None,
        seconds: float | None = None,
    ) -> Outcome | None:
        """Take in what is not in yet. None when the seconds ran out first: call it again to go on. Or raise
        TableRefused, where a number that is in comes again with other words."""
        body = organisation or _only_body(by)
        until = None if seconds is None else time.perf_counter() + seconds
        if is_all_in(self.what, file.table.digest, body, file.reading):
            return Outcome(0, file.table.row_count, 0)
        wanted, same = self._keyed(file, body)
        shown = keys_shown(self.what, list(wanted))
        fresh = {key: row for key, row in wanted.items() if key not in shown}
        if not fresh:
            return Outcome(0, len(shown), same)
        batch, went_on = self._begun(file, fresh, by, body, source)
        staged = keys_of(batch, self.what)
        waiting = ((key, row) for key, row in fresh.items() if key not in staged)
        for done in self._staged(waiting, batch, file.order, by, len(staged)):
            if counting:
                counting(done, len(fresh))
            if until is not None and time.perf_counter() > until and done < len(fresh):
                return None
        do(FinishImport(batch=batch, fresh_rows=len(fresh)), by=by)
        return Outcome(len(fresh), len(shown), same, batch, went_on)

    def _keyed(self, file: SoundFile, body: UUID) -> tuple[dict[str, MappedRow], int]:
        """Each row under its lasting name. A row that says the same as another has the same name."""
        wanted: dict[str, MappedRow] = {}
        count = 0
        for row in file.rows():
            wanted.setdefault(row_key(f"{self.what} of {body}", row.row), row)
            count += 1
        return wanted, count - len(wanted)

    def _begun(
        self, file: SoundFile, fresh: Mapping[str, MappedRow], by: Actor, body: UUID, source: str
    ) -> tuple[UUID, bool]:
        """The file in the record: the one half in, or a new one."""
        half_in = going_on(self.what, file.table.digest)
        if half_in is None or half_in.started_by != by.person or half_in.organisation != body:
            self._refuse_other_words(file, fresh, body, source)
            start = StartImport(
                organisation=body,
                what=self.what,
                name=file.table.name,
                source=source,
                digest=file.table.digest,
                columns=file.reading,
                rows=file.table.row_count,
                dates=file.order.order,
            )
            return do(start, by=by).thing, False
        if str(half_in.columns) != file.reading:
            sentence = _("This file is half in, with its columns read in another way. Take it out first.")
            raise Refused([("", sentence)])
        return half_in.id, True

    def _refuse_other_words(
        self, file: SoundFile, fresh: Mapping[str, MappedRow], body: UUID, source: str
    ) -> None:
        """One number is one thing: a file adds, and never changes what another says of the same."""
        numbered = [row for row in fresh.values() if row["reference"]]
        known = numbers_in(self.what, body, source, file.reading) if numbered else {}
        problems = Problems(file.table.name)
        for row in numbered:
            if row["reference"] in known:
                name, number = known[row["reference"]]
                told = _("“%(value)s” is in already, with other words: in row %(row)s of %(file)s.")
                told %= {"value": shown(row["reference"]), "row": number, "file": name}
                mend = _("Take that file out first, then bring this one in. Or leave this row out.")
                problems.add(row.problem("reference", reason=told, what_to_do=mend))
        problems.refuse_if_any()

    def _staged(
        self, waiting: Iterator[tuple[str, MappedRow]], batch: UUID, order: DateOrder, by: Actor, done: int
    ) -> Iterator[int]:
        """Put the rows in, chunk by chunk; each chunk is whole or not there."""
        size = FIRST_CHUNK
        while chunk := list(islice(waiting, size)):
            before = time.perf_counter()
            commands = [(self.kind.row(row, batch, key, order), None) for key, row in chunk]
            try:
                do_many(commands, by=by)
            except IntegrityError as twice:
                sentence = _("Somebody is bringing in this very file at this moment. Wait, and try again.")
                raise Refused([("", sentence)]) from twice
            took = max(time.perf_counter() - before, 0.001)
            size = max(1, min(LARGEST_CHUNK, int(size * CHUNK_SECONDS / took), size * 2))
            done += len(chunk)
            yield done


def _only_body(by: Actor) -> UUID:
    assert by.person is not None
    bodies = sorted(organisations_of(by.person, clock.now()))
    if len(bodies) == 1:
        return bodies[0]
    if not bodies:
        raise Refused(
            [("organisation", _("Only someone who works for an organisation can bring a file in."))]
        )
    named = ", ".join(f"{name_of(body)} ({body})" for body in bodies)
    raise Refused([("organisation", _("Say for which organisation: %(bodies)s.") % {"bodies": named})])


decisions = Importer(DECISION_FILE)
promises = Importer(PROMISE_FILE)
