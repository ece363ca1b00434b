"""Sending what is waiting in the outbox: notices by the person's safe way, and the destruction of keys.

A row is claimed before it is sent, so that two workers never send the same one; a worker that dies leaves its
row to be sent later with the same key, by which a provider knows it for the same message. What is said about
a failure names nobody and no topic.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.conf import settings
from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from alongside.interfaces import hooks
from alongside.interfaces.delivery import (
    Channel,
    Message,
    Receipt,
    Status,
    deliver,
    folder,
    is_followed,
    was_silence,
    way_out_of,
    what_became,
)
from alongside.interfaces.letter import LettersNotAvailable
from alongside.interfaces.where import nobody_said_where
from alongside.interfaces.wired import answers, has_died, joined_records, wiring
from alongside.kernel import clock, reading
from alongside.kernel.command import Command, Missing, NotAllowed, Refused
from alongside.kernel.destroyed import destroy
from alongside.kernel.door import do
from alongside.kernel.forgetting import forget
from alongside.kernel.keyring import keyring
from alongside.kernel.outbox import Outbox
from alongside.kernel.policy import THE_CLOCK
from alongside.kernel.rewrap import rewrap

log = logging.getLogger(__name__)
CLAIMED_FOR = timedelta(minutes=10)
MOST_TRIES, LONGEST_WAIT = 12, timedelta(hours=6)
LOOKED_AT_AGAIN = timedelta(hours=1)  # what was held back may be shown again before its day
FOLLOWED_FOR = timedelta(days=5)  # a message that was taken: a telephone may be off for three days
ASKED_AGAIN = timedelta(minutes=15)  # whether somebody has said at which address this place is
NEXT_ROUND = timedelta(minutes=1)
AT_A_TIME = 50
EVERY_LINE = 10**9
GONE = 410  # by which a program says that it wants no more
WAITING, SENT, FAILED, HELD = "waiting", "sent", "failed", "held"
FOLLOWING = "what_became"  # the kind of a row that asks what became of another


@dataclass
class Work:
    """What one round did."""

    sent: int = 0
    later: int = 0
    failed: int = 0
    held: int = 0
    acts: int = 0
    silent: set[str] = field(default_factory=set, compare=False)  # the ways out that did not answer in time

    def add(self, outcome: "Outcome") -> None:
        name = "later" if outcome.state == WAITING else outcome.state
        setattr(self, name, getattr(self, name) + 1)


@dataclass(frozen=True)
class Outcome:
    """What became of one row."""

    state: str
    said: str = ""
    channel: str = ""
    until: datetime | None = None  # it waits for a moment, and that is no failed try
    reference: str = ""  # by which a provider knows a message it took
    is_quiet: bool = False  # nobody is to do anything about it
    silent: str = ""  # the way out that did not answer in time


def send_waiting(work: Work) -> None:
    """Send every row that has come due, oldest first."""
    while True:
        rows = list(_due().order_by("next_at", "id")[:AT_A_TIME])
        if not rows:
            return
        for row in rows:
            if _claimed(row):
                waits = work.silent and _way_out(row) in work.silent
                outcome = _kept(row, _waits_for_an_answer() if waits else _outcome(row))
                work.silent |= {outcome.silent} - {""}
                if row.kind != FOLLOWING or outcome.state == FAILED:
                    work.add(outcome)


def _way_out(row: Outbox) -> str:
    """By which way out this would leave, without making anything ready for it."""
    if row.kind == "webhook":
        return str(row.payload["address"])
    if row.kind == FOLLOWING:
        return way_out_of(Channel(row.payload["channel"]))
    ask = answers("channel_for") if row.kind == "tell" else None
    channel = ask(UUID(row.payload["person"])) if ask else None
    return way_out_of(channel) if channel is not None else ""


def _waits_for_an_answer() -> Outcome:
    """For the next round: that a way out is silent costs one message the wait, and not each of them."""
    said = _("It waits: what it goes through did not answer another message.")
    return Outcome(WAITING, said, until=clock.now() + NEXT_ROUND)


def _due() -> "QuerySet[Outbox]":
    return Outbox.objects.filter(state=WAITING, next_at__lte=clock.now())


def _claimed(row: Outbox) -> bool:
    """Take a row for this worker. False when another was first."""
    now = clock.now()
    mine = Outbox.objects.filter(id=row.id, state=WAITING, next_at=row.next_at)
    row.tries += 1
    return mine.update(next_at=now + CLAIMED_FOR, tries=row.tries) == 1


def _outcome(row: Outbox) -> Outcome:
    carry_out = KINDS.get(row.kind)
    if carry_out is None:
        return Outcome(FAILED, _("This version of Alongside does not know how to do this."))
    try:
        return carry_out(row)
    except Exception:  # one broken row must not keep every other message in the house
        log.exception("outbox row %s of kind %s broke", row.id, row.kind)
        return Outcome(WAITING, _("This broke in a way we did not expect. The log says how."))


def _kept(row: Outbox, outcome: Outcome) -> Outcome:
    if outcome.state == WAITING and row.tries >= MOST_TRIES and outcome.until is None:
        outcome = replace(outcome, state=FAILED)
    if outcome.until is not None:
        kept = {"next_at": outcome.until, "tries": row.tries - 1, "said": outcome.said[:500]}
        Outbox.objects.filter(id=row.id).update(**kept)
        return outcome
    if outcome.reference and is_followed(Channel(outcome.channel)):
        _follow(row, outcome)
    wait = min(timedelta(minutes=2**row.tries), LONGEST_WAIT)
    Outbox.objects.filter(id=row.id).update(
        state=outcome.state, said=outcome.said[:500], next_at=clock.now() + wait
    )
    if row.kind == "tell" and outcome.state != WAITING and not outcome.is_quiet:
        _tell_the_record(row, outcome)
    return outcome


def _follow(row: Outbox, outcome: Outcome) -> None:
    """Have it asked later what became of a message: what was taken may yet not arrive."""
    now = clock.now()
    payload = {"of": row.id.hex, "channel": outcome.channel, "reference": outcome.reference}
    kept = {"entry": row.entry, "kind": FOLLOWING, "payload": payload, "made_at": now}
    again = {**kept, "next_at": now + LOOKED_AT_AGAIN}
    Outbox.objects.get_or_create(id=uuid5(row.id, "what became of it"), defaults=again)


def _tell_the_record(row: Outbox, outcome: Outcome, key: str = "outbox") -> None:
    """Let the rooms record what became of a message, and ask a worker to act when one on a clock failed."""
    follow = answers("what_became_of_it")
    commands: Iterable[Command] = follow(row.payload, outcome.state, outcome.channel) if follow else ()
    for number, command in enumerate(commands):
        carry_out_for_the_clock(command, key=f"{key} {row.id.hex} {number}")


# What can leave -----------------------------------------------------------------------------------


def _tell(row: Outbox) -> Outcome:
    """Tell a person, by their safe way and in no other."""
    unknown, prepare = nobody_said_where(), answers("prepare")
    if unknown:
        return Outcome(WAITING, unknown, until=clock.now() + ASKED_AGAIN)
    if prepare is None:
        return Outcome(HELD, _("Nothing here knows how to tell people."))
    if has_died(joined_records(UUID(row.payload["person"]))[0]):
        return Outcome(HELD, _("They have died. Nothing is sent to them."), is_quiet=True)
    try:
        until = _waits_until(row)
        if until is not None:
            until = min(until, clock.now() + LOOKED_AT_AGAIN)
            return Outcome(WAITING, _("It waits: not for now."), until=until)
        message: Message | None = prepare(UUID(row.payload["person"]), row.payload)
    except LettersNotAvailable as missing:
        return Outcome(WAITING, str(missing))
    if message is None:
        return Outcome(HELD, _("They have no safe way to be told yet, or no format that suits them."))
    receipt = deliver(replace(message, key=row.id.hex))
    return _of_receipt(receipt, str(message.channel))


def _of_receipt(receipt: Receipt, channel: str) -> Outcome:
    state = {Status.FAILED_FOR_NOW: WAITING, Status.FAILED: FAILED}.get(receipt.status, SENT)
    reference = receipt.provider_reference if state == SENT else ""
    silent = way_out_of(Channel(channel)) if receipt.is_silent else ""
    return Outcome(state, receipt.said, channel, reference=reference, silent=silent)


def _what_became(row: Outbox) -> Outcome:
    """Ask what became of a message that was taken. One that did not arrive is said to the record."""
    said = row.payload
    receipt, now = what_became(Channel(said["channel"]), said["reference"]), clock.now()
    if receipt is None or receipt.status == Status.ARRIVED or now - row.made_at > FOLLOWED_FOR:
        return Outcome(SENT, receipt.said if receipt else "")
    if receipt.status == Status.ACCEPTED or not receipt.provider_reference:  # on its way, or nobody could say
        silent = way_out_of(Channel(said["channel"])) if receipt.is_silent else ""
        later = now + max(LOOKED_AT_AGAIN, now - row.made_at)
        return Outcome(WAITING, receipt.said, until=later, silent=silent)
    told = Outbox.objects.get(id=UUID(said["of"]))
    lost = Outcome(FAILED, receipt.said, said["channel"])
    Outbox.objects.filter(id=told.id).update(state=lost.state, said=lost.said)
    _tell_the_record(told, lost, key="outbox, later")
    return lost


def _waits_until(row: Outbox) -> datetime | None:
    """Until when nothing about this matter may go to this person."""
    ask = answers("waits_until")
    return ask(UUID(row.payload["person"]), row.payload) if ask else None


def _destroy_keys(row: Outbox) -> Outcome:
    """Destroy a person's keys for one purpose, or for all. The entry that says so came first."""
    owner, purpose = UUID(row.payload["owner"]), str(row.payload.get("purpose", ""))
    if purpose:
        count = destroy(key for key, found, _epoch in keyring().ids_of(owner) if found == purpose)
    else:
        from alongside.interfaces.signing_in.accounts import forget_account  # it reads in the sign-in package

        forget_account(owner)
        _forget_messages(owner)
        count = forget(owner)
    if not _old_pages_gone():
        return Outcome(WAITING, _("Somebody is reading. What was there before is overwritten later."))
    return Outcome(SENT, _("%(count)s keys were destroyed.") % {"count": count})


