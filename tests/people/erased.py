"""Somebody’s words are erased."""

from __future__ import annotations

from alongside.kernel.door import do
from alongside.topics.people.commands.erasing import AskToErase, ErasePerson, WhyErased
from tests.world import Cast, named

ROSA = named("rosa")


def erase(cast: Cast) -> None:
    erasure = do(AskToErase(person=ROSA, why=WhyErased.UNLAWFUL), by=cast.priya).thing
    do(ErasePerson(erasure=erasure, checked="I rang them."), by=cast.dee)
