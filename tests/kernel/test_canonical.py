"""One way to write a thing down: RFC 8785, with the RFC's own examples and another program as judges."""

import io
import json
import math
import os
import struct
import zipfile
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import rfc8785
from django.db.models import TextChoices
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Raw
from pydantic import BaseModel

from alongside.kernel import canonical

SHARED = Path(os.environ.get("ALONGSIDE_SHARED") or Path(__file__).parents[3] / "shared")
VECTORS = SHARED / "data" / "crypto" / "jcs-rfc8785-testdata.zip"

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
whole = st.integers(-canonical.LARGEST, canonical.LARGEST)
plain = st.recursive(
    st.none() | st.booleans() | whole | words,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
    max_leaves=20,
)
fractions = st.floats(allow_nan=False, allow_infinity=False)
anything = st.recursive(
    st.none() | st.booleans() | whole | words | fractions,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
    max_leaves=20,
)


def vectors() -> zipfile.ZipFile:
    if not VECTORS.exists():
        pytest.skip(f"RFC 8785 EXAMPLES NOT RUN: {VECTORS} is absent. Set ALONGSIDE_SHARED to its folder.")
    return zipfile.ZipFile(io.BytesIO(VECTORS.read_bytes()))


@pytest.mark.parametrize("name", ["arrays", "french", "structures", "unicode", "values", "weird"])
def test_the_examples_of_the_standard_come_out_byte_for_byte(name: str) -> None:
    with vectors() as kept:
        given_text = kept.read(f"input/{name}.json").decode()
        wanted = bytes.fromhex(kept.read(f"outhex/{name}.txt").decode())
    assert canonical.canonical_any(json.loads(given_text)).encode() == wanted


@pytest.mark.parametrize("name", ["arrays", "french", "unicode", "weird"])
def test_examples_without_a_fraction_come_out_the_same_by_the_quick_way(name: str) -> None:
    with vectors() as kept:
        given_text = kept.read(f"input/{name}.json").decode()
        wanted = bytes.fromhex(kept.read(f"outhex/{name}.txt").decode())
    assert canonical.dumps(json.loads(given_text)).encode() == wanted


@pytest.mark.parametrize("name", ["structures", "values"])
def test_examples_with_a_fraction_are_refused_by_the_quick_way(name: str) -> None:
    with vectors() as kept:
        given_text = kept.read(f"input/{name}.json").decode()
    with pytest.raises(canonical.NotCanonical):
        canonical.dumps(json.loads(given_text))
    with pytest.raises(canonical.NotCanonical):
        canonical.loads(given_text)


@given(plain)
def test_the_quick_writer_agrees_with_another_program(value: Any) -> None:
    assert canonical.dumps(value).encode() == rfc8785.dumps(value)


@given(anything)
def test_the_whole_standard_agrees_with_another_program(value: Any) -> None:
    assert canonical.canonical_any(value).encode() == rfc8785.dumps(value)


@given(st.binary(min_size=8, max_size=8))
def test_every_double_is_written_as_ecmascript_writes_it(bits: bytes) -> None:
    number: float = struct.unpack(">d", bits)[0]
    if not math.isfinite(number):
        with pytest.raises(canonical.NotCanonical, match="not a number"):
            canonical.ecmascript_number(number)
        return
    written = canonical.ecmascript_number(number)
    assert written.encode() == rfc8785.dumps(number)
    assert float(written) == number


@pytest.mark.parametrize(
    ("bits", "written"),
    [  # the table of RFC 8785, appendix B
        ("0000000000000000", "0"),
        ("8000000000000000", "0"),
        ("0000000000000001", "5e-324"),
        ("8000000000000001", "-5e-324"),
        ("7fefffffffffffff", "1.7976931348623157e+308"),
        ("4340000000000000", "9007199254740992"),
        ("4430000000000000", "295147905179352830000"),
        ("44b52d02c7e14af5", "9.999999999999997e+22"),
        ("44b52d02c7e14af6", "1e+23"),
        ("444b1ae4d6e2ef4e", "999999999999999700000"),
        ("444b1ae4d6e2ef50", "1e+21"),
        ("3eb0c6f7a0b5ed8c", "9.999999999999997e-7"),
        ("3eb0c6f7a0b5ed8d", "0.000001"),
        ("41b3de4355555555", "333333333.3333333"),
        ("becbf647612f3696", "-0.0000033333333333333333"),
        ("43143ff3c1cb0959", "1424953923781206.2"),
    ],
)
def test_numbers_at_the_edges_are_written_as_the_standard_lists_them(bits: str, written: str) -> None:
    assert canonical.ecmascript_number(struct.unpack(">d", bytes.fromhex(bits))[0]) == written


