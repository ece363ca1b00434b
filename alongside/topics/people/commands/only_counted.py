"""An answer of a few that nobody reads: it is sealed to whoever gives it, and only counted."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import Command, Hand, Lazy
from alongside.kernel.policy import Actor


class OnlyCounted(Command):
    """Answer with one of a few words in `what`, which only whoever gives it and whoever types it know."""

    answers: ClassVar[type[TextChoices]]
    assisted: ClassVar[bool] = True
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.NOT_IN_LINE,)

    @classmethod
    def choices_within(
        cls, field: str, actor: Actor, given: Mapping[str, Any]
    ) -> Iterable[tuple[Any, Lazy]] | None:
        """What a form offers; of every other field, what its room offers."""
        if field == "what":
            return [(one.value, one.label) for one in cls.answers]
        return super().choices_within(field, actor, given)

    def must_be_an_answer(self, what: Any) -> Iterator[tuple[str, Lazy]]:
        """A sealed word is checked here, for its field takes any."""
        if str(what).strip() not in self.answers.values:
            yield "what", _("Choose one of the answers shown.")
