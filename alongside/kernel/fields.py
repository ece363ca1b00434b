"""The kinds of field a command may have, and how each is asked for."""

from __future__ import annotations

import types
from dataclasses import dataclass
from typing import Annotated, Any, Generic, TypeVar, Union, get_args, get_origin
from uuid import UUID

from django.apps import apps
from django.db import models
from django.utils.translation import gettext_lazy as _
from pydantic import Field, GetCoreSchemaHandler
from pydantic.fields import FieldInfo
from pydantic_core import CoreSchema, PydanticUndefined, core_schema

from alongside.kernel.letters import as_it_shows
from alongside.kernel.seal import Box

Lazy = Any  # a translatable sentence: str or gettext_lazy's proxy, which typing cannot name
M = TypeVar("M", bound=models.Model)


NEEDED: Lazy = _("needed")  # beside a question that may be left out, and is needed wherever it is asked


def as_id(value: object) -> UUID | None:
    """The id that a form, an address or a program sent; nothing where it is none."""
    try:
        return UUID(str(value)) if value else None
    except ValueError:
        return None


class Id(UUID, Generic[M]):
    """A row of the topic's own tables. The door loads it and hands the row to the command."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.uuid_schema()


class Fresh(UUID, Generic[M]):
    """The id of a row this command makes. Nobody fills it in: the door mints it."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.uuid_schema()


@dataclass(frozen=True)
class Ref:
    """A row of another topic, by the table's name: checked for existence and visibility, never loaded."""

    table: str

    @property
    def model(self) -> type[models.Model]:
        return apps.get_model(self.table)


@dataclass(frozen=True)
class Code:
    """A code from a list of the rule pack in force, such as a lawful ground or a way to be told."""

    list_key: str


class _Words:
    """Free text. Plain on its way in, a sealed box in the ledger and the tables."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        slot = core_schema.chain_schema(
            [
                core_schema.dict_schema(
                    core_schema.literal_schema(["$"]), core_schema.int_schema(), min_length=1, max_length=1
                ),
                core_schema.no_info_plain_validator_function(lambda value: Slot(value["$"])),
            ]
        )
        return core_schema.union_schema(
            [
                core_schema.is_instance_schema(Box),
                core_schema.is_instance_schema(Slot),
                slot,
                core_schema.no_info_after_validator_function(
                    as_it_shows, core_schema.str_schema(strip_whitespace=True, max_length=20_000)
                ),
                core_schema.none_schema(),
            ],
            mode="left_to_right",
            serialization=core_schema.plain_serializer_function_ser_schema(
                lambda value: {"$": value.number} if isinstance(value, Slot) else value
            ),
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: Any) -> dict[str, Any]:
        return {"type": "string", "maxLength": 20_000}


@dataclass(frozen=True)
class Slot:
    """Where a sealed value stood in an entry's header: the number of its box."""

    number: int


Sealed = Annotated[str | Box | None, _Words]


@dataclass(frozen=True)
class Asked:
    """How a field is asked for."""

    label: Lazy
    hint: Lazy = ""
    used_for: Lazy = ""  # who uses the answer and for what; without it a field may not be required
    belongs_to: str = "by"  # whose words: 'by', 'thing', or the field that names the person
    purpose: str = "record"
    settled: bool = False  # filled by the door, never asked
    widget: str = ""  # 'textarea', 'radios', 'file' …, where the type does not tell
    needed: Lazy = ""  # when an answer is needed, where it is only sometimes: the objections say so too
    of_others: bool = False  # whoever fills in the form would make no sense as the answer, and is not offered
    blank: Lazy = ""  # what leaving it blank is called, where something holds that was not said
    written: Lazy = ""  # how programs write the answer, where a form offers choices of its own making
    by_name: bool = False  # several answers, each to a question of its own name: programs send an object


def Ask(
    label: Lazy = "",
    *,
    hint: Lazy = "",
    used_for: Lazy = "",
    default: Any = PydanticUndefined,
    belongs_to: str = "by",
    purpose: str = "record",
    settled: bool = False,
    widget: str = "",
    needed: Lazy = "",
    of_others: bool = False,
    blank: Lazy = "",
    written: Lazy = "",
    by_name: bool = False,
    **limits: Any,
) -> Any:
    """Declare how a field is asked for; `limits` are pydantic's (max_length, ge, le …)."""
    if settled and default is PydanticUndefined:
        default = None
    given = (label, hint, used_for, belongs_to, purpose, settled, widget, needed, of_others, blank, written)
    asked = Asked(*given, by_name)
    made: FieldInfo = Field(default=default, **limits)
    made.metadata.append(asked)
    return made


@dataclass(frozen=True)
class Shape:
    """What one field of a command is, read once from its declaration."""

    name: str
    kind: str  # own | fresh | ref | sealed | code | plain
    model: Any = None
    many: bool = False
    required: bool = False
    asked: Asked = Asked("")
    list_key: str = ""
    inner: Any = None  # the type inside list[...] or ... | None

    def target(self) -> type[models.Model]:
        """The table this field points to."""
        found: type[models.Model] = self.model.model if isinstance(self.model, Ref) else self.model
        return found


def shape_of(name: str, info: FieldInfo) -> Shape:
    asked = next(
        (m for m in info.metadata if isinstance(m, Asked)), Asked(name.replace("_", " ").capitalize())
    )
    found: dict[str, Any] = {"required": info.is_required(), "asked": asked}
    marks: list[Any] = list(info.metadata)
    kind: Any = info.annotation
    many = False
    while True:
        origin = get_origin(kind)
        if origin is Annotated:
            kind, *more = get_args(kind)
            marks += more
        elif origin in (Union, types.UnionType):
            inside = [a for a in get_args(kind) if a is not type(None)]
            if len(inside) != 1:
                break
            kind = inside[0]
        elif origin in (list, tuple):
            many, kind = True, get_args(kind)[0]
        else:
            break
    if any(mark is _Words for mark in marks):
        return Shape(name, "sealed", many=many, inner=str, **found)
    for mark in marks:
        if isinstance(mark, Ref):
            return Shape(name, "ref", mark, many=many, inner=UUID, **found)
        if isinstance(mark, Code):
            return Shape(name, "code", many=many, list_key=mark.list_key, inner=str, **found)
    if get_origin(kind) in (Id, Fresh):
        what = "own" if get_origin(kind) is Id else "fresh"
        return Shape(name, what, get_args(kind)[0], many=many, inner=UUID, **found)
    return Shape(name, "plain", many=many, inner=kind, **found)
