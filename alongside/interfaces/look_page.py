"""The page "How it looks": every part that pages are made of, alive, for people and tests to look at."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from alongside.interfaces import chart, words
from alongside.interfaces.form_look import Choice, DatePartsField
from alongside.interfaces.reading_preferences import show


class EveryKindOfQuestion(forms.Form):
    """One of each kind of question, to look at and to send with mistakes."""

    name = forms.CharField(
        label=_("What is your name?"), error_messages={"required": _("Type your name.")}, max_length=40
    )
    words = forms.CharField(
        label=_("What do you think?"),
        help_text=_("Use your own words. Rosa and her social worker will read them."),
        widget=forms.Textarea,
        error_messages={"required": _("Write what you think, or choose “I do not want to answer”.")},
    )
    due = DatePartsField(label=_("When should this be done?"), help_text=_("For example, 14 5 2026."))
    verdict = forms.ChoiceField(
        label=_("Was this promise kept?"),
        widget=forms.RadioSelect,
        choices=[
            ("kept", _("Yes")),
            ("partly", Choice(_("Partly"), _("Some of it was done."))),
            ("not_kept", _("No")),
            ("too_early", _("Too soon to say")),
            ("no_longer_matters", _("It does not matter now")),
        ],
        error_messages={"required": _("Choose one answer.")},
    )
    told_by = forms.MultipleChoiceField(
        label=_("How should we tell you?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[
            ("letter", Choice(_("By letter"), _("In large print if you like."))),
            ("phone", _("By phone")),
            ("text", _("By text message")),
        ],
    )
    place = forms.ChoiceField(
        label=_("Which part of Wexmoor?"),
        choices=[("", _("Choose one")), ("north", _("North")), ("south", _("South"))],
        error_messages={"required": _("Choose a part of Wexmoor.")},
    )
    letter = forms.FileField(
        label=_("Add a file"),
        required=False,
        help_text=_("A picture, a PDF or a document, up to 10 megabytes."),
    )
    agree = forms.BooleanField(
        label=_("I have talked this through with Rosa"),
        error_messages={"required": _("Tick the box when you have talked it through.")},
    )


@require_http_methods(["GET", "POST"])
def look_page(request: HttpRequest) -> HttpResponseBase:
    """Show every part, folded under its name. Sending the form changes nothing: it is to be sent wrong."""
    form = (
        EveryKindOfQuestion(request.POST, request.FILES)
        if request.method == "POST"
        else EveryKindOfQuestion()
    )
    return show(request, "look.html", {**made_up_matter(), "all_open": "all" in request.GET}, form=form)


def made_up_matter() -> dict[str, Any]:
    """Words to fill the parts with. Rosa, Devon, Priya and Ken are made up."""
    return {**_said_and_asked(), **_promised(), **_decided()}


def _said_and_asked() -> dict[str, Any]:
    return {
        "seers": [_("Ken"), _("his manager")],
        "fact": {
            "words": _("Rosa can get dressed by herself on most days."),
            "who": _("Ken Holt, manager,"),
            "on": date(2026, 4, 20),
            "answer": _("Not in the winter. My hands are too stiff."),
            "answered_on": date(2026, 4, 28),
        },
        "view_words": _("I need help every morning. Without it I miss my art group, and I would see nobody."),
        "reply_words": _("We heard that mornings matter most to you. We will keep all 7 days until summer."),
        "easy_rows": [
            ("letter", _("We sent you a letter.")),
            ("talk", _("You can say what you think.")),
            ("calendar", _("Please tell us by 14 May.")),
            ("stop", _("Your help stays the same until you answer.")),
        ],
    }


def _promised() -> dict[str, Any]:
    return {
        "kept": chart.kept_bar(kept=21, partly=6, not_kept=5, no_answer=8, promises=40),
        "share": chart.share_bar(
            11,
            14,
            name=_("Decisions made with the people they are about"),
            these=_("with the people they are about"),
            rest=_("without an answer from them"),
        ),
        "states": [
            ("good", _("Kept")),
            ("part", _("Partly kept")),
            ("bad", _("Not kept")),
            ("waiting", _("Waiting for Rosa")),
            ("quiet", _("No answer yet")),
        ],
        "promises": [
            {
                "made_to": "Rosa",
                "what": _("Mend the ramp at the front door"),
                "owner": _("The housing team"),
                "due_on": date(2026, 5, 1),
                "pence": 84000,
                "state": _("Not kept, says Rosa"),
                "look": "bad",
                "progress": _("The housing team says it is done."),
            },
            {
                "made_to": "Devon",
                "what": _("A free weekend each month"),
                "owner": _("Priya Nair"),
                "due_on": date(2026, 6, 30),
                "pence": 125050,
                "state": _("Too early to say"),
                "look": "quiet",
                "progress": "",
            },
        ],
    }


def _decided() -> dict[str, Any]:
    return {
        "options": [
            {
                "letter": "A",
                "name": _("Keep 7 mornings"),
                "words": _("Nothing changes."),
                "risks": [{"who": _("the council"), "words": _("It costs £84 more each week.")}],
            },
            {
                "letter": "B",
                "name": _("Go down to 5 mornings"),
                "words": _("No help on Saturday and Sunday."),
                "risks": [
                    {"who": "Rosa", "words": _("She may not get up on those days.")},
                    {"who": "Devon", "words": _("He would have to come each weekend.")},
                ],
            },
        ],
        "refusal": {
            "why": [
                _("Rosa has not answered. We posted a large-print letter on 2 May 2026."),
                _("We do not know if she has read it."),
            ],
            "can": [
                {"words": _("Ring her; she likes mornings"), "link": "#look-form"},
                _("Ask an advocate"),
                _("Give her longer"),
                _("Start more help today"),
            ],
            "cannot": [_("Cut, end or move her help")],
            "foot": _("Your work is saved. This needs 1 call."),
        },
        "lines": [
            {"at": datetime(2026, 4, 20, 9, 30, tzinfo=words.LONDON), "words": _("Ken asked for a change.")},
            {
                "at": datetime(2026, 5, 2, 14, 5, tzinfo=words.LONDON),
                "words": _("We posted a large-print letter."),
            },
            {
                "at": datetime(2026, 5, 6, 18, 40, tzinfo=words.LONDON),
                "words": _("Rosa rang, and said what she thinks."),
                "is_voice": True,
                "link": "#look-facts",
                "link_words": _("Read what Rosa said"),
            },
        ],
    }
