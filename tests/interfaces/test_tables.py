"""Files people send us: read whole, or refused with the row, the column and what to do."""

import os
from pathlib import Path

import pytest

from alongside.interfaces.tables import (
    Row,
    Table,
    TableRefused,
    Wanted,
    apply_mapping,
    choose_mapping,
    filled,
    one_filled,
    read_table,
    require,
    row_key,
    suggest_mapping,
    whole_number,
)
from alongside.interfaces.tables.separated import best_separator

SHARED = Path(os.environ.get("ALONGSIDE_SHARED") or Path(__file__).resolve().parents[3] / "shared")
PUBLISHED = SHARED / "data" / "decisions"
real = pytest.mark.skipif(not PUBLISHED.exists(), reason=f"the published files are not at {PUBLISHED}")

TITLES = ("title_ca", "title_es", "title_en")
RESULTS = [
    Wanted("reference", ("external_id",)),
    Wanted("starts_on", ("start_date",)),
    Wanted("ends_on", ("end_date",)),
    Wanted("progress", required=True),
    *[Wanted(title) for title in TITLES],
]
A_TITLE = one_filled(TITLES, reason="There is no title in any language.")


def read(text: str | bytes, name: str = "sent.csv", **more: object) -> Table:
    content = text.encode() if isinstance(text, str) else text
    return read_table(content, name=name, **more)  # type: ignore[arg-type]  # keywords passed on as they are


def refusal(text: str | bytes, name: str = "sent.csv", **more: object) -> TableRefused:
    with pytest.raises(TableRefused) as refused:
        read(text, name, **more)
    return refused.value


def cells(table: Table) -> list[list[str]]:
    return [list(row.cells.values()) for row in table.rows()]


# ---- Files that others have published ----


@real
def test_the_good_results_file_goes_in() -> None:
    table = read_table(
        PUBLISHED / "decidim-barcelona/valid_results.csv",
        name="valid_results.csv",
        wanted=RESULTS,
        rules=[A_TITLE, whole_number("progress", least=0, most=100)],
    )
    columns = suggest_mapping(table.headings, RESULTS)
    rows = list(apply_mapping(table.rows(), columns))
    assert [row["title_en"] for row in rows] == ["Result 1", "Result 2"]
    order = table.date_order(["start_date", "end_date"])
    assert order.order == "dmy"
    assert order.sentence == "Dates are read day first, because “30/06/2017” in row 3 can only be read so."


@real
def test_the_bad_results_file_is_refused_with_row_column_and_reason() -> None:
    path = PUBLISHED / "decidim-barcelona/invalid_results.csv"
    refused = refusal(path.read_bytes(), path.name, wanted=RESULTS, rules=[A_TITLE])
    told = {(problem.row, problem.column): problem.reason for problem in refused.problems}
    assert told[2, "title_ca, title_es, title_en"] == "There is no title in any language."
    assert told[2, "weighted_progress"] == "This row has 17 cells, but there are 20 columns."
    assert {problem.row for problem in refused.problems} == {2, 3}
    assert all(problem.what_to_do for problem in refused.problems)


@real
def test_meetings_with_line_breaks_in_their_cells_keep_both_numbers() -> None:
    table = read_table(PUBLISHED / "decidim-barcelona/meetings.csv", name="meetings.csv")
    rows = list(table.rows())
    assert len(rows) == table.row_count == 410
    assert (rows[-1].number, rows[-1].line) == (411, 495)
    assert rows[3]["Títol"] == "Diversitat funcional i autonomia personal"
    assert table.date_order(["Data"]).order == "dmy"


@real
def test_the_county_votes_are_found_inside_their_object() -> None:
    table = read_table(PUBLISHED / "lancashire_recorded_votes.json", name="votes.json")
    rows = list(table.rows())
    assert len(rows) == 11
    assert rows[0]["for_count"] == "29" and rows[0]["is_amendment"] == "true"
    votes = rows[0].nested["votes_by_councillor"]
    assert isinstance(votes, list) and votes[0]["vote"] == "for"
    assert "We read the list called “votes”." in table.notes
    assert table.date_order(["meeting_date"]).settled_by is None


# ---- How a file is written ----


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_any_common_separator_is_found(separator: str) -> None:
    text = "name,note,made\nRosa,rings and writes,1\nDevon,texts. Reads,2\n".replace(",", separator)
    assert best_separator(text) == separator
    assert cells(read(text))[0][0] == "Rosa"


