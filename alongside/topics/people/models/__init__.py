"""The tables of people: the one relationship table first, for everything else is seen through it."""

from alongside.topics.people.models.agreeing import AgreesFor, AskedAs, AskedToAgree, Asks, Said, not_refused
from alongside.topics.people.models.asked import (
    LATELY,
    AskedOutside,
    is_next_ones_turn,
    turns_had,
    were_enough,
)
from alongside.topics.people.models.bodies import BoardCount, Holding, Office
from alongside.topics.people.models.deaths import Death, EndedByDeath
from alongside.topics.people.models.keeping import (
    TAKES_TWO,
    AddressCheck,
    AnswerToTyping,
    Erasure,
    Hold,
    Merge,
    PowerCheck,
)
from alongside.topics.people.models.kinds import Basis, Kinds, LinkKind, OrganisationKind, PersonState, Scope
from alongside.topics.people.models.links import Dispute, HoldBack, Link, Organisation, Team
from alongside.topics.people.models.outside import ActingProgram, Calendar, Hook
from alongside.topics.people.models.persons import CouncilReference, Findable, Person, SignInName, WayIn
from alongside.topics.people.models.reaching import Asking, InformationNeed, WayToTell
from alongside.topics.people.models.read_first import ReadFirst
from alongside.topics.people.models.waiting import Awaits, ToldUp, Waited

__all__ = [
    "LATELY",
    "TAKES_TWO",
    "ActingProgram",
    "AddressCheck",
    "AgreesFor",
    "AnswerToTyping",
    "AskedAs",
    "AskedOutside",
    "AskedToAgree",
    "Asking",
    "Asks",
    "Awaits",
    "Basis",
    "BoardCount",
    "Calendar",
    "CouncilReference",
    "Death",
    "Dispute",
    "EndedByDeath",
    "Erasure",
    "Findable",
    "Hold",
    "HoldBack",
    "Holding",
    "Hook",
    "InformationNeed",
    "Kinds",
    "Link",
    "LinkKind",
    "Merge",
    "Office",
    "Organisation",
    "OrganisationKind",
    "Person",
    "PersonState",
    "PowerCheck",
    "ReadFirst",
    "Said",
    "Scope",
    "SignInName",
    "Team",
    "ToldUp",
    "Waited",
    "WayIn",
    "WayToTell",
    "is_next_ones_turn",
    "not_refused",
    "turns_had",
    "were_enough",
]
