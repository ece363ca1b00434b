"""When several have decided: pure counting."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Tally:
    """How those who decide together stand on what was put to them.

    `seats` are those who sit now: whoever said they have an interest of their own has stepped back and is
    not counted. Standing aside is neither yes nor no, and does not lower how many must say yes.
    """

    agree: str  # all | half | number
    number: int | None
    seats: int
    yes: int = 0
    no: int = 0
    aside: int = 0

    @property
    def needed(self) -> int:
        """How many must say yes. Where all must agree, those who stand aside do not hinder it."""
        if self.agree == "all":
            return max(1, self.seats - self.aside)
        if self.agree == "half":
            return self.seats // 2 + 1
        return self.number or 1

    @property
    def silent(self) -> int:
        return self.seats - self.yes - self.no - self.aside

    @property
    def is_enough_people(self) -> bool:
        """Together means at least two, and as many as must say yes."""
        return self.seats >= 2 and self.seats >= self.needed

    @property
    def is_met(self) -> bool:
        return self.is_enough_people and self.yes >= self.needed and (self.agree != "all" or self.no == 0)

    @property
    def can_still_be_met(self) -> bool:
        if self.agree == "all":
            return self.no == 0 and self.yes + self.silent > 0
        return self.yes + self.silent >= self.needed
