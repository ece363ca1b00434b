"""Who is what to whom: by consent or by law, from when to when, taken back and disputed."""

from uuid import UUID

import pytest

from alongside.kernel import clock, replay
from alongside.kernel.command import Missing, NotAllowed, Refused
from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.topics.people.commands.ending import EndLink, WhyEnded
from alongside.topics.people.commands.links import (
    AgreeToLink,
    ChangeWhatTheySee,
    LegalBasis,
    Relate,
    WithdrawConsent,
)
from alongside.topics.people.commands.persons import AddPerson
from alongside.topics.people.commands.speaking import DisputeSpeaker, SettleDispute
from alongside.topics.people.models import Dispute, Link, LinkKind, Person, Scope
from alongside.topics.people.policy import (
    has_live_link,
    is_advocate_of,
    may_speak_for,
    same_line,
    speaks_for_q,
)
from tests.interfaces.conftest import browser_of
from tests.world import Cast, named


def who(actor: Actor) -> UUID:
    assert actor.person is not None
    return actor.person


def speaks(speaker: Actor, person: Actor, scope: str | None = None) -> bool:
    """By the predicate that rows are read through."""
    at = clock.now()
    return Person.everything.filter(speaks_for_q(speaker, at, "pk", scope=scope), pk=person.person).exists()


def relate_sol_to_rosa(cast: Cast) -> UUID:
    """Priya writes that Sol could be Rosa's advocate. Rosa has not been asked yet."""
    relate = Relate(
        link=named("rosa sol"), person=who(cast.rosa), other=who(cast.sol), kind=LinkKind.ADVOCATE
    )
    do(relate, by=cast.priya)
    return named("rosa sol")


def test_a_speaker_counts_only_once_the_person_has_agreed(cast: Cast) -> None:
    link = relate_sol_to_rosa(cast)
    assert not speaks(cast.sol, cast.rosa)
    do(AgreeToLink(link=link), by=cast.rosa)
    assert speaks(cast.sol, cast.rosa)
    assert is_advocate_of(who(cast.sol), who(cast.rosa), clock.now())
    assert replay.compare().sound


@pytest.mark.parametrize("name", ["sol", "priya", "devon", "victor", "stranger"])
def test_nobody_else_agrees_for_the_person(cast: Cast, name: str) -> None:
    link = relate_sol_to_rosa(cast)
    with pytest.raises((NotAllowed, Missing)):
        do(AgreeToLink(link=link), by=cast.everyone()[name])


def test_consent_to_a_speaker_is_asked_away_from_that_speaker(cast: Cast) -> None:
    link = relate_sol_to_rosa(cast)
    together = Actor(person=who(cast.rosa), typed_by=who(cast.sol), how="in person")
    with pytest.raises(Refused):
        do(AgreeToLink(link=link), by=together)
    apart = Actor(person=who(cast.rosa), typed_by=who(cast.priya), how="in person")
    do(AgreeToLink(link=link), by=apart)
    assert speaks(cast.sol, cast.rosa)


def test_consent_is_not_taken_by_a_code_sent_to_a_telephone_that_the_speaker_holds(cast: Cast) -> None:
    link = named("lena victor speaks")
    relate = Relate(link=link, person=who(cast.lena), other=who(cast.victor), kind=LinkKind.SPOKESPERSON)
    do(relate, by=cast.priya)
    by_text = Actor(person=who(cast.lena), way="code", only=link)
    with pytest.raises(Refused):
        do(AgreeToLink(link=link), by=by_text)
    assert not speaks(cast.victor, cast.lena, "welfare")


def test_consent_taken_back_ends_it_at_once(cast: Cast) -> None:
    link = named("rosa devon")
    assert has_live_link(who(cast.devon), who(cast.rosa), [LinkKind.CARER], clock.now())
    with pytest.raises((NotAllowed, Missing)):
        do(WithdrawConsent(link=link), by=cast.devon)
    do(WithdrawConsent(link=link), by=cast.rosa)
    assert not has_live_link(who(cast.devon), who(cast.rosa), [LinkKind.CARER], clock.now())
    assert replay.compare().sound


