"""What can be done about a decision, one file for each part of its life."""

from alongside.topics.decisions.commands.answering import (
    AgreeTheSame,
    ChooseWhoSees,
    ConfirmView,
    Decline,
    GiveView,
    GiveViewOnPlace,
    SayTheSame,
)
from alongside.topics.decisions.commands.asking import (
    AnswerQuestion,
    AskForHelp,
    AskForMoreTime,
    AskQuestion,
    EndTheirHelp,
    OfferHelp,
)
from alongside.topics.decisions.commands.deciding import (
    Decide,
    DecideForMyself,
    DecideForPlace,
    ReplyToView,
    SayIfAnswered,
    StartHelpWithoutAnswer,
    Withdraw,
)
from alongside.topics.decisions.commands.due import LapseGround, MissInvolvement, due
from alongside.topics.decisions.commands.everyday import ActNow, ActUrgently, AgreeEveryday, UndoEveryday
from alongside.topics.decisions.commands.follows import TELL, follow_merge
from alongside.topics.decisions.commands.grounds import (
    EndGround,
    FinishReview,
    NoteWhatTheyShow,
    RecordGround,
    RecordSafeguard,
    RenewGround,
    ReplyToWhatTheyShow,
)
from alongside.topics.decisions.commands.knowing import (
    AnswerEvidence,
    BringEvidence,
    SayIfUsed,
    WithdrawEvidence,
)
from alongside.topics.decisions.commands.merged import FollowMerge
from alongside.topics.decisions.commands.raising import (
    AddOption,
    RaiseAboutPlace,
    RaiseDecision,
    SayWhatMayChange,
)
from alongside.topics.decisions.commands.risking import AddRisk, AnswerRisk, SayWhatIsLost
from alongside.topics.decisions.commands.telling import ConfirmTelling, MarkReached, OpenIt, Tell, TellPeople
from alongside.topics.decisions.commands.whom import (
    AskToCheck,
    NoLongerAffected,
    SayWhichPeople,
    SayWhoIsAffected,
    StepBack,
    TakeUp,
)
from alongside.topics.decisions.commands.worrying import RaiseConcern, TakeConcern

__all__ = [
    "TELL",
    "ActNow",
    "ActUrgently",
    "AddOption",
    "AddRisk",
    "AgreeEveryday",
    "AgreeTheSame",
    "AnswerEvidence",
    "AnswerQuestion",
    "AnswerRisk",
    "AskForHelp",
    "AskForMoreTime",
    "AskQuestion",
    "AskToCheck",
    "BringEvidence",
    "ChooseWhoSees",
    "ConfirmTelling",
    "ConfirmView",
    "Decide",
    "DecideForMyself",
    "DecideForPlace",
    "Decline",
    "EndGround",
    "EndTheirHelp",
    "FinishReview",
    "FollowMerge",
    "GiveView",
    "GiveViewOnPlace",
    "LapseGround",
    "MarkReached",
    "MissInvolvement",
    "NoLongerAffected",
    "NoteWhatTheyShow",
    "OfferHelp",
    "OpenIt",
    "RaiseAboutPlace",
    "RaiseConcern",
    "RaiseDecision",
    "RecordGround",
    "RecordSafeguard",
    "RenewGround",
    "ReplyToView",
    "ReplyToWhatTheyShow",
    "SayIfAnswered",
    "SayIfUsed",
    "SayTheSame",
    "SayWhatIsLost",
    "SayWhatMayChange",
    "SayWhichPeople",
    "SayWhoIsAffected",
    "StartHelpWithoutAnswer",
    "StepBack",
    "TakeConcern",
    "TakeUp",
    "Tell",
    "TellPeople",
    "UndoEveryday",
    "Withdraw",
    "WithdrawEvidence",
    "due",
    "follow_merge",
]
