"""What each reader finds on the pages of a decision, and that a full page costs no more statements."""

import html
import re
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.kernel.outbox import Outbox
from alongside.kernel.policy import FACE, SHARED_CODE, Actor
from alongside.topics.decisions import commands, models
from alongside.topics.decisions.models import Stake
from alongside.topics.people.commands.posts import EndPost
from alongside.topics.people.commands.reaching import SetWayToTell
from alongside.topics.people.models import Link
from tests.decisions import acts
from tests.decisions.acts import at
from tests.interfaces.conftest import browser_of
from tests.visitor import page
from tests.world import Cast

pytestmark = pytest.mark.django_db


def test_rosa_finds_the_question_first_and_five_ways_to_answer(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.rosa, why="The budget is smaller.")
    text = page(cast.rosa, at(decision))
    for words in (
        "This needs you",
        "Nothing will be taken away before you answer.",
        "Say what I think",
        "Ask a question",
        "I need more time",
        "I want help to answer",
        "I do not want to answer",
        "Ken Holt will see your answer.",
    ):
        assert words in text
    assert text.index(acts.CUT.replace("’", "’")) < text.index("Say what I think")


def test_whoever_asks_for_more_time_reads_how_long_and_until_when(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.rosa)
    form = f"/do/decisions.more_time?decision={decision}"
    assert "Then you have 7 more days. You can answer until Monday 9 March 2026." in page(cast.rosa, form)
    assert "Then they have 7 more days. They can answer until" in page(cast.ken, form)
    do(commands.AskForMoreTime(decision=decision), by=cast.rosa)
    assert models.Decision.everything.get(pk=decision).answer_by == date(2026, 3, 9)
    assert "You can answer until Monday 16 March 2026." in page(cast.rosa, form), "counted from that day"


def test_opening_the_page_is_how_we_know_that_it_reached_her(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.rosa)
    acts.sent(decision, cast.ken)
    page(cast.devon, "/decisions/")
    page(cast.ken, at(decision))
    assert not models.Telling.everything.get(decision=decision).is_reached
    page(cast.rosa, at(decision))
    page(cast.rosa, at(decision))
    telling = models.Telling.everything.get(decision=decision)
    assert (telling.sign, telling.is_reached, telling.typist) == ("opened", True, None)


def test_ken_reads_why_he_cannot_decide_yet_and_what_he_can_do(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.rosa)
    acts.sent(decision, cast.ken)
    text = page(cast.ken, at(decision))
    for words in (
        "You cannot decide this yet",
        "Rosa Marlow has not answered. This waits for them.",
        "We do not know if they have read it.",
        "Ring or visit Rosa Marlow",
        "Offer Rosa Marlow an advocate",
        "Cut, end or move the help of Rosa Marlow",
        "Is someone in danger?",
    ):
        assert words in text
    answer = browser_of(cast.ken).post(
        f"/do/decisions.decided?decision={decision}",
        {"decision": str(decision), "outcome": "agreed", "reasons": "Money."},
    )
    assert answer.status_code == 422
    assert "has not answered" in answer.content.decode()


def test_whoever_decides_finds_how_to_send_a_letter_and_reads_that_it_goes_by_itself(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.rosa)
    text = page(cast.ken, at(decision))
    link = re.search(r'href="([^"]+)">Send Rosa Marlow a letter or a message<', text)
    assert link and "sign=sent" in link[1]
    asked = page(cast.ken, link[1].replace("&amp;", "&"))
    assert "we send it, by the way they called safe, with a code" in asked and "they get two" in asked
    acts.sent(decision, cast.ken)
    assert "Send Rosa Marlow a letter" not in page(cast.ken, at(decision))


def test_who_agrees_with_changes_where_no_other_way_stands_is_told_where_to_add_it(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.rosa)
    acts.sent(decision, cast.ken)
    acts.said(decision, cast.rosa, "for", "Yes.")
    sent = {"decision": str(decision), "outcome": "agreed_with_changes", "reasons": "Money."}
    answer = browser_of(cast.ken).post(f"/do/decisions.decided?decision={decision}", sent)
    words = answer.content.decode()
    assert answer.status_code == 422 and "Add a way this could go" in words
    assert 'href="#id_outcome' in words, "it stands beside the answer that was chosen"


def test_a_call_is_not_said_to_be_sent_nor_opened(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.rosa)
    acts.sent(decision, cast.ken, channel="phone")
    text = page(cast.ken, at(decision))
    assert "Tried. We do not know if it reached them" in text and "Sent." not in text
    assert "You read it here" in page(cast.rosa, at(decision))
    assert "They read it here" in page(cast.ken, at(decision))


def test_a_stranger_is_told_the_same_as_if_it_were_not_there(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.rosa)
    for who in (cast.stranger, cast.omar, cast.boyd, cast.victor, None):
        for more in ("", "/views", "/history", "/legal-reason"):
            assert browser_of(who).get(at(decision) + more).status_code == 404
        assert acts.CUT not in page(who, "/decisions/")
        assert browser_of(who).get(f"/api/decisions/{decision}").status_code in (401, 404)


