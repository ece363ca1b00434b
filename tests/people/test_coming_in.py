"""Coming in: by an email address, by single sign-on, by a code from a letter."""

import pytest

from alongside.kernel import clock, replay
from alongside.kernel.command import Missing, NotAllowed, Refused
from alongside.kernel.door import do
from alongside.kernel.policy import THE_CLOCK, Actor
from alongside.topics.people.commands.access import (
    IssueCode,
    LinkSignIn,
    SignInKind,
    StopCode,
    UnlinkSignIn,
    new_code,
    way_in_used,
)
from alongside.topics.people.models import SignInName, WayIn
from alongside.topics.people.policy import may_type_for, person_for_email, person_for_oidc, way_in
from tests.world import Cast, named


def test_an_address_finds_its_person_whatever_the_capitals(cast: Cast) -> None:
    done = do(LinkSignIn(person=named("ana"), address="Ana@Wexmoor.example"), by=cast.ana)
    assert person_for_email(" ana@wexmoor.EXAMPLE ") == named("ana")
    assert person_for_email("nobody@wexmoor.example") is None
    do(UnlinkSignIn(sign_in=done.thing), by=cast.ana)
    assert person_for_email("ana@wexmoor.example") is None
    assert replay.compare().sound


def test_the_councils_sign_in_finds_its_person(cast: Cast) -> None:
    link = LinkSignIn(
        person=named("priya"), kind=SignInKind.COUNCIL, issuer="https://id.wexmoor.example", address="pn-1"
    )
    do(link, by=cast.priya)
    assert person_for_oidc("https://id.wexmoor.example", "pn-1") == named("priya")
    assert person_for_oidc("https://id.other.example", "pn-1") is None
    assert person_for_oidc("https://id.wexmoor.example", "PN-1") is None


def test_the_store_holds_no_address_in_plain_words(cast: Cast) -> None:
    do(LinkSignIn(person=named("ana"), address="ana@wexmoor.example"), by=cast.ana)
    row = SignInName.everything.get()
    assert b"wexmoor" not in bytes(row.address) and "wexmoor" not in row.finder


@pytest.mark.parametrize("name", ["victor", "devon", "stranger", "mina", "omar"])
def test_nobody_ties_their_own_email_to_somebody_elses_life(cast: Cast, name: str) -> None:
    with pytest.raises((NotAllowed, Missing)):
        do(LinkSignIn(person=named("lena"), address="v@wexmoor.example"), by=cast.everyone()[name])


def test_a_code_from_a_letter_is_not_enough_to_tie_an_email(cast: Cast) -> None:
    came = Actor(person=named("lena"), only=named("lena"), way="code")
    with pytest.raises(Refused):
        do(LinkSignIn(person=named("lena"), address="v@wexmoor.example"), by=came)


def test_one_address_is_one_person_and_the_refusal_names_nobody(cast: Cast) -> None:
    do(LinkSignIn(person=named("ana"), address="ana@wexmoor.example"), by=cast.ana)
    with pytest.raises(Refused) as refused:
        do(LinkSignIn(person=named("rosa"), address="ana@wexmoor.example"), by=cast.rosa)
    assert "Ana" not in str(refused.value)


def issue(code: str = "", *, is_once: bool = False) -> tuple[str, object]:
    made, digest = new_code()
    row = IssueCode(
        person=named("rosa"), matter=named("a matter"), path="/decisions/1", digest=digest, is_once=is_once
    )
    return made, do(row, by=THE_CLOCK).thing


def test_a_code_opens_its_one_matter_and_is_kept_nowhere(cast: Cast) -> None:
    code, pk = issue()
    found = way_in(code.lower().replace("-", " "))
    assert found is not None
    assert (found.person, found.matter, found.path) == (named("rosa"), named("a matter"), "/decisions/1")
    row = WayIn.everything.get(pk=pk)
    assert code not in row.finder and code.replace("-", "") not in row.finder
    assert way_in("AAAA-AAAA") is None and way_in("") is None
    assert replay.compare().sound


def test_a_code_grows_old_is_stopped_or_used_up(cast: Cast) -> None:
    with clock.at("2026-03-02"):
        code, _pk = issue()
        once, _pk = issue(is_once=True)
        stopped, pk = issue()
        do(StopCode(row=pk), by=cast.rosa)
        assert way_in(stopped) is None
        used = way_in_used(way_in(once), clock.now())
        assert used is not None
        do(used, by=Actor(person=named("rosa"), way="code", only=used.row))
        assert way_in(once) is None
        assert way_in(code) is not None
    with clock.at("2026-06-02"):
        assert way_in(code) is None


def test_whose_acts_may_be_typed(cast: Cast) -> None:
    now = clock.now()
    assert dict(may_type_for(named("priya"), now)) == {
        named("rosa"): "Rosa Marlow",
        named("lena"): "Lena Fox",
    }
    assert dict(may_type_for(named("mina"), now)).keys() == {named("ana"), named("lena")}
    for name in ("victor", "devon", "tom", "stranger", "boyd"):
        assert may_type_for(named(name), now) == []
