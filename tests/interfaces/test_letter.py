"""Letters: readable by everyone they go to, and by nobody through the envelope."""

import io
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.interfaces import letter as letters
from alongside.interfaces.letter import (
    CODE_LETTERS,
    LettersNotAvailable,
    Sender,
    finish_tables,
    first_letter,
    letter_pdf,
    letter_text,
    short_code,
    tidy_code,
)
from tests.interfaces.letters import ROSA, SENDER, a_letter

PDFTOTEXT = shutil.which("pdftotext")


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))


def structure(document: pikepdf.Pdf) -> Iterator[Any]:
    waiting: list[Any] = [document.Root.StructTreeRoot]
    while waiting:
        node = waiting.pop()
        if "/S" in node:
            yield node
        below = node.get("/K", [])
        children = list(below) if isinstance(below, pikepdf.Array) else [below]
        waiting.extend(child for child in children if isinstance(child, pikepdf.Dictionary) and "/S" in child)


@pytest.mark.parametrize("size", [12, 16, 18, 24, 36])
def test_a_letter_of_any_size_is_tagged_and_knows_its_language(size: int) -> None:
    document = opened(letter_pdf(a_letter(size_pt=size)))
    root = document.Root
    assert str(root.Lang) == "en-GB"
    assert bool(root.MarkInfo.Marked)
    assert str(document.docinfo.Title) == "Ken wants to change your morning help"
    assert b"pdfuaid" in root.Metadata.read_bytes()


def test_bigger_print_is_bigger() -> None:
    pages = [len(opened(letter_pdf(a_letter(size_pt=size))).pages) for size in (16, 36)]
    assert pages[0] < pages[1]


def test_our_own_typeface_is_inside_the_letter() -> None:
    fonts = letter_pdf(a_letter(parts=("Diolch, Siân. Mae'r tŷ a'r dŵr yn iawn.",)))
    names = {str(font.BaseFont) for page in opened(fonts).pages for font in page.Resources.Font.values()}
    assert any("Atkinson" in name for name in names)
    assert not any("DejaVu" in name for name in names)


def test_headings_and_lists_can_be_heard() -> None:
    kinds = {str(node.S) for node in structure(opened(letter_pdf(a_letter())))}
    assert {"/H1", "/H2", "/H3", "/P", "/L", "/LI"} <= kinds


def test_a_heading_of_a_table_says_what_it_is_the_heading_of() -> None:
    html = (
        "<html lang=en><title>t</title><table><thead><tr><th>Day</th><th>Hours</th></tr></thead>"
        "<tbody><tr><th>Monday</th><td>2</td></tr></tbody></table><a href='https://alongside.example'>x</a></html>"
    )
    made = letters._weasyprint().HTML(string=html).write_pdf(pdf_variant="pdf/ua-1")
    document = opened(finish_tables(made))
    scopes = sorted(str(node.A.Scope) for node in structure(document) if node.S == "/TH")
    assert scopes == ["/Column", "/Column", "/Row"]
    assert all(int(note.F) & 4 for page in document.pages for note in page.get("/Annots", []))


def test_our_mark_is_drawn_and_nobody_hears_of_it() -> None:
    """It is drawn behind our name. The one picture read aloud is the square, which says what it is."""
    document = opened(letter_pdf(a_letter(code="", reply_slip=())))
    drawn = [one.read_bytes() for one in document.objects if isinstance(one, pikepdf.Stream)]
    assert any(b"0.419608 0.164706 0.407843 rg" in each for each in drawn), "the colour of one figure"
    assert "/Figure" not in {str(node.S) for node in structure(document)}


def test_the_slip_starts_a_sheet_of_its_own() -> None:
    without = len(opened(letter_pdf(a_letter(reply_slip=()))).pages)
    with_slip = len(opened(letter_pdf(a_letter())).pages)
    assert (without, with_slip) == (
        1,
        3,
    )  # the second side is left empty, so that tearing takes no words away


