"""What pages, programs and a body’s numbers say of who checks what was typed, and by which day."""

import pytest

from alongside.home.checks import counted
from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.kernel.policy import THE_CLOCK
from alongside.topics.decisions import commands, models
from alongside.topics.decisions.commands.checking import due_to_check
from alongside.topics.decisions.models import Check, CheckSaid
from alongside.topics.people.policy import names_of
from tests.decisions import acts
from tests.decisions.acts import at
from tests.decisions.turns import asked, typed_yes
from tests.interfaces.conftest import browser_of
from tests.visitor import page
from tests.world import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]


def test_the_page_says_who_is_asked_and_by_which_day_and_asks_for_nobody(cast: Cast) -> None:
    decision, _view = typed_yes(cast)
    before = page(cast.ken, at(decision))
    assert "Let somebody outside your team check it with Rosa Marlow" in before
    form = page(cast.ken, f"/do/decisions.check_wanted?decision={decision}")
    assert "You do not choose who." in form and "Omar Aziz" not in form and "<select" not in form
    checker = acts.checker_asked(decision, cast.ken)
    [name] = names_of([checker.person]).values()
    for reader in (cast.ken, cast.rosa, checker):
        text = page(reader, at(decision))
        assert name in text or reader is checker
        asked_to = "You are" if reader is checker else "They are"
        assert f"{asked_to} asked to do it by Tuesday 3 March 2026" in text
    assert "Somebody of your team may have typed it" in page(cast.ken, at(decision))
    theirs = page(checker, at(decision))
    assert "Somebody of the team that decides may have typed it" in theirs and "of your team" not in theirs
    assert "I want somebody else to ask me" in page(cast.rosa, at(decision))
    assert "I want somebody else to ask me" not in page(cast.ken, at(decision))
    assert 'href="#checks"' in page(cast.ken, at(decision))


def test_once_it_is_checked_the_page_says_by_whom(cast: Cast) -> None:
    decision, view = typed_yes(cast)
    checker = acts.checker_asked(decision, cast.ken)
    do(commands.ConfirmView(decision=decision, view=view.id), by=checker)
    [name] = names_of([checker.person]).values()
    for reader, whom in ((cast.ken, "them"), (cast.rosa, "you")):
        assert f"{name} checked it with {whom}." in page(reader, at(decision))
        assert f"{name} checked it with {whom}." in page(reader, at(decision) + "/views")
    assert "You checked it with them." in page(checker, at(decision))


def test_whoever_is_asked_finds_it_with_its_day_and_can_say_no(cast: Cast) -> None:
    decision, _view = typed_yes(cast)
    checker = acts.checker_asked(decision, cast.ken)
    own = page(checker, "/")
    assert "Please ask them by Tuesday 3 March 2026" in own
    check = Check.everything.get(decision=decision)
    address = f"/do/decisions.check_answered?decision={decision}&amp;check={check.id}"
    assert address in own
    said = {"said": CheckSaid.NOT_SO.value, "words": "She says she never agreed."}
    sent = browser_of(checker).post(
        address.replace("&amp;", "&"), {"decision": decision, "check": check.id, **said}
    )
    assert sent.status_code == 303
    assert "You were asked to check" not in page(checker, "/")
    for reader, whose in ((cast.ken, "they"), (cast.rosa, "you")):
        text = page(reader, at(decision))
        assert f"It is not what {whose} said" in text and "She says she never agreed." in text
    for address in (at(decision), "/decisions/"):
        assert "Rosa Marlow has answered" not in page(cast.ken, address)
    assert "You have answered" not in page(cast.rosa, at(decision))


def test_where_nobody_can_be_asked_the_page_says_so_and_what_can_be_done(cast: Cast) -> None:
    decision, _view = typed_yes(cast)
    do(commands.AskForCheck(decision=decision), by=cast.ken)
    for _each in range(2):
        row = asked(decision)[-1]
        cannot = commands.AnswerCheck(decision=decision, check=row.check_of, said="cannot", words="Away.")
        do(cannot, by=acts.actor_of(row.checker))
    text = page(cast.ken, at(decision))
    assert "Nobody can be asked now" in text and "It does not go back to those who asked." in text
    assert f"/organisations/{cast.council}/who-else-must-agree" in text
    assert "You can say it yourself" in page(cast.rosa, at(decision))
    clock.advance(days=9)
    for command in due_to_check(clock.now()):
        do(command, by=THE_CLOCK)
    assert len(asked(decision)) == 2


def test_programs_read_it_as_the_page_says_it(cast: Cast) -> None:
    decision, _view = typed_yes(cast)
    checker = acts.checker_asked(decision, cast.ken)
    found = browser_of(cast.ken).get(f"/api/decisions/{decision}/checks").json()
    [check] = found["checks"]
    assert check["became"] is None and check["asked"][0]["answer_by"] == "2026-03-03"
    assert check["asked"][0]["checker"] == str(checker.person)
    assert browser_of(cast.stranger).get(f"/api/decisions/{decision}/checks").status_code == 404


def test_whoever_was_asked_before_anything_was_typed_has_a_day_once_it_is(cast: Cast) -> None:
    """The page said by which day, and a program read none."""
    decision = acts.raised(cast.ken, cast.rosa)
    acts.checker_asked(decision, cast.ken)
    address = f"/api/decisions/{decision}/checks"
    assert browser_of(cast.ken).get(address).json()["checks"][0]["asked"][0]["answer_by"] is None
    acts.said(decision, acts.typed_for(cast.rosa, cast.priya), "for", "Yes, she says.")
    assert "asked to do it by Tuesday 3 March 2026" in page(cast.ken, at(decision))
    found = browser_of(cast.ken).get(address).json()["checks"][0]["asked"][0]
    assert found["answer_by"] == "2026-03-03"


def test_a_body_counts_what_was_checked_of_how_much_in_lots_of_people(cast: Cast) -> None:
    for person in (cast.rosa, cast.lena, cast.rosa):
        decision = acts.raised(cast.ken, person)
        view = acts.said(decision, acts.typed_for(person, cast.priya), "for", "Yes.")
        checker = acts.checker_asked(decision, cast.ken)
        do(commands.ConfirmView(decision=decision, view=view.id), by=checker)
    assert counted(cast.council).total in (0, None), "two people are not told of"
    text = page(None, f"/organisations/{cast.council}")
    panel = text[text.index("Words that were typed for people") :]
    assert "Nothing of it is counted here yet." in panel[: panel.index("</section>")]
    read = browser_of(cast.stranger).get(f"/api/this-place/checks/{cast.council}").json()
    assert read["of"] in (0, None) and models.Check.everything.filter(became="checked").count() == 3
