"""Pages drawn quickly: the same templates, compiled by Jinja2.

Django asks each of the hundreds of parts of a page everything anew; Jinja2 makes a program of them, once.
Our templates keep Django's spelling, and spelt.py puts it over. A page is drawn so when it is listed in
DRAWN, and by Django otherwise: a test holds the two against each other, to the letter. Nothing of what a
page shows is kept.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import lru_cache
from html import escape
from typing import Any
from uuid import UUID

from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.template.defaultfilters import join, truncatewords, urlencode
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf
from django.utils.formats import localize
from django.utils.functional import Promise
from django.utils.timezone import template_localtime  # type: ignore[attr-defined]  # not in the stubs
from django.utils.translation import get_language, gettext, gettext_lazy, override
from jinja2 import ChainableUndefined, Environment, FunctionLoader, TemplateError, Undefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from alongside.interfaces import reading_preferences, shell, words
from alongside.interfaces.acting import address_of, may_do
from alongside.interfaces.addresses import address
from alongside.interfaces.gathered import Gathering
from alongside.interfaces.spelt import OURS, NotDrawable, in_this_language, source_of, spelt
from alongside.interfaces.static_files import address_of_file
from alongside.interfaces.tokens import token_field
from alongside.interfaces.unbroken import unbroken
from alongside.interfaces.who import actor_of
from alongside.kernel.seal import Box

LOG = logging.getLogger(__name__)
DRAWN = frozenset(["404.html", "decisions/decision.html", "home/front_door.html", "home/own_page.html"])


class Page(TemplateResponse):
    """A page that is drawn by the quicker way where that is known to say the same."""

    @property
    def rendered_content(self) -> str:
        return unbroken(self._drawn_content())

    def _drawn_content(self) -> str:
        request: HttpRequest = self._request
        name = self.template_name[0] if isinstance(self.template_name, list) else self.template_name
        if name in DRAWN and reading_preferences.is_in_readers_language(name):
            try:
                return drawn(name, request, self.context_data or {})
            except NotDrawable:  # a part that is seldom there: Django draws the whole page
                pass
            except (TypeError, TemplateError):
                # Django takes a comparison that makes no sense for a no, and nobody loses a page.
                LOG.exception("%s could not be drawn the quicker way", name)
        found: str = super().rendered_content
        return found


def drawn(name: str, request: HttpRequest, context: dict[str, Any]) -> str:
    """The page of this name."""
    return studio().get_template(name).render(around(name, request) | context)


def around(name: str, request: HttpRequest) -> dict[str, Any]:
    """What Django's context processors would add, and our sentences and addresses as this reader has them."""
    return {
        "request": request,
        "messages": get_messages(request),
        "page_name": name,
        f"{OURS}said": sentences(get_language()),
        f"{OURS}found": addresses(_here(request), get_script_prefix(), get_urlconf()),
    }


# Jinja2, with the words and parts that our templates use ---------------------------------------------


class Studio(Environment):
    """Jinja2, looking things up as Django does: what it holds by that name, then what it is; and called."""

    code_generator_class = Gathering
    plain = frozenset({str, int, bool, list, tuple, dict, date, datetime, UUID, Box, Markup})

    def getattr(self, obj: Any, attribute: str) -> Any:
        kind = type(obj)
        if kind is dict and attribute in obj:  # by far the most
            found = obj[attribute]
        else:
            holds = HOLDS.get(kind)
            if holds is None:
                if isinstance(obj, Undefined):
                    return obj
                holds = HOLDS[kind] = hasattr(kind, "__getitem__")
            found = MISSING
            if holds:
                try:
                    found = obj[attribute]
                except (TypeError, KeyError, IndexError, ValueError):
                    pass
            if found is MISSING:
                found = getattr(obj, attribute, MISSING)
        if type(found) in PLAIN:
            return found
        if callable(found) and not getattr(found, "do_not_call_in_templates", False):
            found = MISSING if getattr(found, "alters_data", False) else found()
        return self.undefined(obj=obj, name=attribute) if found is MISSING else found


MISSING: Any = object()
HOLDS: dict[type, bool] = {}  # whether values of this type hold others by name
# Of these types nothing is ever called.
PLAIN = Studio.plain | {type(None), float}


def harmless(said: str) -> str:
    """Words with what means something in HTML written so that it means nothing. Most have nothing of it."""
    if "&" in said or "<" in said or ">" in said or '"' in said or "'" in said:
        return escape(said)
    return said


def shown(value: Any) -> str:
    """Words as Django would write them, with what means something in HTML made harmless; days, hours and
    numbers in the reader's language."""
    kind = type(value)
    if kind is str:
        return harmless(value)
    if kind is Box:
        return harmless(str(value))
    if hasattr(value, "__html__"):
        return str(value.__html__())
    is_words = isinstance(value, str | bytes | Undefined | Promise)
    return harmless(str(value if is_words else localize(template_localtime(value))))


LATER = type(gettext_lazy(""))  # a sentence of ours that is put into the reader's language when it is shown
MOST_SENTENCES = 4000


