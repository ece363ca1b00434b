"""Reading a JSON file: a list of objects, or one object with a single list of objects inside it."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext

from .encoding import ODD, Encoding
from .problem import Problem, TableRefused, refuse, save_again, shown
from .records import Progress, Record

_SPACE = re.compile(r"[ \t\r\n]*")
_ROWS_BETWEEN_PROGRESS = 1000
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class _Found:
    place: int
    value: object


class JsonFile:
    """A JSON file; each object is a row, and its names are the headings."""

    def __init__(self, content: bytes, encoding: Encoding, name: str) -> None:
        self.name = name
        self._text = content.decode(encoding.codec, encoding.errors).lstrip("\ufeff")
        self._line_ends = [found.start() for found in re.finditer("\n", self._text)]
        self.list_name, self._objects = self._find_objects()
        self.headings = list(dict.fromkeys(key for found in self._objects for key in _names(found.value)))
        self.heading_number = 0
        self.heading_line = 1
        self.skipped_above = 0
        self.first_skipped = ""

    def rows(self, progress: Progress | None = None) -> Iterator[Record]:
        for number, found in enumerate(self._objects, 1):
            values = found.value
            assert isinstance(values, dict)
            cells = [_cell(values.get(heading)) for heading in self.headings]
            nested = {key: value for key, value in values.items() if isinstance(value, dict | list)}
            odd = any(ODD.search(text) for text in (*cells, *texts_in(nested)))
            yield Record(number, self._line(found.place), cells, odd, nested)
            if progress and not number % _ROWS_BETWEEN_PROGRESS:
                progress(number, number / len(self._objects))

    def _find_objects(self) -> tuple[str, list[_Found]]:
        start = self._skip(0)
        if self._text[start : start + 1] == "[":
            found, end = self._read_list(start)
            self._check_end(end)
            return "", self._only_objects("", found)
        if self._text[start : start + 1] != "{":
            raise self._broken(start)
        lists = self._read_object(start)
        candidates = {
            name: found
            for name, found in lists.items()
            if found and all(isinstance(item.value, dict) for item in found)
        }
        if not candidates:
            reason = gettext("This JSON file has no list of objects in it.")
            mend = gettext("Send a list of objects, or one object that holds a single list of objects.")
            raise refuse(self.name, reason, mend)
        if len(candidates) > 1:
            reason = gettext(
                "This JSON file has more than one list: %(names)s. We do not know which you mean."
            ) % {"names": ", ".join(f"“{shown(name)}”" for name in candidates)}
            raise refuse(self.name, reason, gettext("Send a file with one of the lists."))
        return next(iter(candidates.items()))

    def _read_object(self, place: int) -> dict[str, list[_Found]]:
        """Go through the outermost object; keep its lists, with the place of each thing in them."""
        lists: dict[str, list[_Found]] = {}
        seen: set[str] = set()
        place = self._skip(place + 1)
        while self._text[place : place + 1] != "}":
            name, place = self._read(place)
            if not isinstance(name, str) or name in seen:
                raise self._broken(place)
            seen.add(name)
            place = self._skip(self._expect(self._skip(place), ":"))
            if self._text[place : place + 1] == "[":
                lists[name], place = self._read_list(place)
            else:
                _, place = self._read(place)
            place = self._after_comma(place, "}")
        self._check_end(place + 1)
        return lists

    def _read_list(self, place: int) -> tuple[list[_Found], int]:
        found: list[_Found] = []
        place = self._skip(place + 1)
        while self._text[place : place + 1] != "]":
            value, end = self._read(place)
            found.append(_Found(place, value))
            place = self._after_comma(end, "]")
        return found, place + 1

    def _after_comma(self, place: int, close: str) -> int:
        place = self._skip(place)
        if self._text[place : place + 1] == close:
            return place
        place = self._skip(self._expect(place, ","))
        if self._text[place : place + 1] in {"]", "}"}:
            raise self._broken(place)
        return place

    def _expect(self, place: int, letter: str) -> int:
        if self._text[place : place + 1] != letter:
            raise self._broken(place)
        return place + 1

    def _read(self, place: int) -> tuple[object, int]:
        try:
            value, end = _READER.raw_decode(self._text, place)
        except json.JSONDecodeError as fault:
            raise self._broken(fault.pos) from fault
        except _Unreadable as fault:
            raise refuse(self.name, fault.reason, fault.what_to_do, line=self._line(place)) from fault
        except RecursionError as fault:
            raise self._too_deep(place) from fault
        if isinstance(value, dict | list) and is_too_deep(value):
            raise self._too_deep(place)
        return value, end

    def _too_deep(self, place: int) -> TableRefused:
        reason = gettext("This JSON file has lists inside lists, too deep for us to follow.")
        return refuse(self.name, reason, gettext("Send a plain list of objects."), line=self._line(place))

    def _only_objects(self, name: str, found: list[_Found]) -> list[_Found]:
        if not found:
            reason = gettext("This file has no rows in it.")
            raise refuse(
                self.name, reason, gettext("Check that you chose the right file, and send it again.")
            )
        for number, item in enumerate(found, 1):
            if not isinstance(item.value, dict):
                reason = gettext("Item %(number)s of the list is not an object.") % {"number": number}
                mend = gettext("Each item needs names and values, such as {“title”: “Mend the ramp”}.")
                raise refuse(self.name, reason, mend, row=number, line=self._line(item.place))
        return found

    def _check_end(self, place: int) -> None:
        if self._skip(place) != len(self._text):
            raise self._broken(place)

    def _skip(self, place: int) -> int:
        space = _SPACE.match(self._text, place)
        return space.end() if space else place

    def _line(self, place: int) -> int:
        return bisect_right(self._line_ends, place) + 1

    def _broken(self, place: int) -> TableRefused:
        line = self._line(place)
        start = self._line_ends[line - 2] + 1 if line > 1 else 0
        reason = gettext(
            "This is not whole JSON. It goes wrong at line %(line)s, letter %(letter)s, near “%(near)s”."
        ) % {"line": line, "letter": place - start + 1, "near": shown(self._text[place : place + 20])}
        mend = gettext(
            "Make the file again with the program it came from. If you edited it, look for a missing comma."
        )
        bad_byte = re.search("[\udc80-\udcff]", self._text)
        return TableRefused([Problem(reason, save_again() if bad_byte else mend, line=line)], name=self.name)


class _Unreadable(ValueError):
    def __init__(self, reason: str, what_to_do: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.what_to_do = what_to_do


def _once_each(pairs: list[tuple[str, object]]) -> dict[str, object]:
    values = dict(pairs)
    if len(values) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        reason = gettext("The name “%(name)s” is twice in one object, so we do not know which to take.")
        raise _Unreadable(
            reason % {"name": shown(twice)}, gettext("Keep one of them, and send the file again.")
        )
    return values


def _no_such_number(word: str) -> object:
    reason = gettext("“%(word)s” is not a number that JSON knows.") % {"word": word}
    raise _Unreadable(reason, gettext("Leave the value empty, and send the file again."))


# Numbers stay as they are written: a reference such as 1e400 or a very long one must arrive unchanged.
_READER = json.JSONDecoder(
    object_pairs_hook=_once_each, parse_int=str, parse_float=str, parse_constant=_no_such_number, strict=False
)


def is_too_deep(value: object) -> bool:
    """Whether lists and objects lie in one another more than twenty deep."""
    layer = [value]
    for _ in range(_DEEPEST):
        layer = [inner for outer in layer for inner in _inside(outer) if isinstance(inner, dict | list)]
        if not layer:
            return False
    return True


def texts_in(value: object) -> Iterator[str]:
    """Every piece of text inside lists and objects, their names too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from value
    for inner in _inside(value):
        yield from texts_in(inner)


def _inside(value: object) -> list[object]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def _names(value: object) -> list[str]:
    return list(value) if isinstance(value, dict) else []


def _cell(value: object) -> str:
    if value is None or isinstance(value, dict | list):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value).strip()