def test_what_rests_on_the_law_is_not_ended_by_taking_back_consent(cast: Cast) -> None:
    with pytest.raises(Refused):
        do(WithdrawConsent(link=named("lena victor attorney")), by=cast.lena)


def test_a_power_over_money_says_nothing_about_where_somebody_lives(cast: Cast) -> None:
    assert speaks(cast.victor, cast.lena, "money")
    assert not speaks(cast.victor, cast.lena, "welfare")
    standing = may_speak_for(who(cast.victor), who(cast.lena), clock.now())
    assert standing is not None and standing.is_power
    assert standing.covers(Scope.MONEY) and not standing.covers(Scope.WELFARE)


def test_a_power_is_written_down_only_with_its_document(cast: Cast) -> None:
    bare = Relate(person=who(cast.rosa), other=who(cast.devon), kind=LinkKind.ATTORNEY)
    with pytest.raises(Refused) as refused:
        do(bare, by=cast.priya)
    assert {reason.field for reason in refused.value.reasons} == {"legal_basis", "document"}
    seen = Relate(
        person=who(cast.rosa),
        other=who(cast.devon),
        kind=LinkKind.ATTORNEY,
        legal_basis=LegalBasis.LASTING_POWER,
        document="7000-0000-0001",
        scope=Scope.WELFARE,
        in_use=False,
    )
    do(seen, by=cast.priya)
    assert not speaks(cast.devon, cast.rosa)  # on record, and not in use


def test_a_person_cannot_make_somebody_their_attorney_here(cast: Cast) -> None:
    wish = Relate(
        person=who(cast.rosa),
        other=who(cast.devon),
        kind=LinkKind.ATTORNEY,
        legal_basis=LegalBasis.LASTING_POWER,
        document="x",
    )
    with pytest.raises(Refused):
        do(wish, by=cast.rosa)


def test_while_a_speaker_is_disputed_they_do_not_speak_and_are_not_told(cast: Cast) -> None:
    link = named("lena victor attorney")
    raised = do(DisputeSpeaker(link=link, words="He reads my post."), by=cast.lena)
    assert not speaks(cast.victor, cast.lena, "money")
    standing = may_speak_for(who(cast.victor), who(cast.lena), clock.now())
    assert standing is not None and standing.disputed and not standing.speaks
    assert not Dispute.objects.seen_by(cast.victor).exists()
    assert Dispute.objects.seen_by(cast.lena).filter(pk=raised.thing).exists()
    seen_by_him = Link.objects.seen_by(cast.victor).get(pk=link)
    assert seen_by_him.is_live(clock.now())  # his own row says nothing of it
    assert replay.compare().sound


def test_anyone_may_dispute_a_speaker_once(cast: Cast) -> None:
    link = named("ana mina")
    do(DisputeSpeaker(link=link), by=cast.stranger)
    assert not speaks(cast.mina, cast.ana)
    with pytest.raises(Refused):
        do(DisputeSpeaker(link=link), by=cast.stranger)


def test_the_person_settles_a_dispute_about_whom_they_chose(cast: Cast) -> None:
    done = do(DisputeSpeaker(link=named("ana mina")), by=cast.victor)
    do(SettleDispute(dispute=done.thing, stands=True, words="I chose Mina."), by=cast.ana)
    assert speaks(cast.mina, cast.ana)
    with pytest.raises(Refused):  # and it is not raised again by the same one
        do(DisputeSpeaker(link=named("ana mina")), by=cast.victor)


