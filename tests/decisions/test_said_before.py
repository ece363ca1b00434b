"""Whoever changes what they said begins with all of it, and loses nothing that they do not take out."""

from html.parser import HTMLParser
from typing import Any
from uuid import UUID

import pytest

from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.topics.decisions import commands, models
from alongside.topics.decisions.models import Sees
from tests.decisions import acts
from tests.decisions.thinking import hall, place_view
from tests.interfaces.conftest import browser_of
from tests.visitor import page
from tests.world import Cast

pytestmark = pytest.mark.django_db
STANDS = "What you said before stands here."


class Boxes(HTMLParser):
    """What stands in the boxes of the form on a page, as a browser would send it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.said: dict[str, str] = {}
        self.open = ""
        self.feed(text[text.index('<form method="post"') :])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "textarea":
            self.open = found["name"]
            self.said[self.open] = ""
        elif tag == "input" and found.get("type") in ("radio", "checkbox"):
            if "checked" in found and "name" in found:
                self.said[found["name"]] = found.get("value", "on")
        elif tag == "input" and "name" in found:
            self.said[found["name"]] = found.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.open = ""

    def handle_data(self, data: str) -> None:
        if self.open:
            self.said[self.open] += data.lstrip("\n")


def sent_again(actor: Actor, kind: str, decision: UUID, **changed: str) -> models.View:
    """What somebody’s answer is after they opened the form, changed some boxes and pressed the button."""
    address = f"/do/decisions.{kind}?decision={decision}"
    boxes = Boxes(page(actor, address)).said | changed
    answer: Any = browser_of(actor).post(address, boxes)
    assert answer.status_code == 303, answer.content.decode()
    found: models.View = models.View.everything.get(decision=decision, said_by__in=actor.ids, is_current=True)
    return found


def test_a_view_that_is_changed_keeps_what_matters_and_all_else_that_was_said_before(cast: Cast) -> None:
    decision = hall(cast)
    do(commands.AddOption(decision=decision, name="Later", words="At noon.", change="swap"), by=cast.june)
    way = acts.latest(models.Option, decision).id
    said = {"words": "It is cold.", "instead": "Open at noon.", "interest": "To see my friends."}
    place_view(decision, cast.devon, "against", **said, option=way, sees=Sees.AFFECTED)
    form = page(cast.devon, f"/do/decisions.place_view_given?decision={decision}")
    assert STANDS in form and '<details class="more-about" open>' in form
    row = sent_again(cast.devon, "place_view_given", decision, position="for_if")
    assert (row.position, row.option, row.sees) == ("for_if", way, Sees.AFFECTED)
    assert (str(row.words), str(row.instead), str(row.interest)) == tuple(said.values())
    row = sent_again(cast.devon, "place_view_given", decision, interest="", words="It is colder.")
    assert (str(row.words), str(row.instead), row.interest) == ("It is colder.", "Open at noon.", None)


def test_nobody_else_begins_with_it_and_a_first_answer_begins_empty(cast: Cast) -> None:
    decision = hall(cast)
    place_view(decision, cast.devon, words="It is cold.")
    form = page(cast.rosa, f"/do/decisions.place_view_given?decision={decision}")
    assert STANDS not in form and Boxes(form).said["words"] == ""


def test_what_was_said_without_a_name_stays_without_one_unless_its_giver_takes_the_tick_away(
    cast: Cast,
) -> None:
    decision = hall(cast)
    do(
        commands.GiveViewOnPlace(decision=decision, position="unsure", words="I know them."),
        by=cast.devon,
        anonymous=True,
    )
    boxes = Boxes(page(cast.devon, f"/do/decisions.place_view_given?decision={decision}")).said
    assert (boxes["words"], boxes["without_my_name"]) == ("I know them.", "on")


def test_what_somebody_else_typed_is_not_put_into_ones_mouth(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.rosa)
    acts.sent(decision, cast.ken)
    give = commands.GiveView(decision=decision, position="for", words="She is content.")
    do(give, by=acts.typed_for(cast.rosa, cast.priya, "phone"))
    form = page(cast.rosa, f"/do/decisions.view_given?decision={decision}")
    assert STANDS not in form and "She is content." not in form


def test_whoever_types_for_somebody_does_not_begin_with_words_of_their_own(cast: Cast) -> None:
    decision = hall(cast)
    place_view(decision, cast.priya, words="A word of mine.")
    address = f"/do/decisions.place_view_given?decision={decision}"
    assert "A word of mine." in page(cast.priya, address)
    assert "A word of mine." not in page(cast.priya, f"{address}&typed_for={cast.rosa.person}")


def test_a_speaker_begins_with_what_they_said_for_that_person(cast: Cast) -> None:
    decision = acts.raised(cast.priya, cast.lena, "End the visits on Mondays")
    said = {"words": "She wants them.", "interest": "Her sleep."}
    acts.said(decision, cast.mina, on_behalf=cast.lena.person, **said)
    row = sent_again(cast.mina, "view_given", decision, position="unsure")
    assert (row.person, row.is_spoken_for) == (cast.lena.person, True)
    assert (row.position, str(row.words), str(row.interest)) == ("unsure", "She wants them.", "Her sleep.")
    assert "She wants them." not in page(cast.lena, f"/do/decisions.view_given?decision={decision}")
