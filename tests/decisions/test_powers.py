"""Whoever decides does not write down alone who decides for the person: a second sees the document too."""

from typing import Any
from uuid import UUID

import pytest

from alongside.kernel import clock, replay
from alongside.kernel.command import Missing, NotAllowed, Refused
from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.grounds import ONLY_ONE_LINE
from alongside.topics.decisions.models import State
from alongside.topics.people.commands.agreeing import DeclineToAgree
from alongside.topics.people.commands.ending import EndLink
from alongside.topics.people.commands.links import ChangeWhatTheySee, LegalBasis, Relate
from alongside.topics.people.commands.posts import GivePost
from alongside.topics.people.commands.powers import AskToCheckPower, ConfirmPower, is_the_same_number
from alongside.topics.people.models import AskedToAgree, LinkKind, PowerCheck, Scope
from alongside.topics.people.policy import standings
from alongside.topics.promises.models import Verdict
from tests.decisions import acts
from tests.decisions.power import NUMBER, READ
from tests.promises.making import judge, promised
from tests.visitor import page
from tests.world import BUILDER, Cast, named

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]
POWERS = [(LinkKind.ATTORNEY, LegalBasis.LASTING_POWER), (LinkKind.DEPUTY, LegalBasis.COURT)]


def written(cast: Cast, by: Actor, power: Any = POWERS[0], scope: Scope = Scope.EVERYTHING) -> UUID:
    """A friend, written down as who decides for Lena."""
    kind, basis = power
    relate = Relate(
        person=cast.lena.person,
        other=cast.devon.person,
        kind=kind,
        scope=scope,
        legal_basis=basis,
        document=NUMBER,
    )
    return do(relate, by=by).thing


def home(cast: Cast) -> UUID:
    return acts.raised(cast.ken, cast.lena, "Move Lena to a home", "move")


def ground(cast: Cast, matter: UUID) -> models.Ground:
    return acts.ground(matter, cast.ken, "attorney_or_deputy", holder=cast.devon.person)


def asked(link: UUID, by: Actor) -> UUID:
    return do(AskToCheckPower(link=link), by=by).thing


def seen_too(cast: Cast, link: UUID) -> None:
    do(ConfirmPower(check=asked(link, cast.ken), told=NUMBER, checked=READ), by=cast.dee)


def goes_on_without_her(cast: Cast, matter: UUID) -> None:
    """All that a deciding worker and a friend of theirs can do, the legal reason once written down."""
    acts.safeguard(matter, cast.ken, "involved_anyway")
    acts.said(matter, cast.devon, "for", "Move her.", on_behalf=cast.lena.person)
    acts.decided(matter, cast.ken)


@pytest.mark.parametrize("power", POWERS, ids=["attorney", "deputy"])
@pytest.mark.parametrize("writer", ["ken", "priya", "june"])
def test_a_friend_with_an_invented_number_decides_nothing_for_her(
    cast: Cast, writer: str, power: Any
) -> None:
    link = written(cast, cast.everyone()[writer], power)
    matter = home(cast)
    with pytest.raises(Refused, match="Ask somebody of another team to see the document too"):
        ground(cast, matter)
    assert not models.Ground.everything.filter(decision=matter).exists()
    with pytest.raises((NotAllowed, Missing)):
        acts.said(matter, cast.devon, "for", "Move her.", on_behalf=cast.lena.person)
    with pytest.raises(Refused):
        acts.decided(matter, cast.ken)
    shown = page(cast.ken, f"/decisions/{matter}/legal-reason?code=attorney_or_deputy")
    assert "It opens nothing yet" in shown and f"/people/links/{link}" in shown


@pytest.mark.parametrize("power", POWERS, ids=["attorney", "deputy"])
def test_once_somebody_outside_has_read_the_number_too_the_power_counts(cast: Cast, power: Any) -> None:
    link, matter = written(cast, cast.ken, power), home(cast)
    check = asked(link, cast.ken)
    yes = ConfirmPower(check=check, told="7000 9999 1111", checked=READ)
    assert set(AskedToAgree.everything.filter(ask=check).values_list("person", flat=True)) == {
        cast.dee.person
    }
    for of_that_line in (cast.ken, cast.priya, cast.june):
        with pytest.raises(NotAllowed, match="from outside"):
            do(yes, by=of_that_line)
    with pytest.raises(Refused, match="not the number"):
        do(ConfirmPower(check=check, told="7000-1234-5678", checked=READ), by=cast.dee)
    with pytest.raises(Refused, match="Say what you checked"):
        do(ConfirmPower(check=check, told=NUMBER, checked=""), by=cast.dee)
    with pytest.raises(Refused, match="another team"):
        ground(cast, matter)
    do(yes, by=cast.dee)
    acts.looked(ground(cast, matter), cast.mina)
    goes_on_without_her(cast, matter)
    assert models.Decision.everything.get(id=matter).state == State.DECIDED
    assert not replay.compare().problems


def test_the_second_person_is_shown_all_but_the_number(cast: Cast) -> None:
    link = written(cast, cast.ken)
    check = asked(link, cast.ken)
    row = AskedToAgree.everything.get(ask=check, person=cast.dee.person)
    shown = page(cast.dee, f"/asked-to-agree/{row.id}")
    assert NUMBER not in shown and "public register" in shown
    assert "Devon Marlow" in shown and "A registered lasting power of attorney" in shown
    assert NUMBER not in page(cast.dee, f"/do/people.power_confirmed?check={check}")
    assert "Somebody of another team was asked to see it too" in page(cast.ken, f"/people/links/{link}")
    assert "See the document of an attorney or deputy too" in page(cast.ken, "/asked-to-agree")