def test_a_disputed_speaker_cannot_settle_it_nor_can_the_team_that_raised_it(cast: Cast) -> None:
    done = do(DisputeSpeaker(link=named("lena victor attorney")), by=cast.priya)
    with pytest.raises((Missing, NotAllowed)):
        do(SettleDispute(dispute=done.thing, stands=True, words="I am fine."), by=cast.victor)
    with pytest.raises(Refused):
        do(SettleDispute(dispute=done.thing, stands=False, words="We think so."), by=cast.ken)


def test_a_dispute_that_is_upheld_ends_the_standing(cast: Cast) -> None:
    done = do(DisputeSpeaker(link=named("lena victor attorney")), by=cast.mina)
    do(SettleDispute(dispute=done.thing, stands=False, words="The court agrees."), by=cast.ken)
    assert may_speak_for(who(cast.victor), who(cast.lena), clock.now()) is None
    assert replay.compare().sound


def test_the_person_changes_what_somebody_sees_and_nobody_else_does(cast: Cast) -> None:
    link = named("rosa devon")
    with pytest.raises((NotAllowed, Missing)):
        do(ChangeWhatTheySee(link=link, shows=True), by=cast.devon)
    with pytest.raises((NotAllowed, Missing)):
        do(ChangeWhatTheySee(link=link, shows=False), by=cast.priya)
    do(ChangeWhatTheySee(link=link, shows=False), by=cast.rosa)
    assert not Link.everything.get(pk=link).shows


def test_a_worker_cannot_say_yes_for_the_person_to_being_seen(cast: Cast) -> None:
    relate = Relate(
        link=named("rosa victor"),
        person=who(cast.rosa),
        other=who(cast.victor),
        kind=LinkKind.FRIEND,
        shows=True,
    )
    do(relate, by=cast.priya)
    row = Link.everything.get(pk=named("rosa victor"))
    assert not row.shows and row.opens_at is None


def test_somebody_may_step_down_and_a_stranger_may_not_end_it(cast: Cast) -> None:
    link = named("rosa devon")
    with pytest.raises(Missing):
        do(EndLink(link=link, why=WhyEnded.MISTAKE), by=cast.stranger)
    do(EndLink(link=link, why=WhyEnded.STEPPED_DOWN), by=cast.devon)
    assert not has_live_link(who(cast.devon), who(cast.rosa), [LinkKind.CARER], clock.now())


def test_a_relationship_ends_by_itself_on_its_last_day(cast: Cast) -> None:
    with clock.at("2026-03-02"):
        relate = Relate(
            link=named("rosa sol"),
            person=who(cast.rosa),
            other=who(cast.sol),
            kind=LinkKind.STATUTORY_ADVOCATE,
            legal_basis=LegalBasis.CARE_ADVOCATE,
            until_on=clock.today(),
        )
        do(relate, by=cast.priya)
        assert speaks(cast.sol, cast.rosa)
    with clock.at("2026-03-02T22:00:00+00:00"):
        assert speaks(cast.sol, cast.rosa)
    with clock.at("2026-03-03T00:30:00+00:00"):
        assert not speaks(cast.sol, cast.rosa)


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        ("priya", "ken", True),
        ("ken", "priya", True),
        ("priya", "june", True),
        ("ken", "june", True),
        ("priya", "omar", False),
        ("ken", "omar", False),
        ("ken", "dee", False),
        ("omar", "june", True),
        ("priya", "tom", False),
        ("mina", "sol", True),  # one small body without teams: to be safe
        ("priya", "mina", False),
        ("ken", "boyd", False),
        ("rosa", "devon", False),
    ],
)
def test_a_line_is_a_team_and_those_over_it(cast: Cast, one: str, other: str, together: bool) -> None:
    found = same_line(named(one), named(other), clock.now())
    assert found is together
    assert same_line(named(other), named(one), clock.now()) is together


def test_staff_change_others_records_only_with_a_passkey_or_the_councils_sign_in(cast: Cast) -> None:
    weak = Actor(person=who(cast.priya))
    relate = Relate(person=who(cast.rosa), other=who(cast.stranger), kind=LinkKind.FRIEND)
    with pytest.raises(Refused):
        do(relate, by=weak)


