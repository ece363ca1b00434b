"""How the rows of a file become commands: reading it whole, and refusing it whole.

`DECISION_FILE` and `PROMISE_FILE`, at the foot, say which columns each kind can have.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from uuid import UUID, uuid5

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alongside.interfaces.tables import (
    Columns,
    DateOrder,
    MappedRow,
    Problem,
    Rule,
    Table,
    TableRefused,
    Wanted,
    a_date,
    apply_mapping,
    choose_mapping,
    no_longer_than,
    not_before,
    once,
    one_filled,
    read_table,
    require,
    suggest_mapping,
    whole_number,
)
from alongside.kernel.command import Command, Lazy
from alongside.topics.promises.commands.importing import (
    DECISIONS,
    PROMISES,
    ClaimPromise,
    ReportDecisionFromElsewhere,
)

Dates = Literal["dmy", "mdy"] | None
LONGEST_TITLE, LONGEST_WORDS = 500, 20_000
MOST_NUMBER = 2_147_483_647
LANGUAGES = ("title", "title_en", "title_cy", "title_es", "title_ca")  # the first that is filled is shown
DESCRIPTIONS = ("words", "words_en", "words_cy", "words_es", "words_ca")

# A decision about one person is taken with that person, so no file may name one.
SOMEBODY = r"(person|client|patient|resident|customer|tenant|citizen|individual|service.user|carer)"
NAMES_A_PERSON = re.compile(
    rf"^{SOMEBODY}s?$|\b{SOMEBODY}s?[ _-]*(id|name|number|no|ref|reference)$"
    r"|\b(nhs|national insurance|ni)[ _-]*(number|no)?$|\bdate[ _-]of[ _-]birth\b|^dob$"
    r"|^(first|last|given|family|sur|fore)[ _-]?names?$"
    r"|\b(case|care|mosaic|liquidlogic)[ _-]*(id|number|no)$",
    re.IGNORECASE,
)


# What was read ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class SoundFile:
    """A file that was read whole, and how we read it."""

    what: str
    table: Table
    columns: Columns
    order: DateOrder
    labels: Mapping[str, Lazy]

    @property
    def sentences(self) -> list[str]:
        rows = ngettext("%(count)s row.", "%(count)s rows.", self.table.row_count)
        read_as = "; ".join(
            _("“%(heading)s” as: %(field)s") % {"heading": heading, "field": self.labels[name]}
            for name, heading in self.columns.headings.items()
        )
        found = [
            f"{self.table.name}: {rows % {'count': f'{self.table.row_count:,}'}}",
            *self.table.notes,
            self.order.sentence,
            _("We read %(columns)s.") % {"columns": read_as},
        ]
        if self.columns.unused:
            left = ", ".join(f"“{heading}”" for heading in self.columns.unused)
            found.append(_("We leave out: %(columns)s.") % {"columns": left})
        return found

    def rows(self) -> Iterator[MappedRow]:
        return apply_mapping(self.table.rows(), self.columns)

    @property
    def reading(self) -> str:
        """How the columns were read, kept with the file."""
        return json.dumps([self.order.order, dict(self.columns.headings)], ensure_ascii=False, sort_keys=True)


# Reading ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class FileOf:
    """How one kind of file is read and taken in."""

    what: str
    wanted: Sequence[Wanted]
    fields: Mapping[str, Lazy]
    dates: Sequence[str]
    rules: Sequence[Rule]
    row: Callable[[MappedRow, UUID, str, DateOrder], Command]
    ordered: Sequence[tuple[str, str]] = field(default=())  # (later, earlier)

    def read(
        self,
        source: bytes | Path,
        *,
        name: str,
        dates: Dates = None,
        chosen: Mapping[str, str] | None = None,
        progress: Callable[[int, float], None] | None = None,
    ) -> SoundFile:
        """Read a file whole, or raise TableRefused with all that is wrong with it."""
        rules = () if chosen else self.rules  # with the columns we would suggest, one answer tells all
        table = read_table(source, name=name, dates=dates, wanted=self.wanted, rules=rules, progress=progress)
        _refuse_persons(table)
        if chosen:
            columns = choose_mapping(table.headings, self.wanted, self.headings_of(table.headings, chosen))
        else:
            columns = suggest_mapping(table.headings, self.wanted)
        columns.refuse_if_missing(table.name)
        self._need_a_title(table, columns)
        order = table.date_order([columns.headings[one] for one in self.dates if one in columns.headings])
        checks = [*(self.rules if chosen else ()), once("reference")]
        checks += [a_date(one, order) for one in self.dates]
        checks += [not_before(later, earlier, order) for later, earlier in self.ordered]
        try:
            require(apply_mapping(table.rows(), columns), *checks, name=table.name)
        except TableRefused as refusal:
            refusal.headings = (
                tuple(table.headings) if chosen else ()
            )  # a slip in choosing is mended by choosing
            raise
        return SoundFile(self.what, table, columns, order, self.fields)

    def headings_of(self, headings: Sequence[str], chosen: Mapping[str, str]) -> dict[str, str]:
        """The heading of each field: as somebody chose, perhaps none; of what they left alone, our guess."""
        taken = set(chosen.values())
        guessed = suggest_mapping(headings, self.wanted).headings
        return {**{name: heading for name, heading in guessed.items() if heading not in taken}, **chosen}

    def _need_a_title(self, table: Table, columns: Columns) -> None:
        if not any(one in columns.headings for one in LANGUAGES):
            reason = _("We cannot find the column that says what each row is about.")
            mend = _("Tell us which it is: --map “Heading=title”. The headings are: %(headings)s.")
            mend %= {"headings": ", ".join(f"“{heading}”" for heading in table.headings)}
            raise TableRefused([Problem(reason, mend)], name=table.name, headings=table.headings)


def _refuse_persons(table: Table) -> None:
    found = [heading for heading in table.headings if NAMES_A_PERSON.search(heading)]
    if found:
        reason = _("This column names a person. A decision about a person is made with that person.")
        mend = _("It cannot come from a file. Take the column out, and what is about one person.")
        problems = [Problem(reason, mend, column=heading) for heading in found]
        raise TableRefused(problems, name=table.name)


def _first(row: MappedRow, names: Sequence[str]) -> str:
    return next((row[name] for name in names if row[name]), "")


def _number(row: MappedRow, name: str) -> int | None:
    return int(row[name]) if row[name] else None


def _common(row: MappedRow, batch: UUID, key: str) -> dict[str, Any]:
    return {
        "batch": batch,
        "row": row.row.number,
        "line": row.row.line,
        "row_key": key,
        "what": _first(row, LANGUAGES),
        "words": _first(row, DESCRIPTIONS),
        "reference": row["reference"],
        "link": row["link"],
    }


def _decision(row: MappedRow, batch: UUID, key: str, order: DateOrder) -> Command:
    return ReportDecisionFromElsewhere(
        reported=uuid5(batch, key),
        on_day=order.read(row["on_day"]),
        place=row["place"],
        outcome=row["outcome"],
        votes_for=_number(row, "votes_for"),
        votes_against=_number(row, "votes_against"),
        votes_abstained=_number(row, "votes_abstained"),
        absent=_number(row, "absent"),
        came=_number(row, "came"),
        votes=_votes(row),
        **_common(row, batch, key),
    )


def _votes(row: MappedRow) -> str:
    """How each elected member voted, a line each, as the source has it."""
    found = row.row.nested.get(row.headings.get("votes", ""), ())
    if not isinstance(found, list):
        return row["votes"]
    votes = [one for one in found if isinstance(one, dict)]
    return "\n".join(f"{one.get('name', '')}: {one.get('vote', '')}" for one in votes)


def _promise(row: MappedRow, batch: UUID, key: str, order: DateOrder) -> Command:
    return ClaimPromise(
        claimed=uuid5(batch, key),
        owned_by=row["owner"],
        made_to=row["made_to"],
        part_of=row["part_of"],
        starts_on=order.read(row["starts_on"]),
        due_on=order.read(row["due_on"]),
        percent=_number(row, "percent"),
        **_common(row, batch, key),
    )


def _has_a_title(row: MappedRow) -> Iterator[Problem]:
    if not any(one in row.headings for one in LANGUAGES):
        return  # told once, for the whole file
    reason = _("This row has no title, so nobody could tell what it is about.")
    yield from one_filled(LANGUAGES, reason=reason)(row)


def _votes_fit(row: MappedRow) -> Iterator[Problem]:
    if len(_votes(row)) > LONGEST_WORDS:
        told = _("The list of votes is longer than we can take.")
        yield row.problem("votes", reason=told, what_to_do=_("Leave the list out, and keep the counts."))


# The two kinds of file ------------------------------------------------------------------------------

TITLES = (
    Wanted("title", ("titol", "titulo", "subject", "decision", "promise", "commitment", "action", "result")),
    *(Wanted(f"title_{code}", (f"titol_{code}",)) for code in ("en", "cy", "es", "ca")),
    Wanted("words", ("description", "descripció", "descripcion", "details", "summary", "meeting")),
    *(Wanted(f"words_{code}", (f"description_{code}",)) for code in ("en", "cy", "es", "ca")),
    Wanted("reference", ("id", "external_id", "ref", "number", "id de cita")),
    Wanted("link", ("url", "web address", "website", "page")),
)
TITLE_LABELS: dict[str, Lazy] = {
    "title": gettext_lazy("title"),
    "title_en": gettext_lazy("title in English"),
    "title_cy": gettext_lazy("title in Welsh"),
    "title_es": gettext_lazy("title in Spanish"),
    "title_ca": gettext_lazy("title in Catalan"),
    "words": gettext_lazy("description"),
    "words_en": gettext_lazy("description in English"),
    "words_cy": gettext_lazy("description in Welsh"),
    "words_es": gettext_lazy("description in Spanish"),
    "words_ca": gettext_lazy("description in Catalan"),
    "reference": gettext_lazy("the other system’s own number"),
    "link": gettext_lazy("web address"),
}
COMMON_RULES: tuple[Rule, ...] = (
    _has_a_title,
    *(no_longer_than(name, LONGEST_TITLE) for name in (*LANGUAGES, "reference", "link")),
    *(no_longer_than(name, LONGEST_WORDS) for name in DESCRIPTIONS),
)
COUNTS = ("votes_for", "votes_against", "votes_abstained", "absent", "came")

DECISION_FILE = FileOf(
    what=DECISIONS,
    wanted=(
        *TITLES,
        Wanted("on_day", ("date", "meeting_date", "data", "fecha", "decided on", "day")),
        Wanted("place", ("address", "adreça", "direccion", "venue", "where")),
        Wanted("outcome", ("result", "decision made", "status")),
        Wanted("votes_for", ("for_count", "votes for", "for", "in favour")),
        Wanted("votes_against", ("against_count", "votes against", "against")),
        Wanted("votes_abstained", ("abstain_count", "abstentions", "abstained")),
        Wanted("absent", ("absent_count", "absences")),
        Wanted("came", ("attendance", "attendees", "assistents", "asistentes", "people who came")),
        Wanted("votes", ("votes_by_councillor", "votes by member")),
    ),
    fields={
        **TITLE_LABELS,
        "on_day": gettext_lazy("the day it was decided"),
        "place": gettext_lazy("where"),
        "outcome": gettext_lazy("what was decided"),
        "votes_for": gettext_lazy("votes for"),
        "votes_against": gettext_lazy("votes against"),
        "votes_abstained": gettext_lazy("votes withheld"),
        "absent": gettext_lazy("absent"),
        "came": gettext_lazy("people who came"),
        "votes": gettext_lazy("how each elected member voted"),
    },
    dates=("on_day",),
    rules=(
        *COMMON_RULES,
        *(whole_number(name, least=0, most=MOST_NUMBER) for name in COUNTS),
        no_longer_than("place", LONGEST_TITLE),
        no_longer_than("outcome", LONGEST_TITLE),
        _votes_fit,
    ),
    row=_decision,
)

PROMISE_FILE = FileOf(
    what=PROMISES,
    wanted=(
        *TITLES,
        Wanted("owner", ("responsible", "department", "service", "team", "office", "lead")),
        Wanted("made_to", ("promised to", "for whom", "recipients", "audience")),
        Wanted("part_of", ("pam/pad", "plan", "programme", "strategy")),
        Wanted("starts_on", ("start_date", "start", "from", "begins")),
        Wanted("due_on", ("end_date", "due", "due date", "deadline", "by when", "end")),
        Wanted("percent", ("progress", "percent done", "% complete", "complete")),
    ),
    fields={
        **TITLE_LABELS,
        "owner": gettext_lazy("the office that answers for it"),
        "made_to": gettext_lazy("made to"),
        "part_of": gettext_lazy("the plan it is part of"),
        "starts_on": gettext_lazy("from"),
        "due_on": gettext_lazy("by when"),
        "percent": gettext_lazy("how much its owner says is done, out of 100"),
    },
    dates=("starts_on", "due_on"),
    rules=(
        *COMMON_RULES,
        whole_number("percent", least=0, most=100),
        *(no_longer_than(name, LONGEST_TITLE) for name in ("owner", "made_to", "part_of")),
    ),
    row=_promise,
    ordered=(("due_on", "starts_on"),),
)
