"""What other systems say was decided or promised comes in as a claim, whole or not at all."""

import os
from functools import partial
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from alongside.interfaces.tables import TableRefused
from alongside.kernel import reading
from alongside.kernel.command import Missing, NotAllowed, Refused
from alongside.kernel.door import do, do_many
from alongside.kernel.policy import Actor
from alongside.topics.promises.commands import GiveVerdict, WithdrawImport
from alongside.topics.promises.commands.importing import FinishImport, going_on
from alongside.topics.promises.models import ClaimedPromise, Import, Promise, ReportedDecision, Verdict
from alongside.topics.promises.verbs import Importer, Outcome, decisions, promises
from tests.interfaces.conftest import browser_of
from tests.world import Cast

SHARED = Path(os.environ.get("ALONGSIDE_SHARED") or Path(__file__).parents[3] / "shared")
PUBLISHED = SHARED / "data" / "decisions"
real_input = pytest.mark.skipif(not PUBLISHED.is_dir(), reason=f"the real input is not at {PUBLISHED}")
ANYBODY = Actor()


def take(importer: Importer, source: bytes | Path, cast: Cast, name: str = "file.csv") -> Outcome:
    """Read a file and take it in, as Ken for the council."""
    file = importer.read(source, name=source.name if isinstance(source, Path) else name)
    found = importer.take_in(file, by=cast.ken, organisation=cast.council, source="Council website")
    assert found is not None
    return found


@real_input
def test_the_county_councils_recorded_votes_come_in_and_are_never_called_decided(cast: Cast) -> None:
    outcome = take(decisions, PUBLISHED / "lancashire_recorded_votes.json", cast)
    assert outcome.new == 11
    rows = list(ReportedDecision.objects.seen_by(ANYBODY))
    budget = next(row for row in rows if str(row.title) == "Budget 2024/25")
    assert (budget.votes_for, budget.votes_against, budget.row) == (40, 29, 6)
    assert "County Councillor Azhar Ali OBE: " in str(rows[0].votes)
    kinds = {line.recorded.kind for line in reading.history(rows[0].batch)}
    assert kinds == {"promises.import_started", "promises.decision_reported", "promises.import_finished"}


@real_input
def test_the_participation_meetings_come_in_with_the_day_first(cast: Cast) -> None:
    file = decisions.read(PUBLISHED / "decidim-barcelona" / "meetings.csv", name="meetings.csv")
    assert file.order.order == "dmy"
    assert any("17/02/2016" in sentence for sentence in file.sentences)
    outcome = take(decisions, PUBLISHED / "decidim-barcelona" / "meetings.csv", cast)
    assert outcome.new == ReportedDecision.objects.seen_by(ANYBODY).count() == 410


@real_input
def test_valid_results_go_in_as_claims_without_a_verdict(cast: Cast) -> None:
    assert take(promises, PUBLISHED / "decidim-barcelona" / "valid_results.csv", cast).new == 2
    first, second = ClaimedPromise.objects.seen_by(ANYBODY).order_by("row")
    assert (str(first.title), first.percent, first.row, first.made_to) == ("Result 1", 100, 2, None)
    assert (str(second.part_of), second.percent) == ("01. PAD CIUTAT VELLA 2016-2019", 89)
    assert not Verdict.everything.exists()
    assert not Promise.everything.exists()


@real_input
def test_invalid_results_are_refused_whole_with_row_column_and_reason(cast: Cast) -> None:
    with pytest.raises(TableRefused) as refusal:
        take(promises, PUBLISHED / "decidim-barcelona" / "invalid_results.csv", cast)
    said = str(refusal.value)
    assert "Row 2 (line 2 of the file), column “title_en, title_es, title_ca”: This row has no title" in said
    assert "Row 3 " in said
    assert not Import.everything.exists()


@real_input
def test_the_same_file_twice_changes_nothing_and_says_so(cast: Cast) -> None:
    path = PUBLISHED / "decidim-barcelona" / "valid_results.csv"
    take(promises, path, cast)
    before = reading.history(Import.everything.get().id)
    again = take(promises, path, cast)
    assert (again.new, again.known) == (0, 2)
    assert again.sentences == ["Every row of this file was here already. Nothing changed."]
    assert reading.history(Import.everything.get().id) == before


