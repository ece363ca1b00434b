"""The one relationship table, and every predicate that is drawn from it.

Each rule about who may see or do something ends here: who, to whom, as what, from when, until when, on
what footing. A predicate is SQL, built from the actor and the moment alone, so that the same words hold
for one row, for a list, for a count and for a search.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from alongside.kernel.now import Now
from alongside.kernel.policy import NO_ROWS, Actor
from alongside.kernel.seal import SealedField
from alongside.topics.people.models.kinds import Basis, Kinds, LinkKind, OrganisationKind, Scope


class Organisation(Now):
    """A body: a council, a provider, a user-led organisation. Its name is in Findable."""

    kind = models.CharField(max_length=12, choices=OrganisationKind.choices)
    is_user_led = models.BooleanField()  # what the last count of its board said
    is_closed = models.BooleanField()

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return Q()


class Team(Now):
    """People of one body who work together. A team may lie in a larger one: a service, a department."""

    organisation = models.UUIDField()
    above = models.UUIDField(null=True)  # the larger team
    is_duty = models.BooleanField()  # takes what is nobody's yet

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return Q()


class Link(Now):
    """What somebody is to a person's life, or to a body.

    About a life: `person` is whose life it is, `other` is who stands in it. Of a body: `person` works for or
    belongs to `organisation`, and there is no `other`. It counts from `opens_at`, which is empty until the
    person has agreed where it needs their consent, to `closes_at`.
    """

    person = models.UUIDField(db_index=True)
    other = models.UUIDField(null=True, db_index=True)
    organisation = models.UUIDField(null=True)
    team = models.UUIDField(null=True, db_index=True)
    kind = models.CharField(max_length=20, choices=LinkKind.choices)
    basis = models.CharField(max_length=10, choices=Basis.choices)
    legal_basis = models.CharField(max_length=40)  # what in law, for a basis in law
    scope = models.CharField(max_length=12, choices=Scope.choices)
    matter = models.UUIDField(null=True)  # the one matter, where the scope is one
    in_use = models.BooleanField()  # a power can be on record and not in use yet
    shows = models.BooleanField()  # the person lets them see decisions and promises about them
    document = SealedField()  # the number of the power in its register
    since_on = models.DateField()
    until_on = models.DateField(null=True)
    opens_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField(null=True)
    consented_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    said_by = models.UUIDField()
    confirmed_at = models.DateTimeField(null=True)  # of a membership: somebody who acts for the body said so
    first_yes_by = models.UUIDField(null=True)  # of a seat on a board: the first of the two who say so
    answered_by = models.UUIDField(null=True)  # who confirmed, declined or ended it for the body
    answer = SealedField()  # why it was declined or ended: for the person
    ended_by_decision = models.UUIDField(null=True)  # of support: what was agreed with them

    class Meta:
        indexes = [models.Index(fields=["other", "kind", "person"], name="link_who_to_whom")]

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        """The two it joins, those who work for the person, and for a post the colleagues. A membership that
        stands or waits: also those who act for that body, and nobody else there."""
        if actor.installation:
            return Q()
        if actor.person is None:
            return NO_ROWS
        if actor.only is not None:  # a code opens what a body says of the one who belongs there
            kinds = (*Kinds.MEMBERS, *Kinds.POSTS)
            return Q(pk=actor.only, person=actor.person, other=None, kind__in=kinds)
        of_members = Q(other=None, kind__in=Kinds.MEMBERS) & (Q(closes_at=None) | Q(closes_at__gt=at))
        acts_for = of_members & Q(organisation__in=bodies_of(actor, at, Kinds.OFFICERS))
        joined = Q(person=actor.person) | Q(other=actor.person)
        post = Q(other=None, kind__in=Kinds.POSTS, organisation__in=bodies_of(actor, at, Kinds.COLLEAGUES))
        return joined | worked_q(actor, at, "person") | post | acts_for

    @property
    def shown_title(self) -> str:  # what a form about this says at its top
        names = apps.get_model("people", "Findable").everything
        found = names.filter(pk=self.other or self.organisation).first()
        kind = LinkKind(self.kind).said_to(is_me=False)
        return kind if found is None else f"{found.name}: {kind}"

    @property
    def shown_people(self) -> list[UUID]:  # in whose life it is
        return [self.person] if self.person else []

    def title_to(self, actor: Actor) -> str:
        """The same, to the one whose life it is: nobody reads of themself as of somebody else."""
        kind = LinkKind(self.kind)
        said = kind.said_to(is_me=self.person in actor.ids)
        return self.shown_title.replace(kind.said_to(is_me=False), said)

    @property
    def is_own_word(self) -> bool:
        """Whether nobody but the person has said that they belong there."""
        own = self.said_by == self.person and self.confirmed_at is None
        return own and self.other is None and self.kind in Kinds.MEMBERS

    def is_live(self, at: datetime) -> bool:
        opened = self.opens_at is not None and self.opens_at <= at
        return opened and (self.closes_at is None or self.closes_at > at)


class Dispute(Now):
    """Somebody says that this speaker should not speak for the person. The speaker never sees it."""

    link = models.UUIDField(db_index=True)
    person = models.UUIDField()
    speaker = models.UUIDField()
    by = models.UUIDField()
    words = SealedField()
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    stands = models.BooleanField(null=True)  # whether they may go on speaking
    settled_by = models.UUIDField(null=True)
    settled_words = SealedField()

    @property
    def shown_people(self) -> list[UUID]:  # whom a form about this names at its top
        return [self.person, self.speaker]

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        """Who said it, the person it protects and those who work for the person; never the speaker."""
        if actor.installation:
            return Q()
        if actor.person is None or actor.only is not None:
            return NO_ROWS
        rightly = Q(by=actor.person) | Q(person=actor.person) | worked_q(actor, at, "person")
        return rightly & ~Q(speaker=actor.person) & not_held_back_q(actor, at)


class HoldBack(Now):
    """That something is not shown to somebody for now: on a stated test, by two people, with an end."""

    thing = models.UUIDField(db_index=True)  # the id of the row that is not shown
    table = models.CharField(max_length=60)
    about = models.UUIDField()  # whose life it is about
    held_from = models.UUIDField()
    with_circle = models.BooleanField()  # held from the person, it is held from those who would tell them
    from_advocate = models.BooleanField()  # whoever asked says that the danger comes from the advocate
    with_advocate = models.BooleanField()  # and the second person says so too: only then not the advocate
    test = models.CharField(max_length=30)
    reasons = SealedField()
    proposed_by = models.UUIDField()
    proposed_at = models.DateTimeField()
    agreed_by = models.UUIDField(null=True)
    agreed_at = models.DateTimeField(null=True)
    by_line = models.BooleanField(null=True)  # held on one line's word alone: nobody outside it agreed yet
    asked_until = models.DateTimeField(null=True)  # what was asked for, where the line's word shortened it
    review_on = models.DateField()
    ends_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)

    @property
    def shown_people(self) -> list[UUID]:  # whom a form about this names at its top
        return [self.about]

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        if actor.installation:
            return Q()
        if actor.person is None or actor.only is not None:
            return NO_ROWS
        rightly = Q(proposed_by=actor.person) | Q(agreed_by=actor.person) | worked_q(actor, at, "about")
        rightly |= asked_to_agree_q(actor)
        shut_out = Q(held_from=actor.person) | Q(about=actor.person)
        is_over = Q(lifted_at__lte=at) | Q(ends_at__lte=at)
        # What was held back from a person is told to them afterwards, unless it is held back again.
        own = Q(held_from=F("about"), about__in=actor.ids) & is_over & not_held_back_q(actor, at, "thing")
        return (rightly & ~shut_out) | own


# Predicates. Each takes the actor and the moment and looks at nothing else. --------------------------


def asked_to_agree_q(actor: Actor, *, still: bool = False) -> Q:
    """Rows to which the actor is asked to agree from outside the line, or was and answered."""
    if actor.person is None or actor.only is not None:
        return NO_ROWS
    asked = apps.get_model("people", "AskedToAgree").everything.filter(person=actor.person)
    found = asked.filter(closed_at=None) if still else asked.filter(Q(closed_at=None) | ~Q(said=""))
    return Q(pk__in=found.values("ask"))


def live(at: datetime) -> Q:
    """Links that count at this moment."""
    return Q(opens_at__lte=at) & (Q(closes_at=None) | Q(closes_at__gt=at))


def _links(at: datetime) -> QuerySet[Any]:
    return Link.everything.filter(live(at))


def linked_q(
    actor: Actor, at: datetime, field: str, kinds: Iterable[LinkKind | str], *, only: Q | None = None
) -> Q:
    """Rows whose `field` names somebody in whose life the actor stands as one of these kinds."""
    if actor.person is None:
        return NO_ROWS
    codes = [LinkKind(kind).value for kind in kinds]
    lives = _links(at).filter(only or Q(), other=actor.person, kind__in=codes).values("person")
    return Q(**{f"{field}__in": lives})


def circle_q(actor: Actor, at: datetime, field: str) -> Q:
    """Rows whose `field` names somebody who lets the actor see decisions and promises about them."""
    if actor.person is None:
        return NO_ROWS
    kinds = [kind.value for kind in (*Kinds.CIRCLE, *Kinds.SPEAKERS, *Kinds.PAID, LinkKind.NOMINEE)]
    lives = _links(at).filter(other=actor.person, kind__in=kinds, shows=True).values("person")
    return Q(**{f"{field}__in": lives})


def undisputed_links() -> Q:
    """Links that nobody disputes now."""
    return ~Q(id__in=Dispute.everything.filter(settled_at=None).values("link"))


def speaks_for_q(
    actor: Actor,
    at: datetime,
    field: str,
    *,
    scope: str | None = None,
    matter_field: str | None = None,
    kinds: Iterable[LinkKind] = Kinds.SPEAKERS,
) -> Q:
    """Rows whose `field` names somebody the actor may speak for now: live, in use, not disputed.

    With a scope, only those whose power covers it. With a `matter_field`, also those who may speak about
    that one matter.
    """
    if actor.person is None:
        return NO_ROWS
    codes = [kind.value for kind in kinds]
    found = _links(at).filter(undisputed_links(), other=actor.person, kind__in=codes, in_use=True)
    wide = found.exclude(scope=Scope.ONE_MATTER)
    if scope is not None:
        wide = wide.filter(scope__in=[Scope.EVERYTHING.value, Scope(scope).value])
    rightly = Q(**{f"{field}__in": wide.values("person")})
    if matter_field is not None:
        # for that one person: others whom the same matter concerns did not ask this speaker
        one = found.filter(scope=Scope.ONE_MATTER, matter=OuterRef(matter_field), person=OuterRef(field))
        rightly |= Q(Exists(one))
    return rightly


def posts_of(person: UUID | None, at: datetime, kinds: Iterable[LinkKind]) -> QuerySet[Any]:
    """What this person works as or belongs to. That they belong, somebody else must have said: their own word
    alone lets them act for nobody, and read nothing of a body's own."""
    found = _links(at).filter(person=person, other=None, kind__in=[kind.value for kind in kinds])
    return found.exclude(own_word_q())


