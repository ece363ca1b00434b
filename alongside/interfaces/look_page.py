"""The page "How it looks": every part that pages are made of, alive, so that people and tests can look at it."""

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from alongside.interfaces import chart
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
        label=_("Add a file"), required=False, help_text=_("A photograph, a PDF or a document, up to 10 megabytes.")
    )
    agree = forms.BooleanField(
        label=_("I have talked this through with Rosa"),
        error_messages={"required": _("Tick the box when you have talked it through.")},
    )


@require_http_methods(["GET", "POST"])
def look_page(request: HttpRequest) -> HttpResponseBase:
    """Show every part. Sending the form changes nothing: it is there to be sent wrong."""
    form = EveryKindOfQuestion(request.POST, request.FILES) if request.method == "POST" else EveryKindOfQuestion()
    kept = chart.kept_bar(kept=21, partly=6, not_kept=5, no_answer=8)
    share = chart.share_bar(
        11,
        14,
        name=str(_("Decisions made with the people they are about")),
        these=str(_("with the people they are about")),
        rest=str(_("without an answer from them")),
    )
    return show(request, "look.html", {"kept": kept, "share": share}, form=form)
