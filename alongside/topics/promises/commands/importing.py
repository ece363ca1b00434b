"""Bringing in what other systems say was decided or promised: as a claim, never as a decision or a verdict.

A file comes in rows, many to a transaction; nothing of it is seen before FinishImport closes it. A file
that stopped half way can be gone on with, because a row that is in already is left out, or taken out again.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Annotated, Any, ClassVar
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import Ask, At, Command, Fresh, Id, Lazy, Recorded, Ref, Sealed
from alongside.kernel.hands import AsWhat
from alongside.kernel.policy import NO_ROWS, Actor, rule
from alongside.kernel.seal import batch as batch_of_boxes
from alongside.topics.people.policy import works_for_q, works_in_a_body
from alongside.topics.promises.models import ClaimedPromise, FromElsewhere, Import, ReportedDecision, Taken

DECISIONS, PROMISES = "decisions", "promises"
ROWS: Mapping[str, type[FromElsewhere]] = {DECISIONS: ReportedDecision, PROMISES: ClaimedPromise}


# What an import asks before it begins ----------------------------------------------------------------


def going_on(what: str, digest: str) -> Import | None:
    """This very file, half in."""
    found: Import | None = Import.everything.filter(what=what, digest=digest, state=Taken.STARTED).first()
    return found


def is_all_in(what: str, digest: str, organisation: UUID, columns: str) -> bool:
    """Whether this very file came in whole before, every row of it new and none of it taken out since."""
    same = Import.everything.filter(what=what, digest=digest, organisation=organisation, state=Taken.FINISHED)
    return any(row.fresh_rows == row.rows and str(row.columns) == columns for row in same)


def keys_of(batch: UUID, what: str) -> set[str]:
    """The rows of a file that are in already."""
    return set(ROWS[what].everything.filter(batch=batch).values_list("row_key", flat=True))


def keys_shown(what: str, keys: Sequence[str]) -> set[str]:
    """Those of these rows that came in before, with any file that is in whole."""
    finished = Import.everything.filter(state=Taken.FINISHED, what=what).values("id")
    found: set[str] = set()
    for start in range(0, len(keys), 500):
        rows = ROWS[what].everything.filter(row_key__in=keys[start : start + 500], batch__in=finished)
        found |= set(rows.values_list("row_key", flat=True))
    return found


def numbers_in(what: str, organisation: UUID, source: str, columns: str) -> dict[str, tuple[str, int]]:
    """The other system’s own numbers that are in, each with the name of its file and its row there: of the
    files of this organisation from the same place, in whosever words, or whose columns were read alike."""
    finished = Import.everything.filter(state=Taken.FINISHED, what=what, organisation=organisation)
    found: dict[str, tuple[str, int]] = {}
    for file in finished.order_by("closed_at", "id"):
        if str(file.columns) != columns and str(file.source).casefold() != source.casefold():
            continue
        found |= {str(number): (str(file.name), row) for number, row in _numbers_of(file)}
    return found


def other_words(file: Import) -> Lazy | None:
    """Why this file cannot be closed: a number of its own system stands twice in it, or came in before. Which
    rows are the same was looked at row by row, so the words are others."""
    numbers = [(str(number), row) for number, row in _numbers_of(file)]
    before = (
        numbers_in(str(file.what), file.organisation, str(file.source), str(file.columns)) if numbers else {}
    )
    here: dict[str, int] = {}
    for number, row in numbers:
        told = {"value": number, "row": row}
        if number in here:
            told["there"] = here[number]
            return _TWICE % told
        if number in before:
            told["file"], told["there"] = before[number]
            return _IN_ALREADY % told
        here[number] = row
    return None


def _numbers_of(file: Import) -> list[tuple[Any, int]]:
    """(the other system’s own number, row) of each row of a file that has one, opened together."""
    rows = ROWS[str(file.what)].everything.filter(batch=file.id).filter(reference__isnull=False)
    numbers = list(rows.order_by("row").values_list("reference", "row"))
    batch_of_boxes(number for number, _row in numbers)
    return numbers


_TWICE = _(
    "“%(value)s” stands in row %(there)s and in row %(row)s, with other words. "
    "Take this file out. Leave one of the two rows out, then bring it in again."
)
_IN_ALREADY = _(
    "“%(value)s” in row %(row)s is in already, with other words: in row %(there)s of %(file)s. "
    "Take that file out, then finish this one. Or take this one out and leave the row out."
)


# Who may --------------------------------------------------------------------------------------------


@rule(_("the one who is bringing the file in"))
def who_brings_it(actor: Actor, at: datetime) -> Q:
    return NO_ROWS if actor.person is None or actor.only is not None else Q(started_by=actor.person)


@rule(_("someone who works for the organisation that brought the file in"))
def whose_file_it_is(actor: Actor, at: datetime) -> Q:
    return works_for_q(actor, at, "organisation")


class StartImport(Command):
    """Begin to bring in a file."""

    records = "promises.import_started"
    at_the_keys: ClassVar[AsWhat | None] = AsWhat.FILED
    may = works_in_a_body
    says = _("%(by)s began to bring in a file from another system.")
    judged_on = "organisation"
    strong = True

    batch: Fresh[Import] = Ask(settled=True)
    organisation: Annotated[UUID, Ref("people.Organisation")] = Ask(
        _("Which organisation brings this in?"), used_for=_("Everyone sees who brought the file in.")
    )
    what: str = Ask(
        _("Does the file hold decisions or promises?"),
        used_for=_("They are shown on different pages."),
        pattern="^(decisions|promises)$",
    )
    name: Sealed = Ask(
        _("What is the file called?"), used_for=_("It is shown beside each row."), belongs_to="thing"
    )
    source: Sealed = Ask(
        _("Where does it come from?"),
        used_for=_("Everyone can read whose words these are."),
        belongs_to="thing",
    )
    digest: str = Ask(
        _("What is its SHA-256?"),
        used_for=_("So that the same file is known when it comes again."),
        pattern="^[0-9a-f]{64}$",
    )
    columns: Sealed = Ask(
        _("Which column was read as what?"),
        used_for=_("Everyone can check how we read the file."),
        belongs_to="thing",
    )
    rows: int = Ask(_("How many rows has it?"), used_for=_("To know when all of it is in."), ge=1)
    dates: str = Ask(
        _("Which comes first in its dates, the day or the month?"), default="dmy", pattern="^(dmy|mdy)$"
    )
    moment: datetime | None = Ask(settled=True)

    def settle(self, at: At) -> Mapping[str, Any]:
        return {"moment": at.moment}

    def objections(self, at: At) -> Iterator[tuple[str, Lazy]]:
        if not self.name or not self.source:
            yield "source", _("Say what the file is called and where it comes from.")
        if going_on(self.what, self.digest) is not None:
            yield "", _("This very file is being brought in already. Go on with it, or take it out again.")

    def apply(self, entry: Recorded) -> None:
        Import.begin(
            entry,
            id=self.batch,
            what=self.what,
            organisation=self.organisation,
            name=self.name,
            source=self.source,
            digest=self.digest,
            columns=self.columns,
            rows=self.rows,
            fresh_rows=0,
            dates=self.dates,
            state=Taken.STARTED,
            started_by=entry.by,
            started_at=self.moment,
            closed_at=None,
            why=None,
        )


class _RowFromElsewhere(Command):
    """What a row of either kind of file has."""

    thing = "batch"
    judged_on = "batch"
    may = who_brings_it
    in_bulk = True
    strong = True

    batch: Id[Import]
    row: int = Ask(_("Row"), used_for=_("Everyone can look it up in the file."), ge=1)
    line: int = Ask(_("Line"), used_for=_("Everyone can look it up in the file."), ge=1)
    row_key: str = Ask(
        _("Key"), used_for=_("So that the same row is never taken in twice."), pattern="^[0-9a-f]{64}$"
    )
    what: Sealed = Ask(
        _("Title"), used_for=_("It is what everyone reads."), belongs_to="batch", widget="line"
    )
    words: Sealed = Ask(_("Description"), default="", belongs_to="batch")
    reference: Sealed = Ask(_("The other system’s own number"), default="", belongs_to="batch", widget="line")
    link: Sealed = Ask(_("Web address"), default="", belongs_to="batch", widget="line")

    def objections(self, batch: Import, at: At) -> Iterator[tuple[str, Lazy]]:
        if batch.state != Taken.STARTED:
            yield "batch", _("This file is closed. Bring the row in with a file of its own.")
        if not self.what:
            yield "what", _("Each row needs a title.")

    def common(self) -> dict[str, Any]:
        return {
            "batch": self.batch,
            "row": self.row,
            "line": self.line,
            "row_key": self.row_key,
            "title": self.what,
            "words": self.words or None,
            "reference": self.reference or None,
            "link": self.link or None,
        }


class ReportDecisionFromElsewhere(_RowFromElsewhere):
    """Take in a decision that another system says was made."""

    records = "promises.decision_reported"
    at_the_keys: ClassVar[AsWhat | None] = AsWhat.FILED
    says = _("%(by)s brought in a decision reported by another system. We do not know who was asked.")

    reported: Fresh[ReportedDecision] = Ask(settled=True)
    on_day: date | None = Ask(_("Day"), default=None)
    place: Sealed = Ask(_("Where"), default="", belongs_to="batch", widget="line")
    outcome: Sealed = Ask(_("What was decided"), default="", belongs_to="batch", widget="line")
    votes_for: int | None = Ask(_("Votes for"), default=None, ge=0)
    votes_against: int | None = Ask(_("Votes against"), default=None, ge=0)
    votes_abstained: int | None = Ask(_("Votes withheld"), default=None, ge=0)
    absent: int | None = Ask(_("Absent"), default=None, ge=0)
    came: int | None = Ask(_("People who came"), default=None, ge=0)
    votes: Sealed = Ask(_("How each elected member voted"), default="", belongs_to="batch")

    def apply(self, batch: Import, entry: Recorded) -> None:
        ReportedDecision.begin(
            entry,
            id=self.reported,
            **self.common(),
            on_day=self.on_day,
            place=self.place or None,
            outcome=self.outcome or None,
            votes_for=self.votes_for,
            votes_against=self.votes_against,
            votes_abstained=self.votes_abstained,
            absent=self.absent,
            came=self.came,
            votes=self.votes or None,
        )


class ClaimPromise(_RowFromElsewhere):
    """Take in a promise that another system says was made."""

    records = "promises.promise_claimed"
    at_the_keys: ClassVar[AsWhat | None] = AsWhat.FILED
    says = _("%(by)s brought in a promise claimed by another system. Nobody it was made to has been asked.")

    claimed: Fresh[ClaimedPromise] = Ask(settled=True)
    owned_by: Sealed = Ask(_("Who answers for it"), default="", belongs_to="batch", widget="line")
    made_to: Sealed = Ask(_("Made to"), default="", belongs_to="batch", widget="line")
    part_of: Sealed = Ask(_("Part of"), default="", belongs_to="batch", widget="line")
    starts_on: date | None = Ask(_("From"), default=None)
    due_on: date | None = Ask(_("By"), default=None)
    percent: int | None = Ask(_("How much the owner says is done, out of 100"), default=None, ge=0, le=100)

    def apply(self, batch: Import, entry: Recorded) -> None:
        ClaimedPromise.begin(
            entry,
            id=self.claimed,
            **self.common(),
            owner=self.owned_by or None,
            made_to=self.made_to or None,
            part_of=self.part_of or None,
            starts_on=self.starts_on,
            due_on=self.due_on,
            percent=self.percent,
        )


class FinishImport(Command):
    """Close the file: from now on everyone can see what is in it."""

    records = "promises.import_finished"
    at_the_keys: ClassVar[AsWhat | None] = AsWhat.FILED
    may = who_brings_it
    says = _("%(by)s finished bringing in a file. Now everyone can see it.")
    strong = True

    batch: Id[Import]
    fresh_rows: int = Ask(
        _("How many rows were new?"), used_for=_("To be sure that nothing is half in."), ge=1
    )
    moment: datetime | None = Ask(settled=True)

    def also_locks(self) -> set[UUID]:
        """Every file that is half in: of two that hold the same, the second to finish sees the first."""
        return set(Import.everything.filter(state=Taken.STARTED).values_list("id", flat=True))

    def settle(self, batch: Import, at: At) -> Mapping[str, Any]:
        return {"moment": at.moment}

    def objections(self, batch: Import, at: At) -> Iterator[tuple[str, Lazy]]:
        if batch.state != Taken.STARTED:
            yield "batch", _("This file is closed already.")
            return
        rows = ROWS[batch.what].everything
        staged = rows.filter(batch=batch.id)
        if staged.count() != self.fresh_rows:
            yield "fresh_rows", _("Not every row is in yet. Bring in the same file again to go on.")
        finished = Import.everything.filter(state=Taken.FINISHED, what=batch.what).values("id")
        if rows.filter(batch__in=finished, row_key__in=staged.values("row_key")).exists():
            yield "", _("Some rows came in with another file meanwhile. Take this file out and try again.")
            return
        other = other_words(batch)
        if other is not None:
            yield "", other

    def apply(self, batch: Import, entry: Recorded) -> None:
        batch.change(entry, state=Taken.FINISHED, fresh_rows=self.fresh_rows, closed_at=self.moment)


class WithdrawImport(Command):
    """Take a file out again."""

    records = "promises.import_withdrawn"
    may = who_brings_it | whose_file_it_is
    says = _("%(by)s took a file out again. Nobody sees what was in it any more.")
    strong = True
    page: ClassVar[str] = "promises:import"

    batch: Id[Import]
    why: Sealed = Ask(
        _("Why is it taken out?"),
        used_for=_("The record keeps why it is not shown any more."),
        belongs_to="thing",
    )
    moment: datetime | None = Ask(settled=True)

    def settle(self, batch: Import, at: At) -> Mapping[str, Any]:
        return {"moment": at.moment}

    def objections(self, batch: Import, at: At) -> Iterator[tuple[str, Lazy]]:
        if batch.state == Taken.WITHDRAWN:
            yield "batch", _("This file has been taken out already.")
        if not self.why:
            yield "why", _("Say why it is taken out.")

    def apply(self, batch: Import, entry: Recorded) -> None:
        batch.change(entry, state=Taken.WITHDRAWN, why=self.why, closed_at=self.moment)
