"""What a command is: one thing a person does, declared once.

From a command's declaration come its form, its API call, its command-line verb, its sentence in the
record and its row in the who-may table. The door (door.py) is the only place that carries one out.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, ClassVar, Self
from uuid import UUID

from msgspec import Struct
from pydantic import BaseModel, ConfigDict

from alongside.kernel.fields import (
    NEEDED,
    Ask,
    Asked,
    Code,
    Fresh,
    Id,
    Lazy,
    Ref,
    Sealed,
    Shape,
    Slot,
    shape_of,
)
from alongside.kernel.hands import AsWhat, Hand, shut_to
from alongside.kernel.policy import Actor, Rule

# What a command says when it cannot be done -------------------------------------------------------


@dataclass(frozen=True)
class Reason:
    """One thing in the way, beside the question it belongs to ('' when it belongs to none)."""

    field: str
    sentence: str


class Refused(Exception):
    """The command cannot be done now. Every reason says what to do instead; nothing was written."""

    def __init__(self, reasons: Iterable[Reason | tuple[str, Lazy]]) -> None:
        self.reasons = [r if isinstance(r, Reason) else Reason(r[0], str(r[1])) for r in reasons]
        super().__init__(" ".join(dict.fromkeys(reason.sentence for reason in self.reasons)))


class NotAllowed(Exception):
    """This person may not do this. It says who can."""

    def __init__(self, sentence: Lazy) -> None:
        self.sentence = str(sentence)
        super().__init__(self.sentence)


class NotStrong(NotAllowed):
    """They may do this, once they have signed in more surely."""


class Missing(Exception):
    """There is no such thing, or this person may not know that there is: the same answer to both."""


# What surrounds a command -------------------------------------------------------------------------


class At(Struct, frozen=True):
    """The moment and the person of a command, as its objections may ask about them."""

    moment: datetime
    by: Actor
    today: date  # the date in London at that moment
    because: UUID | None = None
    unnamed: bool = False  # it is done without a name: then no office goes with it either

    def date(self) -> date:
        return self.today

    @property
    def office(self) -> UUID | None:
        """The office that will stand beside what is said."""
        return None if self.unnamed else self.by.office


class Recorded(Struct, frozen=True):
    """What `apply` is told about the entry: the same at the door and in a rebuild."""

    id: UUID
    number: int
    at: datetime
    by: UUID  # a person, a pseudonym for this matter, or the installation
    kind: str
    thing: UUID
    place: int
    about: UUID | None = None
    office: UUID | None = None
    typed_by: UUID | None = None
    how: str = ""
    because: UUID | None = None


COMMANDS: dict[str, "type[Command]"] = {}


@dataclass(frozen=True)
class Instead:
    """Why somebody cannot answer, who can, and what they can do: kinds of command with their answers."""

    sentences: Sequence[Lazy]
    ways: Sequence[tuple[str, Mapping[str, Any], Lazy]]
    about: Lazy = ""  # the thing it is about, in its own words


class Command(BaseModel):
    """The base of every command. See the module's first lines and DESIGN section 3."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        arbitrary_types_allowed=True,
        strict=False,
        defer_build=True,  # what checks a command is built when the first of its kind is made
    )

    records: ClassVar[str] = ""
    version: ClassVar[int] = 1
    may: ClassVar[Rule]
    says: ClassVar[Lazy] = ""
    says_to_you: ClassVar[Lazy] = ""  # to whoever did it, where “You” for their name would not do
    says_about_you: ClassVar[Lazy] = ""  # to the person it is about, where `says` names them as “the person”
    thing: ClassVar[str] = (
        ""  # the field that names what this is about; the first Id or Fresh field by default
    )
    judged_on: ClassVar[str] = ""  # the field whose row `may` is judged on; the thing by default
    only_as_consequence: ClassVar[bool] = False
    in_bulk: ClassVar[bool] = False  # imports: who may is asked once a transaction, not once a row
    strong: ClassVar[bool] = False  # deciding on others: needs a passkey or single sign-on
    upcasts: ClassVar[Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]]] = {}
    # How it is shown, where the declaration alone would show it poorly.
    page: ClassVar[str] = ""  # the name of the thing's page, to go on to
    page_before: ClassVar[str] = (
        ""  # the one to go back to, where that is another; of what a new thing belongs to
    )
    title: ClassVar[Lazy] = ""  # the docstring's first line by default
    lead: ClassVar[Lazy] = ""
    button: ClassVar[Lazy] = ""
    later: ClassVar[tuple[str, ...]] = ()  # questions most people leave blank: folded away below the others
    later_says: ClassVar[Lazy] = ""  # what the fold over them is called
    done: ClassVar[Lazy] = ""  # the sentence after it is done
    to_oneself: ClassVar[Mapping[str, Lazy]] = {}  # where a form is of its reader: "title", "name.hint" …
    seen_by_line: ClassVar[Lazy] = ""  # who will see the answer
    assisted: ClassVar[bool] = False  # a worker may type it for somebody
    by_another: ClassVar[tuple[Hand, ...]] = ()  # how it counts then, and who may not; nothing: own hand only
    at_the_keys: ClassVar[AsWhat | None] = None  # as what it is taken at a terminal; nothing: not at all
    shut_to: ClassVar[frozenset[str]] = frozenset()  # follows from the two above: the ways that it refuses
    may_be_anonymous: ClassVar[bool] = False
    under_a_pseudonym: ClassVar[bool] = False  # never done with a name: the author is a pseudonym, always
    shapes: ClassVar[dict[str, Shape]] = {}
    _shapes_of_kind: ClassVar[dict[str, list[Shape]]] = {}

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        if not cls.records:
            return
        known = COMMANDS.get(cls.records)
        if known is not None and known.__qualname__ != cls.__qualname__:
            raise TypeError(f"{cls.records} is recorded by {known.__qualname__} already")
        if cls.assisted and not set(cls.by_another) - {Hand.OWN_RULE}:
            raise TypeError(f"{cls.__qualname__} may be typed for another: `by_another` says how it counts")
        cls.shut_to = shut_to(cls.by_another, cls.at_the_keys)
        cls.shapes = {name: shape_of(name, info) for name, info in cls.model_fields.items()}
        cls._shapes_of_kind = {}
        for shape in cls.shapes.values():
            cls._shapes_of_kind.setdefault(shape.kind, []).append(shape)
        if not cls.thing:
            cls.thing = next((s.name for s in cls.shapes.values() if s.kind in ("own", "fresh")), "")
        if not cls.thing:
            raise TypeError(f"{cls.__qualname__} names no thing: give it an Id or a Fresh field")
        if not cls.judged_on:
            judged = [s.name for s in cls.shapes.values() if s.kind in ("own", "ref") and not s.many]
            cls.judged_on = cls.thing if cls.shapes[cls.thing].kind == "own" else next(iter(judged), "")
        COMMANDS[cls.records] = cls

    # What a topic writes. The rows of the Id fields come first, in the order of their declaration.

    def settle(self, *things: Any) -> Mapping[str, Any]:
        """The last argument is At. Values settled at the door: due dates, sizes, prices, lots."""
        return {}

    def objections(self, *things: Any) -> Iterator[tuple[str, Lazy]]:
        """The last argument is At. Everything that stands in the way, each with what to do."""
        return iter(())

    def apply(self, *things: Any) -> None:
        """The last argument is Recorded. The only writer of the tables: copies, never decides."""

    def also_locks(self) -> Iterable[UUID]:
        """Other things whose head rows this command's guard needs still."""
        return ()

    def about(self, *things: Any) -> UUID | None:
        """The person whose life this entry is about, if any. The last argument is At."""
        return None

    def owner(self, name: str, things: tuple[Any, ...], at: At) -> UUID | None:
        """Whose words the sealed field `name` holds, where a field's `belongs_to` is not enough."""
        return None

    def leaves(self, *things: Any) -> Iterable[tuple[str, Mapping[str, Any]]]:
        """(kind, payload) of what is to leave the house because of this. The last argument is Recorded."""
        return ()

    def gaps(self) -> Mapping[str, Any]:
        """The named gaps of `says` beside %(by)s."""
        return {}

    @classmethod
    def sentence_of(cls, fields: Mapping[str, Any]) -> Lazy:
        """The sentence of one entry: `says`, or another where its fields made it more than that."""
        return cls.says

    @classmethod
    def sentence_to(cls, fields: Mapping[str, Any], *, did_it: bool, is_about: bool) -> Lazy:
        """The same, to one reader: nobody reads of themself as of somebody else."""
        theirs = (cls.says_about_you if is_about else "") or (cls.says_to_you if did_it else "")
        return theirs or cls.sentence_of(fields)

    @classmethod
    def title_for(cls, actor: Actor, given: Mapping[str, Any]) -> Lazy:
        """The title of its form, where that depends on what the address names; nothing: the usual."""
        return ""

    @classmethod
    def lead_for(cls, actor: Actor, given: Mapping[str, Any]) -> Lazy:
        """What stands under the title, where that depends on who reads it."""
        return cls.lead

    @classmethod
    def is_of_another(cls, actor: Actor, given: Mapping[str, Any]) -> bool:
        """Whether a form that names what is of another asks for their word, not for the reader’s own."""
        return True

    @classmethod
    def shown_above(cls, actor: Actor, given: Mapping[str, Any]) -> list[tuple[Lazy, Any]]:
        """What its form shows over the questions of what the address names, where no row says it."""
        return []

    @classmethod
    def later_said(cls, asked: Collection[str]) -> Lazy:
        """What the fold over `later` is called, where that depends on which of them are asked."""
        return cls.later_says

    @classmethod
    def choices_within(
        cls, field: str, actor: Actor, given: Mapping[str, Any]
    ) -> Iterable[tuple[Any, Lazy]] | None:
        """(value, words) of what this actor may choose from, once it is known what the address names. None:
        the usual."""
        return None

    @classmethod
    def not_offered(cls, field: str, actor: Actor, given: Mapping[str, Any]) -> Iterable[UUID]:
        """Whom the thing itself makes a wrong answer."""
        return ()

    def known_here(self, field: str, wanted: Collection[UUID], at: At) -> Collection[UUID]:
        """Of those whom this names and its giver knows from nowhere else: whom they read of in this thing."""
        return ()

    @classmethod
    def said_before(cls, actor: Actor, given: Mapping[str, Any]) -> Mapping[str, Any]:
        """The answers a form begins with: what this actor said before in the same place. The key
        `anonymous` says that they did so without their name."""
        return {}

    @classmethod
    def said_to_speaker(cls, actor: Actor, given: Mapping[str, Any]) -> Mapping[str, Lazy]:
        """In which words its form asks whoever speaks for somebody in it, named as in `to_oneself`, and
        "seen_by_line". Nothing: they speak for themself."""
        return {}

    @classmethod
    def to_weigh(cls, actor: Actor, given: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
        """What a person may want to weigh before they answer: the page of the form shows it folded."""
        return ()

    @classmethod
    def said_instead(cls, actor: Actor, given: Mapping[str, Any]) -> "Instead | None":
        """What a page says in place of a form that this actor could fill in for nobody."""
        return None

    # What the door uses -------------------------------------------------------------------------

    @classmethod
    def shapes_of(cls, kind: str) -> list[Shape]:
        """The fields of one kind, in the order of their declaration."""
        return cls._shapes_of_kind.get(kind, [])

    def having(self, values: Mapping[str, Any]) -> Self:
        """The same command with some values settled; nothing is checked again."""
        made, put = object.__new__(type(self)), object.__setattr__
        put(made, "__dict__", {**self.__dict__, **values})
        put(made, "__pydantic_fields_set__", self.__pydantic_fields_set__)
        put(made, "__pydantic_extra__", None)
        put(made, "__pydantic_private__", None)
        return made

    @classmethod
    def own_links(cls) -> list[Shape]:
        return cls.shapes_of("own")

    @classmethod
    def asked_shapes(cls) -> list[Shape]:
        """The fields a form asks for."""
        return [s for s in cls.shapes.values() if s.kind != "fresh" and not s.asked.settled]

    @property
    def thing_id(self) -> UUID:
        found: UUID = getattr(self, self.thing)
        return found


Command.__annotations__.clear()  # every command would read these again, and none of them is a field


__all__ = [
    "COMMANDS",
    "NEEDED",
    "Actor",
    "AsWhat",
    "Ask",
    "Asked",
    "At",
    "Code",
    "Command",
    "Fresh",
    "Hand",
    "Id",
    "Instead",
    "Lazy",
    "Missing",
    "NotAllowed",
    "NotStrong",
    "Reason",
    "Recorded",
    "Ref",
    "Refused",
    "Sealed",
    "Shape",
    "Slot",
    "field",
    "replace",
]
