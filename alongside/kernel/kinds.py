"""Of what kind an actor is, as far as one rule looks: what it does not look at makes no other kind.

A rule that is written once for each kind of actor (gaps.py) may look at how surely we know somebody, by
which way they came, and how they told us. Hardly any does. So whoever writes a rule is handed an actor that
notes if it was asked for any of these: if not, what was written serves all that differ in these alone.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar

from alongside.kernel.actor import Actor

T = TypeVar("T")
LOOKED_AT = frozenset({"office", "typed_by", "how", "strong", "way"})  # what hardly any rule looks at


class Watched(Actor):
    """An actor that notes whether anybody asked for what hardly any rule looks at."""

    def __getattribute__(self, name: str) -> Any:
        if name in LOOKED_AT:  # of a changed copy nothing is noted: to copy it, all of it was asked for
            object.__getattribute__(self, "__dict__").get("noted", []).append(name)
        return object.__getattribute__(self, name)


def watched(actor: Actor, noted: list[str]) -> Actor:
    """The same actor, who writes down in `noted` what was asked for."""
    found = object.__new__(Watched)
    found.__dict__.update(vars(actor), noted=noted)
    return found


def unwatched(actor: Actor) -> Actor:
    """The same actor, whom nobody watches: for what has a gap, or is watched by itself."""
    if type(actor) is not Watched:
        return actor
    return Actor(**{name: value for name, value in vars(actor).items() if name != "noted"})


def kind_of(actor: Actor) -> Hashable:
    """All that a rule may look at in Python. Two actors of one kind differ only in what has a gap."""
    lacks = (actor.office is None, actor.typed_by is None)
    return (_plain_kind_of(actor), lacks, actor.strong, actor.way, actor.how)


def _plain_kind_of(actor: Actor) -> Hashable:
    """The same without what hardly any rule looks at."""
    return (actor.person is None, actor.only is None, len(actor.voices), actor.installation)


class ForEachKind(Generic[T]):
    """What was written for each kind of actor, as far as it looked at them. Emptied when it is large."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._plain: dict[Hashable, tuple[T] | None] = {}  # None: it looks at more
        self._each: dict[Hashable, tuple[T]] = {}

    def written(self, what: Hashable, actor: Actor, write: Callable[[list[str]], T]) -> T:
        """What `write` gives for `what` and this actor. It notes in its list what was looked at."""
        plain = (what, _plain_kind_of(actor))
        found: tuple[T] | tuple[()] | None = self._plain.get(plain, ())
        looks_at_more = found is None
        if found is None:
            found = self._each.get((what, kind_of(actor)))
        if found:
            return found[0]
        if len(self._plain) + len(self._each) >= self.most:
            self._plain.clear()
            self._each.clear()
        noted: list[str] = []
        made = write(noted)
        if noted or looks_at_more:
            self._plain[plain] = None
            self._each[what, kind_of(actor)] = (made,)
        else:
            self._plain[plain] = (made,)
        return made
