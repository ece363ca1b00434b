"""Evidence: each claim with its label, answered by those it describes, taken back by its giver."""

import pytest

from alongside.kernel.command import NotAllowed, Refused
from alongside.kernel.door import do
from alongside.topics.decisions import commands, models
from tests.decisions import acts
from tests.decisions.lies_behind import brought
from tests.decisions.thinking import hall
from tests.interfaces.conftest import browser_of
from tests.visitor import page
from tests.world import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]


def test_every_claim_carries_its_label_and_says_what_was_not_said(cast: Cast) -> None:
    decision = hall(cast)
    brought(decision, cast.boyd, how_many=40, place="Wexmoor East", source="https://wexmoor.example/a")
    text = page(None, f"/decisions/{decision}/evidence")
    for words in (
        "Counts and records",
        "How many",
        "40",
        "Wexmoor East",
        "not said",
        "https://wexmoor.example/a",
    ):
        assert words in text
    api = browser_of(None).get(f"/api/decisions/{decision}/evidence").json()["items"][0]
    assert (api["how_many"], api["method"], api["place"]) == (40, None, "Wexmoor East")


def test_a_link_that_runs_code_is_refused(cast: Cast) -> None:
    with pytest.raises(Refused, match="whole address"):
        brought(hall(cast), cast.boyd, source="javascript:alert(1)")


def test_a_judgement_says_when_its_giver_last_did_the_work(cast: Cast) -> None:
    decision = hall(cast)
    brought(decision, cast.omar, "judgement", "People can manage.")
    assert "Last did this work" in page(None, f"/decisions/{decision}/evidence")


def test_lived_experience_needs_consent_in_ones_own_hand_and_goes_when_it_is_taken_back(cast: Cast) -> None:
    decision, words = hall(cast), "I sat in the cold for a winter."
    with pytest.raises(Refused, match="Tick this if you agree"):
        brought(decision, cast.ana, "lived_experience", words)
    with pytest.raises(Refused, match="Only they can tell"):
        brought(decision, acts.typed_for(cast.ana, cast.omar), "lived_experience", words, agrees=True)
    row = brought(decision, cast.ana, "lived_experience", words, agrees=True, shown_as="no_name")
    text = page(None, f"/decisions/{decision}/evidence")
    assert words in text and "Ana Reyes" not in text and "My own life" in text
    with pytest.raises(Refused, match="Only the one who brought it"):
        do(commands.WithdrawEvidence(decision=decision, evidence=row.id), by=cast.june)
    do(commands.WithdrawEvidence(decision=decision, evidence=row.id), by=cast.ana)
    for reader in (None, cast.june, cast.ana):
        text = page(reader, f"/decisions/{decision}/evidence")
        assert words not in text and "The person who gave it took it back" in text
    assert words not in browser_of(None).get(f"/api/decisions/{decision}/evidence").content.decode()


def test_what_somebody_lived_in_one_life_is_shown_to_whom_they_choose(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.rosa)
    touched = commands.SayWhoIsAffected(decision=decision, person=cast.devon.person, stake="other")
    do(touched, by=cast.rosa)
    brought(decision, cast.devon, "lived_experience", "I carry her.", agrees=True, only_deciders=True)
    for who, sees in ((cast.ken, True), (cast.devon, True), (cast.rosa, False), (cast.stranger, False)):
        assert models.Evidence.objects.seen_by(who).exists() is sees


def test_nothing_else_said_about_rosa_is_kept_from_her_and_her_answer_goes_with_it(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.rosa)
    row = brought(decision, cast.priya, "judgement", "She walks well.", only_deciders=True)
    assert models.Evidence.objects.seen_by(cast.rosa).exists()
    answer = commands.AnswerEvidence(
        decision=decision, evidence=row.id, words="Not on cold days.", is_described=True
    )
    do(answer, by=cast.rosa)
    for reader in (cast.ken, cast.priya, cast.rosa):
        assert "Not on cold days." in page(reader, f"/decisions/{decision}/evidence")
    api = browser_of(cast.ken).get(f"/api/decisions/{decision}/evidence").json()["items"][0]
    assert api["answers"][0]["words"] == "Not on cold days."
    assert browser_of(cast.stranger).get(f"/api/decisions/{decision}/evidence").status_code == 404


def test_those_who_decide_say_what_they_did_with_it_and_nobody_else_does(cast: Cast) -> None:
    decision = hall(cast)
    row = brought(decision, cast.ana)
    use = commands.SayIfUsed(decision=decision, evidence=row.id, use="not_used", words="It is from 2019.")
    with pytest.raises(NotAllowed):
        do(use, by=cast.boyd)
    do(use, by=cast.june)
    assert "We did not use it" in page(cast.ana, f"/decisions/{decision}/evidence")
