"""What leaves the house about a promise: the letter that holds the promise itself, and the five answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.interfaces import words
from alongside.interfaces.letter import Heading, Points, Question
from alongside.kernel import clock
from alongside.kernel.policy import Actor
from alongside.topics.people.policy import name_of
from alongside.topics.people.telling import LetterWords
from alongside.topics.promises import models


def letter_about(person: UUID, notice: Mapping[str, Any]) -> LetterWords | None:
    """The words of a letter about one promise; None when this person may not see it: then it says nothing."""
    try:
        pk = UUID(str(notice.get("matter") or ""))
    except ValueError:
        return None
    reader = Actor(person=person)
    promise = models.Promise.objects.seen_by(reader).filter(pk=pk).first()
    if promise is None:
        return None
    mine = models.PromisedTo.objects.seen_by(reader).filter(promise=pk, person=person).exists()
    parts: list[str | Heading | Points] = [
        str(promise.what),
        _("%(who)s will see that it is done, by %(day)s.")
        % {"who": name_of(promise.owner), "day": words.day(promise.due_on)},
    ]
    if promise.done_on is not None:
        parts.append(_("They say it is done. Only you can say whether it was kept."))
    parts += _what_was_written_down(promise, person, reader)
    is_time = promise.done_on is not None or promise.due_on <= clock.today()
    title = _("A promise to you") if mine else _("A promise")
    return LetterWords(title, tuple(parts), tuple(_slip()) if mine and is_time else ())


def _what_was_written_down(
    promise: models.Promise, person: UUID, reader: Actor
) -> list[str | Heading | Points]:
    """An answer that somebody else wrote down for them, so that they can put it right."""
    rows = models.Verdict.objects.seen_by(reader).filter(promise=promise.id, person=person)
    row = rows.exclude(by=person).order_by("-place").first()
    if row is None:
        return []
    found: list[str | Heading | Points] = [
        Heading(_("What was written down for you")),
        _("%(who)s wrote that you said: %(said)s.")
        % {"who": name_of(row.by), "said": models.Said(row.said).label},
    ]
    return [*found, _("If that is wrong, tell us. Your own answer comes first.")]


def _slip() -> list[Question]:
    return [
        Question(_("Was this promise kept?"), tuple(str(one.label) for one in models.Said)),
        Question(_("What happened?"), lines=5),
    ]
