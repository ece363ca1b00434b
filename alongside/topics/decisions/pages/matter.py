"""One matter: the question first, then what people need to answer it, then what those who decide may do."""

from __future__ import annotations

from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alongside.interfaces.addresses import address
from alongside.interfaces.page import matter_panels, render
from alongside.interfaces.who import Request
from alongside.kernel import clock
from alongside.kernel.command import Refused
from alongside.kernel.door import do
from alongside.kernel.now import opened_together, the
from alongside.kernel.policy import FACE, Actor
from alongside.topics.decisions import models
from alongside.topics.decisions.commands import OpenIt
from alongside.topics.decisions.commands.standing import not_theirs
from alongside.topics.decisions.commands.told_words import they_say
from alongside.topics.decisions.engine.of_the_law import NO_ANSWER
from alongside.topics.decisions.pages.again import Again
from alongside.topics.decisions.pages.agreed import agreed
from alongside.topics.decisions.pages.around import around, held_of
from alongside.topics.decisions.pages.checking import check_notes
from alongside.topics.decisions.pages.crowd import said_first, where_people_stand, whom_it_affects
from alongside.topics.decisions.pages.helping import helping, next_for_you
from alongside.topics.decisions.pages.holding import holding
from alongside.topics.decisions.pages.how_told import HowTold
from alongside.topics.decisions.pages.looked import of_questions
from alongside.topics.decisions.pages.of_matter import OfMatter
from alongside.topics.decisions.pages.offices import may_take_up
from alongside.topics.decisions.pages.opened import opened
from alongside.topics.decisions.pages.outcome import Outcome
from alongside.topics.decisions.pages.risks import who_wrote_them
from alongside.topics.decisions.pages.seeing import HOLDS, law_notes, of_taking, steps_shown
from alongside.topics.decisions.pages.shown import (
    Names,
    comes_from_promise,
    has_answered,
    look_of,
    option_of,
    reached_of,
    shown_views,
    state_words,
    unchecked,
    who_typed_it,
    whose_words,
)
from alongside.topics.decisions.pages.taking_off import died_since
from alongside.topics.decisions.pages.votes import vote_waits
from alongside.topics.decisions.pages.ways_to_answer import ways_to_answer
from alongside.topics.decisions.pages.who_decides_it import WhoDecides

VIEWS_SHOWN, PEOPLE_SHOWN, TOLD_SHOWN = 6, 8, 20
# What is counted before it is asked.
OFTEN_EMPTY = (
    *("Affected", "Change", "Check", "Companion", "Offer", "Proposal", "Question"),
    *("Reply", "Review", "Seat", "Step", "Telling", "ToldWord"),
)


@require_safe
def decision_page(request: Request, pk: UUID) -> HttpResponseBase:
    """Show one decision as this reader may see it."""
    actor = request.actor
    decision = opened(pk, actor)
    matter = Matter(actor, decision, request.get_full_path())
    if request.method == "GET" and matter.note_opening():
        decision = the(models.Decision, pk, seen_by=actor)  # their days begin now, and this page says so
        matter = Matter(actor, decision, request.get_full_path())
    panels = [] if decision.is_open else matter_panels(request, decision.id)
    return render(request, "decisions/decision.html", {**matter.context(), "panels": panels})


class Read(NamedTuple):
    """What the page shows of a matter, opened and named in one go once nothing more is written."""

    views: list[models.View]  # the newest first, and one more than stands on the page
    questions: list[models.Question]
    told: list[models.Telling]  # those of which the reader may know how they went out
    mine: models.View | None  # what the reader said
    gone: set[UUID]  # what was said for the reader by somebody who may not speak for them now
    called: dict[UUID, str]  # the name of each way it could go
    names: Names


