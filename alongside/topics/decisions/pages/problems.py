"""What people say is wrong, and the way of each problem to its result: whose words, when, what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from alongside.interfaces import words
from alongside.interfaces.acting import address_of, may_do, needs_passkey
from alongside.interfaces.page import matter_panels, render
from alongside.interfaces.who import Request
from alongside.interfaces.wired import answers
from alongside.kernel import clock, rules
from alongside.kernel.few import whole_lots
from alongside.kernel.now import the
from alongside.kernel.policy import Actor
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.problem_counts import shared_counts, solved_counts, words_not_shown
from alongside.topics.decisions.engine import few
from alongside.topics.decisions.models import Origin, Problem, ProblemWords
from alongside.topics.decisions.pages.changes import line
from alongside.topics.decisions.pages.looked import of_problem
from alongside.topics.decisions.pages.parting import parted_of, ways_to_part
from alongside.topics.decisions.pages.shown import look_of, state_words
from alongside.topics.decisions.pages.two_gates import drawn
from alongside.topics.people.pages.looking import reason_words, why_not
from alongside.topics.people.policy import names_of

A_PAGE = 50
ANSWER_LOOKS = {"not_now": "part", "not_ours": "quiet"}
AGREED = ("agreed", "agreed_with_changes")


@require_safe
def problems_page(request: Request) -> HttpResponseBase:
    """Everything that people said is wrong, what was said last first, each with its way drawn."""
    found = list(Problem.objects.seen_by(request.actor).order_by("-raised_on", "-made_by")[:A_PAGE])
    shown = Ways(request.actor, found)
    context = {
        "problems": [shown.of(row) for row in found],
        "new": reverse("decisions:new_problem"),
        "back": reverse("decisions:decisions"),
    }
    return render(request, "decisions/problems.html", context)


@require_safe
def new_problem_page(request: Request) -> HttpResponseBase:
    """First: is it about a service or a place, or about one person’s life? That is never made public."""
    me = request.actor.person if request.actor.only is None else None
    context = {
        "place": address_of("decisions.problem_raised", what="place"),
        "my_life": address_of("decisions.raised", person=me) if me else "",
        "a_life": address_of("decisions.raised") if me else "",
        "worry": address_of("decisions.concern_raised"),
        "back": reverse("decisions:problems"),
    }
    return render(request, "decisions/new_problem.html", context)


@require_safe
def problem_page(request: Request, pk: UUID) -> HttpResponseBase:
    """One problem, and every step of its way."""
    actor = request.actor
    row: Problem = the(Problem, pk, seen_by=actor)
    ways = Ways(actor, [row])
    steps = ways.decisions.get(pk, [])
    ways_to_part(actor, row, steps, request.path)
    panels = [panel for one in steps for panel in matter_panels(request, one["row"].id)]
    results = models.ProblemResult.objects.seen_by(actor).filter(problem=pk, is_current=True)
    context = {
        **ways.of(row),
        "answers": _answers(actor, pk),
        "steps": steps,
        "panels": panels,
        "parted": parted_of(actor, pk, ways.parted),
        "results": [
            (one, why_not(one) if one.may_be_read else "")
            for one in results.order_by("-on_day", "id")[:A_PAGE]
            if one.words is not None
        ],
        "solved": ways.better_words(row),
        "buttons": _buttons(actor, row, request.path),
        **of_problem(row, ways.names[row.organisation]),
        "back": reverse("decisions:problems"),
    }
    return render(request, "decisions/problem.html", context)


def _answers(actor: Actor, pk: UUID) -> list[dict[str, Any]]:
    found = list(models.ProblemAnswer.objects.seen_by(actor).filter(problem=pk).order_by("on_day", "made_by"))
    offices = names_of({row.office for row in found if row.office})
    pack = rules.here(clock.today())
    return [
        {
            "row": row,
            "says": _(pack.item("problem.answers", row.answer)["name"]),
            "office": offices[row.office] if row.office else "",
        }
        for row in found
    ]


def _buttons(actor: Actor, row: Problem, here: str) -> list[tuple[str, str, str]]:
    """(address, words, kind of button)."""

    def act(kind: str, **given: Any) -> str:
        return address_of(f"decisions.{kind}", next=here, **given)

    if actor.person is None:
        return _of_a_visitor(here) if actor.only is None else []
    if actor.only not in (None, row.id):  # a code opens one thing, and this is another
        return []
    found = []
    answers_it = may_do(actor, "decisions.problem_answered", row.id)
    is_mine = row.raised_by in actor.ids
    shares = models.MeToo.objects.seen_by(actor).filter(problem=row.id, is_current=True, person__in=actor.ids)
    if not is_mine and not answers_it:
        if shares.exists():
            found.append(
                (
                    act("problem_unshared", problem=row.id),
                    _("This is not my problem any more"),
                    "button-quiet",
                )
            )
        else:
            found.append((act("problem_shared", problem=row.id), _("Me too"), "button-voice"))
    if is_mine or shares.exists():
        found.append((act("problem_judged", problem=row.id), _("Say if it is better now"), "button-voice"))
    if answers_it:
        found.append((act("problem_answered", problem=row.id), _("Answer it"), "button"))
        given = {"organisation": row.organisation, "problem": row.id}
        found.append((act("place_raised", **given), _("Raise a decision from it"), "button-quiet"))
    if answers_it or is_mine:
        found.append(
            (act("problem_carried", problem=row.id), _("Say which decision comes from it"), "button-quiet")
        )
    return found + _to_look(actor, row, act)


def _of_a_visitor(here: str) -> list[tuple[str, str, str]]:
    """Each who has this problem too is counted once: they sign in, or somebody writes it down."""
    sign_in = f"{reverse('account_login')}?{urlencode({'next': here})}"
    return [
        (sign_in, _("Me too: sign in to say so"), "button-voice"),
        (reverse("talk"), _("I would rather talk or write"), "button-quiet"),
    ]


def _to_look(actor: Actor, row: Problem, act: Callable[..., str]) -> list[tuple[str, str, str]]:
    """For whoever may look at its words: show them to everyone, or hold them back."""
    if row.raised_by in actor.ids or not may_do(actor, "decisions.problem_words_shown", row.id):
        return []
    words_row = ProblemWords.objects.seen_by(actor).filter(problem=row.id).first()
    if words_row is None:
        return []
    is_held = words_row.is_held_on(clock.today())
    found = []
    if words_row.waits or is_held or words_row.asked_for:
        said = _("Show its words again") if is_held else _("Look at its words: show them")
        found.append((act("problem_words_shown", problem=row.id), said, "button"))
    if not is_held and not needs_passkey(actor, "decisions.problem_words_held"):
        found.append((act("problem_words_held", problem=row.id), _("Hold back its words"), "button-quiet"))
    return found


class Ways:
    """The ways of several problems, read in as few statements as there are kinds of step."""

    def __init__(self, actor: Actor, problems: list[Problem]) -> None:
        self.actor, self.today = actor, clock.today()
        ids = [row.id for row in problems]
        self.words = {row.problem: row for row in ProblemWords.objects.seen_by(actor).filter(problem__in=ids)}
        self.not_shown = words_not_shown(ids, self.today)
        self.pack = rules.here(self.today)
        self.smallest = self.pack.number("numbers.smallest_shown")
        self.shared, self.solved = shared_counts(ids), solved_counts(ids, smallest=self.smallest)
        named = {row.raised_by for row in problems if row.is_named}
        self.names = names_of({*(row.organisation for row in problems), *named})
        self.decisions = self._decisions(ids)
        self.shut = self._shut_by_a_code(ids)

    def _shut_by_a_code(self, ids: list[UUID]) -> set[UUID]:
        """Problems that came to more than the code from a letter shows: what anybody reads who has none."""
        if self.actor.only is None:
            return set()
        signed_in = Origin.objects.seen_by(replace(self.actor, only=None))
        return set(signed_in.filter(problem__in=ids, ended_on=None).values_list("problem", flat=True))

    def _decisions(self, ids: list[UUID]) -> dict[UUID, list[dict[str, Any]]]:
        origins = list(
            Origin.objects.seen_by(self.actor).filter(problem__in=ids).order_by("on_day", "made_by")
        )
        self.parted = [row for row in origins if row.ended_on is not None]
        origins = [row for row in origins if row.ended_on is None]
        wanted = {row.decision for row in origins}
        decisions = {row.id: row for row in models.Decision.objects.seen_by(self.actor).filter(id__in=wanted)}
        options = {row.id: row for row in part_options(self.actor, wanted)}
        changes: dict[UUID, list[models.Change]] = {}
        for change in (
            models.Change.objects.seen_by(self.actor).filter(decision__in=wanted).order_by("number")
        ):
            changes.setdefault(change.decision, []).append(change)
        bodies = names_of({one.run_by for each in changes.values() for one in each})
        ask = answers("promised_in")
        promised = ask(wanted) if ask else set()
        found: dict[UUID, list[dict[str, Any]]] = {}
        for origin in origins:
            row = decisions.get(origin.decision)
            if row is None or origin.problem is None:
                continue
            steps = found.setdefault(origin.problem, [])
            step = next((one for one in steps if one["row"].id == row.id), None)
            if step is None:
                step = {
                    "row": row,
                    "link": reverse("decisions:decision", args=[row.id]),
                    "state": state_words(row, ""),
                    "look": look_of(row),
                    "on": origin.on_day,
                    "options": [],
                    "origins": [],
                    "changes": [line(one, bodies) for one in changes.get(row.id, [])],
                    "is_promised": row.id in promised,
                }
                steps.append(step)
            step["origins"].append(origin.id)
            if origin.option in options:
                step["options"].append(str(options[origin.option].name))
        return found

    def of(self, row: Problem) -> dict[str, Any]:
        said = self.words.get(row.id)
        number = self.shared.get(row.id, 0)
        return {
            "row": row,
            "link": reverse("decisions:problem", args=[row.id]),
            "said": said,
            "title": str(said.where) if said else _("A problem whose words are not shown"),
            "why_not": self._why_not(row, said),
            "origin": self.origin(row),
            "body": self.names[row.organisation],
            "shared": self._shared(number),
            "state": self._state(row),
            "look": self._look(row),
            "way": self._way(row),
        }

    def origin(self, row: Problem) -> str:
        """Whose words, where they stand, and when: shown beside the problem at every step."""
        who = self.names[row.raised_by] if row.is_named else STANDINGS.get(row.standing, STANDINGS["unsaid"])
        return _("First said by %(who)s, on %(on)s.") % {"who": who, "on": words.day(row.raised_on)}

    def _why_not(self, row: Problem, said: ProblemWords | None) -> str:
        """Why its words are not shown to everyone: held back, or nobody has looked; since when, and who."""
        found = self.not_shown.get(row.id)
        if found is None:
            return why_not(said) if said is not None else ""
        if found.held_for:
            if said is not None:
                return why_not(said)
            return _("Its words are held back. Why: %(why)s.") % {"why": reason_words(found.held_for)}
        if found.look_by is None or found.look_by >= self.today:
            return _("Nobody put their name to its words. Somebody must read them first, by %(on)s.") % {
                "on": words.day(found.look_by) if found.look_by else _("soon")
            }
        waited = {"body": self.names[row.organisation], "days": words.days((self.today - row.raised_on).days)}
        return (
            _(
                "Its words have waited %(days)s for somebody to read them first. "
                "%(body)s has not looked, and no user-led organisation has."
            )
            % waited
        )

    def better(self, row: Problem) -> dict[str, int | None]:
        """What those who have it say now, with no number that tells what one of a few said."""
        counts, shared = self.solved.get(row.id, {}), self.shared.get(row.id, 0)
        return few.result_told(counts, shared=shared, smallest=self.smallest)

    def better_words(self, row: Problem) -> str:
        """The same as a sentence; empty where nobody said anything."""
        found = self.better(row)
        if not found:
            return ""
        heard, whom = found["heard"], found["whom"]
        if heard is None:
            said = _("Some of those who have this problem said whether it is better.")
            return f"{said} {words.few_words(self.smallest)}"
        parts = [
            f"{name}: {words.number(number)}"
            for code, name in (("yes", _("better")), ("partly", _("partly")), ("no", _("not better")))
            if (number := found[code]) is not None
        ]
        counted = "; ".join(parts) or _("what each said is not counted, since so few differ")
        if whom is None:
            return _("Those who have this problem said: %(counted)s.") % {"counted": counted}
        of = {"heard": words.number(heard), "whom": words.number(whom), "counted": counted}
        return _("%(heard)s of at least %(whom)s who have this problem said: %(counted)s.") % of

    def _shared(self, number: int) -> str:
        if not number:
            return ""
        many = whole_lots(number, smallest=self.smallest)
        if not many:
            others = _("Others say: me too.")
            return f"{others} {words.few_words(self.smallest)}"
        return _("At least %(count)s people say: me too.") % {"count": words.number(many)}

    def _look(self, row: Problem) -> str:
        steps = self.decisions.get(row.id, [])
        if steps:
            return str(steps[-1]["look"])
        if row.answer:
            return ANSWER_LOOKS.get(row.answer, "waiting")
        return "bad" if row.answer_by < self.today else "waiting"

    def _state(self, row: Problem) -> str:
        """What came of it last: what they answered at first is no news once there is a decision."""
        if self.solved.get(row.id):
            return _("Those who have it say whether it is better")
        steps = self.decisions.get(row.id, [])
        if steps:
            if steps[-1]["row"].state == "open":
                return _("Put to a decision, which is not made yet")
            return _("Put to a decision: %(state)s") % {"state": steps[-1]["state"].lower()}
        if row.answer:
            return _(self.pack.item("problem.answers", row.answer)["name"])
        day = {"on": words.day(row.answer_by)}
        if row.answer_by < self.today:
            return _("No answer yet. It was due on %(on)s") % day
        return _("It must be answered by %(on)s") % day

    def _way(self, row: Problem) -> dict[str, Any]:
        """The six steps from a problem to its result, each reached or not."""
        steps = self.decisions.get(row.id, [])
        reached = [
            True,
            bool(row.answer),
            bool(steps),
            any(one["row"].outcome in AGREED and one["row"].state == "decided" for one in steps),
            any(one["is_promised"] or any(c["row"].started_on for c in one["changes"]) for one in steps),
            bool(self.solved.get(row.id)),
        ]
        last = max(at for at, is_there in enumerate(reached) if is_there)
        is_shut = row.id in self.shut  # then which step is shut is not said, nor how many
        looks = ["passed" if there else "unseen" if is_shut else "ahead" for there in reached]
        looks[last] = "here"
        names = [str(name) for name in STEPS]
        if last == 1 and row.answer in GOES_NO_FURTHER and not is_shut:
            said = _("It goes no further, unless they answer again or somebody puts it to a decision.")
            return {
                "stations": drawn(names[:2], looks[:2]),
                "sentence": said,
                "name": _("The way of this problem"),
            }
        come = _("With your code you see that it has come to: %(step)s. It may be further.")
        come = come if is_shut else _("It has come to: %(step)s.")
        said = come % {"step": names[last].lower()}
        judged = self.better(row)
        heard, whom = judged.get("heard"), judged.get("whom")
        if last == len(STEPS) - 1 and heard and whom:
            of = {"heard": words.number(heard), "whom": words.number(whom)}
            said = _("%(heard)s of at least %(whom)s who have it have said whether it is better.") % of
        return {"stations": drawn(names, looks), "sentence": said, "name": _("The way of this problem")}


GOES_NO_FURTHER = ("not_now", "not_ours")
STEPS = (
    gettext_lazy("Said"),
    gettext_lazy("Answered"),
    gettext_lazy("Put to a decision"),
    gettext_lazy("Decided"),
    gettext_lazy("Promised or begun"),
    gettext_lazy("Those who have it are judging"),
)
STANDINGS: dict[str, Any] = {
    "draws": gettext_lazy("someone who draws on care and support"),
    "carer": gettext_lazy("an unpaid carer"),
    "family": gettext_lazy("family or a friend"),
    "neighbour": gettext_lazy("someone who lives here"),
    "practitioner": gettext_lazy("someone who works with people who draw on care and support"),
    "group": gettext_lazy("someone who speaks for a group"),
    "unsaid": gettext_lazy("someone"),
}


def part_options(actor: Actor, decisions: set[UUID]) -> list[models.Option]:
    return list(models.Option.objects.seen_by(actor).filter(decision__in=decisions))
