"""Easy Read of a legal reason, of looking at one, of one’s own record, of raising something: all is there."""

import pytest

from tests.decisions import acts
from tests.decisions.afterwards import challenged
from tests.decisions.easy_read import IN_FULL, both, main
from tests.decisions.seen_outside import ground, matter
from tests.world import Cast

pytestmark = pytest.mark.django_db


def test_a_legal_reason_says_to_each_reader_whether_they_may_decide_now(cast: Cast) -> None:
    decision = matter(cast)
    row = ground(decision, cast.ken)
    for reader in (cast.lena, cast.mina, cast.ken):
        _full, easy = both(reader, f"/decisions/{decision}/law")
        assert "They may not decide yet." in IN_FULL.sub("", easy)
    acts.looked(row, cast.mina)
    _full, easy = both(cast.lena, f"/decisions/{decision}/law")
    first = IN_FULL.sub("", easy)
    assert "This is so now." in first and acts.SAW in first
    assert "Your answer always counts." in first and "Say what I think" in first
    assert "You were involved as far as you could be" in first


def test_whoever_looks_reads_what_is_asked_and_by_when(cast: Cast) -> None:
    decision = matter(cast)
    row = ground(decision, cast.ken)
    _full, easy = both(cast.mina, f"/decisions/{decision}/legal-reason/{row.id}")
    first = IN_FULL.sub("", easy)
    for words in (
        "Lena Fox",
        "Please look by this day.",
        "Nothing is taken away before you look.",
        "You can say no.",
    ):
        assert words in first, words
    assert "They were involved as far as they could be" in first and "Say what I saw" in easy
    urgent = ground(matter(cast), cast.ken, "serious_harm")
    _full, easy = both(cast.mina, f"/decisions/{urgent.decision}/legal-reason/{urgent.id}")
    assert "They say it cannot wait." in easy and "Nothing is taken away before you look." not in easy


def test_ones_own_record_says_what_one_can_do_with_it_and_of_somebody_else_it_is_as_in_full(
    cast: Cast,
) -> None:
    _full, easy = both(cast.rosa, f"/people/{cast.rosa.person}")
    first = IN_FULL.sub("", easy)
    assert "This page is about you." in first and "Devon Marlow" in first and "Who can see this" in first
    of_another = main(cast.priya, f"/people/{cast.rosa.person}", reading="..easy")
    assert "This page is about you." not in of_another


def test_raising_something_new_is_one_choice_a_row_and_so_are_its_forms(cast: Cast) -> None:
    for reader in (cast.rosa, cast.ken, None):
        both(reader, "/decisions/new")
        both(reader, "/problems/new")
    _full, easy = both(cast.rosa, f"/do/decisions.raised?person={cast.rosa.person}")
    assert "Nothing changes because you asked." in easy
    both(cast.rosa, "/do/decisions.place_raised")
    both(None, "/do/decisions.problem_raised")


def test_a_worry_says_999_first_and_is_in_easy_read_from_the_form_to_the_thanks(cast: Cast) -> None:
    for address in ("/do/decisions.concern_raised", "/worries/sent"):
        full, easy = both(None, address)
        assert "ring 999" in full
        assert easy.index("Ring 999.") < easy.index("keep" if "sent" in address else "<form")


def test_what_came_after_says_first_how_to_say_that_it_is_wrong_and_then_what_was_answered(
    cast: Cast,
) -> None:
    decision = acts.raised(cast.ken, cast.rosa)
    address = f"/decisions/{decision}/afterwards"
    _full, easy = both(cast.rosa, address)
    assert "Nobody has decided this yet." in IN_FULL.sub("", easy)
    acts.replied(decision, cast.ken, acts.said(decision, cast.rosa).id)
    acts.decided(decision, cast.ken)
    _full, easy = both(cast.rosa, address)
    first = IN_FULL.sub("", easy)
    assert "Is this decision wrong? You can say so." in first and "decisions.challenged" in first
    challenged(decision, cast.rosa)
    first = IN_FULL.sub("", both(cast.rosa, address)[1])
    assert "You said that it is wrong." in first and "Nobody looked at my mornings." in first
    assert "They answer you by this day." in first and "Say that it is wrong" not in first
    assert "You said that it is wrong." not in main(cast.ken, address, reading="..easy")
