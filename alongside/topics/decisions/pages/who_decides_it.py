"""What the page of a matter shows to whoever decides it: what is in the way, what helps, and their tools."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from alongside.interfaces.addresses import address
from alongside.interfaces.wired import may_type_for
from alongside.kernel import clock
from alongside.kernel.policy import Actor
from alongside.topics.decisions import guard, models
from alongside.topics.decisions.commands.sizes import groups_named
from alongside.topics.decisions.commands.standing import pack_of
from alongside.topics.decisions.pages.in_brief import OF_A_KIND, and_more, first_different, in_brief, in_short
from alongside.topics.decisions.pages.of_matter import OfMatter


class WhoDecides(OfMatter):
    """An open matter, for one of those who decide it."""

    def __init__(self, actor: Actor, decision: models.Decision, here: str, *, has_checks: bool) -> None:
        super().__init__(actor, decision, here)
        self.has_checks = has_checks  # whether the page says somewhere how its checks stand

    def context(self, named: int) -> dict[str, Any]:
        """What stands in the way of deciding, and what helps. `named` says how many people are named."""
        decision = self.decision
        brief = in_brief(decision, clock.now(), asks=self.actor.person, named=named)
        ruling = guard.may_decide(brief.standing)
        kind = "decided" if decision.is_about_person else "place_decided"
        return {
            "ruling": ruling,
            "rests_on_law": bool(ruling.allowed and guard.rests_on(brief.standing)),
            "why": in_short(ruling.in_the_way, lambda each: each.sentence, and_more, brief.left_out(ruling)),
            "can": in_short(ruling.can, lambda each: {"words": each.sentence, "link": self._instead(each)}),
            "cannot": first_different(ruling.cannot, 2 * OF_A_KIND),
            "decide": "" if decision.is_own or not only_replies_missing(ruling) else self.act(kind),
            "involve_hours": pack_of(decision).hours("decision.urgent.involve_hours"),
            "act_now": self.act("urgent_help_within") if decision.is_about_person else "",
            "tools": self._tools(),
        }

    def _instead(self, each: guard.Instead) -> str:
        if each.code in ("reply", "wait"):
            return "#said" if each.code == "reply" else ""
        if each.code == "tell_group" and any(row.listed for row in groups_named(self.decision.id)):
            return address("decisions:groups", self.decision.id)  # word goes from there to all on the list
        if each.code == "together":
            return address("decisions:who_decides", self.decision.id)
        if each.code == "ask_checker" and self.has_checks:
            return "#checks"
        if each.code in ("seeing", "shown"):
            lawful = address("decisions:lawful", self.decision.id)
            return lawful + ("#shows" if each.code == "shown" else "")
        if each.code == "ground":
            return address("decisions:ground", self.decision.id) + f"?person={each.person}"
        tell: dict[str, Any] = {"person": each.person}
        ways: dict[str, tuple[str, dict[str, Any]]] = {
            "ask_checker": ("check_wanted", tell),
            "send": ("told", tell | {"sign": "sent"}),
            "tell": ("told", tell),
            "offer": ("help_offered", tell | {"what": "advocate"}),
            "safeguard": ("safeguard_recorded", tell),
            "time": ("more_time", {}),
            "help": ("help_started", {}),
            "more_help": ("urgent_help_within", {}),
            "tell_group": ("people_told", {}),
            "define": ("people_defined", {}),
            "without_them": ("place_decided", {}),
        }
        kind, given = ways[each.code]
        return self.act(kind, **given)

    def _tools(self) -> list[tuple[str, str]]:
        """(address, words): what those who decide do day by day."""
        found = [(self.act("change_put"), _("Change what is proposed"))]
        if self.decision.is_about_person:
            types_for = may_type_for(self.actor.person) if self.actor.person else ()
            person = self.decision.person
            if person in {one for one, _name in types_for}:
                typing = self.act("view_given", typed_for=person)
                found.append((typing, _("Type what they wrote or told you")))
            found += [
                (self.act("told"), _("Write down how you told someone")),
                (self.act("affected_named"), _("Name somebody else it affects")),
                (
                    address("decisions:whom", self.decision.id),
                    _("Take off somebody who was named by mistake"),
                ),
                (self.act("help_offered"), _("Offer help to answer")),
                (self.act("safeguard_recorded"), _("Write down what protects the person")),
                (self.act("shown_noted"), _("Write down what they show they want")),
            ]
        else:
            found += [self._which_people(), (self.act("people_told"), _("Count whom it reached"))]
        return found

    def _which_people(self) -> tuple[str, str]:
        """Say which people it affects; once some are named, their page, where their number is corrected."""
        if groups_named(self.decision.id):
            return address("decisions:groups", self.decision.id), _(
                "Correct how many it affects, or name others"
            )
        return self.act("people_defined"), _("Say which people it affects")


def only_replies_missing(ruling: guard.Ruling) -> bool:
    """Whether it can be decided now, if perhaps another way than was proposed."""
    return all(each.code == "no_reply" for each in ruling.in_the_way)
