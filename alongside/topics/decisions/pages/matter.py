"""One matter: the question first, then what people need to answer it, then what those who decide may do."""

from __future__ import annotations

from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alongside.interfaces import words
from alongside.interfaces.acting import address_of, may_do
from alongside.interfaces.addresses import address
from alongside.interfaces.page import matter_panels, render
from alongside.interfaces.who import Request
from alongside.kernel import clock
from alongside.kernel.command import Refused
from alongside.kernel.door import do
from alongside.kernel.hands import is_anothers
from alongside.kernel.now import opened_together
from alongside.kernel.policy import FACE, Actor
from alongside.topics.decisions import models
from alongside.topics.decisions.commands import OpenIt
from alongside.topics.decisions.commands.standing import pack_of
from alongside.topics.decisions.commands.told_words import they_say
from alongside.topics.decisions.engine.of_the_law import NO_ANSWER
from alongside.topics.decisions.pages.again import Again
from alongside.topics.decisions.pages.agreed import agreed
from alongside.topics.decisions.pages.around import around, held_of
from alongside.topics.decisions.pages.by_whom import decided_words
from alongside.topics.decisions.pages.checking import check_notes
from alongside.topics.decisions.pages.crowd import said_first, where_people_stand, whom_it_affects
from alongside.topics.decisions.pages.helping import helping, next_for_you
from alongside.topics.decisions.pages.holding import holding
from alongside.topics.decisions.pages.looked import of_questions
from alongside.topics.decisions.pages.offices import may_take_up
from alongside.topics.decisions.pages.opened import opened
from alongside.topics.decisions.pages.seeing import HOLDS, law_notes, of_taking, steps_shown
from alongside.topics.decisions.pages.shown import (
    Names,
    has_answered,
    look_of,
    option_of,
    part_rows,
    reached_of,
    shown_views,
    sign_of,
    state_words,
    unchecked,
    who_typed_it,
    whose_words,
)
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
    if request.method == "GET":
        matter.note_opening()
    panels = [] if decision.is_open else matter_panels(request, decision.id)
    return render(request, "decisions/decision.html", {**matter.context(), "panels": panels})


