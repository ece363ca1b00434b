"""Who sees what and who may do what, said a second time: by plain rules over plain facts, from the design.

Nothing here asks the policy. The facts are those of tests/world.py, written down by hand; the rules are the
sixth law's and the main path's. Where this and the policy differ, one of them is wrong.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from tests.proof import changes, deliberation, voice

Row = Any  # one row of a table, read as it is


@dataclass(frozen=True)
class Life:
    """Who stands where in somebody's life."""

    workers: frozenset[str] = frozenset()
    managers: frozenset[str] = frozenset()
    advocates: frozenset[str] = frozenset()
    shown: frozenset[str] = frozenset()  # to whom they show their decisions and promises
    speakers: frozenset[str] = frozenset()  # who may speak about health and welfare now
    others: frozenset[str] = frozenset()  # who else stands in it

    @property
    def worked(self) -> frozenset[str]:
        return self.workers | self.managers

    @property
    def everyone(self) -> frozenset[str]:
        return self.workers | self.advocates | self.shown | self.others


def some(*names: str) -> frozenset[str]:
    return frozenset(names)


LIVES = {
    "rosa": Life(some("priya"), some("ken", "june"), shown=some("devon"), others=some("tom")),
    "lena": Life(
        some("priya"),
        some("ken", "june"),
        advocates=some("mina"),
        shown=some("victor", "mina"),
        speakers=some("mina"),  # Victor's power is about money alone
        others=some("victor"),
    ),
    "ana": Life(
        some("omar"), some("june"), advocates=some("mina"), shown=some("mina"), speakers=some("mina")
    ),
}
STAFF = {
    "council": some("june", "ken", "priya", "omar", "dee"),
    "provider": some("tom"),
    "ulo": some("ana"),
    "advocacy": some("mina", "sol"),
}
IN_POST = {**STAFF, "council": STAFF["council"] | {"boyd"}}
RUN_BY = {"council": some("june", "ken"), "ulo": some("ana")}
DUTY = {"council": some("dee")}
OPEN_TO_WORKERS = ("ulo", "advocacy")  # any worker finds those who offer advocates and groups
LINE = {"ken": some("june"), "priya": some("ken", "june"), "omar": some("june"), "dee": some("june")}


@dataclass(frozen=True)
class Who:
    """Somebody who looks: by name, or nobody; with a code, for one matter only."""

    name: str = ""
    only: UUID | None = None


