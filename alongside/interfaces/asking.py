"""From answers to a command: the one reading of what was sent, for the form, the API and the terminal.

Each gives its answers in its own way (boxes on a page, strict JSON, words on a terminal); all are checked
here against the same declaration, and a wrong answer gets the same kind sentence wherever it was given.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext as _
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    create_model,
)
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails, PydanticKnownError

from alongside.interfaces.wired import joined_records, may_type_for, office_of, wiring
from alongside.kernel import clock, rules
from alongside.kernel.asking import unknown_codes
from alongside.kernel.command import (
    COMMANDS,
    Actor,
    Asked,
    Command,
    Missing,
    NotAllowed,
    Reason,
    Refused,
    Shape,
    replace,
)

FIRST_YEAR, LAST_YEAR = 1900, 2200
LARGEST = 2_147_483_647  # what a whole number column holds on both databases
LONGEST_WORDS, MOST_AT_ONCE = 20_000, 100
Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST_WORDS)]


def _as_words(answers: "dict[str, str] | str") -> str:
    """Answers by their names as they are kept: as words. An older program sends them so already."""
    if isinstance(answers, str):
        return answers
    words = json.dumps(answers, ensure_ascii=False)
    if len(words) > LONGEST_WORDS:
        raise PydanticKnownError("string_too_long", {"max_length": LONGEST_WORDS})
    return words


_Name = Annotated[str, StringConstraints(min_length=1, max_length=80)]
ByName = Annotated[dict[_Name, Words] | Words, AfterValidator(_as_words)]


class Answers(BaseModel):
    """The base of every body: nothing but what is asked for."""

    model_config = ConfigDict(extra="forbid")


def askable() -> list[type[Command]]:
    """Every command that a person may send, by its name; those that only follow from others are left out."""
    wiring("ASKS")  # the wiring page brings in every room's commands
    return [COMMANDS[kind] for kind in sorted(COMMANDS) if not COMMANDS[kind].only_as_consequence]


def command_named(kind: str) -> type[Command]:
    """The command that records this. Raises Missing where there is none that a person may send."""
    wiring("ASKS")
    found = COMMANDS.get(kind)
    if found is None or found.only_as_consequence:
        raise Missing
    return found


def title_of(command: type[Command]) -> str:
    """What the command is for, in a few words: its title, or the first line of its docstring."""
    return str(command.title or _((command.__doc__ or "").strip().split("\n")[0].rstrip(".")))


def label_of(shape: Shape) -> Any:
    """The question of a field; without one, its name in words."""
    return shape.asked.label or shape.name.replace("_", " ").capitalize()


def codes_of(shape: Shape) -> list[tuple[str, Any]]:
    """The codes and names of a Code field, by the rules of this place today."""
    choices = rules.here(clock.today()).choices(shape.list_key)
    return [(code, _(name)) for code, name in choices]


@lru_cache(maxsize=512)
def body_of(command: type[Command]) -> type[Answers]:
    """The shape of what may be sent: the asked fields and no others."""
    fields: dict[str, Any] = {}
    for shape in command.asked_shapes():
        told = command.model_fields[shape.name]
        described = f"{shape.asked.label} {shape.asked.written}".strip()
        about: dict[str, Any] = {"description": described or None}
        made = Field(**about) if told.is_required() else Field(default=None, **about)
        fields[shape.name] = (_kind_of(shape, told), made)
    return create_model(
        "".join(word.capitalize() for word in command.records.replace(".", "_").split("_")),
        __base__=Answers,
        __doc__=(command.__doc__ or "").strip().split("\n")[0],
        **fields,
    )


def _kind_of(shape: Shape, told: FieldInfo) -> Any:
    one: Any
    if shape.kind == "sealed":
        one = ByName if shape.asked.by_name else Words
    elif shape.kind in ("own", "ref"):
        one = UUID
    elif shape.kind == "code":
        one = Annotated[str, StringConstraints(max_length=80)]
    else:
        limits = [limit for limit in told.metadata if not isinstance(limit, Asked)]
        whole: Any = told.annotation
        for limit in limits:
            whole = Annotated[whole, limit]
        return whole if told.is_required() else whole | None
    if shape.many:
        one = list[one]
    return one if told.is_required() else one | None


# Two ways in ------------------------------------------------------------------------------------


def from_json(command: type[Command], raw: bytes) -> Command:
    """Strict JSON: a word is not a number, and false is neither."""
    made = _made(command, lambda body: body.model_validate_json(raw, strict=True))
    _refuse(_said_twice(raw))
    return made


def _said_twice(raw: bytes) -> Iterator[Reason]:
    """A question answered twice: no reader could know which answer was meant."""
    pairs: list[tuple[str, Any]] = json.loads(raw, object_pairs_hook=list)
    names = [name for name, _value in pairs]
    for name, value in dict(pairs).items():
        inside = [one[0] for one in value if isinstance(one, tuple)] if isinstance(value, list) else []
        if names.count(name) > 1 or len(set(inside)) < len(inside):
            yield Reason(name, str(_("This question is answered twice. Answer it once.")))


def from_values(command: type[Command], values: Mapping[str, Any]) -> Command:
    """Values a form has read already, or words from a terminal; what was left blank is not there."""
    return _made(command, lambda body: body.model_validate(dict(values)))


def _made(command: type[Command], read: Callable[[type[Answers]], Answers]) -> Command:
    try:
        body = read(body_of(command))
        values = {name: getattr(body, name) for name in body.model_fields_set}
        values = {
            name: value for name, value in values.items() if value is not None or _may_be_none(command, name)
        }
        values = {name: value for name, value in values.items() if not _blank_code(command, name, value)}
        _refuse(_out_of_reach(values))
        _refuse(unknown_codes(command, values, clock.today()))
        return command.model_validate(values)
    except ValidationError as wrong:
        raise Refused(_reasons(command, wrong)) from wrong


def _may_be_none(command: type[Command], name: str) -> bool:
    return command.model_fields[name].default is None


def _blank_code(command: type[Command], name: str, value: Any) -> bool:
    """Whether a choice that may be left out was left blank: as if it had not been sent."""
    shape = command.shapes[name]
    return shape.kind == "code" and not shape.required and value == ""


def _refuse(reasons: Iterable[Reason]) -> None:
    found = list(reasons)
    if found:
        raise Refused(found)


def _out_of_reach(values: Mapping[str, Any]) -> Iterator[Reason]:
    """What no table can hold and no sum can be done with, whatever the field."""
    for name, value in values.items():
        many = isinstance(value, list | tuple)
        if many and len(value) > MOST_AT_ONCE:
            yield Reason(name, _("Give at most %(most)s at a time.") % {"most": MOST_AT_ONCE})
            continue
        for one in value if many else [value]:
            sentence = _too_far(one)
            if sentence:
                yield Reason(name, sentence)
                break


def _too_far(value: Any) -> str:
    if isinstance(value, str) and "\x00" in value:
        return str(_("Take out the character that cannot be shown."))
    if isinstance(value, bool):
        return ""
    if isinstance(value, int) and abs(value) > LARGEST:
        return str(_("Type a smaller number."))
    if isinstance(value, date | datetime) and not FIRST_YEAR <= value.year <= LAST_YEAR:
        return _("Type a year from %(first)s to %(last)s.") % {"first": FIRST_YEAR, "last": LAST_YEAR}
    return ""


# What is wrong, kindly ----------------------------------------------------------------------------


def _reasons(command: type[Command], wrong: ValidationError) -> Iterator[Reason]:
    seen = set()
    for error in wrong.errors(include_url=False, include_input=False):
        name = str(error["loc"][0]) if error["loc"] else ""
        field = name if name in command.model_fields else ""
        sentence = sentence_for(error, name)
        if (field, sentence) not in seen:
            seen.add((field, sentence))
            yield Reason(field, sentence)


def sentence_for(error: ErrorDetails, name: str) -> str:
    """What is wrong with one answer, and how to put it right."""
    limits = error.get("ctx", {})
    kind = error["type"]
    if kind == "extra_forbidden":
        return _("There is no question called “%(name)s” here. Take it out.") % {"name": name[:60]}
    if kind == "missing":
        return str(_("Answer this question."))
    if kind == "string_too_long":
        return _("Use at most %(most)s characters.") % {"most": limits.get("max_length", "")}
    if kind == "string_pattern_mismatch":
        return str(_("This is not written as it should be. Please check it."))
    if kind == "string_too_short":
        return _("Use at least %(least)s characters.") % {"least": limits.get("min_length", "")}
    if kind in ("greater_than_equal", "greater_than"):
        return _("Type a number of %(least)s or more.") % {"least": limits.get("ge", limits.get("gt", ""))}
    if kind in ("less_than_equal", "less_than"):
        return _("Type a number of %(most)s or less.") % {"most": limits.get("le", limits.get("lt", ""))}
    if kind in ("enum", "literal_error"):
        return _("Choose one of these: %(codes)s.") % {"codes": limits.get("expected", "")}
    if kind == "json_invalid":
        return str(_("We could not read this as JSON. Check its commas, quotes and brackets."))
    return _expected(kind)


def _expected(kind: str) -> str:
    """What an answer of the wrong kind should have been."""
    beginnings = {
        "uuid": _("Give the number of the thing, like 1b4e28ba-2fa1-41d2-883f-0016d3cca427."),
        "date": _("Give a date, like 2026-05-14."),
        "datetime": _("Give a date and time, like 2026-05-14T10:30:00+01:00."),
        "time": _("Give a time, like 10:30."),
        "bool": _("Answer true or false."),
        "int": _("Type a whole number."),
        "string": _("Answer in words."),
        "list": _("Give a list."),
        "model": _("Give one answer for each question, by its name."),
    }
    found = [sentence for beginning, sentence in beginnings.items() if kind.startswith(beginning)]
    return str(found[-1] if found else _("We could not understand this answer. Please check it."))


def in_office(actor: Actor) -> Actor:
    """The actor with the office they hold, as the record is to name it."""
    if actor.person is None or actor.only is not None or actor.office is not None:
        return actor
    office = office_of(actor.person)
    return replace(actor, office=office) if office else actor


# Typed for somebody, and without a name -----------------------------------------------------------


def typing_for(actor: Actor, person: UUID, how: str) -> Actor:
    """The actor of an assisted act: the person's, with who typed it and how they said it."""
    allowed = {one for one, _name in may_type_for(actor.person)} if actor.person else set()
    if person not in allowed or actor.only is not None or actor.typed_by is not None:
        raise NotAllowed(_("Only someone who works with this person, or speaks for them, can type for them."))
    if how not in ways_of_saying():
        raise Refused(
            [("how", _("Say how they told you: %(ways)s.") % {"ways": ", ".join(ways_of_saying())})]
        )
    _stands, former = joined_records(person)
    typed = replace(actor, typed_by=actor.person, how=how, strong=False, office=None)
    return replace(typed, person=person, former=former, voices=frozenset())


def how_it_counts(command: type[Command]) -> str:
    """What holds of a thing that somebody types for another. Nothing, where nobody types it for anyone."""
    return " ".join(str(hand.sentence) for hand in command.by_another) if command.assisted else ""


def at_the_keys(command: type[Command]) -> str:
    """As what it is taken where nobody knows who is at the keys. Nothing, where it is not taken there."""
    return str(command.at_the_keys.sentence) if command.at_the_keys is not None else ""


def ways_of_saying() -> dict[str, str]:
    """How somebody may have said what another types for them."""
    return {
        "in_person": str(_("Face to face")),
        "phone": str(_("By phone")),
        "paper": str(_("On paper")),
        "text": str(_("By text message or email")),
        "interpreter": str(_("Through an interpreter")),
        "other": str(_("In signs, pictures or another way")),
    }
