"""What somebody else typed for a person: they are told, and can say that it is not what they said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel import reading
from alongside.kernel.command import Ask, At, Command, Fresh, Recorded, Sealed
from alongside.kernel.policy import signed_in
from alongside.topics.people.commands.checks import PeopleCommand, Reasons
from alongside.topics.people.models import AnswerToTyping


class AnswerTypedAct(PeopleCommand):
    """Say whether what somebody typed for you is what you said."""

    records = "people.typed_act_answered"
    may = signed_in
    says = _("%(by)s answered what was typed for them.")

    answer: Fresh[AnswerToTyping] = Ask(settled=True)
    act: UUID = Ask(_("Which act was it?"), used_for=_("Alongside, to put your answer beside it."))
    is_right: bool = Ask(
        _("Is this what you said?"), used_for=_("Those who act on it, to know that it is yours.")
    )
    words: Sealed = Ask(
        _("What did you say, or what should be put right?"), hint=_("You can leave this blank."), default=""
    )
    person: UUID | None = Ask(settled=True)
    typed_by: UUID | None = Ask(settled=True)

    def settle(self, at: At) -> dict[str, UUID | None]:
        line = reading.entry_by(at.by.ids, self.act)
        return {"person": at.by.person, "typed_by": line.recorded.typed_by if line else None}

    def objections(self, at: At) -> Reasons:
        line = reading.entry_by(at.by.ids, self.act)
        if line is None or line.recorded.typed_by is None:
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
