"""Lawful grounds and what protects people: acts of their own, with evidence, an author and an end.

None of this is said lightly. A ground is about one decision and one person; it ends by itself; when it has
ended somebody looks again, and care goes on meanwhile.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from alongside.kernel.clock import due_end_of_day
from alongside.kernel.command import Ask, At, Code, Fresh, Id, Lazy, Recorded, Ref, Sealed
from alongside.kernel.letters import plain_letters
from alongside.kernel.policy import Actor
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.base import Objection, OnDecision, must_be_open, must_belong, whose
from alongside.topics.decisions.commands.outside import outside_of
from alongside.topics.decisions.commands.protecting import OF_SOMEBODY_ELSE
from alongside.topics.decisions.commands.seeing import holds_unseen_until
from alongside.topics.decisions.commands.standing import pack_of
from alongside.topics.decisions.models import Looked
from alongside.topics.decisions.policy import MONEY_CHANGES, their_voice, who_checks, who_decides
from alongside.topics.people.models import Scope
from alongside.topics.people.policy import SpeakerStanding, standings

ONLY_ONE_LINE = _(
    "Only those who decide have seen this power. Ask somebody of another team to see the document too."
)
WHAT_IS_NEW = _("Somebody outside did not agree with these very words. Write down what is new.")
_FOR_LAW = _("It must stand up in law. The person reads it.")


class WithEvidence(OnDecision):
    """What recording and renewing a ground have in common: the evidence that the law asks for."""

    evidence: Sealed = Ask(
        _("What is the evidence?"),
        hint=_("One answer for each question of this legal reason, as JSON: name and answer."),
        used_for=_FOR_LAW,
        by_name=True,
    )
    ends_on: date | None = Ask(_("On which day does it end?"), default=None)
    expires_at: datetime | None = Ask(settled=True)

    def owner(self, name: str, things: tuple[Any, ...], at: At) -> UUID | None:
        person: UUID | None = getattr(self, "person", None)
        if person is None and len(things) > 1:
            person = things[1].person  # the ground's that is renewed
        return person or whose(things)

    def last_moment(self, decision: models.Decision, code: str, at: At) -> datetime:
        """The end: the longest the law allows, the day named, the end of the order: whichever is first."""
        ends = [pack_of(decision).until("decision.grounds", at.moment, code=code)]
        order_ends = (evidence_of(self.evidence) or {}).get("ends_on", "")
        for day in (self.ends_on, _day(str(order_ends))):
            if day is not None:
                ends.append(due_end_of_day(day))
        return min(ends)

    def evidence_objections(self, decision: models.Decision, code: str, at: At) -> Iterator[Objection]:
        if self.expires_at is not None and self.expires_at <= at.moment:
            yield "ends_on", _("That day is over. Choose a day to come.")
        answers = evidence_of(self.evidence)
        if answers is None:
            yield "evidence", _("We could not read the evidence. Answer each question of this ground.")
            return
        for each in pack_of(decision).item("decision.grounds", code)["evidence"]:
            answer = str(answers.get(each["name"], "")).strip()
            problem = _wrong_with(each, answer)
            if problem:
                yield "evidence", problem

    def refused_before(self, person: UUID | None, code: str) -> Iterator[Objection]:
        """Whoever said no is not asked until they tire of it: what is written anew says something new."""
        same = models.Ground.everything.filter(person=person, code=code)
        now = {"ground": OuterRef("pk"), "writing": OuterRef("renewals")}
        no = models.GroundSaid.everything.filter(**now, said=Looked.NO)
        mine = _bare(self.evidence)
        if any(_bare(row.evidence) == mine for row in same.filter(Exists(no)).order_by("pk")):
            yield "evidence", WHAT_IS_NEW


def _powers(holder: UUID, person: UUID, at: At) -> list[SpeakerStanding]:
    """The powers of somebody for this person that are in use, and that nobody disputes."""
    return [one for one in standings(holder, person, at.moment) if one.is_power and one.speaks]


def _that_cover(held: list[SpeakerStanding], decision: models.Decision) -> list[SpeakerStanding]:
    scope = Scope.MONEY if decision.change_code in MONEY_CHANGES else Scope.WELFARE
    return [one for one in held if one.covers(scope, decision.id)]


def before_the_power_ends(
    ends: datetime, holder: UUID | None, person: UUID | None, decision: models.Decision, at: At
) -> datetime:
    """A legal reason that rests on somebody’s power ends with it at the latest."""
    if holder is None or person is None:
        return ends
    closing = [one.ends for one in _that_cover(_powers(holder, person, at), decision)]
    last = [one for one in closing if one is not None]
    return min(ends, max(last)) if last and len(last) == len(closing) else ends


def _bare(evidence: object) -> dict[str, str]:
    """The answers by their letters alone: a full stop more is nothing new."""
    return {name: plain_letters(str(words)) for name, words in (evidence_of(evidence) or {}).items()}


def evidence_of(words: object) -> dict[str, str] | None:
    """The answers in a ground's evidence; None when it cannot be read."""
    try:
        found = json.loads(str(words))
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _wrong_with(question: Mapping[str, Any], answer: str) -> Lazy | None:
    label = {"question": question["label"]}
    if not answer:
        return _("Answer this: %(question)s") % label if question["required"] else None
    if question["type"] == "choice" and answer not in question["options"]:
        return _("Choose one of the answers to this: %(question)s") % label
    if question["type"] == "date" and _day(answer) is None:
        return _("Give a day as year-month-day: %(question)s") % label
    return None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


