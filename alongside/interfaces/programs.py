"""Tokens of programs that act for somebody: who stands behind one.

There are two kinds. A person lets a program act for them, on a page of their own: what it does is theirs,
until they stop it. And whoever holds this installation's keys can make a token for anybody, as at a terminal:
nobody knows who is at those keys, so it may read, and do what a terminal may.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core import signing

from alongside.interfaces.refusals import NotKnown
from alongside.interfaces.who import actor_for
from alongside.interfaces.wired import EVERYTHING, acting_program, open_to
from alongside.kernel import clock
from alongside.kernel.actor import OWN_PROGRAM, PROGRAM, Actor

TOKENS = "alongside.api"  # what a token is signed for, so that nothing else signed here passes as one


def own_token(program: UUID) -> str:
    """The token of a program that a person let in. It says its number, and nothing else."""
    return signing.dumps({"program": program.hex}, salt=TOKENS, compress=False)


def token_for(person: UUID, *, days: int = 30, strong: bool = False) -> str:
    """A token as a terminal makes it: nobody knows who is at the keys of the program that has it."""
    until = int(clock.now().timestamp()) + days * 24 * 60 * 60
    said = {"person": person.hex, "until": until, "strong": strong}
    return signing.dumps(said, salt=TOKENS, compress=False)


def actor_by_token(token: str, *, how: str = "") -> Actor:
    """Who stands behind a token. Raises NotKnown where nobody does any more."""
    try:
        said = signing.loads(token.strip(), salt=TOKENS)
        if "program" in said:
            return _own(UUID(said["program"]), how)
        person, until = UUID(said["person"]), int(said["until"])
    except (signing.BadSignature, KeyError, ValueError, TypeError) as wrong:
        raise NotKnown from wrong
    if until < clock.now().timestamp() or not _can_act(person):
        raise NotKnown
    return actor_for(person, way=PROGRAM, strong=said.get("strong") is True, how=how)


def _own(program: UUID, how: str) -> Actor:
    found: Any = acting_program(program)
    if found is None or not _can_act(found.person):
        raise NotKnown
    return actor_for(found.person, way=OWN_PROGRAM, strong=found.is_strong, how=how)


def _can_act(person: UUID) -> bool:
    """Whether anybody can act as this person still: not as somebody erased, or as somebody who has died."""
    return open_to(person) == EVERYTHING