class Matter(OfMatter):
    """Everything one page shows of a decision, read with as few statements as the law allows."""

    def __init__(self, actor: Actor, decision: models.Decision, here: str) -> None:
        super().__init__(actor, decision, here)
        self.held = held_of(decision, *OFTEN_EMPTY)
        self.seats = self.rows(models.Decider, "since_at")
        self.deciders = [row.person for row in self.seats if row.until_at is None]
        self.affected, self.number_named = whom_it_affects(
            self.actor, decision.id, self.held["Affected"], most=PEOPLE_SHOWN
        )
        self.people = [row.person for row in self.affected if row.person]
        self.groups = [row for row in self.affected if row.person is None]
        self.options = self.rows(models.Option, "number")
        self.steps = self.rows(models.Step, "at")
        self.tellings = self.rows(models.Telling, "told_at", "id")
        self.is_theirs = decision.person in actor.ids if decision.person else False
        ids = actor.ids
        self.decides = any(person in ids for person in self.deciders)
        self.mine = [row for row in self.affected if row.person in ids]

    def rows(self, model: Any, *order: str, **more: Any) -> list[Any]:
        """The rows of a part of this matter that the reader may see. An empty table is not asked."""
        if not self.held.get(model.__name__, 1):
            return []
        return super().rows(model, *order, **more)

    def note_opening(self) -> bool:
        """The person it was sent to has opened it: only then do we know that it reached them. Says whether
        anything was written."""
        if self.actor.typed_by is not None or self.actor.way == FACE or not self.mine:
            return False
        written = False
        for telling in self.tellings:
            unread = telling.person in self.actor.ids and not (telling.is_reached and telling.typist is None)
            if unread:
                try:
                    do(OpenIt(decision=self.decision.id, telling=telling.id), by=self.actor)
                except Refused:
                    continue  # opened a moment ago, in another window
                written = True
        return written

    def context(self) -> dict[str, Any]:
        """What the page says, in the order in which a reader asks."""
        read = self._read()
        to_decide = self._to_those_who_decide()
        return {
            **self._question(read, to_decide),
            **self._reader(),
            **self._ways_to_answer(read),
            **self._before_they_answer(read),
            **self._begun(read.names),
            **self.notes,
            **self._came_of_it(read),
            **to_decide,
            **self._ways_it_could_go(read.names),
            **self._whom(read.names),
            **self._asked(read),
            **self._said(read),
            "vote_waits": vote_waits(self.actor, self.decision, self.held),
            "around": around(self.actor, self.decision, self.held),
        }

    # What is read ----------------------------------------------------------------------------------

    def _read(self) -> Read:
        decision, actor = self.decision, self.actor
        most = VIEWS_SHOWN + 1
        views = self.rows(models.View, "-said_at", "id", is_current=True, most=most)
        questions = self.rows(models.Question, "asked_at")
        told = self.tellings[-TOLD_SHOWN:] if self._may_know_how() else []
        opened_together([decision], self.options, self.groups, self.steps, told, views, questions)
        also = {*self.people[:PEOPLE_SHOWN], *(telling.person for telling in told)}
        also |= {telling.told_by for telling in self.tellings if telling.group is not None}
        names = Names(actor, self._ids(views, questions) | also, matter=decision, seats=self.seats)
        called = {row.id: str(row.name) for row in self.options}
        gone = not_theirs(views, actor.ids, clock.now()) if decision.is_open else set()
        mine = self._my_view([row for row in views if row.id not in gone])
        return Read(views, questions, told, mine, gone, called, names)

    def _ids(self, views: list[models.View], questions: list[models.Question]) -> set[UUID | None]:
        decision = self.decision
        found = {decision.person, decision.raised_by, decision.decided_by, *self.deciders}
        found |= {step.by for step in self.steps}
        found |= {row.proposed_by for row in self.options if decision.is_about_person}
        found |= {one for row in views for one in (row.person, row.said_by, row.typist, row.confirmed_by)}
        return found | {one for row in questions for one in (row.person, row.answered_by)}

    def _may_know_how(self) -> bool:
        """Whether to show how word was sent: to the person, those who decide and whoever checks it."""
        if not self.tellings:
            return False
        return self.is_theirs or self.decides or self._how_told.may_be_known()

    @property
    def _how_told(self) -> HowTold:
        return HowTold(self.actor, self.decision, self.here)

    def _my_view(self, views: list[models.View]) -> models.View | None:
        """What the reader said, which may stand below what this page shows of many."""
        ids = self.actor.ids
        mine = next((row for row in views if row.person in ids), None)
        if mine is not None or not self.mine or len(views) <= VIEWS_SHOWN:
            return mine
        return next(iter(self.rows(models.View, is_current=True, person=ids)), None)

    def _by_them(self, views: list[models.View]) -> list[models.View]:
        """What the one it is about said, which may stand below what this page shows of many."""
        person = self.decision.person
        if person is None or len(views) <= VIEWS_SHOWN:
            return views
        return self.rows(models.View, is_current=True, person=[person])

    # What is asked, of whom, and how far it is -------------------------------------------------------

    def _question(self, read: Read, to_decide: dict[str, Any]) -> dict[str, Any]:
        """What may change, whose matter it is, and how far it is.

        That no answer has come is said only to those who would see one.
        """
        decision, names = self.decision, read.names
        person = names(decision.person) if decision.person else ""
        said = [row for row in self._by_them(read.views) if row.id not in read.gone]
        if self.decides and decision.is_open:  # nobody else is told that what a speaker said is not theirs
            gone = not_theirs(said, [decision.person], clock.now())
            said = [row for row in said if row.id not in gone]
        answered = has_answered(decision, said) and not self._waits(to_decide)
        may_know = self.is_theirs or self.decides
        has_said = read.mine is not None and read.mine.shape >= decision.change_shape  # not before it was put
        has_said = has_said and not unchecked([read.mine])  # nor in words that count only once it is checked
        return {
            "decision": decision,
            "title": str(decision.title),
            "whose": whose_words(decision, self.actor, person),
            "raised_by": names(decision.raised_by),
            "promised": comes_from_promise(self.actor, decision),
            "deciders": [names(one) for one in self.deciders],
            "look": look_of(decision),
            "state": state_words(decision, person, answered=answered, may_know=may_know),
            "answered": answered,
            "said": has_said,
            "needs_me": decision.is_open and not has_said and any(row.waits for row in self.mine),
        }

    def _waits(self, to_decide: dict[str, Any]) -> bool:
        """Whether the gate waits for whom it is about, such as when nobody may speak for them now."""
        in_the_way = to_decide["ruling"].in_the_way if "ruling" in to_decide else ()
        return any(each.person == self.decision.person and each.code in NO_ANSWER for each in in_the_way)

    def _reader(self) -> dict[str, bool]:
        """What the reader is to this: it is theirs, they decide it, they are asked what they think, it waits
        for what they say."""
        asked = bool(self.mine) or self.is_theirs or not self.decision.is_about_person
        told = {"is_theirs": self.is_theirs, "decides": self.decides, "asked": asked}
        return told | {"waits_for_you": self.is_theirs or any(row.waits for row in self.mine)}

    # What the reader can do, and what they need before they do it --------------------------------------

    def _ways_to_answer(self, read: Read) -> dict[str, Any]:
        """The ways to answer, for this reader."""
        decision, mine = self.decision, read.mine
        on_page = {row.id for row in read.views[:VIEWS_SHOWN]}
        given: dict[str, Any] = {"is_affected": bool(self.mine), "mine": mine, "shown": on_page}
        may_add = decision.is_open and (self.decides or self.mine)
        may_drop = decision.is_open and decision.raised_by in self.actor.ids
        return {
            **ways_to_answer(self.actor, decision, self.act, **given),
            "see_change": self.act("view_shown", view=mine.id) if mine else "",
            "add_option": self.act("option_added") if may_add else "",
            "drop": self.act("withdrawn") if may_drop else "",
        }

    def _before_they_answer(self, read: Read) -> dict[str, Any]:
        """How word of it went out, what help was asked for, and what comes next for who has answered."""
        actor, decision, told = self.actor, self.decision, read.told
        lines = self._how_told.lines(told, read.views, read.names, decides=self.decides) if told else []
        return {
            **helping(actor, decision, self.held, self.act, decides=self.decides),
            "next_for_you": next_for_you(actor, decision, self.held, read.mine) if self.mine else "",
            "told": lines,
            "told_before": len(self.tellings) - len(told) if told else 0,
        }

    def _ways_it_could_go(self, names: Names) -> dict[str, Any]:
        """The ways it could go, whose words these are in a life, and where people say what could go wrong
        with each or what would be lost."""
        decision = self.decision
        by = who_wrote_them(self.options, names) if decision.is_about_person else {}
        said_of_them = bool(self.options) and any(self.held.get(table) for table in ("Risk", "Forgone"))
        return {
            "options": [option_of(row, by.get(row.id, "")) for row in self.options],
            "said_of_ways": address("decisions:risks", decision.id) if said_of_them else "",
            "fold_ways": not (decision.is_open or decision.is_about_person),
        }

    # Whom it affects, and what they said ---------------------------------------------------------------

    def _whom(self, names: Names) -> dict[str, Any]:
        """Whom it affects, and how many word of it reached: as whoever told them says; of one group, as they
        say too."""
        groups, more = self.groups, max(self.number_named - PEOPLE_SHOWN, 0)
        alone = groups[0].id if len(groups) == 1 and self.held["ToldWord"] else None
        return {
            "people": [names(one) for one in self.people[:PEOPLE_SHOWN]],
            "more_people": more,
            "everyone": address("decisions:whom", self.decision.id) if more else "",
            "put_right": self._put_right(),
            "groups": groups,
            "typed_by": who_typed_it(self.tellings, names),
            "reached": reached_of(self.tellings),
            "told_one_by_one": any(row.listed for row in groups),
            "they_say": they_say([alone]).get(alone) if alone is not None else None,
        }

    def _put_right(self) -> tuple[str, str] | None:
        """Where whoever it affects says that it does not; and whose life it is, that somebody they named has
        died since. Nothing for anybody else."""
        if not self.decision.is_open:
            return None
        own = next((row for row in self.mine if row.person != self.decision.person), None)
        if own is not None:
            return self.act("affected_ended", affected=own.id), _("It does not affect me after all")
        has_others = self.is_theirs and self.held["Affected"] > 1
        if has_others and died_since(self.actor, self.decision).exists():
            where = address("decisions:whom", self.decision.id)
            return where, _("It does not affect one of these after all")
        return None

    def _asked(self, read: Read) -> dict[str, Any]:
        act = self.act if self.decides else None
        return of_questions(self.decision, read.questions, read.names, act, self.held)

    def _said(self, read: Read) -> dict[str, Any]:
        """What people said. Where all are to be read, and how many say what, once the page shows not all."""
        decision, replies = self.decision, None if self.held["Reply"] else list[models.Reply]()
        given: dict[str, Any] = {"options": read.called, "decides": self.decides, "here": self.here}
        given["gone"] = read.gone
        found = shown_views(self.actor, read.views[:VIEWS_SHOWN], read.names, replies=replies, **given)
        said = said_first(found, is_about_person=decision.is_about_person)
        everyone = address("decisions:views", decision.id)
        if len(read.views) <= VIEWS_SHOWN:
            may_agree = decision.is_open and not self.decides and read.mine is not None and len(found) > 1
            return {**said, "same_as_mine": everyone if may_agree else ""}
        return {**said, "more_views": everyone, "stand": where_people_stand(self.actor, decision)}

    # What came of it, and what stands in its way -------------------------------------------------------

    def _begun(self, names: Names) -> dict[str, Any]:
        """Help that began while it waits, and that somebody says it takes something away."""
        shown, why = steps_shown(self.steps), self.decision.why
        return {
            "steps": [
                (step, names.subject(step.by), why is not None and str(step.words) == str(why))
                for step in shown
            ],
            **of_taking(self.actor, self.decision, shown, self.here),
        }

    def _came_of_it(self, read: Read) -> dict[str, Any]:
        """What was decided, what waits to be looked at again, and of a small thing if it was agreed."""
        actor, decision, here = self.actor, self.decision, self.here
        outcome = Outcome(actor, decision, here)
        again = Again(actor, decision, here, [read.names(one) for one in self.deciders])
        return {
            "outcome": outcome.context(self.steps, read.names, read.called, decides=self.decides),
            "agreed": agreed(actor, decision, here),
            "again": again.waits(self.held, self.decides),
            "holding": holding(actor, decision, self.steps, here),
        }

    @cached_property
    def notes(self) -> dict[str, Any]:
        """How legal reasons and checks stand; while one holds, nobody says that nothing happens before."""
        law = law_notes(self.actor, self.decision, self.held.get("Ground", 0))
        checks = check_notes(self.actor, self.decision, self.held.get("Check", 0), self.act)
        holds = any(each["kind"] in HOLDS for each in law)
        return {"law_notes": law, "law_holds": holds, "check_notes": checks}

    def _to_those_who_decide(self) -> dict[str, Any]:
        """What stands in the way and their tools; to whoever does not decide it, the way to take it up."""
        decision = self.decision
        if not decision.is_open:
            return {}
        if not self.decides:
            return {"take_up": self.act("taken_up") if may_take_up(self.actor, decision) else ""}
        has_checks = bool(self.notes["check_notes"])
        who_decides = WhoDecides(self.actor, decision, self.here, has_checks=has_checks)
        return who_decides.context(self.held["Affected"])
