"""A decision that five people took together."""

from __future__ import annotations

from uuid import UUID

from alongside.topics.decisions.models import Agree, Says
from tests.decisions.votes import hall, heard, put, says, seated, together
from tests.world import Cast


def decided_by_five(cast: Cast) -> UUID:
    """Five sit; three say yes, one no, one stands aside; the member's yes is the last that was needed."""
    decision = hall(cast)
    seated(cast, decision, cast.omar, cast.ken, cast.boyd)
    seated(cast, decision, cast.ana, is_member=True)
    together(cast, decision, Agree.NUMBER, needed=3)
    heard(cast, decision)
    proposal = put(cast, decision)
    says(decision, proposal, cast.ken, Says.NO)
    says(decision, proposal, cast.boyd, Says.ASIDE)
    for one in (cast.june, cast.omar, cast.ana):
        says(decision, proposal, one)
    return decision
