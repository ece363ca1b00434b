"""Voice, said a second time: who sees and who may, by plain rules over plain facts; and its story."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.kernel.policy import NOBODY
from alongside.kernel.pseudonyms import person_behind
from alongside.topics.voice import commands
from alongside.topics.voice.models import Resolution
from tests.voice import acts
from tests.world import Cast

if TYPE_CHECKING:
    from tests.proof.oracle import Facts, Who

Row = Any
See = Callable[["Facts", Row, "Who"], bool]
FRONTLINE = {"priya", "omar", "dee", "mina", "sol", "tom"}
LINES = {"priya": {"priya", "ken", "june"}, "omar": {"omar", "june"}, "dee": {"dee", "june"}}
MANAGERS = {"council": {"june", "ken"}, "ulo": {"ana"}}
COUNCILLORS = {"council": {"boyd"}}


def happens(cast: Cast) -> None:
    """One of each: an open request and a private one, resolutions, feedback, notes and questions."""
    acts.offices(cast)
    do(commands.NameDesk(organisation=cast.council, purpose="feedback", office=acts.SCRUTINY), by=cast.june)
    ward = do(commands.NameWard(organisation=cast.council, name="North"), by=cast.june).thing
    do(commands.SeatCouncillor(ward=ward, councillor=cast.boyd.person), by=cast.june)
    _hearings(cast)
    _resolutions(cast)
    for shown in (True, False):
        given = commands.GiveFeedback(
            organisation=cast.council, words="Heat the hall.", may_be_shown=shown, contact="Flat 3", ward=ward
        )
        pk = do(given, by=NOBODY).thing
        reply = commands.ReplyToFeedback(feedback=pk, result="did", because="It is heated.")
        do(reply, by=cast.june)
        if shown:
            do(commands.ModerateFeedback(feedback=pk, is_shown=True), by=cast.june)
    do(commands.GiveFeedback(organisation=cast.council, words="Is she safe?", is_unsafe=True), by=NOBODY)
    note = acts.spoke_up(cast).thing
    do(commands.AnswerNote(note=note, words="It goes back."), by=cast.sol)
    acts.spoke_up(cast, by=cast.omar)
    for private in (False, True):
        ask = commands.AskAsCouncillor(
            organisation=cast.council,
            office=cast.junes_office,
            words="How many wait?",
            is_about_a_life=private,
            ward=ward,
        )
        row = do(ask, by=cast.boyd).thing
        do(commands.AnswerQuestion(question=row, answer="Nine.", evidence="Counted."), by=cast.june)


def _hearings(cast: Cast) -> None:
    opened = acts.asked(cast)
    offer = acts.offered(cast, opened)
    do(commands.AnswerOffer(hearing=opened, offer=offer, answer="protest"), by=cast.ana)
    own = acts.asked(cast, cast.rosa, name_of="one", body=None, is_open=False)
    do(commands.RefuseHearing(hearing=own, reasons="Full.", would_change="Time."), by=cast.june)
    do(commands.AppealRefusal(hearing=own, office=acts.SCRUTINY), by=cast.rosa)
    today = acts.asked(cast, cast.lena, name_of="one", body=None, is_open=False, meets_on=clock.today())
    do(commands.TellWhatHappened(hearing=today, happened="not_heard"), by=cast.lena)
    do(commands.TellAsTheBody(hearing=today, happened="read_out"), by=cast.june)


def _resolutions(cast: Cast) -> None:
    for is_open in (True, False):
        passing = commands.PassResolution(
            organisation=cast.ulo,
            name="On contracts",
            words="We ask for fair contracts.",
            passed_by="The members",
            passed_on=clock.today(),
            is_open=is_open,
        )
        row = do(passing, by=cast.ana).thing
        do(commands.NoteQuote(resolution=row, words="fair contracts", place="A minute"), by=cast.ana)
    row = Resolution.everything.get(is_open=True).id
    do(commands.NoteQuote(resolution=row, words="contracts", place="A leaflet"), by=cast.rosa)


# Who sees -----------------------------------------------------------------------------------------


def _holders(facts: Facts, office: UUID | None) -> set[str]:
    rows = facts.of("people.Holding", closes_at=None)
    return {facts.named(row.holder) for row in rows if office is not None and row.office == office}


def _runs(facts: Facts, body: UUID | None) -> set[str]:
    return MANAGERS.get(facts.bodies.get(body, "") if body else "", set())


def _body(facts: Facts, body: UUID | None) -> set[str]:
    return set(facts.staff(body)) if body else set()


def _askers(facts: Facts, row: Row) -> set[str]:
    return {facts.named(row.asked_by)} | _body(facts, row.body)


def _agenda(facts: Facts, row: Row) -> set[str]:
    return _holders(facts, row.office) | _runs(facts, row.organisation)


def _appealed(facts: Facts, row: Row, *, is_open: bool) -> set[str]:
    found = [a for a in facts.rows["voice.Appeal"] if a.hearing == row.id]
    found = [a for a in found if a.answered_on is None] if is_open else found
    return set[str]().union(*[_holders(facts, a.office) for a in found])


def everyone(facts: Facts, row: Row, who: Who) -> bool:
    return True


def hearing_seen(facts: Facts, row: Row, who: Who) -> bool:
    if row.is_open:
        return True
    if who.only is not None:
        return row.id == who.only and facts.named(row.asked_by) == who.name
    near = _askers(facts, row) | _agenda(facts, row) | _appealed(facts, row, is_open=False)
    return who.only is None and who.name != "" and who.name in near


def resolution_seen(facts: Facts, row: Row, who: Who) -> bool:
    return bool(row.is_open or (who.only is None and who.name in _body(facts, row.organisation) - {""}))


def quote_seen(facts: Facts, row: Row, who: Who) -> bool:
    """Who sees the resolution; until somebody has read it, its writer and who may read it first."""
    from tests.proof.promising import is_read

    resolution = facts.by_id["voice.Resolution", row.resolution]
    wrote = who.only is None and who.name != "" and facts.named(row.noted_by) == who.name
    is_open = is_read(row) or (row.look_by is None and not row.held_for)
    near = is_open or wrote or "reads_first_quote" in resolution_roles(facts, resolution, who)
    return near and resolution_seen(facts, resolution, who)


def resolution_roles(facts: Facts, row: Row, who: Who) -> set[str]:
    """Of an open one also those who may read first where it is quoted."""
    from tests.proof.oracle import STAFF

    if who.only is not None:
        return set()
    staff = who.name in facts.staff(row.organisation)
    on_duty_elsewhere = who.name == "dee" and facts.bodies.get(row.organisation) == "ulo"  # the only one here
    reads = row.is_open and (staff or who.name in STAFF["ulo"] or on_duty_elsewhere)
    return ({"staff"} if staff else set()) | ({"reads_first_quote"} if reads else set())


def _repliers(facts: Facts, row: Row) -> set[str]:
    desks = [d for d in facts.rows["voice.Desk"] if d.purpose == "feedback" and d.ended_at is None]
    named = [_holders(facts, d.office) for d in desks if d.organisation == row.organisation]
    return set[str]().union(_runs(facts, row.organisation), *named) - {""}


def feedback_replied(facts: Facts, row: Row, who: Who) -> bool:
    """What the duty team has is for the duty team: it is not here."""
    return not row.is_for_duty and who.only is None and who.name in _repliers(facts, row)


def feedback_seen(facts: Facts, row: Row, who: Who) -> bool:
    """Everyone, once somebody has read what they may read; first those who reply and who may read it."""
    from tests.proof.promising import is_read

    is_open = row.may_be_shown and row.look_by is not None and is_read(row) and not row.is_for_duty
    return bool(is_open or feedback_replied(facts, row, who) or _reads_first(facts, row, who))


def _reads_first(facts: Facts, row: Row, who: Who) -> bool:
    from tests.proof.oracle import STAFF

    may = who.only is None and who.name in facts.staff(row.organisation) | STAFF["ulo"]
    return may and row.may_be_shown and not row.is_for_duty


def _writer(facts: Facts, row: Row) -> str:
    return facts.named(person_behind(row.said_by))


def _readers(facts: Facts, row: Row) -> set[str]:
    writer = _writer(facts, row)
    return _holders(facts, row.office) - LINES.get(writer, {writer}) - {""}


def note_seen(facts: Facts, row: Row, who: Who) -> bool:
    """Whoever wrote it, and the office outside their line. No manager of theirs, ever."""
    return who.only is None and who.name in {_writer(facts, row)} | _readers(facts, row) and who.name != ""


def question_seen(facts: Facts, row: Row, who: Who) -> bool:
    if not row.is_about_a_life:
        return True
    near = {facts.named(row.asked_by)} | _holders(facts, row.office)
    return who.only is None and who.name != "" and who.name in near


def _with(table: str, column: str, rule: See) -> See:
    return lambda facts, row, who: rule(facts, facts.by_id[table, getattr(row, column)], who)


def own_reading(facts: Facts, row: Row, who: Who) -> bool:
    return who.name != "" and who.only is None and facts.named(row.person) == who.name


SEES: dict[str, See] = {
    "voice.Desk": everyone,
    "voice.Ward": everyone,
    "voice.Seat": everyone,
    "voice.Hearing": hearing_seen,
    "voice.Offer": _with("voice.Hearing", "hearing", hearing_seen),
    "voice.Appeal": _with("voice.Hearing", "hearing", hearing_seen),
    "voice.Account": _with("voice.Hearing", "hearing", hearing_seen),
    "voice.Resolution": resolution_seen,
    "voice.Version": _with("voice.Resolution", "resolution", resolution_seen),
    "voice.Quote": quote_seen,
    "voice.Feedback": feedback_seen,
    "voice.HearingStep": lambda facts, row, who: False,  # read by the counts alone
    "voice.FeedbackStep": lambda facts, row, who: False,  # read by the counts alone
    "voice.FeedbackWord": _with("voice.Feedback", "feedback", feedback_replied),
    "voice.Contact": _with("voice.Feedback", "feedback", feedback_replied),
    "voice.Note": note_seen,
    "voice.NoteWord": _with("voice.Note", "note", note_seen),
    "voice.Reader": own_reading,
    "voice.Question": question_seen,
    "voice.Evidence": _with("voice.Question", "question", question_seen),
}

# Who may ------------------------------------------------------------------------------------------

POWERS = {
    "clock": "voice.appeal_overdue voice.feedback_overdue voice.hearing_overdue voice.question_overdue"
    " voice.speak_up_overdue voice.speak_up_readers_set",
    "runs": "voice.desk_named voice.desk_ended voice.ward_named voice.ward_seated",
    "signed_in": "voice.hearing_asked voice.resolution_quoted",
    "asker": "voice.hearing_told voice.hearing_withdrawn voice.offer_answered voice.refusal_appealed",
    "agenda": "voice.hearing_offered voice.hearing_refused voice.hearing_told_by_body",
    "looks_again": "voice.appeal_answered",
    "staff": "voice.resolution_passed voice.resolution_revised voice.feedback_written_down",
    "anyone": "voice.feedback_given",
    "replier": "voice.feedback_replied voice.identity_asked voice.feedback_passed_on",
    "reads_first": "voice.feedback_moderated",
    "reads_first_quote": "voice.quote_looked_at",
    "code": "voice.feedback_added voice.identity_given voice.feedback_judged",
    "frontline": "voice.spoken_up",
    "reader": "voice.speak_up_answered",
    "writer": "voice.speak_up_added voice.speak_up_judged voice.retaliation_reported",
    "councillor": "voice.question_asked",
    "answerer": "voice.question_answered",
}


def always(who: Who) -> set[str]:
    """What somebody is whatever the row: their work at the front line."""
    return {"frontline"} if who.only is None and who.name in FRONTLINE else set()


def of_body(facts: Facts, body: UUID, who: Who) -> set[str]:
    seats = COUNCILLORS.get(facts.bodies.get(body, ""), set())
    return {"councillor"} if who.only is None and who.name in seats else set()


def hearing_roles(facts: Facts, row: Row, who: Who) -> set[str]:
    tests = {
        "asker": who.name in _askers(facts, row),
        "agenda": who.name in _agenda(facts, row),
        "looks_again": who.name in _appealed(facts, row, is_open=True),
    }
    return {role for role, holds in tests.items() if holds and who.only is None}


def feedback_roles(facts: Facts, row: Row, who: Who) -> set[str]:
    replies = feedback_replied(facts, row, who)
    reads = _reads_first(facts, row, who) or (replies and who.name in facts.staff(row.organisation))
    return ({"replier"} if replies else set()) | ({"reads_first"} if reads else set())


def note_roles(facts: Facts, row: Row, who: Who) -> set[str]:
    tests = {"writer": who.name == _writer(facts, row), "reader": who.name in _readers(facts, row)}
    return {role for role, holds in tests.items() if holds and who.only is None}


def question_roles(facts: Facts, row: Row, who: Who) -> set[str]:
    own = who.name in _holders(facts, row.office)
    over = not row.is_about_a_life and who.name in _runs(facts, row.organisation)
    return {"answerer"} if who.only is None and (own or over) else set()


ROLES = {
    "voice.Hearing": hearing_roles,
    "voice.Feedback": feedback_roles,
    "voice.Resolution": resolution_roles,
    "voice.Note": note_roles,
    "voice.Question": question_roles,
}

# Addresses that name one thing, and the table it is in.
NAMES_A = {
    "hearings/<uuid:pk>": "voice.Hearing",
    "resolutions/<uuid:pk>": "voice.Resolution",
    "tell-us/<uuid:pk>": "voice.Feedback",
    "speak-up/<uuid:pk>": "voice.Note",
    "questions/<uuid:pk>": "voice.Question",
    "questions/ward/<uuid:pk>": "voice.Ward",
    "api/voice/hearings/<uuidstr:pk>": "voice.Hearing",
    "api/voice/resolutions/<uuidstr:pk>": "voice.Resolution",
    "api/voice/questions/<uuidstr:pk>": "voice.Question",
}
