"""How one person is told one thing: by a way they called safe, in a format they can use, or not at all.

Nothing is guessed. With no safe way, no format or no language of ours, the message is held, and a person has
to ring or go. Only the very first letter may go without a format: it asks which one suits them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from alongside.interfaces.delivery import Channel, Message, neutral_notice
from alongside.interfaces.letter import (
    Heading,
    Letter,
    Points,
    Question,
    first_letter,
    letter_pdf,
    letter_text,
)
from alongside.interfaces.wired import answers
from alongside.kernel import clock
from alongside.kernel.command import Refused
from alongside.kernel.door import do
from alongside.kernel.fields import as_id
from alongside.kernel.policy import THE_CLOCK
from alongside.topics.people.commands.access import IssueCode, new_code
from alongside.topics.people.commands.reaching import SendFirstLetter
from alongside.topics.people.models import Hook, Person, PersonState
from alongside.topics.people.policy import (
    ON_PAPER_BY,
    OURS,
    Way,
    accepted_formats,
    held_until,
    how_we_write,
    name_of,
    now_is,
    safe_way,
)

CHANNELS = {
    "text": Channel.TEXT,
    "email": Channel.EMAIL,
    "letter": Channel.LETTER,
    "letter_large": Channel.LETTER,
}
AGAIN_WITHIN = timedelta(days=1)  # a first letter that could not leave is tried again for a day


@dataclass(frozen=True)
class LetterWords:
    """What a room says in a letter of its own: for `site.py`'s ASKS under "letter:" and the notice's code."""

    title: str
    parts: Sequence[str | Heading | Points]
    reply_slip: Sequence[Question] = ()


def prepare(person: UUID, notice: Mapping[str, Any]) -> Message | None:
    """The message that tells this person, or None: then nothing may go, and somebody has to ring or go."""
    at = clock.now()
    person = now_is(person)
    if not Person.everything.filter(pk=person, state=PersonState.ACTIVE).exists():
        return None
    if not accepted_formats(person, at):
        return _first_letter(person, at)
    how = how_we_write(person, at)
    if how is None:
        return None
    channel = CHANNELS[how.way.channel]
    if channel is Channel.LETTER and how.size is not None:
        return _letter(person, how.way, notice, size_pt=how.size)
    return _short(person, how.way, notice, channel)


def channel_for(person: UUID) -> Channel | None:
    """By which channel this person would be told now, without writing anything. None: by none."""
    at, person = clock.now(), now_is(person)
    if not accepted_formats(person, at):
        return Channel.LETTER if safe_way(person, at, ON_PAPER_BY) is not None else None
    how = how_we_write(person, at)
    return CHANNELS[how.way.channel] if how is not None else None


def waits_until(person: UUID, notice: Mapping[str, Any]) -> datetime | None:
    """Until when a message waits, because its matter is held back from this person for now."""
    matter = as_id(notice.get("matter"))
    return held_until(matter, now_is(person), clock.now()) if matter else None


def _short(person: UUID, way: Way, notice: Mapping[str, Any], channel: Channel) -> Message | None:
    """An email or a text that says there is something to read, with a code that opens it."""
    code = _code(person, way, notice)
    there = f"{settings.BASE_URL}/code" if code else settings.BASE_URL + reverse("account_login")
    words = neutral_notice(language=way.language, link=there, code=code, phone=settings.PLACE_PHONE)
    body = words.email if channel is Channel.EMAIL else words.text
    return Message(
        channel=channel,
        to=way.address,
        subject=words.subject if channel is Channel.EMAIL else "",
        body=body,
        language=way.language,
        reference=_reference(notice),
        key="",
    )


def _letter(person: UUID, way: Way, notice: Mapping[str, Any], *, size_pt: int) -> Message | None:
    """A letter in their size. A room may say what is in it; otherwise it says how to hear more."""
    ask, code = answers(f"letter:{notice.get('what', '')}"), _code(person, way, notice)
    with override(way.language):
        words: LetterWords | None = ask(person, notice) if ask else None
        if words is None:
            words = LetterWords(
                _("Something for you to read"), _how_to_hear_more(notice, has_code=bool(code))
            )
    letter = Letter(
        language=way.language,
        recipient_lines=_lines(person, way),
        title=words.title,
        reference=_reference(notice),
        dated=clock.today(),
        parts=words.parts,
        size_pt=size_pt,
        reply_slip=words.reply_slip,
        code=code,
    )
    return _posted(letter, way)


def _how_to_hear_more(notice: Mapping[str, Any], *, has_code: bool) -> tuple[str, str]:
    """What a letter says that names no topic: what to do now, and by which way."""
    soon, any_time = (
        _("There is something for you to read. Please read it soon."),
        _("There is something for you to read. It needs no hurry."),
    )
    by_code = _("Ring us, and we read it to you. Or use the code below on a computer or a phone.")
    signed_in = _("Ring us, and we read it to you. Or sign in and read it.")
    return soon if notice.get("soon") else any_time, by_code if has_code else signed_in


def _first_letter(person: UUID, at: datetime) -> Message | None:
    """The one letter that may go before a format is known. It goes once."""
    way = safe_way(person, at, ON_PAPER_BY)
    row = Person.everything.get(pk=person)
    if way is None or way.language not in OURS or row.is_child:
        return None
    if row.first_letter_at is None:
        do(SendFirstLetter(person=person), by=THE_CLOCK)
    elif at - row.first_letter_at > AGAIN_WITHIN:
        return None
    letter = first_letter(
        language=way.language,
        recipient_lines=_lines(person, way),
        reference=person.hex[:8].upper(),
        dated=clock.today(),
        code=_code(person, way, {"matter": person.hex, "link": f"/people/{person}/ways"}),
    )
    return _posted(letter, way)


def _posted(letter: Letter, way: Way) -> Message:
    return Message(
        channel=Channel.LETTER,
        to="\n".join(letter.recipient_lines),
        subject=letter.title,
        body=letter_text(letter),
        language=way.language,
        reference=letter.reference,
        key="",
        attachment=letter_pdf(letter),
    )


def _code(person: UUID, way: Way, notice: Mapping[str, Any]) -> str:
    """A fresh code for the matter, kept nowhere but in the message. None for a child, or for no matter.

    None either where a code would open nothing to them: who decides, helps or looks from outside signs in.
    """
    matter, opens = as_id(notice.get("matter")), answers("opens_by_code")
    if matter is None or (opens and not opens(person, matter, str(notice.get("link") or "/"))):
        return ""
    code, digest = new_code()
    issue = IssueCode(
        person=person,
        matter=matter,
        path=str(notice.get("link") or "/"),
        digest=digest,
        way=way.id,
        is_once=False,
    )
    try:
        do(issue, by=THE_CLOCK)
    except Refused:
        return ""
    return code


def _lines(person: UUID, way: Way) -> list[str]:
    """The name and the address, as they stand in the window of an envelope."""
    address = [line.strip() for line in way.address.replace(",", "\n").splitlines() if line.strip()]
    return [name_of(person), *address][:7]


def _reference(notice: Mapping[str, Any]) -> str:
    return str(notice.get("matter") or "")[:8].upper()


def hooked(event: str, thing: UUID, path: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """For TELL: an outbox row for each program that a body has told."""
    for hook in Hook.everything.filter(ended_at=None).order_by("pk"):
        said = {
            "hook": hook.id.hex,
            "address": hook.address,
            "event": event,
            "thing": thing.hex,
            "path": path,
        }
        yield "webhook", said
