"""Writing down a legal reason, or why it still holds: first which one, then what the law asks about it."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from alongside.interfaces.form_look import DatePartsField, status_for
from alongside.interfaces.page import render
from alongside.interfaces.who import Request
from alongside.kernel import clock
from alongside.kernel.command import Missing, Refused
from alongside.kernel.door import do
from alongside.topics.decisions import models
from alongside.topics.decisions.commands import RecordGround, RenewGround
from alongside.topics.decisions.commands.grounded import EMERGENCY
from alongside.topics.decisions.commands.outside import outside_of
from alongside.topics.decisions.commands.standing import pack_of
from alongside.topics.decisions.pages.opened import opened
from alongside.topics.people.models import Kinds, Link
from alongside.topics.people.models.links import live
from alongside.topics.people.policy import names_of, standings

SEE_OTHER = 303
BESIDE = {"holder": "held_by", "ends_on": "last_day"}  # the command's words for boxes of this form


class WhichGround(forms.Form):
    """The first question: which legal reason."""

    code = forms.ChoiceField(
        label=_("Which legal reason is it?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one."), "invalid_choice": _("Choose one of these.")},
    )


class Evidence(forms.Form):
    """The questions of one ground, from the rules of this place."""

    def __init__(self, item: Mapping[str, Any], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.asked = [each["name"] for each in item["evidence"]]
        for each in item["evidence"]:
            self.fields[each["name"]] = _question(each)
        if "ends_on" not in self.asked:
            self.fields["last_day"] = DatePartsField(label=_("On which day does it end?"), required=False)
        self.fields["person"] = forms.UUIDField(required=False, widget=forms.HiddenInput)
        self.fields["form_key"] = forms.CharField(required=False, widget=forms.HiddenInput, max_length=64)
        self.initial.setdefault("form_key", secrets.token_urlsafe(16))

    @property
    def words(self) -> str:
        """The answers as the record keeps them."""
        return json.dumps(
            {name: str(self.cleaned_data.get(name) or "") for name in self.asked}, ensure_ascii=False
        )


def _question(each: Mapping[str, Any]) -> forms.Field:
    label, missing = _(each["label"]), {"required": _("Answer this question.")}
    if each["type"] == "date":
        return DatePartsField(label=label, required=each["required"])
    if each["type"] == "choice":
        named = [(one, one.capitalize()) for one in each["options"]]
        return forms.ChoiceField(label=label, choices=named, widget=forms.RadioSelect, error_messages=missing)
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(
        label=label, required=each["required"], widget=widget, max_length=8000, error_messages=missing
    )


@require_http_methods(["GET", "POST"])
def ground_page(request: Request, pk: UUID) -> HttpResponseBase:
    """Ask which ground, then its evidence, then record it."""
    decision = opened(pk, request.actor)
    decides = models.Decider.objects.seen_by(request.actor).filter(
        decision=pk, person__in=request.actor.ids, until_at=None
    )
    if not decides.exists():
        raise Missing
    pack = pack_of(decision)
    code = request.GET.get("code", "")
    back = reverse("decisions:decision", args=[pk])
    if code not in pack.codes("decision.grounds"):
        return _which(request, pack.choices("decision.grounds"), back)
    item = pack.item("decision.grounds", code)
    sent = request.POST if request.method == "POST" else None
    form = Evidence(item, sent, initial={"person": request.GET.get("person", "")})
    again = _written_before(request, decision, code)
    if code == "attorney_or_deputy" and again is None:
        form.fields["held_by"] = _holder(request, decision)
    if sent is not None and form.is_valid() and _recorded(request, decision, code, form, again):
        messages.success(request, _("It is written down. The person can read it."))
        answer = HttpResponseRedirect(reverse("decisions:lawful", args=[pk]))
        answer.status_code = SEE_OTHER
        return answer
    lead = LEAD_NOW if code == EMERGENCY else LEAD
    if again is not None:
        lead = LEAD_AGAIN
    context = {"title": _(item["name"]), "lead": lead, "button": _("Write it down"), "back": back}
    if "held_by" in form.fields:
        context["only_one_line"] = _only_one_line(request, decision)
    return render(request, "decisions/ground.html", context, form=form, status=status_for(form))


LEAD = _(
    "This is only for this decision, and it ends by itself. The person can read what you write. It opens "
    "nothing until somebody outside your line has seen it. We ask them."
)
LEAD_NOW = _(
    "This is only for this decision. It holds at once, to the end of the next working day. If nobody outside "
    "your line has seen it by then, it ends, and what was decided on it holds no longer."
)
LEAD_AGAIN = _(
    "Answer each question as it is today. What you wrote last time is not copied. It must be seen anew."
)


def _written_before(request: Request, decision: models.Decision, code: str) -> models.Ground | None:
    """The legal reason that is written down anew, where the address names one of this matter."""
    try:
        wanted = UUID(request.GET.get("ground", ""))
    except ValueError:
        return None
    rows = models.Ground.objects.seen_by(request.actor).filter(decision=decision.id, code=code, id=wanted)
    found: models.Ground | None = rows.first()
    return found


def _which(request: Request, grounds: Any, back: str) -> HttpResponseBase:
    form = WhichGround()
    form.fields["code"].choices = list(grounds)  # type: ignore[attr-defined]  # a ChoiceField has them
    context = {"form": form, "back": back, "person": request.GET.get("person", "")}
    return render(request, "decisions/which_ground.html", context)


def _holder(request: Request, decision: models.Decision) -> forms.Field:
    """Those who hold a power for this person, as far as the actor may know of them."""
    links = Link.objects.seen_by(request.actor).filter(**_powers_of(decision))
    held = names_of(links.values_list("other", flat=True))
    return forms.ChoiceField(
        label=_("Which attorney or deputy decides this?"),
        choices=[(str(one), name) for one, name in held.items()],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one. If none is shown, no power is on record.")},
    )


def _only_one_line(request: Request, decision: models.Decision) -> list[dict[str, str]]:
    """The powers that nobody outside the line that decides has seen, and where somebody can be asked to."""
    now, person = clock.now(), decision.person
    if person is None:
        return []
    outside = outside_of(decision.id, now)
    rows = Link.objects.seen_by(request.actor).filter(live(now), **_powers_of(decision))
    links = {row.id: row.other for row in rows}
    names = names_of(links.values())
    return [
        {"who": names[holder], "link": reverse("people:link", args=[link])}
        for link, holder in links.items()
        for one in standings(holder, person, now)
        if one.link == link and one.speaks and not one.is_seen_outside(outside)
    ]


def _powers_of(decision: models.Decision) -> dict[str, Any]:
    kinds = [kind.value for kind in Kinds.POWERS]
    return {"person": decision.person, "kind__in": kinds, "other__isnull": False}


def _command(
    decision: models.Decision, code: str, form: Evidence, again: models.Ground | None
) -> RecordGround | RenewGround:
    answers = form.cleaned_data
    written = {"decision": decision.id, "ends_on": answers.get("last_day"), "evidence": form.words}
    if again is not None:
        return RenewGround(ground=again.id, **written)
    return RecordGround(
        code=code, person=answers.get("person"), holder=answers.get("held_by") or None, **written
    )


def _recorded(
    request: Request, decision: models.Decision, code: str, form: Evidence, again: models.Ground | None
) -> bool:
    command = _command(decision, code, form, again)
    try:
        do(command, by=request.actor, key=form.cleaned_data.get("form_key") or None)
    except Refused as refusal:
        for reason in refusal.reasons:
            box = BESIDE.get(reason.field, reason.field)
            form.add_error(box if box in form.fields and box != "person" else None, reason.sentence)
        return False
    return True
