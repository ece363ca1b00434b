"""Which kinds of act the made sequences try."""

from __future__ import annotations

from functools import cache

from alongside.kernel.command import Command
from tests.proof.anything import commands

# What moves people between teams, or makes one record of two, changes whose colleague is whose: the first
# machine leaves it out, so that the laws can be judged by a plain table; the second leaves out nothing.
MOVES_PEOPLE = {
    "people.post_given",
    "people.post_ended",
    "people.placed_with_team",
    "people.appointed_to_office",
    "people.people_merged",
    "people.person_erased",
    "people.erasure_asked_for",
    "people.merge_asked_for",
}


@cache
def kinds(*, moving: bool) -> list[type[Command]]:
    """What may be sent, decisions and promises more often than the rest."""
    found = [command for command in commands() if moving or command.records not in MOVES_PEOPLE]
    often = [command for command in found if not command.records.startswith("people.")]
    return [*found, *often, *often]
