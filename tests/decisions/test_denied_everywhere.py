"""Every kind of word that was typed for somebody can be denied: it stands set aside, and its line is kept."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from alongside.kernel import clock, reading, replay
from alongside.kernel.command import Command, Refused
from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.topics.decisions import commands, models
from alongside.topics.people.commands.how_often import SetHowOftenWeAsk
from alongside.topics.people.commands.links import AgreeToLink, ChangeWhatTheySee, Relate
from alongside.topics.people.commands.reaching import SetWayToTell
from alongside.topics.people.commands.typing import AnswerTypedAct
from alongside.topics.people.models import Asking, Link, LinkKind, WayToTell
from alongside.topics.people.models.kinds import HowOften
from alongside.topics.promises.commands import JoinGroup
from alongside.topics.promises.models import GroupMember
from tests.decisions import acts
from tests.promises.making import promised_to_members
from tests.visitor import page
from tests.world import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]
WORDS = "I want to go to the sea."


def typed(cast: Cast, command: Command, by: Actor | None = None) -> UUID:
    return do(command, by=acts.typed_for(cast.lena, by or cast.mina, "phone")).entry


def deny(cast: Cast, act: UUID) -> None:
    do(AnswerTypedAct(act=act, is_right=False, words="I did not say that."), by=cast.lena)
    assert not replay.compare().problems


Make = Callable[[UUID, UUID], Command]
SAID: dict[str, tuple[Make, Any]] = {
    "question": (lambda d, o: commands.AskQuestion(decision=d, words=WORDS), models.Question),
    "option": (
        lambda d, o: commands.AddOption(decision=d, name="The sea", words=WORDS, change="swap"),
        models.Option,
    ),
    "risk": (lambda d, o: commands.AddRisk(decision=d, option=o, words=WORDS), models.Risk),
    "lost": (lambda d, o: commands.SayWhatIsLost(decision=d, option=o, words=WORDS), models.Forgone),
    "evidence": (
        lambda d, o: commands.BringEvidence(decision=d, kind="counts", words=WORDS, how_many=4),
        models.Evidence,
    ),
    "support": (lambda d, o: commands.AskForSupport(decision=d, what="advice", words=WORDS), models.Support),
}


@pytest.mark.parametrize("kind", SAID)
def test_its_words_leave_their_place_and_the_line_stays(cast: Cast, kind: str) -> None:
    decision = acts.raised(cast.priya, cast.lena)
    option = commands.AddOption(decision=decision, name="Mondays", change="swap")
    do(option, by=cast.priya)
    made, model = SAID[kind]
    act = typed(cast, made(decision, models.Option.everything.get(decision=decision).id))
    row = model.everything.filter(decision=decision).latest("made_by")
    where = [f"/decisions/{decision}{part}" for part in ("", "/risks", "/evidence", "/support")]
    assert any(WORDS in page(cast.priya, one) for one in where)
    deny(cast, act)
    assert model.everything.get(id=row.id).words is None
    assert not any(WORDS in page(cast.priya, one) for one in where)
    if kind != "support":
        assert any("They say that they did not say this" in page(cast.priya, one) for one in where)
    assert reading.typed_entry(cast.lena.records, act)


def test_a_challenge_that_was_not_theirs_waits_for_no_answer(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.lena, "A walk", "swap")
    acts.sent(decision, cast.ken, "visit")
    acts.said(decision, cast.lena, "for")
    acts.decided(decision, cast.ken)
    act = typed(cast, commands.ChallengeIt(decision=decision, wrong=WORDS, wants="More."))
    deny(cast, act)
    row = models.Challenge.everything.get(decision=decision)
    assert row.wrong is None and row.answered_at is not None and row.answered_by is None
    text = page(cast.ken, f"/decisions/{decision}/afterwards")
    assert WORDS not in text and "They say that they did not say this" in text
    do(commands.ChallengeIt(decision=decision, wrong="My own words.", wants="More."), by=cast.lena)


def test_a_matter_that_was_raised_in_their_name_is_withdrawn(cast: Cast) -> None:
    raise_it = commands.RaiseDecision(person=cast.lena.person, what=WORDS, change="swap")
    act = typed(cast, raise_it, cast.priya)
    decision = models.Decision.everything.get(person=cast.lena.person)
    deny(cast, act)
    assert models.Decision.everything.get(id=decision.id).state == models.State.WITHDRAWN


def test_what_was_said_later_by_their_own_hand_is_left_as_it_is(cast: Cast) -> None:
    decision = acts.raised(cast.priya, cast.lena)
    do(commands.AddOption(decision=decision, name="Mondays", change="swap"), by=cast.priya)
    option = models.Option.everything.get(decision=decision)
    risk = commands.AddRisk(decision=decision, option=option.id, words="A fall", carrier=cast.lena.person)
    do(risk, by=cast.priya)
    row = models.Risk.everything.get(decision=decision)
    first = typed(cast, commands.AnswerRisk(decision=decision, risk=row.id, carries="yes"))
    deny(cast, first)
    assert models.Risk.everything.get(id=row.id).carries == ""
    second = typed(cast, commands.AnswerRisk(decision=decision, risk=row.id, carries="yes"))
    do(commands.AnswerRisk(decision=decision, risk=row.id, carries="no"), by=cast.lena)
    deny(cast, second)
    assert models.Risk.everything.get(id=row.id).carries == "no"


def test_the_days_to_undo_stop_where_they_deny_that_word_reached_them(cast: Cast) -> None:
    agree = commands.AgreeEveryday(
        person=cast.lena.person, what="A walk on Mondays", change="swap", words="Yes.", channel="visit"
    )
    decision = do(agree, by=replace(cast.priya, strong=True)).thing
    assert models.Decision.everything.get(id=decision).undo_until is None
    telling = models.Telling.everything.get(decision=decision)
    act = typed(cast, commands.ConfirmTelling(decision=decision, telling=telling.id))
    assert models.Decision.everything.get(id=decision).undo_until is not None
    deny(cast, act)
    assert models.Telling.everything.get(id=telling.id).confirmed_by is None
    assert models.Decision.everything.get(id=decision).undo_until is None
    with clock.at("2026-09-01"):  # long after those days
        do(commands.UndoEveryday(decision=decision), by=cast.lena)


def test_the_day_to_answer_stops_too_and_stays_where_something_else_reached_them(cast: Cast) -> None:
    decision = acts.raised(cast.priya, cast.lena, "Fewer visits", "cut")
    told = acts.sent(decision, cast.priya, "visit", sign="talked_through", format="plain", words="I see.")
    act = typed(cast, commands.ConfirmTelling(decision=decision, telling=told.id))
    assert models.Decision.everything.get(id=decision).answer_by is not None
    deny(cast, act)
    assert models.Decision.everything.get(id=decision).answer_by is None
    with pytest.raises(Refused):
        acts.decided(decision, cast.priya)


def test_a_way_that_they_did_not_give_is_used_no_more(cast: Cast) -> None:
    way = SetWayToTell(person=cast.lena.person, channel="text", address="07700 900555", is_safe=True)
    act = typed(cast, way, cast.priya)
    deny(cast, act)
    ways = WayToTell.everything.filter(person=cast.lena.person, channel="text")
    [again] = [row for row in ways if str(row.address) == "07700 900555"]
    assert again.ended_at is not None and not again.is_safe


def test_whom_they_did_not_agree_to_stands_in_their_life_no_more(cast: Cast) -> None:
    friend = Relate(person=cast.lena.person, other=cast.rosa.person, kind=LinkKind.FAMILY)
    link = do(friend, by=cast.priya).thing
    act = typed(cast, AgreeToLink(link=link, shows=True))
    assert Link.everything.get(id=link).is_live(clock.now())
    deny(cast, act)
    assert not Link.everything.get(id=link).is_live(clock.now())
    assert not Link.everything.get(id=link).shows


def test_nor_does_anybody_see_what_they_did_not_show_nor_is_asked_less_than_they_said(cast: Cast) -> None:
    link = Link.everything.get(person=cast.lena.person, other=cast.victor.person, kind=LinkKind.CARER).id
    do(ChangeWhatTheySee(link=link, shows=False), by=cast.lena)
    act = typed(cast, ChangeWhatTheySee(link=link, shows=True))
    deny(cast, act)
    assert not Link.everything.get(id=link).shows
    act = typed(cast, SetHowOftenWeAsk(person=cast.lena.person, how_often=HowOften.NEVER))
    deny(cast, act)
    assert Asking.everything.get(id=cast.lena.person).how_often == HowOften.ANY


def test_who_was_put_into_a_group_and_is_not_of_it_counts_no_more(cast: Cast) -> None:
    promise = promised_to_members(
        cast,
        by=cast.ken,
        what="Open the hall.",
        due_on=clock.today(),
        group="Everyone who comes on Mondays",
        group_size=40,
    )
    act = typed(cast, JoinGroup(promise=promise, words="She comes on Mondays."))
    deny(cast, act)
    member = GroupMember.everything.get(promise=promise)
    assert member.words is None and member.confirmed_by is None