class Matter:
    """Everything one page shows of a decision, read with as few statements as the law allows."""

    def __init__(self, actor: Actor, decision: models.Decision, here: str) -> None:
        self.actor, self.decision, self.here = actor, decision, here
        self.held = held_of(decision, *OFTEN_EMPTY)
        self.seats = self._parts(models.Decider, "since_at")
        self.deciders = [row.person for row in self.seats if row.until_at is None]
        self.affected, self.number_named = whom_it_affects(
            self.actor, decision.id, self.held["Affected"], most=PEOPLE_SHOWN
        )
        self.options = self._parts(models.Option, "number")
        self.steps = self._parts(models.Step, "at")
        self.tellings = self._parts(models.Telling, "told_at", "id")
        self.is_theirs = decision.person in actor.ids if decision.person else False
        ids = actor.ids
        self.decides = any(person in ids for person in self.deciders)
        self.mine = [row for row in self.affected if row.person in ids]

    def _parts(self, model: Any, *order: str, **more: Any) -> list[Any]:
        if not self.held.get(model.__name__, 1):
            return []
        return part_rows(model, self.actor, self.decision.id, *order, **more)

    def note_opening(self) -> None:
        """The person it was sent to has opened it: only then do we know that it reached them."""
        if self.actor.typed_by is not None or self.actor.way == FACE or not self.mine:
            return
        for telling in self.tellings:
            unread = telling.person in self.actor.ids and not (telling.is_reached and telling.typist is None)
            if unread:
                try:
                    do(OpenIt(decision=self.decision.id, telling=telling.id), by=self.actor)
                except Refused:
                    continue  # opened a moment ago, in another window
                self.tellings = self._parts(models.Telling, "told_at", "id")  # this page says so already

    def _crowd(self, shown: int) -> dict[str, Any]:
        """Where all are to be read, and how many say what, once they are more than the page shows."""
        if shown <= VIEWS_SHOWN:
            return {}
        everyone = address("decisions:views", self.decision.id)
        return {"more_views": everyone, "stand": where_people_stand(self.actor, self.decision)}

    def _word(self, groups: list[models.Affected]) -> dict[str, Any]:
        """How many word of it reached, as whoever told them says; of one group, as they say too."""
        alone = groups[0].id if len(groups) == 1 and self.held["ToldWord"] else None
        return {
            "reached": reached_of(self.tellings),
            "told_one_by_one": any(row.listed for row in groups),
            "they_say": they_say([alone]).get(alone) if alone is not None else None,
        }

    def _is_said_of_ways(self) -> bool:
        """Whether somebody added to what could go wrong or what good would be lost: counted already."""
        return bool(self.options) and any(self.held.get(table) for table in ("Risk", "Forgone"))

    def act(self, kind: str, **given: Any) -> str:
        return address_of(f"decisions.{kind}", decision=self.decision.id, next=self.here, **given)

    def context(self) -> dict[str, Any]:
        decision, actor = self.decision, self.actor
        shown = models.View.objects.seen(
            actor, "-said_at", "id", decision=decision.id, is_current=True, most=VIEWS_SHOWN + 1
        )
        questions = self._parts(models.Question, "asked_at")
        people = [row.person for row in self.affected if row.person]
        groups = [row for row in self.affected if row.person is None]
        told = self.tellings[-TOLD_SHOWN:] if self.tellings and self._may_know_how() else []
        opened_together([decision], self.options, groups, self.steps, told, shown, questions)
        also = {*people[:PEOPLE_SHOWN], *(telling.person for telling in told)}
        also |= {telling.told_by for telling in self.tellings if telling.group is not None}
        names = Names(actor, self._ids(shown, questions) | also, matter=decision, seats=self.seats)
        called = {row.id: str(row.name) for row in self.options}
        mine = self._my_view(shown)
        person = names(decision.person) if decision.person else ""
        to_decide = self._to_those_who_decide()
        return {
            "decision": decision,
            "title": str(decision.title),
            "whose": whose_words(decision, actor, person),
            "raised_by": names(decision.raised_by),
            **self._state(shown, person, to_decide),
            "said": mine is not None and mine.shape >= decision.change_shape,
            "look": look_of(decision),
            "needs_me": self._needs_me(mine),
            **self._reader(),
            **self._ways(mine, shown),
            "deciders": [names(one) for one in self.deciders],
            "see_change": self.act("view_shown", view=mine.id) if mine else "",
            "options": [option_of(row) for row in self.options],
            "said_of_ways": address("decisions:risks", decision.id) if self._is_said_of_ways() else "",
            "fold_ways": not (decision.is_open or decision.is_about_person),
            "people": [names(one) for one in people[:PEOPLE_SHOWN]],
            "more_people": max(self.number_named - PEOPLE_SHOWN, 0),
            "everyone": address("decisions:whom", decision.id) if self.number_named > PEOPLE_SHOWN else "",
            "groups": groups,
            "typed_by": who_typed_it(self.tellings, names),
            **self._word(groups),
            **of_questions(decision, questions, names, self.act if self.decides else None, self.held),
            **self._said(shown, names, called),
            **self._crowd(len(shown)),
            **self._after(names, called),
            "steps": [
                (step, names(step.by), decision.why is not None and str(step.words) == str(decision.why))
                for step in steps_shown(self.steps)
            ],
            **of_taking(actor, decision, steps_shown(self.steps), self.here),
            **self._before_they_answer(mine, told, names),
            "drop": self.act("withdrawn") if decision.is_open and decision.raised_by in actor.ids else "",
            "vote_waits": vote_waits(actor, decision, self.held),
            "around": around(actor, decision, self.held),
            **self.notes,
            "holding": holding(actor, decision, self.steps, self.here),
            "add_option": self.act("option_added")
            if decision.is_open and (self.decides or self.mine)
            else "",
            **to_decide,
        }

    def _before_they_answer(
        self, mine: models.View | None, told: list[models.Telling], names: Names
    ) -> dict[str, Any]:
        """How word of it went out, what help was asked for, and what comes next for who has answered."""
        return {
            **helping(self.actor, self.decision, self.held, self.act, decides=self.decides),
            "next_for_you": next_for_you(self.actor, self.decision, self.held, mine) if self.mine else "",
            "told": self._told(told, names),
            "told_before": len(self.tellings) - len(told) if told else 0,
        }

    @cached_property
    def notes(self) -> dict[str, Any]:
        """How legal reasons and checks stand; while one holds, nobody says that nothing happens before."""
        law = law_notes(self.actor, self.decision, self.held.get("Ground", 0))
        checks = check_notes(self.actor, self.decision, self.held.get("Check", 0), self.act)
        holds = any(each["kind"] in HOLDS for each in law)
        return {"law_notes": law, "law_holds": holds, "check_notes": checks}

    def _said(self, shown: list[models.View], names: Names, called: dict[UUID, str]) -> dict[str, Any]:
        given: dict[str, Any] = {"options": called, "decides": self.decides, "here": self.here}
        replies: list[models.Reply] | None = None if self.held["Reply"] else []
        found = shown_views(self.actor, shown[:VIEWS_SHOWN], names, replies=replies, **given)
        return said_first(found, is_about_person=self.decision.is_about_person)

    def _ids(self, views: list[models.View], questions: list[models.Question]) -> set[UUID | None]:
        decision = self.decision
        found = {decision.person, decision.raised_by, decision.decided_by, *self.deciders}
        found |= {step.by for step in self.steps}
        found |= {one for row in views for one in (row.person, row.said_by, row.typist, row.confirmed_by)}
        return found | {one for row in questions for one in (row.person, row.answered_by)}

    def _reader(self) -> dict[str, bool]:
        """What the reader is to this: it is theirs, they decide it, or they are asked what they think."""
        asked = bool(self.mine) or self.is_theirs or not self.decision.is_about_person
        return {"is_theirs": self.is_theirs, "decides": self.decides, "asked": asked}

    def _state(self, shown: list[models.View], person: str, to_decide: dict[str, Any]) -> dict[str, Any]:
        """How far it is; that no answer has come is said only to those who would see one."""
        answered = has_answered(self.decision, self._by_them(shown)) and not self._waits(to_decide)
        may_know = self.is_theirs or self.decides
        state = state_words(self.decision, person, answered=answered, may_know=may_know)
        return {"state": state, "answered": answered}

    def _waits(self, to_decide: dict[str, Any]) -> bool:
        """Whether the gate waits for whom it is about, such as when nobody may speak for them now."""
        in_the_way = to_decide["ruling"].in_the_way if "ruling" in to_decide else ()
        return any(each.person == self.decision.person and each.code in NO_ANSWER for each in in_the_way)

    def _by_them(self, shown: list[models.View]) -> list[models.View]:
        """What the one it is about said, which may stand below what this page shows of many."""
        person = self.decision.person
        if person is None or len(shown) <= VIEWS_SHOWN:
            return shown
        return models.View.objects.seen(
            self.actor, decision=self.decision.id, is_current=True, person=[person]
        )

    def _my_view(self, shown: list[models.View]) -> models.View | None:
        """What the reader said, which may stand below what this page shows of many."""
        ids = self.actor.ids
        mine = next((row for row in shown if row.person in ids), None)
        if mine is not None or not self.mine or len(shown) <= VIEWS_SHOWN:
            return mine
        said = models.View.objects.seen(self.actor, decision=self.decision.id, is_current=True, person=ids)
        return next(iter(said), None)

    def _needs_me(self, mine: models.View | None) -> bool:
        has_said = mine is not None and mine.shape >= self.decision.change_shape  # not before it was put
        return self.decision.is_open and not has_said and any(row.waits for row in self.mine)

    def _ways(self, mine: models.View | None, shown: list[models.View]) -> dict[str, Any]:
        """The ways to answer, for this reader."""
        on_page = {row.id for row in shown[:VIEWS_SHOWN]}
        given: dict[str, Any] = {"is_affected": bool(self.mine), "mine": mine, "shown": on_page}
        return ways_to_answer(self.actor, self.decision, self.act, **given)

    def _may_know_how(self) -> bool:
        """Whether to show how word was sent: to the person, those who decide and whoever checks it."""
        if self.is_theirs or self.decides:
            return True
        mine: dict[str, Any] = {"decision": self.decision.id, "checker": self.actor.ids, "ended_at": None}
        return bool(models.Checker.objects.seen(self.actor, **mine))

    def _told(self, tellings: list[models.Telling], names: Names) -> list[dict[str, Any]]:
        """Each telling as its reader would say it, and what they can do about it."""
        pack, found = pack_of(self.decision), []
        loose = unchecked(row for row in tellings if row.group is None and row.is_reached)
        for row in tellings:
            to_me = row.person in self.actor.ids
            sign = sign_of(pack, row, to_me=to_me)
            if row.group is not None:
                reached = {"count": words.people(row.reached_count)}
                sign = _("Those who decide counted that it reached %(count)s") % reached
            is_loose = row.id in loose
            confirm = is_loose and not self.decides and row.typist not in self.actor.ids
            confirm = confirm and not (to_me and is_anothers(self.actor))
            mark = self.decides and not row.is_reached
            found.append(
                {
                    "row": row,
                    "who": names(row.person) if row.person else "",
                    "channel": _(pack.item("told.channels", row.channel)["name"]),
                    "sign": sign,
                    "is_loose": is_loose,
                    "confirm": self.act("telling_confirmed", telling=row.id) if confirm else "",
                    "mark": self.act("telling_marked", telling=row.id) if mark else "",
                }
            )
        return found

    def _after(self, names: Names, called: dict[UUID, str]) -> dict[str, Any]:
        """What was decided, what waits to be looked at again, and of a small thing if it was agreed."""
        said = agreed(self.actor, self.decision, self.here)
        again = Again(self.actor, self.decision, self.here, [names(one) for one in self.deciders])
        waits = again.waits(self.held, self.decides)
        return {"outcome": self._outcome(names, called), "agreed": said, "again": waits}

    def _outcome(self, names: Names, called: dict[UUID, str]) -> dict[str, Any] | None:
        decision = self.decision
        if decision.decided_at is None:
            return None
        pack = pack_of(decision)
        is_in_time = decision.undo_until is None or clock.today() <= decision.undo_until
        may_undo = decision.undo_days is not None and decision.state == models.State.DECIDED and is_in_time
        return {
            "words": _(pack.item("decision.outcomes", decision.outcome)["name"]),
            "way": called.get(decision.option, "") if decision.option else "",
            "decided": decided_words(self.actor, decision, decision, names),
            "without": next((s.words for s in self.steps if s.kind == "without_them"), None),
            "undone": next((s for s in self.steps if s.kind == "undone"), None),
            "promise": self._promise_link(),
            **self._looked(),
            "undo": self.act("undone") if may_undo and self.is_theirs else "",
        }

    def _looked(self) -> dict[str, Any]:
        """Once the day of the look again is past: when it was done, or that nobody has written it down."""
        day = self.decision.review_on
        if day is None or day >= clock.today():
            return {}
        rows = part_rows(models.Review, self.actor, self.decision.id, "due_on")
        done = [row.done_at for row in rows if row.done_at is not None and row.due_on >= day]
        return {"looked": done[0] if done else None, "not_looked": not done}

    def _promise_link(self) -> str:
        """Where those who decided promise what follows from it."""
        decision = self.decision
        if not self.decides or decision.organisation is None or decision.state != models.State.DECIDED:
            return ""
        if not may_do(self.actor, "promises.made", decision.organisation):
            return ""
        given = {"organisation": decision.organisation, "person": decision.person, "decision": decision.id}
        return address_of("promises.made", next=self.here, **given)

    def _to_those_who_decide(self) -> dict[str, Any]:
        decision = self.decision
        if not decision.is_open:
            return {}
        if not self.decides:
            return {"take_up": self.act("taken_up") if may_take_up(self.actor, decision) else ""}
        has_checks = bool(self.notes["check_notes"])
        return WhoDecides(self.actor, decision, self.here, has_checks=has_checks).context(
            self.held["Affected"]
        )
