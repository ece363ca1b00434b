"""How far it has come with one person whom a decision waits for, as the guard tells it apart."""

from __future__ import annotations

from enum import Enum


class Told(Enum):
    """How far a telling came."""

    NOT = "not"  # nobody tried
    SENT = "sent"  # sent; not known to be read
    UNCONFIRMED = "unconfirmed"  # the deciders' own line says it reached them; nobody else does
    REACHED = "reached"


class Said(Enum):
    """Whether there is an answer. No answer is a state of its own: never a declining."""

    NOTHING = "nothing"
    UNCONFIRMED = "unconfirmed"  # typed by the deciders' own line, or by someone we cannot rely on
    BEFORE = "before"  # given before this was put to them
    NOT_THEIRS = "not_theirs"  # by someone who may not speak for them now
    VIEW = "view"
    DECLINED = "declined"


class Died(Enum):
    """Whether it is written down that they have died, and by whom."""

    NO = "no"
    SAID = "said"  # only by somebody in the line of those who decide
    SURE = "sure"  # somebody outside that line says so

    def __bool__(self) -> bool:
        return self is not Died.NO


class Law(Enum):
    """How a lawful ground stands: of several the last of these is told, but one that lives opens the gate."""

    NONE = "none"
    LAPSED = "lapsed"
    LAPSED_UNSEEN = "lapsed_unseen"  # an emergency whose day is over, and nobody outside had seen it
    UNSEEN = "unseen"  # nobody outside the line that decides has seen it
    NOT_AGREED = "not_agreed"  # somebody outside the line looked, and does not agree
    LACKS_SAFEGUARD = "lacks_safeguard"
    LACKS_HOLDER = "lacks_holder"  # the attorney or deputy has not said, or may not
    LIVE = "live"
