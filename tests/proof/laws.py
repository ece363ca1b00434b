"""The first three laws, judged from the ledger's own lines, and from nothing that decides at the door.

It reads what was done, by whom and when, and asks of each decision afterwards: had the person answered what
was put to them, in a way that opens the gate, or did a lawful ground live? It imports no topic.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from alongside.kernel import clock, ledger
from alongside.kernel.clock import aware, day_of
from tests.proof import ground_laws

TAKES_AWAY = {"cut", "end", "move", "restrict"}  # the first law names them
# As the first law lists them: best interests, an attorney or deputy, a court or another power, serious harm.
GROUNDS = {"best_interests", "attorney_or_deputy", "court_or_power", "serious_harm"}
AT_ONCE = ("decisions.everyday_agreed", "decisions.urgent_help", "decisions.urgent_help_within")
LONGEST_GROUND = timedelta(days=366)
VOICES = {"advocate", "statutory_advocate", "spokesperson"}
POWERS = {"attorney", "deputy"}
JUDGING = ("promises.verdict_given", "promises.still_holds_said")


@dataclass(frozen=True)
class Line:
    """One entry, as its header says."""

    number: int
    id: str
    kind: str
    on: str
    by: str
    typed_by: str
    day: date
    fields: Mapping[str, Any]

    @property
    def own_hand(self) -> bool:
        return not self.typed_by

    def id_of(self, name: str) -> str:
        return str(self.fields.get(name) or "").replace("-", "")


def lines() -> list[Line]:
    """Every entry, in order."""
    return [_line(row.number, json.loads(row.header)) for row in ledger.entries()]


def _line(number: int, header: Mapping[str, Any]) -> Line:
    moment = aware(clock.moment_of(str(header["at"]).replace("Z", "+00:00")))
    return Line(
        number,
        header["id"],
        header["kind"],
        header["on"],
        header["by"],
        header.get("typed_by", ""),
        day_of(moment),
        header["fields"],
    )


@dataclass
class Laws:
    """The whole ledger, and what breaks a law in it.

    `lines_of_work` says whose colleague is whose: the people of whom one answers for another's work.
    `not_their_hand` are entries typed where nobody knows who is at the keys.
    """

    ledger: list[Line]
    lines_of_work: Mapping[str, set[str]]
    not_their_hand: set[str] = field(default_factory=set)

    def broken(self) -> list[str]:
        in_force = ground_laws.still_in_force(self)
        return [*self._decisions(), *in_force, *self._without_answer(), *self._verdicts()]

    # The first law ----------------------------------------------------------------------------------

    def _decisions(self) -> Iterator[str]:
        for line in self.ledger:
            if line.kind == "decisions.decided":
                for person in self._waited_for(line):
                    if not self._answered(line, person) and not self._covered(line, person):
                        yield f"Entry {line.number}: {person} was neither heard nor covered."
                yield from self._unanswered_views(line)
            elif line.kind == "decisions.decided_by_themself":
                if line.by != self._life(line.on) or not line.own_hand or line.id in self.not_their_hand:
                    yield f"Entry {line.number} decided for somebody what was theirs alone."
            elif line.kind == "decisions.place_decided":
                yield from self._place(line)

    def _before(self, line: Line, *kinds: str) -> list[Line]:
        return [
            each for each in self._on.get(line.on, ()) if each.number < line.number and each.kind in kinds
        ]

    @cached_property
    def _on(self) -> dict[str, list[Line]]:
        found: dict[str, list[Line]] = {}
        for line in self.ledger:
            found.setdefault(line.on, []).append(line)
        return found

    def _first(self, decision: str) -> Line:
        return self._on[decision][0]

    def _life(self, decision: str) -> str:
        return self._first(decision).id_of("person")

    def _waited_for(self, line: Line) -> set[str]:
        named = {
            each.id_of("person")
            for each in self._before(line, "decisions.affected_named")
            if each.fields["stake"] in ("life", "home", "money")
        }
        rows = {each.id_of("affected"): each for each in self._before(line, "decisions.affected_named")}
        gone = {
            rows[each.id_of("affected")].id_of("person")
            for each in self._before(line, "decisions.affected_ended")
            if each.id_of("affected") in rows and self._is_theirs(each, rows[each.id_of("affected")])
        }
        return {self._life(line.on), *(named - gone)}

    def _is_theirs(self, ended: Line, named: Line) -> bool:
        """Only somebody themself, or who speaks for them, can say that it does not affect them."""
        person = named.id_of("person")
        return ended.by == person or ended.by in self._speakers(person, ended, VOICES)

    def _answered(self, decided: Line, person: str) -> bool:
        answers = [
            each
            for each in self._before(decided, "decisions.view_given", "decisions.declined")
            if (each.id_of("on_behalf") or each.by) == person and not self._put_after(each, decided, person)
        ]
        return any(self._opens(each, decided, person) for each in answers)

    def _put_after(self, answer: Line, decided: Line, person: str) -> bool:
        """Whether what is decided was put to them only after they answered, and not by themself."""
        for put in self._before(decided, "decisions.change_put", "decisions.option_added"):
            chosen = put.kind == "decisions.change_put" or put.id_of("option") == decided.id_of("option")
            if chosen and put.number > answer.number and not (put.by == person and put.own_hand):
                return True
        return False

    def _opens(self, answer: Line, decided: Line, person: str) -> bool:
        """An answer by the person's own hand, by a voice of theirs, or checked outside the line."""
        own = answer.own_hand and answer.id not in self.not_their_hand
        if own and answer.by == person:
            return True
        if own and answer.by in self._speakers(person, decided, VOICES):
            return True
        if own and self._power_is_seen(answer.by, person, decided):
            return True
        if answer.typed_by and self._outside(answer.typed_by, decided, person):
            return True
        confirmed = [
            each
            for each in self._before(decided, "decisions.view_confirmed")
            if each.id_of("view") == answer.id_of("view")
        ]
        return any(
            each.id not in self.not_their_hand
            and (
                (each.own_hand and each.by == person)
                or self._outside(each.typed_by or each.by, decided, person)
            )
            for each in confirmed
        )

    def _outside(self, hand: str, decided: Line, person: str) -> bool:
        """An advocate of the person, or a worker in no line with anyone who decides."""
        if hand == person:
            return True  # nobody types for themself; the entry would have no typist
        deciders = {decided.by, *(each.by for each in self._before(decided, "decisions.taken_up"))}
        if hand in deciders or any(hand in self.lines_of_work.get(each, set()) for each in deciders):
            return False
        return hand in self._speakers(person, decided, VOICES) or hand in self.lines_of_work

    def _speakers(self, person: str, line: Line, kinds: set[str]) -> set[str]:
        """Who may speak for the person at that moment, by the links on record."""
        links: dict[str, tuple[str, str]] = {}
        for each in self.ledger:
            if each.number >= line.number:
                break
            if each.kind == "people.related" and each.id_of("person") == person:
                if each.fields["kind"] in kinds:
                    links[each.id_of("link")] = (each.id_of("other"), str(each.fields["kind"]))
            elif each.kind in ("people.link_ended", "people.consent_withdrawn"):
                links.pop(each.id_of("link"), None)
        return {other for other, _kind in links.values()}

    def _power_is_seen(self, holder: str, person: str, decided: Line) -> bool:
        """Whether somebody neither deciding nor of that line wrote the power down, or saw it too."""
        if holder not in self._speakers(person, decided, POWERS):
            return False
        deciders = {decided.by, *(each.by for each in self._before(decided, "decisions.taken_up"))}
        inside = deciders.union(*(self.lines_of_work.get(each, set()) for each in deciders))
        theirs: set[str] = set()
        for each in self.ledger:
            if each.number >= decided.number:
                break
            if each.kind == "people.related" and each.fields["kind"] in POWERS:
                if (each.id_of("other"), each.id_of("person")) == (holder, person):
                    theirs.add(each.id_of("link"))
            elif each.kind != "people.power_confirmed":
                continue
            if each.id_of("link") in theirs and each.by not in inside:
                return True
        return False

    def _covered(self, decided: Line, person: str, *, unseen: bool = True) -> bool:
        """`unseen`: also by an emergency within its day that nobody outside the line has seen."""
        may = ground_laws.opened if unseen else ground_laws.seen
        ended = {
            each.id_of("ground")
            for each in self._before(decided, "decisions.ground_ended", "decisions.ground_lapsed")
        }
        longer = self._before(decided, "decisions.ground_renewed")
        for each in self._before(decided, "decisions.ground_recorded"):
            if each.id_of("ground") in ended or each.fields["code"] not in GROUNDS:
                continue
            if (each.id_of("person") or self._life(decided.on)) != person:
                continue
            by_power, holder = each.fields["code"] == "attorney_or_deputy", each.id_of("holder")
            if by_power and not self._power_is_seen(holder, person, decided):
                continue
            starts = [each, *(one for one in longer if one.id_of("ground") == each.id_of("ground"))]
            is_live = any(decided.day <= _end(start) for start in starts)
            if is_live and may(self, decided, each, person):
                return True
        return False

    def _place(self, line: Line) -> Iterator[str]:
        reached = any(int(each.fields["reached"]) for each in self._before(line, "decisions.people_told"))
        heard = reached and self._before(line, "decisions.place_view_given", "decisions.view_given")
        said_why = line.fields.get("without_them") and line.fields.get("review_on")
        if self._first(line.on).kind != "decisions.place_raised" or not (heard or said_why):
            yield f"Entry {line.number} left the people of a place out, with no reason or no day."

    # The second law ---------------------------------------------------------------------------------

    def _unanswered_views(self, decided: Line) -> Iterator[str]:
        """A plain no to what was then agreed has a reply, or its giver has said something else since."""
        if decided.fields["outcome"] != "agreed":
            return
        last: dict[str, Line] = {}
        for each in self._before(decided, "decisions.view_given", "decisions.declined"):
            if each.own_hand and each.id not in self.not_their_hand:
                last[each.id_of("on_behalf") or each.by] = each
        replied = {each.id_of("view") for each in self._before(decided, "decisions.replied")}
        agreed_same = bool(self._before(decided, "decisions.same_agreed"))
        for giver, view in last.items():
            against = view.kind == "decisions.view_given" and view.fields["position"] == "against"
            plain_no = against and not view.fields.get("option")
            if plain_no and view.id_of("view") not in replied and not agreed_same:
                yield f"Entry {decided.number} decided with no reply to {giver}."

    # Nothing is taken away without an answer --------------------------------------------------------

    def _without_answer(self) -> Iterator[str]:
        for line in self.ledger:
            if (
                line.kind in ("decisions.everyday_agreed", "decisions.urgent_help")
                or line.kind == "decisions.urgent_help_within"
            ):
                taken = line.fields["change"] in TAKES_AWAY
            elif line.kind == "decisions.help_started":
                puts = [self._first(line.on), *self._before(line, "decisions.change_put")]
                taken = puts[-1].fields["change"] in TAKES_AWAY
            else:
                continue
            if taken:
                yield f"Entry {line.number} ({line.kind}) took something away without an answer."

    # The third law ----------------------------------------------------------------------------------

    def _verdicts(self) -> Iterator[str]:
        made_to: dict[str, tuple[str, str]] = {}
        groups: dict[str, tuple[str, str]] = {}  # the row: the body it is of, and the promise
        inside: set[tuple[str, str]] = set()  # who belongs to which body, or said so of which promise
        links: dict[str, tuple[str, str]] = {}
        for line in self.ledger:
            if line.kind == "promises.made":
                rows = [str(row).replace("-", "") for row in line.fields.get("rows", ())]
                people = [str(one).replace("-", "") for one in line.fields.get("made_to", ())]
                made_to |= {row: (person, line.on) for row, person in zip(rows, people, strict=False)}
                groups |= {row: (line.id_of("group_of"), line.on) for row in rows[len(people) :]}
            elif line.kind == "people.body_joined":
                links[line.id_of("link")] = (line.id_of("person"), line.id_of("organisation"))
                inside.add(links[line.id_of("link")])
            elif line.kind in ("people.post_ended", "people.link_ended", "people.consent_withdrawn"):
                inside.discard(links.get(line.id_of("link"), ("", "")))
            elif line.kind == "promises.group_joined":
                inside.add((line.by, line.on))
            if line.kind not in JUDGING:
                continue
            if line.id_of("made_to") in groups:
                body, promise = groups[line.id_of("made_to")]
                if promise != line.on or not {(line.by, body), (line.by, promise)} & inside:
                    yield f"Entry {line.number} judges from outside the group that it was promised to."
                continue
            person, promise = made_to.get(line.id_of("made_to"), ("", ""))
            if promise != line.on:
                yield f"Entry {line.number} judges a promise that was not made to that person."
            elif line.by != person and line.by not in self._speakers(person, line, VOICES | POWERS):
                yield f"Entry {line.number}: {line.by} judged a promise that was made to {person}."


def _end(ground: Line) -> date:
    ends_on = ground.fields.get("ends_on")
    return date.fromisoformat(ends_on) if ends_on else ground.day + LONGEST_GROUND