def test_a_longer_file_adds_only_what_is_new(cast: Cast) -> None:
    take(promises, b"title,due\nMend the lift,2026-05-01\n", cast)
    longer = b"title;due\r\nMend the lift;2026-05-01\r\nOpen the hall;2026-06-01\r\n"
    outcome = take(promises, longer, cast)
    assert (outcome.new, outcome.known) == (1, 1)
    assert ClaimedPromise.objects.seen_by(ANYBODY).count() == 2


def test_nothing_of_a_file_is_seen_before_all_of_it_is_in_and_it_goes_on_where_it_stopped(cast: Cast) -> None:
    source = b"title\n" + b"".join(b"Promise %d\n" % number for number in range(200))
    file = promises.read(source, name="many.csv")
    going = partial(promises.take_in, file, by=cast.ken, organisation=cast.council, source="Council website")
    assert going(seconds=0) is None
    half_in = going_on("promises", file.table.digest)
    assert half_in is not None
    assert 0 < ClaimedPromise.everything.count() < 200
    for actor in (ANYBODY, cast.ken, cast.june):
        assert not ClaimedPromise.objects.seen_by(actor).exists()
    with pytest.raises(Refused, match="Not every row"):
        do(FinishImport(batch=half_in.id, fresh_rows=200), by=cast.ken)
    with pytest.raises(Refused, match="being brought in already"):
        promises.take_in(file, by=cast.june, organisation=cast.council, source="Council website")
    outcome = going()
    assert outcome is not None and outcome.went_on and outcome.new == 200
    assert ClaimedPromise.objects.seen_by(ANYBODY).count() == 200


def test_a_file_taken_out_again_is_seen_by_nobody_and_can_come_again(cast: Cast) -> None:
    first = take(promises, b"title\nMend the lift\n", cast)
    assert first.batch is not None
    do(WithdrawImport(batch=first.batch, why="It was a draft."), by=cast.june)
    assert not ClaimedPromise.objects.seen_by(ANYBODY).exists()
    assert take(promises, b"title\nMend the lift\n", cast).new == 1
    assert ClaimedPromise.objects.seen_by(ANYBODY).count() == 1


@pytest.mark.parametrize(
    "heading",
    ["NHS number", "Client", "client id", "Date of birth", "Surname", "Service User", "Case number"],
)
def test_a_decision_about_a_person_cannot_come_from_a_file(cast: Cast, heading: str) -> None:
    with pytest.raises(TableRefused, match="names a person"):
        take(decisions, f"title,{heading}\nCut morning help,Rosa Marlow\n".encode(), cast)
    assert not Import.everything.exists()


def test_dates_with_two_readings_are_asked_about_and_the_answer_is_kept(cast: Cast) -> None:
    source = b"title,due\nMend the lift,03/04/2026\n"
    with pytest.raises(TableRefused, match="Is “03/04/2026” 3 April 2026 or 4 March 2026"):
        promises.read(source, name="file.csv")
    file = promises.read(source, name="file.csv", dates="dmy")
    promises.take_in(file, by=cast.ken, organisation=cast.council, source="Council website")
    row = ClaimedPromise.objects.seen_by(ANYBODY).get()
    assert str(row.due_on) == "2026-04-03"
    assert Import.everything.get().dates == "dmy"


@pytest.mark.parametrize(
    "source, said",
    [
        (b"title,due\nMend the lift,2026-02-30\n", "no such day"),
        (b"title,progress\nMend the lift,101\n", "not a whole number from 0 to 100"),
        (b"title,start,end\nMend the lift,2026-05-01,2026-04-01\n", "is before the start"),
        (b"colour,size\nred,4\n", "what each row is about"),
        (b"title\nCaf\x81\n", "another encoding"),
        (b"PK\x03\x04 and more", "Save it as CSV"),
        (b"", "empty"),
    ],
)
def test_a_file_with_something_wrong_is_refused_whole_and_says_what(
    cast: Cast, source: bytes, said: str
) -> None:
    with pytest.raises(TableRefused, match=said):
        take(promises, source, cast)
    assert not Import.everything.exists()


def test_a_byte_order_mark_title_rows_and_chosen_columns_are_read(cast: Cast) -> None:
    source = "\ufeffWexmoor promises 2026,,\n,,\nThing,By when,Odd\nMend the lift,2026-05-01,x\n".encode()
    file = promises.read(source, name="file.csv", chosen={"title": "Thing"})
    assert any("skipped" in sentence for sentence in file.sentences)
    promises.take_in(file, by=cast.ken, organisation=cast.council, source="Council website")
    assert str(ClaimedPromise.objects.seen_by(ANYBODY).get().due_on) == "2026-05-01"


