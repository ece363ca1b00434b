"""A way in with a code from a letter or a text: no account, one matter, one hour."""

import re

from django import forms
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from alongside.interfaces.form_look import status_for
from alongside.interfaces.page import render
from alongside.interfaces.signing_in.limits import too_many, was_right, where_from
from alongside.interfaces.who import actor_of, sign_in_as
from alongside.interfaces.wired import WayIn, answers, way_in
from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.kernel.policy import SHARED_CODE, THE_CLOCK

TRIES = "letter codes from"
MINUTES, WRONG_CODES_FROM_ONE_PLACE = 15, 10
LASTS_SECONDS = 60 * 60
TOO_MANY = 429
NOT_THIS_CODE = _(
    "We could not use that code. Check each letter and number. An old code ends: ring us for a new one."
)


class CodeForm(forms.Form):
    """One question."""

    code = forms.CharField(
        label=_("What is the code in your letter or text?"),
        help_text=_("It looks like K7MP-3XQ9. Capital or small letters are both fine."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "class": "govuk-input--width-10"}),
        error_messages={"required": _("Type the code.")},
    )


@require_http_methods(["GET", "POST"])
def letter_code_page(request: HttpRequest, code: str = "") -> HttpResponseBase:
    """Ask for the code. The link in a text brings it, and then one press of the button is enough."""
    sent = request.POST if request.method == "POST" else None
    form = CodeForm(sent, initial={"code": code})
    status = None
    if form.is_valid():
        typed = re.sub(r"[^0-9A-Z]", "", form.cleaned_data["code"].upper())
        if too_many(TRIES, where_from(request), most=WRONG_CODES_FROM_ONE_PLACE, minutes=MINUTES):
            form.add_error("code", str(_("That was too many tries. Wait 15 minutes, or ring us.")))
            status = TOO_MANY
        else:
            found = way_in(typed)
            if found is not None:
                was_right(TRIES, where_from(request))
                return _let_in(request, found)
            form.add_error("code", str(NOT_THIS_CODE))
    context = {
        "title": _("What is the code in your letter or text?"),
        "one_question": True,
        "button": _("Go on"),
        "action": request.path,
    }
    return render(request, "letter_code.html", context, form=form, status=status or status_for(form))


def _let_in(request: HttpRequest, found: WayIn) -> HttpResponseBase:
    record = answers("way_in_used")
    used = record(found, clock.now()) if record is not None else None
    if used is not None:
        do(used, by=THE_CLOCK)
    me = actor_of(request)
    if me.person != found.person or me.only is not None:  # who has signed in already is not shut in
        request.session.flush()
        way = SHARED_CODE if found.is_shared else "code"
        sign_in_as(request, found.person, only=found.matter, way=way, typed_by=found.given_by)
        request.session.set_expiry(LASTS_SECONDS)
    return HttpResponseRedirect(found.path if found.path.startswith("/") else "/")
