"""The token of a program that somebody lets act for them, made as they make it."""

from dataclasses import replace

from alongside.interfaces.programs import own_token
from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.topics.people.commands.acting import LetProgramAct


def own_token_of(actor: Actor) -> str:
    """A program acts for this person from now on, as surely as they signed in."""
    assert actor.person is not None
    own = replace(actor, way="page", typed_by=None)
    let = LetProgramAct(person=actor.person, name="A program of mine", is_strong=actor.strong)
    return own_token(do(let, by=own).thing)
