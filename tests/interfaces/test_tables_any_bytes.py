"""Whatever bytes arrive, the answer is a sound table or a refusal that says what to do."""

import csv
import io
import json

from hypothesis import example, given, settings
from hypothesis import strategies as st

from alongside.interfaces.tables import TableRefused, read_table, row_key

names = st.sampled_from(["sent.csv", "sent.json", "sent", "sent.tsv"])
codecs = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252", "utf-32", "cp850"])
pieces = (
    *(
        b'"',
        b",",
        b";",
        b"\t",
        b"\n",
        b"\r",
        b"\r\n",
        b"\x00",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"{",
        b"[",
        b"]",
        b"}",
    ),
    *(
        b":",
        b'"a":',
        b"sep=;\n",
        b"=1+1",
        b"\xe9",
        b"\xc3\xa9",
        b"30/06/2017",
        b"\\ud800",
        b"1e999",
        b"\x1a",
        b"a",
    ),
)
nasty = st.sampled_from(pieces)


def sound_or_refused(content: bytes, name: str) -> None:
    try:
        table = read_table(content, name=name)
    except TableRefused as refused:
        assert refused.count >= len(refused.problems) > 0
        assert all(problem.reason and problem.what_to_do for problem in refused.problems)
        str(refused).encode()
        return
    rows = list(table.rows())
    assert len(rows) == table.row_count > 0
    for row in rows:
        assert tuple(row.cells) == table.headings
        "".join(row.cells.values()).encode()
        assert len(row_key("anyone", row)) == 64
    "".join(table.notes).encode()
    try:
        table.date_order(table.headings)
    except TableRefused as refused:
        str(refused).encode()


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400), names)
@example(b"\xff\xfe\x00\x00a", "sent.csv")
@example(b"sep=,", "sent.csv")
@example(b'sep=;\n"', "sent.csv")
@example("\ufeff\ufeffa,b\n1,2".encode(), "sent.csv")
@example(b'{"a":[{"":1}]}', "sent.json")
def test_any_bytes_at_all(content: bytes, name: str) -> None:
    sound_or_refused(content, name)


@settings(max_examples=300, deadline=None)
@given(st.lists(nasty, max_size=40).map(b"".join), names)
def test_bytes_made_to_annoy(content: bytes, name: str) -> None:
    sound_or_refused(content, name)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(st.text(max_size=12), max_size=5), max_size=8), codecs, st.sampled_from(",;\t|"))
def test_any_table_of_any_text(rows: list[list[str]], codec: str, separator: str) -> None:
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=separator).writerows(rows)
    sound_or_refused(written.getvalue().encode(codec, "replace"), "sent.csv")


@settings(max_examples=200, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
        max_leaves=12,
    ),
    st.booleans(),
)
def test_any_json(value: object, plain: bool) -> None:
    sound_or_refused(json.dumps(value, ensure_ascii=plain).encode("utf-8", "surrogatepass"), "sent.json")
    sound_or_refused(json.dumps([{"a": value}]).encode(), "sent.json")


plain_text = st.text(st.characters(categories=["L", "N", "P"], codec="utf-8"), min_size=1, max_size=8)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(plain_text, plain_text, plain_text), min_size=1, max_size=8), st.sampled_from(",;\t|")
)
def test_what_was_written_is_what_is_read(rows: list[tuple[str, str, str]], separator: str) -> None:
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=separator, quoting=csv.QUOTE_ALL).writerows(
        [("one", "two", "three"), *rows]
    )
    table = read_table(written.getvalue().encode(), name="sent.csv")
    assert [tuple(row.cells.values()) for row in table.rows()] == rows
