"""Two pages that speak of one matter say the same, and each says it to whoever reads it."""

import re
from datetime import timedelta
from uuid import UUID

import pytest

from alongside.interfaces import words
from alongside.interfaces.acting import address_of
from alongside.kernel import clock
from alongside.kernel.door import do, do_many
from alongside.kernel.policy import Actor
from alongside.topics.decisions import commands, models
from alongside.topics.decisions.exports.letters import letter_about
from alongside.topics.decisions.models import Stake
from alongside.topics.decisions.pages import listing
from tests.decisions import acts
from tests.decisions.acts import at
from tests.interfaces.conftest import browser_of
from tests.visitor import page
from tests.world import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]
LIST = "/decisions/"


def _about_a_place(cast: Cast) -> UUID:
    raised = commands.RaiseAboutPlace(organisation=cast.council, what="The lunch club", change="swap")
    return do(raised, by=cast.june).thing


def test_who_may_not_see_an_answer_is_not_told_that_none_has_come(cast: Cast) -> None:
    matter = acts.raised(cast.priya, cast.lena, "End the visits on Mondays")
    for where in (LIST, at(matter)):
        assert "Waiting for Lena Fox" in page(cast.priya, where)
        assert "Waiting for you" in page(cast.lena, where)
    before = {one: page(getattr(cast, one), at(matter)) for one in ("mina", "victor")}
    acts.said(matter, cast.lena)
    for where in (LIST, at(matter)):
        assert "Lena Fox has answered" in page(cast.priya, where)
        assert "You have answered" in page(cast.lena, where)
    for one, was in before.items():
        now = page(getattr(cast, one), at(matter))
        for text in (was, now, page(getattr(cast, one), LIST)):
            assert "Waiting for Lena" not in text and "has answered" not in text
            assert "Not decided yet" in text


def test_an_answer_stays_an_answer_under_many_that_came_after_it(cast: Cast) -> None:
    matter = acts.raised(cast.priya, cast.lena, "End the visits on Mondays")
    acts.said(matter, cast.lena)
    others: list[Actor] = [cast.rosa, cast.devon, cast.ana, cast.tom, cast.boyd, cast.omar, cast.dee]
    for one in others:
        assert one.person is not None
        do(commands.SayWhoIsAffected(decision=matter, person=one.person, stake=Stake.OTHER), by=cast.priya)
        acts.said(matter, one, "for", "Yes.")
    assert "Lena Fox has answered" in page(cast.priya, at(matter))


def test_only_whoever_is_asked_is_spoken_to_as_you(cast: Cast) -> None:
    matter = acts.raised(cast.ken, cast.rosa)
    acts.sent(matter, cast.ken)
    assert "Nothing will be taken away before you answer." in page(cast.rosa, at(matter))
    for reader in (cast.ken, cast.priya, cast.devon):
        text = page(reader, at(matter))
        assert "before you answer" not in text and "Please answer by" not in text
        assert "Nothing will be taken away before they answer." in text


def test_whoever_is_heard_and_not_waited_for_does_not_read_that_it_waits_for_them(cast: Cast) -> None:
    """Devon read, on the page and in the letter, that nothing is taken away before he answers."""
    matter = acts.raised(cast.ken, cast.rosa)
    assert cast.devon.person is not None and cast.rosa.person is not None
    heard = commands.SayWhoIsAffected(decision=matter, person=cast.devon.person, stake=Stake.OTHER)
    do(heard, by=cast.ken)
    for text in (page(cast.devon, at(matter)), str(letter_about(cast.devon.person, {"matter": matter.hex}))):
        assert "before you answer" not in text
    assert "It affects you too." in str(letter_about(cast.devon.person, {"matter": matter.hex}))
    easy = browser_of(cast.devon)
    easy.cookies["reading"] = "..easy"
    shown = easy.get(at(matter)).content.decode()
    assert "Nothing stops before you answer." not in shown and "Nothing stops before they answer." in shown
    assert "before you answer" in str(letter_about(cast.rosa.person, {"matter": matter.hex}))
    assert "Nothing will be taken away before you answer." in page(cast.rosa, at(matter))


def test_a_decided_matter_stands_in_the_list_beside_the_day_on_which_it_was_decided(cast: Cast) -> None:
    matter = acts.raised(cast.priya, cast.lena, "Come at nine", "swap")
    raised = models.Decision.everything.get(id=matter).raised_at
    assert f"Raised on {words.day(raised)}" in page(cast.lena, LIST)
    acts.sent(matter, cast.priya)
    acts.said(matter, cast.lena, "for", "Yes.")
    with clock.at((raised + timedelta(days=30)).date().isoformat()):
        acts.decided(matter, cast.priya)
        text = page(cast.lena, LIST)
        assert f"Decided on {words.day(clock.today())}" in text
        assert words.day(raised) not in text


def test_who_answered_is_said_alike_where_all_that_people_said_is_read(cast: Cast) -> None:
    matter = _about_a_place(cast)
    do(
        commands.GiveViewOnPlace(decision=matter, position="against", words="No.", instead="Ask us."),
        by=cast.ana,
    )
    view = acts.latest(models.View, matter)
    acts.replied(matter, cast.june, view.id)
    for reader in (None, cast.rosa, cast.ken):
        said = [page(reader, f"{at(matter)}{more}") for more in ("", "/views")]
        for text in said:
            assert "Someone answered" not in text
            assert "Head of adult social care" in text or "June Okafor" in text


