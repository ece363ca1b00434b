"""A group on record: who is on its list, and who is drawn from it by lot."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from alongside.kernel import chance
from alongside.kernel.command import Ask, At, Fresh, Id, Recorded, Ref
from alongside.kernel.policy import the_installation
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.base import Objection, OnDecision, must_be_open, must_belong
from alongside.topics.decisions.commands.lots import IN_A_BODY, lot_now
from alongside.topics.decisions.commands.standing import pack_of
from alongside.topics.decisions.engine.lot import METHOD, list_mark
from alongside.topics.decisions.policy import who_decides
from alongside.topics.people.models import Link, Person, PersonState
from alongside.topics.people.models.links import own_word_q
from alongside.topics.people.policy import live

A_CHUNK = 200


def must_be_a_group(group: models.Affected) -> Iterator[Objection]:
    if group.person is not None:
        yield "group", _("That is one person. Tell them by themselves.")


def fresh_ids(many: int) -> list[UUID]:
    return [chance.mint() for _each in range(many)]


def last_number(group: UUID) -> int:
    found: int | None = models.Listed.everything.filter(group=group).aggregate(most=Max("number"))["most"]
    return found or 0


def is_judged_now(decision: UUID) -> bool:
    """Whether a change that comes from a decision waits for those it affects, or will again."""
    live = (models.ChangeState.PROPOSED, models.ChangeState.RUNNING, models.ChangeState.LAPSED)
    return models.Change.everything.filter(decision=decision, state__in=live).exists()


# The list -----------------------------------------------------------------------------------------


class OnGroup(OnDecision):
    """Something about one group that a matter about a service or a place affects."""

    def group_is_sound(self, decision: models.Decision, group: models.Affected) -> Iterator[Objection]:
        if not is_judged_now(decision.id):  # a list can be made for those who judge what comes of it
            yield from must_be_open(decision)
        yield from must_belong(decision, group=group)
        yield from must_be_a_group(group)
        if group.listed is not None:
            yield "group", _("The list of this group is whole. Say which people it affects as another group.")


class ListPeople(OnGroup):
    """Put people on the list of a group."""

    records = "decisions.people_listed"
    may = who_decides
    says = _("%(by)s put people on the list of a group.")
    person_is_named = False

    group: Id[models.Affected] = Ask(_("Which people?"), used_for=_("They are told, each in their safe way."))
    people: list[Annotated[UUID, Ref("people.Person")]] = Ask(
        _("Who is in it?"), used_for=_("They are told, each in their safe way."), max_length=A_CHUNK
    )
    rows: list[UUID] | None = Ask(settled=True)
    first: int | None = Ask(settled=True)

    def settle(self, decision: models.Decision, group: models.Affected, at: At) -> Mapping[str, Any]:
        return {"rows": fresh_ids(len(self.people)), "first": last_number(group.id) + 1}

    def objections(self, decision: models.Decision, group: models.Affected, at: At) -> Iterator[Objection]:
        yield from self.group_is_sound(decision, group)
        if not self.people:
            yield "people", _("Choose at least one person.")
        known = models.Listed.everything.filter(group=group.id, person__in=self.people)
        if len(set(self.people)) < len(self.people) or known.exists():
            yield "people", _("Somebody is on the list twice. Take them out once.")

    def apply(self, decision: models.Decision, group: models.Affected, entry: Recorded) -> None:
        put_on_list(entry, decision.id, group.id, self.people, self.rows or (), self.first or 1)


def put_on_list(
    entry: Recorded, decision: UUID, group: UUID, people: Sequence[UUID], rows: Sequence[UUID], first: int
) -> None:
    for place, (person, row) in enumerate(zip(people, rows, strict=True)):
        models.Listed.begin(
            entry, id=row, decision=decision, group=group, person=person, number=first + place, is_drawn=False
        )


class TieToBody(OnGroup):
    """Say that a group is everyone who belongs to a body, or draws on its support."""

    records = "decisions.group_tied"
    may = who_decides
    says = _("%(by)s tied a group to a body. Its list is being made.")
    strong = True

    group: Id[models.Affected] = Ask(_("Which people?"), used_for=_("They are told, each in their safe way."))
    body: Annotated[UUID, Ref("people.Organisation")] = Ask(
        _("To which body do they belong, or on whose support do they draw?"),
        used_for=_("Everyone there who is on record is told."),
    )
    team: Annotated[UUID, Ref("people.Team")] | None = Ask(_("Only those of one team?"), default=None)

    def objections(self, decision: models.Decision, group: models.Affected, at: At) -> Iterator[Objection]:
        yield from self.group_is_sound(decision, group)
        if group.listing_since is not None:
            yield "group", _("Its list is being made already.")
        if self.body != decision.organisation and not _of_theirs(self.body, at):
            yield "body", _("Choose the body that decides, or one that you work for or belong to.")

    def apply(self, decision: models.Decision, group: models.Affected, entry: Recorded) -> None:
        group.change(entry, body=self.body, team=self.team, listing_since=entry.at)


def _of_theirs(body: UUID, at: At) -> bool:
    from alongside.topics.people.policy import organisations_of

    return at.by.person is not None and body in organisations_of(at.by.person, at.moment)


def members_after(group: models.Affected, at: At, last: UUID | None) -> list[UUID]:
    """The next people of a body, in the order of their ids, so that a list can be made a piece at a time."""
    rows = Link.everything.filter(live(at.moment), organisation=group.body, kind__in=IN_A_BODY)
    rows = rows.exclude(own_word_q())  # nobody slips on a list because they say that they belong
    if group.team is not None:
        rows = rows.filter(team=group.team)
    known = Person.everything.filter(state=PersonState.ACTIVE, is_child=False, pk__in=rows.values("person"))
    found = known.filter(pk__gt=last) if last is not None else known
    return list(found.order_by("pk").values_list("pk", flat=True)[:A_CHUNK])


class ListSome(OnGroup):
    """Put the next people of a body on the list of a group."""

    records = "decisions.some_listed"
    may = the_installation
    says = _("The next people of a group were put on its list.")

    group: Id[models.Affected] = Ask(_("Which people?"), used_for=_("It says whose list this is."))
    people: list[UUID] | None = Ask(settled=True)
    rows: list[UUID] | None = Ask(settled=True)
    first: int | None = Ask(settled=True)
    mark: str | None = Ask(settled=True)

    def settle(self, decision: models.Decision, group: models.Affected, at: At) -> Mapping[str, Any]:
        there = models.Listed.everything.filter(group=group.id)
        last = there.order_by("-number").first()
        people = members_after(group, at, last.person if last else None)
        found: dict[str, Any] = {"people": people, "rows": fresh_ids(len(people))}
        found["first"] = (last.number if last else 0) + 1
        whole = len(people) < A_CHUNK
        everyone = [*there.values_list("person", flat=True), *people] if whole else []
        return found | {"mark": list_mark(everyone) if whole else None}

    def objections(self, decision: models.Decision, group: models.Affected, at: At) -> Iterator[Objection]:
        yield from self.group_is_sound(decision, group)
        if group.listing_since is None:
            yield "group", _("This group is not tied to a body.")

    def apply(self, decision: models.Decision, group: models.Affected, entry: Recorded) -> None:
        people, first = self.people or [], self.first or 1
        put_on_list(entry, decision.id, group.id, people, self.rows or (), first)
        if self.mark is not None:
            whole(entry, group, first - 1 + len(people), self.mark)


def whole(entry: Recorded, group: models.Affected, listed: int, mark: str) -> None:
    """The list is whole: nobody is put on it or taken off. A group is never fewer than its list."""
    group.change(entry, listed=listed, list_mark=mark, listing_since=None, size=max(group.size or 0, listed))


class CloseList(OnGroup):
    """Say that the list of a group is whole."""

    records = "decisions.list_closed"
    may = who_decides
    says = _("%(by)s said that the list of a group is whole.")

    group: Id[models.Affected] = Ask(_("Which people?"), used_for=_("Nobody can be put on it after that."))
    listed: int | None = Ask(settled=True)
    mark: str | None = Ask(settled=True)

    def settle(self, decision: models.Decision, group: models.Affected, at: At) -> Mapping[str, Any]:
        people = list(models.Listed.everything.filter(group=group.id).values_list("person", flat=True))
        return {"listed": len(people), "mark": list_mark(people)}

    def objections(self, decision: models.Decision, group: models.Affected, at: At) -> Iterator[Objection]:
        yield from self.group_is_sound(decision, group)
        if group.listing_since is not None:
            yield "group", _("Its list is being made. Wait until it is whole.")
        if not self.listed:
            yield "group", _("Nobody is on the list yet. Put people on it first.")

    def apply(self, decision: models.Decision, group: models.Affected, entry: Recorded) -> None:
        whole(entry, group, self.listed or 0, self.mark or "")


# The lot ------------------------------------------------------------------------------------------


class DrawLot(OnDecision):
    """Draw by lot whom to ask by name. Everyone has the same chance, and anyone may still speak."""

    records = "decisions.lot_drawn"
    may = who_decides
    says = _("%(by)s drew by lot whom to ask by name.")
    strong = True

    group: Id[models.Affected] = Ask(_("Which people?"), used_for=_("Some of them are asked by name."))
    lot: Fresh[models.Lot] = Ask(settled=True)
    seed: str | None = Ask(settled=True)
    of: int | None = Ask(settled=True)
    size: int | None = Ask(settled=True)
    numbers: list[int] | None = Ask(settled=True)

    def settle(self, decision: models.Decision, group: models.Affected, at: At) -> Mapping[str, Any]:
        return lot_now(decision, group)

    def objections(self, decision: models.Decision, group: models.Affected, at: At) -> Iterator[Objection]:
        yield from must_be_open(decision)
        yield from must_belong(decision, group=group)
        yield from must_be_a_group(group)
        if group.listed is None:
            yield "group", _("Make the list of this group whole first. Then nobody can slip in.")
        elif group.listed <= pack_of(decision).number("decision.lot.over"):
            yield "group", _("This group is small enough to ask everyone. Nobody is left to chance.")
        if models.Lot.everything.filter(group=group.id, of_change=None).exists():
            yield "group", _("The lot was drawn for this group. It is drawn once, so that nobody can choose.")

    def apply(self, decision: models.Decision, group: models.Affected, entry: Recorded) -> None:
        begin_lot(entry, self, decision.id, group.id)
        drawn_rows = models.Listed.everything.filter(group=group.id, number__in=self.numbers or [])
        for row in drawn_rows.order_by("number"):
            row.change(entry, is_drawn=True)


def begin_lot(entry: Recorded, command: Any, decision: UUID, group: UUID, **of_change: Any) -> None:
    """Keep a draw, with what anyone needs to do it again."""
    models.Lot.begin(
        entry,
        id=command.lot,
        decision=decision,
        group=group,
        method=METHOD,
        seed=command.seed,
        of=command.of,
        size=command.size,
        numbers=",".join(map(str, command.numbers or [])),
        drawn_at=entry.at,
        **{"first_lot": None, "passed": None} | of_change,
    )
