"""Draws what a room shows on a person's own page: `{% load panels %}{% drawn panel %}`."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag(takes_context=True)
def drawn(context: Context, panel: Mapping[str, Any]) -> SafeString:
    """The panel's template, with its own words beside those of the page."""
    page = context.template
    assert page is not None  # a tag is drawn inside a page
    found = page.engine.get_template(panel["template"])
    with context.push(**panel, panel=panel):
        return found.render(context)
