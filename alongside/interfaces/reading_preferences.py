"""How you like to read: colours, size of words, Easy Read, language. Kept in your browser, by no script."""

import csv
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from alongside.interfaces.form_look import status_for

COOKIE = "reading"
EASY = ".easy.html"
A_YEAR = 60 * 60 * 24 * 365
THEMES = ("", "light", "dark", "contrast", "cream")
SIZES = ("", "large", "largest")


@dataclass(frozen=True)
class ReadingPreferences:
    """What one reader chose. Empty means: as the device has it."""

    theme: str = ""
    size: str = ""
    is_easy: bool = False

    @classmethod
    def from_cookie(cls, kept: str) -> "ReadingPreferences":
        """Read what was kept; anything not understood is left at its start value."""
        theme, size, easy = [*kept.split("."), "", "", ""][:3]
        return cls(
            theme=theme if theme in THEMES else "", size=size if size in SIZES else "", is_easy=easy == "easy"
        )

    def as_cookie(self) -> str:
        return f"{self.theme}.{self.size}.{'easy' if self.is_easy else ''}"


def preferences_of(request: HttpRequest) -> ReadingPreferences:
    """The reader's choices; the middleware has put them on the request, the cookie is the source."""
    kept = getattr(request, "reading", None)
    return kept if kept is not None else ReadingPreferences.from_cookie(request.COOKIES.get(COOKIE, ""))


def easy(request: HttpRequest, template_name: str) -> list[str]:
    """The templates to try, in order: the Easy Read one first for someone who chose Easy Read."""
    if not preferences_of(request).is_easy or template_name.endswith(EASY):
        return [template_name]
    return [template_name.removesuffix(".html") + EASY, template_name]


def show(
    request: HttpRequest,
    template_name: str,
    context: dict[str, Any] | None = None,
    *,
    form: forms.BaseForm | None = None,
    status: int | None = None,
    answer: type[TemplateResponse] = TemplateResponse,
) -> TemplateResponse:
    """Answer with a page: in Easy Read where chosen, with 422 where a form must be changed."""
    return answer(
        request,
        easy(request, template_name),
        {**(context or {}), **({"form": form} if form is not None else {})},
        status=status or status_for(form),
    )


@dataclass(frozen=True)
class EasyCheck:
    """People who use Easy Read have read this page and said it is clear."""

    checked_by: str
    checked_on: str


@cache
def easy_checks() -> dict[str, EasyCheck]:
    """Which Easy Read pages have been checked, from `easy_checks.csv`."""
    table = files("alongside.interfaces").joinpath("easy_checks.csv").read_text(encoding="utf-8")
    return {
        row["page"]: EasyCheck(row["checked_by"], row["checked_on"])
        for row in csv.DictReader(table.splitlines())
    }


@cache
def pages_in_welsh() -> frozenset[str]:
    """The pages whose every word has been put into Welsh. All others stay whole in English, and say so."""
    listed = files("alongside").joinpath("locale", "cy", "pages.txt").read_text(encoding="utf-8")
    return frozenset(
        line.strip() for line in listed.splitlines() if line.strip() and not line.startswith("#")
    )


def is_in_readers_language(template_name: str | None) -> bool:
    """Whether a page can be shown in the language the reader chose."""
    return (get_language() or "en").startswith("en") or template_name in pages_in_welsh()


class ReadingForm(forms.Form):
    """The questions on the page "How you like to read"."""

    theme = forms.ChoiceField(
        label=_("Which colours do you like?"),
        required=True,
        widget=forms.RadioSelect,
        choices=[
            ("device", _("The same as my phone or computer")),
            ("light", _("Dark words on a light page")),
            ("dark", _("Light words on a dark page")),
            ("contrast", _("Strong contrast: white and yellow on black")),
            ("cream", _("Dark words on a cream page")),
        ],
    )
    size = forms.ChoiceField(
        label=_("How big should the words be?"),
        required=True,
        widget=forms.RadioSelect,
        choices=[("normal", _("As they are")), ("large", _("Large")), ("largest", _("Very large"))],
    )
    easy = forms.ChoiceField(
        label=_("Would you like Easy Read?"),
        help_text=_("Easy Read has short sentences and pictures. Not every page has it yet."),
        required=True,
        widget=forms.RadioSelect,
        choices=[("no", _("No")), ("yes", _("Yes, where there is one"))],
    )
    language = forms.ChoiceField(
        label=_("Which language?"), required=True, widget=forms.RadioSelect, choices=settings.LANGUAGES
    )

    def chosen(self) -> ReadingPreferences:
        """The choices as they are kept."""
        answers = self.cleaned_data
        return ReadingPreferences(
            theme="" if answers["theme"] == "device" else answers["theme"],
            size="" if answers["size"] == "normal" else answers["size"],
            is_easy=answers["easy"] == "yes",
        )


@require_http_methods(["GET", "POST"])
def reading_page(request: HttpRequest) -> HttpResponseBase:
    """The page where you choose how you like to read, and the switches on every page."""
    now = preferences_of(request)
    came_from = _safe_return(request)
    if request.method == "POST" and "theme" not in request.POST:  # a switch in the header, not the whole form
        return _save(came_from, _switched(now, request), language=request.POST.get("language", ""))
    as_kept = {
        "theme": now.theme or "device",
        "size": now.size or "normal",
        "easy": "yes" if now.is_easy else "no",
        "language": get_language() or "en",
    }
    form = ReadingForm(request.POST if request.method == "POST" else None, initial=as_kept)
    if form.is_valid():
        return _save(came_from, form.chosen(), language=form.cleaned_data["language"])
    return show(request, "reading.html", {"came_from": came_from}, form=form)


def _switched(now: ReadingPreferences, request: HttpRequest) -> ReadingPreferences:
    if request.POST.get("easy") not in ("yes", "no"):
        return now
    return replace(now, is_easy=request.POST["easy"] == "yes")


def _save(came_from: str, chosen: ReadingPreferences, *, language: str) -> HttpResponse:
    answer = HttpResponseRedirect(came_from)
    kept = {COOKIE: chosen.as_cookie()}
    if language in dict(settings.LANGUAGES):
        kept[settings.LANGUAGE_COOKIE_NAME] = language
    for name, value in kept.items():
        answer.set_cookie(
            name, value, max_age=A_YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE, httponly=True
        )
    return answer


def _safe_return(request: HttpRequest) -> str:
    """Back to the page the reader was on, and never to another site."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if asked and is_ours else reverse("reading")


def staying_safe_page(request: HttpRequest) -> HttpResponseBase:
    """How to read these pages when someone may be watching."""
    return show(request, "staying_safe.html")


def urls() -> list[URLPattern]:
    """The pages of the shell, for the wiring page to include."""
    return [
        path("reading/", reading_page, name="reading"),
        path("staying-safe/", staying_safe_page, name="staying_safe"),
    ]