def test_excels_own_separator_line_is_obeyed() -> None:
    assert cells(read("sep=;\r\na;b\r\n1,5;2\r\n")) == [["1,5", "2"]]


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_accents_arrive_whole(codec: str) -> None:
    table = read("enw,lle\nSiân,Tŷ Gwyn\n".encode(codec))
    assert table.headings == ("enw", "lle")
    assert cells(table) == [["Siân", "Tŷ Gwyn"]]


def test_the_older_windows_form_is_taken_and_said() -> None:
    table = read("nom,lloc\nJosé,Sant Martí\nÈlia,£5 – l’avi\n".encode("cp1252"))
    assert cells(table) == [["José", "Sant Martí"], ["Èlia", "£5 – l’avi"]]
    assert "older Windows form (cp1252)" in table.notes[0] and "“José”" in table.notes[0]


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("Café du Rhône", "cp850"),
        ("Café du Rhône", "mac_roman"),
        ("Привет мир", "cp1251"),
        ("Małgorzata", "iso8859_2"),
        ("Καλημέρα", "cp1253"),
        ("Işık Ağaoğlu", "cp1254"),
    ],
)
def test_other_old_encodings_are_refused_with_the_row_the_column_and_the_byte(text: str, codec: str) -> None:
    refused = refusal(f"id,name\n1,Ann\n2,{text}\n".encode(codec))
    first = refused.problems[0]
    assert (first.row, first.line, first.column) == (3, 3, "name")
    bad = next(byte for byte in text.encode(codec) if byte > 127)
    assert f"0x{bad:02X}" in first.reason
    assert "CSV UTF-8" in first.what_to_do


def test_one_bad_byte_in_a_good_file_is_named() -> None:
    refused = refusal("id,name\n1,Siân\n".encode() + b"2,Gw\xeaneth\n")
    assert "0xEA" in refused.problems[0].reason
    assert refused.problems[0].value_shown == "Gw\\xeaneth"
    assert refused.problems[0].row == 3


def test_letters_spoilt_before_they_came_are_not_passed_over_in_silence() -> None:
    table = read("a,b\nRegÃ³s,2\n")
    assert "look wrong" in table.notes[0] and "Row 2" in table.notes[0]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04 [Content_Types].xml xl/workbook.xml", "an Excel file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more", "an Excel file"),
        (b"PK\x03\x04 mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "an OpenDocument spreadsheet"),
        (b"PK\x03\x04 word/document.xml", "a Word file"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"<!DOCTYPE html><table>", "a web page"),
        (b"\x89PNG\r\n", "a picture"),
        (b"SQLite format 3\x00", "a database"),
    ],
)
def test_other_kinds_of_file_are_known_by_their_beginning(content: bytes, said: str) -> None:
    refused = refusal(content)
    assert str(refused) == f"This looks like {said}. Save it as CSV and try again."


def test_nul_bytes_are_named_or_the_file_is_called_what_it_is() -> None:
    one = refusal(b"a,b\nx\x00y,1\n")
    assert one.problems[0].row == 2 and "hidden character" in one.problems[0].reason
    assert "not a table" in str(refusal(bytes(range(32)) * 100 + b"\x00" * 400))
    assert "UTF-16" in str(refusal("name,age\nRosa,61\n".encode("utf-16-le")))


@pytest.mark.parametrize(
    "content", [b"", b"  \r\n\t", b"\xef\xbb\xbf", "\ufeff\n".encode("utf-16-le"), b"\x1a", b",,\n"]
)
def test_an_empty_file_is_called_empty(content: bytes) -> None:
    assert "This file is empty." in str(refusal(content))


def test_headings_without_rows_are_refused() -> None:
    assert "headings but no rows" in str(refusal("name,age\n\n,\n"))


# ---- The shape of the table ----


def test_title_rows_above_the_headings_are_skipped_and_said() -> None:
    table = read("Wexmoor council,,\nMade on 1 May,,\n,,\nname,age,town\nRosa,61,Wexmoor\n")
    assert table.headings == ("name", "age", "town")
    assert table.notes == ("We skipped 2 rows above the heading row. They begin “Wexmoor council”.",)
    assert next(table.rows()).number == 5


def test_a_title_row_with_several_cells_is_known_by_the_headings_we_want() -> None:
    text = "Report,made,by,Wexmoor\ntitle,progress,owner,note\nRamp,100,Priya,\n"
    assert read(text).headings[0] == "Report"
    assert read(text, wanted=[Wanted("title"), Wanted("progress")]).headings[0] == "title"


def test_a_first_row_of_numbers_is_not_taken_for_a_title() -> None:
    table = read("name\nRosa\nDevon\n")
    assert table.headings == ("name",) and table.row_count == 2 and table.notes == ()


