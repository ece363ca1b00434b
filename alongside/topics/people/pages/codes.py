"""Handing out a code for one matter: it is shown once, to be read out or written on a letter."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpResponseBase
from django.views.decorators.http import require_http_methods

from alongside.interfaces.page import render
from alongside.interfaces.who import Request
from alongside.kernel import clock
from alongside.kernel.command import Missing
from alongside.kernel.door import do
from alongside.kernel.fields import as_id
from alongside.kernel.now import the
from alongside.topics.people.commands.access import IssueCode, new_code
from alongside.topics.people.models import Person
from alongside.topics.people.policy import name_of, works_with


@require_http_methods(["GET", "POST"])
def code_page(request: Request, pk: UUID) -> HttpResponseBase:
    """GET asks; POST makes a code and shows it, once."""
    actor = request.actor
    person = the(Person, pk, seen_by=actor)
    if not works_with(actor, person.id, clock.now()):
        raise Missing
    matter = as_id(request.GET.get("matter") or person.id)
    if matter is None:
        raise Missing
    path = request.GET.get("path") or f"/people/{person.id}/ways"
    context = {
        "person": person,
        "name": name_of(person.id),
        "code": "",
        "web": f"{settings.BASE_URL}/code",
        "opens_ways": matter == person.id and path == f"/people/{person.id}/ways",
    }
    if request.method == "POST":
        code, digest = new_code()
        try:
            issue = IssueCode(person=person.id, matter=matter, path=path, digest=digest)
        except ValueError as error:  # an address that is none of ours
            raise Missing from error
        do(issue, by=actor)
        context["code"] = code
    return render(request, "people/code.html", context)
