"""The numbers of a place, counted from its own rows: decisions made and promises due in one whole month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db.models import Case, CharField, Count, Exists, OuterRef, Q, Value, When
from django.utils.translation import gettext_lazy as _

from alongside.home.counting import Figure, Figures, one, protected, whole_month_before
from alongside.interfaces import chart
from alongside.kernel import clock
from alongside.kernel.few import Added
from alongside.kernel.policy import THE_CLOCK
from alongside.topics.decisions.models import AgreedWord, Decision, Ground, SaysAgreed, State, Telling, View
from alongside.topics.people.policy import smallest_shown
from alongside.topics.promises.engine import Protected
from alongside.topics.promises.policy.counting import public_counts
from alongside.topics.promises.policy.overdue import came_due

KEPT_FOR = 60 * 60  # seconds: a month that is over hardly changes, and counting it reads much
OPEN, SMALL, TYPED, OWN, LAW, HEARD = "open", "small", "typed", "own", "law", "heard"

HOW = {
    HEARD: _("after the person or their advocate gave an answer"),
    SMALL: _("small things, agreed by two; the person said so, or someone checked it with them"),
    TYPED: _("small things that a worker wrote down as agreed; the person has not said so"),
    OWN: _("by the person alone, about their own life"),
    LAW: _("on a legal reason, without an answer"),
}
PLACE_HOW = {
    HEARD: _("after the people it affects had answered"),
    OPEN: _("without them, with the reason in the open"),
}


@dataclass(frozen=True)
class Month:
    """One whole month of the place."""

    first: date
    last: date
    lives: Figures  # decisions about somebody's life
    places: dict[str, int]  # decisions about services and places: these are open to all, so they are exact
    urgent: Figure  # help that started at once
    unanswered: Figure  # people from whom there was no answer yet when the month ended
    promises: Protected
    came_due: Added  # how many promises that was; people answer, so answers are another number

    @property
    def due(self) -> int | None:
        """How many promises came due, where that points to nobody."""
        return self.came_due.told

    @property
    def more_due(self) -> bool:
        """Whether more came due than the figures speak of: on the others the answers are too few to show."""
        found = self.promises
        more = not self.came_due.is_whole or self.came_due.number > (found.of or 0)
        return bool(found.parts and found.of and more)

    @property
    def decided(self) -> int | None:
        """How many decisions there were, of both kinds."""
        return None if self.lives.total is None else self.lives.total + sum(self.places.values())


def last_month() -> Month:
    """The last month that is over, counted at most once an hour."""
    return month_of(whole_month_before(clock.today()))


def month_of(days: tuple[date, date]) -> Month:
    """One month, from the shelf or counted anew."""
    key = f"month:{settings.DATABASES['default'].get('NAME')}:{days[0]}"
    found: Month | None = cache.get(_safe(key))
    if found is None:
        found = count_month(*days)
        cache.set(_safe(key), found, KEPT_FOR)
    return found


def _safe(key: str) -> str:
    return "".join(letter if letter.isalnum() else "-" for letter in key)[-200:]


def count_month(first: date, last: date) -> Month:
    """Count a month. It looks at every row, whoever asks, and gives numbers only."""
    begin, end = clock.due_end_of_day(first - timedelta(days=1)), clock.due_end_of_day(last)
    smallest = smallest_shown(last)
    rows = Decision.objects.seen_by(THE_CLOCK)
    made = rows.filter(decided_at__gt=begin, decided_at__lte=end)
    lives = _counted(made.filter(about="person").annotate(how=_how_it_was_made(end)))
    places = _counted(
        made.filter(about="place").annotate(
            how=Case(
                When(is_without_them=True, then=Value(OPEN)), default=Value(HEARD), output_field=CharField()
            )
        )
    )
    urgent = rows.filter(size="urgent", help_started_at__gt=begin, help_started_at__lte=end).count()
    which = Q(person__isnull=False, first_due_on__gte=first, first_due_on__lte=last)
    return Month(
        first=first,
        last=last,
        lives=protected(lives, smallest=smallest),
        places=places,
        urgent=one(urgent, smallest=smallest),
        unanswered=one(_unanswered(rows, end), smallest=smallest),
        promises=public_counts(which),
        came_due=came_due(which),
    )


def _how_it_was_made(end: datetime) -> Case:
    """How each was made, by what the record said when its month ended: no count changes later."""
    at_the_time = Ground.objects.seen_by(THE_CLOCK).filter(
        decision=OuterRef("pk"),
        recorded_at__lte=OuterRef("decided_at"),
        expires_at__gt=OuterRef("decided_at"),
    )
    return Case(
        When(is_own=True, then=Value(OWN)),
        When(Q(size="everyday") & _borne_out(end), then=Value(SMALL)),
        When(size="everyday", then=Value(TYPED)),
        When(Exists(at_the_time), then=Value(LAW)),
        default=Value(HEARD),
        output_field=CharField(),
    )


def _borne_out(end: datetime) -> Q:
    """That the person says so, or their advocate; or that somebody beside the worker checked it with them.

    To have read it is not to have agreed it. Once they said that it was not so, nothing bears it out.
    """
    told = Telling.objects.seen_by(THE_CLOCK).filter(decision=OuterRef("pk"), person=OuterRef("person"))
    said = View.objects.seen_by(THE_CLOCK).filter(
        decision=OuterRef("pk"), person=OuterRef("person"), typist=None, said_at__lte=end
    )
    checked = Q(Exists(told.filter(confirmed_at__lte=end))) | Q(Exists(said))
    denied = words_of_agreement(end).exclude(said=SaysAgreed.YES)
    return Q(Exists(words_of_agreement(end).filter(said=SaysAgreed.YES))) | (checked & ~Q(Exists(denied)))


def words_of_agreement(end: datetime) -> Any:
    """What counted, at a moment, of what people said about small things: for a subquery on decisions."""
    words = AgreedWord.objects.seen_by(THE_CLOCK).filter(
        is_sure=True, said__in=SaysAgreed.answers(), said_at__lte=end
    )
    at_once = Q(said_at=OuterRef("said_at"), place__gt=OuterRef("place"))
    later = words.filter(Q(said_at__gt=OuterRef("said_at")) | at_once, decision=OuterRef("decision"))
    return words.filter(~Exists(later), decision=OuterRef("pk"))


def _counted(rows: Any) -> dict[str, int]:
    counted = dict(rows.order_by().values_list("how").annotate(number=Count("id")))
    return {name: counted[name] for name in (*HOW, OPEN) if name in counted}


def _unanswered(rows: Any, end: datetime) -> int:
    said = View.objects.seen_by(THE_CLOCK).filter(
        decision=OuterRef("pk"), person=OuterRef("person"), said_at__lte=end
    )
    waiting = rows.filter(about="person", is_own=False, raised_at__lte=end)
    waiting = waiting.exclude(state__in=[State.WITHDRAWN, State.RESTED])
    waiting = waiting.filter(Q(decided_at=None) | Q(decided_at__gt=end)).exclude(size="everyday")
    return int(waiting.exclude(Exists(said)).count())


# How they are told --------------------------------------------------------------------------------


def said_of(figures: Figures) -> list[dict[str, Any]]:
    """Each part with its words: for the list and for the table."""
    return [{"figure": part, "how": HOW[part.name]} for part in figures.parts]


def said_of_places(places: dict[str, int]) -> list[dict[str, Any]]:
    """The same for services and places."""
    return [{"figure": Figure(name, number), "how": PLACE_HOW[name]} for name, number in places.items()]


NAMES = {
    "kept": _("kept"),
    "partly": _("partly kept"),
    "not_kept": _("not kept"),
    "too_early": _("too early to say"),
    "no_longer": _("no longer matters"),
    "no_answer": _("no answer yet"),
}


def promise_rows(found: Protected) -> list[tuple[Any, int]]:
    """(what the answers were, how many) as strangers may see them; several answers taken together if few."""
    together = {1: "", 2: _("partly or not kept"), 3: _("too early, no longer matters, or no answer yet")}
    return [
        (NAMES[part.of[0]] if len(part.of) == 1 else together[len(part.of)], part.number)
        for part in found.parts
    ]


def promise_bar(found: Protected, due: int | None) -> chart.Bar | None:
    """The promises that were due, drawn; nothing where there are too few."""
    if not found.parts:
        return None
    if found.is_whole:
        number = {part.of[0]: part.number for part in found.parts}
        return chart.kept_bar(
            kept=number["kept"],
            partly=number["partly"],
            not_kept=number["not_kept"],
            no_answer=number["no_answer"],
            too_early=number["too_early"],
            no_longer_matters=number["no_longer"],
            promises=due,
        )
    looks = {1: "kept", 2: "partly", 3: "no-answer"}
    parts = [
        chart.Part(words, number, looks[len(part.of)])
        for part, (words, number) in zip(found.parts, promise_rows(found), strict=True)
    ]
    sentence = _("What people said of the promises to them is in the list.")
    return chart.bar(parts, name=_("What people said about the promises made to them"), sentence=sentence)


def months_before(first: date, many: int) -> list[tuple[date, date]]:
    """Whole months, the latest first, before a month that begins on `first`."""
    found = []
    for _each in range(many):
        first, last = whole_month_before(first)
        found.append((first, last))
    return found
