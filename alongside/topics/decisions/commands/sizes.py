"""How many people a group is: put right where it was wrong, and never written down beside itself."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Max, TextChoices
from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import Ask, At, Id, Recorded, Sealed
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.base import Objection, OnDecision, must_be_open, must_belong
from alongside.topics.decisions.commands.standing import standing_of
from alongside.topics.decisions.policy import who_decides, who_raised_it


class Others(TextChoices):
    """That people are others than those who are named already."""

    OTHERS = "others", _("Yes, others")


class CorrectSize(OnDecision):
    """Correct how many people these are."""

    records = "decisions.group_size_corrected"
    may = who_decides | who_raised_it
    says = _("%(by)s corrected how many people of a group this affects.")

    group: Id[models.Affected] = Ask(_("Which people?"), used_for=_("It says whose number is corrected."))
    size: int = Ask(
        _("How many people are they?"),
        used_for=_("We count how many of them we reached. The number before stays to be read."),
        ge=1,
        le=10_000_000,
    )
    words: Sealed = Ask(
        _("How do you know?"), used_for=_("Anyone can read why the number changed."), belongs_to="thing"
    )
    was: int | None = Ask(settled=True)

    def settle(self, decision: models.Decision, group: models.Affected, at: At) -> Mapping[str, Any]:
        return {"was": group.size}

    def objections(self, decision: models.Decision, group: models.Affected, at: At) -> Iterator[Objection]:
        yield from must_be_open(decision)
        yield from must_belong(decision, group=group)
        if group.person is not None or group.ended_at is not None:
            yield "group", _("That is no group of people. Choose again.")
            return
        told = models.Telling.everything.filter(group=group.id).aggregate(most=Max("reached_count"))["most"]
        fewest = max(group.listed or 0, told or 0)
        if self.size == group.size:
            yield "size", _("That is the number that is written down already.")
        elif self.size < fewest:
            there = {"count": fewest}
            yield (
                "size",
                _("%(count)s are on the list, or were reached already. They cannot be fewer.") % there,
            )
        elif self.size < (answered := _who_answered(decision, group, at)):
            spoke = {"count": answered}
            yield "size", _("%(count)s of them have answered already. They cannot be fewer.") % spoke
        if not self.words:
            yield "words", _("Say how you know.")

    def apply(self, decision: models.Decision, group: models.Affected, entry: Recorded) -> None:
        group.change(entry, size=self.size)


def _who_answered(decision: models.Decision, group: models.Affected, at: At) -> int:
    """How many who answered can be of no other group: so many this one has at least."""
    now = standing_of(decision, at.moment).group
    return now.answered - (now.size - (group.size or 0)) if now is not None else 0


def groups_named(decision: UUID) -> list[models.Affected]:
    """The groups that a matter affects, in the order in which they were named."""
    rows = models.Affected.everything.filter(decision=decision, person=None, ended_at=None)
    return list(rows.order_by("made_by"))


def are_others(named: Sequence[models.Affected], words: Any, which: Others | None) -> Iterator[Objection]:
    """A number that was wrong is put right. The same people are not written down beside themselves."""
    plain = _plainly(words)
    same = next((row for row in named if _plainly(row.group) == plain), None)
    if same is not None:
        said = {"group": same.group, "size": same.size}
        yield "group", _("These are named already: %(group)s (%(size)s). Correct that number instead.") % said
    elif named and which is None:
        said = {"groups": listed(named)}
        yield "which", _("Are these the same people as %(groups)s? Then correct that number instead.") % said


def listed(named: Sequence[models.Affected]) -> str:
    """Groups by their words, as a question names them."""
    return ", ".join(f"“{row.group}”" for row in named)


def _plainly(words: Any) -> str:
    """Words as they are compared: neither their letters nor their stops make other people of them."""
    return " ".join(re.findall(r"\w+", str(words).casefold()))
