"""One promise: what was promised, how far its owner says it is, and what those it was made to say."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from alongside.interfaces.acting import address_of, may_do
from alongside.interfaces.page import render
from alongside.interfaces.who import Request
from alongside.interfaces.wired import matters_shown, raised_from
from alongside.kernel import clock, reading
from alongside.kernel.kept import KeptQuestion
from alongside.kernel.now import the
from alongside.kernel.policy import Actor
from alongside.topics.people.pages.looking import why_not
from alongside.topics.people.pages.named import Names
from alongside.topics.people.policy.deaths import who_died
from alongside.topics.promises import models
from alongside.topics.promises.commands.agreeing import who_must_agree
from alongside.topics.promises.commands.new_day import WAITING
from alongside.topics.promises.models import Promise, PromisedTo, Said
from alongside.topics.promises.pages import together
from alongside.topics.promises.pages.corrected import may_be_offered, offered
from alongside.topics.promises.pages.looked import of_promise
from alongside.topics.promises.pages.may_do import five_answers, i_confirm, i_judge, i_know, i_write_down
from alongside.topics.promises.pages.numbers import number_before, of_numbers, who_said_figures
from alongside.topics.promises.pages.shown import (
    LOOKS,
    State,
    Told,
    are_enough,
    made_to_words,
    owner_words,
    perhaps_by_a_seen_code,
    progress_words,
    state_of,
    told,
    told_to_all,
    way_words,
    where_to_confirm,
)
from alongside.topics.promises.pages.wants_now import for_whom, who_is_asked
from alongside.topics.promises.policy import no_longer_holds_for
from alongside.topics.promises.policy.counting import SPOKEN_FOR, counts_of, no_longer_theirs, told_of_one
from alongside.topics.promises.policy.judged import nobody_left


@require_safe
def promise_page(request: Request, pk: UUID) -> HttpResponseBase:
    """Show one promise as this reader may see it."""
    promise: Promise = the(Promise, pk, seen_by=request.actor)
    if promise.person is not None:
        reading.looked(request.actor, promise.person, "promise")
    return render(request, "promises/promise.html", One(request.actor, promise, request.path).context())


@require_safe
def after_page(request: Request, pk: UUID) -> HttpResponseBase:
    """After an answer: who was let down is asked what they want now; everyone else sees the promise."""
    promise: Promise = the(Promise, pk, seen_by=request.actor)
    one = One(request.actor, promise, reverse("promises:promise", args=[pk]))
    return HttpResponseRedirect(one.what_now_address() or one.here)


class One:
    """Everything one page shows of a promise, read with a steady number of statements."""

    def __init__(self, actor: Actor, promise: Promise, here: str) -> None:
        self.actor, self.promise, self.here = actor, promise, here
        self.at, self.today = clock.now(), clock.today()
        self.to = self._parts(PromisedTo, "id")
        self.judged = self._ruled(i_judge)
        self.verdicts = self._parts(models.Verdict, "-place")
        self.perhaps_seen = perhaps_by_a_seen_code(self.verdicts)
        self.not_theirs = no_longer_theirs(self.verdicts, actor.ids)
        self.standing = [row for row in self.verdicts if row.counts and row.id not in self.not_theirs]
        self.wants = self._parts(models.WhatNow, "-made_by")
        self.dates = self._parts(models.ProposedDate, "-made_by")
        self.offers = self._parts(models.OfferedWords, "-made_by")
        self.confirmed = self._ruled(i_confirm)
        self.owns = may_do(actor, "promises.progress_reported", promise)
        self.knows = self._knows()
        self.gone = who_died(row.person for row in self.to)
        self.found = counts_of([promise.id])[promise.id]

    def _parts(self, model: Any, *order: str) -> list[Any]:
        found: list[Any] = model.objects.seen(self.actor, *order, at=self.at, promise=self.promise.id)
        return found

    def _ruled(self, question: KeptQuestion) -> list[UUID]:
        """The rows of this promise that the reader may act on."""
        found: list[UUID] = question(self.actor, self.at, among=[self.promise.id])
        return found

    def act(self, kind: str, *, come_back: bool = True, **given: Any) -> str:
        after = {"next": self.here} if come_back else {}
        return address_of(f"promises.{kind}", promise=self.promise.id, **given, **after)

    def context(self) -> dict[str, Any]:
        """What the page says, in the order in which a reader asks."""
        progress = self._parts(models.Progress, "-made_by")
        changes = [*self._parts(models.Correction, "-made_by"), *self._parts(models.HandOver, "-made_by")]
        names = Names(self.actor, self._named(progress, changes))
        lasting = together.of_lasting(self.actor, self.promise, self.here, self._judged_rows())
        return {
            **self._promised(names),
            "state": self._state(lasting),
            **self._asks_you(names, is_eroded=bool(lasting["eroded"])),
            "lasting": lasting,
            "group": self._group(),
            **self._they_say(names),
            **self._its_owner(progress, names),
            **self._changed(changes, names),
            **self._comes_from(),
        }

    def _promised(self, names: Names) -> dict[str, Any]:
        """What was promised, to whom, and who answers for it."""
        promise = self.promise
        return {
            "promise": promise,
            "made_to": made_to_words(promise, self.to, names),
            "owner": owner_words(promise, names),
            "body": names.known.get(promise.organisation, ""),
            "body_link": reverse("promises:body", args=[promise.organisation]),
            "progress_words": progress_words(promise.percent, owns=promise.owner in self.actor.ids),
            "numbers": of_numbers(self.actor, promise, names, self.here),
            "test": together.of_test(self.actor, promise, self.here),
        }

    def _state(self, lasting: Mapping[str, Any]) -> State:
        """How it stands, as far as this reader may know."""
        ids = self.actor.ids
        own = next((row for row in self.standing if row.person in ids), None)
        return state_of(
            self.promise,
            today=self.today,
            found=self.found if self.knows else None,
            own=own.said if own else "",
            said_by_speaker=own is not None and own.through in SPOKEN_FOR,
            is_asked=any(row.person in ids for row in self.to),
            is_eroded=bool(lasting["eroded"]) and lasting["mended"] is None,
            nobody_left=self.promise.id in nobody_left(self.to),
            owns=self.promise.owner in ids,
        )

    def _asks_you(self, names: Names, *, is_eroded: bool) -> dict[str, Any]:
        """What the reader is asked: whether it was kept, and what they want where it was not."""
        says_gone = (no_longer_holds_for(self.promise.id, one) for one in sorted(self.actor.ids))
        return {
            "asks": self._asks(names),
            "is_early": self.today < self.promise.due_on and self.promise.done_on is None,
            "what_now": self.what_now_address(),
            "wants_for": for_whom(self.actor, self.asked, names),
            "says_gone": is_eroded and any(says_gone),
        }

    def _they_say(self, names: Names) -> dict[str, Any]:
        """What those it was made to say, counted and one by one, and what they want now."""
        return {
            "told": self._told(),
            "is_mine_alone": len(self.to) == 1 and self.to[0].person in self.actor.ids,
            "verdicts": [self._verdict(row, names) for row in self.verdicts],
            "wants": [self._want(row, names) for row in self.wants],
            **of_promise(self.promise, names.known.get(self.promise.organisation, "")),
        }

    def _its_owner(self, progress: list[Any], names: Names) -> dict[str, Any]:
        """What its owner says, and what its owner and those who work with them can do."""
        return {
            "progress": [{"row": row, "who": self._says_who(row.said_by, names)} for row in progress],
            "owner_acts": self._owner_acts(),
            "write_down": self._write_down(names),
        }

    def _changed(self, changes: list[Any], names: Names) -> dict[str, Any]:
        """Other days and other words that were asked for; what was put right and handed over."""
        return {
            "dates": [self._date(row, names) for row in self.dates],
            "offers": self._offers(names),
            "changes": [self._change(row, names) for row in changes],
            "disagreed": together.who_disagreed(self.actor, self.promise),
        }

    def _comes_from(self) -> dict[str, Any]:
        """What it comes from, and what was raised from it, as far as the reader may see them."""
        decision, statement, protocol = self.promise.decision, self.promise.statement, self.promise.protocol
        matter = matters_shown(self.actor, [decision]).get(decision) if decision else None
        return {
            "matter": matter,
            "raised": raised_from(self.actor, self.promise.id),
            "said_link": reverse("promises:statement", args=[statement]) if statement else "",
            "protocol_link": reverse("promises:protocol", args=[protocol]) if protocol else "",
            "back": reverse("promises:promises"),
        }

    def _group(self) -> dict[str, Any]:
        """The group it was made to, if it was; whether the reader is one of it, by their body or own word."""
        is_in = any(row.person is None for row in self._judged_rows())
        return together.of_group(self.actor, self.promise, self.here, knows=self.knows, is_in=is_in)

    def _judged_rows(self) -> list[PromisedTo]:
        return [row for row in self.to if row.id in self.judged]

    def _named(self, progress: list[Any], changes: list[Any]) -> set[UUID | None]:
        wanted: set[UUID | None] = {row.person for row in self.to}
        wanted |= who_said_figures(self.actor, self.promise)
        wanted |= {self.promise.owner, self.promise.office, self.promise.organisation}
        wanted |= {one for row in self.verdicts for one in (row.by, row.person, row.confirmed_by)}
        wanted |= {one for row in self.wants for one in (row.by, row.person, row.answered_by)}
        wanted |= {row.said_by for row in (*progress, *self.dates, *self.offers)}
        for row in changes:
            wanted |= {getattr(row, name, None) for name in ("by", "to_owner", "to_office")}
        return wanted

    def _says_who(self, person: UUID, names: Names) -> str:
        return owner_words(self.promise, names) if self.promise.is_public else names(person)

    def _knows(self) -> bool:
        """Whether the reader may know every answer: they answer for it, or it was made to them alone, or to
        somebody alone whose answer they read, such as an advocate who gave it."""
        everyone = PromisedTo.everything.filter(promise=self.promise.id).count()  # also those they do not see
        read = {row.person for row in self.verdicts if row.counts and not row.is_held}
        alone = everyone == len(self.to) == 1 and self.to[0].person in {*self.actor.ids, *read} - {None}
        return alone or bool(i_know(self.actor, self.at, among=[self.promise.id]))

    def _told(self) -> Told | None:
        if self.knows:
            heard = {row.person for row in self.verdicts if row.counts}
            return told(self.found, died=len(self.gone - heard))
        if not self.promise.is_public:
            return None
        return told_to_all(told_of_one(self.promise.id))

    def _asks(self, names: Names) -> list[dict[str, Any]]:
        """For each one the reader may answer for: the five answers, those that can be given today."""
        found = []
        for row in self.to:
            if row.id in self.judged:
                is_other = row.person is not None and row.person not in self.actor.ids
                answers = five_answers(self.promise, row.id, self.today)
                who = names(row.person) if is_other else ""
                uncounted = self._waits_uncounted(row)
                asked = {"for": who, "answers": answers, "said": self._said_before(row)}
                found.append({**asked, "uncounted": uncounted})
        return found

    def _waits_uncounted(self, row: PromisedTo) -> bool:
        """Whether they have answered, and it does not count before somebody has checked it with them."""
        person = row.person or self.actor.person
        theirs = [one for one in self.verdicts if one.person == person]
        waits = any(one.needs_confirming and one.confirmed_on is None for one in theirs)
        return waits and not any(one.counts for one in theirs)

    def _said_before(self, row: PromisedTo) -> str:
        """What whoever it was made to answered, where nothing was done since that would ask them anew."""
        person = row.person or self.actor.person
        own = next((one for one in self.standing if one.person == person), None)
        if own is None or Said(own.said) is Said.TOO_EARLY:
            return ""
        done = self.promise.done_on
        return "" if done is not None and done > own.said_on else str(Said(own.said).label)

    def what_now_address(self) -> str:
        """Where the reader says what is wanted now, when a promise fell short and nobody has said it yet."""
        return self.act("what_now_said", made_to=self.asked.id) if self.asked is not None else ""

    @cached_property
    def asked(self) -> PromisedTo | None:
        judged = [row for row in self.to if row.id in self.judged]
        return who_is_asked(self.actor, self.promise, self.verdicts, judged)

    def _verdict(self, row: models.Verdict, names: Names) -> dict[str, Any]:
        waits = row.needs_confirming and row.confirmed_on is None
        hands = (self.actor.person, self.actor.typed_by)
        confirms = waits and row.id in self.confirmed and row.by not in hands
        is_mine, is_seen = row.person in self.actor.ids, row.id in self.perhaps_seen
        is_open = self.promise.is_public and row.person not in self.actor.ids
        through = models.Through(row.through)
        release = self.act("verdict_released", verdict=row.id) if row.is_held else ""
        return {
            "row": row,
            "why_not": why_not(row) if row.counts else "",
            "who": _("Someone it was made to") if is_open and not self.knows else names(row.person),
            "said": Said(row.said).label,
            "look": LOOKS[Said(row.said)],
            "way": self._not_counted(row, names) or way_words(through, is_mine=is_mine, is_seen=is_seen),
            "by": "" if row.by == row.person else names(row.by),
            "spoken_on": None if is_seen else row.spoken_on,
            "waits": waits,
            "is_mine": is_mine,
            "where": where_to_confirm(self.actor, row.person) if waits and is_seen and not is_mine else "",
            "confirm": self.act("verdict_confirmed", verdict=row.id) if confirms else "",
            "release": release if row.by == self.actor.person else "",
        }

    def _not_counted(self, row: models.Verdict, names: Names) -> str:
        if row.id not in self.not_theirs:
            return ""
        who = {"who": names.subject(row.by)}
        return _("%(who)s may not speak for you now. Say it yourself: then it counts.") % who

    def _want(self, row: models.WhatNow, names: Names) -> dict[str, Any]:
        waits = self.owns and row.answered_on is None and row.wants != models.Wants.NOTHING
        return {
            "row": row,
            "who": names(row.person),
            "wants": models.Wants(row.wants).label,
            "answered_by": names(row.answered_by) if row.answered_by else "",
            "answer": self.act("what_now_answered", what_now=row.id) if waits else "",
            "new_day": self.act("date_proposed", due_on=row.new_day) if waits and row.new_day else "",
        }

    def _date(self, row: models.ProposedDate, names: Names) -> dict[str, Any]:
        passed = row.has_passed(self.today)
        waits = row.state == WAITING and not passed
        asked = [one for one in self.to if one.id in self.judged] if waits else []
        return {
            "row": row,
            "who": self._says_who(row.said_by, names),
            "passed": passed,
            "unsure": row.state == WAITING and not passed and self._death_unsure(),
            "counted": row.yes is not None and (self.knows or are_enough(row.yes, row.no)),
            "answers": [self.act("date_answered", proposal=row.id, made_to=one.id) for one in asked],
        }

    def _death_unsure(self) -> bool:
        """Whether one it was made to has died, as nobody says but those who answer for it."""
        return bool(self.gone & set(who_must_agree(self.promise, self.at))) if self.gone else False

    def _offers(self, names: Names) -> list[dict[str, Any]]:
        judged = [row.id for row in self.to if row.id in self.judged]
        found = offered(self.actor, self.promise, self.offers, judged, self.here, knows=self.knows)
        return [{"who": self._says_who(row.said_by, names), **offer} for row, offer in found]

    def _change(self, row: Any, names: Names) -> dict[str, Any]:
        is_correction = isinstance(row, models.Correction)
        return {
            "row": row,
            "was": row.was if is_correction else "",
            "was_number": number_before(row) if is_correction else "",
            "now": "" if is_correction else self._new_owner(row, names),
        }

    def _new_owner(self, row: models.HandOver, names: Names) -> str:
        if self.promise.is_public:
            return names.known.get(row.to_office or self.promise.organisation, "")
        return names(row.to_owner)

    def _owner_acts(self) -> list[dict[str, str]]:
        if not self.owns:
            return []
        acts = [
            {"words": _("Say how far it is"), "link": self.act("progress_reported")},
            {"words": _("Hand it over"), "link": self.act("handed_over")},
        ]
        if not nobody_left(self.to):
            acts.insert(1, {"words": _("Ask for another day"), "link": self.act("date_proposed")})
        if self.promise.decision is None and self.promise.made_on == clock.today():
            acts.append({"words": _("Put its words right"), "link": self.act("put_right")})
        elif may_be_offered(self.promise, self.offers):
            acts.append({"words": _("Offer other words for a slip"), "link": self.act("correction_offered")})
        return [{"words": str(act["words"]), "link": str(act["link"])} for act in acts]

    def _write_down(self, names: Names) -> list[dict[str, str]]:
        rows = set(self._ruled(i_write_down)) - set(self.judged)
        return [
            {"for": names(row.person), "link": self.act("verdict_passed_on", made_to=row.id)}
            for row in self.to
            if row.id in rows and row.person is not None and row.person not in self.gone
        ]
