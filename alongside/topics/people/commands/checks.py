"""What several commands of this room ask before they go ahead."""

from collections.abc import Iterator
from typing import Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel import rules
from alongside.kernel.actor import OWN_PROGRAM
from alongside.kernel.command import At, Command
from alongside.kernel.policy import INSTALLATION, SHARED_CODE, UNHEARD_WAYS, Actor, the_installation
from alongside.topics.people.models import Kinds, Link, Person, PersonState
from alongside.topics.people.models.links import live
from alongside.topics.people.policy import (
    has_live_link,
    is_advocate_of,
    is_the_person,
    manager_of,
    ways_of,
    who_added,
    worker_of,
    works_with,
)

Reasons = Iterator[tuple[str, Any]]


class PeopleCommand(Command):
    """A command of this room: afterwards the page of what it was about is shown."""

    page: ClassVar[str] = "people:of"
    page_before: ClassVar[str] = "people:of"


NOT_BY_A_SHARED_CODE = _(
    "We cannot be sure that it is you who types this. Ring us, sign in, or ask someone you trust."
)
HAVE_DIED = _("It is written down that they have died. If that is a mistake, say so on their page.")
the_person_here = is_the_person("pk")  # for commands judged on the table of persons itself
those_who_work_for_them = worker_of("pk") | manager_of("pk") | who_added | the_installation
they_or_their_workers = the_person_here | those_who_work_for_them


def pack(at: At) -> rules.Pack:
    """The rules of this place on the day."""
    return rules.here(at.date())


def not_in(list_key: str, code: str, at: At, field: str) -> Reasons:
    """A code that the rules do not know."""
    if code not in pack(at).codes(list_key):
        yield field, _("Choose one from the list.")


def not_strong(at: At, person: UUID) -> Reasons:
    """Somebody else's act on a person's record, without a passkey or the council's sign-in."""
    if at.by.person != person and not at.by.strong and at.because is None:
        yield "", _("To change this for others, sign in with your passkey or your council account.")


def not_by_code(at: At) -> Reasons:
    """What a code from a letter does not open: somebody else may hold the letter."""
    if at.by.only is not None:
        yield "", _("A code from a letter is not enough for this. Sign in, or ring us.")


def not_by_program(person: UUID, at: At) -> Reasons:
    """What a program does not do for the one who let it in: open a way in that stays open once it is stopped,
    or close theirs, so that they could not stop it."""
    if at.by.way == OWN_PROGRAM and at.by.person == person:
        yield "", _("A program cannot change how you come in or how we reach you. Do this yourself.")


def not_in_use(person: Person) -> Reasons:
    """A record that was joined with another, or erased."""
    if person.state == PersonState.MERGED:
        yield "", _("This record was joined with another. Open the other one and try again.")
    elif person.state == PersonState.ERASED:
        yield "", _("This record was erased. Nothing can be added to it.")
    elif person.state == PersonState.DIED:
        yield "", HAVE_DIED


def without_name(name: Any, field: str = "name") -> Reasons:
    """A name that is not there, or far too long to be one."""
    if not str(name or "").strip():
        yield field, _("Type a name.")
    elif len(str(name)) > 200:
        yield field, _("Type a name with fewer than 200 letters.")


def not_away_from(speaker: UUID, person: UUID, at: At) -> Reasons:
    """Consent to a speaker is asked away from them: not typed by them, nor sent where they can read it."""
    if at.by.typed_by is not None and at.by.typed_by == speaker:
        yield "", _("This is asked when you are not together. Somebody else can write it down.")
    shared = [way for way in ways_of(person, at.moment) if way.shared_with == speaker]
    if at.by.way in ("code", SHARED_CODE) and shared:
        yield "", _("You share a phone or an address with them. Tell us in another way: ring us, or meet us.")


def typed_by_someone_near(person: UUID, at: At) -> Reasons:
    """What keeps a person safe is never typed by somebody in their own circle."""
    near = (*Kinds.CIRCLE, *Kinds.SPEAKERS)
    typist = at.by.typed_by
    if typist is not None and has_live_link(typist, person, near, at.moment):
        yield "", _("Tell us this yourself, or with your worker. Nobody close to you can do it for you.")


def typed_by_their_workers(person: UUID, at: At) -> bool:
    """Whether somebody who works with the person typed this for them, and not an advocate."""
    typist = at.by.typed_by
    if typist is None or is_advocate_of(typist, person, at.moment):
        return False
    return works_with(Actor(person=typist), person, at.moment)


def who_wrote_it(person: UUID, at: At) -> UUID | None:
    """Whose hand wrote an address down: nobody else’s, where it was the person, by a way that no one saw."""
    if at.by.installation:
        return None
    hand = at.by.typed_by or at.by.person
    if hand not in at.by.records or person not in at.by.records:
        return hand
    return INSTALLATION if at.by.way in UNHEARD_WAYS else None


IN_THEIR_OWN_NAME = _("You work with them. Say it in your own name, and not in theirs.")


def has_post(person: UUID, team: UUID, at: At) -> bool:
    """Whether somebody works in this team now."""
    rows = Link.everything.filter(live(at.moment), person=person, other=None, team=team)
    return rows.filter(kind__in=list(Kinds.COLLEAGUES)).exists()


def known_but(person: str, actor: Actor) -> list[tuple[UUID, str]]:
    """The people whom the actor may know of, by name, without this one: for a form to choose from."""
    return [(pk, name) for pk, name in Person.choices_for(actor) if str(pk) != person]
