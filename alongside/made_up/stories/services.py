"""A change to a service that lost its permission; and what people say is wrong."""

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
    DecideForPlace,
    JudgeChange,
    ProposeChange,
    RaiseAboutPlace,
    RaiseProblem,
    ReportChange,
    SayIfBetter,
    SayMeToo,
    SayNotMine,
    SayWhichPeople,
    ShowWords,
    StartChange,
)
from alongside.topics.decisions.models import Origin

FIRST_PLAN = "evening visits change"


def of_services(place: Place) -> Iterator[Story]:
    """Every story about a change to a service, or about what people say is wrong."""
    yield _evenings(place)
    yield _unanswered(place)


def _problem(place: Place, by: str, where: str, words: str, standing: str) -> UUID:
    raised = RaiseProblem(
        what="place", organisation=place.named("council"), where=where, words=words, standing=standing
    )
    problem = place.do(by, raised)
    place.do("alan", ShowWords(problem=problem))
    return problem


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
    lift = place.do(NOBODY, wrong)
    yield place.at_work(-39, 10)
    place.do("ana", ShowWords(problem=lift))  # nobody of the council had read it
    yield place.at_work(-12, 9)
    roof = _problem(place, "stefan", "The roof at Mill Street", "Rain comes in where people paint.", "carer")
    answer = AnswerProblem(
        problem=roof,
        answer="not_now",
        words="There is no money for roofs this year.",
        would_change="A grant, or a price under £4,000.",
    )
    place.do("alan", answer)
    yield place.at_work(-8, 10)
    what, council = "Paint the rooms at Mill Street", place.named("council")
    rooms = place.named("paint the rooms")
    raised = RaiseAboutPlace(decision=rooms, organisation=council, what=what, change="swap", problem=roof)
    place.do("alan", raised)
    yield place.at(-6, 19)
    origin = Origin.objects.seen_by(NOBODY).get(decision=rooms).id
    words = "I meant the rain. Paint does not stop it."
    place.do("stefan", SayNotMine(problem=roof, origin=origin, words=words))
