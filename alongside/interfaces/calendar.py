"""A person's days as iCalendar (RFC 5545). Every one says “Appointment” and nothing else.

Somebody else may look over a shoulder, or share the telephone. So a day has no topic, no place, no names
and no address, and its id says nothing either. The address of the feed follows from the row and our keys,
and is kept nowhere.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from alongside.kernel.keyring import keyring

Day = tuple[UUID, date]  # what it is about, and when


CLOCK = (  # the standard wants one part at least, and a feed with no day in it is refused by some programs
    "BEGIN:VTIMEZONE",
    "TZID:Etc/UTC",
    "BEGIN:STANDARD",
    "DTSTART:19700101T000000",
    "TZOFFSETFROM:+0000",
    "TZOFFSETTO:+0000",
    "END:STANDARD",
    "END:VTIMEZONE",
)


def token_of(calendar: UUID) -> str:
    """The secret part of a calendar's address."""
    return f"{calendar.hex}-{keyring().mac(b'calendar', calendar.bytes).hex()[:40]}"


def calendar_of(token: str) -> UUID | None:
    """Which calendar this secret opens, if it is one of ours."""
    name, _dash, _mark = token.partition("-")
    try:
        calendar = UUID(hex=name)
    except ValueError:
        return None
    return calendar if hmac.compare_digest(token_of(calendar).encode(), token.encode()) else None


def address_of(calendar: UUID) -> str:
    """What somebody copies into their calendar."""
    return f"{settings.BASE_URL}/calendar/{token_of(calendar)}.ics"


def written(calendar: UUID, since: datetime, days: Iterable[Day]) -> str:
    """The calendar as text, each line ended as the standard has it."""
    stamp = since.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    name = _("Appointment")
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Alongside//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        *CLOCK,
    ]
    for about, day in sorted(set(days), key=lambda one: (one[1], one[0])):
        mark = keyring().mac(b"appointment", calendar.bytes, about.bytes, day.isoformat().encode()).hex()[:32]
        lines += [
            "BEGIN:VEVENT",
            f"UID:{mark}@appointment",
            f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{name}",
            "CLASS:PRIVATE",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    return "\r\n".join([*lines, "END:VCALENDAR", ""])
