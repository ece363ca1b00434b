"""How much of a matter was done together: one page of eleven rows, and the page of what a row rests on.

There is no page and no address that lists bodies or matters by it: it is a profile, and nobody's place in a
table. Numbers are the same for every reader; what could point to one person is not shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alongside.interfaces import words
from alongside.interfaces.acting import address_of, may_do
from alongside.interfaces.page import render
from alongside.interfaces.who import Request
from alongside.kernel import reading
from alongside.kernel.command import COMMANDS, Missing
from alongside.kernel.few import whole_lots
from alongside.kernel.now import the
from alongside.kernel.policy import Actor
from alongside.kernel.reading import Line
from alongside.topics.decisions import models
from alongside.topics.decisions.engine.finding import ABOUT_FEW, IN_LOTS, Finding
from alongside.topics.decisions.engine.kinds import TOOK_PART
from alongside.topics.decisions.engine.rung import STEPS, Profile, grades, profile
from alongside.topics.decisions.models import Together
from alongside.topics.decisions.pages import yardstick_words as said
from alongside.topics.decisions.pages.more import SEEN_BY_ALL
from alongside.topics.decisions.pages.shown import Happened, Names, part_rows
from alongside.topics.decisions.pages.together import beside, facts_of
from alongside.topics.people.policy import names_of, smallest_shown

WIDE, HIGH = 300, 34  # of one row’s bar in the drawing
MOST_OWN = 200


@dataclass(frozen=True)
class Row:
    """One row as a page shows it."""

    key: str
    number: int  # its place, from 1
    question: str
    short: str
    counted: str  # “3 of 10”
    says: str
    more: list[str]
    left_out: list[str]
    missing: list[str]
    is_evidenced: bool
    width: float  # of the filled part of its bar
    top: float  # where it stands in the drawing
    link: str  # what it rests on
    sources: list[str]  # the same in words, where it has no page
    kinds: list[str]  # who took part, as they chose to say of themselves

    @property
    def look(self) -> str:
        return "these" if self.is_evidenced else "no-answer"

    @property
    def has_more(self) -> bool:
        """Whether there is anything to read beside the answer and what is missing."""
        at_hand = self.missing if self.is_evidenced else []
        return bool(self.more or self.kinds or self.left_out or at_hand or self.link or self.sources)


def _row(found: Finding, number: int, address: str, sources: Mapping[UUID, str]) -> Row:
    share = found.value / found.of if found.value is not None and found.of else 0.0
    few = [name for name in found.hidden if not name.startswith(TOOK_PART)]  # of those the line itself tells
    hidden = [_("Some numbers are not shown: they are about too few people.")] if few else []
    binds = [str(said.BINDS[found.says])] if found.says in said.BINDS else []
    is_about_one = found.key == "stage"  # the earlier the better: the first stage fills the bar
    if is_about_one and found.value is not None and found.of:
        share = (found.of - found.value + 1) / found.of
    return Row(
        key=found.key,
        number=number,
        question=str(said.QUESTIONS[found.key]),
        short=str(said.SHORT[found.key]),
        counted=said.number(found),
        says=said.says(found),
        more=[*(said.figure_words(each) for each in found.figures if not said.is_of_kinds(each)), *binds],
        left_out=[*(said.figure_words(each) for each in found.left_out), *hidden],
        missing=[str(said.MISSING[name]) for name in found.missing],
        is_evidenced=found.value is not None,
        width=round(WIDE * share, 1),
        top=(number - 1) * HIGH,
        link=f"{address}?row={found.key}" if address else "",
        sources=list(dict.fromkeys(sources[one] for one in found.rests_on if one in sources)),
        kinds=said.kinds_words(found),
    )


def shown_profile(
    found: Profile, *, address: str = "", sources: Mapping[UUID, str] | None = None
) -> dict[str, Any]:
    """What the template of a profile needs: the rows, the step, and what would move it.

    `address` is the page of what a row rests on; or `sources` says it of each entry, in words.
    """
    reached, stop = found.reached, found.reached.stopped_by
    rows = [_row(each, number, address, sources or {}) for number, each in enumerate(found.findings, 1)]
    known = sum(row.is_evidenced for row in rows)
    return {
        "rows": rows,
        "high": len(rows) * HIGH,
        "known": known,
        "step": Together(reached.step).label,
        "step_number": reached.number,
        "steps": [
            {
                "name": Together(step).label,
                "is_here": step == reached.step,
                "is_reached": number <= reached.number,
                "left": 2 + (number - 1) * 92,
                "top": 86 - number * 12,
                "high": number * 12,
            }
            for number, step in enumerate(STEPS, 1)
        ],
        "arnstein": said.ARNSTEIN[reached.arnstein],
        "stop": said.STOPS.get(stop, ""),
        "next": said.NEXT.get(stop, ""),
    }


@require_safe
def yardstick_page(request: Request, pk: UUID) -> HttpResponseBase:
    """How much of this was done together?"""
    actor = request.actor
    decision = _place(pk, actor)
    facts = facts_of(decision)
    found = profile(facts).protected(smallest=smallest_shown())
    held = part_rows(models.Meeting, actor, pk, "held_on", "made_by")
    graded = grades(facts)
    context = {
        "decision": decision,
        "back": reverse("decisions:decision", args=[pk]),
        "profile": shown_profile(found, address=reverse("decisions:rests_on", args=[pk])),
        "claims": [_claim(row) for row in part_rows(models.Claim, actor, pk, "claimed_at")],
        "meetings": [_meeting(row, [one for one in graded if one.meeting == row.id]) for row in held],
        "among": [_among(row) for row in part_rows(models.Among, actor, pk, "said_at") if row.is_current],
        "say_among": address_of("decisions.among_said", decision=pk, next=request.get_full_path())
        if may_do(actor, "decisions.among_said", pk)
        else "",
        "mine": reverse("decisions:my_part", args=[pk]) if actor.person else "",
        "claim": address_of("decisions.together_claimed", decision=pk, next=request.get_full_path())
        if may_do(actor, "decisions.together_claimed", pk)
        else "",
    }
    return render(request, "decisions/together/yardstick.html", context)


def _place(pk: UUID, actor: Actor) -> models.Decision:
    """The matter, if it is about a service or a place: no life is measured."""
    decision: models.Decision = the(models.Decision, pk, seen_by=actor)
    if decision.is_about_person:
        raise Missing
    return decision


def _claim(row: models.Claim) -> dict[str, Any]:
    who = row.office or row.organisation
    return {
        "who": names_of([who])[who] if who else _("The body that decides"),
        "step": Together(row.step).label,
        "on": row.claimed_at,
        "words": row.words,
    }


def _among(row: models.Among) -> dict[str, Any]:
    return {"kind": said.KINDS[row.kind], "people": row.people, "source": row.source, "on": row.said_at}


def _meeting(row: models.Meeting, graded: list[Any]) -> dict[str, Any]:
    return {
        "row": row,
        "stage": models.Stage(row.stage).label,
        "groups": [
            {
                "who": said.GROUPS[grade.group],
                "most": said.act_words(grade.most),
                "counts": [f"{said.act_words(name)}: {number}" for name, number in grade.counts],
            }
            for grade in graded
        ],
    }


@require_safe
def rests_on_page(request: Request, pk: UUID) -> HttpResponseBase:
    """What one row rests on: entries anybody may read, how many there are of the rest, what is missing."""
    actor = request.actor
    decision = _place(pk, actor)
    lines = reading.history(pk)
    found = {each.key: each for each in profile(facts_of(decision, lines)).findings}
    row = found.get(request.GET.get("row", ""))
    if row is None:
        raise Missing
    few = smallest_shown() if row.key in (*ABOUT_FEW, *IN_LOTS) else 0
    wanted = set(row.rests_on)
    shown, rest = _sorted(actor, [line for line in lines if line.recorded.id in wanted])
    wanted -= {line.recorded.id for line in lines}
    elsewhere = [_elsewhere(line) for line in reading.entries(wanted, of=beside(pk) if wanted else ())]
    found_lines = sorted([*shown, *elsewhere], key=lambda line: line.at)
    context = {
        "decision": decision,
        "question": said.QUESTIONS[row.key],
        "back": reverse("decisions:yardstick", args=[pk]),
        "lines": found_lines[:MOST_OWN],
        "rest": [(each, _how_often(count, few)) for each, count in sorted(rest.items())],
        "missing": [str(said.MISSING[name]) for name in row.missing],
        "history": reverse("decisions:history", args=[pk]),
    }
    return render(request, "decisions/together/rests_on.html", context)


def _sorted(actor: Actor, lines: list[Line]) -> tuple[list[Happened], Counter[str]]:
    """What the reader may know of, line by line; and of the rest only how often each thing was done."""
    shown, rest, names = [], Counter[str](), Names(actor, ())
    for line in lines:
        entry = line.recorded
        sentence = line.says_to(actor.ids) % {
            "by": names.subject(entry.by) if entry.by in actor.ids else _("Someone")
        }
        if entry.kind in SEEN_BY_ALL or entry.by in actor.ids:
            shown.append(Happened(entry.at, sentence, is_voice=entry.by in actor.ids))
        else:
            rest[sentence] += 1
    return shown, rest


def _how_often(count: int, few: int) -> str:
    """So often; in a row about what single people were paid or needed, no number that points to one."""
    if count < few:
        return _("A few times")
    told = words.times(whole_lots(count, smallest=few))
    return _("At least %(times)s") % {"times": told} if few else told


def _elsewhere(line: Line) -> Happened:
    """An entry of a problem or a promise that anybody can read, with the way to its page."""
    entry, command = line.recorded, COMMANDS[line.recorded.kind]
    sentence = line.says % {"by": _("Someone")} if "%(by)s" in line.says else line.says
    link = reverse(command.page, args=[entry.thing]) if command.page else ""
    return Happened(entry.at, sentence, link=link, link_words=_("Read it"))
