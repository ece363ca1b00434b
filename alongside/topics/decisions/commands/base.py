"""What every command about a decision that is there already has in common."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from alongside.kernel import clock, rules
from alongside.kernel.command import Command, Id, Lazy
from alongside.kernel.policy import Actor
from alongside.topics.decisions.models import Affected, Decision, State
from alongside.topics.decisions.policy import not_held_back
from alongside.topics.people.policy import names_of, standings
from alongside.topics.people.policy.deaths import has_died

Objection = tuple[str, Lazy]
OUTCOMES = ("agreed", "agreed_with_changes", "not_agreed")
NARROWER: Mapping[str, Mapping[str, Lazy]] = {
    "outcome": {
        "agreed": _("Agreed"),
        "agreed_with_changes": _("Agreed, with changes"),
        "not_agreed": _("Not agreed"),
    }
}
THEY_HAVE_DIED = _("They have died, so nothing more is decided about their life.")
SETTLED = _("This is settled. To change it, raise it again.")
NOT_OF_THIS = _("That belongs to another decision. Open the right page and choose again.")


class OnDecision(Command):
    """A command whose thing is a decision: whatever the guard reads changes under the decision's own lock."""

    page: ClassVar[str] = "decisions:decision"
    narrower: ClassVar[Mapping[str, Mapping[str, Lazy]]] = {}  # of a field's codes, those to offer, in words
    person_is_named: ClassVar[bool] = True  # `person` means somebody whom the decision names already

    decision: Id[Decision]

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        """From whomever a matter is held back, to them it is as if it were not there, whoever they are."""
        if "may" in cls.__dict__ and cls.records:
            cls.may = cls.may & not_held_back
        super().__pydantic_init_subclass__(**kwargs)

    @classmethod
    def choices_within(
        cls, field: str, actor: Actor, given: Mapping[str, Any]
    ) -> Iterable[tuple[Any, Lazy]] | None:
        """What a form offers once it is known which decision this is about; None: the usual."""
        shape, decision = cls.shapes[field], given.get("decision")
        if shape.kind == "code":
            return codes_offered(shape.list_key, field, cls.narrower)
        if not decision or field == "decision":
            return None
        if shape.kind == "own":
            return named_parts(shape.target(), actor, decision)
        if field == "on_behalf":
            return people_spoken_for(actor, decision)
        if field != "person" or not cls.person_is_named:
            return None
        found = people_named(actor, decision)
        return found if len(found) > 1 else []  # with one person there is nothing to ask

    def about(self, *things: Any) -> UUID | None:
        person: UUID | None = things[0].person
        return person


def decision_given(actor: Actor, given: Mapping[str, Any]) -> Decision | None:
    """The decision that the address of a form names, where this actor may see it."""
    try:
        found: Decision | None = Decision.objects.seen_by(actor).filter(pk=given.get("decision")).first()
    except (ValidationError, ValueError):
        return None
    return found


def whose(things: tuple[Any, ...]) -> UUID:
    """Whom a note is about: the person whose life it is, or the matter itself for a service or a place."""
    decision: Decision = things[0]
    return decision.person or decision.id


def must_be_open(decision: Decision) -> Iterator[Objection]:
    if decision.state == State.RESTED:
        yield "", THEY_HAVE_DIED
    elif not decision.is_open:
        yield "", SETTLED


def must_live(person: UUID | None) -> Iterator[Objection]:
    """Nothing is raised, agreed or begun about the life of somebody who has died."""
    if has_died(person):
        yield "", THEY_HAVE_DIED


def must_belong(decision: Decision, **rows: Any) -> Iterator[Objection]:
    """The other rows named must be this decision's own: else one could be changed without its lock."""
    for name, row in rows.items():
        if row is not None and row.decision != decision.id:
            yield name, NOT_OF_THIS


def codes_offered(
    list_key: str, field: str, narrower: Mapping[str, Mapping[str, Lazy]]
) -> list[tuple[str, Lazy]]:
    """The codes of a list that make sense here, in the words of whoever fills in the form."""
    offered = narrower.get(field) or NARROWER.get(field)
    known = rules.here(clock.today()).choices(list_key)
    return [
        (code, offered[code] if offered else name) for code, name in known if not offered or code in offered
    ]


def people_spoken_for(actor: Actor, decision: Any) -> list[tuple[UUID, str]]:
    """Those whom this decision names and for whom the actor may speak: mostly nobody, and it is not asked."""
    named = {one for one, _name in people_named(actor, decision)} - set(actor.ids)
    if actor.person is None or not named:
        return []
    spoken_for = [one for one in named if any(s.speaks for s in standings(actor.person, one, clock.now()))]
    return sorted(names_of(spoken_for).items(), key=lambda pair: pair[1])


def named_parts(model: Any, actor: Actor, decision: Any) -> list[tuple[UUID, str]]:
    """The rows of one table that belong to this decision and that the actor may see, each with a name."""
    try:
        rows = list(model.objects.seen_by(actor).filter(decision=decision).order_by("made_by")[:200])
    except (ValidationError, ValueError):
        return []
    names = names_of(getattr(row, "person", None) for row in rows)
    return [(row.pk, " ".join(filter(None, (_named(row, names), _first_words(row))))) for row in rows]


def _first_words(row: Any) -> str:
    words = next((getattr(row, f) for f in ("name", "group", "words") if getattr(row, f, None)), "")
    return Truncator(str(words)).words(12)


def _named(row: Any, names: Mapping[UUID, str]) -> str:
    person: UUID | None = getattr(row, "person", None)
    return names[person] if person else ""


def people_named(actor: Actor, decision: Any) -> list[tuple[UUID, str]]:
    """The people this decision affects by name, as far as the actor may see them."""
    try:
        rows = Affected.objects.seen_by(actor).filter(decision=decision, person__isnull=False, ended_at=None)
        names = names_of(rows.values_list("person", flat=True))
    except (ValidationError, ValueError):
        return []
    return sorted(names.items(), key=lambda pair: pair[1])


def is_for_another(actor: Actor, given: Mapping[str, Any]) -> bool:
    """Whether what is said in the life of another is that person's: whom it affects speaks for themself."""
    return not is_affected(given.get("decision"), actor)


def is_affected(decision: Any, actor: Actor) -> bool:
    """Whether a matter affects the reader themself, by name."""
    return Affected.everything.filter(decision=decision, person__in=actor.ids, ended_at=None).exists()