class RecordGround(WithEvidence):
    """Write down a legal reason to decide without this person’s answer."""

    records = "decisions.ground_recorded"
    may = who_decides
    says = _("%(by)s wrote down a legal reason to go on without the person’s answer.")
    says_about_you = _("%(by)s wrote down a legal reason to go on without your answer.")
    strong = True

    ground: Fresh[models.Ground] = Ask(settled=True)
    person: UUID | None = Ask(
        _("About whom?"), hint=_("Leave this blank for the person it is about."), default=None
    )
    code: Annotated[str, Code("decision.grounds")] = Ask(
        _("Which legal reason is it?"), used_for=_FOR_LAW, widget="radios"
    )
    holder: Annotated[UUID, Ref("people.Person")] | None = Ask(
        _("If an attorney or deputy decides: who is it?"), default=None
    )
    holds_until: datetime | None = Ask(settled=True)

    def settle(self, decision: models.Decision, at: At) -> Mapping[str, Any]:
        known = self.code in pack_of(decision).codes("decision.grounds")
        expires_at = self.last_moment(decision, self.code, at) if known else at.moment
        person = self.person or decision.person
        expires_at = before_the_power_ends(expires_at, self.holder, person, decision, at)
        unseen = holds_unseen_until(person, self.code, at.moment, today=at.date())
        holds_until = min(unseen, expires_at) if unseen else None
        return {"person": person, "expires_at": expires_at, "holds_until": holds_until}

    def objections(self, decision: models.Decision, at: At) -> Iterator[Objection]:
        yield from must_be_open(decision)
        if self.code not in pack_of(decision).codes("decision.grounds"):
            yield "code", _("Choose one of the legal reasons in the list.")
            return
        named = models.Affected.everything.filter(decision=decision.id, person=self.person, ended_at=None)
        if self.person is None or not named.exists():
            yield "person", _("This does not name that person. Choose somebody it affects.")
        yield from self.evidence_objections(decision, self.code, at)
        yield from self.refused_before(self.person, self.code)
        if self.code == "attorney_or_deputy":
            yield from self._holder_objections(decision, at)
        elif self.holder is not None:
            yield "holder", _("Only name an attorney or deputy who decides this. Leave it blank.")

    def _holder_objections(self, decision: models.Decision, at: At) -> Iterator[Objection]:
        if self.holder is None or self.person is None:
            yield "holder", _("Say who the attorney or deputy is.")
            return
        held = _powers(self.holder, self.person, at)
        fits = _that_cover(held, decision)
        outside = outside_of(decision.id, at.moment)
        if not held:
            yield "holder", _("No power of theirs is in use, or somebody disputes it. Ask the person.")
        elif not fits:
            yield "holder", _("Their power does not cover this. Ask the person.")
        elif self.holder not in outside:
            yield "holder", _("They work in the line that decides. They cannot be both.")
        elif not any(one.is_seen_outside(outside) for one in fits):
            yield "holder", ONLY_ONE_LINE

    def apply(self, decision: models.Decision, entry: Recorded) -> None:
        models.Ground.begin(
            entry,
            id=self.ground,
            decision=decision.id,
            person=self.person,
            code=self.code,
            evidence=self.evidence,
            holder=self.holder,
            author=entry.by,
            recorded_at=entry.at,
            expires_at=self.expires_at,
            renewals=0,
            ended_at=None,
            holds_until=self.holds_until,
            decided_writing=None,
        )


