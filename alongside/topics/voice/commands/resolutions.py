"""Resolutions word for word, their later versions, and each place where they are quoted."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.interfaces import words
from alongside.kernel import clock
from alongside.kernel.command import Actor, Ask, At, Fresh, Id, Lazy, Recorded, Ref, Sealed
from alongside.topics.people.commands.looking import look_by
from alongside.topics.people.models import Office
from alongside.topics.people.models.read_first import at_first
from alongside.topics.people.policy import names_of, organisations_of
from alongside.topics.voice.commands.base import Objections, VoiceCommand
from alongside.topics.voice.engine import ALTERED, EXACT, SHORTENED, compare
from alongside.topics.voice.models import Hearing, Quote, Resolution, Version
from alongside.topics.voice.policy import of_its_body, of_the_body, somebody

MOST_COMPARED = 20  # versions, the latest first, that a quote is set beside where none was named

MOST_VOTES = 10_000_000
MOST_REQUESTS = 200  # that can be chosen from, the newest first


class PassResolution(VoiceCommand):
    """Put a resolution on record, word for word."""

    records = "voice.resolution_passed"
    may = of_the_body
    says = _("%(by)s put a resolution on record.")
    judged_on = "organisation"
    page: ClassVar[str] = "voice:resolution"
    done: ClassVar[Lazy] = _(
        "It is on record, word for word. Every place that quotes it can be checked against it."
    )

    resolution: Fresh[Resolution] = Ask(settled=True)
    edition: Fresh[Version] = Ask(settled=True)
    organisation: Annotated[UUID, Ref("people.Organisation")] = Ask(
        _("Whose resolution is it?"), used_for=_("Everyone sees who resolved this.")
    )
    name: Sealed = Ask(
        _("What is it called, in a few words?"),
        used_for=_("People find it by this."),
        belongs_to="thing",
        widget="line",
    )
    words: Sealed = Ask(
        _("The resolution, word for word"),
        used_for=_("Each quote is checked against these words."),
        belongs_to="thing",
    )
    passed_by: Sealed = Ask(
        _("Which meeting passed it?"),
        used_for=_("It says with whose voice it speaks."),
        belongs_to="thing",
        widget="line",
    )
    passed_on: date = Ask(_("On which day?"), used_for=_("Versions stand in the order of their days."))
    votes_for: int | None = Ask(_("Votes for, if it was voted on"), default=None, ge=0, le=MOST_VOTES)
    votes_against: int | None = Ask(_("Votes against"), default=None, ge=0, le=MOST_VOTES)
    votes_abstained: int | None = Ask(_("How many abstained"), default=None, ge=0, le=MOST_VOTES)
    is_open: bool = Ask(_("Everyone may read it"), default=True, widget="radios")

    @classmethod
    def choices_within(
        cls, field: str, actor: Actor, given: Mapping[str, Any]
    ) -> list[tuple[UUID, str]] | None:
        if field != "organisation" or actor.person is None:
            return None
        return sorted(names_of(organisations_of(actor.person, clock.now())).items(), key=lambda pair: pair[1])

    def objections(self, at: At) -> Objections:
        if not self.name:
            yield "name", _("Give it a name, so that people can find it.")
        yield from _whole(self.words, self.passed_by, self.passed_on, at)

    def apply(self, entry: Recorded) -> None:
        Resolution.begin(
            entry,
            id=self.resolution,
            organisation=self.organisation,
            is_open=self.is_open,
            title=self.name,
            versions=1,
            first_passed_on=self.passed_on,
        )
        _begin(self, entry, number=1, why=None)


class ReviseResolution(VoiceCommand):
    """Put a later version of a resolution on record."""

    records = "voice.resolution_revised"
    may = of_its_body
    says = _("%(by)s put a later version of the resolution on record. The earlier one stands beside it.")
    page: ClassVar[str] = "voice:resolution"

    resolution: Id[Resolution]
    edition: Fresh[Version] = Ask(settled=True)
    words: Sealed = Ask(
        _("The resolution as it is now, word for word"),
        used_for=_("Each quote is checked against the version it is from."),
        belongs_to="thing",
    )
    why: Sealed = Ask(
        _("Why was it changed?"), used_for=_("Readers of the earlier words want to know."), belongs_to="thing"
    )
    passed_by: Sealed = Ask(
        _("Which meeting passed it?"),
        used_for=_("It says with whose voice it speaks."),
        belongs_to="thing",
        widget="line",
    )
    passed_on: date = Ask(_("On which day?"), used_for=_("Versions stand in the order of their days."))
    votes_for: int | None = Ask(_("Votes for, if it was voted on"), default=None, ge=0, le=MOST_VOTES)
    votes_against: int | None = Ask(_("Votes against"), default=None, ge=0, le=MOST_VOTES)
    votes_abstained: int | None = Ask(_("How many abstained"), default=None, ge=0, le=MOST_VOTES)
    number: int = Ask(settled=True, default=0)

    def settle(self, resolution: Resolution, at: At) -> Mapping[str, Any]:
        return {"number": resolution.versions + 1}

    def objections(self, resolution: Resolution, at: At) -> Objections:
        yield from _whole(self.words, self.passed_by, self.passed_on, at)
        if not self.why:
            yield "why", _("Say why it was changed.")
        before = Version.everything.filter(resolution=resolution.id).order_by("-number").first()
        if before is not None and str(before.words or "") == str(self.words or ""):
            yield "words", _("These are the words it has already.")
        if before is not None and self.passed_on < before.passed_on:
            yield "passed_on", _("The version before it was passed later. Check the day.")

    def apply(self, resolution: Resolution, entry: Recorded) -> None:
        _begin(self, entry, number=self.number, why=self.why)
        resolution.change(entry, versions=self.number)


def _whole(words: Any, passed_by: Any, passed_on: date, at: At) -> Objections:
    if not words:
        yield "words", _("Type the resolution, word for word.")
    if not passed_by:
        yield "passed_by", _("Say which meeting passed it.")
    if passed_on > at.date():
        yield "passed_on", _("This day has not come yet.")


def _begin(said: PassResolution | ReviseResolution, entry: Recorded, *, number: int, why: Any) -> None:
    Version.begin(
        entry,
        id=said.edition,
        resolution=entry.thing,
        number=number,
        words=said.words,
        passed_by=said.passed_by,
        passed_on=said.passed_on,
        votes_for=said.votes_for,
        votes_against=said.votes_against,
        votes_abstained=said.votes_abstained,
        why=why,
    )


class NoteQuote(VoiceCommand):
    """Note a place where a resolution is quoted."""

    records = "voice.resolution_quoted"
    may = somebody
    says = _("%(by)s noted a place where the resolution is quoted.")
    page: ClassVar[str] = "voice:resolution"
    done: ClassVar[Lazy] = _(
        "We compared the quote with the text. Somebody else may have to read it before everyone can."
    )
    seen_by_line: ClassVar[Lazy] = _(
        "Whoever can read the resolution can read this, once somebody has read it. Your name is not shown."
    )
    may_be_anonymous: ClassVar[bool] = True

    resolution: Id[Resolution]
    edition: Id[Version] | None = Ask(
        _("Which version does it quote?"),
        blank=_("I do not know. Take the one with these words, or else the one that stood on that day."),
        default=None,
    )
    quote: Fresh[Quote] = Ask(settled=True)
    words: Sealed = Ask(
        _("The exact words quoted there"),
        hint=_("Mark words left out with three dots, as they do."),
        used_for=_("We compare them with the text."),
        belongs_to="thing",
    )
    place: Sealed = Ask(
        _("Where is it quoted?"),
        hint=_("For example a minute, a leaflet, or the address of a web page."),
        used_for=_("Anyone can go and look."),
        belongs_to="thing",
        widget="line",
    )
    quoted_by: Annotated[UUID, Ref("people.Organisation")] | None = Ask(
        _("Which body quotes it there?"),
        hint=_("Leave this blank if it is none on record here."),
        used_for=_("Everyone sees who uses these words, and how."),
        default=None,
    )
    quoted_as: Sealed = Ask(
        _("Which office, group or role quotes it?"),
        hint=_("For example: the press office. Name no person."),
        used_for=_("Everyone sees who uses these words, and how."),
        default="",
        belongs_to="thing",
        widget="line",
    )
    quoted_on: date | None = Ask(
        _("On which day was it quoted there?"),
        hint=_("Leave this blank if you do not know. Then we take today."),
        used_for=_("We compare it with the version that stood on that day."),
        default=None,
    )
    matter: Annotated[UUID, Ref("decisions.Decision")] | None = Ask(
        _("Is it quoted in a decision?"), default=None
    )
    hearing: Id[Hearing] | None = Ask(_("Was it quoted when people asked to be heard?"), default=None)
    of_version: UUID | None = Ask(settled=True)
    number: int = Ask(settled=True, default=0)
    check_says: str = Ask(settled=True, default="")
    found_on: date | None = Ask(settled=True)
    quoted: int = Ask(settled=True, default=0)  # in entries from before: the places are counted from the rows
    altered: int = Ask(settled=True, default=0)
    look_by: date | None = Ask(settled=True)  # nothing where nobody need read it first

    @classmethod
    def choices_within(
        cls, field: str, actor: Actor, given: Mapping[str, Any]
    ) -> list[tuple[UUID, str]] | None:
        if field == "hearing":
            return _requests(actor)
        if field != "edition" or not given.get("resolution"):
            return None
        rows = Version.objects.seen_by(actor).filter(resolution=given["resolution"]).order_by("-number")
        return [(row.id, str(row)) for row in rows]

    def settle(
        self, resolution: Resolution, edition: Version | None, hearing: Hearing | None, at: At
    ) -> Mapping[str, Any]:
        rows = list(Version.everything.filter(resolution=resolution.id).order_by("number"))
        day = self.quoted_on or at.date()
        stood = [row for row in reversed(rows) if row.passed_on <= day] or rows[:1]
        nearest = min(stood[:MOST_COMPARED], key=self._how_far)  # of two that are as near, the later one
        of = edition or nearest
        found = compare(str(of.words or ""), str(self.words or ""))
        return {
            "of_version": of.id,
            "number": of.number,
            "check_says": found,
            "found_on": at.date(),
            "look_by": look_by(at.date()) if self._waits(resolution, at) else None,
        }

    def _how_far(self, version: Version) -> int:
        """How far the words are from this version: an earlier one may be what they quote, word for word."""
        return (EXACT, SHORTENED, ALTERED).index(compare(str(version.words or ""), str(self.words or "")))

    def _waits(self, resolution: Resolution, at: At) -> bool:
        """What everyone will read waits, unless an office of the body that quotes stands beside it."""
        if at.office is None or self.quoted_by is None:
            return resolution.is_open
        own = Office.everything.filter(id=at.office, organisation=self.quoted_by)
        return resolution.is_open and not own.exists()

    def objections(
        self, resolution: Resolution, edition: Version | None, hearing: Hearing | None, at: At
    ) -> Objections:
        if not Resolution.objects.seen_by(at.by, at.moment).filter(pk=resolution.id).exists():
            yield "", _("We cannot find that resolution.")
        if edition is not None and edition.resolution != resolution.id:
            yield "edition", _("Choose a version of this resolution. That one is of another.")
        if (
            hearing is not None
            and not Hearing.objects.seen_by(at.by, at.moment).filter(pk=hearing.id).exists()
        ):
            yield "hearing", _("We could not find that. Please choose again.")
        if self.quoted_on is not None and self.quoted_on > at.date():
            yield "quoted_on", _("This day has not come yet.")
        elif self.quoted_on is not None and edition is not None and edition.passed_on > self.quoted_on:
            yield "edition", _("That version was passed later. Choose one that stood on that day.")
        if not self.words:
            yield "words", _("Type the words that are quoted.")
        if not self.place:
            yield "place", _("Say where it is quoted.")

    def apply(
        self, resolution: Resolution, edition: Version | None, hearing: Hearing | None, entry: Recorded
    ) -> None:
        Quote.begin(
            entry,
            id=self.quote,
            resolution=resolution.id,
            version=self.of_version,
            number=self.number,
            words=self.words,
            place=self.place,
            matter=self.matter,
            hearing=self.hearing,
            check_says=self.check_says,
            quoted_on=self.quoted_on,
            found_on=self.found_on,
            quoted_by=self.quoted_by,
            quoted_as=self.quoted_as or None,
            noted_by=entry.by,
            noted_office=entry.office,
            **at_first(self.look_by),
        )
        resolution.change(entry)


def _requests(actor: Actor) -> list[tuple[UUID, str]]:
    """The requests to be heard that somebody may see, told apart: two groups asked about one thing at one
    meeting, and one group asked twice."""
    rows = list(Hearing.objects.seen_by(actor).order_by("-meets_on", "-asked_on", "id")[:MOST_REQUESTS])
    names = names_of(row.body for row in rows if row.body is not None)
    said = _("%(meeting)s, %(meets)s: %(item)s. Asked by %(who)s on %(asked)s")
    one, several = _("one person"), _("several people")
    return [
        (
            row.id,
            said
            % {
                "meeting": row.meeting or "",
                "meets": words.day(row.meets_on),
                "item": row.item or "",
                "who": names.get(row.body) if row.body else row.who or (several if row.people > 1 else one),
                "asked": words.day(row.asked_on),
            },
        )
        for row in rows
    ]