def test_only_staff_who_are_surely_signed_in_bring_a_file_in(cast: Cast) -> None:
    file = promises.read(b"title\nMend the lift\n", name="file.csv")
    weak = Actor(person=cast.ken.person)
    for actor in (cast.rosa, cast.stranger, cast.tom, weak):
        with pytest.raises(NotAllowed):
            promises.take_in(file, by=actor, organisation=cast.council, source="Council website")
    assert not Import.everything.exists()


def test_nobody_adds_a_row_to_a_file_that_is_closed_or_anothers(cast: Cast) -> None:
    file = promises.read(b"title\nMend the lift\n", name="file.csv")
    promises.take_in(file, by=cast.ken, organisation=cast.council, source="Council website")
    batch = Import.everything.get().id
    row = next(file.rows())
    late = promises.kind.row(row, batch, "0" * 64, file.order)
    with pytest.raises(Refused, match="closed"):
        do_many([(late, None)], by=cast.ken)
    with pytest.raises(NotAllowed):
        do_many([(late, None)], by=cast.june)


def test_a_claim_cannot_be_judged_and_is_counted_nowhere(cast: Cast) -> None:
    take(promises, b"title,progress\nMend the lift,100\n", cast)
    claim = ClaimedPromise.everything.get()
    with pytest.raises(Missing):
        do(GiveVerdict(promise=claim.id, made_to=claim.id, said="kept"), by=cast.rosa)


def test_a_number_that_stands_twice_in_a_file_with_other_words_is_refused_with_row_and_column(
    cast: Cast,
) -> None:
    twice = b"ref,title\nA-1,Mend the lift\nA-2,Open the hall\nA-1,Close the hall\n"
    with pytest.raises(TableRefused) as refusal:
        take(promises, twice, cast)
    said = "Row 4 (line 4 of the file), column “ref”: “A-1” stands in row 2 too, with other words."
    assert said in str(refusal.value)
    assert not Import.everything.exists()
    assert take(promises, b"ref,title\nA-1,Mend the lift\nA-1,Mend the lift\n", cast).new == 1


def test_a_number_that_is_in_already_makes_no_second_claim_with_other_words(cast: Cast) -> None:
    first = take(promises, b"ref,title\nA-1,Mend the lift\nA-2,Open the hall\n", cast, "march.csv")
    changed = b"ref,title\nA-1,Mend the lift\nA-2,Close the hall\nA-3,Plant trees\n"
    with pytest.raises(TableRefused) as refusal:
        take(promises, changed, cast)
    said = "column “ref”: “A-2” is in already, with other words: in row 3 of march.csv. Take that file"
    assert "Row 3 (line 3 of the file), " + said in str(refusal.value)
    assert ClaimedPromise.everything.count() == 2 and Import.everything.count() == 1
    assert first.batch is not None
    do(WithdrawImport(batch=first.batch, why="There is a newer one."), by=cast.ken)
    assert take(promises, changed, cast).new == 3


def test_the_number_of_another_system_or_of_another_kind_is_another_number(cast: Cast) -> None:
    take(promises, b"ref,title\n1,Mend the lift\n", cast)
    assert take(decisions, b"ref,title\n1,The budget\n", cast).new == 1
    file = promises.read(b"id,subject,deadline\n1,Plant trees,2026-05-01\n", name="trees.csv")
    outcome = promises.take_in(file, by=cast.ken, organisation=cast.council, source="Parks system")
    assert outcome is not None and outcome.new == 1


def test_the_page_says_with_row_and_column_which_number_is_in_already(cast: Cast) -> None:
    take(promises, b"ref,title\nA-1,Mend the lift\n", cast, "march.csv")
    client = browser_of(cast.ken)
    file = SimpleUploadedFile("april.csv", b"ref,title\nA-1,Mend the stairs\n")
    sent = {"what": "promises", "file": file, "source": "Council website", "organisation": str(cast.council)}
    look = client.post(reverse("promises:bring_in"), sent)
    assert look.status_code == 302
    answer = client.post(look["Location"])
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "column “ref”" in shown and "is in already, with other words: in row 2 of march.csv." in shown