class RenewGround(WithEvidence):
    """Write down anew why a legal reason still holds."""

    records = "decisions.ground_renewed"
    may = who_decides
    says = _("%(by)s wrote down anew why a legal reason still holds.")
    strong = True

    ground: Id[models.Ground] = Ask(_("Which legal reason?"), used_for=_FOR_LAW)

    def settle(self, decision: models.Decision, ground: models.Ground, at: At) -> Mapping[str, Any]:
        ends = self.last_moment(decision, ground.code, at)
        return {"expires_at": before_the_power_ends(ends, ground.holder, ground.person, decision, at)}

    def objections(self, decision: models.Decision, ground: models.Ground, at: At) -> Iterator[Objection]:
        yield from must_belong(decision, ground=ground)
        if ground.ended_at is not None or ground.expires_at <= at.moment:
            yield "ground", _("This has ended. If there is a legal reason now, write it down as a new one.")
        yield from self.evidence_objections(decision, ground.code, at)
        yield from self.refused_before(ground.person, ground.code)

    def apply(self, decision: models.Decision, ground: models.Ground, entry: Recorded) -> None:
        ground.change(
            entry,
            evidence=self.evidence,
            author=entry.by,
            expires_at=self.expires_at,
            renewals=ground.renewals + 1,
        )
        models.GroundAsked.let_go(ground.id, entry, but=None)


class FinishReview(OnDecision):
    """Say what came of looking at this again."""

    records = "decisions.review_done"
    may = who_decides
    says = _("%(by)s looked at this again.")

    review: Id[models.Review]
    words: Sealed = Ask(
        _("What did you find, with the person it is about?"), used_for=_("The person reads it.")
    )

    def owner(self, name: str, things: tuple[Any, ...], at: At) -> UUID | None:
        return whose(things)

    def objections(self, decision: models.Decision, review: models.Review, at: At) -> Iterator[Objection]:
        yield from must_belong(decision, review=review)
        if review.done_at is not None:
            yield "review", _("This was looked at already.")
        if review.why == "without_them" and review.asked_at is None:
            yield "review", _("Those it affects have not been asked. They are asked on the day it is due.")
        if not self.words:
            yield "words", _("Write what you found.")

    def apply(self, decision: models.Decision, review: models.Review, entry: Recorded) -> None:
        review.change(entry, done_at=entry.at, words=self.words)


# What protects a person, and is no ground ---------------------------------------------------------


class AboutSomebody(OnDecision):
    """A note about one of the people a decision affects."""

    person: UUID | None = Ask(
        _("About whom?"), hint=_("Leave this blank for the person it is about."), default=None
    )

    def settle(self, decision: models.Decision, at: At) -> Mapping[str, Any]:
        return {"person": self.person or decision.person}

    def owner(self, name: str, things: tuple[Any, ...], at: At) -> UUID | None:
        return self.person

    def objections(self, decision: models.Decision, at: At) -> Iterator[Objection]:
        named = models.Affected.everything.filter(decision=decision.id, person=self.person, ended_at=None)
        if self.person is None or not named.exists():
            yield "person", _("This does not name that person. Choose somebody it affects.")


