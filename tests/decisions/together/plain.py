"""Plain facts for the tests of the yardstick, said in few words: no database."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from alongside.topics.decisions.engine import facts as engine
from alongside.topics.decisions.engine.facts import Facts
from alongside.topics.decisions.engine.finding import Finding
from alongside.topics.decisions.engine.rung import profile

SPACE = UUID("0b7f8a5e-3c55-4d0e-9a2b-1f4f6f1f7a10")
FIRST = date(2026, 1, 10)  # the day the matter was raised


def one(name: str) -> UUID:
    """The id of somebody or something, by name."""
    return uuid5(SPACE, name)


def on(days: int) -> dict[str, Any]:
    """Written down so many days after the matter was raised."""
    day = FIRST + timedelta(days=days)
    return {"at": datetime(day.year, day.month, day.day, 12, tzinfo=UTC), "day": day}


def written(name: str, days: int) -> dict[str, Any]:
    return {"entry": one(f"entry of {name}"), **on(days)}


def matter(**more: Any) -> engine.Matter:
    said: dict[str, Any] = {"raised_by": one("june"), "today": FIRST + timedelta(days=60), "size": 100}
    return engine.Matter(**written("matter", 0), **{**said, **more})


def decided(days: int = 40, **more: Any) -> engine.Matter:
    when = on(days)
    said = {"decided_at": when["at"], "decided_on": when["day"], "decided_entry": one("entry of deciding")}
    return matter(**{**said, **more})


def standing(who: str, comes_as: str = "affected_person", **more: Any) -> engine.RelatesAs:
    return engine.RelatesAs(
        **written(f"{who} {comes_as}", 0), person=one(who), comes_as=comes_as, **{"is_shown": True, **more}
    )


def meeting(
    name: str, days: int, stage: str = "frame", *, noted: int | None = None, **more: Any
) -> engine.Meeting:
    return engine.Meeting(
        **written(name, days if noted is None else noted),
        id=one(name),
        held_on=FIRST + timedelta(days=days),
        stage=stage,
        **more,
    )


def act(who: str, at: str, did: str = "present", *, days: int = 1, **more: Any) -> engine.Act:
    return engine.Act(
        **written(f"{who} {did} {at}", days),
        person=one(who),
        meeting=one(at),
        act=did,
        **{"is_own_word": True, **more},
    )


def way(name: str, by: str, days: int = 20) -> engine.Way:
    return engine.Way(**written(name, days), id=one(name), proposed_by=one(by))


def view(who: str, days: int = 10, name: str = "", **more: Any) -> engine.View:
    name = name or f"view of {who}"
    return engine.View(**written(name, days), id=one(name), person=one(who), **more)


def reply(to: str, days: int = 15, result: str = "partly", **more: Any) -> engine.Reply:
    return engine.Reply(
        **written(f"reply to {to}", days), view=one(to), result=result, **{"has_reasons": True, **more}
    )


def offer(who: str, days: int = 1, due: int = 5, **more: Any) -> engine.Offer:
    due_on = FIRST + timedelta(days=due)
    return engine.Offer(**written(f"offer to {who}", days), person=one(who), due_on=due_on, **more)


def evaluation(who: str, days: int = 50) -> engine.Evaluation:
    return engine.Evaluation(**written(f"evaluation of {who}", days), person=one(who))


def bound(days: int, *, binds: bool = True) -> engine.Bound:
    return engine.Bound(**written(f"bound on {days}", days), binds=binds)


def commitment(name: str, made: int, *verdicts: tuple[int, str]) -> engine.Commitment:
    made_on = FIRST + timedelta(days=made)
    said = tuple((made_on + timedelta(days=after), what) for after, what in verdicts)
    return engine.Commitment(**written(name, max(made, 0)), made_on=made_on, verdicts=said)


def together() -> Facts:
    """A matter done together from first to last: what each test spoils."""
    people = ["rosa", "sam", "ana"]
    return Facts(
        matter=decided(
            raised_by=one("rosa"), is_in_words=True, size=10, deciders=frozenset({one("ken")}),
            adopted=one("our way"), today=FIRST + timedelta(days=400),
        ),
        standings=tuple(standing(who) for who in people),
        meetings=(
            meeting("start", 5), meeting("ways", 20, "options"), meeting("vote", 39, "decide", decides=True),
        ),
        acts=tuple(
            act(who, at, did, days=days)
            for who in people
            for at, did, days in (("start", "spoke", 6), ("ways", "present", 21), ("vote", "voted", 39))
        ),
        ways=(way("our way", "rosa", 21), way("their way", "ken", 22)),
        views=tuple(view(who) for who in people),
        replies=tuple(reply(f"view of {who}") for who in people),
        told=(engine.Told(**written("told", 2), reached=9),),
        offers=tuple(
            offer(who, in_writing=True, upfront=True, answer="accepted",
                  paid_on=FIRST + timedelta(days=12), was_received=True)
            for who in people
        ),
        access=tuple(
            engine.Access(**written(f"access {who}", 6), person=one(who), meeting=one("start"), met="yes")
            for who in people
        ),
        tasks=(engine.Task(**written("task", 45), person=one("rosa"), done=True),),
        commitments=(commitment("ramp", 41, (200, "kept")),),
        evaluations=tuple(evaluation(who) for who in people),
        bound=(bound(42),),
    )  # fmt: skip


def but(facts: Facts, **changed: Any) -> Facts:
    """The same facts with some of them changed."""
    return replace(facts, **changed)


def row(facts: Facts, key: str) -> Finding:
    """One answer of the yardstick, worked out from these facts."""
    return profile(facts).finding(key)


def figure(found: Finding, name: str) -> tuple[int | None, int | None]:
    """(value, of) of a further number of an answer; nothing twice where it has none."""
    said = found.figure(name)
    return (None, None) if said is None else (said.value, said.of)
