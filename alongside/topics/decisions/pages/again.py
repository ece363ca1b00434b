"""What waits on the page of a decision once its day has come: a look again, or a change that may not go on.

Whoever may do something has the button there. Everyone else reads what waits, and for whom.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.interfaces import words
from alongside.interfaces.acting import may_do
from alongside.kernel import clock
from alongside.kernel.policy import Actor
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.asking_again import why_not_again
from alongside.topics.decisions.commands.gating import measure_of, tally_of
from alongside.topics.decisions.commands.going import can_go_on
from alongside.topics.decisions.engine import counted, gates
from alongside.topics.decisions.models import Change, State
from alongside.topics.decisions.pages.changes import stands
from alongside.topics.decisions.pages.lawful import WHY_AGAIN, asks_again
from alongside.topics.decisions.pages.of_matter import OfMatter
from alongside.topics.people.policy import names_of

ON_ITS_DAY = "without_them"  # a look again that waits for its day; every other waits from when it is due

Button = tuple[str, str, str]  # address, words, kind of button


@dataclass(frozen=True)
class Waits:
    """One thing that waits: what it is, the sentences that say for whom, and what this reader can do."""

    name: str
    says: Sequence[str]
    buttons: Sequence[Button] = ()
    link: tuple[str, str] | None = None
    is_urgent: bool = field(default=False)


class Again(OfMatter):
    """What waits to be looked at again in one decision, as this reader may see it."""

    def __init__(self, actor: Actor, decision: models.Decision, here: str, who: Sequence[str]) -> None:
        super().__init__(actor, decision, here)
        self.who = words.listing(list(who))

    def waits(self, held: Mapping[str, int], decides: bool) -> list[Waits]:
        if self.decision.state != State.DECIDED:
            return []
        found = list(self._looks(decides)) if held.get("Review") else []
        return [*found, *(self._changes(decides) if held.get("Change") else ())]

    # A look again --------------------------------------------------------------------------------

    def _looks(self, decides: bool) -> Iterator[Waits]:
        for row in self.rows(models.Review, "due_on", "id"):
            if row.done_at is None and (row.why != ON_ITS_DAY or row.due_on <= clock.today()):
                yield self._look(row, decides)

    def _look(self, row: models.Review, decides: bool) -> Waits:
        why = WHY_AGAIN.get(row.why, _("The day came to look at this again."))
        day = {"on": words.day(row.due_on)}
        by = _("That is due by %(on)s.") if row.due_on >= clock.today() else _("That was due on %(on)s.")
        is_life = self.decision.is_about_person
        after = reverse("decisions:afterwards", args=[self.decision.id])
        on = {"on": words.day(row.asked_at)} if row.asked_at else {}
        asked = [_("Those it affects were asked on %(on)s.") % on] if on else []
        link = (after, _("Say what it did to you, or that it is wrong"))
        if decides:
            mine = _("It waits for you: look at it again, and ask those it affects.")
            said = [str(why), *(asked or [mine]), by % day]
            return Waits(_("Look at this again"), said, self._to_look(row))
        said = [str(why), *asked, self._for_whom(), by % day]
        if is_life:
            said.append(_("Nothing is taken away meanwhile."))
        return Waits(_("This waits to be looked at again"), said, (), link)

    def _for_whom(self) -> str:
        if not self.who:
            return _("Nobody decides this now. So nobody is asked yet to look at it again.")
        return _("It waits for %(who)s to look at it again, and to ask those it affects.") % {"who": self.who}

    def _to_look(self, row: models.Review) -> list[Button]:
        """Ask those it affects again, which is a matter of its own; and say what was found."""
        done = (self.act("review_done", review=row.id), _("Say what you found"), "button-quiet")
        asked = row.why != ON_ITS_DAY or row.asked_at is not None
        return [(asks_again(self.decision), _("Ask them again"), ""), *([done] if asked else [])]

    # A change that lost its permission ------------------------------------------------------------

    def _changes(self, decides: bool) -> Iterator[Waits]:
        rows = self.rows(Change, "number")
        today = clock.today()
        lapsed = [row for row in rows if gates.is_lapsed(row.state, row.review_on, today)]
        if not lapsed:
            return
        runs = decides or may_do(self.actor, "decisions.change_reported", self.decision.id)
        offices = names_of({row.office for row in lapsed if row.office})
        for row in lapsed:
            who = _("you") if decides else offices.get(row.office, "") or self.who or _("those who decide")
            yield self._change(row, who, decides=decides, runs=runs)

    def _change(self, row: Change, who: str, *, decides: bool, runs: bool) -> Waits:
        here = reverse("decisions:change", args=[row.id])
        said, own = self._what_waits(row, who, decides=decides, runs=runs)
        judge = (self.act("change_judged", change=row.id), _("Say what you think of it"), "button-voice")
        buttons = [*own, *([judge] if self.actor.person is not None else [])]
        name = _("This may not go on now: %(name)s") % {"name": row.name}
        return Waits(name, [stands(row), said], buttons, (here, _("See what is in its way")), is_urgent=True)

    def _what_waits(self, row: Change, who: str, *, decides: bool, runs: bool) -> tuple[str, list[Button]]:
        """For whom a change without permission waits now, and what whoever answers for it can do here."""
        named = {"who": who}

        def button(may: bool, kind: str, said: str) -> list[Button]:
            return [(self.act(kind, change=row.id), said, "")] if may else []

        if row.asked_on is None:
            said = _("It waits for %(who)s to ask those it affects.") % named
            return said, button(runs, "judgement_asked", _("Write down whom you asked to judge it"))
        tally, today = tally_of(row), clock.today()
        if row.judge_by is not None and row.judge_by >= today and tally.heard < tally.whom:
            day = {"on": words.day(row.judge_by)}
            return _("It waits for those it affects. They are asked to judge it by %(on)s.") % day, []
        if not any(why_not_again(row, today)):
            said = _("Too few have judged it. It waits for %(who)s to ask them again, or to stop it.") % named
            return said, button(runs, "judgement_asked_again", _("Give them more time, and ask again"))
        if counted.is_passed(tally, measure_of(row)):
            said = _("Enough judged it and agree. It waits for %(who)s to let it go on, or to stop it.")
            return said % named, button(
                decides and can_go_on(self.decision, row, today), "change_goes_on", _("Let it go on")
            )
        said = _("Those it affects do not agree to it. It waits for %(who)s to change it, or to stop it.")
        return said % named, button(decides, "change_stopped", _("Stop it"))
