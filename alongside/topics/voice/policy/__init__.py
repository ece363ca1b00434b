"""Who may ask, offer, refuse, appeal, answer and speak up, and the counts that others may be told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.kernel import clock, rules
from alongside.kernel.few import number_told
from alongside.kernel.policy import Actor, actor_rule, rule
from alongside.kernel.pseudonyms import person_behind
from alongside.topics.people.models.bodies import Office
from alongside.topics.people.models.kinds import LinkKind
from alongside.topics.people.models.links import Link, Team, live, posts_of
from alongside.topics.people.policy import holders_of, looks_at_words_q, now_is, same_line, smallest_shown
from alongside.topics.voice.models import Appeal, Desk, Note, Purpose, Reader
from alongside.topics.voice.models.desks import holds_q, of_body_q, runs_q, seated_q
from alongside.topics.voice.models.feedback import gave_q, replies_q
from alongside.topics.voice.models.hearings import asked_q
from alongside.topics.voice.models.questions import answers_q
from alongside.topics.voice.models.resolutions import looks_at_quotes_q
from alongside.topics.voice.models.speaking import reads_q, wrote_q

FRONTLINE = (LinkKind.PRACTITIONER, LinkKind.PROVIDER_STAFF)
MONTHS_COUNTED = 12


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


@rule(_("someone of the body it is about, or of a user-led organisation"))
def reads_feedback_first(actor: Actor, at: datetime) -> Q:
    """Of what its giver keeps from everyone, only those who reply know: they are told that it stays so."""
    sees = Q(may_be_shown=True) | replies_q(actor, at)
    return looks_at_words_q(actor, at) & sees & Q(is_for_duty=False)


@rule(_("someone of the body it is about, of a user-led organisation, or of a duty team if there is but one"))
def reads_quotes_first(actor: Actor, at: datetime) -> Q:
    """For commands judged on a resolution. What its body keeps to itself nobody outside reads first."""
    return looks_at_quotes_q(actor, at) & Q(is_open=True)


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
    names = [code for code, _name in rules.here(today).choices("voice.speak_up.themes") if people.get(code)]
    least = smallest_shown(today)
    return [(code, number_told(len(people[code]), smallest=least)) for code in names]


def overdue_notes(today: date) -> dict[UUID, int]:
    """For each office, how many notes wait past their day."""
    found: defaultdict[UUID, int] = defaultdict(int)
    for office in Note.everything.filter(answered_on=None, due_on__lt=today).values_list("office", flat=True):
        found[office] += 1
    return dict(found)


def offices_of_bodies(offices: Iterable[UUID]) -> dict[UUID, UUID]:
    """The body that each office is of."""
    return dict(Office.everything.filter(id__in=list(offices)).values_list("id", "organisation"))