class RecordSafeguard(AboutSomebody):
    """Write down something that protects the person. It does not by itself let you decide."""

    records = "decisions.safeguard_recorded"
    may = who_decides | their_voice | who_checks
    says = _("%(by)s wrote down something that protects the person.")
    says_about_you = _("%(by)s wrote down something that protects you.")

    @classmethod
    def choices_within(
        cls, field: str, actor: Actor, given: Mapping[str, Any]
    ) -> Iterable[tuple[Any, Lazy]] | None:
        offered = super().choices_within(field, actor, given)
        if field != "code" or offered is None:
            return offered
        return [(code, OF_SOMEBODY_ELSE.get(code, name)) for code, name in offered]  # never the person's form

    row: Fresh[models.Safeguard] = Ask(settled=True)
    code: Annotated[str, Code("decision.safeguards")] = Ask(
        _("What protects them?"), used_for=_FOR_LAW, widget="radios"
    )
    words: Sealed = Ask(_("How?"), used_for=_FOR_LAW)

    def objections(self, decision: models.Decision, at: At) -> Iterator[Objection]:
        yield from super().objections(decision, at)
        if not self.words:
            yield "words", _("Write how it protects them.")

    def apply(self, decision: models.Decision, entry: Recorded) -> None:
        models.Safeguard.begin(
            entry,
            id=self.row,
            decision=decision.id,
            person=self.person,
            code=self.code,
            words=self.words,
            recorded_by=entry.by,
            recorded_at=entry.at,
        )


class NoteWhatTheyShow(AboutSomebody):
    """Write down what someone shows they want, if they cannot decide this now."""

    records = "decisions.shown_noted"
    may = who_decides | their_voice | who_checks
    says = _("%(by)s wrote down what the person shows they want.")
    says_about_you = _("%(by)s wrote down what you show you want.")

    row: Fresh[models.Shown] = Ask(settled=True)
    words: Sealed = Ask(_("What do they show they want, and how?"), used_for=_("Those who decide answer it."))
    shown_on: date = Ask(_("When?"), used_for=_("It shows how fresh this is."))

    def objections(self, decision: models.Decision, at: At) -> Iterator[Objection]:
        yield from super().objections(decision, at)
        if not self.words:
            yield "words", _("Write what they show they want.")
        if self.shown_on > at.date():
            yield "shown_on", _("That day has not come yet. Check the date.")

    def apply(self, decision: models.Decision, entry: Recorded) -> None:
        models.Shown.begin(
            entry,
            id=self.row,
            decision=decision.id,
            person=self.person,
            words=self.words,
            shown_on=self.shown_on,
            noted_by=entry.by,
            reply=None,
            replied_at=None,
        )


class ReplyToWhatTheyShow(OnDecision):
    """Answer what the person shows they want."""

    records = "decisions.shown_answered"
    may = who_decides
    says = _("%(by)s answered what the person shows they want.")
    says_about_you = _("%(by)s answered what you show you want.")

    shown: Id[models.Shown]
    reply: Sealed = Ask(_("How do you take it up?"), used_for=_("It is kept beside what they showed."))

    def owner(self, name: str, things: tuple[Any, ...], at: At) -> UUID | None:
        person: UUID | None = things[1].person
        return person

    def objections(self, decision: models.Decision, shown: models.Shown, at: At) -> Iterator[Objection]:
        yield from must_belong(decision, shown=shown)
        if not self.reply:
            yield "reply", _("Write how you take it up.")

    def apply(self, decision: models.Decision, shown: models.Shown, entry: Recorded) -> None:
        shown.change(entry, reply=self.reply, replied_at=entry.at)
