"""A plain page to measure ours against: five questions to the database, fifty rows, Jinja2."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jinja2
from django.http import HttpRequest, HttpResponse
from django.urls import path

from alongside.bench.peer.models import HistoryNote

_LOOK = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True
)


def plain_page(request: HttpRequest) -> HttpResponse:
    """Fifty notes, and four counts above them."""
    notes: Any = HistoryNote._default_manager
    context = {
        "notes": list(notes.order_by("id")[:50]),
        "all": notes.count(),
        "calls": notes.filter(kind="call").count(),
        "late": notes.filter(due_on__lt="2020-01-01").count(),
        "matters": notes.values("matter").distinct().count(),
    }
    return HttpResponse(_LOOK.get_template("plain.jinja").render(context))


urlpatterns = [path("plain", plain_page)]
