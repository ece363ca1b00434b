"""A page is the same to the letter, whether its template took a short way or Django's own."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings
from django.template import Context, Engine
from django.test import Client, override_settings
from django.utils import translation
from django.utils.functional import lazy
from django.utils.safestring import mark_safe

from alongside.kernel import clock
from tests.decisions import acts
from tests.world import Cast

PARTS = {
    "part.html": "<i>{{ who }}{{ more }}{% if more %}!{% endif %}</i>",
    "deep.html": "{% include 'part.html' with who=row.name %}",
}
PAGES = [
    "{{ plain }} {{ risky }} {{ safe }} {{ number }} {{ nothing }} {{ missing }} {{ missing.deeper }}",
    "{{ row.name }} {{ row.missing }} {{ row.items }} {{ row.keys.0 }} {{ thing.name }} {{ thing.missing }}",
    "{{ thing.method }} {{ thing.method.upper }} {{ thing.needs }} {{ calls }} {{ calls.upper }} {{ kept }}",
    "{{ thing.mark }} {{ thing.row.name }} {{ thing.row.update }} {{ words.1.name }} {{ list }}",
    "{{ day }} {{ later }} {{ float }} {{ large }} {{ yes }} {{ push }} {{ dicts }} {{ forloop }} {{ raw }}",
    "{% if plain %}a{% endif %}{% if missing %}b{% endif %}{% if not missing.x %}c{% endif %}",
    "{% if nothing or number > 3 and not missing %}c{% endif %}{% if words|length > 1 %}d{% endif %}",
    "{% if thing.silent %}e{% else %}f{% endif %}{% if missing.x == nothing %}g{% endif %}",
    "{% if 'x' in plain %}h{% endif %}{% if row.name == 'Ana & Sol' %}i{% elif calls %}j{% endif %}",
    "{% for each in words %}{{ forloop.counter }}{{ each }}{{ forloop.parentloop.counter }}{% endfor %}",
    "{% for e in words %}{% include 'part.html' with who=e more=row.name %}{% endfor %}",
    "{% include 'deep.html' %}{% include part %}{% include 'part.html' with who=missing only %}",
    "{% with who=risky %}{% include 'part.html' %}{% endwith %}",
    "{% autoescape off %}{{ risky }}{{ row.name }}{% include 'part.html' %}{% endautoescape %}",
    "{% load i18n %}{% translate 'Language' %} {% translate risky %} {% translate '100%' %}",
    "{% load i18n %}{% translate 'Language' as l %}{{ l }} {% translate 'May' context 'month name' %}",
    "{% load i18n %}{% blocktranslate with a=risky %}{{ a }} 5% {{ b }} {{ plain }}{% endblocktranslate %}",
    "{% load i18n %}{% blocktranslate count n=number %}one{% plural %}{{ n }}{% endblocktranslate %}",
    "{% load i18n %}{% for e in words %}{% blocktranslate %}see {{ e }}{% endblocktranslate %}{% endfor %}",
    "{% url 'home' %} {% url 'home' as h %}{{ h }} {% url 'not there' as n %}[{{ n }}] {% url 'do' 'a.b' %}",
    "{% url 'not there' %}",
    "{% load alongside %}{{ day|day }} {{ words|listing }} {{ number|count_people }}",
    "{% if words|length > 2 %}a{% endif %}{{ day|date }} {{ risky|linebreaks }} {{ nothing|length }}",
    "{{ row.name|title }} {{ thing.row.name|upper }} {{ thing.mark|length }} {{ day|time:'H' }}",
    "{{ missing|upper }} {{ safe|lower }} {{ safe|capfirst }} {{ words|first }} {{ list|join:', ' }}",
    "{{ _('Language') }} {{ 'a<b' }} {{ 5 }} {{ risky|upper }} {{ risky|safe }} {{ missing|default:'-' }}",
]


class Thing:
    name, row = "<Thing>", {"name": "in a row"}

    def method(self) -> str:
        return "said & done"

    def needs(self, one: object) -> str:
        return f"{one}"

    @property
    def mark(self) -> str:
        return "<p>"

    @property
    def silent(self) -> str:
        problem = Exception()
        problem.silent_variable_failure = True  # type: ignore[attr-defined]  # Django's own mark
        raise problem

    def __str__(self) -> str:
        return "a <thing>"


def kept() -> str:
    return "never called"


kept.do_not_call_in_templates = True  # type: ignore[attr-defined]  # Django's own mark


def context() -> dict[str, Any]:
    return {
        "plain": "Rosa",
        "risky": "<b> & 'x' \"y\"",
        "safe": mark_safe("<b>"),
        "number": 1234,
        "nothing": None,
        "row": {"name": "Ana & Sol", "0": "nought"},
        "thing": Thing(),
        "calls": lambda: "called",
        "kept": kept,
        "words": ["one", {"name": "<two>"}, Thing()],
        "list": [1, "<2>"],
        "day": datetime(2026, 5, 14, 23, 30, tzinfo=UTC),
        "later": lazy(lambda: "<later>", str)(),
        "float": 1.5,
        "large": 1234567,
        "yes": True,
        "raw": b"<bytes>",
        "part": "part.html",
        "parts": PARTS,
    }


def engines(page: str) -> list[Engine]:
    """Django's own, and ours, for the same templates."""
    plain = ("django.template.loaders.locmem.Loader", {**PARTS, "page.html": page})
    loaders = ["django.template.loaders.cached.Loader", "alongside.interfaces.quick_templates.Loader"]
    return [Engine(loaders=[(loader, [plain])]) for loader in loaders]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["en", "cy"])
