"""The words and parts that every page may use: `{% load alongside %}`."""

from typing import Any

from django import template
from django.forms import BoundField
from django.template.base import NodeList, Parser, Token
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override

from alongside.interfaces import chart, reading_preferences, shell, words

register = template.Library()


register.filter(shell.is_past)
for name, filter_ in shell.FILTERS.items():
    register.filter(name, filter_)
for tag in (words.out_of, shell.place, shell.other_languages):
    register.simple_tag(tag)
for tag_of_page in (shell.navigation, shell.seen_as, shell.title_mark):
    register.simple_tag(tag_of_page, takes_context=True)


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


def _is_in_readers_language(context: template.Context) -> bool:
    """A form made from a command is a page of its own: its questions are the command's."""
    command: Any = context.get("command")
    name = f"do/{command.records}" if hasattr(command, "records") else _page_name(context)
    return reading_preferences.is_in_readers_language(name)


@register.simple_tag(takes_context=True)
def lang_of_page(context: template.Context) -> SafeString:
    """`lang="en"` where the page's middle stays in English though the reader chose another language."""
    stays = not _is_in_readers_language(context)
    return mark_safe(' lang="en"' if stays else "")  # two fixed strings


class WholeLanguage(template.Node):
    """A part of a page that is in one language only: the reader's if all of it is there, else English."""

    def __init__(self, inside: NodeList) -> None:
        self.inside = inside

    def render(self, context: template.Context) -> SafeString:
        if _is_in_readers_language(context):
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
