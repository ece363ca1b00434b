"""Who may ask, offer, refuse, appeal, answer and speak up, and the counts that others may be told."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.kernel import clock, rules
from alongside.kernel.pack import Pack
from alongside.kernel.policy import Actor, actor_rule, rule
from alongside.kernel.pseudonyms import person_behind
from alongside.topics.people.models.bodies import Office
from alongside.topics.people.models.kinds import LinkKind
from alongside.topics.people.models.links import Link, Team, live, posts_of
from alongside.topics.people.policy import holders_of, now_is, same_line, smallest_shown
from alongside.topics.voice.engine import middle, shown, shown_parts
from alongside.topics.voice.models import (
    Appeal,
    Channel,
    Desk,
    Feedback,
    Hearing,
    HearingState,
    Judged,
    Note,
    Offer,
    Purpose,
    Question,
    Reader,
    Result,
    Way,
)
from alongside.topics.voice.models.desks import holds_q, of_body_q, runs_q, seated_q
from alongside.topics.voice.models.feedback import gave_q, replies_q
from alongside.topics.voice.models.hearings import asked_q
from alongside.topics.voice.models.questions import answers_q
from alongside.topics.voice.models.speaking import reads_q, wrote_q

FRONTLINE = (LinkKind.PRACTITIONER, LinkKind.PROVIDER_STAFF)
MONTHS_COUNTED = 12


def pack_on(day: date) -> Pack:
    """The rules of the place on a day."""
    return rules.on(settings.JURISDICTION, day)


def working_days_between(first: date, last: date) -> int:
    """How many working days it took: the first day is not counted, the last one is."""
    steps = (first + timedelta(days=step) for step in range(1, (last - first).days + 1))
    return sum(clock.is_working_day(day, settings.JURISDICTION) for day in steps)


# Who may --------------------------------------------------------------------------------------------


@rule(_("a manager of that body"))
def who_runs_it(actor: Actor, at: datetime) -> Q:
    """For commands judged on an organisation."""
    return runs_q(actor, at, "pk")


@rule(_("a manager of that body"))
def who_runs_its_body(actor: Actor, at: datetime) -> Q:
    """For commands judged on a row that names its organisation."""
    return runs_q(actor, at)


@actor_rule(_("someone who has signed in"))
def somebody(actor: Actor) -> bool:
    return actor.person is not None and actor.only is None


@rule(_("those who asked to be heard"))
def who_asked(actor: Actor, at: datetime) -> Q:
    return asked_q(actor, at)


@rule(_("the office that answers for the agenda, or a manager there"))
def the_agenda(actor: Actor, at: datetime) -> Q:
    return holds_q(actor, at) | runs_q(actor, at)


@rule(_("the office that was asked to look again"))
def the_appeal_office(actor: Actor, at: datetime) -> Q:
    """For commands judged on a hearing: whoever holds the office of its open appeal."""
    mine = Appeal.everything.filter(holds_q(actor, at), answered_on=None).values("hearing")
    return Q(id__in=mine)


@rule(_("someone who works for that body or belongs to it"))
def of_the_body(actor: Actor, at: datetime) -> Q:
    """For commands judged on an organisation."""
    return of_body_q(actor, at, "pk")


@rule(_("someone who works for that body or belongs to it"))
def of_its_body(actor: Actor, at: datetime) -> Q:
    """For commands judged on a row that names its organisation."""
    return of_body_q(actor, at, "organisation")


@rule(_("the office that replies to feedback, or a manager there"))
def who_replies(actor: Actor, at: datetime) -> Q:
    return replies_q(actor, at) & Q(is_for_duty=False)


@rule(_("whoever gave it, with their code"))
def who_gave_it(actor: Actor, at: datetime) -> Q:
    return gave_q(actor)


@actor_rule(_("someone who works with people at the front line"))
def at_the_front_line(actor: Actor) -> bool:
    if actor.person is None or actor.only is not None:
        return False
    return posts_of(actor.person, clock.now(), FRONTLINE).exists()


@rule(_("whoever wrote it"))
def who_wrote_it(actor: Actor, at: datetime) -> Q:
    return wrote_q(actor)


@rule(_("the office it was written to, outside the writer’s own line"))
def who_reads_it(actor: Actor, at: datetime) -> Q:
    return reads_q(actor)


@rule(_("a councillor of that council"))
def a_councillor_there(actor: Actor, at: datetime) -> Q:
    """For commands judged on an organisation."""
    return seated_q(actor, at, "pk")


@rule(_("the office that was asked, or a manager there"))
def who_answers(actor: Actor, at: datetime) -> Q:
    return answers_q(actor, at)


def is_councillor(actor: Actor, at: datetime) -> bool:
    """Whether this is an elected member somewhere here."""
    if actor.person is None or actor.only is not None:
        return False
    return bool(posts_of(actor.person, at, [LinkKind.COUNCILLOR]).exists())


# Speaking up: what is verified, what is shown, and who may read -----------------------------------------


def standing_of(person: UUID, at: datetime) -> tuple[str, UUID | None] | None:
    """(what they do, the large team or body of which that may be said), from live posts; None without one.

    A team is named only where so many do this work that it points to nobody. Their own team never is.
    """
    posts = list(posts_of(person, at, FRONTLINE).order_by("opens_at"))
    if not posts:
        return None
    post = posts[0]
    least = smallest_shown(clock.day_of(at))
    for area in (_largest_team(post.team), post.organisation):
        if area is not None and area != post.team and _how_many(area, post.kind, at) >= least:
            return post.kind, area
    return post.kind, None


def _largest_team(team: UUID | None) -> UUID | None:
    above, seen = dict(Team.everything.values_list("id", "above")), set[UUID]()
    while team is not None and above.get(team) is not None and team not in seen:
        seen.add(team)
        team = above[team]
    return team


def _how_many(area: UUID, kind: str, at: datetime) -> int:
    """How many people do this work in a body, or in a large team and those within it."""
    inside = {area}
    for _step in range(8):
        more = set(Team.everything.filter(above__in=inside).values_list("id", flat=True))
        if more <= inside:
            break
        inside |= more
    staff = Link.everything.filter(live(at), other=None, kind=kind)
    return staff.filter(Q(team__in=inside) | Q(organisation=area)).values("person").distinct().count()


def readers_for(office: UUID, writer: UUID, at: datetime) -> list[UUID]:
    """Who may read what this writer sends to an office: its holders, but none from the writer's own line."""
    return sorted(one for one in holders_of(office, at) if not same_line(one, writer, at))


