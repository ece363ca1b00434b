"""The wiring page: what follows from what.

This is the only page that knows every room. Rooms meet here and nowhere else: a row in WHEN says which
command follows an entry, a row in TELL says what then leaves the house, a row in DUE says what the clock
brings, and a panel lets one room show something on another's page. Where each address leads is said in
`addresses.py`, which a program at a terminal does not read: what only pages need is named here by its path.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alongside.home.sights import SIGHTS as SIGHTS
from alongside.kernel import reading
from alongside.kernel.command import COMMANDS, Command, Recorded
from alongside.kernel.door import Consequence, Notice
from alongside.kernel.policy import Actor
from alongside.topics.decisions.commands import TELL as decisions_tell
from alongside.topics.decisions.commands import WHEN as decisions_when
from alongside.topics.decisions.commands import RaiseAboutPlace, RaiseConcern, RaiseDecision, SayWhoIsAffected
from alongside.topics.decisions.commands import due as decisions_due
from alongside.topics.decisions.commands import follow_merge as decisions_follow_merge
from alongside.topics.decisions.commands import meant as decisions_meant
from alongside.topics.decisions.commands import set_aside as decisions_set_aside
from alongside.topics.decisions.commands import to_its_problems as decisions_to_its_problems
from alongside.topics.decisions.models import (
    Affected,
    ChallengeAsked,
    Checker,
    Companion,
    Decider,
    Decision,
    PartTaken,
    PayOffer,
)
from alongside.topics.people.commands.denying import rows_written
from alongside.topics.people.commands.denying import set_aside as people_set_aside
from alongside.topics.people.commands.keeping import WHEN as people_when
from alongside.topics.people.commands.keeping import due as keeping_due
from alongside.topics.people.commands.newcomers import WriteDownNewcomer
from alongside.topics.people.commands.typing import tell_whom_it_was_typed_for
from alongside.topics.people.policy import joined_records, names_of
from alongside.topics.people.policy import told_apart as people_told_apart
from alongside.topics.people.telling import hooked
from alongside.topics.promises.commands import WHEN as promises_when
from alongside.topics.promises.commands import due as promises_due
from alongside.topics.promises.commands.denying import meant as promises_meant
from alongside.topics.promises.commands.denying import set_aside as promises_set_aside
from alongside.topics.promises.models import Promise
from alongside.topics.voice.commands import due as voice_due


def look_again(command: Any, entry: Recorded) -> Iterable[Command]:
    """Someone to whom a promise was not kept wants a new decision: it is raised, in their name."""
    if command.wants != "new_decision":
        return
    what = str(_("A promise to me was not kept. Decide it anew."))
    if command.life is not None:
        yield RaiseDecision(
            person=command.life,
            what=what,
            change="swap",
            why=command.words or "",
            from_promise=command.promise,
        )
    elif command.organisation is not None:
        # Anyone can read a matter about a place, and these words were said to the owner alone.
        place, promise = command.organisation, command.promise
        yield RaiseAboutPlace(organisation=place, what=what, change="swap", why="", from_promise=promise)


def worry_for_duty(command: Any, entry: Recorded) -> Iterable[Command]:
    """Feedback that says somebody is not safe is a worry for the duty team, and for nobody else."""
    if command.is_unsafe:
        words, contact = str(command.words or ""), str(command.contact or "")
        yield RaiseConcern(organisation=command.organisation, words=words, contact=contact)


def pass_to_duty(command: Any, entry: Recorded) -> Iterable[Command]:
    """Somebody who read feedback passes it on: it is a worry for the duty team now."""
    if command.said:
        yield RaiseConcern(organisation=command.organisation, words=command.said, contact="")


def write_down_newcomer(command: Any, entry: Recorded) -> Iterable[Command]:
    """Somebody who is not on record was named in a matter: they are written down, and named there."""
    yield WriteDownNewcomer(
        person=command.person,
        organisation=command.held_by,
        kept_by=command.kept_by,
        name=command.name,
        reach=command.reach,
        address=command.address,
        is_child=command.is_child,
    )
    yield SayWhoIsAffected(decision=entry.thing, person=command.person, stake=command.stake)


def set_aside_what_was_typed(command: Any, entry: Recorded) -> Iterable[Command]:
    """Somebody says that what was typed for them is not what they said: in its room it counts no more."""
    line = _typed_act(command, entry)
    if command.is_right or line is None:
        return
    for room in (decisions_set_aside, promises_set_aside, people_set_aside):
        yield from room(line)


def take_as_theirs(command: Any, entry: Recorded) -> Iterable[Command]:
    """Somebody says that what was typed for them is what they said: it counts as theirs from now on. Not by
    the hand of another, nor by a code to a telephone or an address that somebody else can see."""
    line = _typed_act(command, entry)
    if not command.is_right or not command.is_sure or line is None:
        return
    for room in (decisions_meant, promises_meant):
        yield from room(line.recorded.thing, rows_written(line), entry.by)


def _typed_act(command: Any, entry: Recorded) -> reading.Line | None:
    """The act that somebody answers for."""
    return reading.typed_entry([entry.by, *joined_records(entry.by)[1]], command.act)


# When this is recorded, do that: in the same transaction, because of it.
WHEN: Mapping[str, Sequence[Consequence]] = {
    **promises_when,
    **decisions_when,
    **people_when,
    "decisions.newcomer_named": [write_down_newcomer],
    "people.people_merged": [*promises_when.get("people.people_merged", ()), decisions_follow_merge],
    "people.typed_act_answered": [set_aside_what_was_typed, take_as_theirs],
    "voice.feedback_given": [worry_for_duty],
    "voice.feedback_written_down": [worry_for_duty],
    "voice.feedback_passed_on": [pass_to_duty],
    "promises.what_now_said": [*promises_when.get("promises.what_now_said", ()), look_again],
}

# A promise made in a decision that comes from a problem: those who have the problem are told.
_TELLS: Mapping[str, Sequence[Notice]] = {**decisions_tell, "promises.made": [decisions_to_its_problems]}

# Of these, programs that a body named are told: about services and places, and without words.
HOOKED: Mapping[str, str] = {
    "decisions.place_raised": "/decisions/{}",
    "decisions.people_defined": "/decisions/{}",
    "decisions.group_size_corrected": "/decisions/{}",
    "decisions.place_decided": "/decisions/{}",
    "decisions.withdrawn": "/decisions/{}",
    "promises.made": "/promises/{}",
    "promises.progress_reported": "/promises/{}",
    "promises.handed_over": "/promises/{}",
    "promises.put_right": "/promises/{}",
}


def word_to_programs(command: Command, recorded: Recorded) -> Iterable[tuple[str, Mapping[str, Any]]]:
    """For TELL: one row for each program, unless it is about somebody's life."""
    if recorded.about is None:
        path_there = HOOKED[command.records].format(recorded.thing)
        yield from hooked(command.records, recorded.thing, path_there)


