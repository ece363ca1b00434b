"""`alongside import` on a terminal: looks first, says what is wrong, takes all in or nothing."""

from pathlib import Path

import pytest

from alongside.interfaces import cli
from alongside.kernel.policy import Actor
from alongside.topics.promises.models import ClaimedPromise, Import
from tests.interfaces.conftest import browser_of
from tests.world import Cast

GOOD = "title,due,progress\nMend the lift,30/06/2026,100\nOpen the hall,01/07/2026,20\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    found = tmp_path / "results.csv"
    found.write_text(GOOD, encoding="utf-8")
    return found


def said(capsys: pytest.CaptureFixture[str]) -> str:
    out, err = capsys.readouterr()
    return out + err


def test_a_file_goes_in_and_the_second_time_nothing_changes(
    cast: Cast, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = ["import", "promises", str(file), "--as", str(cast.ken.person), "--source", "Council website"]
    assert cli.main(line) == 0
    text = said(capsys)
    assert "30/06/2026" in text and "day first" in text and "2 rows are in now." in text
    assert cli.main(line) == 0
    assert "Every row of this file was here already. Nothing changed." in said(capsys)
    assert ClaimedPromise.objects.seen_by(Actor()).count() == 2


def test_the_fields_are_told_before_there_is_a_file(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["import", "promises", "--fields"]) == 0
    assert "how much its owner says is done" in said(capsys)
    assert cli.main(["import", "promises"]) == 1
    assert "Say which file" in said(capsys)


def test_a_file_of_one_row_is_told_as_one_row(cast: Cast, file: Path) -> None:
    file.write_text("".join(GOOD.splitlines(keepends=True)[:2]), encoding="utf-8")
    cli.main(["import", "promises", str(file), "--as", str(cast.ken.person), "--source", "A list"])
    listed = browser_of(cast.rosa).get("/promises/reported").content.decode()
    assert "1 row, brought in by" in listed and "1 rows" not in listed
    batch = Import.everything.get()
    assert "1 row," in browser_of(cast.rosa).get(f"/reported/{batch.id}").content.decode()


def test_looking_takes_nothing_in(cast: Cast, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["import", "promises", str(file), "--look"]) == 0
    assert "“progress” as: how much its owner says is done" in said(capsys)
    assert not Import.everything.exists()


def test_what_is_wrong_is_said_with_row_column_and_reason(
    cast: Cast, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_text(GOOD + "Mend the bridge,31/06/2026,400\n", encoding="utf-8")
    assert cli.main(["import", "promises", str(file), "--as", str(cast.ken.person)]) == 1
    text = said(capsys)
    assert "We took nothing from results.csv." in text
    assert "Row 4 (line 4 of the file), column “progress”: “400” is not a whole number from 0 to 100." in text
    assert not Import.everything.exists()


def test_the_question_about_dates_is_answered_with_a_flag(
    cast: Cast, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_text("title,due\nMend the lift,03/04/2026\n", encoding="utf-8")
    line = ["import", "promises", str(file), "--as", str(cast.ken.person)]
    assert cli.main(line) == 1
    assert "--dates dmy" in said(capsys)
    assert cli.main([*line, "--dates", "mdy"]) == 0
    assert str(ClaimedPromise.everything.get().due_on) == "2026-03-04"


def test_columns_can_be_chosen_and_wrong_ones_are_told(
    cast: Cast, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_text("Thing,Odd\nMend the lift,x\n", encoding="utf-8")
    line = ["import", "promises", str(file), "--as", str(cast.ken.person)]
    assert cli.main([*line, "--map", "Thing"]) == 1
    assert "does not say which column is which" in said(capsys)
    assert cli.main([*line, "--map", "Thing=title"]) == 0
    assert str(ClaimedPromise.everything.get().title) == "Mend the lift"


@pytest.mark.parametrize("name", ["rosa", "stranger"])
def test_who_works_nowhere_brings_nothing_in(
    cast: Cast, file: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["import", "promises", str(file), "--as", str(getattr(cast, name).person)]) == 1
    assert "Only someone who works for an organisation can bring a file in." in said(capsys)
    assert not Import.everything.exists()


def test_nobody_decides_about_rosa_by_a_file(
    cast: Cast, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_text("title,person,outcome\nCut morning help,Rosa Marlow,Agreed\n", encoding="utf-8")
    assert cli.main(["import", "decisions", str(file), "--as", str(cast.ken.person)]) == 1
    assert "A decision about a person is made with that person." in said(capsys)
    assert not Import.everything.exists()


def test_a_name_where_the_number_of_a_body_is_wanted_is_told_where_numbers_are_found(
    cast: Cast, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = ["import", "promises", str(file), "--as", str(cast.ken.person), "--for", "Wexmoor Council"]
    assert cli.main(line) != 0
    assert "See: alongside people find" in said(capsys)


def test_a_number_that_is_in_already_with_other_words_is_said_with_its_row(
    cast: Cast, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = ["import", "promises", str(file), "--as", str(cast.ken.person), "--source", "Council website"]
    file.write_text("ref,title\nA-1,Mend the lift\n", encoding="utf-8")
    assert cli.main(line) == 0
    file.write_text("ref,title\nA-1,Mend the stairs\n", encoding="utf-8")
    assert cli.main(line) == 1
    text = said(capsys)
    assert "Row 2 (line 2 of the file), column “ref”: “A-1” is in already, with other words" in text
    assert ClaimedPromise.everything.count() == 1