def test_where_nobody_decides_both_pages_say_so_and_no_rule_is_made_up(cast: Cast) -> None:
    raised = commands.RaiseAboutPlace(organisation=cast.council, what="Later buses", change="swap")
    matter = do(raised, by=cast.ana).thing
    for reader in (None, cast.rosa):
        assert "Nobody decides this yet. What people say is kept" in page(reader, at(matter))
        ruled = page(reader, f"{at(matter)}/who-decides")
        assert "Nobody decides this yet." in ruled and "One person decides this." not in ruled
    do(commands.TakeUp(decision=matter), by=cast.june)
    assert "Nobody decides this yet" not in page(None, at(matter))
    assert "One person decides this." in page(None, f"{at(matter)}/who-decides")


def test_nobody_is_asked_to_check_what_needs_no_check(cast: Cast) -> None:
    asked = "You were asked to check"
    matter = acts.raised(cast.ken, cast.rosa)
    acts.sent(matter, cast.ken, "phone")  # it was only sent: there are no words of hers to check
    checker = acts.checker_asked(matter, cast.ken)
    assert asked not in page(checker, "/")
    do(
        commands.GiveView(decision=matter, position="for", words="Yes."),
        by=acts.typed_for(cast.rosa, cast.priya),
    )
    assert asked in page(checker, "/")
    do(
        commands.GiveView(decision=matter, position="for", words="Yes, she says."),
        by=acts.typed_for(cast.rosa, checker),
    )
    assert asked not in page(checker, "/")  # he has asked her himself: what came before is past


def _told(matter: UUID, group: UUID, reached: int) -> commands.TellPeople:
    return commands.TellPeople(decision=matter, group=group, channel="letter", reached=reached)


def test_people_who_were_told_twice_are_not_counted_twice(cast: Cast) -> None:
    matter = _about_a_place(cast)
    do(commands.SayWhichPeople(decision=matter, group="Everyone who eats there", size=40), by=cast.june)
    group = acts.latest(models.Affected, matter).id
    do(_told(matter, group, 30), by=cast.june)
    assert "Word of this reached 30 of 40 people." in page(None, at(matter))
    do(_told(matter, group, 25), by=cast.june)
    text = page(None, at(matter))
    assert "Word of this reached at least 30 of 40 people." in text and "55 people" not in text


def test_who_answers_or_checks_what_was_said_reads_all_of_it_first(cast: Cast) -> None:
    """Also what they think of it, as they chose it: a check that cannot see that checks nothing."""
    matter = acts.raised(cast.ken, cast.rosa)
    typed = commands.GiveView(
        decision=matter, position="against", words="Fine.", instead="Come at nine.", interest="To see Joan."
    )
    do(typed, by=acts.typed_for(cast.rosa, cast.priya))
    view = acts.latest(models.View, matter).id
    checker = acts.checker_asked(matter, cast.ken)
    for reader, kind in ((checker, "view_confirmed"), (cast.ken, "replied")):
        text = page(reader, address_of(f"decisions.{kind}", decision=matter, view=view))
        for words_of_it in ("I do not agree", "Fine.", "Come at nine.", "To see Joan."):
            assert words_of_it in text, (kind, words_of_it)


def test_once_they_have_answered_nothing_is_said_of_what_holds_before_they_answer(cast: Cast) -> None:
    matter = acts.raised(cast.ken, cast.rosa)
    for reader in (cast.rosa, cast.ken):
        assert "Nothing will be taken away before" in page(reader, at(matter))
    acts.said(matter, cast.rosa)
    for reader in (cast.rosa, cast.ken):
        assert "Nothing will be taken away before" not in page(reader, at(matter))


def test_matters_stand_by_the_day_beside_each(cast: Cast) -> None:
    first = acts.raised(cast.ken, cast.rosa)
    clock.advance(days=1)
    second = acts.raised(cast.ken, cast.rosa, "Move your visit to nine")
    for who in (cast.ken, cast.rosa):
        text = page(who, LIST)
        assert text.index(str(second)) < text.index(str(first))
    acts.said(first, cast.rosa, "for")
    clock.advance(days=1)
    acts.decided(first, cast.ken)
    for who in (cast.ken, cast.rosa):
        text = page(who, LIST)
        assert text.index(str(first)) < text.index(str(second))


def test_what_was_raised_at_one_moment_is_not_lost_between_two_pages(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "A_PAGE", 3)
    many = [
        commands.RaiseAboutPlace(organisation=cast.council, what=f"Bench {number}", change="swap")
        for number in range(7)
    ]
    do_many([(one, None) for one in many], by=cast.june)
    seen: list[str] = []
    where = LIST
    while where:
        text = page(cast.tom, where)
        seen += re.findall(r'<h3><a href="/decisions/([0-9a-f-]{36})"', text)
        older = re.search(r'href="([^"]+)" rel="next"', text)
        where = older.group(1) if older else ""
    assert len(seen) == len(set(seen)) == models.Decision.objects.seen_by(cast.tom).count() >= 7
    assert browser_of(cast.tom).get(f"{LIST}?before=yesterday").status_code == 404
