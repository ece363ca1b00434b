"""One command on its way through the door: what came in, what the transaction remembers, what came of it."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from uuid import UUID

import msgspec
from msgspec import Struct

from alongside.kernel import chance, receipts
from alongside.kernel.command import Command, Recorded, Refused
from alongside.kernel.policy import Actor

End = tuple[int, bytes | None, int | None]  # of a chain: how long it is, its last leaf, that entry's number
NOTHING: End = (0, None, None)  # of a thing that nothing was done to yet


class SentBefore(Refused):
    """The same key came before with other words: one of the two was not meant."""


class Done(Struct, frozen=True):
    """What came of a command: its entry, and whether it had been taken before."""

    entry: UUID
    thing: UUID
    recorded: Recorded | None = None  # None when this submission was taken before
    again: bool = False


@dataclass
class Sitting:
    """What one transaction remembers from command to command."""

    left: int = 1  # how many commands are still to come, this one among them
    heads: dict[UUID, End] = field(default_factory=dict)
    changed: dict[UUID, bool] = field(default_factory=dict)  # things, and whether their chain begins here
    allowed: set[tuple[int, Actor, UUID | None]] = field(default_factory=set)
    taken: dict[bytes, receipts.Taken] | None = None  # which of many were taken before; None: not asked yet
    numbers: deque[int] = field(default_factory=deque)  # drawn since the last lock, for what comes next
    last: int = 0
    may_seal: bool = False  # the lock that sealing shares is ours, and the keyring was looked at since


class Submission(Struct, frozen=True):
    """One command on its way in, and all that must be the same when it is tried again."""

    command: Command
    by: Actor
    key: str | None = None
    anonymous: bool = False
    because: UUID | None = None
    entry: UUID = msgspec.field(default_factory=chance.mint)
