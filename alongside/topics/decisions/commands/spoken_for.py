"""Whoever speaks for a person in a matter: whom they answer for, what the form says to them, and which
answers are theirs no longer because nobody may speak so now."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from alongside.kernel import clock
from alongside.kernel.command import Lazy
from alongside.kernel.fields import as_id
from alongside.kernel.policy import Actor
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.base import is_affected
from alongside.topics.decisions.commands.outside import outside_of
from alongside.topics.decisions.policy import ADVOCATES, MONEY_CHANGES
from alongside.topics.people.models import Kinds, Link, LinkKind, Scope
from alongside.topics.people.models.links import live, undisputed_links
from alongside.topics.people.policy import names_of, standings

SPEAK = (*ADVOCATES, *Kinds.POWERS)
ASKED: Mapping[str, Lazy] = {  # what they are asked says “they”: it is the answer of the one they speak for
    "position.label": _("What do they think?"),
    "position.used_for": _("Those who decide must answer what they say."),
    "words.label": _("Say it in their own words."),
    "instead.label": _("If they do not agree: what do they want instead, or what would they need?"),
    "instead.needed": _("needed if they do not agree, unless you tick the box below"),
    "does_not_know.label": _("They do not know yet what they want instead. They want help to say it."),
    "interest.label": _("What matters to them about this?"),
    "later_says": _(
        "Say more: what they want instead (needed if they do not agree), or what matters to them"
    ),
}


def whose(decision: models.Decision, actor: Actor) -> UUID | None:
    """A voice who is not affected answers for the person; everyone else answers for themself."""
    if decision.person is None or decision.person in actor.ids:
        return None
    return None if is_affected(decision.id, actor) else decision.person


def speaker_kind(actor: Actor, person: UUID | None, at: datetime) -> str:
    """As what the actor speaks for this person now; empty when they do not, or when somebody disputes it."""
    if actor.person is None or person is None or person in actor.ids:
        return ""
    for one in standings(actor.person, person, at):
        if one.speaks and one.kind in SPEAK:
            return str(one.kind.value)
    return ""


def said_to_speaker(actor: Actor, given: Mapping[str, Any], *, declines: bool) -> Mapping[str, Lazy]:
    """The words of the form for whoever would answer by it for somebody else; nothing for all others."""
    pk = as_id(given.get("decision"))
    decision = models.Decision.objects.seen_by(actor).filter(pk=pk).first() if pk else None
    if decision is None or decision.person in actor.ids:
        return {}
    person = as_id(given.get("on_behalf")) or whose(decision, actor)
    kind = speaker_kind(actor, person, clock.now())
    if person is None or not kind:
        return {}
    name = {"name": names_of([person])[person]}
    seen = _("You, %(name)s and those who decide can see this.") % name
    lead = _("You speak for %(name)s here. What you send is their answer, not yours.") % name
    said = {"lead": lead, "seen_by_line": seen}
    if declines:
        no = {"title": _("Say that they do not want to answer")}
        return said | no | {"words.label": _("Do they want to say why?")}
    if kind in Kinds.POWERS:
        return said | {"title": _("Say what you decide for them")}
    return said | {"title": _("Say what they told you")} | dict(ASKED)


def no_longer_theirs_q(at: datetime) -> Q:
    """On answers: those given for somebody by one whose word for them does not count now.

    Their footing ended, is disputed or does not reach this matter; no legal reason rests on their power any
    more; or they decide it, or work in one team with whoever does. The gate waits as if nothing had been
    said, so the person is asked again. A line that is longer than a team is asked of the answers themselves,
    below.
    """
    decision = OuterRef(OuterRef("decision"))
    of_money = Exists(models.Decision.everything.filter(pk=decision, change_code__in=MONEY_CHANGES))
    reaches = Q(scope=Scope.EVERYTHING) | Q(scope=Scope.ONE_MATTER, matter=OuterRef("decision"))
    reaches |= (Q(scope=Scope.MONEY) & of_money) | (Q(scope=Scope.WELFARE) & ~of_money)
    grounds = models.Ground.everything.filter(decision=decision, ended_at=None, expires_at__gt=at)
    rests = Q(kind__in=_codes(Kinds.POWERS)) & Exists(grounds.filter(holder=OuterRef("other")))
    links = Link.everything.filter(live(at), undisputed_links(), reaches, in_use=True)
    says = Q(kind__in=_codes(ADVOCATES)) & ~Exists(_beside_who_decides(at))
    speaks = links.filter(says | rests, other=OuterRef("said_by"), person=OuterRef("person"))
    return Q(is_spoken_for=True) & Q(~Exists(speaks))


def _beside_who_decides(at: datetime) -> Any:
    """On who speaks in an answer: those who decide the matter, where that is they or somebody of their team.
    Who is in no team may be in anyone's line."""
    posts = Link.everything.filter(live(at), other=None, kind__in=_codes(Kinds.COLLEAGUES))
    speaks = OuterRef(OuterRef(OuterRef("other")))
    same_body = posts.filter(person=speaks, organisation=OuterRef("organisation"))
    same_team = same_body.filter(Q(team=OuterRef("team")) | Q(team=None))
    beside = posts.filter(Exists(same_team) | (Q(team=None) & Exists(same_body)), person=OuterRef("person"))
    decides = models.Decider.everything.filter(decision=OuterRef(OuterRef("decision")), until_at=None)
    return decides.filter(Q(person=OuterRef("other")) | Exists(beside))


def _codes(kinds: Iterable[LinkKind]) -> list[str]:
    return [kind.value for kind in kinds]


def no_longer_theirs(
    views: Iterable[models.View], people: Collection[UUID | None], at: datetime
) -> set[UUID]:
    """Of these answers, those of these people that are theirs no longer. Nothing is looked up where nobody
    spoke for them."""
    spoken = [row for row in views if row.is_spoken_for and row.person in people]
    if not spoken:
        return set()
    found = models.View.everything.filter(no_longer_theirs_q(at), id__in=[row.id for row in spoken])
    gone = set(found.values_list("id", flat=True))
    outside = {pk: outside_of(pk, at) for pk in {row.decision for row in spoken if row.id not in gone}}
    inside = (row for row in spoken if row.decision in outside and row.said_by not in outside[row.decision])
    return gone | {row.id for row in inside if row.speaker_kind not in Kinds.POWERS}
