"""The register of hearings, and one request with every offer, refusal, appeal and account."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from alongside.interfaces.acting import address_of, may_do
from alongside.interfaces.chart import Bar
from alongside.interfaces.page import render
from alongside.interfaces.who import Request
from alongside.interfaces.words import number
from alongside.kernel import clock
from alongside.kernel.command import Missing
from alongside.kernel.now import the
from alongside.kernel.policy import Actor
from alongside.topics.people.pages.looking import why_not
from alongside.topics.people.policy import names_of, smallest_shown
from alongside.topics.voice.commands.base import bodies_with_an_agenda
from alongside.topics.voice.models import (
    Account,
    Answered,
    Appeal,
    Check,
    Happened,
    Hearing,
    HearingState,
    InWhoseName,
    Offer,
    Quote,
    Way,
)
from alongside.topics.voice.pages.shown import hearing_bar, minutes_bar, one_page
from alongside.topics.voice.policy import working_days_between
from alongside.topics.voice.policy.counting import HearingCounts, hearing_counts

OUTCOME_WORDS = {
    "whole": gettext_lazy("Granted as they asked"),
    "partly": gettext_lazy("Granted only in part"),
    "leaflets": gettext_lazy("No time to speak: leaflets only"),
    "waiting": gettext_lazy("Waiting for an answer"),
    "refused": gettext_lazy("Refused"),
    "withdrawn": gettext_lazy("Taken back by those who asked"),
}
HAS_AN_ANSWER = ("whole", "partly", "leaflets")
ORDER = ("refused", "appeal", "offer")  # of what came on the same day
QUOTED = {Check.EXACT: "good", Check.SHORTENED: "part", Check.ALTERED: "bad"}
TO_THE_ASKER = {HearingState.OFFERED: gettext_lazy("An offer waits for your yes or no")}
OFFER_OVER = gettext_lazy("The day of the offer is over. Nobody said yes or no to it")
LOOKS = {
    "whole": "good",
    "partly": "part",
    "leaflets": "bad",
    "refused": "bad",
    "waiting": "waiting",
    "withdrawn": "quiet",
}


def line(row: Hearing, names: dict[UUID, str], actor: Actor | None = None) -> dict[str, Any]:
    """One request, as a list shows it. Who one person is, is never shown in a list; they read “You”."""
    mine = actor is not None and row.asked_by in actor.ids
    return {
        "row": row,
        "link": reverse("voice:hearing", args=[row.id]),
        "body": names.get(row.organisation, ""),
        "is_you": mine and row.name_of == InWhoseName.ONE,
        "who": _("You") if mine and row.name_of == InWhoseName.ONE else who_asks(row, names),
        "state": TO_THE_ASKER.get(HearingState(row.state), state_of(row)) if mine else state_of(row),
        "look": LOOKS[row.outcome],
        "is_late": _waits(row) and row.answer_due_on < clock.today() and is_going_on(row),
    }


def who_asks(row: Hearing, names: dict[UUID, str]) -> str:
    """In whose name it is asked."""
    if row.name_of == InWhoseName.BODY and row.body is not None:
        name = names.get(row.body, "")
        return _("%(name)s, a user-led organisation") % {"name": name} if row.is_user_led else name
    if row.name_of == InWhoseName.SEVERAL:
        return str(row.who or "") or _("Several people")
    return _("One person")


def state_of(row: Hearing) -> str:
    """How it stands, with the minutes: a part is called a part."""
    if row.outcome in HAS_AN_ANSWER:
        words = _("%(granted)s of %(asked)s minutes: %(way)s")
        said = words % {
            "granted": row.minutes_granted,
            "asked": row.minutes_asked,
            "way": Way(row.way_granted).label,
        }
        return (
            _("%(said)s. Taken under protest") % {"said": said} if row.state == HearingState.PROTEST else said
        )
    if row.state == HearingState.ASKED and row.was_refused:
        return _("Refused at first. Now it waits for an offer")
    return str(HearingState(row.state).label)


def _waits(row: Hearing) -> bool:
    """Whether nobody answered yet, or nobody offered a place in time after an appeal opened it again."""
    return row.answered_on is None or (row.state == HearingState.ASKED and row.overdue_on is not None)


def is_going_on(row: Hearing) -> bool:
    return row.state != HearingState.WITHDRAWN


def _told(count: int | None) -> str:
    return _("not told: too few") if count is None else number(count)


@require_safe
def hearings_page(request: Request) -> HttpResponseBase:
    """The register: what was asked, offered and granted, in numbers and one by one."""
    actor = request.actor
    rows, beside = one_page(Hearing.objects.seen_by(actor).order_by("-asked_on", "-made_by", "id"), request)
    names = names_of({one for row in rows for one in (row.organisation, row.body)})
    found, smallest = hearing_counts(clock.today()), smallest_shown(clock.today())
    context = {
        "found": found,
        "private": [(OUTCOME_WORDS[name], _told(count)) for name, count in found.private],
        "private_total": _told(found.private_total),
        "private_is_few": found.private_total is None,
        "smallest": smallest,
        "bar": hearing_bar(found) if found.asked else None,
        "minutes": _all_minutes(found) if found.minutes_asked else None,
        "lines": [line(row, names, actor) for row in rows],
        "ask": reverse("voice:ask_to_be_heard") if actor.person and actor.only is None else "",
        **beside,
    }
    return render(request, "voice/hearings.html", context)


def _all_minutes(found: HearingCounts) -> Bar:
    more = {"waiting": found.minutes_waiting, "withdrawn": found.minutes_withdrawn}
    return minutes_bar(found.minutes_asked, found.minutes_granted, **more)


@require_safe
def ask_page(request: Request) -> HttpResponseBase:
    """Whose meeting it is: asked first, by itself, so that the form after it asks only about that body."""
    actor = request.actor
    if actor.person is None or actor.only is not None:
        raise Missing
    found = [
        {"name": name, "link": address_of("voice.hearing_asked", organisation=body, **given)}
        for body, name, given in bodies_with_an_agenda()
    ]
    context = {"bodies": found, "back": reverse("voice:hearings")}
    return render(request, "voice/ask_to_be_heard.html", context)


@require_safe
def hearing_page(request: Request, pk: UUID) -> HttpResponseBase:
    """One request to be heard."""
    actor = request.actor
    row: Hearing = the(Hearing, pk, seen_by=actor)
    parts = {model: _parts(model, actor, row) for model in (Offer, Appeal, Account)}
    quotes = list(Quote.objects.seen_by(actor).filter(hearing=row.id).order_by("found_on", "id"))
    wanted = {row.organisation, row.office, row.body, row.refused_office}
    names = names_of(wanted | {each.office for each in (*parts[Offer], *parts[Appeal])})
    is_over = clock.today() >= row.meets_on
    of_askers = [_account(each) for each in parts[Account] if not each.is_of_body]
    of_body = [_account(each) for each in parts[Account] if each.is_of_body]
    waiting = [one for one in parts[Offer] if one.answer == Answered.WAITING]
    is_too_late = bool(waiting) and all(one.on_day < clock.today() for one in waiting)
    context = {
        **line(row, names, actor),
        **({"state": OFFER_OVER} if is_too_late and row.state == HearingState.OFFERED else {}),
        "office": names[row.office],
        "has_to_answer": is_going_on(row) and (row.answered_on is None or row.state == HearingState.ASKED),
        "refused_by": names.get(row.refused_office, "") if row.refused_office else "",
        "granted": row.outcome in HAS_AN_ANSWER,
        "minutes": minutes_bar(row.minutes_asked, row.minutes_granted or 0),
        "steps": _in_order(
            row,
            [_offer(actor, row, each, request.path) for each in parts[Offer]],
            [_appeal(actor, row, each, names) for each in parts[Appeal]],
        ),
        "accounts": of_askers,
        "of_body": of_body,
        "do_differ": bool(of_askers and of_body) and _fact(of_askers[-1]) != _fact(of_body[-1]),
        "promised": _promised(actor, row) if is_over else "",
        "quotes": [
            {
                "row": each,
                "check": Check(each.check_says).label,
                "look": QUOTED[Check(each.check_says)],
                "why_not": why_not(each),
            }
            for each in quotes
        ],
        "acts": _acts(
            actor, row, request.path, is_over=is_over, upheld=any(one.upheld for one in parts[Appeal])
        ),
    }
    return render(request, "voice/hearing.html", context)


def _in_order(
    row: Hearing, offers: list[dict[str, Any]], appeals: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """What was offered, refused and appealed, in the order in which it came."""
    steps = [{"kind": "offer", "on": one["row"].offered_on, **one} for one in offers]
    steps += [{"kind": "appeal", "on": one["row"].appealed_on, **one} for one in appeals]
    if row.was_refused:
        steps.append({"kind": "refused", "on": row.refused_on})
    return sorted(steps, key=lambda step: (step["on"], ORDER.index(step["kind"])))


def _fact(account: dict[str, Any]) -> tuple[str, int | None]:
    """What an account says was done, without its words."""
    return account["row"].happened, account["row"].minutes


def _parts(model: Any, actor: Actor, row: Hearing) -> list[Any]:
    return list(model.objects.seen_by(actor).filter(hearing=row.id).order_by("made_by", "id"))


def _offer(actor: Actor, row: Hearing, offer: Offer, here: str) -> dict[str, Any]:
    waits = offer.answer == Answered.WAITING and may_do(actor, "voice.offer_answered", row)
    link = address_of("voice.offer_answered", hearing=row.id, offer=offer.id, next=here) if waits else ""
    return {
        "row": offer,
        "way": Way(offer.way).label,
        "after": working_days_between(row.asked_on, offer.offered_on),
        "answer": Answered(offer.answer).label,
        "is_less": offer.minutes < row.minutes_asked or offer.way not in (Way.IN_PERSON, Way.VIDEO),
        "link": link,
    }


def _appeal(actor: Actor, row: Hearing, appeal: Appeal, names: dict[UUID, str]) -> dict[str, Any]:
    waits = appeal.answered_on is None and may_do(actor, "voice.appeal_answered", row)
    waits = waits and row.refused_by not in actor.records
    return {
        "row": appeal,
        "office": names[appeal.office],
        "after": working_days_between(appeal.appealed_on, appeal.answered_on) if appeal.answered_on else None,
        "link": address_of("voice.appeal_answered", hearing=row.id, appeal=appeal.id) if waits else "",
        "is_late": appeal.answered_on is None and appeal.due_on < clock.today(),
    }


def _account(row: Account) -> dict[str, Any]:
    return {"row": row, "happened": Happened(row.happened).label}


def _promised(actor: Actor, row: Hearing) -> str:
    """Where those who asked write down, word for word, what was promised to them at the meeting."""
    if not (may_do(actor, "voice.hearing_told", row) and may_do(actor, "promises.statement_written_down")):
        return ""
    given = {"organisation": row.organisation, "said_on": row.meets_on}
    return address_of("promises.statement_written_down", **given)


def _acts(actor: Actor, row: Hearing, here: str, *, is_over: bool, upheld: bool) -> list[dict[str, str]]:
    """What the reader can do now: those who asked, then those who answer. Nobody refuses after an appeal."""
    asks, answers = may_do(actor, "voice.hearing_told", row), may_do(actor, "voice.hearing_offered", row)
    refused = row.state == HearingState.REFUSED
    granted = row.state in (HearingState.GRANTED, HearingState.PROTEST)
    going_on = is_going_on(row)
    wanted = [
        (asks and going_on and is_over, "hearing_told", _("Say what in fact happened")),
        (asks and refused, "refusal_appealed", _("Ask somebody else to look again")),
        (asks and going_on and not (is_over and granted), "hearing_withdrawn", _("Take back the request")),
        (answers and going_on and row.state != HearingState.APPEALED, "hearing_offered", _("Offer a place")),
        (
            answers and not upheld and row.state in (HearingState.ASKED, HearingState.OFFERED),
            "hearing_refused",
            _("Refuse, with reasons"),
        ),
        (answers and is_over and (granted or going_on), "hearing_told_by_body", _("Give the body’s account")),
    ]
    return [
        {"words": words, "link": address_of(f"voice.{kind}", hearing=row.id, next=here)}
        for is_so, kind, words in wanted
        if is_so
    ]
