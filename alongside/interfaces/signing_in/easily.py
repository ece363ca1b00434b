"""Pages of the sign-in package in Easy Read, for whoever chose that: the package knows nothing of it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse

from alongside.interfaces.reading_preferences import easy


def easily(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The same view, whose page is looked for in Easy Read first."""

    @wraps(view)
    def asked(request: HttpRequest, *parts: Any, **known: Any) -> HttpResponseBase:
        answer = view(request, *parts, **known)
        if isinstance(answer, TemplateResponse) and not answer.is_rendered:
            named: Any = answer.template_name
            first = named if isinstance(named, str) else next(iter(named))
            answer.template_name = easy(request, first)
        return answer

    return asked
