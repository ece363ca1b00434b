"""A page is the same to the letter, whether Jinja2 drew it or Django."""

import re
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from django.contrib.messages.storage.fallback import FallbackStorage
from django.http import HttpRequest
from django.template import engines
from django.test import Client, RequestFactory
from django.utils import translation
from django.utils.functional import lazy
from django.utils.safestring import mark_safe

from alongside.interfaces import drawn
from alongside.interfaces.spelt import OURS, NotDrawable, source_of, spelt
from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.topics.decisions import commands
from tests.decisions import acts
from tests.world import Cast

LOAD = "{% load i18n static alongside acting panels %}"
PARTS = [  # what our pages use, with values made to be awkward
    "{{ plain }} {{ risky }} {{ safe }} {{ number }} {{ nothing }} {{ missing }} {{ missing.deeper }}",
    "{{ row.name }} {{ row.missing }} {{ row.items }} {{ thing.name }} {{ thing.missing }}",
    "{{ words.1.name }}",
    "{{ thing.method }} {{ thing.mark }} {{ thing.row.name }} {{ thing.kept }} {{ later }} {{ thing }}",
    "{{ day }} {{ moment }} {{ float }} {{ large }} {{ yes }} {{ raw }} {{ words }} {{ row }}",
    "{% if plain %}a{% endif %}{% if missing %}b{% endif %}{% if not missing.x %}c{% endif %}",
    "{% if nothing or number > 3 and not missing %}c{% endif %}{% if words|length > 1 %}d{% endif %}",
    "{% if nothing is None %}a{% endif %}{% if plain is not None and yes is True %}b{% endif %}",
    "{% if missing is None %}c{% endif %}{% if number is None or nothing is not False %}d{% endif %}",
    "{% if row.name == 'Ana & Sol' %}i{% elif plain %}j{% else %}k{% endif %}",
    "{% if 'o' in plain %}o{% endif %}",
    "{% for each in words %}{{ forloop.counter }}{{ each }}{% if forloop.first %}!{% endif %}{% endfor %}",
    "{% for each in nothing %}{{ each }}{% empty %}none{% endfor %}",
    "{% for a, b in pairs %}{{ a }}{{ b }}{% endfor %}",
    "{% include 'parts/state.html' with look=risky words=plain %}{% include part %}",
    "{% for each in words %}{% include 'parts/state.html' with look=each words=row.name %}{% endfor %}",
    "{% include 'parts/state.html' with look='good' words=_('Language') %}",
    "{% translate 'Language' %} {% translate 'Nobody it affects has answered.' %} {% translate '100% <b>' %}",
    "{% translate 'Language' as tongue %}{% if yes %}{% translate '<b>' as b %}{{ b }}{% endif %}{{ tongue }}"
    "{% translate 'It’s' as it %}{{ it|length }}",
    "{% if day|is_past %}a{% endif %}{% if missing|is_past %}b{% endif %}{{ risky|truncatewords:2 }}",
    "{{ plain|truncatewords:1 }} {{ nothing|truncatewords:3 }} {{ later|truncatewords:1 }}"
    "{{ safe|truncatewords:2 }}",
    "{% drawn with_words %}{{ plain }}",
    "{% translate 'a {curly} one' %} {% translate \"an “odd” 'one'\" %}",
    "{% blocktranslate with a=risky b=row %}100% {{ b }}, {{ a }} {curly} {{ a }}{% endblocktranslate %}",
    "{% translate 'See who stands where, and why' %}{% blocktranslate with raised_by=risky on=day|day %}"
    "{{ raised_by }} raised this on {{ on }}.{% endblocktranslate %}",
    "{% blocktranslate with who=risky %}{{ who }} answered{% endblocktranslate %}",
    "{% blocktranslate %}5% {{ plain }} {{ missing }}{% endblocktranslate %}",
    "{% blocktranslate with on=moment|day who=nothing %}{{ who }} and {{ on }} it’s{% endblocktranslate %}",
    "{% blocktranslate count many=number %}And {{ many }} more person{% plural %}"
    "And {{ many }} more people{% endblocktranslate %}",
    "{% url 'home' %} {% url 'home' as home %}{{ home }} {% url 'not there' as to %}[{{ to }}]",
    "{% url 'decisions:decision' id %} {% url 'decisions:decision' id as to %}{{ to }}",
    "{% firstof nothing plain %}",
    "{{ day|day }} {{ words|listing }} {{ number|count_people }} {{ words|join:', ' }} {{ risky|urlencode }}",
    "{% action 'decisions.view_given' decision=id next=risky %} {% action 'decisions.told' as to %}{{ to }}",
    "{% static 'alongside/look.css' %} {% place as here %}{{ here.name }}",
    "{% get_current_language as l %}{{ l }}",
    "{% navigation as links %}{% for link in links %}{{ link.to }}{{ link.words }}{% endfor %}",
    "{% other_languages as all %}{% for one in all %}{{ one.name }}{{ one.is_now }}{% endfor %}",
    "a{% comment %}{% whatever %}{{ a|safe }}{% endcomment %}b{% comment 'why' %}{% endcomment %}",
    "{% with a=risky b=row.name %}{{ a }}{{ b }}{% endwith %}{{ a }}",
]
LEFT_TO_DJANGO = {"form_parts/error_summary.html"}  # seldom there
REFUSED = [
    "{{ a|safe }}",
    "{{ a|default:'x' }}",
    "{{ block.super }}",
    "{% if a is b %}c{% endif %}",
    "{{ forloop.parentloop.counter }}",
    "{% cycle 'a' 'b' %}",
    "{% autoescape off %}{{ a }}{% endautoescape %}",
    "{% include 'parts/state.html' only %}",
    "{% translate 'x' noop %}",
    "{% blocktranslate trimmed %}x{% endblocktranslate %}",
]


