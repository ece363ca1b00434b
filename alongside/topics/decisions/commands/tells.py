"""Whom an entry tells, for the wiring page. A message names no topic: only that something is to be read."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from alongside.kernel.command import Command, Recorded
from alongside.kernel.policy import Actor
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.problems import people_of_problem
from alongside.topics.decisions.commands.takers import who_reads
from alongside.topics.decisions.models import SaysAgreed
from alongside.topics.decisions.policy import ADVOCATES
from alongside.topics.people.commands.asked import told_to_read
from alongside.topics.people.models import InformationNeed, Person
from alongside.topics.people.policy import is_disputed, workers_of

WAIT_FOR_A_SECOND_PERSON = 30 * 60  # seconds: time to ring one person, and a second if the first is out
Notice = Callable[[Command, Recorded], Iterable[tuple[str, Mapping[str, Any]]]]


def _tell(people: Iterable[UUID | None], decision: UUID, entry: Recorded, what: str) -> Iterator[Any]:
    """One neutral message for each person, but none to whoever did it or typed it."""
    for person in dict.fromkeys(people):
        if person is not None and person not in (entry.by, entry.typed_by):
            link = f"/decisions/{decision}"
            yield "tell", {"person": person.hex, "what": what, "link": link, "matter": decision.hex}


def _deciders(decision: UUID) -> list[UUID]:
    found = models.Decider.everything.filter(decision=decision, until_at=None)
    return list(found.values_list("person", flat=True))


def _affected(decision: UUID) -> list[UUID]:
    found = models.Affected.everything.filter(decision=decision, person__isnull=False, ended_at=None)
    return list(found.values_list("person", flat=True))


def to_deciders(command: Any, entry: Recorded) -> Iterator[Any]:
    """Somebody said or asked something: those who decide have something to read."""
    yield from _tell(_deciders(entry.thing), entry.thing, entry, "matter")


def to_other_giver(command: Any, entry: Recorded) -> Iterator[Any]:
    """Somebody says that another said the same: only that other can agree."""
    view = models.View.everything.get(id=command.other)
    yield from _tell([view.person], entry.thing, entry, "matter")


def once_they_can_read(command: Any, entry: Recorded) -> Iterator[Any]:
    """One letter alone went until a format was known, and asked for it. Now they are told of what is open."""
    known = InformationNeed.everything.filter(person=command.person, category="format")
    asked = Person.everything.filter(pk=command.person, first_letter_at__isnull=False)
    if not asked.exists() or known.exclude(pk=command.need).exists():
        return
    theirs = models.Affected.everything.filter(person=command.person, ended_at=None).values("decision")
    for decision in models.Decision.everything.filter(id__in=theirs, state="open").order_by(
        "raised_at", "id"
    ):
        link = f"/decisions/{decision.id}"
        notice = {"person": command.person.hex, "what": "matter", "link": link, "matter": decision.id.hex}
        yield "tell", notice


def to_who_is_on_duty(command: Any, entry: Recorded) -> Iterator[Any]:
    """A worry came in: whoever may read it has something to read, and signs in for it. No code opens it."""
    concern = models.Concern.everything.get(id=command.concern)
    for person in sorted(who_reads(concern, entry.at) - {entry.by, entry.typed_by}):
        yield told_to_read(person, "/worries/", what="matter")


def to_the_person(command: Any, entry: Recorded) -> Iterator[Any]:
    """Somebody said something for them: they can say it themself, or the opposite."""
    person = models.Decision.everything.filter(pk=entry.thing).values_list("person", flat=True).first()
    yield from _tell([person], entry.thing, entry, "matter")


def to_affected(command: Any, entry: Recorded) -> Iterator[Any]:
    """Something was decided or done: those it affects have something to read."""
    yield from _tell(_affected(entry.thing), entry.thing, entry, "matter")


def to_all_it_concerns(command: Any, entry: Recorded) -> Iterator[Any]:
    """A legal reason was seen, or ended: those it affects, who stands by them, and those who decide."""
    people = [*_with_their_advocates(entry), *_deciders(entry.thing), *_holders(entry.thing)]
    yield from _tell(people, entry.thing, entry, "matter")


def to_affected_and_advocates(command: Any, entry: Recorded) -> Iterator[Any]:
    """A legal reason to go on without an answer, an order of a court among them: it is never silent."""
    yield from _tell([*_with_their_advocates(entry), *_holders(entry.thing)], entry.thing, entry, "matter")


def _holders(decision: UUID) -> list[UUID]:
    """The attorneys and deputies whose power a legal reason rests on: it waits for what they decide."""
    live = models.Ground.everything.filter(decision=decision, ended_at=None, holder__isnull=False)
    return list(live.order_by("pk").values_list("holder", flat=True))


def _with_their_advocates(entry: Recorded) -> list[UUID]:
    affected = _affected(entry.thing)
    stand_by = [
        one
        for person in affected
        for one in workers_of(person, entry.at, ADVOCATES)
        if not is_disputed(one, person, entry.at)
    ]
    return list(dict.fromkeys([*affected, *stand_by]))


def to_affected_of_help(command: Any, entry: Recorded) -> Iterator[Any]:
    """Help started at once. Where telling could hurt somebody, the message gives a second person time."""
    wait = {"after_seconds": WAIT_FOR_A_SECOND_PERSON} if command.telling_could_harm else {}
    for kind, notice in to_affected(command, entry):
        yield kind, notice | wait


def to_giver(command: Any, entry: Recorded) -> Iterator[Any]:
    """A view was answered: its giver has something to read."""
    view = models.View.everything.filter(id=command.view).first()
    named = set(_affected(entry.thing))  # the giver may have left their name out: then no message finds them
    people = (
        [one for one in (view.person, view.said_by) if one in named or view.is_spoken_for] if view else []
    )
    yield from _tell(people, entry.thing, entry, "reply")


def to_asker(command: Any, entry: Recorded) -> Iterator[Any]:
    """A question was answered: who asked it has something to read."""
    question = models.Question.everything.filter(id=command.question).first()
    named = set(_affected(entry.thing))
    yield from _tell(
        [question.person] if question and question.person in named else [], entry.thing, entry, "reply"
    )


def to_named(command: Any, entry: Recorded) -> Iterator[Any]:
    """Somebody was asked to check or to help."""
    asked = getattr(command, "checker", None) or getattr(command, "companion", None)
    yield from _tell([asked], entry.thing, entry, "asked_to_help")


def to_carrier(command: Any, entry: Recorded) -> Iterator[Any]:
    """Somebody was named as carrying a risk: they are asked whether they do."""
    yield from _tell([command.carrier], entry.thing, entry, "matter")


def to_bringer(command: Any, entry: Recorded) -> Iterator[Any]:
    """Evidence was used or not, or answered: who brought it has something to read."""
    evidence = models.Evidence.everything.filter(id=command.evidence).first()
    yield from _tell(known_people([evidence.person] if evidence else []), entry.thing, entry, "reply")


def to_whose_argument(command: Any, entry: Recorded) -> Iterator[Any]:
    """Somebody’s argument moved somebody: they are told so, if they may see what was said then."""
    for person in known_people([command.moved_whose]):
        seen = models.View.objects.seen_by(Actor(person=person), entry.at).filter(id=command.view)
        if seen.exists():
            yield from _tell([person], entry.thing, entry, "reply")


def to_signers(command: Any, entry: Recorded) -> Iterator[Any]:
    """There are newer words: those who signed the older ones are asked again."""
    yield from _tell(known_people(command.asked_again or ()), entry.thing, entry, "matter")


def to_those_it_is_for(command: Any, entry: Recorded) -> Iterator[Any]:
    """Support was offered: whoever it is for has something to answer."""
    yield from _tell(known_people([command.person]), entry.thing, entry, "matter")


def to_offerer(command: Any, entry: Recorded) -> Iterator[Any]:
    """Support was accepted or declined: whoever offered it has something to do."""
    row = models.Support.everything.filter(id=command.support).first()
    yield from _tell(known_people([row.offered_by] if row else []), entry.thing, entry, "matter")


def to_whose_words(command: Any, entry: Recorded) -> Iterator[Any]:
    """Words were taken from sight, or looked at again: their giver has something to read."""
    row = models.Taken.everything.filter(id=command.taken).first()
    yield from _tell(known_people([row.person] if row else []), entry.thing, entry, "reply")


def known_people(people: Iterable[UUID | None]) -> list[UUID]:
    """Those of these whom a message finds: a name for one matter only has no address."""
    wanted = [one for one in people if one is not None]
    return list(Person.everything.filter(pk__in=wanted).values_list("pk", flat=True))


def to_them(command: Any, entry: Recorded) -> Iterator[Any]:
    """Something was written down of somebody, or offered to them: they can say if it is right."""
    yield from _tell([command.person], entry.thing, entry, "matter")


def to_payee(command: Any, entry: Recorded) -> Iterator[Any]:
    """Pay was offered to somebody, or sent to them: they say if they take it, and if it came."""
    row = models.PayOffer.everything.get(id=command.offer)
    yield from _tell([row.person], entry.thing, entry, "matter")


def to_offered(command: Any, entry: Recorded) -> Iterator[Any]:
    """A vote was offered to somebody."""
    yield from _tell([command.person], entry.thing, entry, "asked_to_help")


def to_who_agrees(command: Any, entry: Recorded) -> Iterator[Any]:
    """Whose life it is says first whether one more may decide it."""
    person = models.Decision.everything.filter(id=entry.thing).values_list("person", flat=True).first()
    if command.needs_agreement and person is not None:
        yield from _tell([person], entry.thing, entry, "matter")


def to_seated(command: Any, entry: Recorded) -> Iterator[Any]:
    """Somebody said whether one more may decide: that one, and whoever offered it, have something to read."""
    row = models.Seat.everything.get(id=command.seat)
    yield from _tell([row.person, row.offered_by], entry.thing, entry, "matter")


def once_decided(command: Any, entry: Recorded) -> Iterator[Any]:
    """With a last voice it was decided: those it affects and the others who decide have something to read."""
    if command.carries:
        people = [*_affected(entry.thing), *_deciders(entry.thing)]
        yield from _tell(people, entry.thing, entry, "matter")


def if_asked_again(command: Any, entry: Recorded) -> Iterator[Any]:
    """The rule became easier after people were told: they are asked again."""
    if command.asks_again:
        yield from _tell(_affected(entry.thing), entry.thing, entry, "matter")


def to_challenger(command: Any, entry: Recorded) -> Iterator[Any]:
    """A challenge was answered, or was not answered in time."""
    row = models.Challenge.everything.get(id=command.challenge)
    yield from _tell([row.person, row.made_by_person], entry.thing, entry, "reply")


def to_those_it_did(command: Any, entry: Recorded) -> Iterator[Any]:
    """What a decision did to people was answered: those who are named in it have something to read."""
    rows = models.Effect.everything.filter(id__in=command.effects)
    named = set(_affected(entry.thing))
    people = [row.person for row in rows if row.person in named]
    yield from _tell(people, entry.thing, entry, "reply")


def to_those_judging(command: Any, entry: Recorded) -> Iterator[Any]:
    """Something came of a change: those it affects, those who judged it, and those who answer for it."""
    change = models.Change.everything.get(id=command.change)
    judged = models.Judgement.everything.filter(of_change=change.id, is_current=True)
    people = [*judged.values_list("person", flat=True), *_affected(entry.thing), *_deciders(entry.thing)]
    yield from _tell([*people, change.proposed_by], entry.thing, entry, "matter")


def to_those_silent(command: Any, entry: Recorded) -> Iterator[Any]:
    """They are asked to judge a change again: those it names who have not, and those who answer for it."""
    change = models.Change.everything.get(id=command.change)
    judged = models.Judgement.everything.filter(of_change=change.id, round=change.round, is_current=True)
    said = set(judged.values_list("person", flat=True))
    people = [*_affected(entry.thing), *_deciders(entry.thing), change.proposed_by]
    yield from _tell([one for one in people if one not in said], entry.thing, entry, "matter")


def to_judge(command: Any, entry: Recorded) -> Iterator[Any]:
    """What somebody said of a change was answered: they have something to read."""
    row = models.Judgement.everything.get(id=command.judgement)
    yield from _tell([row.person], entry.thing, entry, "reply")


def to_problem(command: Any, entry: Recorded) -> Iterator[Any]:
    """Something came of a problem: whoever raised it, and whoever has it too, has something to read."""
    for person in dict.fromkeys(people_of_problem(entry.thing)):
        if person not in (entry.by, entry.typed_by):
            link = f"/problems/{entry.thing}"
            yield "tell", {"person": person.hex, "what": "matter", "link": link, "matter": entry.thing.hex}


def to_who_joined(command: Any, entry: Recorded) -> Iterator[Any]:
    """The one who first said a problem says that a decision does not come from it: its deciders read that."""
    decision = models.Origin.everything.get(id=command.origin).decision
    yield from _tell(_deciders(decision), decision, entry, "matter")


def to_its_problems(command: Any, entry: Recorded) -> Iterator[Any]:
    """A step on the way from a problem to its result: each problem that the decision comes from is told."""
    decision = getattr(command, "decision", None) or entry.thing
    found = models.Origin.everything.filter(decision=decision, problem__isnull=False, ended_on=None)
    told: set[UUID] = set()
    for problem in sorted(set(found.values_list("problem", flat=True))):
        for person in people_of_problem(problem):
            if person not in (entry.by, entry.typed_by, *told):
                told.add(person)
                link = f"/problems/{problem}"
                yield "tell", {"person": person.hex, "what": "matter", "link": link, "matter": problem.hex}


def if_said_otherwise(command: Any, entry: Recorded) -> Iterator[Any]:
    """What was written down as agreed was not, or not like that. An undoing tells of itself."""
    if command.said in (SaysAgreed.OTHERWISE, SaysAgreed.NO) and not command.undoes:
        yield from to_deciders(command, entry)


def to_who_raised_it(command: Any, entry: Recorded) -> Iterator[Any]:
    """Somebody decides it from now on: whoever raised it has something to read."""
    raised = models.Decision.everything.filter(id=entry.thing, is_own=False)
    yield from _tell(raised.values_list("raised_by", flat=True), entry.thing, entry, "matter")


TELL: dict[str, list[Notice]] = {
    "decisions.taken_up": [to_deciders, to_who_raised_it],
    "decisions.raised": [to_deciders],
    "decisions.question_asked": [to_deciders],
    "decisions.question_answered": [to_asker],
    "decisions.more_time": [to_deciders],
    "decisions.help_asked": [to_deciders, to_named],
    "decisions.checker_asked": [to_named],
    "decisions.check_answered": [to_deciders],
    "decisions.view_given": [to_deciders, to_whose_argument],
    "decisions.place_view_given": [to_deciders, to_whose_argument],
    "decisions.joint_rewritten": [to_signers],
    "decisions.support_asked": [to_deciders],
    "decisions.support_offered": [to_those_it_is_for],
    "decisions.support_answered": [to_offerer, to_deciders],
    "decisions.words_taken": [to_whose_words],
    "decisions.taking_judged": [to_whose_words],
    "decisions.risk_added": [to_carrier],
    "decisions.risk_answered": [to_deciders],
    "decisions.evidence_used": [to_bringer],
    "decisions.evidence_answered": [to_bringer],
    "decisions.declined": [to_deciders],
    "decisions.view_confirmed": [to_deciders],
    "decisions.telling_confirmed": [to_deciders],
    "decisions.replied": [to_giver],
    "decisions.reply_judged": [to_deciders],
    "decisions.decided": [to_affected],
    "decisions.place_decided": [to_affected, to_its_problems],
    "decisions.same_said": [to_other_giver],
    "decisions.everyday_agreed": [to_affected],
    "decisions.undone": [to_deciders],
    "decisions.agreement_answered": [if_said_otherwise],
    "decisions.typed_set_aside": [to_deciders],
    "decisions.urgent_help": [to_affected_of_help],
    "decisions.urgent_help_within": [to_affected_of_help],
    "decisions.help_started": [to_affected],
    "decisions.ground_recorded": [to_affected_and_advocates],
    "decisions.ground_renewed": [to_affected_and_advocates],
    "decisions.ground_looked_at": [to_all_it_concerns],
    "decisions.ground_ended": [to_all_it_concerns],
    "decisions.ground_lapsed": [to_all_it_concerns],
    "decisions.said_to_take_away": [to_deciders, to_the_person],
    "decisions.said_to_be_help": [to_deciders],
    "decisions.said_for_them_ended": [to_deciders, to_the_person],
    "decisions.involvement_missed": [to_deciders],
    "decisions.withdrawn": [to_affected],
    "decisions.vote_offered": [to_offered, to_who_agrees],
    "decisions.seat_agreed": [to_seated],
    "decisions.decision_put": [to_deciders],
    "decisions.rule_put": [to_deciders],
    "decisions.voice_given": [once_decided],
    "decisions.rule_said": [if_asked_again],
    "decisions.concern_raised": [to_who_is_on_duty],
    "decisions.concern_nobody_outside": [to_who_is_on_duty],
    "decisions.challenged": [to_deciders],
    "decisions.challenge_answered": [to_challenger, to_deciders],
    "decisions.challenge_missed": [to_challenger, to_deciders],
    "decisions.effect_said": [to_deciders],
    "decisions.effect_answered": [to_those_it_did],
    "decisions.effects_asked": [to_affected],
    "decisions.review_asked": [to_affected, to_deciders],
    "decisions.place_raised": [to_its_problems],
    "decisions.option_added": [to_its_problems],
    "decisions.change_proposed": [to_affected, to_its_problems],
    "decisions.judgement_asked": [to_those_judging],
    "decisions.judgement_asked_again": [to_those_silent],
    "decisions.judgement_answered": [to_judge],
    "decisions.plan_put": [to_those_judging],
    "decisions.change_judged": [to_deciders],
    "decisions.change_started": [to_those_judging, to_its_problems],
    "decisions.change_goes_on": [to_those_judging, to_its_problems],
    "decisions.change_stopped": [to_those_judging, to_its_problems],
    "decisions.change_dropped": [to_those_judging],
    "decisions.permission_lapsed": [to_those_judging, to_its_problems],
    "decisions.pilot_evaluated": [to_those_judging],
    "decisions.benefit_settled": [to_those_judging],
    "decisions.problem_answered": [to_problem],
    "decisions.problem_words_held": [to_problem],
    "decisions.problem_words_shown": [to_problem],
    "decisions.problem_carried": [to_problem],
    "decisions.problem_judged": [to_problem],
    "decisions.origin_not_mine": [to_who_joined],
    "decisions.origin_undone": [to_problem],
    "decisions.part_noted": [to_them],
    "decisions.pay_offered": [to_payee],
    "decisions.pay_sent": [to_payee],
    "people.format_asked_for": [once_they_can_read],
}
