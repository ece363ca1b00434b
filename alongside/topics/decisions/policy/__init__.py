"""Who may see a decision, and who may do what about it. Each is one predicate on a row."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from alongside.kernel.policy import EVERY_ROW, NO_ROWS, Actor, rule
from alongside.kernel.sight import seen_rows
from alongside.topics.people.models import Kinds, LinkKind, Organisation, Scope, Team
from alongside.topics.people.models.links import posts_of
from alongside.topics.people.policy import (
    bodies_of,
    circle_q,
    linked_q,
    not_held_back_q,
    speaks_for_q,
    worked_q,
    works_for_q,
)

MONEY_CHANGES = ("money", "charge")  # what a power over money covers, and a power over welfare does not
ANOTHER_WORKER = "worker"  # a change that the present worker never decides, nor reads what is said of them
NOT_DELIVERED = "not_delivered"  # the sign of a try that did not arrive: it counts as no try at all
ADVOCATES = (*Kinds.ADVOCATES, LinkKind.SPOKESPERSON)  # they say what the person wants, not what they want


def rows(name: str) -> QuerySet[Any]:
    """Every row of a table of this room, for a predicate: who asks is part of the predicate itself."""
    found: QuerySet[Any] = apps.get_model("decisions", name)._base_manager.all()
    return found


# Who sees what ------------------------------------------------------------------------------------


def decided_by_q(actor: Actor, field: str) -> Q:
    """Whether the actor is one of those who decide. `field` holds the decision's id."""
    return Q(Exists(rows("Decider").filter(decision=OuterRef(field), person__in=actor.ids, until_at=None)))


def affects_q(actor: Actor, field: str) -> Q:
    """Whether the decision affects the actor, by name."""
    return Q(Exists(rows("Affected").filter(decision=OuterRef(field), person__in=actor.ids, ended_at=None)))


def stands_by_q(actor: Actor, at: datetime, field: str) -> Q:
    """Whether the actor says for the person what the person wants: an advocate, or someone they asked."""
    return linked_q(actor, at, field, ADVOCATES)


def sees_decision_q(actor: Actor, at: datetime) -> Q:
    """Places are open to all. A person’s matter: they, whom it affects, who works with or stands by them."""
    if actor.installation:
        return EVERY_ROW
    public = Q(about="place")
    if actor.person is None:
        return public
    raised = Q(raised_by__in=actor.ids) & linked_q(actor, at, "person", Kinds.LIVES)
    own = Q(person__in=actor.ids) | raised
    if actor.only is not None:
        mine = own | public | affects_q(actor, "id")  # a code opens no less than anybody sees
        return mine & Q(id=actor.only) & not_held_back_q(actor, at, "pk")
    named = decided_by_q(actor, "id") | affects_q(actor, "id") | _named_in_q(actor, at)
    related = worked_q(actor, at, "person") | stands_by_q(actor, at, "person") | circle_q(actor, at, "person")
    related |= untaken_q(actor, at)
    return (public | own | named | related) & not_held_back_q(actor, at, "pk")


def _named_in_q(actor: Actor, at: datetime) -> Q:
    asked = rows("Companion").filter(decision=OuterRef("id"), companion__in=actor.ids, until_at=None)
    checks = rows("Checker").filter(decision=OuterRef("id"), checker__in=actor.ids, ended_at=None)
    named = Q(Exists(asked)) | Q(Exists(checks)) | asked_to_answer_q(actor, decision="id")
    return named | decides_by_power_q(actor, at)


def decides_by_power_q(actor: Actor, at: datetime) -> Q:
    """On a decision: whether the actor’s power as attorney or deputy carries a live legal reason in it."""
    return _in_its_scope(partial(_holds_q, actor, at))


def _in_its_scope(speaks: Callable[[Scope], Q]) -> Q:
    """On a decision: what holds for those whose power reaches a matter of this kind."""
    about_money = Q(change_code__in=MONEY_CHANGES)
    return (about_money & speaks(Scope.MONEY)) | (~about_money & speaks(Scope.WELFARE))


def _holds_q(actor: Actor, at: datetime, scope: Scope) -> Q:
    """The attorney or deputy of a live ground, while their power is in use and nobody disputes it."""
    speaks = speaks_for_q(actor, at, "person", scope=scope, matter_field="decision", kinds=Kinds.POWERS)
    live = rows("Ground").filter(holder__in=actor.ids, ended_at=None, expires_at__gt=at)
    return Q(Exists(live.filter(speaks, decision=OuterRef("id"))))


