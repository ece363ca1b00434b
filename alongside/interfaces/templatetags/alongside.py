"""The words and parts that every page may use: `{% load alongside %}`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import template
from django.conf import settings
from django.forms import BoundField
from django.template.base import NodeList, Parser, Token
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from alongside.interfaces import chart, reading_preferences, words
from alongside.interfaces.wired import wiring

register = template.Library()

for plain in (
    words.day,
    words.day_of_week,
    words.month,
    words.moment,
    words.money,
    words.number,
    words.listing,
):
    register.filter(plain.__name__, plain)
for counted in (
    words.decisions,
    words.promises,
    words.people,
    words.views,
    words.days,
    words.hours,
    words.times,
    words.things,
):
    register.filter(f"count_{counted.__name__}", counted)
register.simple_tag(words.out_of)


@dataclass(frozen=True)
class Place:
    """The place this site is for, and how to reach a person there without a computer."""

    name: str
    phone: str
    free_post: str
    leave_to: str


@register.simple_tag
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


@register.simple_tag(takes_context=True)
def navigation(context: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The links at the top. The wiring page may say its own with `navigation(request)`."""
    request = context.get("request")
    own = wiring("navigation")
    links = (
        own(request) if own and request is not None else [(_address(name), words_) for name, words_ in WAYS]
    )
    here = getattr(request, "path", "")
    return [{"to": to, "words": said, "is_here": to == here} for to, said in links if to]


@register.simple_tag(takes_context=True)
def seen_as(context: Mapping[str, Any]) -> Any:
    """In the made-up place: whose eyes this page is seen with. The wiring page says: `seen_as(request)`."""
    own = wiring("seen_as")
    request = context.get("request")
    return own(request) if own and request is not None else None


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


@register.simple_tag(takes_context=True)
def title_mark(context: Mapping[str, Any]) -> str:
    """The word "Error" before the page's name when an answer needs changing: it is read out first."""
    forms = [context.get("form"), context.get("verify_form")]
    has_errors = any(getattr(form, "is_bound", False) and form.errors for form in forms if form is not None)
    return str(_("Error: ")) if has_errors else ""


@register.simple_tag(takes_context=True)
def page_is_easy(context: template.Context) -> bool:
    """Whether the page being shown is the Easy Read one."""
    return _page_name(context).endswith(".easy.html")


@register.simple_tag(takes_context=True)
def easy_check(context: template.Context) -> reading_preferences.EasyCheck | None:
    """Who checked this Easy Read page, if anyone has."""
    return reading_preferences.easy_checks().get(_page_name(context))


def _page_name(context: template.Context) -> str:
    return str(getattr(context.template, "name", "") or "")


@register.simple_tag(takes_context=True)
def lang_of_page(context: template.Context) -> SafeString:
    """`lang="en"` where the page's middle stays in English though the reader chose another language."""
    stays = not reading_preferences.is_in_readers_language(_page_name(context))
    return mark_safe(' lang="en"' if stays else "")  # two fixed strings


class WholeLanguage(template.Node):
    """A part of a page that is in one language only: the reader's if all of it is there, else English."""

    def __init__(self, inside: NodeList) -> None:
        self.inside = inside

    def render(self, context: template.Context) -> SafeString:
        if reading_preferences.is_in_readers_language(_page_name(context)):
            return self.inside.render(context)
        with override("en"):
            return self.inside.render(context)


@register.tag
def whole_language(parser: Parser, token: Token) -> WholeLanguage:
    """`{% whole_language %}…{% end_whole_language %}`."""
    inside = parser.parse(("end_whole_language",))
    parser.delete_first_token()
    return WholeLanguage(inside)


@register.simple_tag
def other_languages() -> list[dict[str, Any]]:
    """Every language the site speaks, each called by its own name."""
    now = get_language() or "en"
    return [{"code": code, "name": name, "is_now": code == now} for code, name in settings.LANGUAGES]


@register.simple_tag
def question(field: BoundField, *, heading: bool = False, label: str = "", hint: str = "") -> SafeString:
    """One question of a form, in other words if you like; with `heading=True` it is the page's one h1."""
    if label:
        field.label = label
    if hint:
        field.help_text = hint
    context = {**field.get_context(), "heading": heading}
    return field.render(field.template_name, context)


@register.simple_tag
def picture(name: str) -> str:
    """The address of one of our small pictures."""
    return static(f"alongside/pictures/{name}.svg")


@register.inclusion_tag("parts/bar.html")
def bar(drawn: chart.Bar, place_on_page: str = "chart") -> dict[str, Any]:
    """Draw a bar from `chart.py`. Give each on a page its own `place_on_page`: ids are made from it."""
    return {"bar": drawn, "id": place_on_page}
