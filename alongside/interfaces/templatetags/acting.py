"""Buttons and small forms that lead to a command: `{% load acting %}`."""

from collections.abc import Mapping
from typing import Any

from django import template

from alongside.interfaces.acting import address_of, may_do
from alongside.interfaces.asking import command_named
from alongside.interfaces.form import CommandForm
from alongside.interfaces.who import actor_of

register = template.Library()


@register.simple_tag
def action(kind: str, **given: Any) -> str:
    """The address of a form: `{% action "promises.verdict_given" promise=p.id next=request.path %}`."""
    return address_of(kind, **given)


@register.simple_tag(takes_context=True)
def may(context: Mapping[str, Any], kind: str, row: Any = None) -> bool:
    """Whether the reader may do this to the row: `{% may "promises.verdict_given" promise as can_say %}`."""
    request = context.get("request")
    return request is not None and may_do(actor_of(request), kind, row)


@register.simple_tag(takes_context=True)
def command_form(context: Mapping[str, Any], kind: str, **given: Any) -> CommandForm:
    """A form to stand in a page: `{% command_form "promises.verdict_given" promise=p.id as f %}`."""
    after = str(given.pop("next", ""))
    request = context["request"]
    filled = {name: getattr(value, "pk", value) for name, value in given.items()}
    apart = "-".join([kind.replace(".", "-"), *(str(value)[:8] for value in filled.values())])
    return CommandForm(command_named(kind), actor_of(request), given=filled, after=after, ids=f"{apart}-%s")