def open_desks(writer: UUID, at: datetime) -> list[UUID]:
    """The offices that this practitioner can speak up to: somebody there is outside their line."""
    desks = Desk.everything.filter(purpose=Purpose.SPEAK_UP, ended_at=None).order_by("since", "id")
    offices = dict.fromkeys(desks.values_list("office", flat=True))
    return [office for office in offices if readers_for(office, writer, at)]


def readers_now(note: UUID) -> list[UUID]:
    """Who may read a note now."""
    rows = Reader.everything.filter(note=note, ended_on=None)
    return sorted(rows.values_list("person", flat=True))


def readers_wanted(note: Note, at: datetime) -> list[UUID]:
    """Who should be able to read a note, by the offices and lines of this moment."""
    writer = person_behind(note.said_by)
    return readers_now(note.id) if writer is None else readers_for(note.office, now_is(writer), at)


# Speaking up: what elected members are shown ------------------------------------------------------------


def themes_for_members(today: date) -> list[tuple[str, int | None]]:
    """(theme, how many different people spoke of it), over the twelve whole months that are over.

    Whole months only, so that nobody can tell on which day a number grew. A few is None; themes of which
    nobody spoke are left out. Who they are is looked up to count each once, and then forgotten.
    """
    last = today.replace(day=1)
    first = last.replace(year=last.year - MONTHS_COUNTED // 12)
    notes = Note.everything.filter(to_members=True, said_on__gte=first, said_on__lt=last)
    people: defaultdict[str, set[UUID]] = defaultdict(set)
    for theme, pseudonym in notes.values_list("theme", "said_by"):
        writer = person_behind(pseudonym)
        people[theme].add(now_is(writer) if writer is not None else pseudonym)
    names = [code for code, _name in pack_on(today).choices("voice.speak_up.themes") if people.get(code)]
    parts, _total = shown_parts([len(people[code]) for code in names], smallest=smallest_shown(today))
    return list(zip(names, parts, strict=True))


def overdue_notes(today: date) -> dict[UUID, int]:
    """For each office, how many notes wait past their day."""
    found: defaultdict[UUID, int] = defaultdict(int)
    for office in Note.everything.filter(answered_on=None, due_on__lt=today).values_list("office", flat=True):
        found[office] += 1
    return dict(found)


def offices_of_bodies(offices: Iterable[UUID]) -> dict[UUID, UUID]:
    """The body that each office is of."""
    return dict(Office.everything.filter(id__in=list(offices)).values_list("id", "organisation"))


# Public counts. They look at everything, so that nothing is counted under a filter, and give numbers only. --


@dataclass(frozen=True)
class HearingCounts:
    """The register of hearings in numbers: the open ones, which are listed, and the private ones apart."""

    whole: int = 0
    partly: int = 0
    leaflets: int = 0
    waiting: int = 0
    refused: int = 0
    withdrawn: int = 0
    appealed: int = 0
    ever_refused: int = 0
    minutes_asked: int = 0
    minutes_granted: int = 0
    days: int | None = None
    days_of_offers: int | None = None  # from asking to the offer that stood last
    days_of_appeals: int | None = None  # from an appeal to its answer
    of_user_led: int = 0
    private: tuple[tuple[str, int | None], ...] = ()  # by outcome, counted apart; a few is None
    private_total: int | None = 0

    @property
    def asked(self) -> int:
        return self.whole + self.partly + self.leaflets + self.waiting + self.refused + self.withdrawn


OUTCOMES = ("whole", "partly", "leaflets", "waiting", "refused", "withdrawn")


def hearing_counts(today: date) -> HearingCounts:
    """How requests to be heard fared. Each open one is on the list, so from a sum of all the private ones
    would follow: they are counted apart, and none of their numbers is of a few people."""
    rows = list(Hearing.everything.order_by("id"))
    private = Counter(outcome_of(row) for row in rows if not row.is_open)
    counted = [row for row in rows if row.is_open]
    parts, total = shown_parts([private[name] for name in OUTCOMES], smallest=smallest_shown(today))
    standing = Counter(outcome_of(row) for row in counted)
    granted = [row for row in counted if outcome_of(row) in ("whole", "partly")]
    ids = [row.id for row in counted]
    return HearingCounts(
        **{name: standing[name] for name in OUTCOMES},
        appealed=Appeal.everything.filter(hearing__in=ids).values("hearing").distinct().count(),
        ever_refused=sum(row.was_refused for row in counted),
        minutes_asked=sum(row.minutes_asked for row in counted),
        minutes_granted=sum(row.minutes_granted or 0 for row in granted),
        days=middle(row.days_taken for row in counted if row.days_taken is not None),
        days_of_offers=middle(_days_of_offers(counted)),
        days_of_appeals=middle(_days_of_appeals(ids)),
        of_user_led=sum(row.is_user_led for row in counted),
        private=tuple(zip(OUTCOMES, parts, strict=True)) if private else (),
        private_total=total,
    )


def _days_of_offers(rows: Sequence[Hearing]) -> Iterable[int]:
    """For each request with an offer, the working days until the last one: what an answer really took."""
    asked = {row.id: row.asked_on for row in rows}
    made = Offer.everything.filter(hearing__in=list(asked)).order_by("offered_on", "made_by")
    last = dict(made.values_list("hearing", "offered_on"))
    return [working_days_between(asked[one], day) for one, day in last.items()]


def _days_of_appeals(hearings: Sequence[UUID]) -> Iterable[int]:
    rows = Appeal.everything.filter(hearing__in=hearings, answered_on__isnull=False)
    return [working_days_between(*days) for days in rows.values_list("appealed_on", "answered_on")]


def outcome_of(row: Hearing) -> str:
    """How a request stands, by what was granted: "whole" is all they asked for, in their own voice.

    Leaflets, or no minute at all, are no grant: nobody is heard by them.
    """
    if row.state in (HearingState.GRANTED, HearingState.PROTEST):
        if row.way_granted == Way.LEAFLETS or not row.minutes_granted:
            return "leaflets"
        own_voice = row.way_granted in (Way.IN_PERSON, Way.VIDEO)
        return "whole" if own_voice and (row.minutes_granted or 0) >= row.minutes_asked else "partly"
    if row.state in (HearingState.REFUSED, HearingState.APPEALED):
        return "refused"
    return "withdrawn" if row.state == HearingState.WITHDRAWN else "waiting"


@dataclass(frozen=True)
class FeedbackCounts:
    """Feedback in numbers, as anyone may see them: a few is None."""

    results: tuple[int | None, ...]  # did, partly, did not, no reply yet
    total: int | None
    overdue: int | None
    days: int | None
    channels: tuple[tuple[str, int | None], ...]
    judged: tuple[int | None, ...]  # yes, partly, no


def feedback_counts(today: date, *, ward: UUID | None = None) -> FeedbackCounts:
    """What became of feedback. What the duty team has is not counted here."""
    rows = Feedback.everything.filter(is_for_duty=False)
    rows = rows if ward is None else rows.filter(ward=ward)
    least = smallest_shown(today)
    found = list(rows.values_list("result", "channel", "judged", "days_taken", "replied_on", "due_on"))
    results = Counter(row[0] for row in found)
    channels = Counter(row[1] for row in found)
    judged = Counter(row[2] for row in found)
    parts, total = shown_parts([results[name] for name in (*Result.values, "")], smallest=least)
    by_way, _all = shown_parts([channels[name] for name in Channel.values], smallest=least)
    answers, _all = shown_parts([judged[name] for name in Judged.values], smallest=least)
    late = sum(row[4] is None and row[5] < today for row in found)
    taken = [row[3] for row in found if row[3] is not None]
    return FeedbackCounts(
        tuple(parts),
        total,
        shown(late, smallest=least),
        middle(taken) if len(taken) >= least else None,
        tuple(zip(Channel.values, by_way, strict=True)),
        tuple(answers),
    )


def waiting_to_be_shown(today: date) -> list[tuple[UUID, date]]:
    """Bodies that have not said in time whether words their giver lets all read may be shown; since when."""
    open_words = Feedback.everything.filter(
        may_be_shown=True, is_shown=False, moderation="", is_for_duty=False
    )
    wait = rules.on(settings.JURISDICTION, today)
    first: dict[UUID, date] = {}
    for body, said_on in open_words.order_by("said_on", "id").values_list("organisation", "said_on"):
        if wait.due("problem.words_wait_days", said_on) < today:
            first.setdefault(body, said_on)
    return list(first.items())


def overdue_of_body(body: UUID, today: date) -> dict[str, int]:
    """How many of a body's answers are late, of those that anyone may count: open hearings and questions."""
    hearings = Hearing.everything.filter(
        organisation=body, is_open=True, answered_on=None, answer_due_on__lt=today
    ).exclude(state=HearingState.WITHDRAWN)
    questions = Question.everything.filter(
        organisation=body, is_about_a_life=False, answered_on=None, due_on__lt=today
    )
    return {"hearings": hearings.count(), "questions": questions.count()}
