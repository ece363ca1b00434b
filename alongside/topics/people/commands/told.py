"""One of a group says whether word reached them, and how many say so: one piece for every kind of word."""

from collections.abc import Iterable
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import Ask, Lazy, Sealed
from alongside.kernel.few import answers_told, as_the_last_lot_stood
from alongside.topics.people.commands.only_counted import OnlyCounted
from alongside.topics.people.models.told import WasTold
from alongside.topics.people.policy import smallest_shown

Word = tuple[int, UUID, str]  # since which entry, whose, and what


class SaysIfTold(OnlyCounted):
    """What everyone answers who is asked whether they were told: it stands beside what the teller says."""

    answers: ClassVar[type[TextChoices]] = WasTold
    seen_by_line: ClassVar[Any] = _("Nobody reads what you say here. It is only counted.")
    done: ClassVar[Lazy] = _("Thank you. It is counted, once enough people have said so.")

    what: Sealed = Ask(
        _("Did word of this reach you?"),
        used_for=_("The number stands beside what those who told people say."),
        widget="radios",
        written="(one of: " + ", ".join(WasTold.values) + ")",
    )


def they_say(table: Any, column: str, groups: Iterable[UUID]) -> dict[UUID, tuple[int, int] | None]:
    """Of each group: how many say that nobody told them, of how many who said anything of it. Nothing where
    that could tell of one of them: not to those who decide either. It grows by whole lots of people."""
    rows = table.everything.filter(**{f"{column}__in": list(groups)}).order_by("made_by")
    said: dict[UUID, list[Word]] = {}
    unsaid: dict[UUID, list[Word]] = {}
    for row in rows:
        word, group = row.what.words if row.what is not None else None, getattr(row, column)
        if word and row.person is not None:
            said.setdefault(group, []).append((row.made_by, row.person, str(word)))
            if row.denied is not None:
                unsaid.setdefault(group, []).append((row.denied, row.person, str(word)))
    smallest = smallest_shown()
    return {group: _counted(words, unsaid.get(group, ()), smallest) for group, words in said.items()}


def _counted(words: Iterable[Word], unsaid: Iterable[Word], smallest: int) -> tuple[int, int] | None:
    stood = list(as_the_last_lot_stood(words, smallest=smallest, unsaid=unsaid).values())
    parts = [stood.count(one.value) for one in (WasTold.NOT, WasTold.TOLD)]
    none, told = answers_told(parts, smallest=smallest)
    return (none, len(stood)) if none is not None and told is not None and stood else None
