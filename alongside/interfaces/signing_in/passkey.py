"""Passkeys: offered after the first sign-in, needed only by those who decide about others."""

from typing import Any

from allauth.mfa.webauthn import views
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import URLPattern, path, reverse


def passkeys(request: HttpRequest) -> HttpResponseBase:
    """The page that lists your passkeys."""
    return HttpResponseRedirect(reverse("mfa_list_webauthn"))


def urls() -> list[URLPattern]:
    """The package's own passkey pages, under names it asks for."""
    add: Any = views.add_webauthn
    return [
        path("", views.list_webauthn, name="mfa_list_webauthn"),
        path("all/", passkeys, name="mfa_index"),
        path("add/", add, name="mfa_add_webauthn"),
        path("use/", views.login_webauthn, name="mfa_login_webauthn"),
        path("confirm/", views.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
        path("<int:pk>/remove/", views.remove_webauthn, name="mfa_remove_webauthn"),
        path("<int:pk>/name/", views.edit_webauthn, name="mfa_edit_webauthn"),
    ]
