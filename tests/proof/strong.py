"""Who changes another's record has come by a passkey or the council's sign-in.

What is wrong with an act is all said at once, so this is seen whatever else stands in the way of it.
"""

from collections.abc import Iterator
from dataclasses import replace
from random import Random

from django.db import transaction

from alongside.kernel import door
from alongside.kernel.command import COMMANDS, Command, Missing, NotAllowed, Refused
from alongside.kernel.policy import Actor
from alongside.kernel.submission import Submission
from tests.proof.anything import Anything, may
from tests.world import Cast

SAID = "To change this for others, sign in with your passkey"
TRIES = 40
# Each act that anybody may do on their own record, and on another's only after a strong sign-in.
ON_ANOTHERS = [
    "address_check_asked_for",
    "aids_asked_for",
    "code_issued",
    "contact_asked_for",
    "council_system_linked",
    "council_system_unlinked",
    "death_borne_out",
    "death_undone",
    "death_written_down",
    "dispute_settled",
    "erasure_asked_for",
    "format_asked_for",
    "hold_back_proposed",
    "hold_placed",
    "link_ended",
    "merge_asked_for",
    "name_put_right",
    "need_ended",
    "note_removal_asked_for",
    "placed_with_team",
    "post_ended",
    "post_given",
    "power_check_asked_for",
    "related",
    "sign_in_linked",
    "sign_in_unlinked",
    "support_asked_for",
    "way_set",
    "way_stopped",
]


def others(cast: Cast, made: Command) -> Iterator[Actor]:
    """Everyone who may do this and is not the one it is about, come by a link in an email."""
    whom = {str(value) for value in made.model_dump().values()}
    for by in (cast.ken, cast.june, cast.priya, cast.mina, cast.omar, cast.dee):
        if str(by.person) not in whom and may(made, by):
            yield replace(by, strong=False)


def refusal(made: Command, by: Actor) -> str:
    """All that is in the way, where something is; and let it not have happened."""
    with transaction.atomic():
        try:
            door.carry_out([Submission(made, by, None, False)])
        except (Refused, NotAllowed, Missing) as no:
            return str(no)
        finally:
            transaction.set_rollback(True)
    return ""


def asks(command: type[Command], anything: Anything) -> bool:
    for _try in range(TRIES):
        made = anything.filled(command)
        if made is not None and any(SAID in refusal(made, by) for by in others(anything.cast, made)):
            return True
    return False


def silent(cast: Cast) -> list[str]:
    """Which of them asks for nothing more from somebody who came by a link in an email."""
    anything = Anything(Random(5), cast)
    return [name for name in ON_ANOTHERS if not asks(COMMANDS[f"people.{name}"], anything)]
