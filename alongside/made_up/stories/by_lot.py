"""A change judged by lot: sixty of all with help at home are drawn, some cannot, and others judge beside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from alongside.kernel.policy import Actor
from alongside.made_up.conductor import Story
from alongside.made_up.place import LIVES, STAFF, Place
from alongside.topics.decisions.commands import (
    AnswerJudgement,
    AskGroupToJudge,
    DecideForPlace,
    GiveViewOnPlace,
    JudgeChange,
    LeaveLot,
    ProposeChange,
    PutPlan,
    RaiseAboutPlace,
    ReplyToView,
    ReportChange,
    SayWhatIComeAs,
    SayWhichPeople,
    StartChange,
    TellPeople,
    TieToBody,
)
from alongside.topics.decisions.models import ComesAs, Judgement, Listed, Lot

RAISED, ASKED, PUT, STARTED = -206, -168, -135, -98  # days
WHAT = "One week’s visits are planned on Thursday, and you can change yours until Friday"
PLAN = "You are told on Thursday who comes when in the next week. You can change it until Friday at noon."
MENDED = PLAN + " By text, by telephone or on paper. Whoever forgets is asked by the one who helps them."
Said = tuple[str, str]  # what they say of it, and in which words

FIRST: Sequence[Said] = (
    *[("for", "")] * 12,
    ("for", "I would know who comes."),
    ("for_if", "If I may say it by text."),
    ("for_if", "If somebody reminds me. I forget."),
    ("for_if", "If Friday noon is not the end of it when I am ill."),
    *[("against", "")] * 12,
    ("against", "I do not read the letter before Saturday."),
    ("against", "It is one more thing to do each week."),
    ("against", "What if nobody answers on Friday?"),
    ("against", "Let me choose once, and leave it so."),
)
THEN: Sequence[Said] = (
    *[("for", "")] * 22,
    ("for", "By text is good."),
    ("for", "You asked us again. Thank you."),
    ("for_if", "If it is the same two people."),
    *[("against", "")] * 7,
    ("against", "I still want to choose once."),
)
BESIDE: Sequence[Said] = (*[("for", "")] * 4, *[("against", "")] * 3)
ANSWERS = {
    "If I may say it by text.": "You can. It is in the plan now.",
    "If somebody reminds me. I forget.": "Whoever helps you asks you on Thursday.",
    "If Friday noon is not the end of it when I am ill.": "When you are ill, you can change it on the day.",
    "If it is the same two people.": "We try. We cannot promise it for holidays, and say so before.",
}
PLAIN = "We have read it, and said in the plan what we can do about it."
CANNOT = 4  # of those drawn say so


def by_lot(place: Place) -> Iterator[Story]:
    """The whole story, in one."""
    yield _told(place)


def _told(place: Place) -> Story:
    yield place.at_work(RAISED, 10)
    decision, group = place.named("visits by the week"), place.named("everyone with help at home")
    _raised(place, decision, group)
    yield place.at(RAISED + 6, 18)
    view = place.named("view on visits by the week")
    words = "I wait by the window each morning."
    place.do("odette", SayWhatIComeAs(decision=decision, comes_as=ComesAs.PERSON))
    place.do("odette", GiveViewOnPlace(decision=decision, view=view, position="for", words=words))
    yield place.at_work(RAISED + 32, 11)
    change = place.named("visits by the week change")
    part = {"decision": decision, "change": change}
    _decided(place, decision, view, change)
    yield place.at_work(ASKED, 10)
    place.do("alan", AskGroupToJudge(**part, group=group))
    yield place.at(ASKED + 6, 19)
    _some_cannot(place, decision, group, change)
    yield place.at(ASKED + 9, 19)
    _judge(place, part, 1, _drawn(place, change, 1)[CANNOT:], FIRST)
    _judge(place, part, 1, _others(place, change), BESIDE)
    yield place.at_work(PUT, 10)
    _answer(place, part, 1)
    place.do("alan", PutPlan(**part, plan=MENDED))
    yield place.at_work(PUT + 1, 10)
    place.do("alan", AskGroupToJudge(**part, group=group))
    yield place.at(PUT + 10, 19)
    _judge(place, part, 2, _drawn(place, change, 2), THEN)
    _judge(place, part, 2, _others(place, change), BESIDE)
    yield place.at_work(PUT + 20, 10)
    _answer(place, part, 2)
    yield place.at_work(STARTED, 9)
    place.do("alan", StartChange(**part))
    yield place.at_work(-40, 15)
    words = "Of 96 weeks that were changed, 91 came as people had asked."
    place.do("jess", ReportChange(**part, words=words))


def _raised(place: Place, decision: UUID, group: UUID) -> None:
    raised = RaiseAboutPlace(
        decision=decision,
        organisation=place.named("council"),
        what=WHAT,
        change="swap",
        why="People do not know who comes, and when. Workers hear of changes on the day.",
    )
    place.do("alan", raised)
    who = "Everyone who has help that the council arranges"
    place.do("alan", SayWhichPeople(decision=decision, affected=group, group=who, size=len(LIVES)))
    place.do("alan", TieToBody(decision=decision, group=group, body=place.named("council")))
    place.do("alan", TellPeople(decision=decision, group=group, channel="letter", reached=212))


def _decided(place: Place, decision: UUID, view: UUID, change: UUID) -> None:
    reply = "That is what it is for: so that you know."
    place.do("alan", ReplyToView(decision=decision, view=view, result="adopted", words=reply))
    reasons = "People ask for it. It does not start before they have judged it."
    place.do("alan", DecideForPlace(decision=decision, outcome="agreed", reasons=reasons))
    propose = ProposeChange(
        decision=decision,
        kind="service",
        name="Visits by the week",
        plan=PLAN,
        run_by=place.named("homelight"),
    )
    place.do("alan", propose.having({"change": change}))


def _numbered(place: Place, change: UUID) -> list[Listed]:
    seen = Actor(installation=True)
    lot = Lot.objects.seen_by(seen).filter(of_change=change).order_by("-made_by")[0]
    return list(Listed.objects.seen_by(seen).filter(group=lot.group).order_by("number"))


def _keys(place: Place) -> dict[UUID, str]:
    """Those who can be asked at their own screen, and work for nobody."""
    return {place.named(key): key for key in LIVES if key not in STAFF}


def _drawn(place: Place, change: UUID, of_round: int) -> list[str]:
    """Who was drawn to judge it, in the order of the list."""
    lots = Lot.objects.seen_by(Actor(installation=True)).filter(of_change=change, change_round=of_round)
    numbers, keys = set(lots[0].drawn), _keys(place)
    rows = [row for row in _numbered(place, change) if row.number in numbers]
    return [keys[row.person] for row in rows if row.person in keys]


def _others(place: Place, change: UUID) -> list[str]:
    """Some of those who were never drawn."""
    seen = Actor(installation=True)
    lots = Lot.objects.seen_by(seen).filter(of_change=change)
    numbers, keys = {number for lot in lots for number in lot.drawn}, _keys(place)
    return [
        keys[row.person]
        for row in _numbered(place, change)
        if row.number not in numbers and row.person in keys
    ]


def _some_cannot(place: Place, decision: UUID, group: UUID, change: UUID) -> None:
    for key in _drawn(place, change, 1)[:CANNOT]:
        place.do(key, LeaveLot(decision=decision, group=group))


def _judge(
    place: Place, part: dict[str, UUID], of_round: int, people: Sequence[str], said: Sequence[Said]
) -> None:
    for key, (judged, words) in zip(people, said, strict=False):
        says = JudgeChange(**part, judged=judged, standing="uses", words=words, may_be_read=bool(words))
        place.do(key, says.having({"judgement": place.named(f"{key} on visits {of_round}")}))


def _answer(place: Place, part: dict[str, UUID], of_round: int) -> None:
    """Whoever said why has an answer, also those who are against it."""
    seen = place.who("alan")
    rows = Judgement.objects.seen_by(seen).filter(of_change=part["change"], round=of_round, is_current=True)
    for row in rows.exclude(judged="for").order_by("made_by"):
        if row.words is not None:
            words = ANSWERS.get(str(row.words), PLAIN)
            place.do("alan", AnswerJudgement(**part, judgement=row.id, words=words))
