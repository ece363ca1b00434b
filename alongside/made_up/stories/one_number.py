"""One number to ring, tried in one part: it must show that it is fit, it is mended, and it is half good."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from alongside.made_up.conductor import Story
from alongside.made_up.place import Place
from alongside.topics.decisions.commands import (
    AnswerJudgement,
    AskToJudge,
    ClaimBenefit,
    EvaluatePilot,
    GiveViewOnPlace,
    JudgeChange,
    MeasureBenefit,
    ProposeChange,
    ReportChange,
    SayIfGoodCame,
    SayWhatItMustDo,
    SetOutPilot,
    StartChange,
    TryIt,
)
from alongside.topics.decisions.models import Origin

CHANGE = "front door change"


def tried(place: Place, decision: UUID) -> Story:
    """A try-out is set out; people try it first; it is not fit, it is mended, it passes."""
    part = {"decision": decision, "change": place.named(CHANGE)}
    yield place.at_work(-190, 10)
    propose = ProposeChange(
        decision=decision,
        kind="front_door",
        name="One number and two doors, tried in East",
        plan="You ring, write or walk in. Whoever answers can read what you said before, if you agree.",
        run_by=place.named("council"),
        is_pilot=True,
        group="Everyone in East who asks for help",
        size=48,
    )
    place.do("alan", propose.having({"change": part["change"]}))
    pilot = SetOutPilot(
        **part,
        where="East",
        until_on=place.day(20),
        predicts="People say what they need once, and get help sooner.",
        checks_on=place.day(-70),
        measured="How often people had to say it again, and how many gave up.",
        judges="Everyone in East who asked for help, and those who gave up. We ring, write and visit.",
        stop_rule="If more than 6 people a month give up before anyone answers.",
        stop_number=6,
    )
    place.do("alan", pilot)
    for key, words in (("night", "Someone answers at night"), ("deaf", "A Deaf person can ask alone")):
        item = SayWhatItMustDo(**part, words=words)
        place.do("alan", item.having({"item": place.named(f"front door {key}")}))
    for key, words, how in (
        ("once", "You say it once.", "How often people had to say it again, asked of 50 each month."),
        ("sooner", "Help begins sooner.", "Days from asking to the first help, for everyone."),
    ):
        claim = ClaimBenefit(
            **part,
            words=words,
            for_whom="Everyone in East who asks for help",
            measured_how=how,
            checks_on=place.day(-70),
        )
        place.do("alan", claim.having({"benefit": place.named(f"front door {key}")}))
    yield place.at(-180, 14)
    _try(place, part, "night", UP_AT_NIGHT)
    _try(place, part, "deaf", RINGS)
    yield place.at(-165, 14)
    _try(place, part, "deaf", WRITES)


UP_AT_NIGHT = (
    ("ewan", "disabled", "yes", "A kind man answered at two in the morning."),
    ("ngozi", "carer", "yes", ""),
    ("omar", "practitioner", "yes", ""),
)
RINGS = (
    ("precious", "disabled", "no", "It rang. I cannot hear it ring."),
    ("signe", "disabled", "no", "They said: please call back."),
    ("bethan", "practitioner", "partly", "They wrote back after two days."),
)
WRITES = (
    ("precious", "disabled", "yes", "I wrote. Somebody wrote back while I waited."),
    ("signe", "disabled", "yes", "There is a picture now, with a person who signs."),
    ("bethan", "practitioner", "yes", ""),
)


def _try(place: Place, part: dict[str, UUID], item: str, tries: Sequence[tuple[str, str, str, str]]) -> None:
    for by, tried_as, works, words in tries:
        trial = TryIt(
            **part,
            item=place.named(f"front door {item}"),
            tried_as=tried_as,
            works=works,
            words=words,
            may_be_read=bool(words),
        )
        place.do(by, trial)


def _judge(place: Place, part: dict[str, UUID], judged: Sequence[tuple[str, str, str, str]]) -> None:
    for by, said, standing, words in judged:
        view = JudgeChange(**part, judged=said, standing=standing, words=words, may_be_read=bool(words))
        place.do(by, view.having({"judgement": place.named(f"front door judged {by} {said} {standing}")}))


def started(place: Place, decision: UUID) -> Story:
    """Those it affects judge it, and it starts in East."""
    part = {"decision": decision, "change": place.named(CHANGE)}
    yield place.at_work(-160, 10)
    place.do("alan", AskToJudge(**part, reached=41))
    yield place.at(-155, 18)
    _judge(
        place,
        part,
        (
            ("samira", "for", "would_use", ""),
            ("odette", "for", "would_use", "If it is as they say, good."),
            ("bill", "for", "would_use", ""),
            ("carol", "for", "carer", ""),
            ("frank", "for_if", "would_use", "If the room is quiet."),
            ("hugh", "against", "would_use", "I liked the lady at Mill Street."),
        ),
    )
    yield place.at_work(-145, 10)
    for by, said, words in (
        ("frank", "for_if", "There is a quiet room, and you can book it."),
        ("hugh", "against", "She works at the door that stays. You can ask for her."),
    ):
        judgement = place.named(f"front door judged {by} {said} would_use")
        place.do("alan", AnswerJudgement(**part, judgement=judgement, words=words))
    yield place.at_work(-127, 9)
    place.do("alan", StartChange(**part))
    yield place.at_work(-100, 9)
    place.do("alan", ReportChange(**part, words="212 people asked in the first month. 9 walked in."))


def checked(place: Place, decision: UUID) -> Story:
    """One good came and the other did not: whether to switch it off is now to be decided."""
    part = {"decision": decision, "change": place.named(CHANGE)}
    yield place.at_work(-66, 10)
    for key, found in (
        ("once", "Before: 3 in 10 said it again. Now: 1 in 10."),
        ("sooner", "Before: 19 days. Now: 26 days."),
    ):
        benefit = place.named(f"front door {key}")
        place.do("alan", MeasureBenefit(**part, benefit=benefit, found=found))
    evaluate = EvaluatePilot(
        **part,
        happened="Each month, 4 people gave up before anyone answered. We would stop at more than 6.",
        number=4,
        came="partly",
    )
    yield place.at(-60, 18)
    for by, once, sooner, words in (
        ("samira", "yes", "no", "One call. Then five weeks of nothing."),
        ("odette", "yes", "no", ""),
        ("bill", "yes", "partly", ""),
        ("frank", "partly", "no", "They wrote it down. Then nobody came."),
        ("hugh", "yes", "no", ""),
    ):
        for key, came in (("once", once), ("sooner", sooner)):
            said = SayIfGoodCame(
                **part,
                benefit=place.named(f"front door {key}"),
                came=came,
                is_for_me=True,
                words=words if key == "sooner" else "",
                may_be_read=bool(words),
            )
            place.do(by, said)
    yield place.at_work(-34, 10)
    place.do("alan", AskToJudge(**part, reached=40, left=5, left_asked=4))
    yield place.at(-30, 18)
    _judge(
        place,
        part,
        (
            ("samira", "for_if", "uses", "If help comes as soon as before."),
            ("odette", "for", "uses", ""),
            ("bill", "for", "uses", ""),
            ("hugh", "against", "left", "I ring nobody now. I walk to the door that stayed."),
            ("frank", "for_if", "uses", "Find out where the days go."),
        ),
    )
    yield place.at_work(-20, 15)
    place.do("alan", evaluate)
    yield from _switch_off(place)


def _switch_off(place: Place) -> Story:
    """What people say of switching it off."""
    yield place.at(-12, 18)
    off = Origin.objects.seen_by(place.who("alan")).get(from_change=place.named(CHANGE)).decision
    for by, position, words, instead in (
        ("samira", "other", "Do not switch it off. Mend the wait.", "Two more workers who visit."),
        ("bethan", "against", "People found it. Do not shut one more door.", "Mend the wait."),
        ("ngozi", "for", "Give us back the room.", ""),
    ):
        view = GiveViewOnPlace(decision=off, position=position, words=words, instead=instead)
        place.do(by, view)
