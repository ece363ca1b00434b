"""A promise that is said to be about a service or a place, and is about somebody’s life."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import At, Lazy
from alongside.topics.people.policy import may_type_for, smallest_shown
from alongside.topics.people.policy.naming import in_full

FEW = _("So few people are no group. Say whose life it is about, and name each of them.")


def about_somebody(command: Any, at: At) -> Iterator[tuple[str, Lazy]]:
    """Whose life it is reads what is promised about it, and says whether it was kept. So nobody leaves them
    out by a group of one, or by naming them in words that everyone can read."""
    if getattr(command, "person", None) is not None:
        return
    if command.group_size and command.group_size < smallest_shown():
        yield "group_size", FEW
    theirs = may_type_for(at.by.person, at.moment) if at.by.person is not None else []
    words = " ".join(str(one or "") for one in (command.what, command.group, getattr(command, "test", "")))
    who = in_full(words, theirs)
    if who:
        told = _("These words name %(who)s. Everyone could read that. Say whose life it is about.")
        yield "what", told % {"who": who}
