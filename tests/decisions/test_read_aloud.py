"""Pages as somebody hears them who does not see what stands beside: each link and question by itself."""

import re
from pathlib import Path

import pytest

import alongside
from alongside.kernel import clock
from tests.decisions import acts
from tests.visitor import page
from tests.world import Cast

pytestmark = pytest.mark.django_db


def test_two_links_of_one_name_say_whose_matter_each_is(cast: Cast) -> None:
    """In a screen reader’s list of links there were two of “Help goes on”, and nothing told them apart."""
    for one in (cast.rosa, cast.lena):
        acts.raised(cast.ken, one, "Help goes on", "start")
    acts.raised(cast.ken, cast.rosa, "A rail by the bath", "start")
    links = re.findall(r"<h3><a[^>]*>(.*?)</a></h3>", page(cast.ken, "/decisions/"))
    said = [re.sub(r"<[^>]+>", "", one) for one in links]
    assert len(set(said)) == len(said) == 3
    assert "Help goes on. About the life of Rosa Marlow" in said and "A rail by the bath" in said


def test_a_question_whose_answer_is_always_chosen_does_not_say_that_it_can_be_left_blank(cast: Cast) -> None:
    """“What is it about? (you can leave this blank)”, with one answer chosen already."""
    shown = page(None, "/tell-us/say")
    asked = shown[shown.index("What is it about?") :]
    legend = asked[: asked.index("</legend>")]
    assert "you can leave this blank" not in legend
    assert "you can leave this blank" in page(cast.rosa, f"/do/people.asking_set?person={cast.rosa.person}")


def test_who_looked_within_one_minute_looked_at_that_minute(cast: Cast) -> None:
    """“5 pages, from 1.19 in the afternoon to 1.19 in the afternoon”."""
    decision = acts.raised(cast.ken, cast.rosa)
    with clock.at("2026-03-02"):
        for address in ("", "/history", "/who-decides"):
            page(cast.priya, f"/decisions/{decision}{address}")
        page(cast.priya, f"/people/{cast.rosa.person}")
        seen = page(cast.rosa, f"/people/{cast.rosa.person}/who-can-see")
    assert re.search(r"Priya Nair: 2 March 2026\..*?pages, at ", seen, re.DOTALL)
    assert not re.search(r"from ([^<]+) to \1<", seen)


def test_one_who_stands_in_a_life_as_two_things_has_two_links_that_say_which(cast: Cast) -> None:
    """Victor is Lena’s carer and holds a power: her page had two links, each “Victor Fox”."""
    shown = page(cast.lena, f"/people/{cast.lena.person}")
    links = re.findall(r'<a href="/people/links/[^"]*">(.*?)</a>', shown)
    said = [re.sub(r"<[^>]+>", "", one) for one in links]
    victor = [one for one in said if one.startswith("Victor Fox")]
    assert len(victor) == len(set(victor)) == 2, said


def test_no_page_has_an_answer_in_a_list_that_says_nothing() -> None:
    """Beside each fact of a promise a screen reader said “definition”, and then nothing."""
    root = Path(alongside.__file__).parent
    empty = [str(one) for one in root.rglob("*.html") if re.search(r"<dd[^>]*></dd>", one.read_text("utf-8"))]
    assert not empty
