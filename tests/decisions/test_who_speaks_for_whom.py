"""Whoever speaks for somebody is asked what that one thinks; once they may not speak, the person is."""

from uuid import UUID

import pytest

from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.topics.decisions import commands
from alongside.topics.people.commands.links import AgreeToLink, Relate, WithdrawConsent
from alongside.topics.people.commands.posts import GivePost
from alongside.topics.people.commands.speaking import DisputeSpeaker
from alongside.topics.people.models import LinkKind, Scope
from tests.decisions import acts
from tests.decisions.power import BILLS, deputy, reason
from tests.decisions.power import matter as about_bills
from tests.visitor import page
from tests.world import BUILDER, Cast, named

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]

MONDAYS = "End the visits on Mondays"
NOT_NOW = "Mina Kowalska may not speak for you now. Say it yourself: then it counts."


def test_an_advocate_is_asked_what_the_person_thinks_and_not_what_they_think_themself(cast: Cast) -> None:
    matter = acts.raised(cast.priya, cast.lena, MONDAYS)
    form = f"/do/decisions.view_given?decision={matter}"
    for path in (form, f"{form}&on_behalf={cast.lena.person}"):
        shown = page(cast.mina, path)
        assert "Say what they told you</h1>" in shown and "Say what you think" not in shown
        assert "You speak for Lena Fox here. What you send is their answer, not yours." in shown
        assert "What do they think?" in shown and "What do you think?" not in shown
        assert "what they want instead" in shown and "needed if you do not agree" not in shown
        assert "You, Lena Fox and those who decide can see this." in shown
        assert "Are you typing this for somebody else?" not in shown
    assert "Say that they do not want to answer" in page(cast.mina, form.replace("view_given", "declined"))
    own = page(cast.lena, form)
    assert "Say what you think</h1>" in own and "You speak for" not in own


def test_what_was_said_for_somebody_whose_consent_ended_is_asked_of_them_anew(cast: Cast) -> None:
    """Whoever decided read “Waiting for Lena Fox”; she read “You have answered”, “Nothing needs you”."""
    matter = acts.raised(cast.priya, cast.lena, MONDAYS)
    acts.said(matter, cast.mina, on_behalf=cast.lena.person)
    assert MONDAYS not in page(cast.lena, "/").split("Start something")[0]
    do(WithdrawConsent(link=named("lena mina")), by=cast.lena)
    assert "Waiting for Lena Fox" in page(cast.priya, f"/decisions/{matter}")
    home, shown = page(cast.lena, "/"), page(cast.lena, f"/decisions/{matter}")
    assert "One decision needs you" in home and MONDAYS in home
    assert "You have answered" not in shown and "Say what I think" in shown
    assert NOT_NOW in shown and "Mina Kowalska said this for you." in shown
    assert "Mina Kowalska and those who decide can see this" not in shown
    assert "Waiting for you" in page(cast.lena, "/decisions/")
    acts.said(matter, cast.lena)
    home, shown = page(cast.lena, "/"), page(cast.lena, f"/decisions/{matter}")
    assert "One decision needs you" not in home and "You have answered" in shown


def test_whoever_is_disputed_reads_nothing_of_it_in_what_they_said(cast: Cast) -> None:
    matter = acts.raised(cast.priya, cast.lena, MONDAYS)
    acts.said(matter, cast.mina, on_behalf=cast.lena.person)
    before = page(cast.mina, f"/decisions/{matter}")
    assert "Lena Fox has answered" in before
    do(DisputeSpeaker(link=named("lena mina"), words="She does not ask me."), by=cast.lena)
    assert NOT_NOW in page(cast.lena, f"/decisions/{matter}")
    after = page(cast.mina, f"/decisions/{matter}")
    assert "Lena Fox has answered" in after and "may not speak" not in after
    assert "Lena Fox has answered" in page(cast.mina, "/decisions/")


def test_whoever_takes_back_consent_reads_first_what_becomes_of_it(cast: Cast) -> None:
    shown = page(cast.lena, f"/do/people.consent_withdrawn?link={named('lena mina')}")
    assert "do not speak for you" in shown and "we ask you instead" in shown


def is_asked_again(cast: Cast, decision: UUID) -> bool:
    """Whether Lena is asked on each page of hers, and whoever decides reads that it waits for her."""
    home, shown = page(cast.lena, "/").split("Start something")[0], page(cast.lena, f"/decisions/{decision}")
    asked = MONDAYS in home
    assert ("You have answered" in shown) is not asked and (NOT_NOW in shown or not asked)
    assert ("Lena Fox has answered" in page(cast.priya, f"/decisions/{decision}")) is not asked
    return asked


def test_what_an_advocate_said_who_joined_the_team_that_decides_is_asked_of_the_person(cast: Cast) -> None:
    """The gate waited for Lena, who read “You have answered”: both waited."""
    matter = acts.raised(cast.priya, cast.lena, MONDAYS)
    acts.said(matter, cast.mina, on_behalf=cast.lena.person)
    post = {"organisation": cast.council, "kind": LinkKind.PRACTITIONER}
    do(GivePost(person=cast.mina.person, team=cast.east, **post), by=BUILDER)
    assert is_asked_again(cast, matter)
    acts.said(matter, cast.lena)
    assert not is_asked_again(cast, matter)


def test_what_was_said_by_one_who_now_speaks_in_another_matter_alone_is_asked_of_the_person(
    cast: Cast,
) -> None:
    matter = acts.raised(cast.priya, cast.lena, MONDAYS)
    other = acts.raised(cast.priya, cast.lena, "Another day for the choir")
    acts.said(matter, cast.mina, on_behalf=cast.lena.person)
    do(WithdrawConsent(link=named("lena mina")), by=cast.lena)
    more = {"kind": LinkKind.SPOKESPERSON, "scope": Scope.ONE_MATTER, "matter": other}
    link = do(Relate(person=cast.lena.person, other=cast.mina.person, **more), by=BUILDER).thing
    do(AgreeToLink(link=link, shows=True), by=cast.lena)
    assert is_asked_again(cast, matter)


def test_whoever_holds_a_power_is_no_answer_of_theirs_with_a_legal_reason_or_without(cast: Cast) -> None:
    """The power outlived the reason, so Lena read “You have answered”, and the gate waited for her."""
    not_hers = "What Devon Marlow says does not stand in for your own answer."
    with clock.at("2026-03-02"):
        deputy(cast)
        matter = about_bills(cast)
        ground = reason(cast, matter)
        acts.safeguard(matter, cast.ken, "involved_anyway")
        acts.said(matter, cast.devon, "for", "By direct debit.", on_behalf=cast.lena.person)
        home = page(cast.lena, "/").split("Start something")[0]
        assert BILLS in home and "Your own answer always counts." in home
        assert not_hers in page(cast.lena, f"/decisions/{matter}")
        assert "Lena Fox has answered" not in page(cast.ken, f"/decisions/{matter}"), "her deputy has"
        do(commands.EndGround(decision=matter, ground=ground.id), by=cast.ken)
        assert "Lena Fox has answered" not in page(cast.ken, f"/decisions/{matter}")
        assert not_hers in page(cast.lena, f"/decisions/{matter}")
        assert BILLS in page(cast.lena, "/").split("Start something")[0]
