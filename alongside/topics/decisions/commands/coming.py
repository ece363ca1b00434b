"""What the clock brings for groups and after decisions: lists, rounds and bundles go on; people are asked."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from alongside.kernel.clock import day_of
from alongside.kernel.command import Command
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.bundles import bundles_due
from alongside.topics.decisions.commands.challenging import MissChallenge
from alongside.topics.decisions.commands.effects import AskForReview, AskWhatItDid, ask_on
from alongside.topics.decisions.commands.groups import ListSome, last_number
from alongside.topics.decisions.commands.rounds import BeginRoundAfter, GoOnWithRound
from alongside.topics.decisions.models import RoundKind, State

LOOK_BACK = timedelta(days=120)  # what was decided before that is not asked about all at once


def coming(now: datetime) -> Iterable[Command]:
    """Every command of this kind whose time has come. Each is made when the one before it was done."""
    yield from _afterwards(now)
    yield from _lists()
    yield from _rounds_after(now)
    yield from _rounds()
    yield from bundles_due(now)


def _afterwards(now: datetime) -> Iterator[Command]:
    today = day_of(now)
    late = models.Challenge.everything.filter(answered_at=None, answer_by__lt=today, go_next="")
    for challenge in late.order_by("answer_by", "id"):
        yield MissChallenge(decision=challenge.decision, challenge=challenge.id)
    due = models.Review.everything.filter(done_at=None, asked_at=None, due_on__lte=today)
    for review in due.order_by("due_on", "id"):
        yield AskForReview(decision=review.decision, review=review.id)
    rows = models.Decision.everything.filter(
        state=State.DECIDED, is_own=False, effects_asked_at=None, decided_at__gte=now - LOOK_BACK
    )
    for decision in rows.exclude(size="everyday").order_by("decided_at", "id"):
        if ask_on(decision) <= today:
            yield AskWhatItDid(decision=decision.id)


def _lists() -> Iterator[Command]:
    for group in models.Affected.everything.filter(listing_since__isnull=False).order_by("id"):
        before = -1
        while True:
            row, there = models.Affected.everything.get(id=group.id), last_number(group.id)
            if row.listing_since is None or there == before:
                break  # it is whole; or it was refused, and is tried another day
            before = there
            yield ListSome(decision=group.decision, group=group.id)


def _rounds_after(now: datetime) -> Iterator[Command]:
    """Once it is decided everyone on a list is told; later they are asked what it did."""
    rows = models.Decision.everything.filter(
        about="place", state=State.DECIDED, decided_at__gte=now - LOOK_BACK
    )
    for decision in rows.order_by("decided_at", "id"):
        groups = models.Affected.everything.filter(decision=decision.id, listed__gt=0, ended_at=None)
        for group in groups.order_by("id"):
            since = {RoundKind.OUTCOME: decision.decided_at, RoundKind.EFFECT: decision.effects_asked_at}
            for kind, begun in since.items():
                if begun is None:
                    continue
                there = models.Round.everything.filter(group=group.id, kind=kind, begun_at__gte=begun)
                if not there.exists():
                    yield BeginRoundAfter(decision=decision.id, group=group.id, kind=kind)


def _rounds() -> Iterator[Command]:
    for each in models.Round.everything.filter(whole_at=None).order_by("begun_at", "id"):
        before = -1
        while True:
            row = models.Round.everything.get(id=each.id)
            if row.whole_at is not None or row.reached_number == before:
                break
            before = row.reached_number
            yield GoOnWithRound(decision=row.decision, round=row.id)