def test_the_page_of_the_power_says_who_wrote_it_who_has_seen_it_and_when(cast: Cast) -> None:
    link = written(cast, cast.ken)
    for reader in (cast.ken, cast.lena):
        shown = page(reader, f"/people/links/{link}")
        assert "Ken" in shown and "wrote this down on" in shown
        assert "Nobody of another team has seen it" in shown
    seen_too(cast, link)
    for reader in (cast.ken, cast.lena):
        shown = page(reader, f"/people/links/{link}")
        assert "saw the document too, on" in shown and "Nobody of another team" not in shown
    assert "saw the document too" not in page(cast.devon, f"/people/links/{link}")
    assert not PowerCheck.objects.seen_by(cast.devon).exists()


def test_a_no_is_kept_and_shown_to_the_next_and_opens_nothing(cast: Cast) -> None:
    link = written(cast, cast.ken)
    check = asked(link, cast.ken)
    with pytest.raises(Refused, match="asked already"):
        asked(link, cast.priya)
    row = AskedToAgree.everything.get(ask=check, person=cast.dee.person)
    do(DeclineToAgree(asked=row.id, words="The register does not know this number."), by=cast.dee)
    with pytest.raises((NotAllowed, Refused)):
        do(ConfirmPower(check=check, told=NUMBER, checked=READ), by=cast.dee)
    with pytest.raises(Refused, match="another team"):
        ground(cast, home(cast))
    again = asked(link, cast.lena)
    assert again != check
    row = AskedToAgree.everything.get(ask=again, person=cast.dee.person)
    assert "The register does not know this number" in page(cast.dee, f"/asked-to-agree/{row.id}")


def test_whoever_saw_it_and_then_came_into_the_line_does_not_count(cast: Cast) -> None:
    link, matter = written(cast, cast.ken), home(cast)
    seen_too(cast, link)
    ground(cast, matter)
    acts.safeguard(matter, cast.ken, "involved_anyway")
    acts.said(matter, cast.devon, "for", "Move her.", on_behalf=cast.lena.person)
    post = GivePost(
        organisation=cast.council, person=cast.dee.person, kind=LinkKind.PRACTITIONER, team=cast.east
    )
    do(post, by=BUILDER)
    with pytest.raises(Refused, match="Somebody of another team must have seen their document too"):
        acts.decided(matter, cast.ken)


def test_what_somebody_outside_the_line_wrote_down_needs_no_second_one(cast: Cast) -> None:
    matter = acts.raised(cast.ken, cast.lena, "Pay Lena’s money another way", "money")
    acts.ground(matter, cast.ken, "attorney_or_deputy", holder=cast.victor.person)
    found = standings(cast.victor.person, cast.lena.person, clock.now())  # type: ignore[arg-type]  # both are named
    assert [one.link for one in found if one.is_power] == [named("lena victor attorney")]


def test_other_legal_reasons_need_no_document_and_in_an_emergency_care_goes_on(cast: Cast) -> None:
    written(cast, cast.ken)
    matter = home(cast)
    acts.ground(matter, cast.ken, "serious_harm")
    acts.ground(matter, cast.ken)
    acts.safeguard(matter, cast.ken, "involved_anyway", "least_restrictive")
    acts.decided(matter, cast.ken)
    assert models.Decision.everything.get(id=matter).state == State.DECIDED


def test_he_says_of_no_promise_that_it_was_kept_when_only_they_saw_his_power(cast: Cast) -> None:
    link = written(cast, cast.ken)
    do(ChangeWhatTheySee(link=link, shows=True), by=cast.lena)
    promise = promised(cast, to=cast.lena, due_on=clock.today())
    verdict = judge(promise, cast.lena.person, "kept")
    with pytest.raises(Refused, match="another team"):
        do(verdict, by=cast.devon)
    assert not Verdict.everything.filter(promise=promise).exists()
    seen_too(cast, link)
    do(verdict, by=cast.devon)
    assert Verdict.everything.get(promise=promise).counts


def test_nothing_is_asked_for_what_rests_on_no_document_or_has_ended(cast: Cast) -> None:
    with pytest.raises(Refused, match="does not rest on a document"):
        asked(named("lena victor"), cast.ken)
    link = written(cast, cast.ken)
    check = asked(link, cast.ken)
    do(EndLink(link=link, why="mistake"), by=cast.ken)
    with pytest.raises(Refused, match="settled already"):
        do(ConfirmPower(check=check, told=NUMBER, checked=READ), by=cast.dee)
    with pytest.raises(Refused, match="ended already"):
        asked(link, cast.ken)


def test_whose_power_it_is_asks_nobody_and_confirms_nothing(cast: Cast) -> None:
    link = written(cast, cast.ken)
    with pytest.raises((NotAllowed, Missing)):
        asked(link, cast.devon)
    check = asked(link, cast.ken)
    with pytest.raises((NotAllowed, Missing)):
        do(ConfirmPower(check=check, told=NUMBER, checked=READ), by=cast.devon)


@pytest.mark.parametrize(
    ("told", "same"),
    [("7000 9999 1111", True), ("700099991111", True), ("7000-9999", False), ("", False), ("--", False)],
)
def test_a_number_is_the_same_only_whole(told: str, same: bool) -> None:
    assert is_the_same_number(told, NUMBER) is same
    assert not is_the_same_number(told, "")


def test_the_sentence_says_what_to_do() -> None:
    assert "Ask somebody of another team" in str(ONLY_ONE_LINE)