def own_word_q() -> Q:
    """Memberships that nobody but the person has said."""
    members = [kind.value for kind in Kinds.MEMBERS]
    return Q(kind__in=members, said_by=F("person"), confirmed_at=None)


def bodies_of(actor: Actor, at: datetime, kinds: Iterable[LinkKind]) -> QuerySet[Any]:
    """The ids of the organisations the actor stands in as one of these kinds, for `__in`."""
    return posts_of(actor.person, at, kinds).filter(organisation__isnull=False).values("organisation")


def managed_teams(actor: Actor, at: datetime) -> QuerySet[Any]:
    """The ids of the teams the actor manages, and of those within them, for `__in`."""
    own = posts_of(actor.person, at, [LinkKind.MANAGER]).filter(team__isnull=False).values("team")
    below = Team.everything.filter(above__in=own).values("id")
    under = Q(id__in=own) | Q(above__in=own) | Q(above__in=below)
    return Team.everything.filter(under).values("id")


def _served_by(teams: QuerySet[Any], at: datetime) -> QuerySet[Any]:
    """The people whose support lies with these teams, or with somebody who works in them."""
    kinds = [kind.value for kind in Kinds.WORKERS]
    their = Q(kind=LinkKind.DRAWS_ON_SUPPORT) | Q(kind__in=kinds, other__isnull=False)
    return _links(at).filter(their, team__in=teams).values("person")


