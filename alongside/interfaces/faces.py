"""In a made-up place, and nowhere else: see the pages with somebody else's eyes.

A made-up place has a file `made-up` in its home, which names its faces. Without that file nothing here works.
"""

import json
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from alongside.interfaces.who import actor_of, sign_in_as
from alongside.kernel.command import Missing
from alongside.kernel.policy import FACE

MARK = "made-up"


@dataclass(frozen=True)
class Face:
    """One of the made-up people a visitor may be."""

    person: UUID
    name: str
    who: str
    strong: bool = False

    @property
    def says_who(self) -> str:
        """Who they are, in the reader's language. The file of the place has it in English."""
        return gettext(self.who) if self.who else ""

    @property
    def on_a_line(self) -> str:
        """The same, as a line of its own begins."""
        return str(capfirst(self.says_who))

    @property
    def change(self) -> str:
        """Where to choose another."""
        return reverse("seen_as")


@dataclass(frozen=True)
class Told:
    """A story of this place that a visitor can follow: where it is, and with whose eyes to read it."""

    code: str
    path: str
    person: str = ""


def faces() -> list[Face]:
    """The faces of this place; none where people are real."""
    return list(_marked()[0])


def told() -> list[Told]:
    """The stories of this place that a visitor can follow."""
    return list(_marked()[1])


def _marked() -> tuple[tuple[Face, ...], tuple[Told, ...]]:
    path = _mark_in(settings.HOME)
    try:
        return _read(path, os.stat(path).st_mtime_ns)
    except FileNotFoundError:
        return (), ()


@lru_cache(maxsize=4)
def _mark_in(home: Path) -> str:
    return str(Path(home) / MARK)


@lru_cache(maxsize=4)
def _read(path: str, _changed: int) -> tuple[tuple[Face, ...], tuple[Told, ...]]:
    marked = json.loads(Path(path).read_text(encoding="utf-8"))
    known = tuple(
        Face(UUID(one["person"]), one["name"], one["who"], bool(one.get("strong", False)))
        for one in marked["faces"]
    )
    return known, tuple(Told(**one) for one in marked.get("stories", ()))


def is_made_up() -> bool:
    """Whether this whole place is made up."""
    return bool(faces())


def seen_as(request: HttpRequest) -> Face | None:
    """Whose eyes this page is seen with; a nameless face for a visitor who chose none."""
    known = faces()
    if not known:
        return None
    me = actor_of(request).person
    return next((face for face in known if face.person == me), Face(UUID(int=0), "", ""))


@require_http_methods(["GET", "POST"])
def seen_as_page(request: HttpRequest) -> HttpResponseBase:
    """Choose whose eyes to see with. POST `person`, or nothing to be a visitor again."""
    from alongside.interfaces.page import render  # only here: a terminal asks for the faces too

    known = faces()
    if not known:
        raise Missing
    if request.method == "GET":
        return render(
            request, "seen_as.html", {"faces": known, "next": _back(request, request.GET.get("next", ""))}
        )
    wanted = request.POST.get("person", "")
    back = _back(request, request.POST.get("next", ""))
    if not wanted:
        request.session.flush()
        return HttpResponseRedirect(back)
    face = next((face for face in known if str(face.person) == wanted), None)
    if face is None:
        raise Missing
    request.session.flush()
    sign_in_as(request, face.person, strong=face.strong, way=FACE)
    return HttpResponseRedirect(back)


def _back(request: HttpRequest, address: str) -> str:
    is_ours = url_has_allowed_host_and_scheme(
        address, {request.get_host()}, require_https=request.is_secure()
    )
    return address if address.startswith("/") and is_ours else "/"
