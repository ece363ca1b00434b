"""What voice shows on somebody's own page: what waits for them, and the ways to be heard."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest

from alongside.interfaces.acting import address_of
from alongside.interfaces.who import actor_of
from alongside.kernel import clock
from alongside.kernel.kept import kept_question
from alongside.kernel.policy import Actor
from alongside.topics.people.models import LinkKind
from alongside.topics.people.models.bodies import offices_held
from alongside.topics.people.models.links import bodies_of, posts_of
from alongside.topics.people.policy import names_of
from alongside.topics.voice.models import Feedback, Hearing, HearingState, Note, Question
from alongside.topics.voice.models.desks import holds_q
from alongside.topics.voice.models.feedback import replies_q
from alongside.topics.voice.models.hearings import Account, Answered, Appeal, Happened, Offer, asked_q
from alongside.topics.voice.models.speaking import reads_q, wrote_q
from alongside.topics.voice.pages.hearings import OFFER_OVER, line
from alongside.topics.voice.policy import FRONTLINE

MOST = 10
HAD_A_PLACE = (HearingState.GRANTED, HearingState.PROTEST)
SHOWN_AFTER = timedelta(days=92)  # the meeting: by then what came of it is written down, on its own page


@kept_question
def _offered(actor: Actor, at: datetime) -> Any:
    """Places on an agenda that the reader, or a body of theirs, was offered and has not said yes or no to."""
    return _asked_for(actor, at).filter(_waits_for_them(at), state=HearingState.OFFERED)[:MOST]


@kept_question
def _asked(actor: Actor, at: datetime) -> Any:
    """What else the reader asked to be heard on, or a body of theirs did, the latest first."""
    return _asked_for(actor, at).exclude(_waits_for_them(at), state=HearingState.OFFERED)[:MOST]


def _waits_for_them(at: datetime) -> Q:
    """Whether an offer is still to come: to one whose day is over nobody is asked to say yes or no."""
    today = clock.day_of(at)
    waits = Offer.everything.filter(hearing=OuterRef("id"), answer=Answered.WAITING, on_day__gte=today)
    return Q(Exists(waits))


def _asked_for(actor: Actor, at: datetime) -> Any:
    return Hearing.objects.seen_by(actor, at).filter(asked_q(actor, at)).order_by("-asked_on", "id")


@kept_question
def _offices(actor: Actor, at: datetime) -> Any:
    """Whether the reader holds an office. Who holds none has nothing to answer as one."""
    return offices_held(actor.person, at).values_list("office")[:1]


@kept_question
def _managed(actor: Actor, at: datetime) -> Any:
    """Whether the reader manages a body."""
    return bodies_of(actor, at, [LinkKind.MANAGER]).values_list("organisation")[:1]


@kept_question
def _hearings(actor: Actor, at: datetime) -> Any:
    """Requests to be heard that an office of the reader's has to answer."""
    return Hearing.objects.seen_by(actor, at).filter(holds_q(actor, at), state=HearingState.ASKED)


@kept_question
def _to_tell(actor: Actor, at: datetime) -> Any:
    """Meetings of the last months at which an office of the reader's gave a place, and whose body has not
    said yet what happened."""
    said = Account.everything.filter(hearing=OuterRef("id"), is_of_body=True)
    rows = Hearing.objects.seen_by(actor, at).filter(~Exists(said), holds_q(actor, at), state__in=HAD_A_PLACE)
    today = clock.day_of(at)
    return rows.filter(meets_on__lte=today, meets_on__gte=today - SHOWN_AFTER).order_by("meets_on", "id")[
        :MOST
    ]


@kept_question
def _appeals(actor: Actor, at: datetime) -> Any:
    """Appeals that an office of the reader's has to answer."""
    return Appeal.objects.seen_by(actor, at).filter(holds_q(actor, at), answered_on=None)


@kept_question
def _questions(actor: Actor, at: datetime) -> Any:
    """Councillors' questions that an office of the reader's has to answer."""
    return Question.objects.seen_by(actor, at).filter(holds_q(actor, at), answered_on=None)


