"""What somebody else typed for a person: they are told, and can say that it is not what they said."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.interfaces.words import day
from alongside.kernel import reading
from alongside.kernel.command import Ask, At, Command, Fresh, Hand, Lazy, Recorded, Sealed
from alongside.kernel.fields import as_id
from alongside.kernel.policy import UNHEARD_WAYS, Actor, signed_in
from alongside.topics.people.commands.checks import PeopleCommand, Reasons
from alongside.topics.people.models import AnswerToTyping
from alongside.topics.people.policy import names_of, ways_of
from alongside.topics.people.policy.typed import said_in, sentence_of, typed_for


class AnswerTypedAct(PeopleCommand):
    """Say whether what somebody typed for you is what you said."""

    by_another: ClassVar[tuple[Hand, ...]] = (Hand.OWN_RULE,)
    records = "people.typed_act_answered"
    may = signed_in
    says = _("%(by)s answered what was typed for them.")
    says_to_you = _("You answered what was typed for you.")
    done = _("Thank you. A yes makes it count as yours, where it waited for that.")

    answer: Fresh[AnswerToTyping] = Ask(settled=True)
    act: UUID = Ask(_("Which act was it?"), used_for=_("Alongside, to put your answer beside it."))
    is_right: bool = Ask(
        _("Is this what you said?"), used_for=_("Those who act on it, to know that it is yours.")
    )
    words: Sealed = Ask(_("What did you say, or what should be put right?"), default="")
    person: UUID | None = Ask(settled=True)
    typed_by: UUID | None = Ask(settled=True)
    is_sure: bool | None = Ask(settled=True)  # nobody else can have given this answer

    @classmethod
    def shown_above(cls, actor: Actor, given: Mapping[str, Any]) -> list[tuple[Lazy, Any]]:
        """What was typed, by whom and when: nobody has to know it by heart to say if it is right."""
        act = as_id(str(given.get("act", "")))
        line = next((one for one in typed_for(actor) if one.recorded.id == act), None)
        if line is None:
            return []
        typist = line.recorded.typed_by
        by = names_of([typist])[typist] if typist is not None else ""
        return [(f"{by}, {day(line.recorded.at)}", sentence_of(line)), *said_in(line)]

    def settle(self, at: At) -> dict[str, Any]:
        line = reading.typed_entry(at.by.ids, self.act)
        typed_by = line.recorded.typed_by if line else None
        return {"person": at.by.person, "typed_by": typed_by, "is_sure": _is_sure(at)}

    def objections(self, at: At) -> Reasons:
        line = reading.typed_entry(at.by.ids, self.act)
        if line is None:
            yield "act", _("We could not find that. Please choose again.")
        elif at.by.typed_by == line.recorded.typed_by:
            yield "", _("Somebody else than the one who typed it must write down your answer.")

    def about(self, at: At) -> UUID | None:
        return self.person

    def apply(self, entry: Recorded) -> None:
        AnswerToTyping.begin(
            entry,
            id=self.answer,
            act=self.act,
            person=self.person,
            typed_by=self.typed_by,
            is_right=self.is_right,
            words=self.words,
            at=entry.at,
        )


def _is_sure(at: At) -> bool:
    """Whether only they can have answered: by their own hand, and not by a code to what somebody shares."""
    if at.by.person is None or at.by.typed_by is not None or at.by.way in UNHEARD_WAYS:
        return False
    return at.by.way != "code" or not any(way.shared_with for way in ways_of(at.by.person, at.moment))


def tell_whom_it_was_typed_for(
    command: Command, recorded: Recorded
) -> Iterable[tuple[str, Mapping[str, Any]]]:
    """For TELL, beside any command that may be typed for somebody: that person is told."""
    if recorded.typed_by is not None and recorded.typed_by != recorded.by:
        yield (
            "tell",
            {
                "person": recorded.by.hex,
                "what": "typed_for_you",
                "link": "/me/typed-for-you",
                "matter": recorded.thing.hex,
            },
        )
