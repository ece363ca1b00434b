"""Changes to services: what is running on whose judgement, what is in the way, and how they judge it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from alongside.interfaces import words
from alongside.interfaces.acting import address_of, may_do, needs_passkey
from alongside.interfaces.page import render
from alongside.interfaces.who import Request
from alongside.kernel import clock
from alongside.kernel.command import Missing
from alongside.kernel.few import answers_told, number_told
from alongside.kernel.now import the
from alongside.kernel.policy import Actor
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.asking_again import why_not_again
from alongside.topics.decisions.commands.changing import may_be_judged_on
from alongside.topics.decisions.commands.gating import AGREED, pack_of_change, plan_of, said_in_lots, try_outs
from alongside.topics.decisions.commands.going import can_go_on
from alongside.topics.decisions.engine import counted, gates
from alongside.topics.decisions.models import Change, ChangeState
from alongside.topics.decisions.pages.judged import fewest_told, told_of
from alongside.topics.decisions.pages.judged_by_lot import by_lot_words, lists_of
from alongside.topics.decisions.pages.looked import of_change
from alongside.topics.decisions.pages.of_matter import OfMatter
from alongside.topics.decisions.pages.shown import part_rows
from alongside.topics.decisions.pages.two_gates import drawn_gates, judged_so_far
from alongside.topics.people.pages.looking import why_not
from alongside.topics.people.policy import names_of

A_PAGE = 50
MOST_WAITING = 3  # of those who wait for an answer, before the others are folded
LOOKS = {
    ChangeState.PROPOSED: "waiting",
    ChangeState.RUNNING: "good",
    ChangeState.LAPSED: "bad",
    ChangeState.CHANGED: "quiet",
    ChangeState.STOPPED: "quiet",
    ChangeState.DROPPED: "quiet",
}


def stands(change: Change) -> str:
    """The first line about a change: what anybody must know before anything else."""
    today = clock.today()
    if gates.is_lapsed(change.state, change.review_on, today) and change.review_on:
        day = {"day": words.day(change.review_on)}
        return (
            _("This is not allowed to go on. Its permission lapsed on %(day)s.") % day
            + " "
            + _("By then it had not been let go on. Help that people have from it goes on.")
        )
    if change.state == ChangeState.RUNNING and change.review_on:
        return _("It runs. Those it affects judge it again by %(day)s.") % {
            "day": words.day(change.review_on)
        }
    if change.state == ChangeState.PROPOSED:
        return _("It has not started. It waits for those it affects to judge it.")
    return f"{ChangeState(change.state).label}."


def look_of(change: Change) -> str:
    lapsed = gates.is_lapsed(change.state, change.review_on, clock.today())
    return LOOKS[ChangeState.LAPSED if lapsed else ChangeState(change.state)]


def line(change: Change, bodies: Any) -> dict[str, Any]:
    """One change in a list."""
    return {
        "row": change,
        "link": reverse("decisions:change", args=[change.id]),
        "stands": stands(change),
        "look": look_of(change),
        "state": state_words(change),
        "kind": kind_words(change),
        "run_by": bodies[change.run_by],
    }


def state_words(change: Change) -> str:
    if gates.is_lapsed(change.state, change.review_on, clock.today()):
        return str(ChangeState.LAPSED.label)
    return str(ChangeState(change.state).label)


def kind_words(change: Change) -> str:
    name = _(str(pack_of_change(change).item("change.kinds", change.kind)["name"]))
    return _("A try-out: %(kind)s") % {"kind": name} if change.is_pilot else name


@require_safe
def all_changes_page(request: Request) -> HttpResponseBase:
    """Every change to a service, those that have lost their permission first."""
    found = list(Change.objects.seen_by(request.actor).order_by("-proposed_on", "id")[:A_PAGE])
    order = {"bad": 0, "waiting": 1, "good": 2, "quiet": 3}
    found.sort(key=lambda row: order[look_of(row)])
    bodies = names_of({row.run_by for row in found})
    context = {"changes": [line(row, bodies) for row in found], "back": reverse("decisions:decisions")}
    return render(request, "decisions/all_changes.html", context)


@require_safe
def changes_page(request: Request, pk: UUID) -> HttpResponseBase:
    """The changes that come from one decision."""
    decision: models.Decision = the(models.Decision, pk, seen_by=request.actor)
    if decision.is_about_person:
        raise Missing
    found = part_rows(Change, request.actor, pk, "number")
    bodies = names_of({row.run_by for row in found})
    agreed = decision.state == models.State.DECIDED and decision.outcome in AGREED
    propose = agreed and may_do(request.actor, "decisions.change_proposed", pk)
    given = {"decision": pk, "run_by": decision.organisation, "next": request.path}
    context = {
        "decision": decision,
        "changes": [line(row, bodies) for row in found],
        "propose": address_of("decisions.change_proposed", **given) if propose else "",
        "back": reverse("decisions:decision", args=[pk]),
    }
    return render(request, "decisions/changes.html", context)


@require_safe
def change_page(request: Request, pk: UUID) -> HttpResponseBase:
    """One change: whether it may run, what those it affects say, and what is in the way."""
    change: Change = the(Change, pk, seen_by=request.actor)
    decision: models.Decision = the(models.Decision, change.decision, seen_by=request.actor)
    return render(
        request, "decisions/change.html", OneChange(request.actor, decision, change, request.path).context()
    )


class OneChange(OfMatter):
    """What one page shows of a change."""

    def __init__(self, actor: Actor, decision: models.Decision, change: Change, here: str) -> None:
        super().__init__(actor, decision, here)
        self.change = change
        self.smallest = fewest_told(actor, decision)
        self.plan = plan_of(decision, change, clock.today(), smallest=self.smallest)
        self.pack = pack_of_change(change)
        self.decides = may_do(actor, "decisions.change_started", decision.id)
        self.runs = self.decides or may_do(actor, "decisions.change_reported", decision.id)

    def act(self, kind: str, **given: Any) -> str:
        """The address of a form about this change, from which the reader comes back here."""
        return super().act(kind, change=self.change.id, **given)

    def rows(self, model: Any, *order: str, **more: Any) -> list[Any]:
        """The rows of a part of this change that the reader may see."""
        return super().rows(model, *order, of_change=self.change.id, **more)

    def context(self) -> dict[str, Any]:
        change, today = self.change, clock.today()
        steps = self.rows(models.ChangeStep, "on_day", "made_by")
        bodies = names_of({change.run_by, *(row.office for row in steps if row.office)})
        judgements = [self._judgement(row) for row in self._said()[:A_PAGE] if self._has_words(row)]
        unanswered = [one for one in judgements if one["answer"] and one["row"].words is not None]
        waiting = [one for one in unanswered if one["row"].reply is None][:MOST_WAITING]
        said = [one for one in judgements if one not in waiting]
        evaluations = [self._evaluation(row) for row in self.rows(models.Evaluation, "on_day")]
        items, benefits = self.items(), self.benefits()
        return {
            "change": change,
            "decision": self.decision,
            "stands": stands(change),
            "look": look_of(change),
            "state": state_words(change),
            "kind": kind_words(change),
            "run_by": bodies[change.run_by],
            "gates": drawn_gates(change, steps, today, stands(change)),
            "so_far": judged_so_far(change, steps, smallest=self.smallest),
            "time_is_over": change.judge_by is not None and change.judge_by < today,
            "tally": told_of(self.plan, smallest=self.smallest),
            "by_lot": by_lot_words(self.plan.numbers, smallest=self.smallest),
            "needed": counted.needed_of(self.plan.tally, self.plan.measure),
            "in_the_way": [sentence for _code, sentence in self._bars()],
            "ways_on": list(gates.ways_on(self.plan)),
            "judge": ""
            if may_be_judged_on(change, today) or not self.actor.person
            else self.act("change_judged"),
            "problem": address_of("decisions.problem_raised", organisation=self.decision.organisation),
            "steps": [
                (row, STEPS.get(row.kind, ""), bodies.get(office_of(row) or row.id, "")) for row in steps
            ],
            "pilot": next(iter(self.rows(models.Pilot)), None),
            "evaluations": evaluations,
            "stop_is_met": any(one["row"].is_stop_met for one in evaluations),
            "waits_to_widen": change.is_pilot and not evaluations and change.state != ChangeState.DROPPED,
            "items": items,
            "benefits": benefits,
            # What is folded stands open for whoever can do something there.
            "judgements": said,
            "waiting": waiting,
            "judgements_open": any(one["is_mine"] for one in said),
            "items_open": any(one["try"] for one in items),
            "benefits_open": any(one["say"] or one["measure"] for one in benefits),
            **of_change(change, self.decision),
            "follows": self._follows(),
            "came_of": self._came_of(),
            "buttons": self._buttons(),
            "passkey_first": self.decides and needs_passkey(self.actor, "decisions.change_started"),
            "back": reverse("decisions:changes", args=[self.decision.id]),
        }

    def _said(self) -> list[models.Judgement]:
        return [row for row in self.rows(models.Judgement, "-said_on", "id") if row.is_current]

    def _has_words(self, row: models.Judgement) -> bool:
        """Whether there is something to read: of the others, who wrote no words is in the numbers alone."""
        return row.words is not None or row.person in self.actor.ids

    def _bars(self) -> Iterable[gates.Bar]:
        if self.change.state == ChangeState.PROPOSED:
            return gates.may_start(self.plan)
        if self.change.state in (ChangeState.RUNNING, ChangeState.LAPSED):
            return gates.may_go_on(self.plan, clock.today())
        return ()

    def _judgement(self, row: models.Judgement) -> dict[str, Any]:
        standing = _(self.pack.item("change.standings", row.standing)["name"])
        is_now = row.round == self.change.round and row.is_current
        waits = is_now and self.runs and row.words is not None and row.replied_on is None
        is_mine = row.person in self.actor.ids
        return {
            "row": row,
            "is_mine": is_mine,
            "why_not": why_not(row) if row.may_be_read else "",
            "is_earlier": row.round != self.change.round,
            "said": models.Judged(row.judged).label,
            "standing": standing,
            "answer": self.act("judgement_answered", judgement=row.id) if waits and not is_mine else "",
        }

    def benefits(self) -> list[dict[str, Any]]:
        """Each good that is claimed, with what those it is for say."""
        return [self._benefit(row) for row in self.rows(models.Benefit, "made_by")]

    def items(self) -> list[dict[str, Any]]:
        """Each thing it must do, with what people found who tried it."""
        trials = self.rows(models.Trial, "-said_on", "id")
        found = []
        for item in self.rows(models.FitnessItem, "number"):
            tries = models.Trial.everything.filter(of_change=self.change.id, item=item.id)
            tried, some = self._in_lots(tries)
            found.append(
                {
                    "row": item,
                    **self._out_of("works", [row.works == "yes" for row in tried], "tried", some=some),
                    "said": [self._trial(row) for row in trials if row.item == item.id and row.words],
                    "try": self.act("fitness_tried", item=item.id) if self.actor.person else "",
                }
            )
        return found

    def _in_lots(self, rows: Any) -> tuple[list[Any], bool]:
        """What counts of these, as this reader is told it; and whether anybody said anything that counts."""
        said = said_in_lots(rows, self.decision.id, smallest=self.smallest)
        return said, bool(said or said_in_lots(rows, self.decision.id, smallest=0))

    def _out_of(
        self, part_name: str, said: list[bool], whole_name: str, *, some: bool
    ) -> dict[str, int | None]:
        """Some of a whole; both None where that would show what one person said, or few have spoken."""
        part, whole = sum(said), len(said)
        told = answers_told([part, whole - part], smallest=self.smallest)
        if None in told or (some and not whole):
            return {part_name: None, whole_name: None}
        return {part_name: part, whole_name: whole}

    def _evaluation(self, row: models.Evaluation) -> dict[str, Any]:
        heard, left = (number_told(each, smallest=self.smallest) for each in (row.heard, row.left_heard))
        return {"row": row, "heard": heard, "left_heard": left}

    def _trial(self, row: models.Trial) -> tuple[Any, str, str, str]:
        who = _(self.pack.item("change.tried_as", row.tried_as)["name"])
        why = why_not(row) if row.may_be_read else ""
        return row, str(who), str(models.Works(row.works).label), why

    def _benefit(self, row: models.Benefit) -> dict[str, Any]:
        answers = models.BenefitAnswer.everything.filter(benefit=row.id)
        said, some = self._in_lots(answers)
        is_open = self.change.started_on is not None and not row.result
        can_say = is_open and self.actor.person is not None and clock.today() >= row.checks_on
        return {
            "row": row,
            "result": RESULTS.get(row.result, ""),
            "is_said": some,
            **self._out_of("came", [one.came == "yes" for one in said], "heard", some=some),
            "say": self.act("benefit_judged", benefit=row.id) if can_say else "",
            "measure": self.act("benefit_measured", benefit=row.id) if is_open and self.runs else "",
        }

    def _is_not_wider(self) -> bool:
        """Whether what came of a try-out of this matter, or that nothing was written of it, is in the way of
        anything wider: then nobody is asked for it and refused."""
        return any(gates.may_widen(try_outs(self.decision.id)))

    def _follows(self) -> dict[str, str] | None:
        before = Change.objects.seen_by(self.actor).filter(id=self.change.follows).first()
        if before is None:
            return None
        return {"name": str(before.name), "link": reverse("decisions:change", args=[before.id])}

    def _came_of(self) -> list[tuple[str, str]]:
        """(title, address) of the matters that it was put to, such as whether to switch it off."""
        origins = models.Origin.objects.seen_by(self.actor).filter(from_change=self.change.id)
        ids = list(origins.values_list("decision", flat=True))
        rows = models.Decision.objects.seen_by(self.actor).filter(id__in=ids).order_by("raised_at", "id")
        return [(str(row.title), reverse("decisions:decision", args=[row.id])) for row in rows]

    def _buttons(self) -> list[tuple[str, str]]:
        """(address, words): what those who decide or run it can do now."""
        change, found = self.change, list[tuple[str, str]]()
        lapsed = gates.is_lapsed(change.state, change.review_on, clock.today())
        if self.runs and not may_be_judged_on(change, clock.today()):
            found.append((self.act("judgement_asked"), _("Write down whom you asked to judge it")))
        again = not may_be_judged_on(change, clock.today()) and not any(why_not_again(change, clock.today()))
        if self.runs and again:
            found.append((self.act("judgement_asked_again"), _("Give them more time, and ask again")))
        if self.decides or self.runs:
            found += lists_of(self.actor, self.decision, self.change, self.act)
        if self.runs and change.state == ChangeState.RUNNING and not lapsed:
            found.append((self.act("change_reported"), _("Say how far it is")))
        if not self.decides:
            return found
        for state, kind, said in OFFERED:
            if change.state != state or needs_passkey(self.actor, f"decisions.{kind}"):
                continue
            if kind == "pilot_set_out" and not change.is_pilot:
                continue
            if kind == "change_goes_on" and not can_go_on(self.decision, change, clock.today()):
                continue  # what is in its way stands above the buttons, with the day where it is too early
            found.append((self.act(kind), str(said)))
        if change.state == ChangeState.PROPOSED and change.needs_fitness:
            found.append((self.act("fitness_set"), _("Say one thing that it must do")))
            found.append((self.act("benefit_claimed"), _("Say what good it will do")))
        evaluates = not needs_passkey(self.actor, "decisions.pilot_evaluated")
        if change.is_pilot and change.started_on is not None and evaluates:
            found.append((self.act("pilot_evaluated"), _("Write down what came of the try-out")))
        may_be_followed = change.state in (ChangeState.RUNNING, ChangeState.LAPSED)
        if may_be_followed and not (change.is_pilot and self._is_not_wider()):
            given = {
                "decision": self.decision.id,
                "follows": change.id,
                "kind": change.kind,
                "next": self.here,
            }
            name = _("Make it wider") if change.is_pilot else _("Propose another plan in its place")
            found.append((address_of("decisions.change_proposed", run_by=change.run_by, **given), name))
        return found


OFFERED: list[tuple[str, str, Any]] = [
    (ChangeState.PROPOSED, "change_started", gettext_lazy("Start it")),
    (ChangeState.PROPOSED, "pilot_set_out", gettext_lazy("Set out the try-out, and when it would stop")),
    (ChangeState.PROPOSED, "plan_put", gettext_lazy("Change the plan")),
    (ChangeState.PROPOSED, "change_dropped", gettext_lazy("Drop it")),
    (ChangeState.RUNNING, "change_goes_on", gettext_lazy("Let it go on")),
    (ChangeState.RUNNING, "change_stopped", gettext_lazy("Stop it")),
    (ChangeState.LAPSED, "change_goes_on", gettext_lazy("Let it go on")),
    (ChangeState.LAPSED, "change_stopped", gettext_lazy("Stop it")),
]
STEPS: dict[str, Any] = {
    "plan_before": gettext_lazy("The plan was changed. Before, it was:"),
    "asked_again": gettext_lazy("They were asked again, and given more time. How:"),
    "started": gettext_lazy("It started."),
    "passed_over": gettext_lazy("Their judgement was passed over. Why:"),
    "reported": gettext_lazy("How far it is:"),
    "goes_on": gettext_lazy("It was let go on, after they had judged it."),
    "lapsed": gettext_lazy("Its permission lapsed by itself: the day came, and it had not been let go on."),
    "stopped": gettext_lazy("It was stopped. Why:"),
    "care": gettext_lazy("How help goes on for people who have it from this:"),
    "dropped": gettext_lazy("It was dropped before it started."),
}
BY_THE_CLOCK = ("lapsed",)  # nobody did these: their day came


def office_of(row: models.ChangeStep) -> UUID | None:
    """The office that did it; none where nobody did, because it came due by itself."""
    return None if row.kind in BY_THE_CLOCK else row.office


RESULTS: dict[str, Any] = {
    "came": gettext_lazy("Those it was for say that it came."),
    "failed": gettext_lazy("Those it was for say that it did not come. Switching it off is to be decided."),
    "not_measured": gettext_lazy("Nobody can say that it came. Switching it off is to be decided."),
}
