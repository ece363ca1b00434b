"""Passkeys: offered to everyone, needed only by those who decide about others."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alongside.interfaces.who import actor_of
from alongside.kernel.asking import by_ones_own_hand
from alongside.kernel.hands import is_anothers


class Passkeys(DefaultMFAAdapter):  # type: ignore[misc]  # the package has no types
    """What the sign-in package asks us about passkeys."""

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        """What a passkey is called until its owner calls it something else."""
        has = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return gettext("My passkey %(number)s") % {"number": has + 1} if has else gettext("My passkey")


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]  # the package has no types
    """One question: what to call it. Every key that is added here can sign in by itself."""

    name = forms.CharField(
        label=_("What do you want to call it?"),
        help_text=_("For example, my phone. Only you see this."),
        required=False,
        max_length=60,
    )


def every_passkey(request: HttpRequest) -> HttpResponseBase:
    """The sign-in package has a page for second devices here. We ask for none."""
    return HttpResponseRedirect(reverse("mfa_list_webauthn"))


def by_ones_own_hand_only(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A passkey opens the door by itself, for good: nobody makes one who may be somebody else."""

    @wraps(view)
    def asked(request: HttpRequest, *parts: Any, **known: Any) -> HttpResponseBase:
        if is_anothers(actor_of(request)):
            raise by_ones_own_hand()
        return view(request, *parts, **known)

    return asked


def urls() -> list[URLPattern]:
    """The package's own passkey pages, under names it asks for."""
    from allauth.mfa.webauthn import views  # it reads the form above, by the settings

    return [
        path("", views.list_webauthn, name="mfa_list_webauthn"),
        path("all/", every_passkey, name="mfa_index"),
        path("add/", by_ones_own_hand_only(views.add_webauthn), name="mfa_add_webauthn"),
        path("use/", views.login_webauthn, name="mfa_login_webauthn"),
        path("confirm/", views.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
        path("<int:pk>/remove/", by_ones_own_hand_only(views.remove_webauthn), name="mfa_remove_webauthn"),
        path("<int:pk>/name/", views.edit_webauthn, name="mfa_edit_webauthn"),
    ]
