"""Wexmoor while it is being built: who is who, what day it is, and one way to do things."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID, uuid5

from alongside.kernel import clock
from alongside.kernel.command import Command, Missing, NotAllowed, Refused
from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.made_up import cast
from alongside.topics.people.models import LinkKind

WEXMOOR = UUID("3e7c0a52-1d6f-4b8e-9a90-5f2d1c8b7a60")
STAFF = {post.key: post for post in cast.POSTS}
LIVES = {life.key: life for life in cast.LIVES}
NOT_STRONG = {"ana", "marcus"} | {
    post.key for post in cast.POSTS if post.kind == LinkKind.COUNCILLOR
}  # they come by an emailed code


class BrokenStory(RuntimeError):
    """The house refused a step of a story: the story or the house has changed."""


class Place:
    """The made-up place on its way through a year that ends today."""

    def __init__(self, today: date, random: Random) -> None:
        self.today, self.random = today, random
        self.lines = 0

    def named(self, name: str) -> UUID:
        """The id of somebody or something here: the same in every Wexmoor."""
        return UUID(bytes=uuid5(WEXMOOR, name).bytes, version=4)

    def who(
        self, key: str, *, typed_by: str = "", how: str = "", way: str = "page", only: UUID | None = None
    ) -> Actor:
        """Somebody here, ready to act; with `typed_by`, what they say is written down by another."""
        post = STAFF.get(key)
        typist = STAFF.get(typed_by)
        return Actor(
            person=self.named(key),
            office=self.named(f"{key} office") if post and post.office and key not in NOT_STRONG else None,
            typed_by=self.named(typed_by) if typed_by else None,
            how=how,
            strong=bool(typist) if typed_by else bool(post) and key not in NOT_STRONG,
            way=way,
            only=only,
        )

    def do(self, by: str | Actor, command: Command, *, anonymous: bool = False) -> UUID:
        """Do one thing, now. Gives the thing it was done to."""
        actor = self.who(by) if isinstance(by, str) else by
        self.lines += 1
        try:
            return do(command, by=actor, anonymous=anonymous).thing
        except (Refused, NotAllowed, Missing) as refusal:
            raise BrokenStory(f"{by} on {clock.today()}: {type(command).__name__}: {refusal!r}") from refusal

    def at(self, days: int, hour: int = 10, minute: int = 0) -> datetime:
        """A moment so many days from today (before it, when below nought)."""
        return clock.moment_of(
            datetime.combine(self.today + timedelta(days=days), time(hour, minute), clock.LONDON)
        )

    def at_work(self, days: int, hour: int = 10, minute: int = 0) -> datetime:
        """The same, on a day when offices are open: that day, or the last one before it."""
        return self.at(self.open_on(days), hour, minute)

    def open_on(self, days: int) -> int:
        """How many days from today offices are open: so many, or back to the last day before that."""
        while not clock.is_working_day(self.today + timedelta(days=days)):
            days -= 1
        return days

    def day(self, days: int) -> date:
        """A day so many days from today."""
        return self.today + timedelta(days=days)

    def past(self, days: int) -> date:
        """The same, of what has been by then: `at_work` may have gone back over a holiday to before it."""
        return min(self.day(days), clock.today())