@dataclass
class Facts:
    """What stands in the tables at one moment, and who is who."""

    names: Mapping[UUID, str]  # persons of the cast
    bodies: Mapping[UUID, str]
    rows: Mapping[str, list[Row]]  # every row of every table
    lives: Mapping[str, Life] = field(default_factory=lambda: LIVES)
    powers: frozenset[str] = frozenset({"victor"})  # attorneys of Lena, over her money, whom nobody disputes

    def life(self, person: UUID | None) -> Life:
        return self.lives.get(self.named(person), Life())

    def named(self, person: UUID | None) -> str:
        return self.names.get(person, "") if person else ""

    def staff(self, body: UUID | None) -> frozenset[str]:
        return STAFF.get(self.bodies.get(body, ""), some()) if body else some()

    @cached_property
    def by_id(self) -> dict[tuple[str, UUID], Row]:
        return {(table, row.id): row for table, rows in self.rows.items() for row in rows}

    @cached_property
    def _by(self) -> dict[tuple[str, str, Any], list[Row]]:
        """Rows by the one column that each table is asked by."""
        found: dict[tuple[str, str, Any], list[Row]] = {}
        for table, rows in self.rows.items():
            for row in rows:
                for column in ("decision", "promise"):
                    key = (table, column, getattr(row, column, None))
                    found.setdefault(key, []).append(row)
        return found

    def of(self, table: str, **wanted: Any) -> Iterable[Row]:
        column = next((name for name in ("decision", "promise") if name in wanted), "")
        rows = self._by.get((table, column, wanted.get(column)), []) if column else self.rows[table]
        for row in rows:
            if all(getattr(row, name) == value for name, value in wanted.items()):
                yield row

    # Decisions --------------------------------------------------------------------------------------

    def deciders(self, decision: UUID) -> set[str]:
        return {self.named(r.person) for r in self.of("decisions.Decider", decision=decision, until_at=None)}

    def affected(self, decision: UUID) -> set[str]:
        found = self.of("decisions.Affected", decision=decision, ended_at=None)
        return {self.named(r.person) for r in found if r.person}

    def checkers(self, decision: UUID, *, in_turn: bool = False) -> set[str]:
        found = self.of("decisions.Checker", decision=decision, ended_at=None)
        return {self.named(r.checker) for r in found if r.check_of is not None or not in_turn}

    def lookers(self, decision: UUID, *, still: bool) -> set[str]:
        """Who is asked to look at a legal reason from outside the line; or ever was."""
        found = self.of("decisions.GroundAsked", decision=decision)
        return {self.named(r.person) for r in found if r.closed_at is None or not still}

    def answerers(self, decision: UUID, challenge: UUID | None = None) -> set[str]:
        """Who is asked now to answer that it was wrong, while those words stand."""
        found = self.of("decisions.ChallengeAsked", decision=decision, ended_at=None)
        stand = {r.id for r in self.of("decisions.Challenge", decision=decision, taken="")}
        return {
            self.named(r.asked) for r in found if r.challenge in stand and challenge in (None, r.challenge)
        }

    def companions(self, decision: UUID) -> set[str]:
        found = self.of("decisions.Companion", decision=decision, until_at=None)
        return {self.named(r.companion) for r in found}

    def holders(self, decision: UUID) -> set[str]:
        """Attorneys of a live ground. While disputed, or beyond their power, they are nobody here: law 6."""
        about_money = self.by_id["decisions.Decision", decision].change_code in ("money", "charge")
        named = {self.named(r.holder) for r in self.of("decisions.Ground", decision=decision, ended_at=None)}
        return named & self.powers if about_money else set()

    def untaken(self, decision: Row) -> frozenset[str]:
        if decision.state != "open" or decision.is_own or self.deciders(decision.id):
            return some()
        body = self.bodies.get(decision.organisation, "")
        return DUTY.get(body, some()) | RUN_BY.get(body, some())

    def voices(self, decision: UUID) -> set[str]:
        spoken = [self.lives.get(name, Life()).advocates for name in self.affected(decision)]
        return set[str]().union(*spoken) | self.holders(decision)

    def raiser(self, decision: Row) -> str:
        return self.named(decision.raised_by)

    @cached_property
    def _see(self) -> dict[UUID, set[str]]:
        """Who sees each decision, worked out once: nearly every table asks for it, of every row."""
        return {}

    def see_decision(self, decision: Row) -> set[str]:
        """Those beside the public who see it."""
        if decision.id not in self._see:
            self._see[decision.id] = self._sees(decision)
        return self._see[decision.id]

    def _sees(self, decision: Row) -> set[str]:
        life = self.life(decision.person)
        raiser = self.raiser(decision)
        raised = {raiser} if raiser in life.everyone else set()
        own = {self.named(decision.person)} | raised
        near = life.worked | life.advocates | life.shown
        named = self.deciders(decision.id) | self.affected(decision.id) | self.checkers(decision.id)
        named |= self.answerers(decision.id)
        return (own | near | named | self.companions(decision.id) | self.holders(decision.id)) | set(
            self.untaken(decision)
        )

    def see_promise(self, promise: Row) -> set[str]:
        to = {self.named(r.person) for r in self.of("promises.PromisedTo", promise=promise.id)}
        life = self.life(promise.person)
        shown = some() if promise.is_private else life.shown
        return {self.named(promise.owner)} | to | life.worked | shown


# Who sees a row -----------------------------------------------------------------------------------

See = Callable[[Facts, Row, Who], bool]


def everyone(facts: Facts, row: Row, who: Who) -> bool:
    return True


def decision_seen(facts: Facts, row: Row, who: Who) -> bool:
    if who.only is not None:
        near = {facts.named(row.person)} | facts.affected(row.id)
        return row.id == who.only and who.name in near
    return row.about == "place" or (who.name != "" and who.name in facts.see_decision(row))