def managed_q(actor: Actor, at: datetime, field: str) -> Q:
    """Rows whose `field` names somebody whose worker the actor manages, at any remove."""
    if actor.person is None:
        return NO_ROWS
    return Q(**{f"{field}__in": _served_by(managed_teams(actor, at), at)})


def worker_q(actor: Actor, at: datetime, field: str) -> Q:
    """Rows whose `field` names somebody the actor works for, or whom the actor's duty team looks after."""
    if actor.person is None:
        return NO_ROWS
    mine = posts_of(actor.person, at, Kinds.COLLEAGUES).filter(team__isnull=False).values("team")
    duty = Team.everything.filter(id__in=mine, is_duty=True).values("id")
    return linked_q(actor, at, field, Kinds.WORKERS) | Q(**{f"{field}__in": _served_by(duty, at)})


def worked_q(actor: Actor, at: datetime, field: str) -> Q:
    """Rows whose `field` names somebody the actor works for, at their side or as a manager."""
    return worker_q(actor, at, field) | managed_q(actor, at, field)


def known_q(actor: Actor, at: datetime, field: str) -> Q:
    """Rows whose `field` names somebody the actor may know of: the least that any relationship gives."""
    if actor.person is None:
        return NO_ROWS
    if actor.only is not None:
        return Q(**{field: actor.person})
    open_still = Q(closes_at=None) | Q(closes_at__gt=at)
    mine = Link.everything.filter(open_still, person=actor.person, other__isnull=False)
    theirs = Link.everything.filter(open_still, worked_q(actor, at, "person"), other__isnull=False)
    return (
        Q(**{field: actor.person})
        | linked_q(actor, at, field, Kinds.LIVES)
        | Q(**{f"{field}__in": mine.values("other")})  # the asked-for too: they must know whom they agree to
        | Q(**{f"{field}__in": theirs.values("other")})  # whom a worker finds around the person
        | Q(**{f"{field}__in": _colleagues(actor, at)})
        | worked_q(actor, at, field)
    )


