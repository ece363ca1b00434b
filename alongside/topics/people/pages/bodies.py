"""Organisations: public pages, which name offices and never a worker."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from alongside.interfaces.page import body_panels, render
from alongside.interfaces.who import Request
from alongside.kernel.now import the
from alongside.topics.people.models import BoardCount, Holding, Office, Organisation, OrganisationKind, Team
from alongside.topics.people.pages.members import acts_for, own_membership, seats_of
from alongside.topics.people.policy import name_of, names_of

SEVERAL = {  # what stands above a list of them
    OrganisationKind.COUNCIL: _("Councils"),
    OrganisationKind.PROVIDER: _("Providers"),
    OrganisationKind.USER_LED: _("User-led organisations"),
    OrganisationKind.COMMUNITY: _("Community groups"),
}


@require_safe
def organisations_page(request: Request) -> HttpResponseBase:
    """Every body we know, by kind."""
    rows = list(Organisation.objects.seen_by(request.actor).filter(is_closed=False))
    names = names_of([row.id for row in rows])
    kinds = [
        {
            "title": SEVERAL.get(kind, kind.label),
            "bodies": sorted(
                ({"row": row, "name": names[row.id]} for row in rows if row.kind == kind),
                key=lambda one: str(one["name"]).casefold(),
            ),
        }
        for kind in OrganisationKind
    ]
    shown = [kind for kind in kinds if kind["bodies"]]
    return render(request, "people/organisations.html", {"kinds": shown})


@require_safe
def organisation_page(request: Request, pk: UUID) -> HttpResponseBase:
    """One body: its teams, its offices, and what its last count of the board said."""
    actor = request.actor
    body = the(Organisation, pk, seen_by=actor)
    teams = list(Team.objects.seen_by(actor).filter(organisation=body.id))
    offices = list(Office.objects.seen_by(actor).filter(organisation=body.id))
    held = Holding.objects.seen_by(actor).filter(organisation=body.id, closes_at=None)
    holders = dict(held.values_list("office", "holder"))  # empty but for those who work there
    counts = BoardCount.objects.seen_by(actor).filter(organisation=body.id).order_by("-counted_on", "-at")
    names = names_of(
        [*(row.id for row in (*teams, *offices)), *(row.above for row in teams), *holders.values()]
    )
    context = {
        "body": body,
        "name": name_of(body.id),
        "kind": body.get_kind_display(),
        "is_user_led_kind": body.kind == OrganisationKind.USER_LED,
        "teams": [
            {"name": names[row.id], "above": names[row.above] if row.above else "", "is_duty": row.is_duty}
            for row in teams
        ],
        "offices": [
            {"row": row, "name": names[row.id], "holder": names[holders[row.id]] if row.id in holders else ""}
            for row in offices
        ],
        "counts": list(counts[:10]),
        "seats": seats_of(body.id) if body.kind == OrganisationKind.USER_LED else {},
        "panels": body_panels(request, body.id, on="ORGANISATION_PANELS"),
        "own": own_membership(actor, body.id),
        "acts_for": body.id in acts_for(actor),
    }
    return render(request, "people/organisation.html", context)