def test_a_child_is_not_shown_to_their_family(cast: Cast) -> None:
    child = named("Robin Marlow")
    add = AddPerson(
        person=child, organisation=cast.council, name="Robin Marlow", team=cast.east, is_child=True
    )
    do(add, by=Actor(installation=True))
    do(
        Relate(link=named("robin devon"), person=child, other=who(cast.devon), kind=LinkKind.FAMILY),
        by=cast.ken,
    )
    with pytest.raises(Refused):
        do(
            AgreeToLink(link=named("robin devon"), shows=True),
            by=Actor(person=child, typed_by=who(cast.priya)),
        )


@pytest.mark.parametrize(
    ("kind", "wrong", "right"),
    [
        (LinkKind.DEPUTY, LegalBasis.LASTING_POWER, LegalBasis.COURT),
        (LinkKind.ATTORNEY, LegalBasis.COURT, LegalBasis.ENDURING_POWER),
        (LinkKind.NOMINEE, LegalBasis.CUSTODY, LegalBasis.NOMINATED),
        (LinkKind.APPROPRIATE_ADULT, LegalBasis.COURT, LegalBasis.CUSTODY),
    ],
)
def test_whoever_the_law_provides_is_written_down_on_what_such_a_one_rests_on_and_on_nothing_else(
    cast: Cast, kind: LinkKind, wrong: LegalBasis, right: LegalBasis
) -> None:
    """A deputy could be written down with a power of attorney, which no court ever saw."""
    given = {"person": who(cast.rosa), "other": who(cast.devon), "kind": kind, "document": "7000-0000-0001"}
    with pytest.raises(Refused) as refused:
        do(Relate(legal_basis=wrong, **given), by=cast.priya)
    assert [reason.field for reason in refused.value.reasons] == ["legal_basis"]
    form = browser_of(cast.priya).get(f"/do/people.related?person={cast.rosa.person}&kind={kind.value}")
    shown = form.content.decode()
    assert f'value="{right.value}"' in shown and f'value="{wrong.value}"' not in shown
    do(Relate(legal_basis=right, **given), by=cast.priya)


def test_somebody_whom_the_reader_asked_is_not_somebody_they_asked(cast: Cast) -> None:
    asked = Relate(person=who(cast.rosa), other=who(cast.devon), kind=LinkKind.SPOKESPERSON)
    link = do(asked, by=cast.rosa).thing
    hers = browser_of(cast.rosa).get(f"/people/links/{link}").content.decode()
    assert "Someone you asked to speak for you" in hers and "Someone they asked" not in hers
    theirs = browser_of(cast.priya).get(f"/people/links/{link}").content.decode()
    assert "Someone they asked to speak for them" in theirs


def test_who_sees_by_one_thing_they_are_is_not_said_to_see_nothing_by_another(cast: Cast) -> None:
    """Lena reads of her attorney that he sees nothing, while he sees it all as her carer."""
    links = Link.everything.filter(person=who(cast.lena), other=who(cast.victor))
    power, carer = (links.get(kind=kind) for kind in (LinkKind.ATTORNEY, LinkKind.CARER))
    do(ChangeWhatTheySee(link=carer.id, shows=True), by=cast.lena)
    do(ChangeWhatTheySee(link=power.id, shows=False), by=cast.lena)
    there = f"/people/links/{power.id}"
    shown = browser_of(cast.lena).get(there).content.decode()
    assert "they see them by what else they are" in shown and f"/people/links/{carer.id}" in shown
    assert "they see them by what else" not in browser_of(cast.victor).get(there).content.decode()
    do(ChangeWhatTheySee(link=carer.id, shows=False), by=cast.lena)
    assert "they see them by what else" not in browser_of(cast.lena).get(there).content.decode()