def _says_for_q(actor: Actor, at: datetime, scope: Scope) -> Q:
    """The advocate, or someone asked, of a person it affects, while nobody disputes them."""
    speaks = speaks_for_q(actor, at, "person", scope=scope, matter_field="decision", kinds=ADVOCATES)
    return Q(Exists(rows("Affected").filter(speaks, decision=OuterRef("id"), ended_at=None)))


def if_the_decision_is_seen(actor: Actor, at: datetime) -> Q:
    """For a part of a decision: seen by whoever sees the decision."""
    seen = seen_rows(rows("Decision"), sees_decision_q, actor, at)  # written once for all parts
    return Q(Exists(seen.filter(id=OuterRef("decision"))))


def sees_private_part_q(actor: Actor, at: datetime) -> Q:
    """For what lies between one person and those who decide. Where the matter is held back, so is this."""
    if actor.installation:
        return EVERY_ROW
    if actor.person is None:
        return NO_ROWS
    shown = not_held_back_q(actor, at, "decision")
    mine = Q(person__in=actor.ids)
    if actor.only is not None:
        return mine & Q(decision=actor.only) & shown
    checks = rows("Checker").filter(
        decision=OuterRef("decision"), person=OuterRef("person"), checker__in=actor.ids, ended_at=None
    )
    return (mine | decided_by_q(actor, "decision") | Q(Exists(checks))) & shown


def neither_held_back_q(actor: Actor, at: datetime) -> Q:
    """For a part of a decision: neither it nor the whole matter is held back from this reader."""
    return not_held_back_q(actor, at, "pk") & not_held_back_q(actor, at, "decision")


def asked_to_answer_q(actor: Actor, **of: str) -> Q:
    """Whether the actor is asked, from outside the line that decided, to answer somebody who says that it is
    wrong: of a decision or of a challenge, whose id stands in the column that is named."""
    if actor.person is None or actor.only is not None:
        return NO_ROWS
    stands = rows("Challenge").filter(id=OuterRef("challenge"), taken="")
    asked = rows("ChallengeAsked").filter(Exists(stands), asked__in=actor.ids, ended_at=None)
    return Q(Exists(asked.filter(**{name: OuterRef(column) for name, column in of.items()})))


# Counts that anybody may know ---------------------------------------------------------------------


def independent_support(decision: UUID) -> str:
    """How far independent support for the people a matter affects has come: given, arranged, or not."""
    support: Any = apps.get_model("decisions", "Support")
    states = {row.state for row in support.everything.like(decision=decision, is_independent=True)}
    return next((state for state in ("given", "arranged") if state in states), "")


# Of what was said: nobody typed it for another, or whoever did could be relied on, or it was checked since.
CHECKED = Q(typist=None) | Q(confirmed_by__isnull=False) | Q(is_trusted=True)


def positions_held(views: QuerySet[Any]) -> dict[UUID, tuple[str, str]]:
    """Where the giver of each of these views stood at first and stands now."""
    given = views.filter(CHECKED)
    held: dict[UUID, tuple[str, str]] = {}
    for person, position in given.order_by("said_at", "is_current", "id").values_list("person", "position"):
        held[person] = (held.get(person, (position,))[0], position)
    return held


@rule("")  # said with no words of its own: who it is held back from is not told that it is
def not_held_back(actor: Actor, at: datetime) -> Q:
    return not_held_back_q(actor, at, "pk")


# Who may do what, judged on a decision ------------------------------------------------------------


@rule(_("the person whose life it is"))
def the_person(actor: Actor, at: datetime) -> Q:
    return Q(person__in=actor.ids)


@rule(_("someone it affects"))
def someone_affected(actor: Actor, at: datetime) -> Q:
    return affects_q(actor, "id")


@rule(_("someone who speaks for a person it affects"))
def their_voice(actor: Actor, at: datetime) -> Q:
    """While somebody disputes a speaker, their words count only as their own: they are no voice here."""
    if actor.person is None:
        return NO_ROWS
    return _in_its_scope(lambda scope: _says_for_q(actor, at, scope) | _holds_q(actor, at, scope))


@rule(_("one of those who decide"))
def who_decides(actor: Actor, at: datetime) -> Q:
    return decided_by_q(actor, "id")


