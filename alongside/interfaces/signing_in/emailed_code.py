"""Sign in with a code that we email. The page says the same whether or not we know the email."""

from typing import Any

from allauth.account.forms import ConfirmLoginCodeForm
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.mfa.models import Authenticator
from django import forms
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from alongside.interfaces.form_look import status_for
from alongside.interfaces.page import render
from alongside.interfaces.signing_in.accounts import account_of, arrive
from alongside.interfaces.signing_in.limits import spend, too_many, where_from
from alongside.interfaces.signing_in.one_tap import person_of
from alongside.interfaces.wired import person_for_email

MINUTES, CODES_TO_ONE_EMAIL, CODES_FROM_ONE_PLACE = 15, 5, 40
TOO_MANY, GONE = 429, 410


class EmailForm(forms.Form):
    """One question."""

    login = forms.EmailField(
        label=_("What is your email?"),
        help_text=_("We will send you a code of 6 numbers. You need no password."),
        max_length=200,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Type your email."),
            "invalid": _("Type an email address, like name@example.org."),
        },
    )


class CodeForm(ConfirmLoginCodeForm):  # type: ignore[misc]  # the package has no types
    """The code that we sent. Sent empty, it says what to type."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].error_messages["required"] = _("Type the 6 numbers that we sent you.")


@require_http_methods(["GET", "POST"])
def sign_in_page(request: HttpRequest) -> HttpResponseBase:
    """Ask for an email, and send a code to it."""
    after = local(request, request.POST.get("next") or request.GET.get("next") or "")
    form = EmailForm(request.POST if request.method == "POST" else None)
    status = None
    if form.is_valid():
        email = form.cleaned_data["login"].strip().lower()
        if not _asked_too_often(request, email):
            return _send_code(request, email, after)
        form.add_error(
            "login", str(_("We have sent you a few codes already. Wait 15 minutes, then try again."))
        )
        status = TOO_MANY
    context = {
        "redirect_field": _hidden_next(after),
        "PASSKEY_LOGIN_ENABLED": settings.MFA_PASSKEY_LOGIN_ENABLED,
        "SOCIALACCOUNT_ENABLED": bool(settings.OIDC_URL),
        "signup_url": reverse("account_signup"),
    }
    return render(request, "account/login.html", context, form=form, status=status or status_for(form))


def _asked_too_often(request: HttpRequest, email: str) -> bool:
    for_this_email = too_many("code to", email, most=CODES_TO_ONE_EMAIL, minutes=MINUTES)
    place = where_from(request)
    return too_many("codes from", place, most=CODES_FROM_ONE_PLACE, minutes=MINUTES) or for_this_email


def _send_code(request: HttpRequest, email: str, after: str) -> HttpResponseBase:
    person = person_for_email(email)
    account = account_of(person) if person else None
    LoginCodeVerificationProcess.initiate(request=request, user=account, email=email)
    query = "?" + urlencode({"next": after}) if after else ""
    return HttpResponseRedirect(reverse("account_confirm_login_code") + query)


@require_http_methods(["GET", "POST"])
def one_tap_page(request: HttpRequest, token: str) -> HttpResponseBase:
    """The link in the same email: ask for one press of a button, then sign in."""
    person = person_of(token)
    if person is None:
        return render(request, "account/one_tap_over.html", status=GONE)
    if request.method == "GET":
        return render(request, "account/one_tap.html")
    if not spend(token, minutes=MINUTES):
        return render(request, "account/one_tap_over.html", status=GONE)
    return arrive(request, person)


@require_http_methods(["GET", "POST"])
def sign_out_page(request: HttpRequest) -> HttpResponseBase:
    """Ask, then forget everything this browser was told."""
    after = local(request, request.POST.get("next") or request.GET.get("next") or "")
    if request.method == "GET":
        return render(request, "account/logout.html", {"redirect_field": _hidden_next(after)})
    logout(request)
    answer = HttpResponseRedirect(after or "/")
    answer["Clear-Site-Data"] = '"cache"'
    return answer


@require_http_methods(["GET"])
def not_been_here_page(request: HttpRequest) -> HttpResponseBase:
    """How to begin, for someone we do not know yet."""
    return render(request, "account/not_been_here.html")


@require_http_methods(["GET", "POST"])
def sign_in_again_page(request: HttpRequest) -> HttpResponseBase:
    """Before something weighty we want to be sure that it is you: by your passkey, or signing in anew."""
    after = local(request, request.POST.get("next") or request.GET.get("next") or "")
    query = "?" + urlencode({"next": after}) if after else ""
    if request.method == "GET":
        mine = Authenticator.objects.filter(user_id=request.user.pk)
        has_passkey = request.user.is_authenticated and mine.exists()
        with_passkey = reverse("mfa_reauthenticate_webauthn") + query if has_passkey else ""
        context = {"redirect_field": _hidden_next(after), "with_passkey": with_passkey}
        return render(request, "account/sign_in_again.html", context)
    logout(request)
    return HttpResponseRedirect(reverse("account_login") + query)


def local(request: HttpRequest, address: str) -> str:
    """An address on this site, or nothing."""
    is_ours = url_has_allowed_host_and_scheme(
        address, {request.get_host()}, require_https=request.is_secure()
    )
    return address if address.startswith("/") and is_ours else ""


def _hidden_next(after: str) -> str:
    return format_html('<input type="hidden" name="next" value="{}">', after) if after else ""
