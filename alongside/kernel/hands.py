"""Whose hand it was: how what somebody types for another counts, and by whom it is not typed at all.

Each command that may be typed for somebody says so in its declaration. One that says nothing is done by
one's own hand alone: then the door refuses it to whoever types for another, to whoever comes in with a code
that another had seen, and to whoever comes in by a telephone or an address that somebody else can see.
"""

from __future__ import annotations

from enum import Enum
from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.kernel.actor import SHARED_CODE, Actor


class Hand(Enum):
    """What holds of a thing that was typed for somebody."""

    THEIRS = "theirs"  # it says something for them, opens nothing by itself, and they can deny it
    BESIDE = "beside"  # it never takes the place of an own word
    WAITS = "waits"  # it opens nothing until it is confirmed, or was typed from outside the line
    NOT_IN_LINE = "not_in_line"  # those who decide, and who stand in one line with them, do not type it
    NOT_WHOM = "not_whom"  # those from whom it protects somebody do not type it
    OWN_RULE = "own_rule"  # not typed on a form; where it comes by a seen code, the command says what follows

    @property
    def sentence(self) -> Any:
        return SENTENCES[self]


SENTENCES = {
    Hand.THEIRS: _("Typed for somebody, it counts as theirs until they say that they did not say it."),
    Hand.BESIDE: _("Typed for somebody, it never takes the place of what they said themself."),
    Hand.WAITS: _(
        "Typed for somebody, it opens nothing until they, or somebody outside the line, say that it is right."
    ),
    Hand.NOT_IN_LINE: _("Nobody of the line that decides types it."),
    Hand.NOT_WHOM: _("Nobody types it from whom it protects them."),
    Hand.OWN_RULE: "",
}
BY_ONE_S_OWN_HAND = _(
    "Only you can do this, by your own hand. Somebody else typed this for you, saw your code, or wrote down "
    "how you come in. Ring us: somebody of another team can confirm with you how we reach you."
)


def is_anothers(by: Actor) -> bool:
    """Whether it may have been somebody else’s hand than theirs whose act it is."""
    return by.typed_by is not None or by.way == SHARED_CODE