# When this is recorded, this is to leave the house: (kind, payload) for the outbox.
TELL: Mapping[str, Sequence[Notice]] = {
    kind: [
        *([tell_whom_it_was_typed_for] if command.assisted else ()),
        *([word_to_programs] if kind in HOOKED else ()),
        *_TELLS.get(kind, ()),
    ]
    for kind, command in COMMANDS.items()
    if command.assisted or kind in HOOKED or kind in _TELLS
}

# What has come due by a moment, such as a ground that lapses: `alongside work` does it.
DUE: Sequence[Callable[[datetime], Iterable[Command]]] = [decisions_due, promises_due, voice_due, keeping_due]

# What somebody of a body is to do by a day, and whose day is over: dotted paths to `waits(now)`.
WAITS: list[str] = ["alongside.home.waiting.waits"]

# What rooms show on a person's own page and on the front page: dotted paths to `panel(request)`.
PANELS: list[str] = [
    "alongside.topics.decisions.pages.arriving.did_not_arrive",
    "alongside.topics.decisions.pages.worries.waits_for_duty",
    "alongside.topics.people.pages.agreeing.panel",
    "alongside.topics.decisions.pages.seeing.asked_to_look",
    "alongside.topics.decisions.pages.panel.needs_you",
    "alongside.topics.decisions.pages.agreed.did_you_agree",
    "alongside.topics.decisions.pages.speaking_for.asked_to_check",
    "alongside.topics.decisions.pages.speaking_for.those_you_speak_for",
    "alongside.topics.decisions.pages.votes.waits_for_your_voice",
    "alongside.topics.decisions.pages.my_part.pay_waits",
    "alongside.topics.decisions.pages.became.answers_came",
    "alongside.topics.decisions.pages.called_wrong.called_wrong",
    "alongside.topics.decisions.pages.agreed.said_otherwise",
    "alongside.topics.decisions.pages.afterwards.to_learn_from",
    "alongside.topics.decisions.pages.afterwards.to_answer",
    "alongside.topics.voice.pages.panels.offers_panel",
    "alongside.topics.promises.pages.panels.my_panel",
    "alongside.topics.promises.pages.panels.of_those_you_speak_for",
    "alongside.topics.decisions.pages.panel.waits_on_you",
    "alongside.topics.decisions.pages.holding.asks_you",
    "alongside.topics.decisions.pages.lawful.looks_again",
    "alongside.topics.decisions.pages.untaken.waits_for_your_body",
    "alongside.home.to_read.panel",
    "alongside.home.waits.panel",
    "alongside.topics.decisions.pages.changes_panel.you_answer_for",
    "alongside.topics.decisions.pages.became.became_panel",
    "alongside.topics.people.pages.members.waits_for_you",
    "alongside.topics.voice.pages.councillor.own_panel",
    "alongside.topics.voice.pages.panels.own_panel",
]