def test_after_it_is_decided_rosa_reads_why_and_says_if_it_answers_her(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.rosa)
    acts.sent(decision, cast.ken)
    view = acts.said(decision, cast.rosa)
    acts.replied(decision, cast.ken, view.id, "We keep the weekends.")
    acts.decided(decision, cast.ken)
    text = page(cast.rosa, at(decision))
    for words in (
        "What was decided",
        "The money is less this year.",
        "We keep the weekends.",
        "Does this answer you?",
    ):
        assert words in text
    assert "Ken Holt decided this." in page(cast.rosa, at(decision) + "/history")


def test_an_answer_typed_outside_the_line_is_not_said_to_be_unchecked(cast: Cast) -> None:
    """The page says of an answer what the rule says: what opens nothing waits to be checked, and no other."""
    unchecked, now = "Nobody has checked this with them yet.", "You can decide this now"
    decision = acts.raised(cast.ken, cast.rosa)
    acts.sent(decision, cast.ken)
    acts.said(decision, acts.typed_for(cast.rosa, cast.priya), "for", "Yes.")
    text = page(cast.ken, at(decision))
    assert unchecked in text and now not in text  # Priya works for Ken
    decision = acts.raised(cast.ken, cast.rosa)
    checker = acts.checker_asked(decision, cast.ken, cast.rosa)
    acts.said(decision, acts.typed_for(cast.rosa, checker), "for", "Yes.")
    text = page(cast.ken, at(decision))
    assert "typed it for them." in text and unchecked not in text


def test_whoever_reads_what_was_typed_for_them_is_called_you(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.rosa)
    acts.sent(decision, cast.ken)
    acts.said(decision, acts.typed_for(cast.rosa, cast.priya), interest="My mornings.")
    theirs, hers = page(cast.ken, at(decision)), page(cast.rosa, at(decision))
    assert "Priya Nair typed it for them." in theirs and "What matters to them:" in theirs
    for words in ("Priya Nair typed it for you.", "What matters to you:", "Instead, or what you would need:"):
        assert words in hers
    assert "for them" not in hers and "Yes, this is what I said" in hers
    assert "Priya Nair typed it for you." in page(cast.rosa, at(decision) + "/history")


def test_by_a_code_that_another_saw_nobody_is_offered_to_say_that_it_was_them(cast: Cast) -> None:
    """The door would refuse it: it may be the same hand that typed it."""
    decision = acts.raised(cast.ken, cast.rosa)
    acts.sent(decision, cast.ken)
    acts.said(decision, acts.typed_for(cast.rosa, cast.priya))
    client = browser_of(cast.rosa)
    assert "Yes, this is what I said" in client.get(at(decision)).content.decode()
    session = client.session
    session["way"] = SHARED_CODE
    session.save()
    text = client.get(at(decision)).content.decode()
    assert "typed it for you." in text and "Yes, this is what I said" not in text


def test_after_the_day_to_answer_nobody_is_asked_to_answer_by_it(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.rosa)
    telling = acts.sent(decision, cast.ken)
    do(commands.OpenIt(decision=decision, telling=telling.id), by=cast.rosa)
    mine, lists = at(decision), "/decisions/"
    for address in ("/", mine, lists):
        assert "Please answer by" in page(cast.rosa, address), address
    assert "They are asked to answer by" in page(cast.ken, mine)
    clock.advance(days=60)
    for address in ("/", mine, lists):
        text = page(cast.rosa, address)
        assert "Please answer by" not in text and "You can still answer." in text, address
    text = page(cast.ken, mine)
    assert "They are asked to answer by" not in text and "They were asked to answer by" in text


def test_the_history_does_not_tell_others_what_is_private(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.rosa)
    do(
        commands.SayWhoIsAffected(decision=decision, person=cast.devon.person, stake=Stake.OTHER),
        by=cast.rosa,
    )
    do(commands.AskQuestion(decision=decision, words="Why?"), by=cast.rosa)
    assert "asked a question" in page(cast.rosa, at(decision) + "/history")
    assert "asked a question" not in page(cast.devon, at(decision) + "/history")


def test_a_legal_reason_is_written_down_question_by_question(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.lena, "Move Lena to a home", "move")
    client = browser_of(cast.ken)
    assert "Which legal reason is it?" in client.get(at(decision) + "/legal-reason").content.decode()
    address = at(decision) + "/legal-reason?code=serious_harm"
    assert client.post(address, {"harm": "He has a knife."}).status_code == 422
    answers = dict.fromkeys(("harm", "to_whom", "why_now", "tried", "least"), "Now.")
    assert client.post(address, answers).status_code == 303
    assert acts.latest(models.Ground, decision).code == "serious_harm"


