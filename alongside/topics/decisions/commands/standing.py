"""How a decision stands, read from the rows for the guard. It sees everything: a guard that counts under a
filter would pass over the very people who were not heard.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from alongside.kernel import clock, rules
from alongside.kernel.pack import Pack
from alongside.kernel.policy import INSTALLATION
from alongside.topics.decisions import guard, models
from alongside.topics.decisions.commands.grounded import law_of
from alongside.topics.decisions.commands.looked_at import LOOKED_AT
from alongside.topics.decisions.commands.outside import Outside, outside_of_law
from alongside.topics.decisions.commands.protecting import protects
from alongside.topics.decisions.commands.voices import TOGETHER, open_proposal, tally_of
from alongside.topics.decisions.engine.votes import Tally
from alongside.topics.decisions.guard import Died, Heard, Point, Said, Standing, Told
from alongside.topics.decisions.policy import ADVOCATES, MONEY_CHANGES, NOT_DELIVERED
from alongside.topics.people.models import LinkKind, Scope
from alongside.topics.people.policy import holders_of, names_of, office_name, standings
from alongside.topics.people.policy.reaching import who_was_asked_how


def pack_of(decision: models.Decision) -> Pack:
    """The rules this decision was raised under."""
    return rules.version(decision.rules_version, on=clock.day_of(decision.raised_at))


class Held:
    """The rows of several decisions: each table is asked once, however many decisions there are."""

    def __init__(self, decisions: Collection[UUID], moment: datetime) -> None:
        self.decisions, self.moment = sorted(decisions), moment
        self._read: dict[Any, dict[UUID, list[Any]]] = {}

    def rows(self, model: Any, decision: UUID, **more: Any) -> list[Any]:
        """The rows of one of them, in the order they were made."""
        key = (model, *sorted(more.items()))
        if key not in self._read:
            found: dict[UUID, list[Any]] = defaultdict(list)
            few = LOOKED_AT.get(model.__name__, ())
            for row in model.everything.like("made_by", "id", read_only=few, decision=self.decisions, **more):
                found[row.decision].append(row)
            self._read[key] = found
        return self._read[key][decision]

    @cached_property
    def names(self) -> dict[UUID, str]:
        """Everyone whom they affect, or who said something."""
        return names_of(self._affected().union(*(self._spoke(decision) for decision in self.decisions)))

    @cached_property
    def asked_how(self) -> dict[UUID, date]:
        """Everyone whom they affect who was not told but asked in what form, and on which day."""
        return who_was_asked_how(self._affected(), self.moment)

    def _affected(self) -> set[UUID]:
        rows = [self.rows(models.Affected, decision, ended_at=None) for decision in self.decisions]
        return {row.person for found in rows for row in found if row.person}

    def _spoke(self, decision: UUID) -> set[UUID]:
        return {row.person for row in self.rows(models.View, decision, is_current=True) if row.person}


BEST_LAST = [Said.NOTHING, Said.NOT_THEIRS, Said.BEFORE, Said.UNCONFIRMED, Said.DECLINED, Said.VIEW]


class Reading:
    """All rows of one decision that the guard looks at, read once."""

    def __init__(
        self,
        decision: models.Decision,
        moment: datetime,
        *,
        also_decides: UUID | None = None,
        held: Held | None = None,
    ) -> None:
        self.decision, self.moment, self.pack = decision, moment, pack_of(decision)
        self.held, self.asks = held or Held([decision.id], moment), also_decides

    @cached_property
    def deciders(self) -> list[UUID]:
        deciding = self._rows(models.Decider, until_at=None)
        return [row.person for row in sorted(deciding, key=lambda row: (row.since_at, row.id))]

    @cached_property
    def outside(self) -> Outside:
        return Outside([*self.deciders, *([self.asks] if self.asks else [])], self.moment)

    @cached_property
    def affected(self) -> list[Any]:
        return self._rows(models.Affected, ended_at=None)

    @cached_property
    def views(self) -> list[Any]:
        return self._rows(models.View, is_current=True)

    @cached_property
    def tellings(self) -> dict[UUID | None, list[Any]]:
        return self._by_person(models.Telling)

    @cached_property
    def offers(self) -> dict[UUID | None, list[Any]]:
        return self._by_person(models.Offer)

    @cached_property
    def grounds(self) -> dict[UUID | None, list[Any]]:
        return self._by_person(models.Ground, ended_at=None)

    @cached_property
    def safeguards(self) -> dict[UUID | None, list[Any]]:
        return self._by_person(models.Safeguard)

    @cached_property
    def said(self) -> dict[UUID, list[Any]]:
        found = defaultdict(list)
        for view in self.views:
            found[view.person].append(view)
        return found

    def _rows(self, model: Any, **more: Any) -> list[Any]:
        return self.held.rows(model, self.decision.id, **more)

    def _by_person(self, model: Any, **more: Any) -> dict[UUID | None, list[Any]]:
        found: dict[UUID | None, list[Any]] = defaultdict(list)
        for row in self._rows(model, **more):
            found[row.person].append(row)
        return found

    @cached_property
    def looks(self) -> list[models.GroundSaid]:
        """What those outside the line said of its legal reasons: asked only where there is one."""
        return self._rows(models.GroundSaid)

    @cached_property
    def outside_of_law(self) -> Outside:
        """Who may look at its legal reasons: outside of all who decide it or ever did, or wrote one."""
        authors = [row.author for rows in self.grounds.values() for row in rows]
        ever = [row.person for row in self._rows(models.Decider)]
        return outside_of_law(self.decision, self.moment, self.asks, *authors, deciders=ever)

    @cached_property
    def options(self) -> dict[UUID, models.Option]:
        return {row.id: row for row in self._rows(models.Option)}

    @cached_property
    def asked_how(self) -> dict[UUID, date]:
        """Who was not told but asked, on which day, in what form they want to be told."""
        return self.held.asked_how

    def name(self, person: UUID) -> str:
        return self.held.names[person]

    def standing(
        self,
        *,
        option: models.Option | None = None,
        outcome: str = "agreed",
        without_reason: bool = False,
        without_review: bool = False,
        proposal: models.Proposal | None = None,
        adding: tuple[UUID, str] | None = None,
    ) -> Standing:
        """What the guard is asked about: this decision, settled in this way."""
        decision, offers = self.decision, self.pack.offer("decision.offers.before_help")
        return Standing(
            is_open=decision.is_open,
            has_died=decision.state == models.State.RESTED,
            is_about_person=decision.is_about_person,
            is_own=decision.is_own,
            takes_away=decision.takes_away or bool(option and option.takes_away),
            may_be_unanswered=decision.may_be_unanswered,
            help_has_begun=decision.help_started_at is not None,
            heard=tuple(self._heard(row, option) for row in self.affected if row.person),
            points=tuple(self._points(option, outcome)),
            shown_without_reply=sum(row.replied_at is None for row in self._rows(models.Shown)),
            group=None if decision.is_about_person else self._group(),
            without_reason=without_reason,
            without_review=without_review,
            channels_needed=int(offers["channels"]),
            live_voices_needed=int(offers["live_voices"]),
            advocate_needed=bool(offers["advocate"]),
            together=self._together(proposal, adding),
            for_office=self._for_office(),
        )

    @cached_property
    def rule(self) -> models.DecidingRule | None:
        """The last one counts, as `rule_of` has it."""
        return max(self._rows(models.DecidingRule), key=lambda row: row.number, default=None)

    def _together(self, proposal: models.Proposal | None, adding: tuple[UUID, str] | None) -> Tally | None:
        if self.rule is None or self.rule.who not in TOGETHER:
            return None
        put = proposal or open_proposal(self.decision.id)
        return tally_of(self.rule, put, self.deciders, since=self._last_said(), adding=adding)

    def _last_said(self) -> datetime | None:
        """When one of those it waits for said something last."""
        waits = {row.person for row in self.affected if row.waits}
        return max((view.said_at for view in self.views if view.person in waits), default=None)

    def _for_office(self) -> str:
        """The office that decides this, where whoever asks does not hold it."""
        if self.rule is None or self.rule.who != models.Who.OFFICE or self.rule.office is None:
            return ""
        holds = self.asks in holders_of(self.rule.office, self.moment)
        return "" if holds else office_name(self.rule.office)

    def _heard(self, row: models.Affected, option: models.Option | None) -> Heard:
        person = row.person
        assert person is not None
        tellings, offers = self.tellings.get(person, ()), self.offers.get(person, ())
        tellings = [each for each in tellings if each.sign != NOT_DELIVERED]
        tries = [*tellings, *(offer for offer in offers if offer.channel)]
        said, told = self._said(person, option), self._told(person)
        sent = next((t for t in reversed(tellings) if not t.is_reached), None)
        law, missing, ground = law_of(self, person, option)
        return Heard(
            person=person,
            name=self.name(person),
            waits=row.waits,
            told=told,
            sent_how=self.pack.item("told.channels", sent.channel)["name"] if sent else "",
            sent_on=clock.day_of(sent.told_at) if sent else None,
            asked_how_on=self.asked_how.get(person) if sent and not sent.is_live else None,
            said=said,
            law=law,
            ground=ground,
            safeguards_missing=tuple(protects(self.pack, code, is_theirs=False) for code in missing),
            ways_tried=frozenset(each.channel for each in tries),
            live_voices=sum(each.is_live for each in tries),
            advocate_offered=any(offer.what == "advocate" for offer in offers),
            died=self._died(row),
        )

    def _died(self, row: models.Affected) -> Died:
        if row.said_dead_by is None:
            return Died.NO
        by = row.said_dead_by
        return Died.SURE if by != INSTALLATION and by in self.outside_of_law else Died.SAID

    def _told(self, person: UUID) -> Told:
        tellings, said = self.tellings.get(person, ()), self.said.get(person, ())
        own = any(not view.is_spoken_for and self.outside.vouches(view) for view in said)
        if own or any(t.is_reached and self.outside.vouches(t) for t in tellings):
            return Told.REACHED
        if any(t.is_reached for t in tellings):
            return Told.UNCONFIRMED
        return Told.SENT if any(t.sign != NOT_DELIVERED for t in tellings) else Told.NOT

    def _said(self, person: UUID, option: models.Option | None) -> Said:
        found = (self.taken_as(view, person, option) for view in self.said.get(person, ()))
        return max(found, key=BEST_LAST.index, default=Said.NOTHING)

    def taken_as(self, view: Any, person: UUID, option: models.Option | None = None) -> Said:
        """How one answer of this person is taken: as theirs, or why not yet."""
        if view.is_spoken_for and not self.may_speak(view.said_by, person, ADVOCATES):
            return Said.NOT_THEIRS
        if not self.was_put(view, person, option):
            return Said.BEFORE
        if not self.outside.vouches(view):
            return Said.UNCONFIRMED
        return Said.DECLINED if view.is_declining else Said.VIEW

    def was_put(self, view: Any, person: UUID, option: models.Option | None) -> bool:
        """An answer is to what was put before it: to the change, and to the option that is chosen."""
        if view.shape < self.decision.change_shape:
            return False
        return option is None or option.shape <= view.shape or option.proposed_by == person

    def may_speak(self, speaker: UUID | None, person: UUID, kinds: Collection[LinkKind]) -> bool:
        if speaker is None or speaker not in self.outside:
            return False
        about_money = self.decision.change_code in MONEY_CHANGES
        scope = Scope.MONEY if about_money else Scope.WELFARE
        return any(
            one.speaks and one.kind in kinds and one.covers(scope, self.decision.id)
            for one in standings(speaker, person, self.moment)
            if one.is_seen_outside(self.outside)
        )

    def _points(self, option: models.Option | None, outcome: str) -> Iterable[Point]:
        replied = {row.view for row in self._rows(models.Reply)}
        group = self._groups()
        chosen = option.id if option else None
        for view in self.views:
            more = {"instead": view.instead is not None, "taken": bool(view.taken)}
            went = guard.went_with(view.position, view.option, chosen=chosen, outcome=outcome, **more)
            yield Point(view.id, group[view.id], self.name(view.person), went, view.id in replied)

    def _groups(self) -> dict[UUID, UUID]:
        """Views whose givers agree that they say the same are one."""
        head = {view.id: view.id for view in self.views}

        def end(of: UUID) -> UUID:
            while head[of] != of:
                of = head[of]
            return of

        for same in self._rows(models.SameView):
            if same.agreed_at is None:
                continue
            if same.view in head and same.other in head:
                head[end(same.view)] = end(same.other)
        return {view: end(view) for view in head}

    def _group(self) -> guard.Group | None:
        groups = [row for row in self.affected if row.person is None]
        if not groups:
            return None
        spoke, answered = self._counted({row.person for row in self.affected if row.person})
        sizes, fewest = [row.size or 0 for row in groups], self.pack.number("numbers.smallest_shown")
        return guard.Group(
            size=sum(sizes),
            few=sum(size for size in sizes if size < fewest),
            reached=max(sum(row.reached_count for row in self.tellings[None]), spoke),
            answered=answered,
            answer_by=self.decision.answer_by,
            time_is_up=bool(self.decision.answer_by and clock.day_of(self.moment) > self.decision.answer_by),
        )

    def _counted(self, named: set[UUID]) -> tuple[int, int]:
        """(how many on the list spoke, how many answered) of those it does not name."""
        counted = [view for view in self.views if view.person not in named and not view.is_of_body]
        listed = models.Listed.everything.filter(decision=self.decision.id)
        spoke = listed.filter(person__in=[view.person for view in counted]).values("person").distinct()
        return spoke.count(), len({view.person for view in counted if not view.is_declining})


def taken_as(views: Iterable[models.View], moment: datetime) -> dict[UUID, Said]:
    """How the gate takes each of these answers that somebody else gave or typed. Those by a person’s own
    hand are left out, and where there are no others nothing is looked up."""
    doubtful = [row for row in views if row.is_spoken_for or row.typist is not None]
    matters = models.Decision.everything.filter(id__in={row.decision for row in doubtful}) if doubtful else ()
    held = Held([row.id for row in matters], moment)
    readings = {row.id: Reading(row, moment, held=held) for row in matters}
    return {row.id: readings[row.decision].taken_as(row, row.person) for row in doubtful if row.person}


def not_theirs(views: Iterable[models.View], people: Collection[UUID | None], moment: datetime) -> set[UUID]:
    """Of these answers, those that somebody gave for one of these people who may not answer for them now: the
    gate waits, as if nothing had been said, so the person is asked."""
    taken = taken_as((row for row in views if row.is_spoken_for and row.person in people), moment)
    return {pk for pk, said in taken.items() if said is Said.NOT_THEIRS}


def standing_of(decision: models.Decision, moment: datetime, **more: Any) -> Standing:
    """The standing of a decision as it is now."""
    also = more.pop("also_decides", None)
    return Reading(decision, moment, also_decides=also).standing(**more)
