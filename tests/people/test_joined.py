"""Two records of one person, joined: what either had is found, answered, judged and counted once."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from alongside.interfaces.who import forget_voices
from alongside.kernel import clock, replay
from alongside.kernel.door import do
from alongside.kernel.ledger import Entry
from alongside.kernel.pseudonyms import Pseudonym
from alongside.topics.decisions import commands, models
from alongside.topics.decisions.commands.gating import tally_of
from alongside.topics.decisions.commands.problem_counts import shared_counts, solved_counts
from alongside.topics.decisions.commands.problems import people_of_problem
from alongside.topics.people.commands.bodies import AppointToOffice
from alongside.topics.people.commands.posts import GivePost, PlaceWithTeam
from alongside.topics.people.models import LinkKind
from alongside.topics.people.policy import holders_of
from alongside.topics.voice.commands import AnswerOffer, GiveFeedback
from alongside.topics.voice.models import Feedback, Hearing, Note
from alongside.topics.voice.policy import readers_wanted, themes_for_members
from tests.decisions import changing
from tests.decisions.acts import typed_for
from tests.decisions.problems import raised as problem_raised
from tests.people.joined import joined
from tests.promises.making import judge, promised
from tests.visitor import page
from tests.voice import acts
from tests.world import BUILDER, Cast, named

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _as_recorded(cast: Cast) -> Iterator[None]:
    """In March; and after the test the tables are what the ledger says, and nothing else."""
    for actor in cast.everyone().values():
        forget_voices(actor.person)
    with clock.at("2026-03-02"):
        yield
    assert replay.verify().problems == []
    assert replay.compare().problems == []


def test_a_request_to_be_heard_is_found_and_answered_by_whoever_both_records_are_of(cast: Cast) -> None:
    acts.offices(cast)
    hearing = acts.asked(cast, by=cast.lena, name_of="one", body=None, people=1, is_open=False)
    offer = acts.offered(cast, hearing, minutes=2, way="in_person")
    given = GiveFeedback(organisation=cast.council, words="The form is too long.")
    feedback = do(given, by=cast.lena).thing
    page(cast.rosa, f"/hearings/{hearing}", 404)
    rosa = joined(cast, cast.rosa, cast.lena)
    shown = page(rosa, f"/hearings/{hearing}")
    assert "How our organisations are commissioned" in shown and "voice.offer_answered" in shown
    do(AnswerOffer(hearing=hearing, offer=offer, answer="accepted"), by=rosa)
    assert Hearing.everything.get(id=hearing).minutes_granted == 2
    assert Feedback.objects.seen_by(rosa).filter(id=feedback).exists()
    for stranger in (cast.devon, None):
        page(stranger, f"/hearings/{hearing}", 404)


def test_a_problem_that_both_records_have_is_one_persons(cast: Cast) -> None:
    problem = problem_raised(cast, cast.lena)
    others = problem_raised(cast, cast.ana)
    do(commands.SayMeToo(problem=problem), by=cast.rosa)
    for one in (cast.rosa, cast.lena):
        do(commands.SayMeToo(problem=others), by=one)
        do(commands.SayIfBetter(problem=others, better="no"), by=one)
    assert (shared_counts([problem]), shared_counts([others])) == ({problem: 1}, {others: 2})
    rosa = joined(cast, cast.rosa, cast.lena)
    assert (shared_counts([problem]), shared_counts([others])) == ({problem: 0}, {others: 1})
    said = {"yes": 0, "partly": 0, "no": 1, "heard": 1, "whom": 2}
    assert solved_counts([others], smallest=0)[others] == said
    assert people_of_problem(problem) == [rosa.person]
    do(commands.SayIfBetter(problem=others, better="yes"), by=rosa)
    assert solved_counts([others], smallest=0)[others]["yes"] == 1
    assert models.ProblemResult.everything.filter(problem=others, is_current=True).count() == 1
    do(commands.NoLongerMe(problem=others), by=rosa)
    assert shared_counts([others]) == {}


@pytest.mark.parametrize("unnamed", [False, True])
def test_a_change_is_judged_once_by_one_person_though_each_record_judged_it(
    cast: Cast, unnamed: bool
) -> None:
    change = changing.proposed(cast, changing.hall(cast))
    changing.asked(cast, change)
    changing.judges(change, cast.rosa, "for")
    against = commands.JudgeChange(
        decision=change.decision, change=change.id, judged="against", standing="uses", words="It is far."
    )
    do(against, by=cast.lena, anonymous=unnamed)
    assert (tally_of(change).is_for, tally_of(change).against) == (1, 1)
    names, lines = Pseudonym.objects.count(), len(ledger_text())
    rosa = joined(cast, cast.rosa, cast.lena)
    assert (tally_of(change).is_for, tally_of(change).against) == (0, 1)
    if unnamed:  # nothing that was written down joins the name used here to anybody
        pseudonym = Pseudonym.objects.get().id
        assert pseudonym.hex not in "".join(ledger_text()[lines:])
        assert models.Judgement.everything.filter(person=pseudonym).count() == 1
        assert models.Judgement.objects.seen_by(rosa).filter(person=pseudonym).exists()
    do(against.model_copy(update={"judged": "for"}), by=rosa, anonymous=True)
    assert (tally_of(change).is_for, tally_of(change).against) == (1, 0)
    assert models.Judgement.everything.filter(is_current=True).count() == 1
    assert Pseudonym.objects.count() == (names if unnamed else names + 1)


def ledger_text() -> list[str]:
    return [row.header for row in Entry.objects.order_by("number")]


def test_what_was_typed_for_either_record_is_shown_to_the_one_person(cast: Cast) -> None:
    promise = promised(cast, to=cast.lena, by=cast.ken, what="Ring you.")
    with clock.at("2026-05-04"):
        do(judge(promise, cast.lena.person, "kept"), by=typed_for(cast.lena, cast.mina))
        assert "Mina Kowalska" not in page(cast.rosa, "/me/typed-for-you")
        joined(cast, cast.rosa, cast.lena)
        for sitting in (cast.rosa, cast.lena):  # who sat at the other record's page sits at this one now
            shown = page(sitting, "/me/typed-for-you")
            assert "You said of this promise: Kept." in shown and "Mina Kowalska" in shown


def test_who_spoke_up_by_the_record_that_went_is_still_not_read_in_their_own_line(cast: Cast) -> None:
    """Fay's second record works in East too. Later Ken of her own line holds the office."""
    acts.offices(cast)
    fay, second = acts.practitioners(cast, 2)
    for number, one in enumerate((fay, second)):
        do(PlaceWithTeam(link=named(f"served {number}"), person=one.person, team=cast.east), by=BUILDER)
    note = acts.spoke_up(cast, by=second).thing
    acts.spoke_up(cast, by=fay, words="It is still so.")
    row = Note.everything.get(id=note)
    both = joined(cast, fay, second)
    post = GivePost(organisation=cast.advocacy, person=cast.ken.person, kind=LinkKind.PRACTITIONER)
    do(post, by=BUILDER)
    do(AppointToOffice(office=acts.GUARDIAN, person=cast.ken.person), by=BUILDER)
    assert cast.ken.person in holders_of(acts.GUARDIAN, clock.now())
    assert readers_wanted(row, clock.now()) == []
    assert "People wait in bed until noon" in page(both, f"/speak-up/{note}")
    for other in (cast.ken, cast.june, None):
        page(other, f"/speak-up/{note}", 404)


def test_of_a_theme_one_person_with_two_records_is_one(cast: Cast) -> None:
    acts.offices(cast)
    people = acts.practitioners(cast, 6)
    for number, one in enumerate(people):
        do(PlaceWithTeam(link=named(f"served {number}"), person=one.person, team=cast.east), by=BUILDER)
        acts.spoke_up(cast, by=one)
    later = (clock.today().replace(day=1) + timedelta(days=32)).replace(day=1)
    assert dict(themes_for_members(later)) == {"cuts": 6}
    joined(cast, people[0], people[1])
    assert dict(themes_for_members(later)) == {"cuts": 5}
