"""Who may make, own and judge a promise, and the counts that anybody may be told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.kernel.policy import NO_ROWS, Actor, rule
from alongside.topics.people.models.bodies import offices_held
from alongside.topics.people.models.kinds import Kinds, LinkKind, Scope
from alongside.topics.people.models.links import Link, bodies_of, live, managed_q, managed_teams
from alongside.topics.people.policy import (
    circle_q,
    has_live_link,
    holders_of,
    is_advocate_of,
    is_user_led,
    same_line,
    speaks_for_q,
    standings,
    worked_q,
)
from alongside.topics.promises.models import (
    GroupMember,
    Holds,
    Promise,
    PromisedTo,
    StillHolds,
    Through,
    Verdict,
    confirms_member_q,
)

# Rules on a PromisedTo row: those who may judge. ------------------------------------------------------


@rule(_("the people it was made to"))
def made_to_them(actor: Actor, at: datetime) -> Q:
    if actor.person is None:
        return NO_ROWS
    mine = Q(person__in=actor.ids)
    said_so = GroupMember.everything.filter(person=actor.person).values("promise")
    group = Q(group_of__in=bodies_of(actor, at, Kinds.MEMBERS)) | Q(person=None, promise__in=said_so)
    if actor.only is None:
        return mine | group
    lines = Promise.everything.filter(protocol=actor.only).values("id")
    return mine | (group & (Q(promise=actor.only) | Q(promise__in=lines)))


@rule(_("someone who speaks for them, to whom they show it"))
def their_speaker(actor: Actor, at: datetime) -> Q:
    if actor.person is None or actor.only is not None:
        return NO_ROWS
    shared = Promise.everything.filter(is_private=False).values("id")
    speaks = speaks_for_q(actor, at, "person", scope=Scope.WELFARE, matter_field="matter")
    return speaks & circle_q(actor, at, "person") & Q(promise__in=shared)


@rule(_("someone who works for them, and writes down what they said"))
def who_writes_it_down(actor: Actor, at: datetime) -> Q:
    if actor.person is None or actor.only is not None:
        return NO_ROWS
    lives = Promise.everything.filter(person__isnull=False).values("id")
    return worked_q(actor, at, "person") & Q(promise__in=lives)


who_judge = made_to_them | their_speaker


# Rules on a Promise: those who answer for it. ---------------------------------------------------------


@rule(_("the person who answers for this promise"))
def its_owner(actor: Actor, at: datetime) -> Q:
    if actor.person is None or actor.only is not None:
        return NO_ROWS
    return Q(owner=actor.person) | Q(office__in=offices_held(actor.person, at))


@rule(_("a manager of the people who answer for it"))
def its_owners_manager(actor: Actor, at: datetime) -> Q:
    if actor.person is None or actor.only is not None:
        return NO_ROWS
    staff = Link.everything.filter(live(at), other=None, team__in=managed_teams(actor, at)).values("person")
    here = Q(person=None, organisation__in=bodies_of(actor, at, [LinkKind.MANAGER]))
    return Q(owner__in=staff) | here | managed_q(actor, at, "person")


@rule(_("someone who can see the promise, and says they are one of those it was made to"))
def who_is_in_the_group(actor: Actor, at: datetime) -> Q:
    if actor.person is None:
        return NO_ROWS
    groups = Q(group_size__gt=0, person=None)
    return groups if actor.only is None else groups & (Q(id=actor.only) | Q(protocol=actor.only))


@rule(_("someone who works for the organisation the group is of, or the person’s advocate"))
def who_confirms_a_member(actor: Actor, at: datetime) -> Q:
    return NO_ROWS if actor.person is None or actor.only is not None else confirms_member_q(actor, at)


# Rules on public words and protocols. ------------------------------------------------------------------


@rule(_("someone who works for the body that made it, and manages or commissions there"))
def who_answers_for_the_body(actor: Actor, at: datetime) -> Q:
    if actor.person is None or actor.only is not None:
        return NO_ROWS
    return Q(organisation__in=bodies_of(actor, at, [LinkKind.MANAGER, LinkKind.COMMISSIONER]))


@rule(_("the one who wrote it down"))
def who_wrote_it_down(actor: Actor, at: datetime) -> Q:
    return NO_ROWS if actor.person is None or actor.only is not None else Q(written_by=actor.person)


@rule(_("someone who works for either side of it"))
def either_side(actor: Actor, at: datetime) -> Q:
    if actor.person is None or actor.only is not None:
        return NO_ROWS
    kinds = (*Kinds.COLLEAGUES, *Kinds.MEMBERS)
    mine = bodies_of(actor, at, kinds)
    return Q(organisation__in=bodies_of(actor, at, Kinds.COLLEAGUES)) | Q(made_to__in=mine)


@rule(_("someone it was made to, in its group’s organisation or by name"))
def whom_it_was_made_to(actor: Actor, at: datetime) -> Q:
    if actor.person is None or actor.only is not None:
        return NO_ROWS
    kinds = (*Kinds.COLLEAGUES, *Kinds.MEMBERS)
    named = PromisedTo.everything.filter(person=actor.person).values("promise")
    return Q(group_of__in=bodies_of(actor, at, kinds)) | Q(id__in=named)


# Rules on a Verdict. ----------------------------------------------------------------------------------


@rule(_("the one who gave it"))
def who_gave_it(actor: Actor, at: datetime) -> Q:
    return NO_ROWS if actor.person is None else Q(by=actor.person)


@rule(_("the person, their advocate, or a worker who does not answer for the promise"))
def who_confirms(actor: Actor, at: datetime) -> Q:
    if actor.person is None:
        return NO_ROWS
    own = Q(person=actor.person)
    if actor.only is not None:
        return own
    advocate = speaks_for_q(actor, at, "person", scope=Scope.WELFARE, kinds=Kinds.ADVOCATES)
    return own | advocate | worked_q(actor, at, "person")


# Questions a command asks before it records. ----------------------------------------------------------


def answers_for_it(promise: Promise, other: UUID | None, at: datetime) -> bool:
    """Whether somebody owns a promise, holds its office, or works in the line of one who does."""
    owners = {promise.owner, *(holders_of(promise.office, at) if promise.office else ())}
    return other is not None and any(same_line(one, other, at) for one in sorted(owners))


class _Beside:
    """Who neither answers for a promise nor stands in the line of one who does."""

    def __init__(self, promise: Promise, at: datetime) -> None:
        self.promise, self.at = promise, at

    def __contains__(self, who: UUID) -> bool:
        return not answers_for_it(self.promise, who, self.at)


def only_they_saw_the_power(promise: Promise, speaker: UUID | None, person: UUID, at: datetime) -> bool:
    """Whether somebody speaks for a person by a power alone that nobody has seen but those who answer for the
    promise: they do not write down who says that it was kept."""
    if speaker is None or speaker == person:
        return False
    speaks = [one for one in standings(speaker, person, at) if one.speaks]
    return bool(speaks) and not any(one.is_seen_outside(_Beside(promise, at)) for one in speaks)


def may_vouch(promise: Promise, other: UUID | None, person: UUID, at: datetime) -> bool:
    """Whether what somebody wrote down for a person can count unconfirmed: only an advocate's or a worker's
    word, and none from those who answer for the promise."""
    if other is None or answers_for_it(promise, other, at):
        return False
    return is_advocate_of(other, person, at) or has_live_link(other, person, Kinds.WORKERS, at)


def through(person: UUID, by: UUID | None, typed_by: UUID | None, at: datetime) -> Through:
    """By which way an answer came: their own, a speaker's, an advocate's, or written down by another."""
    if typed_by is not None and typed_by != person:
        return Through.SPOKEN
    if by == person:
        return Through.THEMSELF
    return Through.ADVOCATE if by is not None and is_advocate_of(by, person, at) else Through.SPEAKER


def answer_that_counts(promise: UUID, person: UUID) -> Verdict | None:
    """This person's answer now."""
    found: Verdict | None = Verdict.everything.filter(promise=promise, person=person, counts=True).first()
    return found


