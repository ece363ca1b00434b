"""The rules a decision was made under, as they stood then, and what has changed in them since."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.http import require_safe

from alongside.interfaces.page import render
from alongside.interfaces.who import Request
from alongside.kernel import clock, rules
from alongside.kernel.pack import Pack
from alongside.kernel.packfile import PackRule
from alongside.topics.decisions.commands.protecting import SAFEGUARDS, protects
from alongside.topics.decisions.commands.standing import pack_of
from alongside.topics.decisions.pages.opened import opened
from alongside.topics.decisions.pages.ruled_words import CALLED, by_what_to_know

FOR_A_PERSON = ("decision.", "told.")
FOR_A_PLACE = ("decision.", "told.", "change.", "problem.")
FORCES = {
    "statute": gettext_lazy("law"),
    "guidance": gettext_lazy("guidance"),
    "local": gettext_lazy("what this place promises"),
}


@require_safe
def rules_page(request: Request, pk: UUID) -> HttpResponseBase:
    """Every rule that could bear on one decision: what it said, who says so, and whether it has changed."""
    decision = opened(pk, request.actor)
    then, now = pack_of(decision), rules.here(clock.today())
    beginnings = FOR_A_PERSON if decision.is_about_person else FOR_A_PLACE
    context = {
        "decision": decision,
        "version": then.version,
        "digest": then.digest,
        "since": now.version if now.version != then.version else "",
        "rooms": list(_rooms(then, now, beginnings, is_theirs=decision.person in request.actor.ids)),
        "whole": "whole" in request.GET,
        "back": reverse("decisions:decision", args=[pk]),
    }
    return render(request, "decisions/rules.html", context)


def _rooms(
    then: Pack, now: Pack, beginnings: tuple[str, ...], *, is_theirs: bool
) -> Iterator[dict[str, Any]]:
    """The rules by what somebody wants to know."""
    found = by_what_to_know(key for key in then if key.startswith(beginnings))
    for number, (name, keys) in enumerate(found, 1):
        yield {
            "id": f"know-{number}",
            "name": name,
            "rules": [_rule(then, now, key, is_theirs) for key in keys],
        }


def _rule(then: Pack, now: Pack, key: str, is_theirs: bool) -> dict[str, Any]:
    rule = then.rule(key)
    changed = key in now and now.rule(key).value != rule.value
    return {
        "called": CALLED.get(key, key),
        "rule": rule,
        "in_short": said(rule) if isinstance(rule.value, bool | int) else "",
        "says": _of_others(then) if key == SAFEGUARDS and not is_theirs else said(rule).split("; "),
        "force": FORCES[rule.force],
        "now": said(now.rule(key)) if changed else "",
    }


def _of_others(pack: Pack) -> list[str]:
    """What protects somebody, for readers who are somebody else; the rules are shown in English."""
    with override("en"):
        return [str(protects(pack, code, is_theirs=False)) for code in pack.codes(SAFEGUARDS)]


def said(rule: PackRule) -> str:
    """What a rule says, in a line."""
    value = rule.value
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, int):
        return f"{value} {rule.unit}".replace("_", " ")
    if isinstance(value, dict) and "of" in value:
        return f"{value['needs']}: {_names(value['of'])}"
    if rule.type == "offer":
        return ". ".join(_offered(value))
    if isinstance(value, dict):
        return ", ".join(f"{name}: {amount}" for name, amount in value.items())
    return _names(value)


def _offered(value: Any) -> Iterator[str]:
    """What must be offered, each in a few words."""
    if value.get("channels"):
        yield _("Ways to tell the person: %(number)s") % {"number": value["channels"]}
    if value.get("live_voices"):
        yield _("Of these, a voice or hands that can answer back: %(number)s") % {
            "number": value["live_voices"]
        }
    if value.get("advocate"):
        yield _("An advocate")


def _names(items: Any) -> str:
    return "; ".join(str(item.get("name", item.get("code"))) for item in items)