def with_the_decision(facts: Facts, row: Row, who: Who) -> bool:
    return decision_seen(facts, facts.by_id["decisions.Decision", row.decision], who)


def private(facts: Facts, row: Row, who: Who) -> bool:
    """Between one person and those who decide, and whoever was asked to check with that person."""
    mine = who.name != "" and facts.named(row.person) == who.name
    if who.only is not None:
        return mine and row.decision == who.only
    checks = {
        facts.named(r.checker)
        for r in facts.of("decisions.Checker", decision=row.decision, person=row.person, ended_at=None)
    }
    return mine or (who.name != "" and who.name in facts.deciders(row.decision) | checks)


def voiced(facts: Facts, row: Row, who: Who) -> bool:
    stands_by = who.only is None and who.name in facts.life(row.person).advocates
    return private(facts, row, who) or stands_by


def asked_of_ground(facts: Facts, row: Row, who: Who) -> bool:
    """Whoever is asked, the person, their advocate, and those who decide."""
    theirs = who.name != "" and facts.named(row.about) == who.name
    if who.only is not None:
        return theirs and row.decision == who.only
    near = facts.deciders(row.decision) | facts.life(row.about).advocates | {facts.named(row.person)}
    return theirs or (who.name != "" and who.name in near)


def said_of_ground(facts: Facts, row: Row, who: Who) -> bool:
    """As the legal reason itself; who said it; and whoever was asked to look at that one."""
    asked = facts.of("decisions.GroundAsked", decision=row.decision, ground=row.ground)
    mine = {facts.named(row.said_by), *(facts.named(r.person) for r in asked)}
    return voiced(facts, row, who) or (who.only is None and who.name != "" and who.name in mine)


def voiced_or_group(facts: Facts, row: Row, who: Who) -> bool:
    return voiced(facts, row, who) or (row.person is None and with_the_decision(facts, row, who))


def view_seen(facts: Facts, row: Row, who: Who) -> bool:
    """Its giver and the deciders, until the giver widens it; a code from a letter opens one matter only."""
    if who.only is not None and row.decision != who.only:
        return False
    if who.name and facts.named(row.said_by) == who.name:
        return True
    if private(facts, row, who):
        return True
    if row.sees == "affected":
        return who.name in facts.affected(row.decision)
    return bool(row.sees == "everyone" and with_the_decision(facts, row, who))


def reply_seen(facts: Facts, row: Row, who: Who) -> bool:
    """A reply goes where its view goes."""
    return view_seen(facts, facts.by_id["decisions.View", row.view], who)


def concern_seen(facts: Facts, row: Row, who: Who) -> bool:
    return duty_reads(facts, row, who) or asked_to_take_up(facts, row, who)


def duty_reads(facts: Facts, row: Row, who: Who) -> bool:
    body = facts.bodies.get(row.organisation, "")
    return who.only is None and who.name in (DUTY.get(body) or RUN_BY.get(body, some()))


def asked_to_take_up(facts: Facts, row: Row, who: Who) -> bool:
    """From outside the duty team, when nobody of it took the worry up."""
    asked = facts.of("decisions.ConcernAsked", concern=row.id, ended_at=None)
    return who.only is None and who.name in {facts.named(one.asked) for one in asked}


def concern_asked_seen(facts: Facts, row: Row, who: Who) -> bool:
    """Whoever is asked, and nobody else."""
    return who.only is None and row.ended_at is None and facts.named(row.asked) == who.name != ""


def promise_seen(facts: Facts, row: Row, who: Who) -> bool:
    if who.only is not None:
        to = {facts.named(r.person) for r in facts.of("promises.PromisedTo", promise=row.id)}
        here = who.only in (row.id, row.decision)
        return here and (row.person is None or who.name in to)
    return row.person is None or (who.name != "" and who.name in facts.see_promise(row))


def with_the_promise(facts: Facts, row: Row, who: Who) -> bool:
    return promise_seen(facts, facts.by_id["promises.Promise", row.promise], who)


def near_the_promise(facts: Facts, row: Row, who: Who) -> bool:
    if who.name == "":
        return False
    if facts.named(row.person) == who.name:
        return True
    promise = facts.by_id["promises.Promise", row.promise]
    worked = promise.person is not None and who.name in facts.life(row.person).worked
    return who.only is None and (facts.named(promise.owner) == who.name or worked)


