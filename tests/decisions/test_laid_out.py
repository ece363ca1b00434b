"""What stands where on the pages of a decision, and beside what."""

import re
from uuid import UUID, uuid4

import pytest
from django.utils import translation

from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.topics.decisions import commands
from alongside.topics.decisions.pages import mapped, more
from alongside.topics.decisions.pages.by_whom import ByWhom
from alongside.topics.decisions.pages.yardstick_words import SHORT
from alongside.topics.people.commands.persons import AddPerson
from tests.decisions import acts
from tests.decisions.acts import at
from tests.decisions.thinking import hall, place_view
from tests.decisions.votes import seated
from tests.interfaces.conftest import browser_of
from tests.visitor import page
from tests.world import Cast

pytestmark = pytest.mark.django_db


def test_the_button_that_decides_stands_in_the_panel_that_says_so(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.rosa)
    acts.sent(decision, cast.ken)
    waits = browser_of(cast.ken).get(at(decision)).content.decode()
    assert ">Decide</a>" not in waits
    acts.said(decision, cast.rosa, "for", "Yes.")
    shown = browser_of(cast.ken).get(at(decision)).content.decode()
    panel = shown[shown.index("You can decide this now") :]
    assert shown.count(">Decide</a>") == 1 and ">Decide</a>" in panel[: panel.index("</div></div>")]


def test_words_that_somebody_said_when_they_were_told_are_said_to_be_theirs(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.rosa)
    acts.sent(decision, cast.ken, channel="phone", sign="talked_through", words="Keep my Mondays.")
    for reader, whose in ((cast.rosa, "What you said:"), (cast.ken, "What they said:")):
        text = re.sub(r"<[^>]*>", "", page(reader, at(decision)))
        assert f"{whose} Keep my Mondays." in text


def test_a_map_begins_with_who_stands_where_unless_a_question_waits(cast: Cast) -> None:
    decision = hall(cast)
    place_view(decision, cast.rosa, words="Good.")
    here = f"{at(decision)}/map"
    text = page(cast.stranger, here)
    assert text.index("Who stands where") < text.index("There is no open question that you can read.")
    do(commands.AskQuestion(decision=decision, words="From when?", may_be_read=True), by=cast.rosa)
    text = page(cast.june, here)
    assert text.index("From when?") < text.index("Who stands where")
    assert text.count("Still to be answered") == 1


def test_a_fold_names_those_who_have_a_name_and_calls_the_rest_others(cast: Cast) -> None:
    decision = hall(cast)
    for one in (cast.rosa, cast.devon, cast.lena, cast.victor, cast.boyd):
        place_view(decision, one, "unsure", words="I do not know.")
        clock.advance(minutes=1)
    seated(cast, decision, cast.rosa, is_member=True)
    folded = re.findall(r"more answers?, by ([^<]*)", page(None, at(decision)))
    assert folded == ["a member who draws on care and support and others"]


def test_the_step_that_was_reached_is_drawn_beside_its_words(cast: Cast) -> None:
    html = browser_of(cast.rosa).get(f"{at(hall(cast))}/yardstick").content.decode()
    [step] = re.findall(r"That is step (\d) of 7", html)
    drawn = html[html.index("step-reached") : html.index("That is step")]
    assert drawn.count("part-these") == int(step) and drawn.count("<rect") == 7


def test_where_not_all_answers_stand_on_a_page_it_says_which_of_how_many(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(more, "A_PAGE", 2)
    decision = hall(cast)
    for one in (cast.rosa, cast.devon, cast.lena):
        place_view(decision, one, words="I go there.")
        clock.advance(minutes=1)
    here = f"{at(decision)}/views"
    assert "1 to 2 of 3 answers." in page(cast.stranger, here)
    assert "3 to 3 of 3 answers." in page(cast.stranger, f"{here}?after=2")
    monkeypatch.setattr(more, "A_PAGE", 3)
    assert "of 3 answers" not in page(cast.stranger, here)


@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_name_of_a_row_ends_before_its_bar_begins(language: str) -> None:
    """In Welsh the first name ran into its bar: there are 230 of 640 parts, at 15 to a letter's height."""
    with translation.override(language):
        assert [str(each) for each in SHORT.values() if len(str(each)) > 28] == []


def test_how_several_voted_begins_as_a_sentence_does_in_welsh_too() -> None:
    voted = ByWhom(who="panel", of=5, yes=3, no=1, aside=1)
    assert voted.counted() == "3 said yes, 1 said no and 1 stood aside."
    with translation.override("cy"):
        assert voted.counted().startswith("Dywedodd 3")


def test_whoever_has_said_what_they_think_of_a_place_is_not_asked_loudly_again(cast: Cast) -> None:
    decision = hall(cast)
    before = page(cast.rosa, at(decision))
    assert re.search(r'class="button button-voice" href="[^"]*">Say what I think<', before)
    place_view(decision, cast.rosa, words="Good.")
    after = page(cast.rosa, at(decision))
    assert re.search(r'class="button button-quiet" href="[^"]*">Change what I said<', after)
    assert "button-voice" not in after


def test_in_easy_read_a_map_says_how_many_said_what(cast: Cast) -> None:
    decision = _crowded(cast)
    client = browser_of(cast.june)
    client.cookies["reading"] = "..easy"
    text = client.get(f"{at(decision)}/map").content.decode()
    rows = text[: text.index("This part is not in Easy Read")]
    assert rows.count("6 people said this.") == 2 and "I am not sure" in rows


def test_a_map_says_that_the_words_on_it_are_of_the_newest_answers_alone(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of 503 people who all said one thing it told that 115 say it."""
    here = f"{at(_crowded(cast))}/map"
    assert "of the newest" not in page(cast.june, here)
    monkeypatch.setattr(mapped, "MOST_READ", 4)
    text = page(cast.june, here)
    assert "4 people say this" in text
    assert "The words below are those of the newest 4 answers." in text


def _crowded(cast: Cast) -> UUID:
    """Twelve people have said what they think, in the same words: six agree, and six are not sure."""
    decision = hall(cast)
    for number in range(12):
        one = Actor(person=uuid4())
        added = AddPerson(
            person=one.person, draws=uuid4(), organisation=cast.council, name=f"Neighbour {number}"
        )
        do(added, by=cast.ken)
        place_view(decision, one, "for" if number < 6 else "unsure", words="I go there.")
        clock.advance(minutes=1)
    return decision


def test_whom_it_affects_and_how_they_were_told_stand_beside_each_other_where_there_are_both(
    cast: Cast,
) -> None:
    decision = acts.raised(cast.ken, cast.rosa)
    assert 'class="beside"' not in page(cast.ken, at(decision))
    acts.sent(decision, cast.ken)
    shown = page(cast.ken, at(decision))
    beside = shown[shown.index('class="beside"') :]
    assert beside.index('id="whom"') < beside.index('id="told"')
