"""The rows of a matter, read into the facts of the yardstick: every row, whoever asks, for these are counts.

What comes out names nobody: it is numbers, and the entries they rest on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cached_property
from itertools import dropwhile
from typing import Any
from uuid import UUID

from alongside.interfaces.wired import answers
from alongside.kernel import clock, reading
from alongside.kernel.clock import day_of
from alongside.kernel.command import COMMANDS
from alongside.kernel.policy import INSTALLATION, NOBODY
from alongside.kernel.reading import Line
from alongside.kernel.seal import words_or_none
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.outside import Outside
from alongside.topics.decisions.engine import facts as engine
from alongside.topics.decisions.engine import kinds
from alongside.topics.decisions.engine.facts import Facts
from alongside.topics.people.policy import paid_by, paid_by_providers, smallest_shown

SPOKE = {"place_view_given", "comes_as_said", "took_part", "part_answered", "judged", "change_judged"}


def facts_of(decision: models.Decision, lines: list[Line] | None = None) -> Facts:
    """All that is recorded of one matter. `lines` is its history, where the page has read it already."""
    return _Reading(decision, lines or reading.history(decision.id)).facts()


def entry_of_rows(lines: Iterable[Line]) -> dict[UUID, UUID]:
    """For each row that an entry made, that entry."""
    found: dict[UUID, UUID] = {}
    for line in lines:
        command = COMMANDS.get(line.recorded.kind)
        for shape in command.shapes_of("fresh") if command else ():
            made = line.fields.get(shape.name)
            for one in made if isinstance(made, list) else [made]:
                if one:
                    found[UUID(one)] = line.recorded.id
    return found


class _Reading:
    """One matter, read once."""

    def __init__(self, decision: models.Decision, lines: list[Line]) -> None:
        self.decision, self.lines = decision, lines
        self.made = entry_of_rows(lines)
        self.meetings = self._rows(models.Meeting)
        self.offers = self._rows(models.PayOffer)
        self.acts = self._rows(models.PartTaken)
        self.judgements = self._rows(models.Judgement).filter(is_current=True)
        self.changes = list(self._rows(models.Change))
        self.groups = list(self._rows(models.Affected).filter(person=None, ended_at=None))
        self.at = {line.recorded.id: line.recorded.at for line in lines}
        self.views = self._rows(models.View).filter(is_current=True)
        typed = {line.recorded.id: line.recorded.typed_by for line in lines}
        self.typed_by = {entry: who for entry, who in typed.items() if who not in (None, INSTALLATION)}

    def _rows(self, model: Any) -> Any:
        return model.everything.filter(decision=self.decision.id).order_by("made_by", "pk")

    def _fact(self, row: Any, at: datetime, **more: Any) -> dict[str, Any]:
        return {
            "entry": self.made.get(row.id, self.made[self.decision.id]),
            "at": at,
            "day": day_of(at),
            **more,
        }

    @cached_property
    def in_line(self) -> frozenset[UUID]:
        """The entries that were typed for somebody by one who decides this, now or ever, or stood in one line
        with them: they may have typed it before they took the matter up."""
        if not self.typed_by:
            return frozenset()
        deciders = set(self._rows(models.Decider).values_list("person", flat=True))
        return frozenset(e for e, who in self.typed_by.items() if who not in Outside(deciders, self.at[e]))

    def _is_own(self, row: Any, said: bool) -> bool:
        """Whether what was taken as somebody’s own word when it was typed still can be."""
        return said and self.made.get(row.id) not in self.in_line

    def facts(self) -> Facts:
        decision = self.decision
        people = set(self.acts.values_list("person", flat=True))
        people |= set(self._rows(models.Coming).values_list("person", flat=True))
        people |= set(self._rows(models.Seat).values_list("person", flat=True))
        people |= set(self.judgements.values_list("person", flat=True))
        people |= {decision.raised_by, *self.offers.values_list("person", flat=True)}
        people |= set(self.typed_by.values())
        since = decision.raised_at
        return Facts(
            matter=self._matter(),
            standings=tuple(self._standings()),
            meetings=tuple(self._meetings()),
            acts=tuple(self._acts()),
            ways=tuple(self._ways()),
            views=tuple(self._views()),
            same=tuple(self._same()),
            replies=tuple(self._replies()),
            told=tuple(self._told()),
            offers=tuple(self._offers()),
            access=tuple(self._access()),
            tasks=tuple(self._tasks()),
            commitments=tuple(commitments(decision.id)),
            evaluations=tuple(self._evaluations()),
            bound=tuple(self._bound()),
            claims=tuple(self._claims()),
            sources=tuple(self._sources()),
            seats=tuple(self._seats()),
            voices=tuple(self._voices()),
            sizes=tuple(self._sizes()),
            kinds=(*self._of_themselves(), *self._among()),
            smallest=smallest_shown(),
            paid_by_body=frozenset(paid_by(people, decision.organisation, since)),
            paid_by_suppliers=frozenset(paid_by_providers(people, since)),
        )

    def _matter(self) -> engine.Matter:
        decision = self.decision
        sizes = [row.size for row in self.groups if row.size is not None]
        most = [self._most(row) for row in self.groups if row.size is not None]
        deciders = self._rows(models.Decider).filter(until_at=None).values_list("person", flat=True)
        decided = decision.decided_at
        by = frozenset({*deciders, *([decision.decided_by] if decision.decided_by else [])})
        return engine.Matter(
            **self._fact(decision, decision.raised_at),
            raised_by=decision.raised_by,
            typed_by=self.typed_by.get(self.made[decision.id]),
            today=clock.today(),
            is_raised_by_a_rule=decision.raised_by == INSTALLATION,
            is_in_words=decision.why is not None or self._comes_from_words(),
            size=sum(most) if sizes else None,
            now_said=sum(sizes) if sum(sizes) < sum(most) else None,
            deciders=by,
            decided_at=decided,
            decided_on=day_of(decided) if decided else None,
            decided_entry=self._decided_entry(),
            adopted=decision.option,
            is_as_raised=decision.outcome == "agreed" and decision.option is None,
        )

    def _most(self, group: models.Affected) -> int:
        """How many are in a group. A number that was made smaller once people had spoken is not counted."""
        before = [said.get("was") or 0 for said in self.corrected if said.get("group") == str(group.id)]
        return max([group.size or 0, *before])

    @cached_property
    def corrected(self) -> list[Mapping[str, Any]]:
        """What was put right in the number of people, since the first of them spoke."""
        since = dropwhile(lambda line: not _has_come(line), self.lines)
        return [line.fields for line in since if line.recorded.kind == "decisions.group_size_corrected"]

    def _comes_from_words(self) -> bool:
        """Whether anyone can read elsewhere why it was raised: in the problem it came from, or at the change
        it is about."""
        on_day = day_of(self.decision.raised_at)
        raised = self._rows(models.Origin).filter(ended_on=None, option=None, on_day=on_day)
        problems = list(raised.filter(problem__isnull=False).values_list("problem", flat=True))
        said = models.ProblemWords.objects.seen_by(NOBODY).filter(problem__in=problems)
        return raised.filter(from_change__isnull=False).exists() or said.exists()

    def _decided_entry(self) -> UUID | None:
        return next((line.recorded.id for line in reversed(self.lines) if _decides(line)), None)

    def _standings(self) -> Iterable[engine.RelatesAs]:
        for row in self._rows(models.Coming).filter(ended_at=None):
            yield engine.RelatesAs(
                **self._fact(row, row.said_at),
                person=row.person,
                comes_as=row.comes_as,
                is_own_word=self._is_own(row, row.is_own_word),
                is_shown=row.is_shown,
                is_of_body=row.is_of_body,
                is_of_supplier=row.is_of_supplier,
                is_of_user_led=row.is_of_user_led,
            )

        for row in self.judgements.filter(is_counted=True):  # said with what they judged a change by
            at = self.at[self.made[row.id]]
            yield engine.RelatesAs(**self._fact(row, at), person=row.person, comes_as="affected_person")

        for row in self._rows(models.Seat).filter(is_taken=True, is_member=True):  # they took it as that
            at = self.at[self.made[row.id]]
            yield engine.RelatesAs(**self._fact(row, at), person=row.person, comes_as="affected_person")

    def _of_themselves(self) -> Iterable[kinds.OfThemself]:
        """What people chose to say of themselves, where it can still be opened."""
        for row in self._rows(models.OfThemself).filter(is_own_word=True):
            said = words_or_none(row.what)
            if said is not None and self._is_own(row, True):
                yield kinds.OfThemself(
                    **self._fact(row, row.said_at),
                    person=row.person,
                    kind=said.strip(),
                    ended_at=row.ended_at,
                )

    def _among(self) -> Iterable[kinds.Among]:
        for row in self._rows(models.Among).filter(is_current=True):
            yield kinds.Among(**self._fact(row, row.said_at), kind=row.kind, people=row.people)

    def _meetings(self) -> Iterable[engine.Meeting]:
        for row in self.meetings:
            yield engine.Meeting(
                **self._fact(row, row.said_at),
                id=row.id,
                held_on=row.held_on,
                stage=row.stage,
                decides=row.decides,
                others=row.others,
            )

    def _acts(self) -> Iterable[engine.Act]:
        for row in self.acts:
            yield engine.Act(
                **self._fact(row, row.said_at),
                person=row.person,
                meeting=row.meeting,
                act=row.act,
                is_own_word=self._is_own(row, row.is_own_word),
                is_right=row.is_right,
            )

    def _ways(self) -> Iterable[engine.Way]:
        for row in self._rows(models.Option):
            written = self.at[self.made[row.id]]
            typed_by = self.typed_by.get(self.made[row.id])
            yield engine.Way(
                **self._fact(row, written), id=row.id, proposed_by=row.proposed_by, typed_by=typed_by
            )

    def _views(self) -> Iterable[engine.View]:
        for row in self.views:
            yield engine.View(
                **self._fact(row, row.said_at),
                id=row.id,
                person=row.person,
                declines=row.is_declining,
                is_of_body=row.is_of_body,
                is_firm=row.typist is None or row.confirmed_by is not None,
            )

    def _same(self) -> Iterable[engine.Same]:
        for row in self._rows(models.SameView):
            agreed = row.agreed_at is not None
            yield engine.Same(**self._fact(row, row.asked_at), view=row.view, other=row.other, agreed=agreed)

    def _replies(self) -> Iterable[engine.Reply]:
        for row in self._rows(models.Reply):
            yield engine.Reply(
                **self._fact(row, row.replied_at),
                view=row.view,
                result=row.result,
                has_reasons=row.words is not None,
                answered=row.answered,
            )

    def _told(self) -> Iterable[engine.Told]:
        for row in self._rows(models.Telling):
            reached = row.reached_count if row.group else int(row.is_reached)
            yield engine.Told(**self._fact(row, row.told_at), reached=reached)

    def _offers(self) -> Iterable[engine.Offer]:
        held = dict(self.meetings.values_list("id", "held_on"))
        for row in self.offers:
            yield engine.Offer(
                **self._fact(row, row.offered_at),
                person=row.person,
                due_on=held.get(row.meeting, day_of(row.offered_at)),
                in_writing=row.in_writing,
                upfront=row.expenses_upfront,
                benefit_advice=row.benefit_advice,
                answer=row.answer,
                is_own_word=bool(row.is_own_word),
                paid_on=row.paid_on,
                was_received=row.was_received,
            )

    def _access(self) -> Iterable[engine.Access]:
        for row in self._rows(models.AccessAnswer).filter(is_current=True):
            yield engine.Access(
                **self._fact(row, row.said_at), person=row.person, meeting=row.meeting, met=row.met
            )

    def _tasks(self) -> Iterable[engine.Task]:
        for row in self._rows(models.Task):
            yield engine.Task(
                **self._fact(row, row.taken_at),
                person=row.person,
                done=row.done_at is not None,
                is_own_word=self._is_own(row, row.is_own_word),
            )

    def _evaluations(self) -> Iterable[engine.Evaluation]:
        for row in self._rows(models.HowItWent).filter(is_current=True):
            yield engine.Evaluation(
                **self._fact(row, row.said_at),
                person=row.person,
                is_own_word=self._is_own(row, row.is_own_word),
            )

        started = {change.id: change.started_on for change in self.changes}
        for row in self.judgements:  # of a change that has begun: before that it is a view of a plan
            begun = started.get(row.of_change)
            if begun is not None and row.said_on >= begun:
                at = self.at[self.made[row.id]]
                yield engine.Evaluation(**self._fact(row, at), person=row.person, is_own_word=row.is_counted)

    def _bound(self) -> Iterable[engine.Bound]:
        for row in self._rows(models.Bound):
            yield engine.Bound(**self._fact(row, row.said_at), binds=row.binds)
        for change in self.changes:  # its gate holds by itself: it goes on only as they judge
            yield engine.Bound(**self._fact(change, self.at[self.made[change.id]]), binds=True)

    def _claims(self) -> Iterable[engine.Claim]:
        for row in self._rows(models.Claim):
            yield engine.Claim(**self._fact(row, row.claimed_at), step=row.step)

    def _sources(self) -> Iterable[engine.Source]:
        """The problems it comes from, or one of its ways, as far as their own pages tell of who said them."""
        links = self._rows(models.Origin).filter(problem__isnull=False, ended_on=None)
        for link in links:
            problem = models.Problem.everything.get(id=link.problem)
            lines = reading.history(problem.id)
            said, joined = lines[0].recorded, self.made.get(link.id)
            made = entry_of_rows(lines)
            known = self.at | {line.recorded.id: line.recorded.at for line in lines}
            entry = joined or made[link.id]
            yield engine.Source(
                entry=said.id,
                at=said.at,
                day=day_of(said.at),
                said_as=problem.standing or "unsaid",
                joined=entry,
                joined_at=known[entry],
                way=link.option,
                is_their_word=not problem.is_of_body
                and said.typed_by in (None, INSTALLATION)
                and not paid_by_providers({problem.raised_by}, said.at),
            )

    def _seats(self) -> Iterable[engine.Seat]:
        for row in self._rows(models.Decider).filter(until_at=None):
            yield engine.Seat(**self._fact(row, row.since_at), person=row.person)

    def _voices(self) -> Iterable[engine.Voice]:
        """What was said to what was decided, or to what is put to them now."""
        put = self._rows(models.Proposal).exclude(outcome="").last()
        for row in self._rows(models.Voice).filter(proposal=put.id, is_current=True) if put else ():
            yield engine.Voice(**self._fact(row, row.said_at), person=row.person, says=row.says)

    def _sizes(self) -> Iterable[engine.Size]:
        for row in self.groups:
            if row.size is not None:
                at = self.at[self.made.get(row.id, self.made[self.decision.id])]
                yield engine.Size(**self._fact(row, at), people=row.size)


def _has_come(line: Line) -> bool:
    """Whether one of those it affects spoke by this, or it was written down that they came."""
    act = line.recorded.kind.removeprefix("decisions.")
    return act in SPOKE or (act == "part_noted" and line.fields.get("act") != models.Act.INVITED)


def _decides(line: Line) -> bool:
    """Whether this entry decided the matter: one who decides alone, or the last voice of several."""
    kind, fields = line.recorded.kind, line.fields
    if kind == "decisions.voice_given":
        return bool(fields.get("carries")) and fields.get("number") is None
    return kind in ("decisions.place_decided", "decisions.decided")


def beside(decision: UUID) -> list[UUID]:
    """What else the facts of a matter come from: its problems, and the promises that came of it."""
    ask = answers("promises_of")
    problems = models.Origin.everything.filter(decision=decision, problem__isnull=False)
    made = [row["id"] for row in ask(decision)] if ask else []
    return [*problems.values_list("problem", flat=True).distinct().order_by("problem"), *made]


def commitments(decision: UUID) -> Iterable[engine.Commitment]:
    """The promises that came of a matter, as the room of promises tells them."""
    ask = answers("promises_of")
    for row in ask(decision) if ask else ():
        yield engine.Commitment(
            entry=row["entry"],
            at=row["at"],
            day=day_of(row["at"]),
            made_on=row["made_on"],
            verdicts=tuple(row["verdicts"]),
        )
