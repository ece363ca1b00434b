"""Bringing a file in by page: send it, look at how we read it, change the columns, take it in.

The file waits as a draft under the installation's home; nothing of it is in the record before it is taken in.
A page works for a few seconds at a time and goes on when it is asked again, for a request may not last. Files
with more rows than a page can carry are for the terminal, and the page gives the line to type.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from alongside.interfaces.page import render
from alongside.interfaces.tables import MappedRow, Problem, TableRefused
from alongside.interfaces.who import Request
from alongside.interfaces.words import day, number
from alongside.kernel import chance, clock
from alongside.kernel.command import Missing, NotAllowed
from alongside.kernel.policy import Actor
from alongside.topics.people.policy import names_of, organisations_of
from alongside.topics.promises.commands.files import SoundFile
from alongside.topics.promises.commands.importing import DECISIONS, PROMISES
from alongside.topics.promises.pages.reported import file_of
from alongside.topics.promises.verbs import Importer, decisions, promises

IMPORTERS: dict[str, Importer] = {DECISIONS: decisions, PROMISES: promises}
LARGEST_FILE = 8 * 1024 * 1024
MOST_ROWS = 20_000
SECONDS = 3.0
LOOK_AT = 3
LEAVE_OUT = "-"


class FileForm(forms.Form):
    """Which file, and whose words are in it."""

    what = forms.ChoiceField(
        label=_("What is in the file?"),
        widget=forms.RadioSelect,
        choices=[
            (DECISIONS, _("Decisions that were made elsewhere")),
            (PROMISES, _("Promises that were made elsewhere")),
        ],
        error_messages={"required": _("Choose decisions or promises.")},
    )
    file = forms.FileField(
        label=_("Which file?"),
        help_text=_("A CSV or JSON file, up to 8 megabytes."),
        error_messages={"required": _("Choose a file."), "empty": _("This file is empty. Choose another.")},
    )
    source = forms.CharField(
        label=_("Where does it come from?"),
        help_text=_("Everyone can read this. For example: Wexmoor Council website, March 2026."),
        max_length=500,
        error_messages={"required": _("Say where the file comes from.")},
    )
    organisation = forms.ChoiceField(label=_("Which organisation brings it in?"))

    def __init__(self, *args: Any, bodies: dict[UUID, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(body), name) for body, name in bodies.items()]
        self.only_body = str(next(iter(bodies))) if len(bodies) == 1 else ""
        if self.only_body:
            field.widget, field.initial, field.required = forms.HiddenInput(), self.only_body, False

    def clean_organisation(self) -> str:
        return self.cleaned_data["organisation"] or self.only_body

    def clean_file(self) -> UploadedFile[Any]:
        found: UploadedFile[Any] = self.cleaned_data["file"]
        if (found.size or 0) > LARGEST_FILE:
            raise forms.ValidationError(
                _("This file is larger than 8 megabytes. Bring it in on a terminal: alongside import --help")
            )
        return found


class Draft:
    """A file that was sent and is not in yet. Only the one who sent it sees it."""

    def __init__(self, pk: UUID) -> None:
        self.pk = pk
        self.folder = Path(settings.FILES) / "imports" / pk.hex

    @classmethod
    def keep(cls, content: bytes, about: dict[str, Any]) -> Draft:
        draft = cls(chance.mint())
        draft.folder.mkdir(parents=True, mode=0o700)
        (draft.folder / "file").write_bytes(content)
        draft.note(about)
        return draft

    @classmethod
    def of(cls, pk: UUID, actor: Actor) -> Draft:
        draft = cls(pk)
        if actor.person is None or draft.about.get("person") != actor.person.hex:
            raise Missing
        return draft

    def note(self, about: dict[str, Any]) -> None:
        (self.folder / "about.json").write_text(json.dumps(about), encoding="utf-8")

    @property
    def about(self) -> dict[str, Any]:
        try:
            found: dict[str, Any] = json.loads((self.folder / "about.json").read_text(encoding="utf-8"))
        except FileNotFoundError as gone:
            raise Missing from gone
        return found

    @property
    def importer(self) -> Importer:
        return IMPORTERS[self.about["what"]]

    def read(self) -> SoundFile:
        about = self.about
        return self.importer.read(
            (self.folder / "file").read_bytes(),
            name=about["name"],
            dates=about.get("dates"),
            chosen=about.get("chosen"),
        )

    def let_go(self) -> None:
        shutil.rmtree(self.folder)


def _bodies(actor: Actor) -> dict[UUID, str]:
    """For which organisations this reader may bring a file in."""
    if actor.person is None or actor.only is not None or not actor.strong:
        raise NotAllowed(
            gettext("Only staff who signed in with a passkey or a council account can bring a file in.")
        )
    found = organisations_of(actor.person, clock.now())
    if not found:
        raise NotAllowed(gettext("Only someone who works for an organisation can bring a file in."))
    return names_of(sorted(found))


@require_http_methods(["GET", "HEAD", "POST"])
def bring_in_page(request: Request) -> HttpResponseBase:
    """Send a file."""
    bodies = _bodies(request.actor)
    assert request.actor.person is not None
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = FileForm(*sent, bodies=bodies)
    if form.is_valid():
        file = form.cleaned_data["file"]
        about = {
            "person": request.actor.person.hex,
            "what": form.cleaned_data["what"],
            "name": file.name,
            "source": form.cleaned_data["source"],
            "organisation": form.cleaned_data["organisation"],
        }
        draft = Draft.keep(file.read(), about)
        return HttpResponseRedirect(reverse("promises:look", args=[draft.pk]))
    context = {
        "title": gettext("Bring in what another system says"),
        "lead": gettext("It is shown as their claim, with its source. It is never a decision or a verdict."),
        "button": gettext("Look at the file"),
        "is_upload": True,
        "back": reverse("promises:reported"),
    }
    return render(request, "question.html", {**context, "form": form}, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def look_page(request: Request, pk: UUID) -> HttpResponseBase:
    """Look at how we read the file, before anything of it is in."""
    _bodies(request.actor)
    draft = Draft.of(pk, request.actor)
    if request.method == "POST":
        return _take_in(request, draft)
    if "look" in request.GET:
        draft.note(draft.about | _choices(request, draft))
    try:
        file = draft.read()
    except TableRefused as refusal:
        return render(request, "promises/refused_file.html", _refused(draft, refusal), status=422)
    return render(request, "promises/look.html", _looked(draft, file))


def _choices(request: Request, draft: Draft) -> dict[str, Any]:
    """What the reader chose on the page: the order in dates, and what each column is."""
    fields = draft.importer.fields
    chosen = {
        name: "" if heading == LEAVE_OUT else heading
        for name in fields
        if (heading := request.GET.get(f"column_{name}", ""))
    }
    dates = request.GET.get("dates")
    found: dict[str, Any] = {"dates": dates if dates in ("dmy", "mdy") else None}
    if any(f"column_{name}" in request.GET for name in fields):
        found["chosen"] = chosen
    return found


def _refused(draft: Draft, refusal: TableRefused) -> dict[str, Any]:
    problems: tuple[Problem, ...] = refusal.problems
    return {
        "name": draft.about["name"],
        "problems": problems,
        "unseen": number(refusal.count - len(problems)) if refusal.count > len(problems) else "",
        "asks_dates": any("--dates" in problem.what_to_do for problem in problems),
        "again": reverse("promises:bring_in"),
        **_to_choose(draft, refusal.headings, _read_as(draft, refusal.headings)),
    }


def _read_as(draft: Draft, headings: Sequence[str]) -> dict[str, str]:
    """What each column stands for, as far as it was chosen or can be guessed: the page begins with that."""
    return draft.importer.kind.headings_of(headings, draft.about.get("chosen") or {}) if headings else {}


def _to_choose(draft: Draft, headings: Sequence[str], chosen: Mapping[str, str]) -> dict[str, Any]:
    """What it takes to say which column is which."""
    return {
        "columns": [
            {"name": name, "words": words, "heading": chosen.get(name, "")}
            for name, words in draft.importer.fields.items()
        ],
        "headings": headings,
        "dates": draft.about.get("dates") or "",
        "leave_out": LEAVE_OUT,
    }


def _looked(draft: Draft, file: SoundFile) -> dict[str, Any]:
    about = draft.about
    shown = list(islice(file.rows(), LOOK_AT))
    headings = file.columns.headings
    return {
        "name": about["name"],
        "source": about["source"],
        "is_promises": about["what"] == PROMISES,
        "rows": file.table.row_count,
        "count": number(file.table.row_count),
        "notes": [*file.table.notes, file.order.sentence],
        **_to_choose(draft, file.table.headings, headings),
        "likely": file.columns.likely,
        "left_out": file.columns.unused,
        "shown": [
            {
                "number": row.row.number,
                "cells": [(file.labels[name], _as_read(draft, file, row, name)) for name in headings],
            }
            for row in shown
        ],
        "is_too_long": file.table.row_count > MOST_ROWS,
        "line": f"alongside import {about['what']} {about['name']}",
        "back": reverse("promises:bring_in"),
    }


def _as_read(draft: Draft, file: SoundFile, row: MappedRow, name: str) -> str:
    """A cell as it goes in: a day by its month's name, so that anybody sees whether it is the right one."""
    on = file.order.read(row[name]) if name in draft.importer.kind.dates else None
    return day(on) if on else row[name]


def _take_in(request: Request, draft: Draft) -> HttpResponseBase:
    """Work for a few seconds. What is left goes on when the reader says so; nothing is shown half in."""
    file, about = draft.read(), draft.about
    if file.table.row_count > MOST_ROWS:
        return HttpResponseRedirect(reverse("promises:look", args=[draft.pk]))
    reached = [0, file.table.row_count]

    def counting(done: int, whole: int) -> None:
        reached[:] = [done, whole]

    try:
        outcome = draft.importer.take_in(
            file,
            by=request.actor,
            organisation=UUID(about["organisation"]),
            source=about["source"],
            counting=counting,
            seconds=SECONDS,
        )
    except TableRefused as refusal:
        return render(request, "promises/refused_file.html", _refused(draft, refusal), status=422)
    if outcome is None:
        context = {"name": about["name"], "part": reached[0], "whole": reached[1], "is_done": False}
        return render(request, "promises/going_on.html", context)
    draft.let_go()
    if outcome.batch is not None:
        return HttpResponseRedirect(reverse("promises:import", args=[outcome.batch]))
    context = {"sentences": outcome.sentences, "back": file_of(about["what"])}
    return render(request, "promises/nothing_new.html", context)
