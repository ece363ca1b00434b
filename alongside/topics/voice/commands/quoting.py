"""A place that quotes a resolution is read by a named person before everyone can read it."""

from collections.abc import Iterator
from typing import ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import At, Id, Lazy, Recorded
from alongside.topics.people.commands.looking import Looking
from alongside.topics.people.policy.looking import looker
from alongside.topics.voice.commands.base import VoiceCommand
from alongside.topics.voice.models import Quote, Resolution
from alongside.topics.voice.policy import reads_quotes_first


class LookAtQuote(Looking, VoiceCommand):
    """Say whether everyone may read where this is quoted."""

    records = "voice.quote_looked_at"
    may = reads_quotes_first
    says = _("%(by)s read what somebody noted of a quote, and said if everyone may read it.")
    page: ClassVar[str] = "voice:resolution"
    read_at: ClassVar[str] = "/resolutions/{}"

    resolution: Id[Resolution]
    quote: Id[Quote]

    def wrote(self, row: Quote) -> UUID | None:
        writer: UUID = row.noted_by
        return writer

    def objections(self, resolution: Resolution, quote: Quote, at: At) -> Iterator[tuple[str, Lazy]]:
        if quote.resolution != resolution.id:
            yield "quote", _("We could not find that. Please choose again.")
        who = looker(at.by, resolution.organisation, at.moment)
        if who.is_outside and who.body == quote.quoted_by:
            yield "", _("Your body is said to quote it. Somebody else must look.")
        yield from super().objections(resolution, quote, at)

    def apply(self, resolution: Resolution, quote: Quote, entry: Recorded) -> None:
        super().apply(resolution, quote, entry)
