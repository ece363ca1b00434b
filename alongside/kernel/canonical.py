"""One way to write a thing down, so that the same thing always has the same digest.

This is RFC 8785 (JSON Canonicalization Scheme). What we record holds words, whole numbers, yes, no
and nothing; `dumps` refuses anything else, because a fraction may be read back as another fraction.
`canonical_any` is the whole of RFC 8785, fractions included, for checking what others wrote.
"""

import json
import math
from collections.abc import Callable, Collection, Iterable
from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from django.db.models import TextChoices
from msgspec import Raw

LARGEST = 2**53 - 1  # beyond this, other languages read a different number (RFC 7493, section 2.2)

_encode = msgspec.json.Encoder(order="sorted").encode
_encode_in_order = msgspec.json.Encoder().encode
_PLAIN = frozenset([str, bool, UUID, date, Raw])
_plain_kinds: set[type] = {*_PLAIN, type(None)}  # and every list of codes that was met


class NotCanonical(ValueError):
    """This cannot be written so that everyone would read the same thing."""


def dumps(value: object) -> str:
    """Write objects, lists, words, whole numbers, true, false and null; refuse all else."""
    if _is_plain(value):
        try:
            return _encode(value).decode()
        except UnicodeEncodeError as error:
            raise _broken_words(error) from None
    return _write(value, _refuse_fraction)


def are_plain(values: Collection[Any]) -> bool:
    """Whether `dumps_in_order` may write these as they stand: ids, days, codes, yes and no, nothing, words,
    whole numbers, lists of such (but of nothing), and text that is canonical already (Raw).

    Ids are written with their dashes, days as 2026-03-02 and codes as their words, as pydantic writes them.
    """
    for value in () if set(map(type, values)) <= _plain_kinds else values:
        kind = type(value)
        if kind in _plain_kinds or (kind is int and -LARGEST <= value <= LARGEST):
            continue
        if isinstance(value, TextChoices):
            _plain_kinds.add(kind)
        elif not isinstance(value, list) or not all(type(each) in _PLAIN for each in value):
            return False
    return True


def dumps_in_order(value: object) -> bytes:
    """The same text as `dumps` gives, of what is plain and has its names in order."""
    try:
        return _encode_in_order(value)
    except UnicodeEncodeError as error:
        raise _broken_words(error) from None


def loads(text: str | bytes) -> Any:
    """Read what `dumps` wrote. Fractions, NaN and a name given twice are refused, never guessed at."""
    return json.loads(
        text, parse_float=_no_fraction, parse_constant=_no_fraction, object_pairs_hook=_once_each
    )


def canonical_any(value: object) -> str:
    """Write any JSON value as RFC 8785 says, with numbers as ECMAScript writes them."""
    return _write(value, ecmascript_number)


def ecmascript_number(number: float) -> str:
    """A double as ECMAScript's Number::toString writes it (ECMA-262, 6.1.6.1.20).

    Python's `repr` gives the same shortest digits that read back as the same double; only where the
    point goes, and when an exponent is used, differ. Raises NotCanonical for NaN and the infinities.
    """
    if not math.isfinite(number):
        raise NotCanonical(f"{number!r} is not a number that JSON can hold.")
    if number == 0:
        return "0"  # minus zero too
    sign = "-" if number < 0 else ""
    mantissa, _, exponent = repr(abs(number)).partition("e")
    whole, _, fraction = mantissa.partition(".")
    if fraction == "0":
        fraction = ""
    point = len(whole) + int(exponent or 0)  # the value is 0.DIGITS × 10^point, once zeros are gone
    digits = whole + fraction
    point -= len(digits) - len(digits.lstrip("0"))
    return sign + _place_point(digits.strip("0"), point)


def _place_point(digits: str, point: int) -> str:
    count = len(digits)
    if count <= point <= 21:
        return digits + "0" * (point - count)
    if 0 < point <= 21:
        return f"{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return "0." + "0" * -point + digits
    mantissa = digits if count == 1 else f"{digits[0]}.{digits[1:]}"
    return f"{mantissa}e{point - 1:+d}"


def _is_plain(value: object) -> bool:
    """Whether the quick writer gives the RFC's own bytes: exact types, and names sorted alike.

    RFC 8785 sorts names by UTF-16 code units and the quick writer by code points. The two differ only
    when a name holds a character beyond U+FFFF.
    """
    kind = type(value)
    if kind is str or kind is bool or value is None:
        return True
    if kind is int:
        return -LARGEST <= value <= LARGEST  # type: ignore[operator]  # its exact type was just checked
    if kind is dict:
        for name, item in value.items():  # type: ignore[attr-defined]  # its exact type was just checked
            if type(name) is not str or not (name.isascii() or max(name) <= "\uffff"):
                return False
            if type(item) is not str and not _is_plain(item):
                return False
        return True
    if kind is list or kind is tuple:
        return all(map(_is_plain, value))  # type: ignore[call-overload]  # its exact type was just checked
    return False


def _write(value: object, fraction: Callable[[float], str]) -> str:
    """The careful writer: slower, sorts names by UTF-16 code units, and names what it refuses."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _words(value)
    if isinstance(value, int):
        return _whole(int(value))
    if isinstance(value, float):
        return fraction(value)
    if isinstance(value, list | tuple):
        return "[" + ",".join(_write(item, fraction) for item in value) + "]"
    if isinstance(value, dict):
        return (
            "{" + ",".join(f"{_words(name)}:{_write(value[name], fraction)}" for name in _sorted(value)) + "}"
        )
    raise NotCanonical(f"{type(value).__name__} {value!r} has no canonical form. Turn it into words first.")


def _sorted(names: Iterable[object]) -> list[str]:
    wrong = [name for name in names if not isinstance(name, str)]
    if wrong:
        raise NotCanonical(f"A name must be words, and {wrong[0]!r} is not.")
    try:
        return sorted((str.__str__(name) for name in names), key=lambda name: name.encode("utf-16-be"))
    except UnicodeEncodeError as error:
        raise _broken_words(error) from None


def _words(value: str) -> str:
    try:
        return _encode(str.__str__(value)).decode()
    except UnicodeEncodeError as error:
        raise _broken_words(error) from None


def _whole(value: int) -> str:
    if not -LARGEST <= value <= LARGEST:
        raise NotCanonical(f"{value} is too large: others would read another number. Write it as words.")
    return str(value)


def _refuse_fraction(value: float) -> str:
    raise NotCanonical(f"{value!r} is a fraction. Record whole numbers (pence, not pounds) or words.")


def _no_fraction(text: str) -> object:
    raise NotCanonical(f"{text} is not a whole number, and nothing we record is a fraction.")


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise NotCanonical(f"{twice!r} is given twice, and only one of them can be meant.")
    return found


def _broken_words(error: UnicodeEncodeError) -> NotCanonical:
    return NotCanonical(f"{error.object!r} holds half a character (a lone surrogate) at place {error.start}.")
