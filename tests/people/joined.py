"""Two records of one person become one."""

from __future__ import annotations

from dataclasses import replace

from alongside.interfaces.who import actor_for, forget_voices
from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.topics.people.commands.merging import AskToMerge, MergePeople
from tests.world import Cast


def joined(cast: Cast, stays: Actor, goes: Actor) -> Actor:
    """The one person whom both records are of: Ken says so and June agrees."""
    assert stays.person is not None
    asked = AskToMerge(person=stays.person, other=goes.person, words="The same birthday.")
    do(MergePeople(merge=do(asked, by=cast.ken).thing, checked="I rang them."), by=cast.dee)
    for one in (stays, goes):
        forget_voices(one.person)
    return replace(actor_for(stays.person), strong=stays.strong)