class Thing:
    name, row = "<Thing>", {"name": 'it\'s "in" a row'}

    def method(self) -> str:
        return "said & done"

    @property
    def mark(self) -> str:
        return "<p>"

    def kept(self) -> str:
        return "changed!"

    kept.alters_data = True  # type: ignore[attr-defined]  # Django's own mark

    def __repr__(self) -> str:
        return "a <thing>"


def context() -> dict[str, Any]:
    return {
        "plain": "Rosa O’Dowd",
        "risky": "<b> & 'x' \"y\"",
        "safe": mark_safe("<b>'"),
        "number": 1234,
        "nothing": None,
        "row": {"name": "Ana & Sol", "items": "one's own"},
        "thing": Thing(),
        "words": ["one", {"name": "<two>"}, Thing()],
        "pairs": [("a'", 1), (None, 2.5)],
        "day": date(2026, 5, 14),
        "moment": datetime(2026, 5, 14, 23, 30, tzinfo=UTC),
        "later": lazy(lambda: "<later>'s", str)(),
        "float": 1.5,
        "large": 1234567,
        "yes": True,
        "raw": b"<bytes>",
        "part": "parts/state.html",
        "with_words": {"template": "parts/state.html", "look": "good", "words": "<Here> & now", "plain": "x"},
        "id": UUID(int=7),
    }


@pytest.fixture
def request_() -> HttpRequest:
    request = RequestFactory().get("/decisions/?a=1&b=2")
    request.session = {}  # type: ignore[assignment]  # only what messages look at
    request._messages = FallbackStorage(request)  # type: ignore[attr-defined]  # as the middleware does
    request.resolver_match = None
    return request


@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize("part", PARTS)
def test_a_part_says_the_same(part: str, language: str, request_: HttpRequest) -> None:
    with translation.override(language):
        by_django = engines["django"].from_string(LOAD + part).render(context(), request_)
        template = drawn.studio().from_string(spelt(LOAD + part, "part"))
        assert template.render(drawn.around("part.html", request_) | context()) == by_django


@pytest.mark.parametrize("part", REFUSED)
def test_what_jinja_would_draw_otherwise_is_left_to_django(part: str) -> None:
    with pytest.raises(NotDrawable):
        spelt(part, "part.html")


def test_no_value_of_a_page_can_stand_in_the_place_of_what_is_called() -> None:
    for name in drawn.DRAWN:
        assert f"as {OURS}" not in source_of(name) and f" {OURS}" not in source_of(name)


