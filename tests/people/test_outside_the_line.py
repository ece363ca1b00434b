"""A second person from outside the line: who is asked, who may never be, what a no does, and what two of one
line may do where somebody could be hurt."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from alongside.home.second_person import _all_agreed
from alongside.interfaces.leaving import Work, do_what_is_due
from alongside.kernel import clock, replay
from alongside.kernel.command import Missing, NotAllowed, Refused
from alongside.kernel.door import do
from alongside.kernel.outbox import Outbox
from alongside.kernel.policy import Actor
from alongside.topics.decisions.commands import AskQuestion
from alongside.topics.people.commands.agreeing import DeclineToAgree, EndWhoAgrees, NameWhoAgrees
from alongside.topics.people.commands.bodies import AddOffice, AppointToOffice
from alongside.topics.people.commands.erasing import AskToErase, AskToRemoveNote, ErasePerson, RemoveNote
from alongside.topics.people.commands.keeping import AgreeHoldBack, LiftHoldBack
from alongside.topics.people.commands.links import AgreeToLink, Relate
from alongside.topics.people.commands.merging import AskToMerge, MergePeople
from alongside.topics.people.commands.persons import AddPerson
from alongside.topics.people.commands.posts import EndPost, GivePost
from alongside.topics.people.models import AgreesFor, AskedAs, AskedToAgree, Dispute, HoldBack, LinkKind, Said
from alongside.topics.people.policy.outside_line import Asking, stands_outside
from tests.decisions import acts
from tests.interfaces.conftest import browser_of
from tests.people.keeping import a_dispute, second_record_of_rosa
from tests.people.outside_the_line import CHECKED, held
from tests.visitor import page
from tests.world import BUILDER, Cast, named

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]
NO = (Missing, NotAllowed, Refused)


@pytest.fixture(autouse=True)
def _as_recorded(cast: Cast) -> Any:
    with clock.at("2026-03-02"):
        yield
        assert replay.verify().problems == []
        assert replay.compare().problems == []


def asked(ask: UUID) -> dict[UUID, str]:
    return dict(AskedToAgree.everything.filter(ask=ask).values_list("person", "standing"))


def shown(cast: Cast, thing: UUID) -> bool:
    return Dispute.objects.seen_by(cast.lena).filter(pk=thing).exists()


def everything_that_waits(cast: Cast) -> dict[str, tuple[UUID, Any]]:
    """One of each act that needs a second person, asked for by Priya or Ken."""
    rosa = cast.rosa.person
    assert rosa is not None
    rosie = second_record_of_rosa(cast)
    thing = a_dispute(cast)
    return {
        "hold_back": (hold := held(cast, cast.priya, thing), AgreeHoldBack(hold_back=hold, checked=CHECKED)),
        "merge": (
            merge := do(AskToMerge(person=rosa, other=rosie, words="Same birthday."), by=cast.ken).thing,
            MergePeople(merge=merge, checked=CHECKED),
        ),
        "erasure": (
            gone := do(
                AskToErase(person=rosa, why="legal_duty", words="A court said so."), by=cast.priya
            ).thing,
            ErasePerson(erasure=gone, checked=CHECKED),
        ),
    }


@pytest.mark.parametrize("who", ["priya", "ken", "june", "omar", "mina", "victor", "devon", "boyd", "lena"])
def test_nobody_but_whoever_was_asked_agrees_to_anything_that_needs_two(cast: Cast, who: str) -> None:
    """Not the one who asked, nor their boss, nor hers; nobody near; nobody who was not asked."""
    actor = replace(cast.everyone()[who], strong=True)
    for name, (ask, yes) in everything_that_waits(cast).items():
        if name == "hold_back" and who in ("ken", "june"):
            continue  # a short time, and once: below
        with pytest.raises(NO):
            do(yes, by=actor)
        assert not AskedToAgree.everything.filter(ask=ask).exclude(said=Said.NOTHING).exists()


def test_whoever_stands_outside_agrees_to_each_and_says_what_they_checked(cast: Cast) -> None:
    for ask, yes in everything_that_waits(cast).values():
        assert asked(ask) == {cast.dee.person: AskedAs.DUTY}
        with pytest.raises(Refused, match="Say what you checked"):
            do(yes.having({"checked": ""}), by=cast.dee)
        do(yes, by=cast.dee)
        row = AskedToAgree.everything.get(ask=ask)
        assert (row.said, str(row.words)) == ("yes", CHECKED)


def test_a_note_is_taken_out_only_by_somebody_outside_the_line(cast: Cast) -> None:
    matter = acts.raised(cast.ken, cast.rosa)
    note = do(AskQuestion(decision=matter, words="Is this of me?"), by=cast.rosa).entry
    ask = do(AskToRemoveNote(person=named("rosa"), note=note, words="Of another."), by=cast.priya).thing
    with pytest.raises(NO):
        do(RemoveNote(erasure=ask, checked=CHECKED), by=cast.ken)
    text = page(cast.dee, f"/asked-to-agree/{AskedToAgree.everything.get(ask=ask).id}")
    assert "Of another." in text and "Is this of me?" not in text, "why, and not the words themselves"
    do(RemoveNote(erasure=ask, checked=CHECKED), by=cast.dee)


def test_a_relative_a_party_and_whoever_changed_posts_no_longer_stand_outside(cast: Cast) -> None:
    thing = a_dispute(cast)
    ask = held(cast, cast.priya, thing, "third_party")
    yes = AgreeHoldBack(hold_back=ask, checked=CHECKED)
    brother = Relate(person=cast.lena.person, other=cast.dee.person, kind=LinkKind.FAMILY)
    asking = Asking(named("priya"), named("lena"), (named("lena"),))
    assert stands_outside(named("dee"), asking, clock.now())
    link = do(brother, by=BUILDER).thing
    do(AgreeToLink(link=link, shows=False), by=cast.lena)
    assert not stands_outside(named("dee"), asking, clock.now())
    with pytest.raises(Refused, match="Only somebody from outside"):
        do(yes, by=cast.dee)


def test_whoever_has_come_into_the_line_since_cannot_agree(cast: Cast) -> None:
    ask = held(cast, cast.priya, a_dispute(cast), "third_party")
    post = GivePost(
        organisation=cast.council, person=cast.dee.person, kind=LinkKind.PRACTITIONER, team=cast.east
    )
    do(post, by=BUILDER)
    with pytest.raises(Refused, match="Only somebody from outside"):
        do(AgreeHoldBack(hold_back=ask, checked=CHECKED), by=cast.dee)


def test_where_the_duty_team_asks_itself_another_line_is_asked(cast: Cast) -> None:
    rosa, rosie = named("rosa"), second_record_of_rosa(cast)
    do(Relate(person=rosa, other=cast.dee.person, kind=LinkKind.PRACTITIONER, team=cast.duty), by=BUILDER)
    do(Relate(person=rosie, other=cast.dee.person, kind=LinkKind.PRACTITIONER, team=cast.duty), by=BUILDER)
    ask = do(AskToMerge(person=rosa, other=rosie, words="The same."), by=cast.dee).thing
    assert asked(ask) == {cast.omar.person: AskedAs.COLLEAGUE}, "Ken and June work with Rosa; Omar does not"


def test_a_no_is_kept_with_its_reason_ends_it_and_is_shown_when_it_is_asked_again(cast: Cast) -> None:
    thing = a_dispute(cast)
    ask = held(cast, cast.priya, thing)
    do(AgreeHoldBack(hold_back=ask, checked=CHECKED), by=cast.ken)
    assert not shown(cast, thing), "somebody could be hurt: two of one line hold it back for a short time"
    row = AskedToAgree.everything.get(ask=ask)
    with pytest.raises(NO):
        do(DeclineToAgree(asked=row.id, words="No."), by=cast.omar)
    with pytest.raises(Refused, match="Say why"):
        do(DeclineToAgree(asked=row.id, words=""), by=cast.dee)
    do(DeclineToAgree(asked=row.id, words="She has a telephone of her own now."), by=cast.dee)
    clock.advance(seconds=1)
    assert shown(cast, thing)
    told = Outbox.objects.filter(kind="tell", payload__what="was_held_back").values_list("payload", flat=True)
    assert [one["person"] for one in told] == [named("lena").hex], "the person is told that it was"
    hers = page(cast.priya, "/asked-to-agree")
    assert "She has a telephone of her own now." in hers and "You are asked because" not in hers
    with pytest.raises(NO):
        do(AgreeHoldBack(hold_back=ask, checked=CHECKED), by=cast.dee)
    again = held(cast, cast.priya, thing, "third_party")
    text = page(cast.dee, f"/asked-to-agree/{AskedToAgree.everything.get(ask=again).id}")
    assert "She has a telephone of her own now." in text


def test_two_of_one_line_hold_back_for_two_working_days_once_and_only_for_a_danger(cast: Cast) -> None:
    thing = a_dispute(cast)
    calm = held(cast, cast.priya, thing, "third_party")
    with pytest.raises(Refused, match="Only somebody from outside"):
        do(AgreeHoldBack(hold_back=calm, checked=CHECKED), by=cast.ken)
    ask = held(cast, cast.priya, thing)
    do(AgreeHoldBack(hold_back=ask), by=cast.ken)
    row = HoldBack.everything.get(pk=ask)
    assert (row.by_line, clock.day_of(row.ends_at).isoformat()) == (True, "2026-03-04")
    assert row.asked_until == clock.due_end_of_day(clock.today() + timedelta(days=30))
    with pytest.raises(Refused, match="settled already"):
        do(AgreeHoldBack(hold_back=ask, checked=CHECKED), by=cast.june)
    clock.advance(days=3)
    do_what_is_due(Work())
    assert shown(cast, thing), "nobody outside agreed in time"
    again = held(cast, cast.priya, thing)
    with pytest.raises(Refused, match="once by itself"):
        do(AgreeHoldBack(hold_back=again), by=cast.ken)


def test_a_yes_from_outside_gives_what_was_held_in_a_hurry_its_own_end(cast: Cast) -> None:
    thing = a_dispute(cast)
    ask = held(cast, cast.priya, thing)
    do(AgreeHoldBack(hold_back=ask), by=cast.ken)
    do(AgreeHoldBack(hold_back=ask, checked=CHECKED), by=cast.dee)
    row = HoldBack.everything.get(pk=ask)
    assert (row.by_line, row.agreed_by, row.ends_at) == (False, cast.dee.person, row.asked_until)
    clock.advance(days=10)
    assert not shown(cast, thing)


def test_whoever_is_asked_sees_what_is_needed_and_nothing_more_and_only_until_it_is_settled(
    cast: Cast,
) -> None:
    thing = a_dispute(cast)
    ask = held(cast, cast.priya, thing)
    row = AskedToAgree.everything.get(ask=ask)
    home = page(cast.dee, "/")
    assert "Somebody needs your yes or no" in home and "Lena" not in home
    text = page(cast.dee, f"/asked-to-agree/{row.id}")
    for words in ("Priya Nair", "Lena Fox", "He reads her telephone.", "Yes, I agree", "No, and say why"):
        assert words in text
    assert "I hear him." not in text and not Dispute.objects.seen_by(cast.dee).filter(pk=thing).exists()
    for who in (cast.lena, cast.victor, cast.omar, cast.mina, cast.stranger):
        assert browser_of(who).get(f"/asked-to-agree/{row.id}").status_code == 404
        assert not AskedToAgree.objects.seen_by(who).exists()
    told = Outbox.objects.get(kind="tell", payload__what="asked_to_agree").payload
    assert told == {"person": cast.dee.person.hex, "what": "asked_to_agree", "link": "/asked-to-agree"}  # type: ignore[union-attr]  # she is a person
    do(DeclineToAgree(asked=row.id, words="Not met."), by=cast.dee)
    assert "Somebody needs your yes or no" not in page(cast.dee, "/")


def test_nobody_is_asked_twice_and_the_next_are_asked_when_the_day_is_over(cast: Cast) -> None:
    ask = held(cast, cast.priya, a_dispute(cast), "third_party")
    assert asked(ask) == {cast.dee.person: AskedAs.DUTY}
    do_what_is_due(Work())
    assert len(asked(ask)) == 1, "the day is not over"
    clock.advance(days=2)
    do_what_is_due(Work())
    assert asked(ask) == {cast.dee.person: AskedAs.DUTY, cast.omar.person: AskedAs.COLLEAGUE}
    assert "It was due by 3 March 2026" in page(cast.dee, "/asked-to-agree")
    clock.advance(days=5)
    for _again in range(3):
        do_what_is_due(Work())
    assert len(asked(ask)) == 2
    assert Outbox.objects.filter(kind="tell", payload__what="asked_to_agree").count() == 2
    do(AgreeHoldBack(hold_back=ask, checked=CHECKED), by=cast.omar)
    assert "Somebody needs your yes or no" not in page(cast.dee, "/")


def test_where_nobody_stands_outside_it_is_not_done_and_a_body_can_name_an_office_of_another(
    cast: Cast,
) -> None:
    """June is over everyone. Nobody is asked; the page says so; the safeguarding lead of the user-led
    organisation is named, and asked from then on."""
    thing = a_dispute(cast)
    ask = held(cast, cast.june, thing, "third_party")
    assert asked(ask) == {}
    assert "nobody stands outside your line" in page(cast.june, "/asked-to-agree")
    text = page(None, f"/organisations/{cast.council}/who-else-must-agree")
    assert "whoever manages Adult social care" in text and "June" not in text
    assert "Some who work here have nobody outside their line" in page(None, f"/organisations/{cast.council}")
    office = do(AddOffice(organisation=cast.ulo, name="Who keeps people safe"), by=BUILDER).thing
    do(AppointToOffice(office=office, person=named("ana")), by=BUILDER)
    with pytest.raises(NO):
        do(NameWhoAgrees(organisation=cast.council, office=office), by=cast.priya)
    do(NameWhoAgrees(organisation=cast.council, office=office), by=cast.june)
    do_what_is_due(Work())
    assert asked(ask) == {}, "it was named only now, and by the line that asks"
    text = page(None, f"/organisations/{cast.council}/who-else-must-agree")
    assert "28 days" in text
    clock.advance(days=29)
    ask = held(cast, cast.june, thing, "third_party")
    assert asked(ask) == {cast.ana.person: AskedAs.OFFICE}
    do(AgreeHoldBack(hold_back=ask, checked=CHECKED), by=replace(cast.ana, strong=True))
    text = page(None, f"/organisations/{cast.council}/who-else-must-agree")
    assert "Who keeps people safe" in text and "Somebody stands outside the line of everyone" in text
    do(EndWhoAgrees(named=AgreesFor.everything.get().id), by=cast.june)


def test_a_post_that_ends_takes_somebody_out_of_those_who_are_asked(cast: Cast) -> None:
    do(EndPost(link=named("dee post")), by=cast.june)
    ask = held(cast, cast.priya, a_dispute(cast), "third_party")
    assert asked(ask) == {cast.omar.person: AskedAs.COLLEAGUE}


# Nobody is put there for it -----------------------------------------------------------------------------


def friend_of_ken(cast: Cast, team: UUID | None = None) -> UUID:
    do(AddPerson(person=named("A friend"), organisation=cast.council, name="A friend"), by=cast.june)
    post = GivePost(
        organisation=cast.council,
        person=named("A friend"),
        kind=LinkKind.PRACTITIONER,
        team=team or cast.west,
    )
    do(post, by=cast.june)
    return named("A friend")


def test_an_office_that_the_line_named_just_before_agrees_to_nothing_and_a_waiting_one_does(
    cast: Cast,
) -> None:
    """Ken’s line names an office, puts a friend into it, and asks on the same day."""
    friend = friend_of_ken(cast)
    office = do(AddOffice(organisation=cast.council, name="Who keeps people safe"), by=BUILDER).thing
    do(AppointToOffice(office=office, person=friend), by=BUILDER)
    do(NameWhoAgrees(organisation=cast.council, office=office), by=cast.june)
    for ask, yes in everything_that_waits(cast).values():
        assert asked(ask) == {cast.dee.person: AskedAs.DUTY}
        with pytest.raises(NO):
            do(yes, by=Actor(person=friend, strong=True))
    clock.advance(days=29)
    again = AskToErase(person=cast.rosa.person, why="legal_duty", words="A court said so, again.")
    assert set(asked(do(again, by=cast.priya).thing)) == {cast.dee.person, friend}


def test_a_friend_in_an_office_of_long_standing_waits_as_long_and_somebody_outside_may_name_at_once(
    cast: Cast,
) -> None:
    office = do(AddOffice(organisation=cast.council, name="Caldicott guardian"), by=BUILDER).thing
    do(NameWhoAgrees(organisation=cast.council, office=office), by=cast.june)
    clock.advance(days=60)
    do(AppointToOffice(office=office, person=friend_of_ken(cast)), by=cast.june)
    thing = a_dispute(cast)
    assert set(asked(held(cast, cast.ken, thing, "third_party"))) == {cast.dee.person}
    other = do(AddOffice(organisation=cast.advocacy, name="Who keeps people safe"), by=BUILDER).thing
    do(AppointToOffice(office=other, person=named("sol")), by=BUILDER)
    do(NameWhoAgrees(organisation=cast.council, office=other), by=BUILDER)
    again = held(cast, cast.ken, thing, "third_party")
    assert set(asked(again)) == {cast.dee.person, cast.sol.person}


def test_a_friend_whom_the_line_gave_a_post_just_before_agrees_to_nothing(cast: Cast) -> None:
    friend_of_ken(cast, cast.duty)
    ask = held(cast, cast.ken, a_dispute(cast), "third_party")
    clock.advance(days=9)
    do_what_is_due(Work())
    clock.advance(days=9)
    do_what_is_due(Work())
    assert set(asked(ask)) == {cast.dee.person, cast.omar.person}


# What everybody may read of it --------------------------------------------------------------------------


def test_who_lifts_their_own_moves_nobody_into_another_lot_to_learn_of_one_person(cast: Cast) -> None:
    """Of two readings the one without it and the other with it would tell what came of somebody else’s."""
    for ask, yes in everything_that_waits(cast).values():
        clock.advance(minutes=1)
        do(yes, by=Actor(person=next(iter(asked(ask))), strong=True))
        if yes.records == "people.hold_back_agreed":
            held_now = ask
    before = list(_all_agreed(cast.council))
    assert len(before) == 3 and [number for number, _whose, _where in before] == [0, 1, 2]
    do(LiftHoldBack(hold_back=held_now), by=cast.priya)
    assert list(_all_agreed(cast.council)) == before
