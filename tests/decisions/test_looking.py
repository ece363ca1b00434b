"""The pages of a legal reason that somebody outside the line looks at: what each reader is shown."""

import pytest
from django.test import Client

from alongside.home.legal_reasons import counted
from alongside.home.waiting import waits
from alongside.kernel import clock
from alongside.kernel.command import Refused
from alongside.kernel.door import do
from alongside.topics.decisions import commands, models
from alongside.topics.people.commands.posts import EndPost
from alongside.topics.people.models import Awaits
from tests.decisions import acts
from tests.decisions.seen_outside import asked, ground, matter, what_is_due
from tests.interfaces.conftest import browser_of
from tests.visitor import page
from tests.world import BUILDER, Cast, named

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]
EVIDENCE = "Written down on the day."


def test_those_who_decide_read_who_must_see_it_by_when_and_what_they_can_do(cast: Cast) -> None:
    decision = matter(cast)
    ground(decision, cast.ken)
    shown = page(cast.ken, f"/decisions/{decision}")
    for words in (
        "Nobody outside your line has seen your legal reason about Lena Fox",
        "See who can look at your legal reason, and by when",
        "We have asked: the person’s advocate. They are asked to look by Tuesday 3 March 2026.",
        "Cut, end or move the help of Lena Fox",
    ):
        assert words in shown, words
    law = page(cast.ken, f"/decisions/{decision}/law")
    assert "This opens nothing yet" in law and "Help may start." in law
    assert "It opens nothing until somebody outside your line has seen it" in page(
        cast.ken, f"/decisions/{decision}/legal-reason?code=best_interests"
    )


def test_whoever_is_asked_finds_it_on_their_own_page_and_reads_the_same_facts(cast: Cast) -> None:
    decision = matter(cast)
    row = ground(decision, cast.ken, "serious_harm")
    acts.said(decision, cast.lena, "unsure", "I told Ken about my sister.")
    place = f"/decisions/{decision}/legal-reason/{row.id}"
    home = page(cast.dee, "/")
    assert "Somebody wants to decide without Lena Fox" in home and place in home
    shown = page(cast.dee, place)
    assert EVIDENCE in shown and "Move Lena to a home" in shown and "somebody of the duty team" in shown
    assert "my sister" not in shown  # what people said is not theirs to read
    acts.looked(row, cast.dee)
    assert acts.SAW in page(cast.mina, place) and acts.SAW in page(cast.lena, f"/decisions/{decision}/law")
    assert place not in page(cast.dee, "/")
    for stranger in (cast.omar, cast.devon, cast.stranger, cast.boyd):
        assert browser_of(stranger).get(place).status_code == 404


def test_the_form_asks_for_a_sentence_and_the_advocate_comes_to_it_from_the_page(cast: Cast) -> None:
    decision = matter(cast)
    row = ground(decision, cast.ken)
    place = f"/decisions/{decision}/legal-reason/{row.id}"
    assert place in page(cast.mina, f"/decisions/{decision}/law")
    assert "Say what I saw, or that I do not agree" in page(cast.mina, place)
    form = page(cast.mina, f"/do/decisions.ground_looked_at?decision={decision}&ground={row.id}")
    assert "I do not agree" in form and "A page alone is not enough" in form
    assert "Say what I saw" not in page(cast.ken, place)


def test_a_no_is_read_by_the_person_and_by_whoever_is_asked_next(cast: Cast) -> None:
    decision = matter(cast)
    row = ground(decision, cast.ken)
    no = "Nobody asked her in the morning, when she is clear."
    acts.looked(row, cast.mina, "no", no)
    for reader in (cast.lena, cast.ken):
        assert no in page(reader, f"/decisions/{decision}/law")
    said = "Somebody outside does not agree with the legal reason"
    assert said in page(cast.lena, f"/decisions/{decision}")
    evidence = acts.evidence(row.code, help_given="Asked her on two mornings.")
    again = commands.RenewGround(decision=decision, ground=row.id, evidence=evidence)
    do(again, by=cast.ken)
    clock.advance(days=7)
    what_is_due()
    assert no in page(cast.dee, f"/decisions/{decision}/legal-reason/{row.id}")


def test_what_an_unseen_emergency_did_is_told_to_the_person(cast: Cast) -> None:
    decision = matter(cast)
    ground(decision, cast.ken, "serious_harm")
    acts.decided(decision, cast.ken)
    assert "An emergency that nobody outside has seen yet" in page(cast.lena, f"/decisions/{decision}")
    clock.advance(days=2)
    what_is_due()
    assert "What was decided holds no longer" in page(cast.lena, f"/decisions/{decision}")
    after = page(cast.lena, f"/decisions/{decision}/afterwards")
    assert "an emergency that nobody from outside had seen" in after
    assert "What was decided on it holds no longer" in page(cast.ken, "/")


def test_where_nobody_stands_outside_it_stays_shut_and_says_who_could_be_asked(cast: Cast) -> None:
    do(EndPost(link=named("dee post")), by=BUILDER)
    decision = acts.raised(cast.ken, cast.rosa, "Move Rosa to a home", "move")
    row = ground(decision, cast.ken)
    assert asked(row) == set()
    law = page(cast.ken, f"/decisions/{decision}/law")
    assert "Nobody can look at it from outside yet, so it stays shut." in law
    assert "the council can be told to commission one" in law and "user-led organisation" in law
    with pytest.raises(Refused, match="Nobody outside your line"):
        acts.decided(decision, cast.ken)
    clock.advance(days=30)
    what_is_due()
    assert asked(row) == set()  # never the next desk


def test_what_waits_longer_is_told_one_up(cast: Cast) -> None:
    decision = matter(cast)
    ground(decision, cast.ken)
    assert not [each for each in waits(clock.now()) if each.what == Awaits.GROUND]
    clock.advance(days=7)
    [wait] = [each for each in waits(clock.now()) if each.what == Awaits.GROUND]
    assert (wait.body, wait.holders) == (cast.council, (cast.mina.person,))


def test_the_body_says_how_many_were_seen_and_how_many_emergencies_ended_unseen(cast: Cast) -> None:
    with_nobody = counted(cast.council)
    assert [figures.total for figures in with_nobody] == [0, 0]
    decision = matter(cast)
    acts.looked(ground(decision, cast.ken), cast.mina)
    shown = page(None, f"/organisations/{cast.council}")
    assert "Deciding without somebody’s answer" in shown and "1 of" not in shown  # of one person nothing
    found = Client().get(f"/api/this-place/legal-reasons/{cast.council}").json()
    assert found["others"]["parts"] == {} and found["emergencies"]["of"] == 0
    assert models.GroundSaid.everything.count() == 1