@rule(_("the one who raised it"))
def who_raised_it(actor: Actor, at: datetime) -> Q:
    return Q(raised_by__in=actor.ids)


@rule(_("someone who works with the person, or their manager"))
def their_worker(actor: Actor, at: datetime) -> Q:
    return worked_q(actor, at, "person")


@rule(_("a worker in another team who was asked to check"))
def who_checks(actor: Actor, at: datetime) -> Q:
    asked = rows("Checker").filter(decision=OuterRef("id"), checker__in=actor.ids, ended_at=None)
    return Q(Exists(asked))


@rule(_("someone from outside, whose turn it is to check"))
def asked_in_turn(actor: Actor, at: datetime) -> Q:
    if actor.person is None or actor.only is not None:
        return NO_ROWS
    asked = rows("Checker").filter(decision=OuterRef("id"), checker__in=actor.ids, ended_at=None)
    return Q(Exists(asked.filter(check_of__isnull=False)))


@rule(_("someone from outside, who was asked to look at a legal reason"))
def asked_to_look(actor: Actor, at: datetime) -> Q:
    if actor.person is None or actor.only is not None:
        return NO_ROWS
    asked = rows("GroundAsked").filter(decision=OuterRef("id"), person__in=actor.ids, closed_at=None)
    return Q(Exists(asked))


def looks_after_words_q(actor: Actor, at: datetime) -> Q:
    """Matters of places where the actor may keep words from harm: of the body or user-led, no decider."""
    if actor.person is None or actor.only is not None:
        return NO_ROWS
    led = Organisation.everything.filter(is_user_led=True).values("id")
    user_led = posts_of(actor.person, at, (*Kinds.POSTS, *Kinds.MEMBERS)).filter(organisation__in=led)
    rightly = works_for_q(actor, at, "organisation") | Q(Exists(user_led))
    return Q(about="place") & rightly & ~decided_by_q(actor, "id")


@rule(_("someone of the body or of a user-led organisation, who does not decide this"))
def looks_after_words(actor: Actor, at: datetime) -> Q:
    return looks_after_words_q(actor, at)


@rule(_("someone who offered support in this"))
def who_offered_support(actor: Actor, at: datetime) -> Q:
    return Q(Exists(rows("Support").filter(decision=OuterRef("id"), offered_by__in=actor.ids)))


@rule(_("someone named as carrying a risk in this"))
def named_as_carrying(actor: Actor, at: datetime) -> Q:
    return Q(Exists(rows("Risk").filter(decision=OuterRef("id"), carrier__in=actor.ids)))


@rule(_("someone who works for the body that decides"))
def of_the_body(actor: Actor, at: datetime) -> Q:
    return Q(about="place") & works_for_q(actor, at, "organisation")


@rule(_("someone who works for the body that runs a change to it"))
def runs_a_change(actor: Actor, at: datetime) -> Q:
    return Q(Exists(rows("Change").filter(works_for_q(actor, at, "run_by"), decision=OuterRef("id"))))


@rule(_("someone of a user-led organisation"))
def of_a_user_led(actor: Actor, at: datetime) -> Q:
    """For a place: those who run their own meetings about it keep their own lists."""
    return _of_a_user_led_q(actor, at)


def _of_a_user_led_q(
    actor: Actor, at: datetime, kinds: Iterable[LinkKind] = (*Kinds.POSTS, *Kinds.MEMBERS)
) -> Q:
    if actor.person is None or actor.only is not None:
        return NO_ROWS
    led = Organisation.everything.filter(is_user_led=True).values("id")
    mine = posts_of(actor.person, at, kinds).filter(organisation__in=led)
    return Q(about="place") & Q(Exists(mine))


def acts_for_a_user_led_q(actor: Actor, at: datetime) -> Q:
    """Matters about a place, for whoever acts for a user-led organisation: its members are not all asked."""
    return _of_a_user_led_q(actor, at, (*Kinds.POSTS, *Kinds.OFFICERS))


@rule(_("someone on the list of those it affects"))
def someone_on_a_list(actor: Actor, at: datetime) -> Q:
    here = EVERY_ROW if actor.only is None else Q(id=actor.only)
    return here & Q(Exists(rows("Listed").filter(decision=OuterRef("id"), person__in=actor.ids)))


@rule(_("someone who has signed in (about a service or a place)"))
def anyone_here(actor: Actor, at: datetime) -> Q:
    return Q(about="place") if actor.person is not None else NO_ROWS