@pytest.mark.skipif(PDFTOTEXT is None, reason="pdftotext (poppler-utils) is not on this machine")
def test_what_an_empty_page_says_stands_where_every_printer_prints(tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(letter_pdf(a_letter(parts=("There is something for you to read.",))))
    second = [str(PDFTOTEXT), "-bbox", "-f", "2", "-l", "2", str(path), "-"]
    seen = subprocess.run(second, capture_output=True, text=True, check=True).stdout
    first = re.search(r'yMin="([\d.]+)"[^>]*>This<', seen)
    assert first is not None and float(first.group(1)) > 15 * 72 / 25.4, "at least 15 mm from the edge"


@pytest.mark.skipif(PDFTOTEXT is None, reason="pdftotext (poppler-utils) is not on this machine")
@pytest.mark.parametrize("size", [16, 24])
def test_the_window_of_the_envelope_shows_the_address_and_nothing_else(tmp_path: Path, size: int) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(letter_pdf(a_letter(size_pt=size)))
    # A DL envelope's window, in dots of 1/254 inch: 10 to a millimetre.
    window = ["-r", "254", "-x", "200", "-y", "380", "-W", "1000", "-H", "300", "-f", "1", "-l", "1"]
    seen = subprocess.run(
        [str(PDFTOTEXT), *window, str(path), "-"], capture_output=True, text=True, check=True
    )
    assert tuple(line for line in seen.stdout.split("\n") if line.strip("\f ")) == ROSA


@pytest.mark.skipif(PDFTOTEXT is None, reason="pdftotext (poppler-utils) is not on this machine")
def test_every_page_bears_its_number_and_the_reference(tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(letter_pdf(a_letter()))
    seen = subprocess.run([str(PDFTOTEXT), str(path), "-"], capture_output=True, text=True, check=True).stdout
    for number, page in enumerate(seen.split("\f")[:3], 1):
        assert f"Page {number} of 3" in page
    assert "FREEPOST ALONGSIDE" in seen and seen.count("K7PD-3MXR") == 2
    assert "☐" not in seen


@pytest.mark.skipif(PDFTOTEXT is None, reason="pdftotext (poppler-utils) is not on this machine")
@pytest.mark.parametrize(("code", "size"), [("KMCD-43YC", 16), ("69T7-4RPG", 24)])
def test_a_code_read_from_the_file_is_in_one_piece(tmp_path: Path, code: str, size: int) -> None:
    """Letters set apart once made these two fall in two, for whoever copied them or had them read aloud."""
    (tmp_path / "letter.pdf").write_bytes(letter_pdf(a_letter(code=code, size_pt=size)))
    said = subprocess.run(
        [str(PDFTOTEXT), "-layout", str(tmp_path / "letter.pdf"), "-"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert said.count(code) == 2  # on the slip, and in how to answer
    assert f"{code[:5]} " not in said


def test_a_welsh_letter_is_welsh_from_its_root() -> None:
    document = opened(letter_pdf(a_letter(language="cy", title="Llythyr")))
    assert str(document.Root.Lang) == "cy"
    assert "2 Mai 2026" in letter_text(a_letter(language="cy"))


def test_words_cannot_become_markup() -> None:
    html = opened(letter_pdf(a_letter(title="<script>x</script>", parts=("<img src=x> & </style>",))))
    assert str(html.docinfo.Title) == "<script>x</script>"


def test_a_letter_fetches_nothing_but_our_typeface() -> None:
    fetcher = letters._only_our_fonts()
    for url in (
        "http://127.0.0.1/x.png",
        "file:///etc/hostname",
        f"file://{letters.FONTS}/../../../letter.py",
    ):
        with pytest.raises(ValueError, match="may not fetch"):
            fetcher.fetch(url)


def test_a_machine_without_the_libraries_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    letters._weasyprint.cache_clear()
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    try:
        with pytest.raises(LettersNotAvailable, match="apt-get install libpango"):
            letter_pdf(a_letter())
    finally:
        letters._weasyprint.cache_clear()


@pytest.mark.parametrize(
    "wrong", [{"size_pt": 8}, {"size_pt": 40}, {"recipient_lines": ()}, {"recipient_lines": ("x",) * 8}]
)
def test_a_letter_nobody_could_read_or_deliver_is_not_made(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        a_letter(**wrong)


def test_the_plain_text_says_the_same_words() -> None:
    text = letter_text(a_letter())
    for words in (
        "Rosa Marlow",
        "2 May 2026",
        "WX-2041",
        "- Keep 7 days.",
        "[ ] Change to 5",
        "01632 960 100",
        ".....",
    ):
        assert words in text
    assert "alongside.example/code and type this code: K7PD-3MXR" in " ".join(text.split())


def test_ways_to_answer_that_a_place_lacks_are_not_offered() -> None:
    bare = letter_text(a_letter(sender=Sender("Alongside")))
    assert "Ring us" not in bare and "stamp" not in bare and "Ask someone you trust" in bare


def test_the_first_letter_asks_how_to_write_and_names_no_topic() -> None:
    first = first_letter(
        language="en",
        recipient_lines=ROSA,
        reference="WX-9",
        dated=date(2026, 5, 1),
        sender=SENDER,
        code="K7PD-3MXR",
    )
    assert first.size_pt >= 18
    assert letter_pdf(first).startswith(b"%PDF-")
    text = letter_text(first)
    assert "[ ] Easy Read: short sentences with pictures" in text and "[ ] Braille" in text
    for topic in ("care", "support", "council", "social", "decision", "help from", "budget", "Ken"):
        assert topic not in text


@given(st.uuids())
def test_a_code_is_easy_to_copy_and_comes_back_however_it_is_typed(chosen: UUID) -> None:
    code = short_code(chosen)
    assert code == short_code(chosen)
    assert len(code) == 9 and code[4] == "-" and set(code) <= {*CODE_LETTERS, "-"}
    assert tidy_code(f" {code.lower().replace('-', ' – ')} ") == code


@given(st.text())
def test_what_is_no_code_is_nothing(typed: str) -> None:
    code = tidy_code(typed)
    assert code is None or (len(code) == 9 and set(code) <= {*CODE_LETTERS, "-"})


def test_a_square_for_a_camera_stands_after_the_typed_code_and_says_where_it_leads(settings: Any) -> None:
    settings.BASE_URL = "https://alongside.example"
    document, without = opened(letter_pdf(a_letter())), opened(letter_pdf(a_letter(code="")))
    figures = [node for node in structure(document) if str(node.get("/S")) == "/Figure"]
    assert [str(node.Alt) for node in figures] == [
        "A square for a phone’s camera. It opens https://alongside.example/code/K7PD-3MXR"
    ]
    assert not [node for node in structure(without) if str(node.get("/S")) == "/Figure"]


def test_the_square_holds_the_address_alone() -> None:
    one, two = (letters.square_of(f"https://alongside.example/code/{code}") for code in ("K7PD", "K7PF"))
    assert one != two and one == letters.square_of("https://alongside.example/code/K7PD")
