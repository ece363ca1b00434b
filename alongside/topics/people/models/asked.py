"""That somebody outside was asked, by a day: what every table of such askings has in common.

Somebody is asked. By a day they answer, say that they cannot, or say nothing; then it is the next one’s
turn, and nobody is asked twice. Each table says which of its columns is which, and who sees a row: that is
its own, and no two are alike.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date, datetime, timedelta
from typing import Any, ClassVar, Protocol, Self
from uuid import UUID

from django.db import models
from django.db.models import Count, F, Q, QuerySet, UUIDField, Value

from alongside.kernel.command import Recorded
from alongside.kernel.now import Now

LATELY = timedelta(days=28)  # who was asked in these days has had a turn
MOST_AT_ONCE = 3  # so many at most see something by this: whoever was asked before them sees it no more
MOST_IN_ALL = 6  # so many at most are asked of one thing: a life is not shown to ever more people


class Outside(Protocol):
    """Everyone who stands outside of a line."""

    def __contains__(self, who: UUID, /) -> bool: ...


class AskedOutside(Now):
    """One who was asked from outside. `OF` names the column of what they were asked about, `WHO` that of who
    it is, and `UNTIL` that of the moment from which on they are asked no more."""

    OF: ClassVar[str]
    WHO: ClassVar[str]
    UNTIL: ClassVar[str]

    office = models.UUIDField(null=True)  # by which they are asked, if by one
    asked_at = models.DateTimeField()

    class Meta:
        abstract = True
        base_manager_name = "everything"

    @property
    def who(self) -> UUID:
        who: UUID = getattr(self, self.WHO)
        return who

    @property
    def is_asked_still(self) -> bool:
        return getattr(self, self.UNTIL) is None

    @classmethod
    def tables(cls) -> list[type[AskedOutside]]:
        """Every such table, by its name."""
        return sorted(cls.__subclasses__(), key=lambda each: each._meta.label)

    # Reading ----------------------------------------------------------------------------------------

    @classmethod
    def asked_of(cls, thing: UUID) -> QuerySet[Self]:
        """All who were asked about one thing, the first one first."""
        found: QuerySet[Self] = cls.everything.filter(**{cls.OF: thing}).order_by("asked_at", "id")
        return found

    @classmethod
    def asked_now(cls, thing: UUID) -> QuerySet[Self]:
        """Those of them who are asked now."""
        return cls.asked_of(thing).filter(**{cls.UNTIL: None})

    @classmethod
    def who_was_asked(cls, thing: UUID) -> set[UUID]:
        """Whoever was ever asked about it: nobody is asked twice."""
        return {row.who for row in cls.asked_of(thing)}

    @classmethod
    def is_turn(cls) -> Q:
        """Which rows are somebody’s turn, and no wish of a person."""
        return Q()

    @classmethod
    def is_to_do(cls) -> Q:
        """Which rows wait for whoever is asked."""
        return Q(**{cls.UNTIL: None})

    @classmethod
    def asked_for_by(cls) -> Any:
        """Whoever asked that somebody is asked: a column, or what gives it. None where no line did."""
        return F("asked_by") if any(field.name == "asked_by" for field in cls._meta.fields) else None

    # Writing, for `apply` ---------------------------------------------------------------------------

    @classmethod
    def make_room(cls, thing: UUID, entry: Recorded) -> None:
        """One more is asked: of those who were asked before, so many see it no more that few do at once."""
        still = list(cls.asked_now(thing))
        cls.end(still[: max(len(still) - MOST_AT_ONCE + 1, 0)], entry)

    @classmethod
    def let_go(cls, thing: UUID, entry: Recorded, *, but: UUID | None) -> None:
        """It is settled, and nobody but whoever settled it sees anything by it any more."""
        cls.end((row for row in list(cls.asked_now(thing)) if row.who != but), entry)

    @classmethod
    def pass_on(cls, thing: UUID, entry: Recorded) -> None:
        """Whoever does this cannot, and sees it no more."""
        cls.end((row for row in list(cls.asked_now(thing)) if row.who == entry.by), entry)

    @classmethod
    def end(cls, rows: Iterable[Self], entry: Recorded) -> None:
        for row in rows:
            row.change(entry, **{cls.UNTIL: entry.at})


def were_enough(asked: Collection[UUID]) -> bool:
    """Whether so many were asked about one thing that nobody more is."""
    return len(asked) >= MOST_IN_ALL


def is_next_ones_turn(
    asked: Iterable[AskedOutside],
    today: date,
    *,
    is_able: Callable[[UUID], bool] = lambda who: True,
    day_of: Callable[[Any], date | None] = lambda row: row.answer_by,
) -> bool:
    """Whether nobody who was asked has time left, and stands outside still: then the clock asks the next one.
    One who has no day yet has time."""
    with_time = (row for row in asked if (day := day_of(row)) is None or day >= today)
    return not any(row.is_asked_still and is_able(row.who) for row in with_time)


def turns_had(people: Collection[UUID], moment: datetime, outside: Outside) -> dict[UUID, int]:
    """How many such things each of these has to do now, or was asked lately, of whatever kind: they are asked
    of the same people. Only what others asked for counts, who stand `outside` of a line: else a line would
    ask of many small things first, until a friend of theirs is the one who has had the fewest."""
    had: dict[UUID, int] = dict.fromkeys(people, 0)
    for table in AskedOutside.tables():
        rows = table.everything.filter(table.is_turn(), **{f"{table.WHO}__in": list(people)})
        rows = rows.filter(Q(asked_at__gte=moment - LATELY) | table.is_to_do())
        rows = rows.annotate(by_whom=table.asked_for_by() or Value(None, output_field=UUIDField()))
        counted = rows.values_list(table.WHO, "by_whom").annotate(many=Count("id"))
        for who, by, many in counted.order_by(table.WHO, "by_whom"):
            if by is None or by in outside:
                had[who] += many
    return had
