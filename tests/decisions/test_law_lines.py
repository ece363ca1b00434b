"""What protects somebody is named to them, or about them; a legal reason is told in a line on an own page."""

import pytest

from alongside.kernel import clock, rules
from alongside.topics.decisions.commands.protecting import OF_SOMEBODY_ELSE, SAFEGUARDS, protects
from tests.decisions import acts
from tests.decisions.seen_outside import again, ground, matter
from tests.visitor import page
from tests.world import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]
TO_HER = ("You were involved as far as you could be", "The way that limits you least")
ABOUT_HER = ("They were involved as far as they could be", "The way that limits them least")
NOTHING_BEFORE = "Nothing will be taken away before you answer."


def test_only_the_person_is_spoken_to_in_what_protects_them(cast: Cast) -> None:
    decision = matter(cast)
    row = ground(decision, cast.ken)
    for reader, place, says, never in (
        (cast.lena, f"/decisions/{decision}/law", TO_HER, ABOUT_HER),
        (cast.ken, f"/decisions/{decision}/law", ABOUT_HER, TO_HER),
        (cast.mina, f"/decisions/{decision}/law", ABOUT_HER, TO_HER),
        (cast.mina, f"/decisions/{decision}/legal-reason/{row.id}", ABOUT_HER, TO_HER),
        (cast.lena, f"/decisions/{decision}/rules", TO_HER, ABOUT_HER),
        (cast.ken, f"/decisions/{decision}/rules", ABOUT_HER, TO_HER),
        (cast.ken, f"/do/decisions.safeguard_recorded?decision={decision}", ABOUT_HER, TO_HER),
    ):
        shown = page(reader, place)
        assert all(words in shown for words in says), place
        assert not any(words in shown for words in never), place


@pytest.mark.parametrize("place", ["england", "wales", "scotland"])
def test_every_name_that_says_you_has_words_for_other_readers(place: str) -> None:
    pack = rules.on(place, clock.today())
    for code in pack.codes(SAFEGUARDS):
        about = str(protects(pack, code, is_theirs=False)).casefold()
        assert not {"you", "your"} & set(about.split()), code
    assert set(OF_SOMEBODY_ELSE) < set(pack.codes(SAFEGUARDS))


def test_whoever_decides_reads_on_their_own_page_how_the_legal_reason_stands_and_what_they_can_do(
    cast: Cast,
) -> None:
    decision = matter(cast)
    row = ground(decision, cast.ken)
    place = f"/decisions/{decision}/law"
    home = page(cast.ken, "/")
    assert "Nobody outside your line has seen your legal reason about Lena Fox" in home
    assert "See who is asked to look at it, and by when" in home and place in home
    assert "Lena Fox has not answered. This waits for them." not in home
    acts.looked(row, cast.mina, "no", "Nobody asked her in the morning, when she is clear.")
    home = page(cast.ken, "/")
    assert "does not agree with your legal reason about Lena Fox" in home
    assert "Read why. Then talk with them again, or write it down anew" in home


def test_the_person_reads_on_their_own_page_that_a_legal_reason_waits_is_not_agreed_or_holds(
    cast: Cast,
) -> None:
    decision = matter(cast)
    row = ground(decision, cast.ken)
    home = page(cast.lena, "/")
    assert "Somebody outside their team looks at it first." in home and NOTHING_BEFORE in home
    assert f"/decisions/{decision}/law" in home
    acts.looked(row, cast.mina, "no", "Nobody asked her in the morning, when she is clear.")
    home = page(cast.lena, "/")
    assert "does not agree. It opens nothing." in home and NOTHING_BEFORE in home
    again(decision, row, cast.ken, help_given="Asked her on two mornings, with pictures.")
    acts.looked(row, cast.mina)
    home, shown = page(cast.lena, "/"), page(cast.lena, f"/decisions/{decision}")
    assert "Somebody outside their team has seen it." in home
    assert (
        NOTHING_BEFORE not in home and NOTHING_BEFORE not in shown
    )  # they may decide now: that is no promise
    assert "There is a legal reason to decide without an answer" in shown


def test_an_emergency_is_called_one_to_the_person_and_nobody_says_that_nothing_happens(cast: Cast) -> None:
    decision = matter(cast)
    ground(decision, cast.ken, "serious_harm")
    home = page(cast.lena, "/")
    assert "They say that this is an emergency" in home and NOTHING_BEFORE not in home
    assert "legal reason" not in page(cast.victor, "/")
