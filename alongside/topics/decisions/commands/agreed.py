"""Whether a small thing that somebody wrote down as agreed was agreed: the person says it, once asked."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import Actor, Ask, At, Fresh, Hand, Lazy, Recorded, Sealed
from alongside.kernel.policy import INSTALLATION, SHARED_CODE
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.base import Objection, OnDecision
from alongside.topics.decisions.commands.challenging import may_speak, spoken_for
from alongside.topics.decisions.commands.outside import deciders_of, is_their_own_word, outside_of, typist
from alongside.topics.decisions.models import AgreedWord, SaysAgreed, State
from alongside.topics.decisions.policy import the_person, their_voice
from alongside.topics.people.policy import own_word_stands, replaced, ways_of

SAID = {
    SaysAgreed.YES: _("%(by)s said that they had agreed this."),
    SaysAgreed.OTHERWISE: _("%(by)s said that they had agreed something, but not like that."),
    SaysAgreed.NO: _("%(by)s said that they had not agreed this."),
    SaysAgreed.DO_NOT_ASK: _("%(by)s does not want to be asked whether small things were agreed."),
    SaysAgreed.ASK_AGAIN: _("%(by)s may be asked again whether small things were agreed."),
}
SAID_TO_YOU = {
    SaysAgreed.YES: _("You said that you had agreed this."),
    SaysAgreed.OTHERWISE: _("You said that you had agreed something, but not like that."),
    SaysAgreed.NO: _("You said that you had not agreed this."),
    SaysAgreed.DO_NOT_ASK: _("You do not want to be asked whether small things were agreed."),
    SaysAgreed.ASK_AGAIN: _("You may be asked again whether small things were agreed."),
}


class SayIfAgreed(OnDecision):
    """Say whether you agreed this."""

    records = "decisions.agreement_answered"
    may = the_person | their_voice
    says = _("%(by)s said whether they had agreed this.")
    done: ClassVar[Lazy] = _("Thank you. We have kept what you said.")
    assisted: ClassVar[bool] = True
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.BESIDE, Hand.WAITS, Hand.NOT_IN_LINE)
    seen_by_line: ClassVar[Lazy] = _("Whoever wrote it down as agreed can see this.")

    row: Fresh[AgreedWord] = Ask(settled=True)
    said: SaysAgreed = Ask(
        _("Did you agree this?"),
        hint=_("If you say no, and the days to undo it are not over, it goes back to how it was."),
        used_for=_("It is counted. Until you say so, it counts as what a worker wrote."),
        widget="radios",
    )
    words: Sealed = Ask(_("How was it?"), default="")
    person: UUID | None = Ask(settled=True)
    typed: UUID | None = Ask(settled=True)
    is_sure: bool | None = Ask(settled=True)
    counts: bool | None = Ask(settled=True)
    undoes: bool | None = Ask(settled=True)
    place: int | None = Ask(settled=True)
    replaces: list[UUID] | None = Ask(settled=True)

    @classmethod
    def choices_within(cls, field: str, actor: Actor, given: Mapping[str, Any]) -> Any:
        """Whoever does not want to be asked is offered to be asked again; nobody else."""
        if field != "said":
            return super().choices_within(field, actor, given)
        matter = models.Decision.objects.seen_by(actor).filter(pk=given.get("decision")).first()
        silent = matter is not None and matter.person is not None and AgreedWord.asks_no_more(matter.person)
        last = SaysAgreed.ASK_AGAIN if silent else SaysAgreed.DO_NOT_ASK
        return [(one, one.label) for one in (*SaysAgreed.answers(), last)]

    @classmethod
    def sentence_of(cls, fields: Mapping[str, Any]) -> Lazy:
        return SAID.get(SaysAgreed(fields["said"]), cls.says) if "said" in fields else cls.says

    @classmethod
    def sentence_to(cls, fields: Mapping[str, Any], *, did_it: bool, is_about: bool) -> Lazy:
        return SAID_TO_YOU[SaysAgreed(fields["said"])] if did_it else cls.sentence_of(fields)

    def settle(self, decision: models.Decision, at: At) -> Mapping[str, Any]:
        rows = AgreedWord.everything.filter(decision=decision.id)
        earlier, who = list(rows.filter(is_current=True)), typist(at)
        in_time = decision.undo_until is None or at.date() <= decision.undo_until
        may_undo = decision.state == State.DECIDED and decision.undo_days is not None and in_time
        counts = self.said in SaysAgreed.answers() and not own_word_stands(earlier, who)
        return {
            "person": decision.person,
            "typed": who,
            "is_sure": counts and _is_sure(decision, at),
            "counts": counts,
            "undoes": counts and self.said == SaysAgreed.NO and may_undo,
            "replaces": replaced(earlier, who) if counts else [],
            "place": rows.count() + 1,
        }

    def owner(self, name: str, things: tuple[Any, ...], at: At) -> UUID | None:
        person: UUID | None = things[0].person
        return person

    def objections(self, decision: models.Decision, at: At) -> Iterator[Objection]:
        yield from may_speak(decision, at)
        if decision.size != "everyday" or decision.decided_at is None:
            yield "", _("This is asked of small things that were agreed at once, and of nothing else.")
        who = typist(at)
        if who is not None and who != INSTALLATION and who not in outside_of(decision.id, at.moment):
            yield "", _("You work in the line that wrote it down. Somebody else must type their answer.")

    def apply(self, decision: models.Decision, entry: Recorded) -> None:
        for earlier in self.replaces or ():
            AgreedWord.everything.get(id=earlier).change(entry, is_current=False)
        AgreedWord.begin(
            entry,
            id=self.row,
            decision=decision.id,
            person=self.person,
            said=self.said,
            words=self.words or None,
            said_by=entry.by,
            typist=self.typed,
            is_sure=self.is_sure,
            is_current=self.counts,
            place=self.place,
            said_at=entry.at,
        )


def _is_sure(decision: models.Decision, at: At) -> bool:
    """Whether nobody else can have said it for them: by a code to a telephone or an address that somebody
    else can see it is kept, and confirms nothing; no more does what was typed by one who cannot vouch."""
    person = decision.person
    if person is None or not is_their_own_word(decision.id, person, at):
        return False
    speaker = at.by.person
    if speaker is None or speaker in deciders_of(decision.id):
        return False
    shared = {way.shared_with for way in ways_of(person, at.moment) if way.shared_with}
    if spoken_for(decision, at) is not None:
        return speaker in outside_of(decision.id, at.moment) and speaker not in shared
    return at.by.way not in ("code", SHARED_CODE) or not shared
