"""Who says whether a promise was kept: what the form offers, and what whoever cannot say it reads instead."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.interfaces.wired import may_type_for
from alongside.kernel import clock
from alongside.kernel.command import COMMANDS, Actor, Command, Instead, Lazy
from alongside.kernel.fields import as_id
from alongside.kernel.policy import holds
from alongside.topics.people.policy import names_of
from alongside.topics.promises.models import Promise, PromisedTo, Verdict
from alongside.topics.promises.policy import answers_for_it, who_judge, who_writes_it_down


class SaidByThoseItWasMadeTo(Command):
    """An answer to whether a promise was kept, which only those it was made to can give."""

    @classmethod
    def choices_within(cls, field: str, actor: Actor, given: Mapping[str, Any]) -> Any:
        promise = _promise(actor, given) if field == "made_to" else None
        if promise is None:
            return None
        rows = rows_to_judge(actor, promise)
        names = names_of([row.person for row in rows if row.person is not None])
        return [(row.id, _called(row, actor, names, promise)) for row in rows]

    @classmethod
    def said_to_speaker(cls, actor: Actor, given: Mapping[str, Any]) -> Mapping[str, Lazy]:
        """Whoever says it for somebody else is asked what that one says."""
        said = said_to_speaker(actor, given)
        return said and {
            **said,
            "title": _("Say what they told you: was this promise kept?"),
            "said.label": _("Do they say it was kept?"),
            "said.used_for": _("It is counted as their answer."),
            "words.label": _("What do they say happened?"),
        }

    @classmethod
    def said_before(cls, actor: Actor, given: Mapping[str, Any]) -> Mapping[str, Any]:
        """The answer of theirs that is counted. Whoever changes it loses no word of it."""
        promise = _promise(actor, given)
        said = Verdict.objects.seen_by(actor).filter(by__in=actor.ids, counts=True, denied=None)
        made_to = as_id(given.get("made_to"))
        row = said.filter(promise=promise.id, made_to=made_to).first() if promise and made_to else None
        if row is None or row.held_for:
            return {}
        return {"said": row.said, "words": str(row.words or ""), "may_be_read": row.may_be_read}

    @classmethod
    def said_instead(cls, actor: Actor, given: Mapping[str, Any]) -> Instead | None:
        promise = _promise(actor, given)
        if promise is None or actor.person is None or rows_to_judge(actor, promise):
            return None
        typed = {str(row.id) for row in _seen(actor, promise, Q(person__in=_typed_for(actor)))}
        if str(given.get("made_to", "")) in typed:
            return None
        owns = answers_for_it(promise, actor.person, clock.now())
        why = _("You answer for this promise. So you cannot say whether it was kept.") if owns else ""
        said = [why, _said_by(actor, promise), *([_("You can say what has been done.")] if owns else [])]
        return Instead([each for each in said if each], _ways(actor, promise), about=str(promise.what))


def said_to_speaker(actor: Actor, given: Mapping[str, Any]) -> dict[str, Lazy]:
    """What the form says to whoever would answer by it for somebody else; nothing to all others."""
    promise = _promise(actor, given)
    rows = rows_to_judge(actor, promise) if promise is not None else []
    row = next((one for one in rows if str(one.id) == str(given.get("made_to", ""))), None)
    if row is None or row.person is None or row.person in actor.ids:
        return {}
    name = {"name": names_of([row.person])[row.person]}
    return {
        "lead": _("You speak for %(name)s here. What you send is their answer, not yours.") % name,
        "seen_by_line": _("Those who answer for this promise will see it, and %(name)s.") % name,
    }


def rows_to_judge(actor: Actor, promise: Promise) -> list[PromisedTo]:
    """For whom this actor may say whether it was kept. Whoever answers for it may say it for nobody else."""
    rows = _seen(actor, promise, who_judge.predicate(actor, clock.now()))
    rows = [row for row in rows if row.person != promise.owner or row.person is None]
    if answers_for_it(promise, actor.person, clock.now()):
        return [row for row in rows if row.person in actor.ids]
    return rows


def _promise(actor: Actor, given: Mapping[str, Any]) -> Promise | None:
    return Promise.objects.seen_by(actor).filter(id=as_id(given.get("promise"))).first()


def _seen(actor: Actor, promise: Promise, which: Q) -> list[PromisedTo]:
    return list(PromisedTo.objects.seen_by(actor).filter(which, promise=promise.id).order_by("id"))


def _typed_for(actor: Actor) -> list[UUID]:
    if actor.person is None or actor.only is not None:
        return []
    return [one for one, _name in may_type_for(actor.person)]


def _called(row: PromisedTo, actor: Actor, names: Mapping[UUID, Lazy], promise: Promise) -> Lazy:
    if row.person is None:
        return str(promise.group or _("the group it was made to"))
    return _("You") if row.person in actor.ids else names[row.person]


def _said_by(actor: Actor, promise: Promise) -> Lazy:
    """Who can say it: by name only to those who see to whom a promise in a life was made."""
    rows = [] if promise.is_public else _seen(actor, promise, Q(person__isnull=False))
    names = names_of([row.person for row in rows if row.person is not None])
    who = [*names.values(), *([str(promise.group)] if promise.group else [])]
    if not who:
        return _("Only the people it was made to can say that, or somebody who speaks for them.")
    told = {"who": ", ".join(str(one) for one in who)}
    return _("Only those it was made to can say that: %(who)s. Or somebody who speaks for them.") % told


def _ways(actor: Actor, promise: Promise) -> list[tuple[str, Mapping[str, Any], Lazy]]:
    """What this actor can do: say how far it is, say that they are in the group, write down what was said."""
    found: list[tuple[str, Mapping[str, Any], Lazy]] = []
    given = {"promise": promise.id}
    for kind, words in (
        ("promises.progress_reported", _("Say how far it is")),
        ("promises.group_joined", _("I am in this group")),
    ):
        if kind == "promises.group_joined" and (not promise.group or found):
            continue
        if holds(COMMANDS[kind].may, actor, clock.now(), Promise, promise.id):
            found.append((kind, given, words))
    rows = _seen(actor, promise, who_writes_it_down.predicate(actor, clock.now()) & Q(person__isnull=False))
    names = names_of([row.person for row in rows if row.person is not None])
    for row in rows:
        if row.person is not None:
            write = _("Write down what %(who)s says") % {"who": names[row.person]}
            found.append(("promises.verdict_passed_on", given | {"made_to": row.id}, write))
    return found
