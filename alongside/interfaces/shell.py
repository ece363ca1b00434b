"""What stands around every page: the place, the ways about, the languages, and how days and counts are said.

Tags and filters of Django are made of these (templatetags/), and those of Jinja2 (drawn.py).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.urls import NoReverseMatch
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from alongside.interfaces import words
from alongside.interfaces.addresses import address
from alongside.interfaces.wired import wiring
from alongside.kernel import clock

_PLAIN = (
    words.day,
    words.day_of_week,
    words.month,
    words.hour,
    words.moment,
    words.money,
    words.number,
    words.listing,
)
_COUNTED = (
    words.decisions,
    words.promises,
    words.people,
    words.views,
    words.days,
    words.hours,
    words.times,
    words.things,
)


def ring(number: str) -> SafeString:
    """A telephone number that a telephone rings when it is pressed, and that no line breaks in two."""
    dialled = "".join(sign for sign in number if sign.isdigit() or sign == "+")
    return format_html('<a class="phone" href="tel:{}">{}</a>', dialled, number)


FILTERS: dict[str, Callable[..., str]] = {each.__name__: each for each in (*_PLAIN, ring)}
FILTERS |= {f"count_{each.__name__}": each for each in _COUNTED}


def is_past(when: object) -> bool:
    """Whether a day or a moment is over: what was to be done by then is no longer said as if to come."""
    if isinstance(when, datetime):
        return when < clock.now()
    return isinstance(when, date) and when < clock.today()


@dataclass(frozen=True)
class Place:
    """The place this site is for, and how to reach a person there without a computer."""

    name: str
    phone: str
    free_post: str
    leave_to: str


def place() -> Place:
    """The place, from the settings."""
    return Place(
        name=getattr(settings, "PLACE_NAME", ""),
        phone=getattr(settings, "PLACE_PHONE", ""),
        free_post=getattr(settings, "PLACE_FREE_POST", ""),
        leave_to=getattr(settings, "LEAVE_TO", "https://www.bbc.co.uk/weather"),
    )


# The main ways about, by the name of their address. A page that is not there is left out.
WAYS = (
    ("home", _("Start")),
    ("my_page", _("Your page")),
    ("decisions", _("Decisions")),
    ("promises", _("Promises")),
    ("letter_code", _("I have a letter with a code")),
)


def navigation(context: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The links at the top. The wiring page may say its own with `navigation(request)`."""
    request = context.get("request")
    own = wiring("navigation")
    links = (
        own(request) if own and request is not None else [(_address(name), words_) for name, words_ in WAYS]
    )
    here = getattr(request, "path", "")
    return [{"to": to, "words": said, "is_here": to == here} for to, said in links if to]


def seen_as(context: Mapping[str, Any]) -> Any:
    """In the made-up place: whose eyes this page is seen with. The wiring page says: `seen_as(request)`."""
    own = wiring("seen_as")
    request = context.get("request")
    return own(request) if own and request is not None else None


def _address(name: str) -> str:
    try:
        return address(name)
    except NoReverseMatch:
        return ""


def title_mark(context: Mapping[str, Any]) -> str:
    """The word "Error" before the page's name when an answer needs changing: it is read out first."""
    forms = [context.get("form"), context.get("verify_form")]
    has_errors = any(getattr(form, "is_bound", False) and form.errors for form in forms if form is not None)
    return str(_("Error: ")) if has_errors else ""


def other_languages() -> list[dict[str, Any]]:
    """Every language the site speaks, each called by its own name."""
    now = get_language() or "en"
    return [{"code": code, "name": name, "is_now": code == now} for code, name in settings.LANGUAGES]
