"""How each decision stands: whom it affects, how they were told, what they said, what came of it.

Who may see a row is said once for each table. A view about one person's life is seen by its giver and the
deciders only, until the giver widens it.
"""

from alongside.topics.decisions.models.deliberating import (
    Carries,
    Evidence,
    EvidenceAnswer,
    Forgone,
    Leans,
    Moved,
    Risk,
    ShownAs,
    Used,
)
from alongside.topics.decisions.models.matter import (
    About,
    Affected,
    Checker,
    Companion,
    Decider,
    Decision,
    Part,
    PrivatePart,
    Stake,
    State,
    VoicedPart,
)
from alongside.topics.decisions.models.said import (
    Answered,
    MoreTime,
    Offer,
    Option,
    Question,
    Reply,
    SameView,
    Sees,
    Telling,
    View,
)
from alongside.topics.decisions.models.settling import Concern, Ground, Review, Safeguard, Shown, Step

__all__ = [
    "About",
    "Affected",
    "Answered",
    "Carries",
    "Checker",
    "Companion",
    "Concern",
    "Decider",
    "Decision",
    "Evidence",
    "EvidenceAnswer",
    "Forgone",
    "Ground",
    "Leans",
    "MoreTime",
    "Moved",
    "Offer",
    "Option",
    "Part",
    "PrivatePart",
    "Question",
    "Reply",
    "Review",
    "Risk",
    "Safeguard",
    "SameView",
    "Sees",
    "Shown",
    "ShownAs",
    "Stake",
    "State",
    "Step",
    "Telling",
    "Used",
    "View",
    "VoicedPart",
]
