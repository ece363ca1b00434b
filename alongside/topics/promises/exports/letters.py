"""What leaves the house about a promise: the letter that holds the promise itself, and the five answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.interfaces import words
from alongside.interfaces.letter import Heading, Points, Question
from alongside.kernel import clock
from alongside.kernel.fields import as_id
from alongside.kernel.policy import Actor
from alongside.topics.people.policy import name_of
from alongside.topics.people.telling import LetterWords
from alongside.topics.promises import models

LATER = ("does_it_still_hold", "said_for_you")  # months after it was kept


def letter_about(person: UUID, notice: Mapping[str, Any]) -> LetterWords | None:
    """The words of a letter about one promise; None when this person may not see it: then it says nothing."""
    pk = as_id(notice.get("matter"))
    if pk is None:
        return None
    reader = Actor(person=person)
    promise = models.Promise.objects.seen_by(reader).filter(pk=pk).first()
    if promise is None:
        return None
    asked = _asked_again(promise, person, reader)
    if asked is not None and notice.get("what") in LATER:
        return _whether_it_holds(promise, asked, reader)
    mine = models.PromisedTo.objects.seen_by(reader).filter(promise=pk, person=person).exists()
    parts: list[str | Heading | Points] = [
        str(promise.what),
        _("%(who)s will see that it is done, by %(day)s.")
        % {"who": _who_answers(promise), "day": words.day(promise.due_on)},
    ]
    if promise.done_on is not None:
        parts.append(_("They say it is done. Only you can say whether it was kept."))
    parts += _what_was_written_down(promise, person, reader)
    parts += _that_it_no_longer_holds(promise, reader)
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
    return _written_by(name_of(row.by), str(models.Said(row.said).label))


def _written_by(who: str, said: str) -> list[str | Heading | Points]:
    return [
        Heading(_("What was written down for you")),
        _("%(who)s wrote that you said: %(said)s.") % {"who": who, "said": said},
        _("If that is wrong, tell us. Your own answer comes first."),
    ]


def _asked_again(promise: models.Promise, person: UUID, reader: Actor) -> models.AskedAgain | None:
    """The last time they were asked whether what was kept still holds, if they were."""
    rows = models.AskedAgain.objects.seen_by(reader).filter(promise=promise.id, person=person)
    found: models.AskedAgain | None = rows.order_by("-months").first()
    return found


def _whether_it_holds(promise: models.Promise, asked: models.AskedAgain, reader: Actor) -> LetterWords:
    """Months after a promise was kept: what was promised, what they said of it, and the question."""
    parts: list[str | Heading | Points] = [
        str(promise.what),
        _("%(months)s months ago you said that this promise was kept. We ask whether it still is.")
        % {"months": asked.months},
        *_who_must_answer(promise),
    ]
    rows = models.StillHolds.objects.seen_by(reader).filter(promise=promise.id, person=asked.person)
    row = rows.filter(counts=True).exclude(by=asked.person).order_by("-months", "-made_by").first()
    if row is not None:
        parts += _written_by(name_of(row.by), str(models.Holds(row.said).label))
    parts.append(_("You need not answer. Nobody else can answer this for you."))
    title = _("A promise that was kept: does it still hold?")
    return LetterWords(title, tuple(parts), tuple(_slip_of_later()))


def _who_must_answer(promise: models.Promise) -> list[str]:
    """When those who promised must answer. Of several one voice is not enough, and of a group not one’s own
    word alone."""
    who = {"who": _who_answers(promise)}
    if promise.group is None and models.PromisedTo.everything.filter(promise=promise.id).count() == 1:
        return [_("%(who)s must answer you if it no longer holds.") % who]
    enough = _("%(who)s must answer you if enough of those it was made to say that it no longer holds.") % who
    apart = _(
        "This was promised to a group. If nobody but you says that you are in it, your word stands apart: "
        "it alone makes nobody answer."
    )
    return [enough] if promise.group is None else [enough, apart]


def _who_answers(promise: models.Promise) -> str:
    """In a letter about something open to all: the office or the body, and never a worker."""
    return name_of((promise.office or promise.organisation) if promise.is_public else promise.owner)


def _that_it_no_longer_holds(promise: models.Promise, reader: Actor) -> list[str | Heading | Points]:
    """That what was kept no longer holds, and what those who answer for it say of that."""
    rows = models.Erosion.objects.seen_by(reader).filter(promise=promise.id)
    row = rows.order_by("-on_day", "-made_by").first()
    if row is None:
        return []
    found: list[str | Heading | Points] = [
        Heading(_("It no longer holds")),
        _("It was kept on %(kept)s. People it was made to say that it no longer holds.")
        % {"kept": words.day(row.kept_on)},
    ]
    if row.answer is None and row.answer_by is not None:
        said = {"who": _who_answers(promise), "day": words.day(row.answer_by)}
        late = row.answer_by < clock.today()
        due = (
            _("%(who)s had to answer by %(day)s, and has not.")
            if late
            else _("%(who)s must answer by %(day)s.")
        )
        return [*found, due % said]
    if row.answer is None:
        return [*found, _("Whoever answers for it has not answered yet.")]
    return [*found, _("%(who)s answered:") % {"who": _who_answers(promise)}, str(row.answer)]


def _slip_of_later() -> list[Question]:
    return [
        Question(_("Does it still hold?"), tuple(str(one.label) for one in models.Holds)),
        Question(_("What has changed?"), lines=5),
    ]


def _slip() -> list[Question]:
    return [
        Question(_("Was this promise kept?"), tuple(str(one.label) for one in models.Said)),
        Question(_("What happened?"), lines=5),
    ]
