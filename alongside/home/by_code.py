"""What a code in a letter or a text opens: the page it is sent for, or nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from django.apps import apps

from alongside.kernel.policy import Actor

NUMBER = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
PAGES: Final[Mapping[str, str]] = {  # each page that a message leads to, by the table whose row it shows
    "/decisions/*": "decisions.Decision",
    "/decisions/*/afterwards": "decisions.Decision",
    "/changes/*": "decisions.Change",
    "/problems/*": "decisions.Problem",
    "/promises/*": "promises.Promise",
    "/promises/protocols/*": "promises.Protocol",
    "/promises/said/*": "promises.Statement",
    "/hearings/*": "voice.Hearing",
    "/questions/*": "voice.Question",
    "/resolutions/*": "voice.Resolution",
    "/tell-us/*": "voice.Feedback",
    "/people/links/*": "people.Link",
}
TYPED, WAYS = "/me/typed-for-you", "/people/*/ways"  # a page of their own


def opens(person: UUID, matter: UUID, link: str) -> bool:
    """Whether this page is there for this person when they come with a code for this matter."""
    page, found = NUMBER.sub("*", link), NUMBER.search(link)
    if page == TYPED:
        return True
    if found is None or page not in {WAYS, *PAGES}:
        return False
    if page == WAYS:
        return UUID(found.group()) == person
    rows: Any = apps.get_model(PAGES[page]).objects
    came = Actor(person=person, only=matter, way="code")
    return bool(rows.seen_by(came).filter(pk=UUID(found.group())).exists())
