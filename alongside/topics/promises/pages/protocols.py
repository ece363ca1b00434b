"""Protocols: which there are, and one with each line's test, what it showed, and what people say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alongside.interfaces.acting import address_of, may_do
from alongside.interfaces.page import render
from alongside.interfaces.who import Request
from alongside.interfaces.words import number
from alongside.kernel import clock, rules
from alongside.kernel.command import Missing
from alongside.kernel.now import the
from alongside.kernel.policy import Actor
from alongside.topics.people.policy import names_of, organisations_of
from alongside.topics.promises.commands.protocols import COMMISSIONING
from alongside.topics.promises.engine import asked
from alongside.topics.promises.models import Erosion, Promise, Protocol, ProtocolUse, Tested, TestResult
from alongside.topics.promises.pages.shown import asked_words, shown_result, told_to_all
from alongside.topics.promises.policy.counting import published
from alongside.topics.promises.policy.mending import mended_now


@require_safe
def protocols_page(request: Request) -> HttpResponseBase:
    """Which bodies adopted a protocol, with whom, and what a protocol asks."""
    rows = list(Protocol.objects.seen_by(request.actor).order_by("-adopted_on", "id"))
    names = names_of(one for row in rows for one in (row.organisation, row.made_to))
    pack = rules.here(clock.today())
    actor = request.actor
    bodies = sorted(organisations_of(actor.person, clock.now())) if actor.person else []
    own = [one for one in bodies if may_do(actor, "promises.protocol_adopted", one)]
    context = {
        "rows": [
            {
                "row": row,
                "body": names[row.organisation],
                "made_to": names[row.made_to],
                "link": reverse("promises:protocol", args=[row.id]),
            }
            for row in rows
        ],
        "lines": pack.items(COMMISSIONING),
        "source": pack.rule(COMMISSIONING).source,
        "adopt": address_of("promises.protocol_adopted", organisation=own[0]) if own else "",
        "back": reverse("promises:promises"),
    }
    return render(request, "promises/protocols.html", context)


@require_safe
def protocol_page(request: Request, pk: UUID) -> HttpResponseBase:
    """One protocol: for each line its test, what the latest look showed, and what its people say."""
    protocol: Protocol = the(Protocol, pk, seen_by=request.actor)
    uses = list(ProtocolUse.objects.seen_by(request.actor).filter(protocol=pk).order_by("begun_on", "id"))
    use = use_chosen(request.GET.get("use", ""), uses)
    names = names_of([protocol.organisation, protocol.made_to])
    actor = request.actor
    lines = lines_of(protocol, use, actor, request.get_full_path())
    context = {
        "protocol": protocol,
        "body": names[protocol.organisation],
        "made_to": names[protocol.made_to],
        "uses": [
            {"row": each, "link": f"?use={each.id}", "is_here": use is not None and each.id == use.id}
            for each in uses
        ],
        "use": use,
        "lines": lines,
        "in_brief": in_brief(lines),
        "begin": address_of("promises.protocol_used", protocol=pk, next=request.path)
        if may_do(actor, "promises.protocol_used", protocol)
        else "",
        "whole": request.path,
        "back": reverse("promises:protocols"),
    }
    return render(request, "promises/protocol.html", context)


def in_brief(lines: Iterable[Mapping[str, Any]]) -> str:
    """How many of the tests showed what, and at how many nobody has looked: they add up to all lines."""
    shown = [line["result"].result if line["result"] is not None else "" for line in lines]
    parts = [f"{number(shown.count(one.value))} {one.label.lower()}" for one in Tested if one.value in shown]
    if "" in shown:
        parts.append(_("%(count)s not looked at yet") % {"count": number(shown.count(""))})
    return _("%(all)s tests: %(parts)s.") % {"all": number(len(shown)), "parts": ", ".join(parts)}


def use_chosen(wanted: str, uses: Iterable[ProtocolUse]) -> ProtocolUse | None:
    """The use that is asked for; Missing where there is no such use."""
    if not wanted:
        return None
    for each in uses:
        if str(each.id) == wanted:
            return each
    raise Missing


def _latest_figures(looks: Mapping[bool, TestResult]) -> str:
    last = next(reversed(list(looks.values())), None)
    return last.figures if last is not None else ""


def lines_of(
    protocol: Protocol, use: ProtocolUse | None, actor: Actor, here: str = ""
) -> list[dict[str, Any]]:
    """Every line in the order of the list, with what the latest test showed and what people say."""
    pack = rules.version(protocol.pack, on=protocol.adopted_on)
    items = {item["code"]: item for item in pack.items(protocol.list_key)}
    rows = {row.line: row for row in Promise.objects.seen_by(actor).filter(protocol=protocol.id)}
    ids = [row.id for row in rows.values()]
    results = TestResult.objects.seen_by(actor).filter(promise__in=ids)
    results = results.filter(use=use.id) if use is not None else results
    latest: dict[UUID, dict[bool, TestResult]] = {pk: {} for pk in ids}
    for result in results.order_by("made_by"):
        latest[result.promise].pop(result.by_owner, None)
        latest[result.promise][result.by_owner] = result
    told = published({pk: [pk] for pk in ids})
    eroded = {
        row.promise: row
        for row in Erosion.objects.seen_by(actor).filter(promise__in=ids).order_by("on_day", "made_by")
    }
    again = mended_now(eroded)
    given = {"next": here} | ({"use": use.id} if use is not None else {})
    asks = {code: asked(str(row.test or ""), _latest_figures(latest[row.id])) for code, row in rows.items()}
    return [
        {
            "name": item["name"],
            "number": item["number"],
            "row": rows[code],
            "result": next(reversed(latest[rows[code].id].values()), None),
            "looks": [
                shown_result(row, rows[code]) for row in reversed(list(latest[rows[code].id].values()))
            ],
            "asked": asks[code],
            "asked_words": [asked_words(one) for one in asks[code]],
            "told": told_to_all(told[rows[code].id]),
            "figures": told[rows[code].id],
            "eroded": eroded.get(rows[code].id),
            "mended": again.get(rows[code].id),
            "link": reverse("promises:promise", args=[rows[code].id]),
            "test": address_of("promises.test_recorded", promise=rows[code].id, **given)
            if here and may_do(actor, "promises.test_recorded", rows[code])
            else "",
        }
        for code, item in items.items()
        if code in rows
    ]
