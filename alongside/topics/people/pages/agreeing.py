"""Who is asked to agree from outside the line: what they need to see for it, and no more; and what a body may
not do while nobody stands outside."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from alongside.interfaces.acting import address_of, may_do, needs_passkey
from alongside.interfaces.page import render
from alongside.interfaces.who import Request, actor_of
from alongside.interfaces.words import day
from alongside.kernel import clock, reading
from alongside.kernel.command import Missing
from alongside.kernel.kept import kept_question
from alongside.kernel.now import the
from alongside.kernel.policy import Actor
from alongside.topics.people.commands.agreeing import Waiting, kind_of
from alongside.topics.people.commands.erasing import WhyErased
from alongside.topics.people.commands.keeping import WhyHeldBack
from alongside.topics.people.commands.links import LegalBasis
from alongside.topics.people.models import (
    TAKES_TWO,
    AddressCheck,
    AgreesFor,
    AskedAs,
    AskedToAgree,
    Asks,
    Erasure,
    HoldBack,
    Link,
    LinkKind,
    Merge,
    Organisation,
    PowerCheck,
    Said,
    Scope,
    not_refused,
)
from alongside.topics.people.policy import name_of, names_of
from alongside.topics.people.policy.outside_line import (
    duty_has_others,
    elsewhere,
    lines_without,
    offices_that_agree,
    there_days,
)

A_PAGE = 20
YES = {  # by which command each is agreed to, and the question that names it there
    Asks.HOLD_BACK: ("people.hold_back_agreed", "hold_back"),
    Asks.ERASURE: ("people.person_erased", "erasure"),
    Asks.NOTE: ("people.note_removed", "erasure"),
    Asks.MERGE: ("people.people_merged", "merge"),
    Asks.ADDRESS: ("people.address_confirmed", "check"),
    Asks.POWER: ("people.power_confirmed", "check"),
}
A_MATTER = gettext_lazy("a matter that is being decided")
WORDS = gettext_lazy("words that somebody wrote")


@kept_question
def _asks_you(actor: Actor, at: datetime) -> Any:
    """What waits for this person to agree to, or not: the first that is due first."""
    rows = AskedToAgree.objects.seen_by(actor, at).filter(person=actor.person, closed_at=None)
    return rows.order_by("answer_by", "id")[:A_PAGE]


@kept_question
def _you_wait(actor: Actor, at: datetime) -> Any:
    """The ids of what this person asked for, and nobody outside their line has said yes or no to."""
    open_still = Q(agreed_at=None) | Q(by_line=True)
    held = HoldBack.everything.filter(open_still, proposed_by=actor.person, lifted_at=None, ends_at__gt=at)
    rest = [
        not_refused(model.everything.filter(asked_by=actor.person, agreed_at=None)) for model in TAKES_TWO
    ]
    first, *others = [rows.order_by().values_list("id", flat=True) for rows in (held, *rest)]
    return first.union(*others, all=True)


def panel(request: HttpRequest) -> tuple[str, dict[str, Any]] | None:
    """On the page of whoever is asked: that something waits for them, and by which day. On the page of
    whoever asked: that it waits still."""
    actor = actor_of(request)
    if actor.person is None or actor.only is not None:
        return None
    rows, waits = _asks_you(actor), _you_wait.count(actor)
    if not rows and not waits:
        return None
    said: dict[str, Any] = {"count": len(rows), "waits": waits, "place": "work"}
    if rows:
        said |= {"answer_by": rows[0].answer_by, "is_late": rows[0].answer_by < clock.today()}
    return "people/asked_panel.html", {**said, "link": reverse("people:asked_to_agree")}


@require_safe
def asked_page(request: Request) -> HttpResponseBase:
    """What waits for your yes or no, what you said, and what became of what you asked for."""
    actor = request.actor
    if actor.person is None or actor.only is not None:
        raise Missing
    waiting = _asks_you(actor)
    mine = AskedToAgree.objects.seen_by(actor).filter(person=actor.person)
    answered = list(mine.exclude(said=Said.NOTHING).order_by("-closed_at", "id")[:A_PAGE])
    asked = list(_asked_by(actor))
    names = names_of({row.about for row in (*waiting, *answered)})
    context = {
        "waiting": [_line(row, names) for row in waiting],
        "answered": [_line(row, names) for row in answered],
        "asked": [_outcome(row) for row in asked],
        "back": reverse("home"),
        "today": clock.today(),
    }
    return render(request, "people/asked_to_agree.html", context)


def _line(row: AskedToAgree, names: dict[UUID, str]) -> dict[str, Any]:
    return {
        "row": row,
        "what": Asks(row.kind).label,
        "who": names[row.about],
        "link": reverse("people:one_asked", args=[row.id]),
    }


def _asked_by(actor: Actor) -> Iterable[Waiting]:
    """What the reader asked for, the latest first."""
    yield from HoldBack.everything.filter(proposed_by=actor.person).order_by("-proposed_at")[:A_PAGE]
    for model in (Erasure, Merge, AddressCheck, PowerCheck):
        yield from model.everything.filter(asked_by=actor.person).order_by("-asked_at")[:A_PAGE]


def _outcome(row: Waiting) -> dict[str, Any]:
    """Who was asked, as what, and what they said: by name whoever agreed, as the person reads it too; never
    who said no, nor who of the duty team has not answered yet."""
    asked = list(AskedToAgree.everything.filter(ask=row.id).order_by("asked_at", "id"))
    about = row.about if isinstance(row, HoldBack) else row.person
    kind = asked[0].kind if asked else kind_of(row)
    by_line = isinstance(row, HoldBack) and bool(row.by_line)
    settled = row.agreed_at is not None and not by_line
    gone = isinstance(row, HoldBack) and (row.lifted_at is not None or row.ends_at <= clock.now())
    return {
        "what": Asks(kind).label,
        "who": name_of(about),
        "answers": [
            {"row": one, "who": name_of(one.person) if one.said == Said.YES else ""}
            for one in asked
            if one.said != Said.NOTHING
        ],
        "waits_for": sorted({str(AskedAs(one.standing).label) for one in asked if one.closed_at is None}),
        "answer_by": max((one.answer_by for one in asked if one.closed_at is None), default=None),
        "nobody": not asked and not settled and not gone,
        "by_line": by_line and not gone,
        "ends_on": clock.day_of(row.ends_at) if isinstance(row, HoldBack) else None,
        "without": asked[0].body if asked else None,
    }


@require_safe
def one_asked_page(request: Request, pk: UUID) -> HttpResponseBase:
    """What one is asked to agree to: who asks, about whom, why, until when; and earlier answers."""
    actor = request.actor
    row: AskedToAgree = the(AskedToAgree, pk, seen_by=actor)
    if row.person != actor.person:
        raise Missing
    reading.looked(actor, row.about, "people:one_asked")
    kind, field = YES[Asks(row.kind)]
    waits = row.closed_at is None
    here = reverse("people:asked_to_agree")
    context = {
        "row": row,
        "what": Asks(row.kind).label,
        "standing": AskedAs(row.standing).label,
        "office": name_of(row.office) if row.office else "",
        "facts": _facts(row),
        "before": list(_before(row)),
        "agree": address_of(kind, **{field: row.ask}, next=here)
        if waits and may_do(actor, kind, row.ask)
        else "",
        "decline": address_of("people.agreement_declined", asked=row.id, next=here) if waits else "",
        "passkey_first": needs_passkey(actor, kind) or needs_passkey(actor, "people.agreement_declined"),
        "lift": _lift(actor, row, here),
        "is_for_ever": row.kind in (Asks.ERASURE, Asks.NOTE, Asks.MERGE),
        "back": here,
    }
    return render(request, "people/one_asked.html", context)


def _lift(actor: Actor, row: AskedToAgree, here: str) -> str:
    """Whoever agreed to hold something back can show it again."""
    now = clock.now()
    held = HoldBack.everything.filter(pk=row.ask, agreed_by=actor.person, lifted_at=None, ends_at__gt=now)
    if needs_passkey(actor, "people.hold_back_lifted") or not held.exists():
        return ""
    return address_of("people.hold_back_lifted", hold_back=row.ask, next=here)


def _facts(row: AskedToAgree) -> list[tuple[Any, Any]]:
    """(question, answer) of what is needed to agree, and nothing more: not the words themselves."""
    names = names_of([row.about, row.asked_by])
    said = [(_asker(row), names[row.asked_by]), (_("About whom?"), names[row.about])]
    if row.kind == Asks.HOLD_BACK:
        return said + _of_hold_back(HoldBack.everything.get(pk=row.ask))
    if row.kind == Asks.MERGE:
        merge = Merge.everything.get(pk=row.ask)
        return [
            *said,
            (_("Which record is the same person?"), name_of(merge.other)),
            (_("Why?"), merge.words),
        ]
    if row.kind == Asks.ADDRESS:
        return [
            *said,
            (_("What is to be confirmed?"), _("An address or a number by which we reach them.")),
            (_("What do you do?"), _("Speak with them by another way. Let them tell you the address.")),
        ]
    if row.kind == Asks.POWER:
        return said + _of_power(Link.everything.get(pk=PowerCheck.everything.get(pk=row.ask).link))
    erasure = Erasure.everything.get(pk=row.ask)
    said.append((_("For which reason?"), str(WhyErased(erasure.reason).label)))
    if erasure.note is not None:
        line = reading.entry_about(row.about, erasure.note)
        if line is not None:
            said.append((_("Which note?"), day(line.recorded.at)))
            said.append((_("What kind of note?"), str(line.says) % {"by": name_of(line.recorded.by)}))
    return [*said, (_("Why?"), erasure.words)] if erasure.words else said


def _asker(row: AskedToAgree) -> str:
    return _("Who wrote it down?") if row.kind in (Asks.ADDRESS, Asks.POWER) else _("Who asks?")


def _of_power(link: Link) -> list[tuple[Any, Any]]:
    """What the document must say, but for its number: that they read for themselves."""
    return [
        (_("Whose power is it?"), name_of(link.other)),
        (_("What are they to the person?"), LinkKind(link.kind).label),
        (_("What in law does it rest on?"), LegalBasis(link.legal_basis).label),
        (_("About what may they speak?"), Scope(link.scope).label),
        (
            _("What do you do?"),
            _("See the document, or look in the public register. Type the number that you read there."),
        ),
    ]


def _of_hold_back(held: HoldBack) -> list[tuple[Any, Any]]:
    what = A_MATTER if held.table.casefold() == "decisions.decision" else WORDS
    said = [
        (_("What is to be held back?"), what),
        (_("From whom?"), name_of(held.held_from)),
        (_("On which test?"), WhyHeldBack(held.test).label),
        (_("Why?"), held.reasons),
        (_("Until when, at the latest?"), day(held.asked_until or held.ends_at)),
        (_("When do they look again?"), day(held.review_on)),
    ]
    if held.from_advocate:
        said.append(
            (_("And their advocate?"), _("Whoever asks says that the danger comes from the advocate."))
        )
    if held.by_line:
        said.append((_("Held back already, on the word of one line, until"), day(held.ends_at)))
    return said


def _before(row: AskedToAgree) -> Any:
    """Earlier no’s about the same person and the same kind of thing, the latest first."""
    rows = AskedToAgree.everything.filter(about=row.about, kind=row.kind, said=Said.NO).exclude(ask=row.ask)
    if row.kind == Asks.HOLD_BACK:
        same = HoldBack.everything.filter(thing__in=HoldBack.everything.filter(pk=row.ask).values("thing"))
        rows = rows.filter(ask__in=same.values("id"))
    return rows.order_by("-closed_at")[:5]


# What a body may not do -----------------------------------------------------------------------------------


@require_safe
def not_yet_page(request: Request, pk: UUID) -> HttpResponseBase:
    """Who agrees for a body when one line may not decide by itself; and what it means where nobody does."""
    actor = request.actor
    body: Organisation = the(Organisation, pk, seen_by=actor)
    lines = lines_without(body.id, clock.now())
    offices = AgreesFor.objects.seen_by(actor).filter(organisation=body.id, ended_at=None)
    named = names_of([*(team for team, _manages in lines if team), *offices_that_agree(body.id)])
    context = {
        "body": body,
        "name": name_of(body.id),
        "kinds": [kind.label for kind in Asks],
        "offices": [{"row": row, "name": named[row.office]} for row in offices.order_by("named_at", "id")],
        "without": [{"name": named[team] if team else "", "manages": manages} for team, manages in lines],
        "there_days": there_days(clock.now()),
        "duty_has_others": duty_has_others(body.id, clock.now()),
        "elsewhere": elsewhere(clock.today()),
        "back": reverse("people:organisation", args=[body.id]),
    }
    return render(request, "people/not_yet.html", context)
