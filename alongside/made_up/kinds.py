"""What is said of a body, somebody who works somewhere, and somebody who draws on support or cares."""

from __future__ import annotations

from dataclasses import dataclass

from alongside.topics.people.models import LinkKind, OrganisationKind


@dataclass(frozen=True)
class Body:
    """An organisation of the place."""

    key: str
    name: str
    kind: OrganisationKind


@dataclass(frozen=True)
class Post:
    """Somebody who works somewhere, and the office they hold if it is one that acts in public."""

    key: str
    name: str
    body: str
    kind: LinkKind
    team: str = ""
    office: str = ""


@dataclass(frozen=True)
class Life:
    """Somebody who draws on support or is an unpaid carer: their team, worker, and way to be told."""

    key: str
    name: str
    team: str
    worker: str
    way: str  # email, text, letter_large, phone …
    format: str = "plain"
    is_carer: bool = False