def shown_in_one_language() -> Callable[[Any], str]:
    """The same, for one language. Our own sentences, and nobody's words, are put into it once."""
    said: dict[int, tuple[Any, str]] = {}  # by where the sentence lies, and it is held so that it lies there

    def shown_here(value: Any) -> str:
        kind = type(value)
        if kind is not LATER:
            return harmless(value) if kind is str else shown(value)
        known = said.get(id(value))
        if known is None:
            if len(said) >= MOST_SENTENCES:
                said.clear()
            known = said[id(value)] = (value, shown(value))
        return known[1]

    return shown_here


def studio() -> Environment:
    """The studio of this language, made once."""
    return _studio(get_language())


@lru_cache(maxsize=16)
def _studio(language: str | None) -> Environment:
    """Each template is read through Django, so that both draw from the same file."""

    def load(name: str) -> str:
        with override(language):
            return spelt(source_of(name), name)

    made = Studio(
        loader=FunctionLoader(load),
        autoescape=False,  # `shown` makes each value harmless, as Django would: Jinja2 need not do it again
        undefined=ChainableUndefined,
        finalize=shown_in_one_language(),
        auto_reload=False,
        keep_trailing_newline=True,
    )
    made.filters.update(shell.FILTERS, urlencode=urlencode, join=join, unlocalize=str)
    made.filters["day"] = words.day_in(language or "")
    made.filters.update(truncatewords=truncatewords, is_past=shell.is_past)
    # A name that is not there is None to Django's conditions.
    made.tests["none"] = lambda value: value is None or isinstance(value, Undefined)
    made.globals.update({f"{OURS}{name}": call for name, call in CALLS.items()})
    return made


class Sentences(dict[str, Markup]):
    """Our own sentences in one language, each put into it once."""

    def __missing__(self, words: str) -> Markup:
        found = self[words] = Markup(in_this_language(words))
        return found


class Addresses(dict[str, str]):
    """Where pages are that are found by their name alone; empty where there is none of that name."""

    def __init__(self, here: str | None) -> None:
        super().__init__()
        self.here = here

    def __missing__(self, name: str) -> str:
        found = self[name] = _address(self.here, name)
        return found


@lru_cache(maxsize=16)
def sentences(language: str | None) -> Sentences:
    return Sentences()


@lru_cache(maxsize=64)
def addresses(here: str | None, prefix: str, urlconf: str | None) -> Addresses:
    """They depend on the room that the reader is in, and on where the site itself is."""
    return Addresses(here)


def told(words: str, gaps: Mapping[str, Any]) -> Markup:
    """A sentence with gaps."""
    return Markup(gettext(words) % {name: shown(value) for name, value in gaps.items()})


def told_many(one: str, many: str, count: int, gaps: Mapping[str, Any]) -> Markup:
    """A sentence of one or of many."""
    return Markup(words.ngettext(one, many, count) % {name: shown(value) for name, value in gaps.items()})


def _here(request: HttpRequest) -> str | None:
    return request.resolver_match.namespace if request.resolver_match else None


def _address(here: str | None, name: str, *args: Any, needed: bool = False) -> str:
    try:
        return address(name, *args, current_app=here)
    except NoReverseMatch:
        if needed:
            raise
        return ""


@pass_context
def page_address(context: Context, name: str, *args: Any, needed: bool = False) -> str:
    """Where a page is; empty where there is none and none is needed."""
    return _address(_here(context["request"]), name, *args, needed=needed)


@pass_context
def csrf_field(context: Context) -> Any:
    return token_field(context["request"])


@pass_context
def may(context: Context, kind: str, row: Any = None) -> bool:
    return may_do(actor_of(context["request"]), kind, row)


def bar(drawn_bar: Any, place_on_page: str = "chart") -> Markup:
    """A bar of how many are what, with its key."""
    return Markup(studio().get_template("parts/bar.html").render(bar=drawn_bar, id=place_on_page))


@pass_context
def panel(context: Context, what: Mapping[str, Any]) -> Markup:
    """What a room shows on somebody's own page: its template, with its own words beside those of the page."""
    words = {**context.get_all(), **what, "panel": what}
    return Markup(studio().get_template(what["template"]).render(words))


@pass_context
def page_is_easy(context: Context) -> bool:
    return str(context["page_name"]).endswith(".easy.html")


@pass_context
def easy_check(context: Context) -> Any:
    return reading_preferences.easy_checks().get(context["page_name"])


CALLS: dict[str, Callable[..., Any]] = {
    "told": told,
    "told_many": told_many,
    "address": page_address,
    "csrf_field": csrf_field,
    "static": address_of_file,
    "action": address_of,
    "may": may,
    "bar": bar,
    "drawn": panel,
    "place": shell.place,
    "title_mark": pass_context(shell.title_mark),
    "navigation": pass_context(shell.navigation),
    "seen_as": pass_context(shell.seen_as),
    "other_languages": shell.other_languages,
    "page_is_easy": page_is_easy,
    "easy_check": easy_check,
    "get_current_language": get_language,
    "lang_of_page": str,  # nothing: a page is drawn here only where it is in the reader's language
}
