"""A slip on paper from somebody in a group whom nobody works for: the front office types it."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, Q
from django.utils.translation import gettext_lazy as _

from alongside.kernel import clock
from alongside.kernel.command import At, Lazy
from alongside.kernel.policy import NO_ROWS, Actor, rule
from alongside.topics.people.models import Kinds, Organisation, Person, PersonState, Team
from alongside.topics.people.models.links import bodies_of, posts_of
from alongside.topics.people.policy import names_of, worker_q
from alongside.topics.promises.models import GroupMember, Promise, PromisedTo
from alongside.topics.promises.policy import answers_for_it, group_people, members_of

MOST_OFFERED = 500


@rule(_("for a group, the front office of the body or a user-led organisation, from a slip on paper"))
def types_slips(actor: Actor, at: datetime) -> Q:
    """On a PromisedTo row that names a group: those who open the post for people with no worker."""
    if actor.person is None or actor.only is not None:
        return NO_ROWS
    posts = posts_of(actor.person, at, Kinds.COLLEAGUES)
    led = Organisation.everything.filter(is_user_led=True).values("id")
    duty = Team.everything.filter(is_duty=True, id__in=posts.filter(team__isnull=False).values("team"))
    theirs = Promise.everything.filter(organisation__in=duty.values("organisation")).values("id")
    user_led = Q(Exists(posts.filter(organisation__in=led)))
    return Q(person=None) & (user_led | Q(promise__in=theirs))


def may_be_named(actor: Actor, promise: Promise) -> list[tuple[UUID, str]]:
    """Whose slip somebody may type: people their duty team looks after, and members of their own body, as far
    as they are of the group. Nobody is looked up."""
    at = clock.now()
    served = Person.everything.filter(worker_q(actor, at, "pk"), state=PersonState.ACTIVE, is_child=False)
    found = set(served.values_list("pk", flat=True)[:MOST_OFFERED])
    for body in bodies_of(actor, at, Kinds.COLLEAGUES).values_list("organisation", flat=True):
        found |= set(members_of(body, at))
    if promise.group_of is not None:
        found &= set(group_people(promise, at))
    names = names_of(found - set(actor.ids))
    return sorted(names.items(), key=lambda pair: pair[1].casefold())


def whose_slip(field: str, actor: Actor, given: Mapping[str, Any]) -> list[tuple[UUID, str]] | None:
    """For choices_within: whose slip it is is asked only of a group, among those whom the typist knows."""
    if field != "member":
        return None
    group = PromisedTo.objects.seen_by(actor).filter(pk=given.get("made_to"), person=None).first()
    return [] if group is None else may_be_named(actor, Promise.everything.get(pk=group.promise))


def slip_is_sound(command: Any, promise: Promise, made_to: PromisedTo, at: At) -> Iterator[tuple[str, Lazy]]:
    """What a slip of somebody in a group must say: whose it is, and which paper."""
    if made_to.person is not None:
        if command.member is not None:
            yield "member", _("This was promised to one person by name. Leave this blank.")
        return
    if command.member is None:
        yield "member", _("Say whose slip it is.")
    elif command.member not in {one for one, _name in may_be_named(at.by, promise)}:
        yield "member", _("We could not find that. Please choose again.")
    if not command.paper:
        yield "paper", _("Say which paper it is, so that anyone can find it again.")
    if answers_for_it(promise, at.by.person, at.moment):
        yield "said", _("Someone who answers for this promise cannot say whether it was kept.")


def joins_by_slip(promise: Promise, person: UUID | None) -> bool:
    """Whether this paper is the first word that this person belongs to the group."""
    if person is None or person in group_people(promise, clock.now()):
        return False
    return not GroupMember.everything.filter(promise=promise.id, person=person).exists()
