"""A program for the story of a change judged by lot: so many people that some are drawn, and what they say.

python -m tests.browser.stories.crowded lay
python -m tests.browser.stories.crowded drawn
python -m tests.browser.stories.crowded judge 2026-03-20 for 9 against 8
"""

import sys
from datetime import timedelta
from uuid import UUID

import django

from alongside.kernel import clock

HOW_MANY = 160
MATTER = "Visits are planned for a week, and you can change yours"
CHANGE = "Visits by the week"
PLAN = "You are told on Thursday who comes when. You can change it until Friday at noon."
WHO = "Everyone in East who has help at home"


def names() -> list[str]:
    """People with a surname that nobody else has."""
    from alongside.made_up.crowd import FIRST_NAMES, SURNAMES

    pairs = [f"{one}-{two}" for one, two in zip(SURNAMES, [*SURNAMES[7:], *SURNAMES[:7]], strict=True)]
    pairs += [f"{two}-{one}" for one, two in zip(SURNAMES, [*SURNAMES[3:], *SURNAMES[:3]], strict=True)]
    pairs += [f"{one}-{two}" for one, two in zip(SURNAMES, [*SURNAMES[11:], *SURNAMES[:11]], strict=True)]
    unique = list(dict.fromkeys(pair for pair in pairs if len(set(pair.split("-"))) == 2))
    return [f"{FIRST_NAMES[at % len(FIRST_NAMES)]} {pair}" for at, pair in enumerate(unique[:HOW_MANY])]


def lay() -> None:
    """The people; and a decision that was agreed, with a change that waits for them."""
    from alongside.interfaces.leaving import Work, do_what_is_due
    from alongside.kernel.door import do
    from alongside.kernel.policy import Actor
    from alongside.topics.decisions import commands
    from alongside.topics.people.commands.persons import AddPerson
    from tests.world import BUILDER, DAY, named

    june = Actor(person=named("june"), office=named("junes_office"), strong=True)
    with clock.at(DAY):
        for at, name in enumerate(names()):
            here = {"person": named(f"crowd {at}"), "draws": named(f"crowd {at} draws")}
            do(AddPerson(**here, organisation=named("council"), team=named("east"), name=name), by=BUILDER)
        raised = commands.RaiseAboutPlace(
            organisation=named("council"), what=MATTER, change="swap", why="Nobody knows who comes."
        )
        decision = do(raised, by=june).thing
        group = named("crowd group")
        which = commands.SayWhichPeople(decision=decision, affected=group, group=WHO, size=HOW_MANY)
        do(which, by=june)
        tie = commands.TieToBody(decision=decision, group=group, body=named("council"), team=named("east"))
        do(tie, by=june)
        do_what_is_due(Work())
        decided = commands.DecideForPlace(
            decision=decision,
            outcome="agreed",
            reasons="It does not start before they have judged it.",
            without_them="It is a plan; they judge it before it starts.",
            review_on=clock.today() + timedelta(days=90),
        )
        do(decided, by=june)
        change = commands.ProposeChange(
            decision=decision, kind="service", name=CHANGE, plan=PLAN, run_by=named("provider")
        )
        do(change.having({"change": named("crowd change")}), by=june)
    print(decision)


def who_was(*, drawn: bool) -> list[tuple[UUID, str]]:
    """(person, surname) of the crowd who were drawn by the last lot, or were not."""
    from alongside.topics.decisions.models import Listed, Lot, LotLeft
    from tests.world import named

    lot = Lot.everything.order_by("-made_by")[0]
    known = {named(f"crowd {at}"): name.split(" ", 1)[1] for at, name in enumerate(names())}
    gone = set(LotLeft.everything.values_list("person", flat=True))
    rows = Listed.everything.filter(group=lot.group).order_by("number")
    picked = [row.person for row in rows if (row.number in lot.drawn) == drawn and row.person in known]
    return [(one, known[one]) for one in picked if one not in gone]


def judge(day: str, counts: list[str]) -> None:
    """So many of those drawn who have not spoken yet in this round say each thing."""
    from alongside.kernel.door import do
    from alongside.kernel.policy import Actor
    from alongside.topics.decisions import commands
    from alongside.topics.decisions.models import Change, Judgement
    from tests.world import named

    change = Change.everything.get(id=named("crowd change"))
    spoke = Judgement.everything.filter(of_change=change.id, round=change.round)
    heard = set(spoke.values_list("person", flat=True))
    silent = iter([one for one, _name in who_was(drawn=True) if one not in heard])
    part = {"decision": change.decision, "change": change.id, "standing": "uses"}
    with clock.at(day):
        for judged, number in zip(counts[::2], counts[1::2], strict=True):
            for _each in range(int(number)):
                do(commands.JudgeChange(**part, judged=judged), by=Actor(person=next(silent)))


def main(words: list[str]) -> None:
    """Lay the crowd, say who was drawn and who was not, or let some of them judge on a day."""
    django.setup()
    from alongside.interfaces.wired import wiring

    wiring("WHEN")
    if words[0] == "lay":
        lay()
    elif words[0] in ("drawn", "others"):
        print("\n".join(name for _one, name in who_was(drawn=words[0] == "drawn")))
    else:
        judge(words[1], words[2:])


if __name__ == "__main__":
    main(sys.argv[1:])
