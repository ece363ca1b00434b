"""Giving feedback with no account: on the web, on a shared screen, or typed by whoever took the call."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid5

from django import forms
from django.http import HttpResponseBase, QueryDict
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from alongside.interfaces.choosing import WHICH, as_typed, is_back, is_choosing, step
from alongside.interfaces.form import KEY, CommandForm
from alongside.interfaces.form_look import status_for
from alongside.interfaces.letter import short_code
from alongside.interfaces.page import render
from alongside.interfaces.signing_in.limits import too_many, where_from
from alongside.interfaces.who import Request
from alongside.kernel import clock
from alongside.kernel.command import Actor, Missing
from alongside.kernel.policy import NOBODY, THE_CLOCK
from alongside.topics.people.policy import works_somewhere
from alongside.topics.people.policy.outside_line import elsewhere
from alongside.topics.voice.commands import GiveFeedback, WriteDownFeedback
from alongside.topics.voice.models import Channel, Feedback, Ward

FORMS = UUID("6f0f9f0e-6c0e-4a57-9c55-0d8a7c6f2a11")  # a form's key becomes a code under this
MINUTES, MANY, FAR_TOO_MANY = 15, 20, 400
FEEDBACK_FROM = "feedback from"
STILL_HERE, THE_WORD = "still_here", "together"
TOO_MANY = 429


HAND_OVER = {  # how whoever typed it gives its code to whoever told them
    Channel.PHONE: _(
        "Say it slowly, and let them write it down. When they ring with it, read them the reply."
    ),
    Channel.TEXT: _("Send it in a text that says no more than the code and our telephone number."),
    Channel.PAPER: _("Write it on the part they keep, or post it to them in a plain envelope."),
    Channel.SPOKEN: _("Write it down for them, and give it to them."),
}


class FeedbackForm(CommandForm):
    """The questions of feedback. The code to come back with is made here, from the key of this very form."""

    def __init__(self, *arguments: Any, asks_more: bool = False, **named: Any) -> None:
        super().__init__(*arguments, **named)
        del self.fields["code"]
        if not Ward.objects.seen_by(NOBODY).exists():
            del self.fields["ward"]
        if asks_more:
            self.fields[STILL_HERE] = forms.CharField(
                label=_("Please type the word “together”"),
                help_text=_("Many messages came from here just now. This shows us that you are a person."),
                max_length=40,
            )

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        typed = str(answers.get(STILL_HERE) or "")
        if STILL_HERE in self.fields and typed.strip().strip("“”\"'.").casefold() != THE_WORD:
            self.add_error(STILL_HERE, str(_("Type the word “together”. It keeps machines out.")))
        return answers

    @property
    def receipt(self) -> str:
        """The same code however often this form is sent: a double click is one message with one code."""
        return short_code(uuid5(FORMS, str(self.data.get(KEY, ""))))

    def _values(self) -> dict[str, Any]:
        return {**super()._values(), "code": self.receipt}


@require_http_methods(["GET", "POST"])
def say_page(request: Request) -> HttpResponseBase:
    """Say something. Nobody asks who you are, also when you have signed in."""
    is_kiosk = request.GET.get("screen") == "shared"
    given = {"channel": Channel.KIOSK.value} if is_kiosk else {}
    return _form_page(
        request,
        GiveFeedback,
        NOBODY,
        given,
        title=_("Tell us something"),
        lead=_("You need no account, and you do not have to say who you are."),
        is_kiosk=is_kiosk,
    )


@require_http_methods(["GET", "POST"])
def write_down_page(request: Request) -> HttpResponseBase:
    """Write down what somebody said by telephone, text, on paper or in person."""
    if not works_somewhere.resolve(request.actor, clock.now()):
        raise Missing
    return _form_page(
        request,
        WriteDownFeedback,
        request.actor,
        {},
        title=_("Write down what somebody told you"),
        lead=_("Use their words. Read them back. Then give them the code that you see next."),
    )


def _form_page(
    request: Request,
    command: Any,
    actor: Actor,
    given: dict[str, Any],
    *,
    is_kiosk: bool = False,
    **words: Any,
) -> HttpResponseBase:
    sent: QueryDict | None = request.POST if request.method == "POST" else None
    context = {"action": request.get_full_path(), "button": _("Send"), **words}
    if sent is not None and WHICH in sent:  # they choose whom it is about, and send nothing yet
        empty = FeedbackForm(command, actor, given=given)
        if is_choosing(empty, sent) and not is_back(sent):
            return step(request, empty, actor, sent, action=request.get_full_path())
        kept = FeedbackForm(command, actor, given=given, kept=as_typed(sent))
        return render(request, "voice/say.html", context, form=kept)
    place = where_from(request)
    is_typist = actor.person is not None
    asks_more = (
        sent is not None and not is_typist and too_many(FEEDBACK_FROM, place, most=MANY, minutes=MINUTES)
    )
    form = FeedbackForm(command, actor, given=given, sent=sent, asks_more=asks_more)
    status = None
    if sent is not None:
        if asks_more and too_many("flood of feedback from", place, most=FAR_TOO_MANY, minutes=MINUTES):
            form.add_error(None, str(_("Very many messages came from here. Ring us, or wait 15 minutes.")))
            status = TOO_MANY
        elif (done := form.done()) is not None:
            is_worry = bool(form.cleaned_data.get("is_unsafe"))
            told = {"code": form.receipt, "is_worry": is_worry, "is_typed": is_typist, "is_kiosk": is_kiosk}
            told["elsewhere"] = elsewhere(clock.today()) if is_worry else []
            told["hand_over"] = HAND_OVER.get(form.cleaned_data["channel"], "") if is_typist else ""
            told["due_on"] = None if is_worry else _due_on(done.thing)
            return render(request, "voice/sent.html", told)
    return render(request, "voice/say.html", context, form=form, status=status or status_for(form))


def _due_on(feedback: UUID) -> date | None:
    """By when they must reply to what was sent this moment: its giver reads it, whoever types it."""
    rows = Feedback.objects.seen_by(THE_CLOCK).filter(pk=feedback, is_for_duty=False)
    found: date | None = rows.values_list("due_on", flat=True).first()
    return found


@require_safe
def sent_page(request: Request) -> HttpResponseBase:
    """Thank you, for those who came by another way than our own form."""
    return render(request, "voice/sent.html", {"code": ""})
