"""What can be done about a decision, one file for each part of its life."""

from alongside.topics.decisions.commands.agreed import SayIfAgreed
from alongside.topics.decisions.commands.all_kinds import SayOfMyself, SayWhoIsAmongThem, TakeBackOfMyself
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
from alongside.topics.decisions.commands.asking_again import AskAgain
from alongside.topics.decisions.commands.asking_outside import AskToAnswer, CannotAnswer, ChooseWhoAnswers
from alongside.topics.decisions.commands.brings import WHEN, follow_merge
from alongside.topics.decisions.commands.bundles import NoteBundle, SendBundle
from alongside.topics.decisions.commands.carrying import CarryProblem, SayIfBetter
from alongside.topics.decisions.commands.challenging import (
    AnswerChallenge,
    ChallengeIt,
    Finding,
    MissChallenge,
)
from alongside.topics.decisions.commands.changing import (
    AnswerJudgement,
    AskToJudge,
    JudgeChange,
    ProposeChange,
    PutPlan,
)
from alongside.topics.decisions.commands.checking import AnswerCheck, AskChecker, AskForCheck, SettleCheck
from alongside.topics.decisions.commands.deciding import (
    Decide,
    DecideForMyself,
    DecideForPlace,
    ReplyToView,
    SayIfAnswered,
    StartHelpWithoutAnswer,
    Withdraw,
)
from alongside.topics.decisions.commands.denying import (
    SetAsideTyped,
    SetAsideTypedOfProblem,
    meant,
    set_aside,
)
from alongside.topics.decisions.commands.due import MissInvolvement, due
from alongside.topics.decisions.commands.effects import (
    AskForReview,
    AskWhatItDid,
    SayWhatILearnt,
    SayWhatItDid,
    ShowWhatItDid,
)
from alongside.topics.decisions.commands.ending import EndGround, LapseGround
from alongside.topics.decisions.commands.everyday import ActNow, ActUrgently, AgreeEveryday, UndoEveryday
from alongside.topics.decisions.commands.fitting import (
    ClaimBenefit,
    MeasureBenefit,
    SayIfGoodCame,
    SayWhatItMustDo,
    SettleBenefit,
    TryIt,
)
from alongside.topics.decisions.commands.further import AskToTakeUp, CannotTakeUp, NoteNobodyOutside
from alongside.topics.decisions.commands.going import (
    DropChange,
    GoOn,
    LapseChange,
    ReportChange,
    StartChange,
    StopChange,
)
from alongside.topics.decisions.commands.grounds import (
    FinishReview,
    NoteWhatTheyShow,
    RecordGround,
    RecordSafeguard,
    RenewGround,
    ReplyToWhatTheyShow,
)
from alongside.topics.decisions.commands.groups import CloseList, DrawLot, ListPeople, ListSome, TieToBody
from alongside.topics.decisions.commands.joint import BeginJoint, LeaveJoint, RewriteJoint, SignJoint
from alongside.topics.decisions.commands.judging_groups import AskGroupToJudge, LeaveLot
from alongside.topics.decisions.commands.knowing import (
    AnswerEvidence,
    BringEvidence,
    SayIfUsed,
    WithdrawEvidence,
)
from alongside.topics.decisions.commands.looking import HoldWords, LookAtResult, LookAtSaid, ShowWords
from alongside.topics.decisions.commands.merged import FollowMerge
from alongside.topics.decisions.commands.moderating import AnswerTaking, LookAgain, TakeFromSight
from alongside.topics.decisions.commands.newcomer import NameSomebodyNew
from alongside.topics.decisions.commands.parting import SayNotMine, UndoCarrying
from alongside.topics.decisions.commands.piloting import EvaluatePilot, SetOutPilot, StopWhen
from alongside.topics.decisions.commands.problems import (
    AnswerProblem,
    NoLongerMe,
    RaiseProblem,
    SayMeToo,
    What,
)
from alongside.topics.decisions.commands.raising import (
    AddOption,
    RaiseAboutPlace,
    RaiseDecision,
    SayWhatMayChange,
)
from alongside.topics.decisions.commands.resting import GoOnWithMatter, RestMatter
from alongside.topics.decisions.commands.risking import AddRisk, AnswerRisk, SayWhatIsLost
from alongside.topics.decisions.commands.rounds import BeginRound, BeginRoundAfter, GoOnWithRound
from alongside.topics.decisions.commands.ruling import SayWhoDecides
from alongside.topics.decisions.commands.seats import AgreeToSeat, AnswerVoteOffer, OfferVote, SayInterest
from alongside.topics.decisions.commands.seeing import AskToLook, LookAtGround
from alongside.topics.decisions.commands.seeing_through import (
    ClaimHowTogether,
    JudgeHowItWent,
    SayIfItBinds,
    SayTaskIsDone,
    TakeOnTask,
)
from alongside.topics.decisions.commands.sizes import CorrectSize
from alongside.topics.decisions.commands.supporting import (
    AnswerSupport,
    AskForSupport,
    OfferSupport,
    SayArranged,
    SayGiven,
    SayWhereIStand,
)
from alongside.topics.decisions.commands.taking import EndWhatWasSaid, SayItIsHelp, SayItTakesAway
from alongside.topics.decisions.commands.taking_part import (
    AnswerWhatWasWritten,
    NoteMeeting,
    SayITookPart,
    SayWhatIComeAs,
    TakeBackWhatIComeAs,
    WriteDownWhoCame,
)
from alongside.topics.decisions.commands.telling import ConfirmTelling, MarkReached, OpenIt, Tell, TellPeople
from alongside.topics.decisions.commands.tells import TELL, to_its_problems
from alongside.topics.decisions.commands.terms import (
    AnswerOfferOfPay,
    OfferPay,
    SayIfItCame,
    SayIfYouCouldGetIn,
    SayItIsPaid,
)
from alongside.topics.decisions.commands.told_words import SayIfTold
from alongside.topics.decisions.commands.votes import PutRuleToThem, PutToThem, SayYesOrNo, TakeBackProposal
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
    "WHEN",
    "ActNow",
    "ActUrgently",
    "AddOption",
    "AddRisk",
    "AgreeEveryday",
    "AgreeTheSame",
    "AgreeToSeat",
    "AnswerChallenge",
    "AnswerCheck",
    "AnswerEvidence",
    "AnswerJudgement",
    "AnswerOfferOfPay",
    "AnswerProblem",
    "AnswerQuestion",
    "AnswerRisk",
    "AnswerSupport",
    "AnswerTaking",
    "AnswerVoteOffer",
    "AnswerWhatWasWritten",
    "AskAgain",
    "AskChecker",
    "AskForCheck",
    "AskForHelp",
    "AskForMoreTime",
    "AskForReview",
    "AskForSupport",
    "AskGroupToJudge",
    "AskQuestion",
    "AskToAnswer",
    "AskToCheck",
    "AskToJudge",
    "AskToLook",
    "AskToTakeUp",
    "AskWhatItDid",
    "BeginJoint",
    "BeginRound",
    "BeginRoundAfter",
    "BringEvidence",
    "CannotAnswer",
    "CannotTakeUp",
    "CarryProblem",
    "ChallengeIt",
    "ChooseWhoAnswers",
    "ChooseWhoSees",
    "ClaimBenefit",
    "ClaimHowTogether",
    "CloseList",
    "ConfirmTelling",
    "ConfirmView",
    "CorrectSize",
    "Decide",
    "DecideForMyself",
    "DecideForPlace",
    "Decline",
    "DrawLot",
    "DropChange",
    "EndGround",
    "EndTheirHelp",
    "EndWhatWasSaid",
    "EvaluatePilot",
    "Finding",
    "FinishReview",
    "FollowMerge",
    "GiveView",
    "GiveViewOnPlace",
    "GoOn",
    "GoOnWithMatter",
    "GoOnWithRound",
    "HoldWords",
    "JudgeChange",
    "JudgeHowItWent",
    "LapseChange",
    "LapseGround",
    "LeaveJoint",
    "LeaveLot",
    "ListPeople",
    "ListSome",
    "LookAgain",
    "LookAtGround",
    "LookAtResult",
    "LookAtSaid",
    "MarkReached",
    "MeasureBenefit",
    "MissChallenge",
    "MissInvolvement",
    "NameSomebodyNew",
    "NoLongerAffected",
    "NoLongerMe",
    "NoteBundle",
    "NoteMeeting",
    "NoteNobodyOutside",
    "NoteWhatTheyShow",
    "OfferHelp",
    "OfferPay",
    "OfferSupport",
    "OfferVote",
    "OpenIt",
    "ProposeChange",
    "PutPlan",
    "PutRuleToThem",
    "PutToThem",
    "RaiseAboutPlace",
    "RaiseConcern",
    "RaiseDecision",
    "RaiseProblem",
    "RecordGround",
    "RecordSafeguard",
    "RenewGround",
    "ReplyToView",
    "ReplyToWhatTheyShow",
    "ReportChange",
    "RestMatter",
    "RewriteJoint",
    "SayArranged",
    "SayGiven",
    "SayITookPart",
    "SayIfAgreed",
    "SayIfAnswered",
    "SayIfBetter",
    "SayIfGoodCame",
    "SayIfItBinds",
    "SayIfItCame",
    "SayIfTold",
    "SayIfUsed",
    "SayIfYouCouldGetIn",
    "SayInterest",
    "SayItIsHelp",
    "SayItIsPaid",
    "SayItTakesAway",
    "SayMeToo",
    "SayNotMine",
    "SayOfMyself",
    "SayTaskIsDone",
    "SayTheSame",
    "SayWhatIComeAs",
    "SayWhatILearnt",
    "SayWhatIsLost",
    "SayWhatItDid",
    "SayWhatItMustDo",
    "SayWhatMayChange",
    "SayWhereIStand",
    "SayWhichPeople",
    "SayWhoDecides",
    "SayWhoIsAffected",
    "SayWhoIsAmongThem",
    "SayYesOrNo",
    "SendBundle",
    "SetAsideTyped",
    "SetAsideTypedOfProblem",
    "SetOutPilot",
    "SettleBenefit",
    "SettleCheck",
    "ShowWhatItDid",
    "ShowWords",
    "SignJoint",
    "StartChange",
    "StartHelpWithoutAnswer",
    "StepBack",
    "StopChange",
    "StopWhen",
    "TakeBackOfMyself",
    "TakeBackProposal",
    "TakeBackWhatIComeAs",
    "TakeConcern",
    "TakeFromSight",
    "TakeOnTask",
    "TakeUp",
    "Tell",
    "TellPeople",
    "TieToBody",
    "TryIt",
    "UndoCarrying",
    "UndoEveryday",
    "What",
    "Withdraw",
    "WithdrawEvidence",
    "WriteDownWhoCame",
    "due",
    "follow_merge",
    "meant",
    "set_aside",
    "to_its_problems",
]