def on_duty_q(actor: Actor, at: datetime, field: str) -> Q:
    """Rows whose `field` names a body on whose duty team the actor works, or which the actor helps to run."""
    if actor.person is None or actor.only is not None:
        return NO_ROWS
    mine = posts_of(actor.person, at, Kinds.COLLEAGUES).filter(team__isnull=False).values("team")
    duty = Team.everything.filter(id__in=mine, is_duty=True).values("organisation")
    return Q(**{f"{field}__in": duty}) | Q(**{f"{field}__in": bodies_of(actor, at, [LinkKind.MANAGER])})


def nobody_decides_q() -> Q:
    """Matters that are open, and that nobody decides yet."""
    taken = rows("Decider").filter(decision=OuterRef("id"), until_at=None)
    return Q(state="open", is_own=False) & ~Q(Exists(taken))


def untaken_q(actor: Actor, at: datetime) -> Q:
    """Matters that nobody decides yet, for the duty team of the body that answers for the person."""
    return nobody_decides_q() & on_duty_q(actor, at, "organisation")


@rule(_("the duty team, while nobody has taken it up"))
def duty_for_untaken(actor: Actor, at: datetime) -> Q:
    return untaken_q(actor, at)


@rule(_("someone from outside, who was asked to answer"))
def asked_to_answer(actor: Actor, at: datetime) -> Q:
    return asked_to_answer_q(actor, decision="id")


@rule(_("someone to whom a vote in it was offered"))
def who_was_offered_a_seat(actor: Actor, at: datetime) -> Q:
    offered = rows("Seat").filter(decision=OuterRef("id"), person__in=actor.ids, answered_at=None)
    return Q(Exists(offered)) if actor.person is not None and actor.only is None else NO_ROWS


def seats_need_q(actor: Actor, at: datetime) -> Q:
    """Matters in which the actor agrees before a colleague of those who decide has a vote too: it is their
    life, they speak for that person, or they are of a user-led organisation where it is about a place."""
    if actor.person is None or actor.only is not None:
        return Q(person__in=actor.ids) & Q(id=actor.only) if actor.person is not None else NO_ROWS
    speaks = _in_its_scope(lambda scope: _says_for_q(actor, at, scope) | _holds_q(actor, at, scope))
    return Q(person__in=actor.ids) | speaks | _of_a_user_led_q(actor, at)


@rule(_("the person whose life it is (for a place: one more who decides, or a user-led organisation)"))
def who_agrees_to_a_seat(actor: Actor, at: datetime) -> Q:
    return seats_need_q(actor, at) | (Q(about="place") & decided_by_q(actor, "id"))


# Who may do what, judged on a problem that people raised ---------------------------------------------


@rule(_("someone who works for the body that must answer it"))
def answers_for_it(actor: Actor, at: datetime) -> Q:
    return works_for_q(actor, at, "organisation")


@rule(_("the one who first said it"))
def first_said_it(actor: Actor, at: datetime) -> Q:
    return Q(raised_by__in=actor.ids)


@rule(_("someone we know, signed in or by a code"))
def anyone_who_is_here(actor: Actor, at: datetime) -> Q:
    return EVERY_ROW if actor.person is not None else NO_ROWS


# Who may do what, judged on a person --------------------------------------------------------------


@rule(_("the person themself"))
def themself(actor: Actor, at: datetime) -> Q:
    return Q(id=actor.person)


@rule(_("someone who stands in that person’s life"))
def in_their_life(actor: Actor, at: datetime) -> Q:
    return linked_q(actor, at, "id", Kinds.LIVES)


@rule(_("someone who works with that person, or their manager"))
def works_with_them(actor: Actor, at: datetime) -> Q:
    return worked_q(actor, at, "id")


def ends_decided_with_them(
    person: UUID, since: datetime, actor: Actor | None = None
) -> list[tuple[UUID, str]]:
    """For the room of people: what was decided with this person, since then, to end, and is in force: the
    newest first. With an actor, what that one may see."""
    model = apps.get_model("decisions", "Decision")
    seen = model.everything.all() if actor is None else model.objects.seen_by(actor)
    made = seen.filter(person=person, state="decided", change_code="end", decided_at__gte=since)
    found = made.filter(outcome__in=("agreed", "agreed_with_changes")).order_by("-decided_at", "id")
    return [(row.id, str(row.title)) for row in found]
