"""A power over somebody’s bills, and where its papers were read."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from alongside.kernel.door import do
from alongside.topics.decisions import models
from alongside.topics.people.commands.links import LegalBasis, Relate
from alongside.topics.people.commands.powers import AskToCheckPower, ConfirmPower
from alongside.topics.people.models import LinkKind, Scope
from tests.decisions import acts
from tests.world import Cast

NUMBER = "7000-9999-1111"
READ = "I looked in the public register. It names him."
BILLS = "Pay your bills by direct debit"
LAST_DAY = date(2026, 3, 20)


def deputy(cast: Cast) -> UUID:
    """Devon is Lena’s deputy for money until the twentieth, and another team has seen the order."""
    relate = Relate(
        person=cast.lena.person,
        other=cast.devon.person,
        kind=LinkKind.DEPUTY,
        scope=Scope.MONEY,
        legal_basis=LegalBasis.COURT,
        document=NUMBER,
        until_on=LAST_DAY,
    )
    link = do(relate, by=cast.ken).thing
    check = do(AskToCheckPower(link=link), by=cast.ken).thing
    do(ConfirmPower(check=check, told=NUMBER, checked=READ), by=cast.dee)
    return link


def matter(cast: Cast) -> UUID:
    return acts.raised(cast.ken, cast.lena, BILLS, "money")


def reason(cast: Cast, decision: UUID) -> models.Ground:
    found = acts.ground(decision, cast.ken, "attorney_or_deputy", holder=cast.devon.person)
    acts.looked(found, cast.mina)
    return found
