"""Whoever holds a terminal types as anybody. Nothing that only a person may say, or only somebody outside the
line, is said there: we cannot know who is at the keys."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from alongside.kernel import clock
from alongside.kernel.command import Missing, NotAllowed, Refused
from alongside.kernel.door import do
from alongside.kernel.policy import INSTALLATION, UNHEARD_WAYS, Actor
from alongside.topics.decisions import commands, models
from alongside.topics.decisions.commands import Finding
from alongside.topics.decisions.models import CheckSaid
from alongside.topics.people.commands.agreeing import DeclineToAgree
from alongside.topics.people.commands.erasing import AskToErase, ErasePerson
from alongside.topics.people.models import AskedToAgree
from alongside.topics.promises.commands import (
    AnswerCorrection,
    ConfirmVerdict,
    MakePromise,
    OfferCorrection,
    ReleaseVerdict,
    SayWhetherItHolds,
)
from alongside.topics.promises.models import OfferedWords, Verdict
from tests.decisions import acts, changing
from tests.decisions.afterwards import challenged, settled
from tests.decisions.turns import asked, typed_yes
from tests.promises.making import judge, promised, to_whom
from tests.world import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]
NO = (NotAllowed, Refused, Missing)
Tries = list[tuple[Any, Actor]]  # what is said, and as whom


def check_is_passed_on_or_said_to_be_no(cast: Cast) -> Tries:
    """So that the next one is asked, and the next, until it is a friend; or that it never counts."""
    decision, _view = typed_yes(cast)
    acts.checker_asked(decision, cast.ken)
    row = asked(decision)[-1]
    said = {"decision": decision, "check": row.check_of, "words": "She says so."}
    who = Actor(person=row.checker)
    return [(commands.AnswerCheck(said=one, **said), who) for one in CheckSaid]


def challenge_is_passed_on_or_answered(cast: Cast) -> Tries:
    decision = settled(cast)
    challenge = challenged(decision, cast.rosa)
    named = {"decision": decision, "challenge": challenge.id}
    answer = commands.AnswerChallenge(finding=Finding.NOT_UPHELD, reasons="I looked at it.", **named)
    who = acts.answerer(decision)
    return [(answer, who), (commands.CannotAnswer(**named), who)]


def help_is_said_to_take_away_or_undone(cast: Cast) -> Tries:
    matter = acts.raised(cast.ken, cast.lena, "Somebody comes at night", "start")
    small = commands.AgreeEveryday(
        person=cast.lena.person,
        what="An hour more on Mondays",
        change="swap",
        words="She said yes.",
        channel="talked_through",
    )
    agreed = do(small, by=cast.priya).thing
    return [
        (commands.SayItTakesAway(decision=matter), cast.lena),
        (commands.UndoEveryday(decision=agreed), cast.lena),
    ]


def second_yes(cast: Cast) -> Tries:
    ask = do(
        AskToErase(person=cast.rosa.person, why="legal_duty", words="A court said so."), by=cast.priya
    ).thing
    row = AskedToAgree.everything.get(ask=ask)
    who = Actor(person=row.person)
    return [
        (ErasePerson(erasure=ask, checked="I rang them."), who),
        (DeclineToAgree(asked=row.id, words="Nothing was sent."), who),
    ]


def other_words_for_a_promise(cast: Cast) -> Tries:
    promise = promised(cast, to=cast.rosa)
    clock.advance(days=1)
    do(OfferCorrection(promise=promise, what="Mend a ramp.", why="A slip."), by=cast.ken)
    offer = OfferedWords.everything.get(promise=promise)
    to = to_whom(promise, cast.rosa.person)
    return [(AnswerCorrection(promise=promise, offer=offer.id, made_to=to, agrees=True), cast.rosa)]


def held_verdict(cast: Cast) -> Tries:
    promise = promised(cast, to=cast.rosa)
    clock.advance(days=70)
    do(judge(promise, cast.rosa.person, is_held=True), by=cast.rosa)
    row = Verdict.everything.get(promise=promise)
    return [(ReleaseVerdict(promise=promise, verdict=row.id), cast.rosa)]


def still_holds(cast: Cast) -> Tries:
    promise = promised(cast, to=cast.rosa)
    clock.advance(days=70)
    do(judge(promise, cast.rosa.person, "kept"), by=cast.rosa)
    to = to_whom(promise, cast.rosa.person)
    return [(SayWhetherItHolds(promise=promise, made_to=to, said="still"), cast.rosa)]


SAID = (
    check_is_passed_on_or_said_to_be_no,
    challenge_is_passed_on_or_answered,
    help_is_said_to_take_away_or_undone,
    second_yes,
    other_words_for_a_promise,
    held_verdict,
    still_holds,
)


@pytest.mark.parametrize("way", UNHEARD_WAYS)
@pytest.mark.parametrize("tries", SAID)
def test_nobody_says_at_a_terminal_what_only_they_may_say(
    cast: Cast, tries: Callable[[Cast], Tries], way: str
) -> None:
    for command, who in tries(cast):
        with pytest.raises((Refused, NotAllowed), match=r"at the keys|you who types|by your own hand"):
            do(command, by=replace(who, way=way, strong=True))


@pytest.mark.parametrize("tries", SAID)
def test_signed_in_they_say_each_of_these(cast: Cast, tries: Callable[[Cast], Tries]) -> None:
    """So that what is refused above is refused for the way it came, and for nothing else."""
    command, who = tries(cast)[0]
    do(command, by=replace(who, strong=True))


@pytest.mark.parametrize("way", UNHEARD_WAYS)
def test_a_verdict_at_a_terminal_counts_for_nothing_until_they_say_that_it_is_theirs(
    cast: Cast, way: str
) -> None:
    promise = promised(cast, to=cast.rosa)
    clock.advance(days=70)
    at_the_keys = replace(cast.rosa, way=way, strong=True)
    do(judge(promise, cast.rosa.person, "kept"), by=at_the_keys)
    row = Verdict.everything.get(promise=promise)
    assert row.needs_confirming and not row.counts
    confirm = ConfirmVerdict(promise=promise, verdict=row.id)
    with pytest.raises(NO):
        do(confirm, by=at_the_keys)
    do(confirm, by=cast.rosa)
    assert Verdict.everything.get(id=row.id).counts


def test_nor_does_it_take_the_place_of_what_they_said(cast: Cast) -> None:
    promise = promised(cast, to=cast.rosa)
    clock.advance(days=70)
    do(judge(promise, cast.rosa.person, "not_kept"), by=cast.rosa)
    do(judge(promise, cast.rosa.person, "kept"), by=replace(cast.rosa, way="cli", strong=True))
    assert [row.said for row in Verdict.everything.filter(promise=promise, counts=True)] == ["not_kept"]


@pytest.mark.parametrize("way", UNHEARD_WAYS)
def test_nobody_opens_a_gate_by_judging_a_change_as_each_of_those_it_affects(cast: Cast, way: str) -> None:
    change = changing.proposed(cast, changing.hall(cast))
    changing.asked(cast, change)
    for who in (cast.rosa, cast.devon, cast.lena, cast.victor, cast.stranger):
        changing.judges(change, replace(who, way=way))
    rows = models.Judgement.everything.filter(of_change=change.id)
    assert rows.count() == 5 and not rows.filter(is_counted=True).exists()


def test_nobody_is_confirmed_in_a_group_at_a_terminal(cast: Cast) -> None:
    """Else the friends of whoever promised would say for the group that it was kept."""
    from alongside.topics.promises.commands import ConfirmInGroup, JoinGroup
    from alongside.topics.promises.models import GroupMember

    words = {"what": "Open on Sundays.", "due_on": clock.today() + timedelta(days=60), "group": "All there"}
    made: UUID = do(
        MakePromise(organisation=cast.council, group_of=cast.ulo, group_size=12, **words), by=cast.june
    ).thing
    do(JoinGroup(promise=made), by=cast.stranger)
    row = GroupMember.everything.get(promise=made)
    confirm = ConfirmInGroup(promise=made, member=row.id)
    with pytest.raises(Refused, match="at the keys"):
        do(confirm, by=replace(cast.ana, way="cli", strong=True))
    do(confirm, by=cast.ana)


def test_whoever_is_said_at_a_terminal_to_have_typed_it_makes_it_nobodys_own_word(cast: Cast) -> None:
    """Ken sat there and wrote that her advocate had typed it: it counted, for she is outside his line."""
    by_mina = acts.typed_for(cast.lena, cast.mina, "phone")
    for way, typist in (("cli", INSTALLATION), ("page", cast.mina.person)):
        decision = acts.raised(cast.ken, cast.lena, f"Fewer visits {way}", "cut")
        view = acts.said(decision, replace(by_mina, way=way), "for", "She says yes.")
        assert (view.typist, view.is_trusted) == (typist, way == "page")


def test_a_token_made_at_a_terminal_speaks_for_nobody(cast: Cast) -> None:
    from django.test import Client

    from alongside.interfaces.programs import token_for

    decision = acts.raised(cast.ken, cast.rosa)
    assert cast.rosa.person is not None
    answer = Client(HTTP_HOST="localhost").post(
        "/api/do/decisions.question_asked",
        {"decision": str(decision), "words": "Why?"},
        content_type="application/json",
        headers={"Authorization": f"Bearer {token_for(cast.rosa.person)}"},
    )
    assert answer.status_code == 422 and "at the keys" in answer.content.decode()
