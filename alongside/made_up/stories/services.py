"""Changes to services: one that lost its permission, one that must show it is fit; and what led to them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from alongside.kernel import clock
from alongside.kernel.policy import NOBODY
from alongside.made_up.conductor import Story
from alongside.made_up.place import Place
from alongside.topics.decisions.commands import (
    AnswerJudgement,
    AnswerProblem,
    AskToJudge,
    ClaimBenefit,
    DecideForPlace,
    JudgeChange,
    ProposeChange,
    RaiseAboutPlace,
    RaiseProblem,
    ReportChange,
    SayIfBetter,
    SayMeToo,
    SayWhatItMustDo,
    SayWhichPeople,
    StartChange,
    TryIt,
)

FIRST_PLAN, FRONT_DOOR = "evening visits change", "front door change"


def of_services(place: Place) -> Iterator[Story]:
    """Every story about a change to a service, or about what people say is wrong."""
    yield _evenings(place)
    yield _front_door(place)
    yield _unanswered(place)


def _problem(place: Place, by: str, where: str, words: str, standing: str) -> UUID:
    raised = RaiseProblem(
        what="place", organisation=place.named("council"), where=where, words=words, standing=standing
    )
    return place.do(by, raised)


def _decided(place: Place, problem: UUID, what: str, group: str, size: int) -> UUID:
    """A decision that comes from a problem, settled with a day on which people look again."""
    raised = RaiseAboutPlace(organisation=place.named("council"), what=what, change="swap", problem=problem)
    decision = place.do("alan", raised)
    place.do("alan", SayWhichPeople(decision=decision, group=group, size=size))
    place.do(
        "alan",
        DecideForPlace(
            decision=decision,
            outcome="agreed",
            reasons="People said that this is wrong. We try to mend it.",
            without_them="Few could come to the meeting. Nothing starts before they have judged it.",
            review_on=clock.today() + timedelta(days=150),
        ),
    )
    return decision


def _evenings(place: Place) -> Story:
    """It was judged and it started. Then nobody asked again, and its permission lapsed."""
    yield place.at_work(-260, 10)
    problem = _problem(
        place, "samira", "Evening visits in East", "I am put to bed at seven. I am 34.", "draws"
    )
    for by in ("odette", "bill", "meera", "tariq", "hugh"):
        place.do(by, SayMeToo(problem=problem, standing="draws"))
    yield place.at_work(-250, 11)
    answer = AnswerProblem(problem=problem, answer="looking", words="We ask those who run the visits.")
    place.do("alan", answer)
    decision = _decided(place, problem, "Later evening visits in East", "Everyone with evening visits", 31)
    change = place.named(FIRST_PLAN)
    part = {"decision": decision, "change": change}
    propose = ProposeChange(
        decision=decision,
        kind="service",
        name="Evening visits until ten",
        plan="People choose a time between six and ten. It begins with those who asked.",
        run_by=place.named("homelight"),
    )
    place.do("alan", propose.having({"change": change}))
    place.do("alan", AskToJudge(**part, reached=26))
    yield place.at(-240, 18)
    for by, judged, words in (
        ("samira", "for", "At last."),
        ("odette", "for", ""),
        ("bill", "for", "I sleep late."),
        ("meera", "for_if", "If it is somebody I know."),
        ("hugh", "for", ""),
    ):
        view = JudgeChange(**part, judged=judged, standing="uses", words=words, may_be_read=True)
        if by == "meera":
            view = view.having({"judgement": place.named("meera on evenings")})
        place.do(by, view)
    yield place.at_work(-220, 10)
    said = place.named("meera on evenings")
    reply = AnswerJudgement(**part, judgement=said, words="You choose two people. Only they will come.")
    place.do("alan", reply)
    yield place.at_work(-205, 9)
    place.do("alan", StartChange(**part))
    yield place.at_work(-120, 15)
    place.do("jess", ReportChange(**part, words="Nineteen people have chosen their time."))
    yield place.at(-15, 12)
    place.do(
        "samira", SayIfBetter(problem=problem, better="partly", words="Four days of seven.", may_be_read=True)
    )


def _front_door(place: Place) -> Story:
    """One number to ring: people try it first, and it does not work for all of them yet."""
    yield place.at_work(-75, 10)
    problem = _problem(
        place, "ewan", "Ringing the council", "I tell my life to five people to get one answer.", "draws"
    )
    place.do("ngozi", SayMeToo(problem=problem, standing="carer"))
    yield place.at_work(-66, 10)
    decision = _decided(place, problem, "One number to ring for all help", "Everyone who rings for help", 410)
    part = {"decision": decision, "change": place.named(FRONT_DOOR)}
    propose = ProposeChange(
        decision=decision,
        kind="front_door",
        name="One number to ring",
        plan="One number for all help. Whoever answers can see what you said before, if you agree.",
        run_by=place.named("council"),
    )
    place.do("alan", propose.having({"change": part["change"]}))
    yield place.at_work(-60, 11)
    at_night = place.named("front door at night")
    deaf = place.named("front door for deaf people")
    for item, words in ((at_night, "Someone answers at night"), (deaf, "A deaf person can ask for help")):
        place.do("alan", SayWhatItMustDo(**part, words=words).having({"item": item}))
    claim = ClaimBenefit(
        **part,
        words="You say it once.",
        for_whom="Everyone who rings for help",
        measured_how="How often people had to say it again, asked of 50 people each month.",
        checks_on=place.day(60),
    )
    place.do("alan", claim)
    yield place.at(-30, 14)
    tried = (
        ("ewan", at_night, "disabled", "yes", "A kind man answered at two in the morning."),
        ("ngozi", at_night, "carer", "yes", ""),
        ("omar", at_night, "practitioner", "yes", ""),
        ("precious", deaf, "disabled", "no", "It rang. I cannot hear it ring."),
        ("bethan", deaf, "practitioner", "partly", ""),
    )
    for by, item, tried_as, works, words in tried:
        trial = TryIt(**part, item=item, tried_as=tried_as, works=works, words=words, may_be_read=bool(words))
        place.do(by, trial)
    place.do("alan", AskToJudge(**part, reached=120))
    place.do(
        "ewan", JudgeChange(**part, judged="for_if", standing="uses", words="If deaf people can use it.")
    )


def _unanswered(place: Place) -> Story:
    """Said with no name, and late to be answered."""
    yield place.at(-45, 22)
    wrong = RaiseProblem(
        what="place",
        organisation=place.named("council"),
        where="The lift at the library",
        words="It has been broken since spring. We carry the chair up the stairs.",
        standing="carer",
    )
    place.do(NOBODY, wrong)
    yield place.at_work(-12, 9)
    roof = _problem(place, "stefan", "The roof at Mill Street", "Rain comes in where people paint.", "carer")
    answer = AnswerProblem(
        problem=roof,
        answer="not_now",
        words="There is no money for roofs this year.",
        would_change="A grant, or a price under £4,000.",
    )
    place.do("alan", answer)
