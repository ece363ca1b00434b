"""A manager who asks a group for the first time reads at each step what is so, and where to go on."""

import re

import pytest

from alongside.kernel.door import do
from alongside.topics.decisions import commands
from alongside.topics.people.commands.how_often import SetHowOftenWeAsk
from tests.decisions import acts
from tests.decisions.groups import listed, matter, told
from tests.visitor import page
from tests.world import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]


def test_while_a_list_is_made_its_maker_reads_how_many_are_on_it_and_nobody_else_does(cast: Cast) -> None:
    decision, group = matter(cast, size=2)
    no_names, here = "We do not have their names.", f"/decisions/{decision}/people"
    assert no_names in page(cast.june, here)
    people = [cast.rosa.person, cast.devon.person]
    do(commands.ListPeople(decision=decision, group=group, people=people), by=cast.june)
    text = page(cast.june, here)
    assert "On its list so far: 2 people." in text and no_names not in text
    assert "On its list so far" not in page(None, here)
    do(commands.CloseList(decision=decision, group=group), by=cast.june)
    assert "On its list so far" not in page(cast.june, here)


def test_of_people_on_a_list_the_way_to_tell_them_leads_to_where_word_is_sent(cast: Cast) -> None:
    decision, group = matter(cast, size=2)
    link = r'<a href="([^"]+)">Tell the people it affects'
    before = re.search(link, page(cast.june, f"/decisions/{decision}"))
    assert before and "people_told" in before[1]
    listed(cast, decision, group, cast.rosa.person, cast.devon.person)
    after = re.search(link, page(cast.june, f"/decisions/{decision}"))
    assert after and after[1] == f"/decisions/{decision}/people"
    assert "Send word to everyone on its list" in page(cast.june, after[1])


def test_what_can_only_be_waited_for_is_said_in_words(cast: Cast) -> None:
    decision, group = matter(cast, size=2)
    listed(cast, decision, group, cast.rosa.person, cast.devon.person)
    told(decision, group, cast)
    said = commands.GiveViewOnPlace(decision=decision, position="for", words="It is right.")
    do(said, by=cast.rosa)
    text = page(cast.june, f"/decisions/{decision}")
    assert "<li>Wait until their time to answer is up</li>" in text
    assert "&#x27;words&#x27;" not in text and "{'" not in text


def test_where_no_change_is_yet_it_is_said_how_the_first_one_comes(cast: Cast) -> None:
    decision, _group = matter(cast)
    for here in ("/changes/", f"/decisions/{decision}/changes"):
        assert "proposes the change on the page of that decision" in page(cast.june, here)


def test_whoever_is_asked_by_name_reads_it_first_on_their_own_page_though_no_word_could_reach_them(
    cast: Cast,
) -> None:
    decision, group = matter(cast, size=2)
    listed(cast, decision, group, cast.rosa.person, cast.devon.person)
    assert "Nothing needs you now." in page(cast.rosa, "/")
    told(decision, group, cast)
    text = page(cast.rosa, "/")
    assert "One decision needs you" in text and "Close the lunch club" in text
    assert "Nothing needs you now." not in text and f"place_view_given?decision={decision}" in text
    assert "You are one of the people this affects. You need not answer." in text
    assert "Nothing will be taken away before you answer." not in text, "it does not wait for one of many"
    assert "decisions.declined" not in text, "there is nothing to decline, for nobody waits"
    said = commands.GiveViewOnPlace(decision=decision, position="for", words="It is right.")
    do(said, by=cast.rosa)
    assert "Nothing needs you now." in page(cast.rosa, "/")


def test_who_wants_to_be_asked_of_their_own_life_alone_is_not_asked_on_their_page_either(cast: Cast) -> None:
    assert cast.rosa.person is not None
    do(SetHowOftenWeAsk(person=cast.rosa.person, how_often="never"), by=cast.rosa)
    decision, group = matter(cast, size=2)
    listed(cast, decision, group, cast.rosa.person, cast.devon.person)
    told(decision, group, cast)
    assert "Nothing needs you now." in page(cast.rosa, "/")
    assert "Close the lunch club" in page(cast.devon, "/")


def test_who_is_heard_on_anothers_life_is_asked_on_their_page_and_reads_that_it_does_not_wait(
    cast: Cast,
) -> None:
    about = acts.raised(cast.ken, cast.rosa)
    assert "Nothing needs you now." in page(cast.devon, "/")
    do(commands.SayWhoIsAffected(decision=about, person=cast.devon.person, stake="other"), by=cast.ken)
    text = page(cast.devon, "/")
    assert acts.CUT in text and "It affects you too. Whoever decides reads what you say." in text
    assert "Nothing will be taken away before you answer." not in text
    assert "Nothing will be taken away before you answer." in page(cast.rosa, "/")
