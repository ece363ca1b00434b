"""How Alongside was made, for programs: the rows of its page, each with the sources that it rests on."""

from __future__ import annotations

from uuid import UUID

from ninja import Router

from alongside.home import told
from alongside.home.itself import itself
from alongside.interfaces.who import Request
from alongside.topics.decisions.api.together import told_profile

router = Router(tags=["this place"])


@router.get("/how-this-was-made")
def how_this_was_made(request: Request) -> told.HowMade:
    """How much of making Alongside was done together: the eleven rows, by the rule for every matter."""
    found = itself()
    profile = told_profile(found.profile)
    for row in profile["rows"]:
        row["rests_on"] = [found.sources[UUID(str(entry))] for entry in row["rests_on"]]
    claimed: list[told.StepClaimedBy] = [
        {"step": one.step, "by": found.sources[one.entry]} for one in found.profile.claims
    ]
    return {**profile, "claimed": claimed}
