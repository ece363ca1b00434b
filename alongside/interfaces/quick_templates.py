"""Django's templates, with the parts that are used most answered in a shorter way.

A page is made of several hundred small parts, and Django asks each of them every question it can think of.
When a template has been read, its plainest parts are given the classes below. Each takes a short way where
the answer is certain, and Django's own way everywhere else, so that a page is the same to the letter: tests
compare them. Nothing is kept of what a page shows; only of the templates themselves.
"""

from __future__ import annotations

from functools import cache
from html import escape
from typing import Any

from django.template import Node
from django.template.base import Template, Variable, VariableNode, render_value_in_context
from django.template.defaulttags import IfNode, TemplateLiteral, URLNode
from django.template.loader_tags import IncludeNode
from django.template.loaders import cached
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from alongside.kernel.seal import Box


class Loader(cached.Loader):
    """Reads templates once, as Django does, and makes them quick."""

    def get_template(self, template_name: str, skip: Any = None) -> Template:
        is_new = self.cache_key(template_name, skip) not in self.get_template_cache
        template: Template = super().get_template(template_name, skip)
        if is_new:
            make_quick(template.nodelist)
        return template


def make_quick(nodes: Any) -> None:
    """Give each plain part, however deep, its quick class."""
    for node in nodes.get_nodes_by_type(Node):
        quick = QUICK.get(type(node))
        if quick is not None:
            node.__class__ = quick
        if isinstance(node, IfNode):
            for condition, _nodes in node.conditions_nodelists:
                _make_condition_quick(condition)


def _make_condition_quick(condition: Any) -> None:
    if type(condition) is TemplateLiteral:
        condition.__class__ = QuickCondition
    for part in ("first", "second"):
        inside = getattr(condition, part, None)
        if inside is not None:
            _make_condition_quick(inside)


MISSING = object()  # what was not found the short way: it may still be there


def found(expression: Any, context: Any) -> Any:
    """What an expression says, where that is certain; MISSING otherwise."""
    variable = expression.var
    if type(variable) is not Variable or variable.lookups is None or variable.translate:
        return MISSING
    first, *others = variable.lookups
    for known in reversed(context.dicts):
        if first in known:
            current = known[first]
            break
    else:
        return MISSING
    if callable(current):
        return MISSING
    for name in others:
        if type(current) is dict:
            current = current.get(name, MISSING)
        elif hasattr(type(current), "__getitem__"):
            return MISSING
        else:
            try:
                current = getattr(current, name, MISSING)
            except Exception:  # Django knows which of these are to be shown as nothing
                return MISSING
        if current is MISSING or callable(current):
            return MISSING
    for use, given in expression.filters:
        if given or not _is_plain(use):
            return MISSING
        current = use(current)
    return current


@cache
def _is_plain(use: Any) -> bool:
    """Whether Django does no more with this filter than to call it."""
    return not any(getattr(use, mark, False) for mark in ("expects_localtime", "needs_autoescape", "is_safe"))


class QuickVariable(VariableNode):
    """`{{ name }}`"""

    def render_annotated(self, context: Any) -> Any:
        value = found(self.filter_expression, context)
        if value is MISSING:
            return super().render_annotated(context)
        kind = type(value)
        if kind is SafeString:
            return str.__str__(value)
        if (kind is str or kind is Box) and context.autoescape:
            return escape(str(value))
        return str(render_value_in_context(value, context))


class QuickCondition(TemplateLiteral):
    """What stands in `{% if name %}`."""

    def eval(self, context: Any) -> Any:
        value = found(self.value, context)
        return super().eval(context) if value is MISSING else value


class QuickInclude(IncludeNode):
    """`{% include "parts/state.html" with look=look %}`: the part is looked up once."""

    def render(self, context: Any) -> Any:
        name = self.template.var
        engine = context.template.engine
        if (
            self.template.filters
            or not isinstance(name, str)
            or name.startswith(".")
            or self.isolated_context
        ):
            return super().render(context)
        part = self.__dict__.get("part")
        if part is None or engine.debug:
            part = self.part = engine.select_template([str(name)])
        values = {}
        for given, expression in self.extra_context.items():
            value = found(expression, context)
            values[given] = expression.resolve(context) if value is MISSING else value
        with context.push(**values):
            return part.render(context)


class QuickTranslate(TranslateNode):
    """`{% translate "Some words" %}`: the same words in the same language are the same."""

    def render(self, context: Any) -> Any:
        if self.asvar or self.noop or self.message_context or self.filter_expression.filters:
            return super().render(context)
        language, known = get_language(), self.__dict__.setdefault("said", {})
        if self.filter_expression.var.literal is None or not context.autoescape:
            return super().render(context)
        if language not in known:
            known[language] = super().render(context)
        return known[language]


class QuickBlockTranslate(BlockTranslateNode):
    """`{% blocktranslate %}`: its message is put together once."""

    def render_token_list(self, tokens: Any) -> tuple[str, list[str]]:
        known = self.__dict__.setdefault("messages", {})
        if id(tokens) not in known:  # the lists are this node's own, and live as long as it does
            known[id(tokens)] = super().render_token_list(tokens)
        message, names = known[id(tokens)]
        return message, list(names)


class QuickAddress(URLNode):
    """`{% url "home" %}`, where nothing is filled in."""

    def render(self, context: Any) -> Any:
        if self.args or self.kwargs or isinstance(self.view_name.var, Variable) or self.view_name.filters:
            return super().render(context)
        try:
            room = context.request.current_app
        except AttributeError:
            match = getattr(getattr(context, "request", None), "resolver_match", None)
            room = getattr(match, "namespace", None)
        key = (room, get_script_prefix(), get_urlconf())
        known: dict[Any, str] = self.__dict__.setdefault("known", {})
        if key not in known:
            try:
                known[key] = reverse(self.view_name.var, current_app=room)
            except NoReverseMatch:
                if self.asvar is None:
                    raise
                known[key] = ""
        if self.asvar:
            context[self.asvar] = known[key]
            return ""
        return escape(known[key]) if context.autoescape else known[key]


QUICK: dict[type[Node], type[Node]] = {
    VariableNode: QuickVariable,
    IncludeNode: QuickInclude,
    TranslateNode: QuickTranslate,
    BlockTranslateNode: QuickBlockTranslate,
    URLNode: QuickAddress,
}