# What rooms show of one matter, on its own page: dotted paths to `panel(request, matter)`.
MATTER_PANELS: list[str] = [
    "alongside.topics.promises.pages.panels.of_decision",
    "alongside.topics.voice.pages.resolutions.of_decision",
]

# What rooms show of one body, on a councillor's page: dotted paths to `panel(request, body)`.
BODY_PANELS: list[str] = ["alongside.topics.promises.pages.panels.overdue_of_body"]

# What rooms show of one body, on the body's own page: dotted paths to `panel(request, body)`.
ORGANISATION_PANELS: list[str] = [
    "alongside.home.agreed.panel",
    "alongside.home.second_person.panel",
    "alongside.home.legal_reasons.panel",
    "alongside.home.checks.panel",
    "alongside.home.waits.body_panel",
]


def who_else(person: UUID) -> Iterable[UUID]:
    """Who may see some of it though nothing joins them to the person but a decision."""
    theirs = Decision.everything.filter(person=person).values("id")
    for table in (Decider, Checker, Companion, Affected):
        ids = table.everything.filter(decision__in=theirs, person__isnull=False)
        yield from ids.values_list("person", flat=True)
    answers = ChallengeAsked.everything.filter(decision__in=theirs, ended_at=None)
    yield from answers.values_list("asked", flat=True)
    took_part = PartTaken.everything.filter(person=person)
    yield from took_part.values_list("written_by", flat=True)
    deciders = Decider.everything.filter(decision__in=took_part.values("decision"), until_at=None)
    yield from deciders.values_list("person", flat=True)
    yield from PayOffer.everything.filter(person=person).values_list("arranged_by", flat=True)


# The public registers, of services and places only: dotted paths to a Register.
REGISTERS: list[str] = [
    "alongside.topics.decisions.exports.decisions",
    "alongside.topics.decisions.exports.changes",
    "alongside.topics.decisions.exports.problems",
    "alongside.topics.promises.exports.promises",
    "alongside.topics.promises.exports.statements",
    "alongside.topics.promises.exports.protocols",
    "alongside.topics.promises.exports.tests",
    "alongside.topics.voice.exports.hearings",
    "alongside.topics.voice.exports.questions",
    "alongside.topics.voice.exports.resolutions",
]

# The days of a person's calendar: dotted paths to `days(actor, at)`, each day with what it is about.
CALENDAR: list[str] = [
    "alongside.topics.decisions.pages.panel.days",
    "alongside.topics.promises.pages.panels.days",
]


def promised_in(decisions: Iterable[UUID]) -> set[UUID]:
    """Which of these decisions about places left a promise that anyone can read."""
    rows = Promise.everything.filter(decision__in=list(decisions), person=None)
    return set(rows.values_list("decision", flat=True))


def matters_shown(actor: Actor, ids: list[UUID]) -> dict[UUID, tuple[Any, str]]:
    """What each of these matters and promises is about, and where its page is, for one who may see it."""
    matters = Decision.objects.seen_by(actor).filter(id__in=ids)
    promises = Promise.objects.seen_by(actor).filter(id__in=ids)
    return {
        **{one.id: (one.title, reverse("decisions:decision", args=[one.id])) for one in matters},
        **{one.id: (one.what, reverse("promises:promise", args=[one.id])) for one in promises},
    }