def promised_to_seen(facts: Facts, row: Row, who: Who) -> bool:
    shown = who.name in facts.life(row.person).shown
    theirs = row.person is None or near_the_promise(facts, row, who) or shown
    return theirs and with_the_promise(facts, row, who)


def verdict_seen(facts: Facts, row: Row, who: Who) -> bool:
    """Its giver and the person; once let go, who answers for it and who works for the person."""
    promise = facts.by_id["promises.Promise", row.promise]
    may = row.may_be_read and row.counts and promise.person is None and who.only is None
    if may and (changes.stands(row) or who.name in facts.staff(promise.organisation) or changes.led(who)):
        return True
    if who.name == "":
        return False
    own = who.name in (facts.named(row.by), facts.named(row.person))
    if who.only is not None:
        return own and who.only in (promise.id, promise.decision)
    return own or (not row.is_held and near_the_promise(facts, row, who))


def between_them(facts: Facts, row: Row, who: Who) -> bool:
    said_it = who.name != "" and facts.named(row.by) == who.name
    return (near_the_promise(facts, row, who) or said_it) and with_the_promise(facts, row, who)


def known(facts: Facts, person: UUID | None, who: Who) -> bool:
    """The least that any relationship gives: to know that somebody is here."""
    name = facts.named(person)
    if who.name == "" or name == "":
        return False
    if name == who.name:
        return True
    if who.only is not None:
        return False
    near = who.name in facts.life(person).everyone | facts.life(person).managers
    mine = name in facts.lives.get(who.name, Life()).everyone
    around = any(name in each.everyone for each in facts.lives.values() if who.name in each.worked)
    return near or mine or around or _colleague(name, who.name)


def _colleague(name: str, looking: str) -> bool:
    """Those who work in one body; and any worker finds those who offer advocates and groups."""
    works = any(looking in staff for staff in STAFF.values())
    own = any(looking in STAFF[body] and name in IN_POST[body] for body in STAFF)
    return own or (works and any(name in IN_POST[body] for body in OPEN_TO_WORKERS))


def person_seen(facts: Facts, row: Row, who: Who) -> bool:
    return known(facts, row.id, who)


def name_seen(facts: Facts, row: Row, who: Who) -> bool:
    return row.kind != "person" or known(facts, row.id, who)


def theirs(facts: Facts, row: Row, who: Who) -> bool:
    """The person, and those who work for them."""
    person = getattr(row, "person", row.id)
    if who.name == "" or who.only is not None:
        return False
    return facts.named(person) == who.name or who.name in facts.life(person).worked


def theirs_by_code(facts: Facts, row: Row, who: Who) -> bool:
    """The same, and the person who came with a code sees their own."""
    return theirs(facts, row, who) or (who.name != "" and facts.named(row.person) == who.name)


def need_seen(facts: Facts, row: Row, who: Who) -> bool:
    """What somebody needs to be told is for whoever must meet it."""
    meets = who.only is None and who.name in facts.life(row.person).advocates | {
        name for name in facts.life(row.person).others if name == "tom"
    }
    return theirs_by_code(facts, row, who) or meets


def link_seen(facts: Facts, row: Row, who: Who) -> bool:
    is_member = row.other is None and row.kind in ("group_member", "board_member")
    in_post = row.kind in ("practitioner", "manager", "provider_staff", "commissioner", "councillor")
    if who.name == "" or who.only is not None:
        of_a_body = is_member or (row.other is None and in_post)
        return of_a_body and who.name == facts.named(row.person) and who.only == row.id
    joined = who.name in (facts.named(row.person), facts.named(row.other))
    body = facts.bodies.get(row.organisation, "")
    post = row.other is None and in_post and who.name in STAFF.get(body, some())
    acts_for = is_member and row.closes_at is None and who.name in RUN_BY.get(body, some())
    return joined or post or acts_for or who.name in facts.life(row.person).worked


def holding_seen(facts: Facts, row: Row, who: Who) -> bool:
    if who.name == "" or who.only is not None:
        return False
    return facts.named(row.holder) == who.name or who.name in facts.staff(row.organisation)