def test_blank_rows_are_left_out_and_counted() -> None:
    table = read("a,b\n1,2\n\n,\n 3 ,4\n")
    assert cells(table) == [["1", "2"], ["3", "4"]]
    assert [row.number for row in table.rows()] == [2, 5]
    assert table.notes == ("We left out 2 blank rows.",)


def test_rows_too_long_and_too_short_are_all_named() -> None:
    refused = refusal("a,b\n1,2,3\n4\n5,6,,\n")
    assert [(problem.row, problem.column) for problem in refused.problems] == [(2, "C"), (3, "b")]
    assert refused.problems[0].reason == "This row has 3 cells, but there are 2 columns."
    assert refused.problems[1].reason == "This row has 1 cell, but there are 2 columns."


def test_headings_twice_or_missing_are_named() -> None:
    assert "Columns A and C have the same heading." in str(refusal("Title,b,title \n1,2,3\n"))
    missing = refusal("a,,c\n1,,3\n1,2,3\n")
    assert (missing.problems[0].row, missing.problems[0].column) == (3, "B")
    assert read("a,,c\n1,,3\n").headings == ("a", "c")


def test_a_quotation_mark_that_never_closes_does_not_swallow_the_file() -> None:
    refused = refusal('a,b\n1,2\n"3,4\n5,6\n')
    assert refused.problems[0].row == 3 and "never closes" in refused.problems[0].reason
    assert "wrong place" in str(refusal('a,b\n"x"y,2\n'))


def test_a_cell_too_long_is_refused_with_its_place() -> None:
    long = refusal("a,b\n1," + "x" * 100_001 + "\n")
    assert (long.problems[0].row, long.problems[0].column) == (2, "b")
    assert len(long.problems[0].value_shown) == 60
    assert "longer than we can take" in str(refusal("a,b\n1," + "x" * 200_000 + "\n"))


def test_a_formula_is_only_its_letters() -> None:
    table = read('a,b\n=1+1,@SUM(A1)\n-2,"+44 1632 960001"\n')
    assert cells(table) == [["=1+1", "@SUM(A1)"], ["-2", "+44 1632 960001"]]


def test_fifty_problems_are_shown_and_all_are_counted() -> None:
    refused = refusal("a,b\n" + "1\n" * 120)
    assert len(refused.problems) == 50 and refused.count == 120
    assert str(refused).endswith("There are 70 more.")


def test_old_line_ends_are_read() -> None:
    assert cells(read("a,b\r1,2\r3,4")) == [["1", "2"], ["3", "4"]]
    assert cells(read('a,b\r\n"1\r\n2",3\r\n\x1a')) == [["1\n2", "3"]]


# ---- JSON ----


def test_a_list_of_objects_is_a_table() -> None:
    table = read('[{"a": "x", "n": 1.50},\n {"a": null, "c": true}]', "votes.json")
    assert table.headings == ("a", "n", "c")
    assert cells(table) == [["x", "1.50", ""], ["", "", "true"]]
    assert [row.line for row in table.rows()] == [1, 2]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[{"a":1},]', "goes wrong at line 1, letter 10"),
        ('[{"a":1}', "not whole JSON"),
        ('{"x": 1', "not whole JSON"),
        ('[{"a":1}] more', "not whole JSON"),
        ('[{"a":1,"a":2}]', "“a” is twice"),
        ('[{"a":NaN}]', "“NaN” is not a number"),
        ("[1, 2]", "Item 1 of the list is not an object"),
        ('{"a": 1}', "no list of objects"),
        ('{"a": [{"x":1}], "b": [{"x":1}]}', "more than one list: “a”, “b”"),
        ("[]", "no rows"),
        ('[{"a":' + "[" * 400 + "]" * 400 + "}]", "too deep"),
        ("[" * 100_000, "too deep"),
        ('[{"a": "x\\u0000y"}]', "hidden character"),
        ('[{"a": "\\ud800"}]', "hidden character"),
        ('[{"a": ["\\u0000"]}]', "hidden character inside this list"),
        ('"just words"', "not whole JSON"),
    ],
)
def test_broken_json_is_refused_kindly(text: str, said: str) -> None:
    refused = refusal(text, "votes.json")
    assert said in str(refused)
    assert all(problem.what_to_do for problem in refused.problems)


# ---- Columns, rules and the names of rows ----