def raised_from(actor: Actor, promise: UUID) -> list[tuple[Any, str]]:
    """The matters in which it is to be decided anew what was promised: title and page, the first first."""
    ids = list(
        Decision.everything.filter(from_promise=promise)
        .order_by("raised_at", "id")
        .values_list("id", flat=True)
    )
    shown = matters_shown(actor, ids) if ids else {}
    return [shown[one] for one in ids if one in shown]


def told_apart(actor: Actor, ids: list[UUID]) -> dict[UUID, str]:
    """What tells those of one name apart in a form: people by their work, matters by whose and from when."""
    matters = list(Decision.objects.seen_by(actor).filter(id__in=ids))
    whose = names_of({row.person or row.organisation for row in matters})
    dated = {
        row.id: _("%(whose)s, raised on %(day)s")
        % {"whose": whose[row.person or row.organisation], "day": date_format(row.raised_at, "j F Y")}
        for row in matters
        if row.person or row.organisation
    }
    return {**people_told_apart(actor, ids), **dated}


# What `alongside import NAME FILE` and the page /import can take in: name -> dotted path.
IMPORTERS: Mapping[str, str] = {
    "decisions": "alongside.topics.promises.verbs.decisions",
    "promises": "alongside.topics.promises.verbs.promises",
}

PROMISE_LETTERS = (  # the notices about a promise whose letter has words of its own
    "promise_made",
    "promise_said_done",
    "how_did_it_go",
    "said_for_you",
    "does_it_still_hold",
    "promise_no_longer_holds",
    "erosion_was_answered",
    "erosion_overdue",
)

# Dotted paths of what the lower floors ask of the rooms above them.
PEOPLE = "alongside.topics.people.policy"
ASKS: Mapping[str, str] = {
    "promised_in": "alongside.site.promised_in",
    "matters_shown": "alongside.site.matters_shown",
    "promises_late": "alongside.topics.promises.pages.panels.promises_late",
    "raised_from": "alongside.site.raised_from",
    "who_else": "alongside.site.who_else",
    "names_of": f"{PEOPLE}.names_of",
    "told_apart": "alongside.site.told_apart",
    "people_among": f"{PEOPLE}.people_among",
    "letter:matter": "alongside.topics.decisions.exports.letter_about",
    "ends_decided_with_them": "alongside.topics.decisions.policy.ends_decided_with_them",
    "what_became_of_it": "alongside.topics.decisions.commands.bundles.what_became_of_it",
    "letter:bundle": "alongside.topics.decisions.exports.letter_of_bundle",
    "letter:reply": "alongside.topics.decisions.exports.letter_about",
    **dict.fromkeys(
        (f"letter:{code}" for code in PROMISE_LETTERS), "alongside.topics.promises.exports.letter_about"
    ),
    "promises_of": "alongside.topics.promises.pages.panels.promises_of",
    "prepare": "alongside.topics.people.telling.prepare",
    "waits_until": "alongside.topics.people.telling.waits_until",
    "channel_for": "alongside.topics.people.telling.channel_for",
    "offices_of": f"{PEOPLE}.offices_of",
    "person_for_email": f"{PEOPLE}.person_for_email",
    "person_for_oidc": f"{PEOPLE}.person_for_oidc",
    "set_up_by": f"{PEOPLE}.set_up_by",
    "may_type_for": f"{PEOPLE}.may_type_for",
    "open_to": f"{PEOPLE}.deaths.open_to",
    "has_died": f"{PEOPLE}.deaths.has_died",
    "acting_program": f"{PEOPLE}.acting_program",
    "joined_records": f"{PEOPLE}.joined_records",
    "opens_by_code": "alongside.home.by_code.opens",
    "way_in": f"{PEOPLE}.way_in",
    "way_in_used": "alongside.topics.people.commands.access.way_in_used",
}


def navigation(request: HttpRequest) -> list[tuple[str, Any]]:
    """The links at the top of every page."""
    from alongside.interfaces.ways import ways_about  # only a page asks

    return ways_about(request)


def seen_as(request: HttpRequest) -> Any:
    """In the made-up place: whose eyes this page is seen with."""
    from alongside.interfaces import faces  # only a page asks

    return faces.seen_as(request)