def is_canonical(text: str) -> bool:
    """Whether this text is exactly what we would write for what it says."""
    try:
        return canonical.dumps(canonical.loads(text)) == text
    except ValueError:
        return False


@given(plain)
def test_what_is_written_can_be_read_back_and_is_known_as_canonical(value: Any) -> None:
    text = canonical.dumps(value)
    assert canonical.dumps(canonical.loads(text)) == text


def test_names_are_sorted_by_utf_16_units_not_by_code_points() -> None:
    assert canonical.dumps({"\uffee": 1, "\U0001f600": 2}) == '{"\U0001f600":2,"\uffee":1}'


def test_the_careful_way_also_takes_lists_pairs_and_names_deep_inside() -> None:
    deep = [{"\U0001f600": [True, None, ("a", -3)]}]
    assert canonical.dumps(deep) == '[{"\U0001f600":[true,null,["a",-3]]}]'


class Colour(StrEnum):
    GREEN = "green"


def test_words_of_a_special_kind_are_written_as_the_words_they_are() -> None:
    assert canonical.dumps({"colour": Colour.GREEN}) == '{"colour":"green"}'
    assert canonical.dumps({Colour.GREEN: 1}) == '{"green":1}'


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({"pounds": 1.5}, "pence, not pounds"),
        ([2**53], "too large"),
        ([-(2**53)], "too large"),
        ({1: "a"}, "must be words"),
        ({"a": {1, 2}}, "no canonical form"),
        ({"a": b"bytes"}, "no canonical form"),
        ("\ud800", "half a character"),
        ({"\ud800": 1}, "half a character"),
        ({"\ud800\U0001f600": 1}, "half a character"),
        ([float("nan")], "fraction"),
    ],
)
def test_what_could_be_read_two_ways_is_refused_and_the_reason_said(value: Any, said: str) -> None:
    with pytest.raises(canonical.NotCanonical, match=said):
        canonical.dumps(value)


@pytest.mark.parametrize(
    "text", ['{"a":1,"a":2}', "[1.0]", "[1e3]", "[NaN]", "[Infinity]", '{"a":{"b":1,"b":1}}']
)
def test_text_that_could_be_read_two_ways_is_not_read(text: str) -> None:
    with pytest.raises(canonical.NotCanonical):
        canonical.loads(text)


@pytest.mark.parametrize("text", ['{"b":1,"a":2}', "[1, 2]", '"\\u0041"', "01", "", '{"a":9007199254740993}'])
def test_text_written_in_another_way_is_known_as_not_canonical(text: str) -> None:
    assert not is_canonical(text)


class Said(TextChoices):
    """A code, as commands have them."""

    KEPT = "kept", "Kept"
    NOT_KEPT = "not_kept", "Not kept"


class Fields(BaseModel):
    """Fields of every plain sort, and two that are not."""

    who: UUID
    others: list[UUID]
    on: date
    at: datetime | None
    said: Said
    words: str
    number: int
    yes: bool
    share: float | None


fields = st.builds(
    Fields,
    who=st.uuids(),
    others=st.lists(st.uuids(), max_size=3),
    on=st.dates(),
    at=st.none() | st.datetimes(),
    said=st.sampled_from(Said),
    words=words,
    number=whole | st.just(2**60),
    yes=st.booleans(),
    share=st.none() | fractions,
)


@given(fields, st.dictionaries(st.just("zz"), st.just({"$": 1})))
def test_fields_are_written_at_once_just_as_pydantic_and_the_careful_writer_write_them(
    made: Fields, slots: dict[str, Any]
) -> None:
    boxes = {name: Raw(canonical.dumps(slot).encode()) for name, slot in slots.items()}
    values = {name: one for name, one in sorted((made.__dict__ | boxes).items()) if one is not None}
    if made.at is not None or made.share is not None or abs(made.number) > canonical.LARGEST:
        assert not canonical.are_plain(values.values())
    else:
        assert canonical.are_plain(values.values())
        text = canonical.dumps_in_order(values).decode()
        assert text == canonical.dumps({**made.model_dump(mode="json", exclude_none=True), **slots})
        assert is_canonical(text)