def _forget_messages(owner: UUID) -> None:
    """Take what was written to this person, or about their life, out of the folder of messages."""
    about = [line.recorded.id for line in reading.about(owner, limit=EVERY_LINE)]
    theirs = Outbox.objects.filter(kind="tell").filter(Q(payload__person=owner.hex) | Q(entry__in=about))
    folder.forget(settings.OUTBOX, [pk.hex for pk in theirs.values_list("id", flat=True)])


def _old_pages_gone() -> bool:
    """Whether no page from before, on which a name still stood, lies in SQLite's file or beside it.

    What is deleted is overwritten (secure_delete), but only in the pages that come; so they are made to come.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return True
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        is_busy, _pages, _moved = cursor.fetchone()
    return not is_busy


def _take_out_note(row: Outbox) -> Outcome:
    """Take one misfiled note out of reach: its person gets a new key, which opens all but that note."""
    owner, entry = UUID(row.payload["owner"]), UUID(row.payload["entry"])
    moved = rewrap(owner, str(row.payload.get("purpose", "record")), without_entry=entry)
    return Outcome(SENT, _("%(count)s keys were wrapped anew.") % {"count": moved})


def _webhook(row: Outbox) -> Outcome:
    """Tell a body's program that something changed. It says where to read it, and no words."""
    said = row.payload
    body = hooks.body_of(said["event"], said["thing"], said["path"], at=row.made_at)
    try:
        answer = hooks.post(said["address"], hooks.signed(UUID(said["hook"]), row.id.hex, body), body)
    except hooks.NotThere as wrong:
        return Outcome(FAILED, str(wrong))
    except OSError as wrong:
        return Outcome(
            WAITING, hooks.not_reached(wrong), silent=str(said["address"]) if was_silence(wrong) else ""
        )
    if 200 <= answer < 300:
        return Outcome(SENT)
    is_over = answer == GONE or 300 <= answer < 400
    return Outcome(FAILED if is_over else WAITING, _("The program answered %(number)s.") % {"number": answer})


KINDS: dict[str, Callable[[Outbox], Outcome]] = {
    "tell": _tell,
    "destroy_keys": _destroy_keys,
    "take_out_note": _take_out_note,
    "webhook": _webhook,
    FOLLOWING: _what_became,
}


# What the clock brings ----------------------------------------------------------------------------


def do_what_is_due(work: Work) -> None:
    """Do what has come due: a ground that lapses, a review that opens."""
    now = clock.now()
    for due in wiring("DUE", []):
        for command in due(now):
            work.acts += carry_out_for_the_clock(command)


def carry_out_for_the_clock(command: Command, key: str | None = None) -> bool:
    """Do one act for the clock. What is refused was done meanwhile, or is not due any more."""
    try:
        return not do(command, by=THE_CLOCK, key=key).again
    except (Refused, NotAllowed, Missing):
        return False


def waiting_long(hours: int = 24) -> int:
    """How many rows have waited too long, for whoever looks after this place."""
    since = clock.now() - timedelta(hours=hours)
    return Outbox.objects.filter(Q(state=WAITING, made_at__lt=since, tries__gt=0)).count()
