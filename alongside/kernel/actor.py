"""Who is doing something, by which way, and how surely we know it."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

INSTALLATION = UUID("00000000-0000-4000-8000-000000000001")  # the author of what the clock alone does
PUBLIC = UUID("00000000-0000-4000-8000-000000000002")  # the author of what somebody did without a name


@dataclass(frozen=True)
class Actor:
    """Who is doing this, by which way, and how surely we know it."""

    person: UUID | None = None
    office: UUID | None = None  # the office they act for: what public pages show
    typed_by: UUID | None = None  # who typed, when they typed for somebody else
    how: str = ""  # how that somebody said it: phone, paper, in person, through an interpreter
    strong: bool = False  # came by passkey or the council's single sign-on
    installation: bool = False  # the clock, a consequence, the made-up place's builder
    way: str = "page"  # page | api | cli | import | program | clock | code | shared_code | face
    only: UUID | None = None  # came with a code from a letter: this one matter and nothing else
    voices: frozenset[UUID] = field(default=frozenset())  # this person's pseudonyms
    former: frozenset[UUID] = field(default=frozenset())  # records that were joined into this person's

    @property
    def author(self) -> UUID:
        return INSTALLATION if self.installation else self.person or PUBLIC

    @property
    def ids(self) -> list[UUID]:
        """The person, by every record of theirs, and their pseudonyms, for `in` lookups."""
        return self.records + sorted(self.voices)

    @property
    def records(self) -> list[UUID]:
        """The person's record, and those that were joined into it."""
        return ([self.person] if self.person else []) + sorted(self.former)


NOBODY = Actor()
SHARED_CODE = "shared_code"  # the way of a code that went where somebody else can see it
OWN_PROGRAM = "api"  # the way of a program that a person lets act for them: their own hand
TERMINAL, FILE, PROGRAM = "cli", "import", "program"  # by a program: with a token made at a terminal
AT_KEYS = frozenset({TERMINAL, FILE, PROGRAM})  # whoever holds this installation’s keys comes as anybody
UNHEARD_WAYS = AT_KEYS | {SHARED_CODE}  # there we cannot know who was at the keys
FACE = "face"  # the way of somebody who, in a made-up place, only looks through another’s eyes
THE_CLOCK = Actor(installation=True, way="clock", strong=True)