def dispute_seen(facts: Facts, row: Row, who: Who) -> bool:
    """Never the speaker."""
    if facts.named(row.speaker) == who.name:
        return False
    said_it = who.name != "" and who.only is None and facts.named(row.by) == who.name
    return said_it or theirs(facts, row, who)


def held_seen(facts: Facts, row: Row, who: Who) -> bool:
    placed = who.name != "" and who.only is None and facts.named(row.placed_by) == who.name
    return placed or theirs(facts, row, who)


def own_only(facts: Facts, row: Row, who: Who) -> bool:
    return who.name != "" and who.only is None and facts.named(row.person) == who.name


SEES: dict[str, See] = {
    "decisions.Decision": decision_seen,
    "decisions.Decider": with_the_decision,
    "decisions.Option": with_the_decision,
    "decisions.SameView": with_the_decision,
    "decisions.Step": with_the_decision,
    "decisions.Check": voiced,
    "decisions.Checker": private,
    "decisions.Companion": private,
    "decisions.Question": deliberation.question_seen,
    "decisions.Evidence": deliberation.evidence_seen,
    "decisions.EvidenceAnswer": deliberation.answer_seen,
    "decisions.Moved": deliberation.moved_seen,
    "decisions.Risk": with_the_decision,
    "decisions.Joint": with_the_decision,
    "decisions.JointText": with_the_decision,
    "decisions.Signature": with_the_decision,
    "decisions.Power": with_the_decision,
    "decisions.Support": deliberation.support_seen,
    "decisions.Taken": deliberation.taken_seen,
    "decisions.TakenBox": deliberation.taken_seen,
    "decisions.Forgone": with_the_decision,
    "decisions.MoreTime": private,
    "decisions.Reply": reply_seen,
    "decisions.AgreedWord": voiced,
    "decisions.Offer": voiced,
    "decisions.Ground": voiced,
    "decisions.GroundAsked": asked_of_ground,
    "decisions.GroundSaid": said_of_ground,
    "decisions.Safeguard": voiced,
    "decisions.Shown": voiced,
    "decisions.Review": voiced_or_group,
    "decisions.Affected": voiced_or_group,
    "decisions.Telling": voiced_or_group,
    "decisions.View": view_seen,
    "decisions.Concern": concern_seen,
    "decisions.ConcernAsked": concern_asked_seen,
    "promises.Promise": promise_seen,
    "promises.PromisedTo": promised_to_seen,
    "promises.Progress": with_the_promise,
    "promises.ProposedDate": with_the_promise,
    "promises.Correction": with_the_promise,
    "promises.HandOver": with_the_promise,
    "promises.OfferedWords": with_the_promise,
    "promises.Verdict": verdict_seen,
    "promises.WhatNow": between_them,
    "promises.DateAnswer": between_them,
    "promises.WordsAnswer": between_them,
    "people.Organisation": everyone,
    "people.Team": everyone,
    "people.Office": everyone,
    "people.BoardCount": everyone,
    "people.Person": person_seen,
    "people.Findable": name_seen,
    "people.Holding": holding_seen,
    "people.Link": link_seen,
    "people.InformationNeed": need_seen,
    "people.WayToTell": theirs,
    "people.Asking": theirs,
    "people.CouncilReference": theirs,
    "people.WayIn": theirs,
    "people.SignInName": own_only,
    "people.Calendar": own_only,
    "people.ActingProgram": own_only,
    "people.Dispute": dispute_seen,
    "people.Hold": held_seen,
    **changes.sees(),
    **voice.SEES,
}
# Tables that no act of this story fills: their own rooms' tests say who sees them.
NOT_HERE = {
    "people.AddressCheck",
    "people.AgreesFor",
    "people.Death",
    "people.EndedByDeath",
    "people.AskedToAgree",
    "people.ToldUp",
    "people.Waited",
    "people.Erasure",
    "people.Hook",
    "people.Merge",
    "people.PowerCheck",
    "people.HoldBack",
    "people.AnswerToTyping",
    "promises.Import",
    "promises.ReportedDecision",
    "promises.ClaimedPromise",
    "toy.Bed",
    "toy.Plant",
}
