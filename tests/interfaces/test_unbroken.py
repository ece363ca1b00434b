"""A day, and a count of days, does not break over two lines; what somebody typed stays as they typed it."""

import pytest
from django.test import RequestFactory
from django.utils.translation import override

from alongside.interfaces import letter as letters
from alongside.interfaces.drawn import Page
from alongside.interfaces.unbroken import HOLD, unbroken
from tests.interfaces.letters import a_letter


def plain(words: str) -> str:
    return words.replace(HOLD, "_")


def test_a_day_and_a_count_of_time_hold_together() -> None:
    said = "Told on Friday 4 December 2026. You have 14 days, or 72 hours. In May 2027 at 8 in 2 rooms."
    held = "Told on Friday 4_December_2026. You have 14_days, or 72_hours. In May 2027 at 8 in 2 rooms."
    assert plain(unbroken(said)) == held


def test_a_day_in_welsh_holds_together_too() -> None:
    with override("cy"):
        assert (
            plain(unbroken("Ar 1 Rhagfyr 2026, o fewn 14 diwrnod."))
            == "Ar 1_Rhagfyr_2026, o fewn 14_diwrnod."
        )


def test_what_somebody_typed_goes_back_as_they_typed_it() -> None:
    form = (
        '<p>By 1 May 2027</p><input name="a" value="1 May 2027"><textarea name="b">\nFrom 1 May 2027,\n'
        'for 3 days</textarea><select><option value="2 days">2 days</option></select>'
    )
    assert plain(unbroken(form)) == form.replace("By 1 May 2027", "By 1_May_2027").replace(
        ">2 days<", ">2_days<"
    )


def test_every_page_is_drawn_so() -> None:
    request = RequestFactory().get("/")
    page = Page(request, "not_now.html", {"reasons": [{"sentence": "You can say this from 1 May 2027."}]})
    assert f"1{HOLD}May{HOLD}2027" in page.rendered_content


def test_a_letter_is_drawn_so(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []

    def noted(html: str) -> str:
        drawn.append(unbroken(html))
        return drawn[0]

    monkeypatch.setattr(letters, "unbroken", noted)
    letters.letter_pdf(a_letter(parts=("You have 14 days, until 1 May 2027.",)))
    assert f"You have 14{HOLD}days, until 1{HOLD}May{HOLD}2027." in drawn[0]