def test_a_template_says_the_same(page: str, language: str) -> None:
    with translation.override(language):
        said: list[list[str]] = []
        for engine in engines(page):
            made: list[str] = []
            for _twice in range(2):
                try:
                    made.append(engine.get_template("page.html").render(Context(context())))
                except Exception as problem:  # the same one must come either way
                    made.append(f"{type(problem).__name__}: {problem}")
            said.append(made)
        assert said[0] == said[1]
        assert said[0][0] == said[0][1]


TEMPLATES: Any = settings.TEMPLATES[0]
OPTIONS = {**TEMPLATES["OPTIONS"], "loaders": [("django.template.loaders.cached.Loader", settings.LOADERS)]}
PLAIN = [{**TEMPLATES, "OPTIONS": OPTIONS}]


@pytest.mark.django_db
def test_whole_pages_are_the_same(cast: Cast) -> None:
    with clock.at("2026-03-02"):
        decision = acts.raised(cast.ken, cast.rosa, why="The budget is <smaller> & so is the team.")
        acts.sent(decision, cast.ken)
        view = acts.said(decision, cast.rosa)
        acts.replied(decision, cast.ken, view.id)
    places = ["/", "/decisions/", f"/decisions/{decision}", f"/decisions/{decision}/history", "/reading/"]
    places += [
        "/promises/",
        "/this-place",
        "/staying-safe/",
        "/do/decisions.view_given?decision=1",
        "/nowhere",
    ]
    places += [f"/do/decisions.view_given?decision={decision}", f"/people/{cast.rosa.person}"]

    def shown() -> list[bytes]:
        found = []
        for person in (cast.rosa, cast.ken, cast.stranger, None):
            for kept in ("..", "dark.large.easy"):
                for language in ("en", "cy"):
                    browser: Any = Client()
                    if person is not None:
                        session = browser.session
                        session.update({"person": str(person.person), "strong": person.strong})
                        session.save()
                    browser.cookies["reading"], browser.cookies["language"] = kept, language
                    found += [browser.get(place).content for place in places]
        return [_without_marks(each) for each in found]

    with clock.at("2026-03-02"):
        shown()  # what is opened here, and who looked, is part of the pages from now on
        quick = shown()
        with override_settings(TEMPLATES=PLAIN):
            for one, other in zip(shown(), quick, strict=True):
                assert one == other


def _without_marks(page: bytes) -> bytes:
    """A page without what is new each time: the mark that a form carries against forgery, and its own key."""
    return re.sub(rb'<input[^>]*type="hidden"[^>]*>', b"", page)
