"""What templates are given of a decision: names put beside ids, states put into words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.functional import Promise as Later
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.interfaces.acting import address_of
from alongside.interfaces.wired import matters_shown, may_type_for
from alongside.kernel import clock
from alongside.kernel.hands import is_anothers
from alongside.kernel.pack import Pack
from alongside.kernel.policy import Actor
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.outside import outside_of
from alongside.topics.decisions.models import POSITIONS, Sees, State
from alongside.topics.decisions.pages.offices import in_public
from alongside.topics.decisions.pages.typed_for import checked_by, perhaps_by_a_seen_code, through_whom
from alongside.topics.people.models import Kinds
from alongside.topics.people.pages import named
from alongside.topics.people.policy import names_for_a_visitor, names_of, standings

SIGNS = {  # how far a telling came, as everyone but its reader says it
    "opened": gettext_lazy("They opened it"),
    "slip": gettext_lazy("Their reply slip came back"),
    "replied": gettext_lazy("They replied"),
    "talked_through": gettext_lazy("It was talked through, and what they said was written down"),
    "sent": gettext_lazy("Sent. We do not know if they have read it"),
    "delivered": gettext_lazy("Delivered. We do not know if they have read it"),
    "message_left": gettext_lazy("A message was left"),
    "not_delivered": gettext_lazy("It could not be delivered"),
}
ANSWERED_SINCE = {  # of a letter of which nobody told us, once whoever it went to has answered
    "sent": gettext_lazy("Sent. They have answered since"),
    "delivered": gettext_lazy("Delivered. They have answered since"),
}
LIVE_SIGNS = {  # of a call or a visit, which is not sent and not opened
    ("sent", False): gettext_lazy("Tried. We do not know if it reached them"),
    ("sent", True): gettext_lazy("We tried. We do not know if it reached you"),
    ("opened", False): gettext_lazy("They read it here"),
    ("opened", True): gettext_lazy("You read it here"),
}
ASKED_HOW = {  # of a letter that asked for the form alone; said to them, or of them
    False: gettext_lazy("We asked how they want to be told. They have not been told yet"),
    True: gettext_lazy("We asked how you want to be told. You have not been told yet"),
}
LOOKS = {
    State.OPEN: "waiting",
    State.DECIDED: "good",
    State.UNDONE: "part",
    State.WITHDRAWN: "quiet",
    State.RESTED: "quiet",
}


def comes_from_promise(actor: Actor, decision: models.Decision) -> tuple[Any, str] | None:
    """The promise that was not kept, from which this matter comes, for who may see it: words and page."""
    of = decision.from_promise
    return matters_shown(actor, [of]).get(of) if of is not None else None


def sign_of(
    pack: Pack,
    row: models.Telling,
    *,
    to_me: bool,
    has_answered: bool = False,
    asked_how: Collection[UUID] = (),
    is_unsure: bool = False,
) -> str:
    """How far a telling came: in the words of whoever reads it, and of the way it was told. `asked_how` are
    those whom no word can reach yet: one letter went, and asked in what form they want to be told.
    `is_unsure`: the reader came by a code that somebody else may have seen."""
    if row.sign == "sent" and to_me and is_unsure and not row.is_live:
        return str(_("Sent. We cannot be sure that it was you who read it"))
    if row.sign == "sent" and row.person in asked_how and not row.is_live:
        return str(ASKED_HOW[to_me])
    if has_answered and not to_me and row.sign in ANSWERED_SINCE:
        return str(ANSWERED_SINCE[row.sign])
    live = LIVE_SIGNS.get((row.sign, to_me)) if pack.item("told.channels", row.channel)["live"] else None
    return str(live or (_(pack.item("told.signs", row.sign)["name"]) if to_me else SIGNS[row.sign]))


class Names(named.Names):
    """The names on one page of decisions, read in one go.

    Whoever has not signed in sees offices and bodies, and nobody's own name: anybody may be looking. Where
    anybody may read of a matter, those who work in it go by their office there.
    """

    def __init__(
        self,
        actor: Actor,
        ids: Iterable[UUID | None],
        *,
        matter: models.Decision | None = None,
        seats: Sequence[models.Decider] | None = None,
    ) -> None:
        """`seats`: all who decide the matter or did, where they were read already."""
        self.matter, self.seats = matter, seats
        super().__init__(actor, ids)

    def read(self, wanted: set[UUID]) -> dict[UUID, str]:
        """What each of these is called on this page."""
        is_open = self.matter is not None and not self.matter.is_about_person
        public = in_public(self.matter, wanted, self.seats) if self.matter is not None and is_open else None
        asked = wanted if public is None else wanted | public.to_name
        found = names_for_a_visitor(asked) if self.actor.person is None else names_of(asked)
        return {one: (public and public.called(one, found)) or found[one] for one in wanted}


@dataclass(frozen=True)
class ShownReply:
    """An answer to a view, and whether its giver says it answers them."""

    row: models.Reply
    who: str
    judged: str
    may_judge: bool
    type_link: str  # where a worker types what they wrote back


@dataclass(frozen=True)
class ShownView:
    """A view as a page shows it."""

    row: models.View
    who: str
    says: str | Later  # a name of ours is put into the language when it is shown
    option: str
    note: str
    is_mine: bool
    is_theirs: bool  # whose words they are reads it, not whoever speaks for them
    reply: ShownReply | None
    answer_link: str
    confirm_link: str
    show_link: str  # where its giver chooses who may read it
    not_counted: str  # why it does not count yet, and what makes it count


def shown_views(
    actor: Actor,
    rows: list[models.View],
    names: Names,
    *,
    options: dict[UUID, str],
    decides: bool,
    here: str,
    replies: list[models.Reply] | None = None,
    gone: Collection[UUID] = (),
) -> list[ShownView]:
    """Views with their replies, in two statements however many they are; in one, where they are known.

    `gone` were said for the reader by somebody who may not speak for them now.
    """
    if replies is None:
        replies = models.Reply.objects.seen(actor, "replied_at", view=[row.id for row in rows])
    reply_to = {reply.view: reply for reply in replies}
    typed_for: set[UUID] = set()
    if actor.person is not None and not decides and any(not reply.answered for reply in replies):
        # Those who decide never type how their reply was taken.
        typed_for = {one for one, _name in may_type_for(actor.person)}
    found, loose, seen = [], unchecked(rows), perhaps_by_a_seen_code(rows)
    for row in rows:
        reply, is_loose, is_seen = reply_to.get(row.id), row.id in loose, row.id in seen
        shown = _shown(row, reply, names, options, decides, here, is_loose=is_loose, is_seen=is_seen)
        is_typed = row.person in typed_for and shown.reply is not None and not shown.reply.judged
        shown = _with_typing(shown, here) if is_typed else shown
        found.append(_no_longer_theirs(shown, names) if row.id in gone else shown)
    return found


def _no_longer_theirs(shown: ShownView, names: Names) -> ShownView:
    """The same, to whom it was said for: it waits for their own word. Whoever holds a power over something
    decides it where there is a legal reason, and never answers in their place."""
    who = {"who": names.subject(shown.row.said_by)}
    said = _("%(who)s may not speak for you now. Say it yourself: then it counts.")
    held = standings(shown.row.said_by, shown.row.person, clock.now()) if shown.row.person else ()
    if any(one.speaks and one.kind in Kinds.POWERS for one in held):
        said = _("What %(who)s says does not stand in for your own answer. Say what you think: that counts.")
    note = " ".join(through_whom(shown.row, names, is_theirs=True))
    return replace(shown, note=note, not_counted=said % who)


def unchecked(rows: Iterable[Any]) -> set[UUID]:
    """Which answers and tellings open nothing yet: typed inside the line that decides, and checked with the
    person by nobody outside it. The rule of whether it can be decided asks the same."""
    typed = [row for row in rows if row.typist is not None and row.confirmed_by is None]
    now = clock.now()
    outside = {matter: outside_of(matter, now) for matter in {row.decision for row in typed}}
    return {row.id for row in typed if not outside[row.decision].vouches(row)}


def _with_typing(shown: ShownView, here: str) -> ShownView:
    """The same, with a way for their worker to type whether the reply answers them."""
    assert shown.reply is not None
    given = {"decision": shown.row.decision, "reply": shown.reply.row.id, "next": here}
    link = address_of("decisions.reply_judged", **given, typed_for=shown.row.person)
    return replace(shown, reply=replace(shown.reply, type_link=link))


def _shown(
    row: models.View,
    reply: models.Reply | None,
    names: Names,
    options: dict[UUID, str],
    decides: bool,
    here: str,
    *,
    is_loose: bool,
    is_seen: bool,
) -> ShownView:
    is_theirs = row.person in names.ids
    is_mine = is_theirs or row.said_by in names.ids
    decision = row.decision
    return ShownView(
        row=row,
        who=names(row.person),
        says=POSITIONS.get(row.position, row.position),
        option=options.get(row.option, "") if row.option else "",
        note=_note(row, names, is_loose=is_loose, is_mine=is_mine, is_seen=is_seen),
        is_mine=is_mine,
        is_theirs=is_theirs,
        reply=_shown_reply(reply, names, is_mine=is_mine) if reply else None,
        answer_link=""
        if not decides or reply or is_mine
        else address_of("decisions.replied", decision=decision, view=row.id, next=here),
        confirm_link=""
        if not is_loose or row.typist in names.ids or decides or (is_theirs and is_anothers(names.actor))
        else address_of("decisions.view_confirmed", decision=decision, view=row.id, next=here),
        show_link=address_of("decisions.view_shown", decision=decision, view=row.id, next=here)
        if is_theirs and row.sees == Sees.DECIDERS
        else "",
        not_counted=not_counted(names(row.person), is_mine=is_theirs, decides=decides) if is_loose else "",
    )


def not_counted(who: str, *, is_mine: bool, decides: bool) -> str:
    """What makes an answer count that opens nothing yet. It never says which way somebody else can see:
    whoever reads this may be the one who sees it."""
    if is_mine:
        return _(
            "Somebody else may have typed it or seen the code. To make it count, say the same with a code "
            "that only you have seen, or when you are signed in. Or let your advocate, or a worker in "
            "another team, ask you and say so. If a worker wrote down where we write to you, ring us: "
            "somebody of another team can ask you if that is right."
        )
    if not decides:
        return _(
            "Somebody of the team that decides may have typed it or seen the code. It "
            "counts once their advocate, or a worker in another team, has checked it with %(who)s."
        ) % {"who": who}
    return _(
        "Somebody of your team may have typed it or seen the code. To make it count, ask their advocate or a "
        "worker in another team to check it with %(who)s. A letter counts once somebody from outside has "
        "confirmed where it goes: ask for that where it says how to tell them things."
    ) % {"who": who}


def _shown_reply(reply: models.Reply, names: Names, *, is_mine: bool) -> ShownReply:
    judged = str(models.Answered(reply.answered).label) if reply.answered else ""
    return ShownReply(reply, names.subject(reply.replied_by), judged, is_mine and not reply.answered, "")


def _note(row: models.View, names: Names, *, is_loose: bool, is_mine: bool, is_seen: bool) -> str:
    is_theirs = row.person in names.ids
    said = through_whom(row, names, is_theirs=is_theirs, is_seen=is_seen)
    if row.confirmed_by is not None and row.confirmed_by not in (row.person, row.typist):
        said.append(checked_by(names(row.confirmed_by), is_theirs=is_theirs))
    if is_loose and not is_mine:
        said.append(_("Nobody has checked this with them yet."))
    if row.sees == Sees.DECIDERS:
        said.append(_seen_only_by(row, names, is_theirs=is_theirs, is_mine=is_mine))
    return " ".join(said)


def _seen_only_by(row: models.View, names: Names, *, is_theirs: bool, is_mine: bool) -> str:
    """Who can read it. Whoever said it for somebody reads it too, and each of the two reads so."""
    if not row.is_spoken_for:
        if is_mine:
            return _("Only you and those who decide can see this.")
        return _("Only they and those who decide can see this.")
    other = names(row.said_by if is_theirs or not is_mine else row.person)
    if is_mine:
        return _("Only you, %(who)s and those who decide can see this.") % {"who": other}
    return _("Only they, %(who)s and those who decide can see this.") % {"who": other}


def whose_words(decision: models.Decision, actor: Actor, person: str) -> str:
    """Whose matter it is, above its title."""
    if decision.person is None:
        return _("About a service or a place")
    if decision.person in actor.ids:
        return _("About your life")
    return _("About the life of %(name)s") % {"name": person}


def state_words(
    decision: models.Decision, person: str, *, answered: bool = False, may_know: bool = False
) -> str:
    """How far a decision is, in a few words.

    `may_know`: whether the reader sees each answer. Who does not cannot be told that none has come.
    """
    if decision.state == State.OPEN and decision.person is not None:
        if answered:
            is_you = person == _("You")
            return _("You have answered") if is_you else _("%(name)s has answered") % {"name": person}
        if may_know:
            return (
                _("Waiting for you") if person == _("You") else _("Waiting for %(name)s") % {"name": person}
            )
    return str(State(decision.state).label)


def has_answered(decision: models.Decision, said: Iterable[models.View]) -> bool:
    """Whether the one it is about has answered, in words that nobody need check any more."""
    theirs = [row for row in said if row.person == decision.person and row.shape >= decision.change_shape]
    theirs = [row for row in theirs if row.typist is None or row.is_trusted or row.confirmed_by]
    return len(unchecked(theirs)) < len(theirs)


def option_of(row: models.Option, by: str = "") -> dict[str, Any]:
    """A way this could go, as a page shows it. `by`: whose words these are, and since when."""
    risks = [{"who": str(row.risk_to or _("those it affects")), "words": row.risk}] if row.risk else []
    letter = chr(ord("A") + (row.number - 1) % 26)
    words = row.taken_why or row.words
    return {
        "letter": letter,
        "name": row.name,
        "words": words,
        "tasks": [] if row.taken else tasks_of(row),
        "risks": risks,
        "forgone": row.forgone,
        "by": by,
    }


def tasks_of(row: models.Option) -> list[str]:
    """What would have to be done for a way, and by whom: one thing after the other."""
    return [line.strip(" -•") for line in str(row.tasks or "").splitlines() if line.strip(" -•")]


def look_of(decision: models.Decision) -> str:
    return LOOKS[State(decision.state)]


def reached_of(tellings: Iterable[models.Telling]) -> tuple[int, bool]:
    """(how many people of groups word of it reached, whether they may be more).

    Tellings of one group are never added up: the same people may be told twice.
    """
    most: dict[UUID, int] = {}
    several = False
    for row in tellings:
        if row.group is not None:
            several = several or row.group in most
            most[row.group] = max(most.get(row.group, 0), row.reached_count)
    return sum(most.values()), several


def who_typed_it(tellings: Iterable[models.Telling], names: Names) -> list[str]:
    """Who typed how many people of groups word of it reached: it is their count, and nobody else's."""
    typed = (row for row in tellings if row.group is not None and row.reached_count)
    return list(dict.fromkeys(names(row.told_by) for row in typed))


@dataclass(frozen=True)
class Happened:
    """One line of what happened."""

    at: datetime
    words: str
    is_voice: bool = False
    link: str = ""
    link_words: str = ""


def part_rows(model: Any, actor: Actor, decision: UUID, *order: str, **more: Any) -> list[Any]:
    """The rows of a part of this decision that the actor may see."""
    found: list[Any] = model.objects.seen(actor, *order, decision=decision, **more)
    return found
