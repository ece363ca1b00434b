"""Whose hand it was: how what somebody types for another counts, and by whom it is not typed at all.

Each command that may be typed for somebody says so in its declaration. One that says nothing is done by
one's own hand alone: then the door refuses it to whoever types for another, to whoever comes in with a code
that another had seen, and to whoever comes in by a telephone or an address that somebody else can see.

At a terminal, in a file, and by a program whose token was made at a terminal, nobody knows at all who is at
the keys. There the door takes only what says, in `at_the_keys`, as what it is taken.
"""

from __future__ import annotations

from enum import Enum
from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.kernel.actor import AT_KEYS, FILE, PROGRAM, SHARED_CODE, TERMINAL, UNHEARD_WAYS, Actor


class Hand(Enum):
    """What holds of a thing that was typed for somebody."""

    THEIRS = "theirs"  # it says something for them, opens nothing by itself, and they can deny it
    BESIDE = "beside"  # it never takes the place of an own word
    WAITS = "waits"  # it opens nothing until it is confirmed, or was typed from outside the line
    NOT_IN_LINE = "not_in_line"  # those who decide, and who stand in one line with them, do not type it
    NOT_WHOM = "not_whom"  # those from whom it protects somebody do not type it
    OWN_RULE = "own_rule"  # not typed on a form; where it comes by a seen code, the command says what follows
    NAMED = "named"  # not typed on a form; whoever gave out the code is asked about as if they had done it

    @property
    def sentence(self) -> Any:
        return SENTENCES[self]


SENTENCES = {
    Hand.THEIRS: _("Typed for somebody, it counts as theirs until they say that they did not say it."),
    Hand.BESIDE: _("Typed for somebody, it never takes the place of what they said themself."),
    Hand.WAITS: _(
        "Typed for somebody, it opens nothing until they, or somebody from outside, say that it is right."
    ),
    Hand.NOT_IN_LINE: _("Nobody who works with those who decide types it."),
    Hand.NOT_WHOM: _("Nobody types it from whom it protects them."),
    Hand.OWN_RULE: "",
    Hand.NAMED: "",
}
BY_A_SEEN_CODE = frozenset({Hand.THEIRS, Hand.WAITS, Hand.OWN_RULE})  # the rest asks who it was: nobody knows


class AsWhat(Enum):
    """As what something is taken where nobody knows who is at the keys: why it may be sent there at all."""

    WAITS = "waits"  # an answer: it counts for nothing until it is confirmed by a hand that we know
    UNCOUNTED = "uncounted"  # a judgement: it is kept, and never counted
    NAMELESS = "nameless"  # anybody may say it, without a name: it is nobody’s word
    FILED = "filed"  # what another system says of itself, out of a file
    BOOKS = "books"  # who and what there is: it gives nobody a power
    ASKS = "asks"  # it only asks: somebody outside the line answers by their own hand

    @property
    def sentence(self) -> Any:
        return TAKEN[self][1]

    @property
    def ways(self) -> frozenset[str]:
        return TAKEN[self][0]


TAKEN: dict[AsWhat, tuple[frozenset[str], Any]] = {
    AsWhat.WAITS: (
        UNHEARD_WAYS,
        _(
            "Sent where nobody knows who is at the keys, it counts for nothing "
            "until they say that it is theirs."
        ),
    ),
    AsWhat.UNCOUNTED: (
        UNHEARD_WAYS,
        _("Sent where nobody knows who is at the keys, it is kept and not counted."),
    ),
    AsWhat.NAMELESS: (UNHEARD_WAYS, _("Anybody can say it anywhere: no name is needed for it.")),
    AsWhat.FILED: (
        frozenset({FILE}),
        _("In a file it is what another system says of itself, and nobody’s word here."),
    ),
    AsWhat.BOOKS: (
        frozenset({TERMINAL, PROGRAM}),
        _("At a terminal too: it writes down who and what there is, and gives nobody a power."),
    ),
    AsWhat.ASKS: (
        frozenset({TERMINAL, PROGRAM}),
        _("At a terminal too: it only asks. Somebody from outside answers, by their own hand."),
    ),
}
BY_ONE_S_OWN_HAND = _(
    "Only you can do this, by your own hand. Somebody else typed this for you, saw your code, or wrote down "
    "how you come in. Ring us: somebody of another team can confirm with you how we reach you."
)
NOBODY_WE_KNOW = _("We cannot know who is at the keys here. Sign in and do it on your own page, or ring us.")


def is_anothers(by: Actor) -> bool:
    """Whether it may have been somebody else’s hand than theirs whose act it is."""
    return by.typed_by is not None or by.way == SHARED_CODE


def shut_to(by_another: tuple[Hand, ...], at_the_keys: AsWhat | None) -> frozenset[str]:
    """By which ways a command of this declaration is not taken: asked once, when its class is made."""
    shut = UNHEARD_WAYS if BY_A_SEEN_CODE.isdisjoint(by_another) else AT_KEYS
    return shut - at_the_keys.ways if at_the_keys is not None else shut
