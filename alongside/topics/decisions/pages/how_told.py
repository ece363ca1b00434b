"""How word of a matter went out, on its page: each telling in its reader’s words, and how far it came."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.interfaces import words
from alongside.kernel import clock
from alongside.kernel.hands import is_anothers
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.standing import pack_of
from alongside.topics.decisions.pages.of_matter import OfMatter
from alongside.topics.decisions.pages.shown import Names, sign_of, unchecked
from alongside.topics.people.policy.deaths import who_died
from alongside.topics.people.policy.reaching import who_was_asked_how


class HowTold(OfMatter):
    """Who was told of one matter, and how, for whoever may know that."""

    def may_be_known(self) -> bool:
        """Whether the reader is asked to check it. The person and those who decide may know it anyhow."""
        mine: dict[str, Any] = {"decision": self.decision.id, "checker": self.actor.ids, "ended_at": None}
        return bool(models.Checker.objects.seen(self.actor, **mine))

    def lines(
        self, tellings: list[models.Telling], said: list[models.View], names: Names, *, decides: bool
    ) -> list[dict[str, Any]]:
        """Each of these tellings, with what the reader can do about it. `said`: what they see said."""
        loose = unchecked(row for row in tellings if row.group is None and row.is_reached)
        open_yet = unchecked(said)
        heard = [row for row in said if row.id not in open_yet]
        waits = {row.id for row in tellings if decides and not row.is_reached}
        gone = who_died(row.person for row in tellings if row.id in waits)  # of them nothing comes any more
        marked = {row.id for row in tellings if row.id in waits and row.person not in gone}
        given: dict[str, Any] = {"decides": decides, "marked": marked}
        return [self._line(row, heard, names, is_loose=row.id in loose, **given) for row in tellings]

    def _line(
        self,
        row: models.Telling,
        heard: list[models.View],
        names: Names,
        *,
        is_loose: bool,
        decides: bool,
        marked: set[UUID],
    ) -> dict[str, Any]:
        to_me = row.person in self.actor.ids
        may_confirm = is_loose and not decides and row.typist not in self.actor.ids
        if to_me and is_anothers(self.actor):
            may_confirm = False
        return {
            "row": row,
            "who": names(row.person) if row.person else "",
            "channel": _(pack_of(self.decision).item("told.channels", row.channel)["name"]),
            "sign": self._sign(row, heard, to_me=to_me),
            "is_loose": is_loose,
            "confirm": self.act("telling_confirmed", telling=row.id) if may_confirm else "",
            "mark": self.act("telling_marked", telling=row.id) if row.id in marked else "",
        }

    def _sign(self, row: models.Telling, heard: list[models.View], *, to_me: bool) -> str:
        """How far it came; of a group, how many it reached, as those who decide counted."""
        if row.group is None:
            since = any(one.person == row.person and one.said_at >= row.told_at for one in heard)
            return sign_of(
                pack_of(self.decision),
                row,
                to_me=to_me,
                has_answered=since,
                asked_how=who_was_asked_how([row.person], clock.now()) if row.person else (),
                is_unsure=is_anothers(self.actor),
            )
        reached = {"count": words.people(row.reached_count)}
        return _("Those who decide counted that it reached %(count)s") % reached
