"""Speaking up: what it is, your own notes, the notes you are to answer; one note. Days are told as months."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from alongside.interfaces.acting import address_of, may_do
from alongside.interfaces.page import render
from alongside.interfaces.who import Request
from alongside.kernel import clock, rules
from alongside.kernel.now import the
from alongside.kernel.policy import Actor
from alongside.kernel.pseudonyms import person_behind
from alongside.topics.people.policy import name_of, names_of, now_is
from alongside.topics.voice.models import Desk, Judged, Note, NoteKind, NoteWord, Purpose, SpeaksAs
from alongside.topics.voice.models.desks import runs_q
from alongside.topics.voice.models.speaking import reads_q, wrote_q
from alongside.topics.voice.policy import at_the_front_line, open_desks

BY_YOU = {  # as whoever wrote it reads them
    NoteKind.MORE.value: gettext_lazy("You added"),
    NoteKind.JUDGED.value: gettext_lazy("You said of the answer"),
    NoteKind.RETALIATION.value: gettext_lazy("You are treated worse because you spoke"),
}


def themes() -> dict[str, Any]:
    """What can be spoken up about, by code."""
    return dict(rules.here(clock.today()).choices("voice.speak_up.themes"))


def standing_words(row: Note) -> str:
    """Who speaks, as far as it is shown: their work, and a large team or nothing."""
    who = str(SpeaksAs(row.standing).label) if row.standing else _("Somebody")
    if row.area is None:
        return who
    return _("%(who)s in %(area)s") % {"who": who, "area": name_of(row.area)}


def line(row: Note, known: dict[str, Any]) -> dict[str, Any]:
    """One note in a list, for its writer or those who answer."""
    return {
        "row": row,
        "theme": known.get(row.theme, row.theme),
        "who": standing_words(row),
        "is_late": row.answered_on is None and row.due_on < clock.today(),
    }


@require_safe
def speak_up_page(request: Request) -> HttpResponseBase:
    """What speaking up is, and for whom."""
    actor = request.actor
    rows, known, at = Note.objects.seen_by(actor), themes(), clock.now()
    is_frontline = bool(at_the_front_line.resolve(actor, at))
    desks = list(Desk.objects.seen_by(actor).filter(purpose=Purpose.SPEAK_UP, ended_at=None).order_by("id"))
    names = names_of({one for desk in desks for one in (desk.office, desk.organisation)})
    offices = list(dict.fromkeys(names[desk.office] for desk in desks))
    has_office = bool(open_desks(actor.person, at)) if is_frontline and actor.person else False
    runs = actor.strong and actor.person is not None and runs_q(actor, at, "pk") and may_name_desk(request)
    to_answer = [line(row, known) for row in rows.filter(reads_q(actor)).order_by("due_on", "id")]
    context = {
        "own": [line(row, known) for row in rows.filter(wrote_q(actor)).order_by("-made_by", "id")],
        "to_answer": sorted(to_answer, key=lambda one: one["row"].answered_on is not None),
        "is_frontline": is_frontline,
        "has_office": has_office,
        "offices": offices,
        "speak": address_of("voice.spoken_up") if has_office else "",
        "name_desk": address_of("voice.desk_named", purpose=Purpose.SPEAK_UP.value) if runs else "",
        "own_desks": desks_run(actor) if runs else [],
    }
    return render(request, "voice/speak_up.html", context)


def desks_run(actor: Actor) -> list[dict[str, Any]]:
    """Of the bodies that the reader manages: which office answers for what now, and where that is ended."""
    rows = list(Desk.objects.seen_by(actor).filter(runs_q(actor, clock.now()), ended_at=None))
    names = names_of({one for row in rows for one in (row.office, row.organisation)})
    found = [
        {
            "office": names[row.office],
            "body": names[row.organisation],
            "what": Purpose(row.purpose).label,
            "end": address_of("voice.desk_ended", desk=row.id),
        }
        for row in rows
    ]
    return sorted(found, key=lambda one: (one["body"], str(one["what"]), one["office"]))


def may_name_desk(request: Request) -> bool:
    """Whether the reader manages a body, and so says which office answers."""
    from alongside.topics.voice.commands.desks import bodies_run_by

    return request.actor.only is None and bool(bodies_run_by(request.actor))


@require_safe
def note_page(request: Request, pk: UUID) -> HttpResponseBase:
    """One note: for whoever wrote it, and those outside their line who answer."""
    actor = request.actor
    row: Note = the(Note, pk, seen_by=actor)
    words = list(NoteWord.objects.seen_by(actor).filter(note=row.id).order_by("made_by", "id"))
    is_writer = may_do(actor, "voice.speak_up_added", row)
    context = {
        **line(row, themes()),
        "office": name_of(row.office),
        "name": _name(row, is_writer=is_writer),
        "judged": Judged(row.judged).label if row.judged else "",
        "words": [
            {
                "row": each,
                "kind": (BY_YOU.get(each.kind) if is_writer else None) or NoteKind(each.kind).label,
                "is_reply": each.kind == NoteKind.ANSWER,
            }
            for each in words
        ],
        "is_writer": is_writer,
        "acts": _acts(row, request.path, is_writer=is_writer),
    }
    return render(request, "voice/note.html", context)


def _name(row: Note, *, is_writer: bool) -> str:
    """The writer's name, for those who answer, where the writer lets them see it."""
    if is_writer or not row.is_named:
        return ""
    person = person_behind(row.said_by)
    return name_of(now_is(person)) if person is not None else ""


def _acts(row: Note, here: str, *, is_writer: bool) -> list[dict[str, str]]:
    wanted = [
        (not is_writer, "speak_up_answered", _("Answer it")),
        (is_writer, "speak_up_added", _("Add something")),
        (is_writer and row.answered_on is not None, "speak_up_judged", _("Say if the answer answers you")),
        (is_writer, "retaliation_reported", _("I am treated worse because I spoke")),
    ]
    return [
        {"words": words, "link": address_of(f"voice.{kind}", note=row.id, next=here)}
        for is_so, kind, words in wanted
        if is_so
    ]