def test_columns_are_found_by_their_words_and_nearly_their_words() -> None:
    wanted = [Wanted("title", ("Títol",), required=True), Wanted("made_to", ("made to whom",)), Wanted("due")]
    columns = suggest_mapping(["TITOL", "Made to wom", "Notes"], wanted)
    assert columns.headings == {"title": "TITOL", "made_to": "Made to wom"}
    assert columns.likely == ("made_to",)
    assert columns.unused == ("Notes",)
    columns.refuse_if_missing()


def test_a_missing_column_is_refused_with_what_we_looked_for() -> None:
    columns = suggest_mapping(["when", "who"], [Wanted("title", ("name",), required=True)])
    with pytest.raises(TableRefused, match="We looked for: title, name") as refused:
        columns.refuse_if_missing()
    assert "The headings are: when, who." in refused.value.problems[0].what_to_do


def test_a_person_may_choose_the_columns() -> None:
    wanted = [Wanted("title", required=True)]
    columns = choose_mapping(["what", "who"], wanted, {"title": "what"})
    row = next(apply_mapping(read("what,who\nRamp,Priya\n").rows(), columns))
    assert row["title"] == "Ramp" and row["nobody asked for this"] == ""
    with pytest.raises(TableRefused, match="no column called “why”"):
        choose_mapping(["what"], wanted, {"title": "why"})


def test_every_rule_tells_its_row_and_the_heading_the_person_knows() -> None:
    table = read("Name of it,done,kind\nRamp,101,new\n,5,old\nBus,x,odd\n")
    wanted = [Wanted("title", ("name of it",)), Wanted("progress", ("done",)), Wanted("kind")]
    columns = suggest_mapping(table.headings, wanted)
    with pytest.raises(TableRefused) as refused:
        require(
            apply_mapping(table.rows(), columns), filled("title"), whole_number("progress", least=0, most=100)
        )
    places = [(problem.row, problem.column) for problem in refused.value.problems]
    assert places == [(2, "done"), (3, "Name of it"), (4, "done")]


def test_the_same_row_keeps_its_name_however_the_file_was_saved() -> None:
    first = next(read("a,b,c\nSiân,2,\n").rows())
    moved = next(read("b;a\n2;Siân\n".encode("utf-16")).rows())
    assert row_key("Wexmoor", first) == row_key("Wexmoor", moved)
    assert row_key("Wexmoor", first) != row_key("Elsewhere", first)
    assert row_key("Wexmoor", first) != row_key("Wexmoor", Row(1, 1, {"a": "Siân", "b": "3"}))
    assert row_key("x", Row(1, 1, {"a": "b", "c": "d"})) != row_key("x", Row(1, 1, {"a": "bc", "d": ""}))


def test_rows_exactly_alike_are_said() -> None:
    assert read("a\nx\nx\ny\n").notes == ("1 row is exactly the same as an earlier one.",)


def test_a_hundred_thousand_rows_are_read_with_progress() -> None:
    lines = [
        "id,title,when\n",
        *(f'{number},"Ramp\n{number}",1{number % 9}/03/2017\n' for number in range(100_000)),
    ]
    told: list[tuple[int, float]] = []
    table = read("".join(lines), progress=lambda rows, share: told.append((rows, share)))
    assert table.row_count == 100_000
    assert len(told) >= 100 and told == sorted(told) and told[-1][1] <= 1
    last = list(table.rows())[-1]
    assert (last.number, last.line) == (100_001, 200_000)


def test_of_a_file_of_raw_bytes_one_sentence_is_said_with_the_first_three_places() -> None:
    rows = [bytes([255, 129 + number % 50, 44, 1 + number % 8, 255]) for number in range(60)]
    for name in ("sent.csv", "sent"):
        with pytest.raises(TableRefused) as refused:
            read_table(b"title,due\n" + b"\n".join(rows), name=name)
        assert (len(refused.value.problems), refused.value.count) == (1, 1)
        said = refused.value.problems[0].sentence
        assert "We cannot read the letters in 120 cells." in said and "CSV UTF-8" in said
        assert said.count("Row ") == 3 and "Row 2 (line 2 of the file), column “title”;" in said


def test_where_a_few_cells_cannot_be_read_each_is_named_and_what_else_is_wrong_too() -> None:
    rows = ["Siân,1".encode()] * 40 + [b"Gw\xeaneth,1"] * 4 + [b"one cell too many,1,2"]
    with pytest.raises(TableRefused) as refused:
        read_table(b"\n".join([b"title,due", *rows]), name="sent.csv")
    assert [problem.row for problem in refused.value.problems] == [None, 46]
    assert "in 4 cells" in refused.value.problems[0].reason
    assert "3 cells, but there are 2" in refused.value.problems[1].reason