def _colleagues(actor: Actor, at: datetime) -> QuerySet[Any]:
    """Those who work in the actor's body, and, for any worker, in those that offer advocates and groups."""
    staff = _links(at).filter(other=None, kind__in=[kind.value for kind in Kinds.POSTS])
    own = Q(organisation__in=bodies_of(actor, at, Kinds.COLLEAGUES))
    i_work = Exists(posts_of(actor.person, at, Kinds.COLLEAGUES))
    offering = [OrganisationKind.USER_LED.value, OrganisationKind.COMMUNITY.value]
    near = Q(organisation__in=Organisation.everything.filter(kind__in=offering).values("id"))
    return staff.filter(own | (near & Q(i_work))).values("person")


def not_held_back_q(actor: Actor, at: datetime, field: str = "pk") -> Q:
    """Rows whose `field` is not held back from this actor. Every table with words about people adds this."""
    if actor.person is None:
        return Q()
    in_their_lives = Link.everything.filter(live(at), other=actor.person)
    speakers = [kind for kind in Kinds.SPEAKERS if kind not in Kinds.ADVOCATES]
    told_anyway = [kind.value for kind in (*Kinds.CIRCLE, *speakers, *Kinds.PAID)]
    near = in_their_lives.filter(kind__in=told_anyway).values("person")
    advocates = [kind.value for kind in Kinds.ADVOCATES]
    advised = in_their_lives.filter(kind__in=advocates).values("person")
    held = HoldBack.everything.filter(agreed_at__lte=at, ends_at__gt=at).exclude(lifted_at__lte=at)
    from_me = Q(held_from=actor.person) | (Q(with_circle=True, about__in=near) & ~Q(about__in=advised))
    from_me |= Q(with_advocate=True, with_circle=True, about__in=advised)
    return ~Q(**{f"{field}__in": held.filter(from_me).values("thing")})
