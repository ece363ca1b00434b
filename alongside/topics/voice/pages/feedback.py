"""Coming back with a receipt code; feedback in numbers; one piece of it, for each who may see it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from alongside.interfaces.acting import address_of, may_do
from alongside.interfaces.form import CommandForm
from alongside.interfaces.form_look import status_for
from alongside.interfaces.page import render
from alongside.interfaces.signing_in.limits import too_many, was_right, where_from
from alongside.interfaces.who import Request
from alongside.interfaces.words import days
from alongside.kernel import clock, rules
from alongside.kernel.now import the
from alongside.kernel.policy import THE_CLOCK, Actor
from alongside.topics.people.pages.looking import looks, reason_words, why_not
from alongside.topics.people.policy import names_of, smallest_shown, works_somewhere
from alongside.topics.voice.commands import AddToFeedback, JudgeFeedbackReply, SayWhoIAm
from alongside.topics.voice.commands.feedback import digest_of
from alongside.topics.voice.models import Channel, Contact, Feedback, FeedbackWord, Judged, Result
from alongside.topics.voice.models.feedback import open_q, replies_q
from alongside.topics.voice.pages.looked import LOOKED_AT
from alongside.topics.voice.pages.shown import one_page, result_bar, result_rows
from alongside.topics.voice.policy.counting import (
    FeedbackCounts,
    feedback_counts,
    held_back,
    waiting_to_be_shown,
)

RECEIPT, UNTIL = "receipt", "receipt_until"
TRIES, MOST_TRIES, MINUTES, LASTS = "receipt codes from", 10, 15, 60 * 60
TOO_MANY = 429


BRING = {  # a code alone reaches nobody who does not come back: whoever left a way is told by it
    Channel.PHONE: _(
        "They told us by telephone. Ring them, and read them the reply. If somebody else answers, say "
        "nothing of it."
    ),
    Channel.TEXT: _(
        "They told us by text message. Send them a text that says only: you have an answer, ring us with "
        "your code."
    ),
    Channel.PAPER: _("They told us on paper. Print this page, and post it to them in a plain envelope."),
}
TELL_THEM = _("They left a way to reach them. Tell them that there is a reply, and nothing more.")
NO_WAY_LEFT = _(
    "They left no way to reach them. They read the reply with their code: here, or by ringing us."
)


class CodeForm(forms.Form):
    """One question."""

    code = forms.CharField(
        label=_("What is your code?"),
        help_text=_("It looks like K7MP-3XQ9. Capital or small letters are both fine."),
        max_length=60,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "autocomplete": "off"}),
        error_messages={"required": _("Type the code.")},
    )


@require_http_methods(["GET", "POST"])
def receipt_page(request: Request) -> HttpResponseBase:
    """Ask for the receipt code. It opens one piece of feedback for an hour, and nothing else."""
    sent = request.POST if request.method == "POST" else None
    form, status = CodeForm(sent), None
    if form.is_valid():
        place = where_from(request)
        if too_many(TRIES, place, most=MOST_TRIES, minutes=MINUTES):
            form.add_error("code", str(_("That was too many tries. Wait 15 minutes, or ring us.")))
            status = TOO_MANY
        else:
            found = feedback_of(form.cleaned_data["code"])
            if found is not None:
                was_right(TRIES, place)
                request.session[RECEIPT] = str(found)
                request.session[UNTIL] = int(clock.now().timestamp()) + LASTS
                return HttpResponseRedirect(reverse("voice:one_feedback", args=[found]))
            form.add_error("code", str(_("We do not know that code. Check each letter and number.")))
    context = {
        "title": _("What is your code?"),
        "one_question": True,
        "button": _("Read what became of it"),
        "action": request.path,
    }
    return render(request, "voice/receipt.html", context, form=form, status=status or status_for(form))


def feedback_of(code: str) -> UUID | None:
    """What a receipt code opens."""
    digest = digest_of(code)
    rows = Feedback.objects.seen_by(THE_CLOCK).filter(finder=digest) if digest else None
    return rows.values_list("id", flat=True).first() if rows is not None else None


def who_looks(request: Request, pk: UUID) -> Actor:
    """The reader; for this one piece, whoever came with its code."""
    held = request.session.get(RECEIPT) == str(pk)
    still = int(request.session.get(UNTIL) or 0) > clock.now().timestamp()
    return Actor(only=pk, way="code") if held and still else request.actor


@require_http_methods(["GET", "POST"])
def feedback_page(request: Request, pk: UUID) -> HttpResponseBase:
    """One piece of feedback: for its giver, for those who reply, and where it is shown for everyone."""
    actor = who_looks(request, pk)
    row: Feedback = the(Feedback, pk, seen_by=actor)
    is_giver = may_do(actor, "voice.feedback_added", row)
    form = _asked(request, actor, row) if is_giver and not row.is_for_duty else None
    if form is not None and request.method == "POST" and form.done() is not None:
        return HttpResponseRedirect(request.path)
    replies = may_do(actor, "voice.feedback_replied", row)
    rows = {"feedback": row.id}
    pack = rules.here(clock.today())
    contacts = list(Contact.objects.seen_by(actor).filter(**rows).order_by("made_by", "id"))
    context = {
        "row": row,
        "body": _about(row, names_of([row.organisation])),
        "office": names_of([row.reply_office])[row.reply_office] if row.reply_office else "",
        "result": Result(row.result).label if row.result else "",
        "judged": Judged(row.judged).label if row.judged else "",
        "channel": Channel(row.channel).label,
        "moderation": dict(pack.choices("voice.feedback.moderation")).get(row.moderation, ""),
        "identity": dict(pack.choices("voice.feedback.identity_reasons")).get(row.identity_reason, ""),
        "why_not": why_not(row) if row.may_be_shown and not row.is_for_duty else "",
        "is_open": row.is_open_on(clock.today()),
        "looks": looks(row.id, [LOOKED_AT]),
        "is_giver": is_giver,
        "is_late": row.replied_on is None and row.due_on < clock.today(),
        "words": list(FeedbackWord.objects.seen_by(actor).filter(**rows).order_by("made_by", "id")),
        "contacts": contacts,
        "bring": _bring(row, is_known=bool(contacts)) if replies and not is_giver else "",
        "acts": [*(_acts(row, request.path) if replies else []), *_look(actor, row, request.path)],
        "ways": _ways(row) if is_giver and not row.is_for_duty else [],
        "asked": request.GET.get("say", ""),
    }
    status = status_for(form) if form is not None else None
    return render(request, "voice/feedback.html", context, form=form, status=status)


def _bring(row: Feedback, *, is_known: bool) -> Any:
    """For those who replied: how the reply reaches whoever gave it."""
    if row.replied_on is None or row.is_for_duty:
        return ""
    return BRING.get(Channel(row.channel), TELL_THEM) if is_known else NO_WAY_LEFT


def _ways(row: Feedback) -> list[dict[str, Any]]:
    """What its giver can do, each a link that opens one form on this page."""
    wanted = [
        (row.replied_on is not None, "judge", _("Say if the reply answers you")),
        (True, "more", _("Add something")),
        (bool(row.identity_reason), "who", _("Say who you are, if you want to")),
    ]
    return [{"say": say, "words": words} for is_so, say, words in wanted if is_so]


def _asked(request: Request, actor: Actor, row: Feedback) -> CommandForm | None:
    """The one form that the giver opened."""
    commands: dict[str, Any] = {"judge": JudgeFeedbackReply, "more": AddToFeedback, "who": SayWhoIAm}
    command = commands.get(request.GET.get("say", ""))
    if command is None:
        return None
    sent = request.POST if request.method == "POST" else None
    return CommandForm(command, actor, given={"feedback": str(row.id)}, sent=sent)


def _acts(row: Feedback, here: str) -> list[dict[str, Any]]:
    wanted = [
        (True, "feedback_replied", _("Reply, with reasons")),
        (not row.identity_reason, "identity_asked", _("Ask who gave it, and say why")),
        (True, "feedback_passed_on", _("Somebody may not be safe: pass it to the duty team")),
    ]
    return [
        {
            "words": words,
            "link": address_of(
                f"voice.{kind}",
                feedback=row.id,
                next=here if kind != "feedback_passed_on" else reverse("voice:replies"),
            ),
        }
        for is_so, kind, words in wanted
        if is_so
    ]


def _look(actor: Actor, row: Feedback, here: str) -> list[dict[str, Any]]:
    """For whoever may read it first: say whether everyone may."""
    wanted = row.may_be_shown and not row.is_for_duty and row.words is not None
    if not wanted or row.said_by in actor.ids or not may_do(actor, LOOKED_AT, row):
        return []
    link = address_of(LOOKED_AT, feedback=row.id, next=here)
    return [{"words": _("Read it, and say if everyone may"), "link": link}]


def _about(row: Feedback, names: Mapping[UUID, str]) -> str:
    return str(_("This website")) if row.is_about_site else names[row.organisation]


def _result(row: Feedback) -> str:
    return str(Result(row.result).label if row.result else _("No reply yet"))


def _all_few(found: FeedbackCounts) -> bool:
    """Whether no number of the tables could be shown but nought: then one sentence says so."""
    counts = [*found.results, *(count for _code, count in found.channels), *found.judged]
    return bool(None in counts and not any(counts))


@require_http_methods(["GET", "HEAD"])
def replies_page(request: Request) -> HttpResponseBase:
    """What became of feedback: the numbers for everyone, what may be shown, and what waits for the reader."""
    actor = request.actor
    found = feedback_counts(clock.today())
    open_rows = Feedback.objects.seen_by(actor).filter(open_q(clock.now()))
    shown, beside = one_page(open_rows.order_by("-said_on", "id"), request)
    mine = Feedback.objects.seen_by(actor).filter(replies_q(actor, clock.now()), is_for_duty=False)
    waiting = list(mine.filter(replied_on=None).order_by("due_on", "id")[:50])
    answered = list(mine.exclude(replied_on=None).order_by("-replied_on", "id")[:25]) if actor.person else []
    unshown, held = waiting_to_be_shown(clock.today()), held_back(clock.today())
    bodies = {row.organisation for row in (*shown, *waiting, *answered)}
    names = names_of({*bodies, *(body for body, _why in [*unshown, *held])})
    context = {
        "unshown": [(names[body], days((clock.today() - since).days)) for body, since in unshown],
        "held": [(names[body], reason_words(why)) for body, why in held],
        "found": found,
        "rows": result_rows(found),
        "bar": result_bar(found),
        "channels": [(Channel(code).label, count) for code, count in found.channels if count != 0],
        "judged": list(zip([one.label for one in Judged], found.judged, strict=True)),
        "smallest": smallest_shown(),
        "all_few": _all_few(found),
        "shown": [(row, _about(row, names), _result(row)) for row in shown],
        "waiting": [(row, _about(row, names), row.due_on < clock.today()) for row in waiting],
        "answered": answered,
        "may_write_down": bool(works_somewhere.resolve(actor, clock.now())),
        **beside,
    }
    return render(request, "voice/replies.html", context)
