"""What leaves the house about a decision: the letter that tells somebody of it, with a slip to answer on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.interfaces import words
from alongside.interfaces.letter import Heading, Points, Question
from alongside.kernel import clock
from alongside.kernel.fields import as_id
from alongside.kernel.policy import Actor
from alongside.topics.decisions import models
from alongside.topics.decisions.exports.decided import if_it_is_wrong, what_was_decided
from alongside.topics.decisions.pages.law_lines import of_the_law
from alongside.topics.people.policy import names_of
from alongside.topics.people.telling import LetterWords


def letter_about(person: UUID, notice: Mapping[str, Any]) -> LetterWords | None:
    """The words of a letter about one matter; None when this person may not see it: then it says nothing."""
    pk = as_id(notice.get("matter"))
    if pk is None:
        return None
    reader = Actor(person=person)
    decision = models.Decision.objects.seen_by(reader).filter(pk=pk).first()
    if decision is None:
        return None
    parts: list[str | Heading | Points] = []
    law = of_the_law(reader, [decision]).get(decision.id, {})
    if decision.is_open:
        parts += _what_may_change(decision, reader, may_be_decided=bool(law.get("holds")))
    else:
        parts += what_was_decided(decision, reader)
    parts += [str(law["words"])] if law else []
    replies = list(_replies_to(person, decision, reader))
    parts += replies
    parts += if_it_is_wrong(decision, reader)
    slip: list[Question] = []
    if decision.is_open and decision.is_about_person:
        slip = _slip()
    elif replies:
        slip = _does_it_answer_you()
    elif _is_asked_if_agreed(person, decision):
        slip = _did_you_agree()
    return LetterWords(str(decision.title), tuple(parts), tuple(slip))


def _what_may_change(
    decision: models.Decision, reader: Actor, *, may_be_decided: bool
) -> list[str | Heading | Points]:
    """What it is about. `may_be_decided`: without their answer, for a legal reason."""
    deciders = models.Decider.objects.seen_by(reader).filter(decision=decision.id, until_at=None)
    names = names_of(deciders.values_list("person", flat=True))
    found: list[str | Heading | Points] = [str(decision.why)] if decision.why else []
    mine = models.Affected.everything.filter(decision=decision.id, person__in=reader.ids, ended_at=None)
    if decision.person in reader.ids or mine.filter(waits=True).exists():
        if decision.takes_away and not may_be_decided:
            found.append(_("Nothing will be taken away before you answer."))
    elif mine.exists():
        found.append(_("It affects you too. Whoever decides reads what you say."))
    options = models.Option.objects.seen_by(reader).filter(decision=decision.id).order_by("number")
    ways = [f"{row.name}. {row.words or ''}".strip() for row in options]
    if ways:
        found += [Heading(_("Ways this could go")), Points(tuple(ways))]
    if decision.answer_by and decision.answer_by >= clock.today():
        found.append(_("Please answer by %(day)s.") % {"day": words.day_of_week(decision.answer_by)})
    found.append(_("You can ask a question, ask for more time, or ask for help to answer."))
    if names:
        seers = words.listing(sorted(names.values()))
        found.append(_("%(who)s will see your answer.") % {"who": seers})
    return found


def _slip() -> list[Question]:
    return [
        Question(
            _("What do you think?"),
            (
                _("I agree"),
                _("I agree if something changes"),
                _("I do not agree"),
                _("I want something else"),
                _("I am not sure"),
                _("I do not want to answer"),
            ),
        ),
        Question(_("Say it in your own words"), lines=5),
        Question(
            _("If you do not agree: what do you want instead, or what would you need?"),
            (_("I do not know yet. I want help to say it"),),
            lines=3,
        ),
        Question(
            _("What would help you to answer?"), (_("More time"), _("A call"), _("A visit"), _("An advocate"))
        ),
    ]


def _replies_to(person: UUID, decision: models.Decision, reader: Actor) -> Iterator[str | Heading | Points]:
    """What they said, and what they were answered: a reply that they cannot read is no reply."""
    views = models.View.objects.seen_by(reader).filter(decision=decision.id, person=person, is_current=True)
    answers = {row.view: row for row in models.Reply.objects.seen_by(reader).filter(decision=decision.id)}
    for view in views.order_by("said_at"):
        answer = answers.get(view.id)
        if answer is None:
            continue
        yield Heading(_("What you said"))
        for said in (view.thinks, view.words, view.instead):
            if said:
                yield str(said)
        yield Heading(_("Our answer to you"))
        yield str(answer.words)


def _is_asked_if_agreed(person: UUID, decision: models.Decision) -> bool:
    """A small thing that a worker wrote down as agreed with them, and of which they have not said so."""
    if decision.size != "everyday" or decision.person != person or decision.state != models.State.DECIDED:
        return False
    said = models.AgreedWord.objects.seen_by(Actor(person=person)).filter(
        decision=decision.id, is_current=True
    )
    return not said.exists() and not models.AgreedWord.asks_no_more(person)


def _did_you_agree() -> list[Question]:
    answers = (*models.SaysAgreed.answers(), models.SaysAgreed.DO_NOT_ASK)
    return [
        Question(_("Did you agree this?"), tuple(str(one.label) for one in answers)),
        Question(_("How was it?"), lines=4),
    ]


def _does_it_answer_you() -> list[Question]:
    return [
        Question(_("Does our answer answer you?"), tuple(str(one.label) for one in models.Answered)),
        Question(_("What is still missing?"), lines=5),
    ]