def test_an_unread_worry_is_seen_by_the_duty_team_alone(cast: Cast) -> None:
    sent = browser_of(None).post(
        "/do/decisions.concern_raised", {"organisation": str(cast.council), "words": "Rosa looks unwell."}
    )
    assert sent.status_code == 303
    assert "Thank you" in page(None, sent["Location"])
    assert 'href="/worries/"' in page(cast.dee, "/"), (
        "no page led there: who is on duty had to know the address"
    )
    assert 'href="/worries/"' not in page(cast.june, "/")
    assert "Rosa looks unwell." in page(cast.dee, "/worries/")
    assert browser_of(cast.omar).get("/worries/").status_code == 404
    for manager in (cast.ken, cast.june):  # it was told to the duty team, and may be about one of them
        answer = browser_of(manager).get("/worries/")
        assert answer.status_code == 404 or "Rosa looks unwell." not in answer.content.decode()


def told_of_worries() -> list[dict[str, Any]]:
    rows = Outbox.objects.filter(kind="tell").values_list("payload", flat=True)
    return [row for row in rows if row["link"] == "/worries/"]


def test_whoever_is_on_duty_is_told_that_something_came_in_and_nothing_of_it(cast: Cast) -> None:
    do(commands.RaiseConcern(organisation=cast.council, words="Rosa looks unwell."), by=Actor())
    [told] = told_of_worries()
    assert told == {"person": cast.dee.author.hex, "what": "matter", "link": "/worries/"}
    post = Link.everything.get(person=cast.dee.person, team=cast.duty)
    do(EndPost(link=post.id), by=cast.june)
    do(commands.RaiseConcern(organisation=cast.council, words="Somebody shouts at night."), by=Actor())
    everybody = [row["person"] for row in told_of_worries()]  # in whatever order they are there
    assert cast.june.author.hex in everybody and everybody.count(cast.dee.author.hex) == 1


def test_where_nobody_is_on_duty_a_worry_does_not_lie_unread(cast: Cast) -> None:
    do(commands.RaiseConcern(organisation=cast.council, words="Rosa looks unwell."), by=Actor())
    post = Link.everything.get(person=cast.dee.person, team=cast.duty)
    do(EndPost(link=post.id), by=cast.june)
    assert "Rosa looks unwell." in page(cast.june, "/worries/")


def a_full_place(cast: Cast, *, views: int, ways: int) -> UUID:
    decision = do(
        commands.RaiseAboutPlace(organisation=cast.council, what="The library hours", change="swap"),
        by=cast.june,
    ).thing
    for number in range(ways):
        do(commands.AddOption(decision=decision, name=f"Way {number}", change="swap"), by=cast.june)
    givers = list(cast.everyone().values())
    for number in range(views):
        give = commands.GiveViewOnPlace(
            decision=decision, position="against", words=f"View {number}", instead="As now."
        )
        do(give, by=givers[number % len(givers)], anonymous=False)
    return decision


@pytest.mark.parametrize("who", ["june", "ana"])
def test_a_full_page_costs_no_more_statements_than_a_small_one(cast: Cast, who: str) -> None:
    actor = getattr(cast, who)

    def statements(decision: UUID) -> int:
        client = browser_of(actor)
        client.get(at(decision))
        with CaptureQueriesContext(connection) as found:
            assert client.get(at(decision)).status_code == 200
        return len(found)

    assert (
        statements(a_full_place(cast, views=15, ways=12))
        <= statements(a_full_place(cast, views=2, ways=1)) + 1
    )


def test_looking_through_rosas_eyes_in_the_made_up_place_opens_nothing_of_hers(cast: Cast) -> None:
    """And no telling counts as read by it, whatever door it comes by; Rosa’s own opening does."""
    decision = acts.raised(cast.ken, cast.rosa)
    telling = acts.sent(decision, cast.ken)
    looks = browser_of(cast.rosa)
    session = looks.session
    session["way"] = FACE
    session.save()
    assert looks.get(at(decision)).status_code == 200
    looks.post("/do/decisions.opened", {"decision": decision, "telling": telling.id})
    assert not models.Telling.everything.get(id=telling.id).is_reached
    browser_of(cast.rosa).get(at(decision))
    assert models.Telling.everything.get(id=telling.id).is_reached


def test_where_a_message_can_go_by_one_way_alone_it_is_chosen_already(cast: Cast) -> None:
    matter = acts.raised(cast.ken, cast.rosa)
    form = f"/do/decisions.told?decision={matter}&person={cast.rosa.person}"
    chosen = re.compile(r'name="channel" value="([a-z_]+)"[^>]*checked')
    assert chosen.findall(page(cast.ken, form + "&sign=sent")) == ["letter_large"]
    assert chosen.findall(page(cast.ken, form)) == []  # they may have rung, or gone there
    for_sending = re.search(r'href="([^"]*sign=sent[^"]*)"', page(cast.ken, at(matter)))
    assert for_sending is not None
    assert chosen.findall(page(cast.ken, html.unescape(for_sending[1]))) == ["letter_large"]
    another = SetWayToTell(person=cast.rosa.person, channel="text", address="07700 900321", is_safe=True)
    do(another, by=cast.rosa)
    assert chosen.findall(page(cast.ken, form + "&sign=sent")) == []
