"""A manager who asks a group for the first time reads at each step what is so, and where to go on."""

import re

import pytest

from alongside.kernel.door import do
from alongside.topics.decisions import commands
from tests.decisions.test_groups import listed, matter, told
from tests.decisions.test_pages import page
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
