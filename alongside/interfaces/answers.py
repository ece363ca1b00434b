"""What a program reads, told once: the type that a reading view gives back is also its description.

Each answer is a TypedDict: mypy holds the code that makes it to exactly these names and kinds, and the
description at /api/openapi.json is made from the same class. Nothing is checked again while it is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Generic, TypeVar, get_type_hints

from ninja import NinjaAPI, Router
from pydantic import Field, TypeAdapter
from typing_extensions import TypedDict

T = TypeVar("T")
PARTS = "#/components/schemas/{model}"


class Page(TypedDict, Generic[T]):
    """One page of rows, and where the next begins: null after the last."""

    items: list[T]
    next: str | None


class Items(TypedDict, Generic[T]):
    """All rows at once."""

    items: list[T]


def Says(words: str) -> Any:
    """What a field means, where its name does not say it."""
    return Field(description=words)


def describe(api: NinjaAPI, routers: Iterable[Router]) -> tuple[dict[str, Any], dict[str, Any]]:
    """(the schema of each answer by the name of its operation, the schemas of the parts they share)."""
    adapters = [(name, "serialization", TypeAdapter(kind)) for name, kind in _kinds(api, routers)]
    found, whole = TypeAdapter.json_schemas(adapters, ref_template=PARTS)  # type: ignore[arg-type]  # a mode
    answers = {name: _untitled(schema) for (name, _mode), schema in found.items()}
    return answers, _untitled(whole.get("$defs", {}))


def _untitled(part: Any) -> Any:
    """The same without what only says a field's own name again."""
    if isinstance(part, list):
        return [_untitled(one) for one in part]
    if not isinstance(part, dict):
        return part
    return {name: _untitled(one) for name, one in part.items() if name != "title" or isinstance(one, dict)}


def _kinds(api: NinjaAPI, routers: Iterable[Router]) -> Iterator[tuple[str, Any]]:
    """(the name of each operation that is read, the type that its view gives back)."""
    for router in routers:
        for path in router.path_operations.values():
            for operation in path.operations:
                if "GET" in operation.methods:
                    hints = get_type_hints(operation.view_func, include_extras=True)
                    yield api.get_openapi_operation_id(operation), hints["return"]
