"""Two readings of every public number, before and after one act of one person: what they said is not learnt.

In test_numbers one more person speaks. Here somebody who is counted already says something else, takes it
back, goes, or is erased. Usually some of the addresses are read; all of them with ALONGSIDE_THOROUGH=1.
"""

import os
from collections.abc import Callable
from random import Random

import pytest

from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.topics.decisions import commands as deciding
from alongside.topics.decisions.models import Sees
from alongside.topics.people.commands.erasing import AskToErase, ErasePerson, WhyErased
from alongside.topics.people.commands.posts import EndPost
from alongside.topics.people.models import AskedToAgree, Link, LinkKind
from alongside.topics.promises.commands import GiveVerdict
from alongside.topics.promises.models import PromisedTo
from tests.decisions import changing
from tests.promises.making import judge
from tests.proof.numbers import LOT, Place, difference, everything, questions, what_a_visitor_reads
from tests.proof.numbers import place as place

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.sqlite]
WHO = 1  # of those who are counted
OFTEN = 25  # addresses of the sample


def other_view(place: Place) -> None:
    said = {"position": "for", "words": "Yes, after all.", "sees": Sees.DECIDERS}
    do(deciding.GiveViewOnPlace(decision=place.matter, **said), by=place.people[WHO])


def other_judgement(place: Place) -> None:
    changing.judges(place.change, place.people[WHO], "for")


def other_trial(place: Place) -> None:
    again = deciding.TryIt(
        decision=place.change.decision, change=place.change.id, item=place.item, tried_as="draws", works="no"
    )
    do(again, by=place.people[0])  # the gate stays as it is: what it says is told at once


def other_verdict(place: Place) -> None:
    do(judge(place.promise, None, "kept"), by=place.people[WHO])


def other_own_verdict(place: Place) -> None:
    person, promise = place.own[WHO]
    row = PromisedTo.everything.get(promise=promise)
    do(GiveVerdict(promise=promise, made_to=row.id, said="kept"), by=Actor(person=person))


def better_now(place: Place) -> None:
    do(deciding.SayIfBetter(problem=place.problem, better="yes"), by=place.people[WHO])


def not_me_any_more(place: Place) -> None:
    do(deciding.NoLongerMe(problem=place.problem), by=place.people[WHO])


def leaves(place: Place) -> None:
    who = place.people[WHO]
    link = Link.everything.get(person=who.person, kind=LinkKind.GROUP_MEMBER, closes_at=None)
    do(EndPost(link=link.id), by=who)


def erased(place: Place) -> None:
    asked = do(AskToErase(person=place.people[WHO].person, why=WhyErased.UNLAWFUL), by=place.cast.ken).thing
    row = AskedToAgree.everything.filter(ask=asked, closed_at=None).order_by("id").first()
    assert row is not None
    do(ErasePerson(erasure=asked, checked="I rang them."), by=Actor(person=row.person, strong=True))


ACTS: list[Callable[[Place], None]] = [
    other_view,
    other_judgement,
    other_trial,
    other_verdict,
    other_own_verdict,
    better_now,
    not_me_any_more,
    leaves,
    erased,
]


def addresses_read(place: Place) -> list[str]:
    first = what_a_visitor_reads(sorted(set(everything(place))))
    found = sorted({*first, *what_a_visitor_reads(questions(first))})
    assert len(found) > 60
    if os.environ.get("ALONGSIDE_THOROUGH"):
        return found
    about = [str(one) for one in (place.matter, place.change.id, place.change.decision, place.problem)]
    near = [one for one in found if any(each in one for each in (*about, str(place.promise)))]
    rest = sorted(set(found) - set(near))
    return sorted({*near[:OFTEN], *Random(clock.today().toordinal()).sample(rest, min(OFTEN, len(rest)))})


def test_who_says_something_else_takes_it_back_or_goes_is_not_seen_to_have_done_so(place: Place) -> None:
    place.me_too(LOT)  # a sixth: a number moves when a whole lot is full, or is full no longer
    pages = addresses_read(place)
    before = what_a_visitor_reads(pages)
    wrong: list[str] = []
    for act in ACTS:
        act(place)
        after = what_a_visitor_reads(pages)
        wrong += [
            f"{act.__name__} {one}: {difference(before[one], after.get(one, ''))}"
            for one in pages
            if after.get(one) != before[one]
        ]
        before = {one: after.get(one, "") for one in pages}
    assert wrong == [], "\n".join(wrong)
