"""On the page of a promise: who of a group was told, who says they are in it, and whether it still holds."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from alongside.interfaces.acting import address_of, may_do
from alongside.interfaces.asking import ways_of_saying
from alongside.interfaces.wired import may_type_for
from alongside.kernel import clock, reading
from alongside.kernel.few import parts_told
from alongside.kernel.policy import Actor
from alongside.topics.people.pages.looking import why_not
from alongside.topics.people.policy import is_advocate_of, names_of, smallest_shown
from alongside.topics.promises.commands.told_words import they_say
from alongside.topics.promises.models import (
    AskedAgain,
    DateAnswer,
    Erosion,
    GroupMember,
    GroupTold,
    Holds,
    Promise,
    PromisedTo,
    StillHolds,
    TestResult,
    Through,
    ToldWord,
)
from alongside.topics.promises.pages.shown import WAYS, Told, shown_result, told, told_to_all
from alongside.topics.promises.policy import answers_for_it
from alongside.topics.promises.policy.counting import (
    apart_told,
    counts_apart,
    no_longer_theirs,
    told_of_group,
    told_of_one,
)
from alongside.topics.promises.policy.mending import in_numbers, mended_now

THREE = [(Holds.STILL, "button-voice"), (Holds.PARTLY, "button-voice"), (Holds.NO_LONGER, "button-voice")]


def answers_whether_it_holds(promise: Promise, made_to: PromisedTo) -> list[dict[str, Any]]:
    """The three answers to whether it still holds, each the way to its form."""
    given = {"promise": promise.id, "made_to": made_to.id}
    return [
        {
            "words": answer.label,
            "look": look,
            "link": address_of("promises.still_holds_said", said=answer.value, **given),
        }
        for answer, look in THREE
    ]


def of_group(actor: Actor, promise: Promise, here: str, *, knows: bool, is_in: bool) -> dict[str, Any]:
    """How many were told and have answered, who says they belong, and the way to say so oneself."""
    if not promise.group_size:
        return {}
    smallest = smallest_shown()
    reached = told_of_group(promise, smallest=0 if knows else smallest)
    members = GroupMember.objects.seen(actor, "said_on", "id", promise=promise.id)
    own = next((row for row in members if row.person in actor.ids), None)
    joins = (
        own is None
        and not is_in
        and may_do(actor, "promises.group_joined", promise)
        and not answers_for_it(promise, actor.person, clock.now())
    )
    return {
        "size": promise.group_size,
        "smallest": smallest,
        "reached": reached if knows or reached == 0 or reached >= smallest else None,
        "answered": _answered(promise) if reached >= smallest else None,
        "told": [
            {
                "said_on": row.said_on,
                "how": row.how,
                "reached": row.reached if knows or not 0 < row.reached < smallest else None,
            }
            for row in GroupTold.objects.seen(actor, "-said_on", "id", promise=promise.id)
        ],
        "apart": _apart(promise, knows=knows, smallest=smallest),
        "own": own,
        "join": address_of("promises.group_joined", promise=promise.id, next=here) if joins else "",
        "slip": _slip(actor, promise, here),
        **_told_words(actor, promise, here),
        "say_told": address_of("promises.group_told", promise=promise.id, next=here)
        if may_do(actor, "promises.group_told", promise)
        else "",
        "confirm": [
            {
                "row": row,
                "link": address_of(
                    "promises.in_group_confirmed", promise=promise.id, member=row.id, next=here
                ),
            }
            for row in members
            if row.confirmed_on is None
            and row.person not in actor.ids
            and may_do(actor, "promises.in_group_confirmed", row)
        ],
    }


def _told_words(actor: Actor, promise: Promise, here: str) -> dict[str, Any]:
    """How many of them say that nobody told them; and where the reader says it of themself."""
    kind, told = "promises.told_or_not_said", they_say([promise.id])
    owns = answers_for_it(promise, actor.person, clock.now())
    may = actor.person is not None and not owns and may_do(actor, kind, promise)
    return {
        "they_say": told.get(promise.id),
        "i_said": bool(ToldWord.objects.seen(actor, promise=promise.id, denied=None, most=1)),
        "say_if_told": address_of(kind, promise=promise.id, next=here) if may else "",
    }


def _slip(actor: Actor, promise: Promise, here: str, kind: str = "promises.verdict_passed_on") -> str:
    """Where whoever opens the post types a slip of somebody in the group."""
    group = next(iter(PromisedTo.objects.seen(actor, promise=promise.id, person=None)), None)
    if group is None or actor.person is None or answers_for_it(promise, actor.person, clock.now()):
        return ""
    if not may_do(actor, kind, group):
        return ""
    return address_of(kind, promise=promise.id, made_to=group.id, next=here)


def _slip_of_later(actor: Actor, promise: Promise, here: str) -> str:
    """The same, once the group was asked whether what was kept still holds."""
    kind = "promises.still_holds_passed_on"
    if not promise.group_size or not AskedAgain.everything.filter(promise=promise.id).exists():
        return ""
    return _slip(actor, promise, here, kind)


def _answered(promise: Promise) -> int | None:
    """How many of those who were told have answered; none where that could point to one of them."""
    found = told_of_one(promise.id)
    silent = found.number("no_answer")
    return None if silent is None or found.of is None else found.of - silent


def _apart(promise: Promise, *, knows: bool, smallest: int) -> Told | None:
    found = counts_apart(promise)
    if not found.of:
        return None
    return told(found) if knows else told_to_all(apart_told(promise, smallest=smallest))


def of_lasting(actor: Actor, promise: Promise, here: str, made_to: list[Any]) -> dict[str, Any]:
    """Whether it still holds: what is asked now, what was said, and what the owner answers."""
    asked = AskedAgain.objects.seen(actor, "-months", promise=promise.id, person=sorted(actor.ids))
    last = next(iter(asked), None)
    said = StillHolds.objects.seen(actor, "-said_on", "-made_by", promise=promise.id)
    typed = Through.SPOKEN  # what another typed for them does not take the question from their page
    gone = no_longer_theirs(said, actor.ids)  # nor does what a speaker said whom they dispute
    theirs = [row for row in said if row.person in actor.ids and row.through != typed and row.id not in gone]
    open_ask = last is not None and not any(row.months == last.months for row in theirs)
    eroded = Erosion.objects.seen(actor, "-on_day", "-made_by", promise=promise.id)
    later = {row.answered_on for row in eroded if row.is_open}  # an open note takes the place of an early one
    eroded = [row for row in eroded if row.is_open or row.answered_on not in later]
    smallest = smallest_shown()
    again = mended_now([promise.id]).get(promise.id) if eroded else None
    mine = [row for row in said if row.person in actor.ids]
    return {
        "mended": again,
        "mended_in_numbers": again is not None and (promise.person is not None or in_numbers(again)),
        "say_again": [answer for row in made_to for answer in answers_whether_it_holds(promise, row)]
        if eroded and mine and not open_ask
        else [],
        "months": last.months if last is not None else 0,
        "asks": [answer for row in made_to for answer in answers_whether_it_holds(promise, row)]
        if open_ask
        else [],
        "said": _who_said_what(said, actor, promise),
        "write_down": _write_down(actor, promise),
        "slip": _slip_of_later(actor, promise, here),
        "eroded": [
            {
                "row": row,
                "is_only_you": bool(mine) and row.answered == 1 and promise.person is not None,
                "counted": promise.person is not None or is_counted(row, smallest),
                "is_late": is_late(row),
                "answer": address_of(
                    "promises.erosion_answered", promise=promise.id, erosion=row.id, next=here
                )
                if row.answered_on is None and may_do(actor, "promises.erosion_answered", promise)
                else "",
            }
            for row in eroded
        ],
    }


def is_counted(row: Erosion, smallest: int) -> bool:
    """Whether its numbers point to nobody: neither those who say so, nor the others who answered."""
    parts = [row.no_longer, row.answered - row.no_longer]
    return row.no_longer >= smallest and None not in parts_told(parts, smallest=smallest)


def is_late(row: Erosion) -> bool:
    """Whether the day to answer is over and nobody has, also before the clock has written that down."""
    return row.answered_on is None and row.answer_by is not None and row.answer_by < clock.today()


def _who_said_what(said: list[StillHolds], actor: Actor, promise: Promise) -> list[dict[str, Any]]:
    """Each answer; of a promise in a life whose it is; where another gave it or typed it: who, and how."""
    written = [row for row in said if row.by != row.person]
    whose = {row.person for row in said if promise.person is not None} - set(actor.ids)
    names = names_of({row.by for row in written} | whose)
    hows = reading.hows(row.made_by for row in written)
    return [
        {
            "row": row,
            "who": _("You") if row.person in actor.ids else names[row.person] if row.person in whose else "",
            "said": Holds(row.said).label,
            "way": WAYS[Through(row.through)],
            "by": names[row.by] if row.by != row.person else "",
            "how": ways_of_saying().get(hows.get(row.made_by, ""), ""),
        }
        for row in said
    ]


def _write_down(actor: Actor, promise: Promise) -> list[dict[str, str]]:
    """For whom the reader may type what came on paper or by telephone: those asked who are silent."""
    if actor.person is None or actor.only is not None or answers_for_it(promise, actor.person, clock.now()):
        return []
    answered = StillHolds.everything.filter(
        promise=promise.id, person=OuterRef("person"), months__gte=OuterRef("months")
    )
    asked = AskedAgain.everything.filter(~Exists(answered), promise=promise.id)
    silent = set(asked.values_list("person", flat=True))
    theirs = dict(may_type_for(actor.person)) if silent else {}
    if promise.is_public:  # what somebody says of a whole place is no concern of those who work for them
        theirs = {one: name for one, name in theirs.items() if is_advocate_of(actor.person, one, clock.now())}
    rows = {row.person: row.id for row in PromisedTo.everything.filter(promise=promise.id)}
    return [
        {
            "for": name,
            "link": address_of(
                "promises.still_holds_said",
                promise=promise.id,
                made_to=rows.get(person) or rows[None],
                typed_for=person,
            ),
        }
        for person, name in theirs.items()
        if person in silent and (person in rows or None in rows)
    ]


def of_test(actor: Actor, promise: Promise, here: str) -> dict[str, Any]:
    """The test of a promise, and what it showed each time."""
    if promise.test is None:
        return {}
    rows = TestResult.objects.seen_by(actor).filter(promise=promise.id).order_by("-looked_on", "-made_by")
    return {
        "test": promise.test,
        "results": [shown_result(row, promise) for row in rows],
        "record": address_of("promises.test_recorded", promise=promise.id, next=here)
        if may_do(actor, "promises.test_recorded", promise)
        else "",
    }


def who_disagreed(actor: Actor, promise: Promise) -> list[tuple[DateAnswer, str]]:
    """Those who did not agree to another day and let this reader see why, and why not everyone may."""
    rows = DateAnswer.objects.seen_by(actor).filter(promise=promise.id, agrees=False)
    found = [row for row in rows.order_by("-said_on", "id") if row.why is not None]
    return [(row, why_not(row) if row.may_be_read else "") for row in found]