@kept_question
def _feedback(actor: Actor, at: datetime) -> Any:
    """What people told the reader's body, and nobody has replied to."""
    rows = Feedback.objects.seen_by(actor, at).filter(replies_q(actor, at))
    return rows.filter(is_for_duty=False, replied_on=None)


@kept_question
def _notes(actor: Actor, at: datetime) -> Any:
    """What practitioners spoke up about, for the reader to answer."""
    return Note.objects.seen_by(actor, at).filter(reads_q(actor), answered_on=None)


@kept_question
def _answers(actor: Actor, at: datetime) -> Any:
    """Answers to what the reader spoke up about, of which they have not said whether they will do."""
    return Note.objects.seen_by(actor, at).filter(wrote_q(actor), judged="").exclude(answered_on=None)


@kept_question
def _front_line(actor: Actor, at: datetime) -> Any:
    """The posts in which the reader works with people."""
    return posts_of(actor.person, at, FRONTLINE)


def offers_panel(request: HttpRequest) -> tuple[str, dict[str, Any]] | None:
    """Places on an agenda that wait for the reader’s yes or no."""
    actor = actor_of(request)
    if actor.person is None or actor.only is not None:
        return None
    offers = _lines(_offered(actor), actor)
    return ("voice/parts/offers_panel.html", {"offers": offers}) if offers else None


def _lines(rows: list[Hearing], actor: Actor) -> list[dict[str, Any]]:
    names = names_of({one for row in rows for one in (row.organisation, row.body)})
    return [line(row, names, actor) for row in rows]


def _is_of_now(row: Hearing) -> bool:
    """Whether a request to be heard is still to come, or so lately past that there may be more to do."""
    return bool(row.meets_on >= clock.today() - SHOWN_AFTER)


def _mine(actor: Actor, rows: list[Hearing]) -> list[dict[str, Any]]:
    """What the reader asked to be heard on. Once the meeting is over each says what happened there, and reads
    what the other said."""
    over = [row.id for row in rows if row.state in HAD_A_PLACE and row.meets_on <= clock.today()]
    told = Account.objects.seen(actor, "made_by", hearing=over, is_of_body=True) if over else []
    of_body = {one.hearing: Happened(one.happened).label for one in told}
    return [
        {
            **shown,
            **({"state": OFFER_OVER} if row.state == HearingState.OFFERED else {}),
            "appeal": address_of("voice.refusal_appealed", hearing=row.id, next="/")
            if row.state == HearingState.REFUSED and row.meets_on >= clock.today()
            else "",
            "of_body": of_body.get(row.id, ""),
            "tell": address_of("voice.hearing_told", hearing=row.id)
            if row.id in over and not row.happened
            else "",
        }
        for row, shown in zip(rows, _lines(rows, actor), strict=True)
    ]


def own_panel(request: HttpRequest) -> tuple[str, dict[str, Any]] | None:
    """Their own requests, what their office has to answer, and where to go to be heard."""
    actor = actor_of(request)
    if actor.person is None or actor.only is not None:
        return None
    mine = [row for row in _asked(actor) if _is_of_now(row)]
    holds = bool(_offices.count(actor))
    replies = holds or bool(_managed.count(actor))
    hearings, notes = _hearings(actor) if holds else [], _notes(actor)
    appeals = _appeals(actor) if holds else []
    context = {
        "mine": _mine(actor, mine),
        "to_tell": _to_tell(actor) if holds else [],
        "hearings": len(hearings),
        "to_offer": hearings[:MOST],
        "hearings_by": min((row.answer_due_on for row in hearings), default=None),
        "appeals": len(appeals),
        "to_look_again": appeals[:MOST],
        "appeals_by": min((row.due_on for row in appeals), default=None),
        "questions": _questions.count(actor) if holds else 0,
        "feedback": _feedback.count(actor) if replies else 0,
        "notes": len(notes),
        "notes_by": min((row.due_on for row in notes), default=None),
        "answers": _answers.count(actor),
        "is_frontline": bool(_front_line.count(actor)),
        "today": clock.today(),
    }
    waits = ("hearings", "to_tell", "appeals", "questions", "feedback", "notes", "answers")
    context["is_quiet"] = not mine and not any(context[each] for each in waits)
    return "voice/parts/own_panel.html", context