def verdict_counts(promise: UUID, person: UUID, way: str, place: int) -> bool:
    """Whether an answer becomes this person's answer: later ones do, but no speaker talks over the person."""
    now = answer_that_counts(promise, person)
    if now is None:
        return True
    own_stands = now.through in (Through.THEMSELF, Through.SPOKEN)
    if way in (Through.SPEAKER, Through.ADVOCATE) and own_stands:
        return False
    if way == Through.SPOKEN and now.through == Through.THEMSELF:
        return False
    own_now_over_speaker = way == Through.THEMSELF and now.through != Through.THEMSELF
    return own_now_over_speaker or place > now.place


def best_answer(rows: Iterable[Verdict]) -> Verdict | None:
    """Of several answers of one person, the one that counts, by the same order as when they were given."""
    own = {Through.THEMSELF: 2, Through.SPOKEN: 1}
    ranked = sorted(rows, key=lambda row: (own.get(Through(row.through), 0), row.place))
    return ranked[-1] if ranked else None


def group_people(promise: Promise, at: datetime) -> list[UUID]:
    """Those of a group whom we know: members of its body, and those who say they are in it."""
    found: set[UUID] = set(GroupMember.everything.filter(promise=promise.id).values_list("person", flat=True))
    return sorted(found.union(members_of(promise.group_of, at) if promise.group_of else ()))


def members_of(organisation: UUID, at: datetime) -> list[UUID]:
    """Those who belong to a body: they need not work for it."""
    kinds = [kind.value for kind in Kinds.MEMBERS]
    found = Link.everything.filter(live(at), other=None, organisation=organisation, kind__in=kinds)
    return sorted(set(found.values_list("person", flat=True)))


def is_own_word(made_to: PromisedTo, person: UUID, at: datetime) -> bool:
    """Whether nobody but this person has said that they are in the group."""
    if made_to.person is not None:
        return False
    members = bodies_of(Actor(person=person), at, Kinds.MEMBERS)
    group = made_to.group_of
    if group is not None and members.filter(organisation=group).exists() and not _names_its_own(made_to):
        return False
    said_so = GroupMember.everything.filter(promise=made_to.promise, person=person)
    return not said_so.filter(confirmed_on__isnull=False).exists()


def _names_its_own(made_to: PromisedTo) -> bool:
    """Whether whoever promised also says who belongs to those it was made to: members of a body that made it
    itself. Of a user-led organisation its members choose who acts for it."""
    promise = Promise.everything.get(pk=made_to.promise)
    return promise.organisation == made_to.group_of and not is_user_led(promise.organisation)


def no_longer_holds_for(promise: UUID, person: UUID) -> bool:
    """Whether this person has said that a promise which was kept holds only in part, or no longer."""
    rows = StillHolds.everything.filter(promise=promise, person=person, counts=True)
    latest = rows.order_by("-said_on", "-made_by").first()
    return latest is not None and latest.said != Holds.STILL