@pytest.mark.django_db
def test_a_page_with_a_part_that_only_django_draws_is_drawn_by_django(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    decision = acts.raised(cast.ken, cast.rosa)
    address = f"/decisions/{decision}"
    expected = _shown(cast.rosa, address, "en")
    monkeypatch.setattr(drawn, "drawn", _never)
    assert _shown(cast.rosa, address, "en") == expected


def _never(*_given: Any) -> str:
    raise NotDrawable("a part of it")


@pytest.mark.parametrize("name", sorted(drawn.DRAWN))
@pytest.mark.parametrize("language", ["en", "cy"])
def test_each_page_listed_is_one_that_jinja_can_draw(name: str, language: str) -> None:
    """With every part that it names: otherwise it would be begun here and drawn by Django each time."""
    with translation.override(language):
        waiting, seen = [name], set[str]()
        while waiting:
            one = waiting.pop()
            seen.add(one)
            source = source_of(one)
            drawn.studio().from_string(spelt(source, one))
            named = set(re.findall(r"""{% (?:include|extends) ["']([^"']+)["']""", source))
            waiting += sorted(named - seen - LEFT_TO_DJANGO)
    assert len(seen) > 3


NOWHERE = UUID("fefefefe-0000-4000-8000-0000000000ff")


@pytest.mark.sqlite  # what differs is how a page is drawn, not what was asked
@pytest.mark.django_db
def test_whole_pages_are_the_same(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    with clock.at("2026-03-02"):
        addresses = ["/", *(f"/decisions/{decision}" for decision in [*many_matters(cast), NOWHERE])]
        readers = [cast.rosa, cast.ken, cast.ana, cast.stranger, cast.devon, None]
        asked = [(who, to, tongue) for who in readers for to in addresses for tongue in ("en", "cy")]
        for each in asked:
            _shown(*each)  # what is opened here, and who looked, is part of the pages from now on
        quick = [_shown(*each) for each in asked]
        monkeypatch.setattr(drawn, "DRAWN", frozenset())
        for each, page in zip(asked, quick, strict=True):
            assert _shown(*each) == page, each
    whole = "".join(quick)
    for words in (
        "This needs you",
        "You cannot decide this yet",
        "Questions",
        "What was decided",
        "Ateb",
        "We cannot find that page",
    ):
        assert words in whole, f"these pages do not show “{words}”"


def many_matters(cast: Cast) -> list[UUID]:
    """Matters that show every part of the page."""
    asked = acts.raised(cast.ken, cast.rosa, why='The budget is <smaller> & so\'s the "team".')
    acts.sent(asked, cast.ken)
    view = acts.said(asked, cast.rosa, words="I'd rather <keep> it.")
    acts.replied(asked, cast.ken, view.id)
    do(commands.AskQuestion(decision=asked, words="Who'd come?"), by=cast.rosa)
    waiting = acts.raised(cast.ken, cast.rosa, "Another <change>", "increase")
    raised = commands.RaiseAboutPlace(organisation=cast.council, what="The 'library' hours", change="swap")
    place = do(raised, by=cast.ken).thing
    do(commands.SayWhichPeople(decision=place, group="Readers & <writers>", size=1200), by=cast.ken)
    do(commands.AddOption(decision=place, name='Way "one"', change="swap", words="<i>"), by=cast.ken)
    for number, who in enumerate((cast.ana, cast.rosa, cast.devon)):
        given = {"position": "other", "words": f"View {number} & more", "instead": "It's fine."}
        do(commands.GiveViewOnPlace(decision=place, **given), by=Actor(person=who.person))
    done = acts.raised(cast.ken, cast.rosa, "A third", "increase")
    acts.sent(done, cast.ken)
    acts.said(done, cast.rosa, position="for")
    acts.decided(done, cast.ken)
    return [asked, waiting, place, done]


def _shown(who: Actor | None, address: str, language: str) -> str:
    browser: Any = Client()
    if who is not None:
        session = browser.session
        session.update({"person": str(who.person), "strong": who.strong})
        session.save()
    browser.cookies["language"] = language
    with translation.override(language):  # and afterwards it is as it was
        page = browser.get(address).content.decode()
    return re.sub(r'<input[^>]*type="hidden"[^>]*>', "", page)  # the mark against forgery is new each time
