"""What goes with a view: what is wanted instead, what matters underneath, and what changed a mind."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Annotated, Any, ClassVar
from uuid import UUID

from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from alongside.kernel import clock
from alongside.kernel.command import Ask, At, Code, Fresh, Id, Lazy, Recorded, Sealed
from alongside.kernel.fields import as_id
from alongside.kernel.policy import Actor
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.base import Objection, OnDecision, must_belong
from alongside.topics.decisions.commands.weighing import ways_to_weigh
from alongside.topics.people.policy import public_names_of

OTHER_WAYS = ("other", "for_if")  # with these, their own words say what they want instead
MOST_OFFERED = 8  # of each kind of argument, the newest


class Thinking(OnDecision):
    """The questions of a view. A command that asks them is an Answer too.

    One question first: what do you think? The rest is folded below it, and opens where something there is
    missing or was said.
    """

    later: ClassVar[tuple[str, ...]] = (
        "option",
        "instead",
        "does_not_know",
        "interest",
        "moved_by",
        "moved_words",
    )
    later_says: ClassVar[Lazy] = _(
        "Say more: what you want instead (needed if you do not agree), or what matters to you"
    )

    @classmethod
    def later_said(cls, asked: Collection[str]) -> Lazy:
        """Whoever has spoken before is asked there what changed their mind."""
        if "moved_by" in asked:
            return _(
                "Say more: what you want instead (needed if you do not agree), what matters to you, or what "
                "changed your mind"
            )
        return super().later_said(asked)

    @classmethod
    def to_weigh(cls, actor: Actor, given: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
        return ways_to_weigh(actor, given.get("decision"))

    position: Annotated[str, Code("decision.positions")] = Ask(
        _("What do you think?"), used_for=_("Those who decide must answer what you say."), widget="radios"
    )
    option: Id[models.Option] | None = Ask(_("Which way is that about?"), default=None)
    words: Sealed = Ask(_("Say it in your own words."), default="")
    instead: Sealed = Ask(
        _("If you do not agree: what do you want instead, or what would you need?"),
        hint=_("For example: “I would agree if somebody came on Sundays.”"),
        default="",
        needed=_("needed if you do not agree, unless you tick the box below"),
    )
    does_not_know: bool = Ask(
        _("I do not know yet what I want instead. I want help to say it."), default=False, widget="tick"
    )
    interest: Sealed = Ask(
        _("What matters to you about this?"),
        hint=_("For example: “To see my friends.” It helps to find a way that suits more people."),
        default="",
    )
    moved_by: str = Ask(
        _("Did something change your mind?"),
        default="",
        widget="radios",
        written="(nothing, other, or a view, reply, evidence, option or question by its number: reply:1b4e…)",
        max_length=80,
    )
    moved_words: Sealed = Ask(_("Do you want to say more about that?"), default="")
    help: Fresh[models.Offer] = Ask(settled=True)
    moved: Fresh[models.Moved] = Ask(settled=True)
    moved_kind: str = Ask(settled=True, default="")
    moved_what: UUID | None = Ask(settled=True)
    moved_whose: UUID | None = Ask(settled=True)
    moved_from: UUID | None = Ask(settled=True)
    position_before: str = Ask(settled=True, default="")

    @classmethod
    def choices_within(
        cls, field: str, actor: Actor, given: Mapping[str, Any]
    ) -> Iterable[tuple[Any, Lazy]] | None:
        if field not in ("moved_by", "moved_words"):
            return super().choices_within(field, actor, given)
        earlier = _newest(_answers(actor, given.get("decision")))
        if earlier is None:
            return []  # nothing was said before: there is nothing to ask
        return None if field == "moved_words" else what_could_move(actor, earlier)

    @classmethod
    def answers_in(cls, row: models.View) -> dict[str, Any]:
        """All that they said of it, each in its place. What changed a mind is asked anew each time."""
        if row.is_declining:
            return {}
        words = {name: str(getattr(row, name) or "") for name in ("words", "instead", "interest")}
        kept = {"position": row.position, "does_not_know": row.wants_help, "sees": row.sees}
        return kept | words | {"option": str(row.option) if row.option else ""}

    def settle(self, *things: Any) -> Mapping[str, Any]:
        found, at = dict(super().settle(*things)), things[-1]
        before = next(iter(found.get("replaces") or ()), None)
        if not self.moved_by or before is None:
            return found
        earlier = models.View.everything.get(id=before)
        kind, _colon, _pk = self.moved_by.partition(":")
        row = _argument(self.moved_by, things[0].id, at)
        found |= {"moved_kind": kind, "moved_from": before, "position_before": earlier.position}
        return found | {"moved_what": row.id if row else None, "moved_whose": whose_argument(row)}

    def objections(self, *things: Any) -> Iterator[Objection]:
        yield from super().objections(*things)
        decision, option, at = things
        yield from must_belong(decision, option=option)
        says = bool(self.instead) or (self.position in OTHER_WAYS and bool(self.words))
        if self.position in ("against", *OTHER_WAYS) and not says and not self.does_not_know:
            yield (
                "instead",
                _("Say what you want instead, or what you would need. Or tick that you do not know yet."),
            )
        if self.moved_from is not None and self.moved_kind not in ("nothing", "other"):
            row = _argument(self.moved_by, decision.id, at)
            if row is None:
                yield "moved_by", _("We could not find that. Please choose again.")
            elif whose_argument(row) in at.by.ids:
                yield "moved_by", _("That is your own. Choose what else changed your mind.")

    def kept(self) -> dict[str, Any]:
        """What the row of a view keeps of this."""
        return {
            "position": self.position,
            "words": self.words,
            "instead": self.instead,
            "interest": self.interest,
            "wants_help": self.does_not_know,
        }

    def keep_beside(
        self, view: UUID | None, person: UUID, decision: models.Decision, entry: Recorded
    ) -> None:
        """Help is asked for, and a change of mind is kept."""
        if self.does_not_know:
            models.Offer.begin(
                entry,
                id=self.help,
                decision=decision.id,
                person=person,
                what="own_words",
                channel="",
                is_live=False,
                is_asked_for=True,
                words=None,
                made_by_person=entry.by,
                at=entry.at,
            )
        if self.moved_from is not None:
            models.Moved.begin(
                entry,
                id=self.moved,
                decision=decision.id,
                person=person,
                view=view,
                before=self.moved_from,
                position_before=self.position_before,
                position_after=self.position,
                kind=self.moved_kind,
                what=self.moved_what,
                whose=self.moved_whose,
                words=self.moved_words,
                moved_at=entry.at,
            )


# What can change somebody's mind ------------------------------------------------------------------


def answer_that_stands(actor: Actor, decision: Any, on_behalf: Any = None) -> models.View | None:
    """What they answered here before: their own, else what they said for the one whose life it is."""
    rows = _answers(actor, decision)
    if on_behalf:
        return _newest(rows.filter(person=on_behalf, is_spoken_for=True)) if as_id(on_behalf) else None
    own, spoken = _newest(rows.filter(is_spoken_for=False)), rows.filter(is_spoken_for=True)
    if own is not None or not spoken.exists():
        return own
    matter = models.Decision.objects.seen_by(actor).filter(id=decision).first()
    whose = matter.person if matter else None
    named = models.Affected.everything.filter(decision=decision, person__in=actor.ids, ended_at=None)
    return None if whose is None or named.exists() else _newest(spoken.filter(person=whose))


def _answers(actor: Actor, decision: Any) -> Any:
    if actor.person is None or as_id(decision) is None:
        return models.View.everything.none()
    return models.View.objects.seen_by(actor).filter(
        decision=decision, said_by__in=actor.ids, is_current=True
    )


def _newest(rows: Any) -> models.View | None:
    found: models.View | None = rows.order_by("-said_at").first()
    return found


def what_could_move(actor: Actor, earlier: models.View) -> list[tuple[str, Lazy]]:
    """The arguments somebody may have met, each in a few words; and “something else”, and “nothing”."""
    decision, ids = earlier.decision, actor.ids
    found: list[tuple[str, Lazy]] = []
    views = _rows(models.View, actor, decision, is_current=True, is_declining=False).exclude(said_by__in=ids)
    shown = list(views.order_by("-said_at")[:MOST_OFFERED])
    names = public_names_of((row.person for row in shown), clock.now())
    for row in shown:
        if words := row.words or row.instead:
            found.append((f"view:{row.id}", _("%(name)s said: %(words)s") % _said(names[row.person], words)))
    for row in _rows(models.Evidence, actor, decision, withdrawn_at=None).exclude(person__in=ids)[
        :MOST_OFFERED
    ]:
        if row.words is not None:
            found.append((f"evidence:{row.id}", _("What is known: %(words)s") % _said("", row.words)))
    for row in _rows(models.Option, actor, decision).order_by("number")[:MOST_OFFERED]:
        found.append((f"option:{row.id}", _("A way this could go: %(words)s") % _said("", row.name)))
    for row in _rows(models.Reply, actor, decision, view=earlier.id):
        found.append((f"reply:{row.id}", _("The answer I got: %(words)s") % _said("", row.words)))
    for row in _rows(models.Question, actor, decision, answered_at__isnull=False)[:MOST_OFFERED]:
        found.append((f"question:{row.id}", _("The answer to a question: %(words)s") % _said("", row.answer)))
    return [
        *found,
        ("other", _("Something else")),
        ("nothing", _("No. I see it as before, or I only add to it")),
    ]


def _rows(model: Any, actor: Actor, decision: UUID, **more: Any) -> Any:
    return model.objects.seen_by(actor).filter(decision=decision, **more)


def _said(name: str, words: Any) -> dict[str, str]:
    return {"name": name, "words": Truncator(str(words)).words(14)}


TABLES: Mapping[str, Any] = {
    "view": models.View,
    "evidence": models.Evidence,
    "option": models.Option,
    "reply": models.Reply,
    "question": models.Question,
}


def _argument(said: str, decision: UUID, at: At) -> Any:
    """The row that changed their mind, if they may see it and it belongs to this decision."""
    kind, _colon, pk = said.partition(":")
    try:
        wanted = UUID(pk)
    except ValueError:
        return None
    if kind not in TABLES:
        return None
    return TABLES[kind].objects.seen_by(at.by, at.moment).filter(id=wanted, decision=decision).first()


def whose_argument(row: Any) -> UUID | None:
    """Who gave an argument."""
    for column in ("replied_by", "answered_by", "proposed_by", "said_by", "person"):
        found: UUID | None = getattr(row, column, None)
        if found is not None:
            return found
    return None
