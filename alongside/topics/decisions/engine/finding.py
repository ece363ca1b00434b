"""What an indicator gives: a number with what it is counted out of, what it rests on, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from alongside.kernel.few import at_least_told, whole_lots
from alongside.topics.decisions.engine.facts import Fact


@dataclass(frozen=True, slots=True)
class Figure:
    """One number by its name. `of` is what it is counted out of; None: it is a count by itself."""

    name: str
    value: int
    of: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One row of the profile.

    `value` of `of` is the number; both are None where no fact gives one. `says` is a word for a row that is
    no number, such as the earliest stage. `figures` are further numbers; `left_out` are those that were seen
    and not counted, each with its reason. `missing` names each fact that nobody has written down.
    """

    key: str
    value: int | None = None
    of: int | None = None
    says: str = ""
    figures: tuple[Figure, ...] = ()
    left_out: tuple[Figure, ...] = ()
    missing: tuple[str, ...] = ()
    rests_on: tuple[UUID, ...] = ()
    hidden: tuple[str, ...] = ()  # what strangers are not shown: "value", or the name of a figure

    @property
    def is_evidenced(self) -> bool:
        return self.value is not None or self.says != ""

    def figure(self, name: str) -> Figure | None:
        return next((each for each in (*self.figures, *self.left_out) if each.name == name), None)


def entries(*several: Iterable[Fact]) -> tuple[UUID, ...]:
    """The entries of these facts, in the order in which they were written, each once."""
    found = sorted((fact for facts in several for fact in facts), key=lambda fact: fact.at)
    return tuple(dict.fromkeys(fact.entry for fact in found))


def some(*figures: Figure) -> tuple[Figure, ...]:
    """Those that count anything."""
    return tuple(each for each in figures if each.value)


def only(**missing: bool) -> tuple[str, ...]:
    """The names of what is missing."""
    return tuple(name for name, is_missing in missing.items() if is_missing)


def median(numbers: Iterable[int]) -> int | None:
    """The middle one, in whole units; of an even count the lower of the two in the middle. None of none."""
    found = sorted(numbers)
    return found[(len(found) - 1) // 2] if found else None


ABOUT_FEW = ("terms", "persistence")  # rows about what single people were paid, needed or answered
IN_LOTS = ("responses",)  # views that their givers kept to those who decide are counted here, and not listed
COUNTS_OF_FEW = ("paid_by_body", "paid_or_not_own_word", "others_judged")  # staff who say it affects them


def _in_lots(found: Finding, smallest: int) -> Finding:
    """A row that grows by whole lots of people, so that nobody can tell who has just spoken.

    What held is told as at least so many, and of how many as the most there can be: never “5 of 5”, where it
    may be five of nine.
    """
    value, of = (
        None if one is None else at_least_told(one, smallest=smallest) for one in (found.value, found.of)
    )
    hidden = () if found.of is None or None not in (value, of) else ("value",)
    most = max(smallest - 1, 0)  # that may have come since the last whole lot
    counted = (*found.figures, *found.left_out)
    few = [each.name for each in counted if at_least_told(_size(each), smallest=smallest) is None]
    few += ["days"] if hidden else []
    kept = {
        each.name: replace(
            each,
            value=each.value if each.name == "days" else whole_lots(each.value, smallest=smallest),
            of=None if each.of is None else whole_lots(each.of, smallest=smallest) + most,
        )
        for each in counted
        if each.name not in few
    }
    return replace(
        found,
        value=None if hidden else value,
        of=None if hidden or of is None else of + most,
        figures=tuple(kept[each.name] for each in found.figures if each.name in kept),
        left_out=tuple(kept[each.name] for each in found.left_out if each.name in kept),
        rests_on=found.rests_on[: whole_lots(len(found.rests_on), smallest=smallest)],
        hidden=(*hidden, *few),
    )


def _size(figure: Figure) -> int:
    """Of how many people a further number is: the middle number of days is of none."""
    if figure.name == "days":
        return 0
    return figure.value if figure.of is None else figure.of


def protected(found: Finding, *, smallest: int) -> Finding:
    """The same row as anybody may see it: without numbers that could point to one person.

    In a row about pay, access or verdicts, no number is shown that is counted out of fewer than `smallest`,
    and no bare count of people below it; nor, in any row, how few of the body's own staff say it affects
    them. What was left out is named in `hidden`.
    """
    if found.key in IN_LOTS:
        return _in_lots(found, smallest)
    hidden = []
    guards_all = found.key in ABOUT_FEW
    if guards_all and found.of is not None and 0 < found.of < smallest:
        hidden.append("value")
    for each in (*found.figures, *found.left_out):
        counts_people = guards_all and each.name != "days"
        few = each.of if each.of is not None else each.value
        if (counts_people or each.name in COUNTS_OF_FEW) and 0 < few < smallest:
            hidden.append(each.name)
    if "value" in hidden and found.figure("days"):
        hidden.append("days")  # of so few, the days are somebody's own
    value, of = (None, None) if "value" in hidden else (found.value, found.of)
    kept = tuple(each for each in found.figures if each.name not in hidden)
    left = tuple(each for each in found.left_out if each.name not in hidden)
    hidden_too = (*found.hidden, *hidden)
    return replace(found, value=value, of=of, figures=kept, left_out=left, hidden=hidden_too)
