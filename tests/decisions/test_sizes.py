"""How many a group is: a wrong number is corrected with its history, and no group stands beside itself."""

from typing import Any
from uuid import UUID

import pytest

from alongside.interfaces.form import CommandForm
from alongside.kernel import replay
from alongside.kernel.command import NotAllowed, Refused
from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.topics.decisions import commands, models
from tests.decisions import acts
from tests.decisions.acts import at
from tests.visitor import page
from tests.world import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]


def club(cast: Cast, size: int = 40) -> UUID:
    raised = commands.RaiseAboutPlace(organisation=cast.council, what="Move the lunch club", change="move")
    decision: UUID = do(raised, by=cast.june).thing
    do(names(decision, "Everyone at the Tuesday club", size), by=cast.june)
    return decision


def names(decision: UUID, group: str, size: int, **more: Any) -> commands.SayWhichPeople:
    return commands.SayWhichPeople(decision=decision, group=group, size=size, **more)


def corrects(decision: UUID, size: int, words: str = "The cook counted plates.") -> commands.CorrectSize:
    group = models.Affected.everything.get(decision=decision, person=None)
    return commands.CorrectSize(decision=decision, group=group.id, size=size, words=words)


def sizes(decision: UUID) -> list[int]:
    rows = models.Affected.everything.filter(decision=decision, person=None).order_by("made_by")
    return list(rows.values_list("size", flat=True))


def test_the_same_people_are_not_written_down_beside_themselves(cast: Cast) -> None:
    decision = club(cast)
    for words in ("Everyone at the Tuesday club", "everyone at the Tuesday club."):
        for which in (None, "others"):
            with pytest.raises(Refused, match=r"named already: Everyone at the Tuesday club \(40\)"):
                do(names(decision, words, 42, which=which), by=cast.june)
    with pytest.raises(Refused, match="Are these the same people as “Everyone at the Tuesday club”"):
        do(names(decision, "All who eat there", 43), by=cast.june)
    assert sizes(decision) == [40]
    do(names(decision, "Those who cook there", 3, which="others"), by=cast.june)
    assert sizes(decision) == [40, 3]


def test_the_form_asks_whether_they_are_others_only_where_some_are_named(cast: Cast) -> None:
    raised = commands.RaiseAboutPlace(organisation=cast.council, what="Move the lunch club", change="move")
    decision = do(raised, by=cast.june).thing
    address = f"/do/decisions.people_defined?decision={decision}"
    assert "Are these others?" not in page(cast.june, address)
    assert "Say which people it affects" in page(cast.june, at(decision))
    do(names(decision, "Everyone at the Tuesday club", 40), by=cast.june)
    shown = page(cast.june, address)
    assert "Are these others?" in shown and "Yes, others than “Everyone at the Tuesday club”" in shown
    assert "No, they are the same people" in shown
    assert "Correct how many it affects, or name others" in page(cast.june, at(decision))


def test_a_number_is_corrected_and_the_one_before_stays_to_be_read(cast: Cast) -> None:
    decision = club(cast)
    people = f"{at(decision)}/people"
    assert "Correct how many they are" in page(cast.june, people)
    assert "Correct how many they are" not in page(cast.rosa, people)
    with pytest.raises(NotAllowed):
        do(corrects(decision, 42), by=cast.rosa)
    with pytest.raises(Refused, match="written down already"):
        do(corrects(decision, 40), by=cast.june)
    with pytest.raises(Refused, match="Say how you know"):
        do(corrects(decision, 42, words=""), by=cast.june)
    do(corrects(decision, 42), by=cast.june)
    do(corrects(decision, 43, words="One came back."), by=cast.june)
    assert sizes(decision) == [43]
    shown = page(None, people)
    first = shown.index("Until 2 March 2026 the number was: 40 people. The cook counted plates.")
    assert first < shown.index("the number was: 42 people. One came back.") and "43 people" in shown
    assert replay.verify().problems == [] and replay.compare().problems == []


def test_a_group_is_never_fewer_than_those_it_reached(cast: Cast) -> None:
    decision = club(cast)
    group = models.Affected.everything.get(decision=decision, person=None).id
    told = commands.TellPeople(decision=decision, group=group, channel="letter", reached=30)
    do(told, by=cast.june)
    with pytest.raises(Refused, match="30 are on the list, or were reached already"):
        do(corrects(decision, 20), by=cast.june)


def test_a_group_is_never_fewer_than_those_of_it_who_answered(cast: Cast) -> None:
    """Else half of the least number that must judge what comes of it would be a few friends."""
    decision = club(cast)
    do(names(decision, "Those who cook there", 3, which="others"), by=cast.june)
    large = models.Affected.everything.get(decision=decision, size=40).id
    for by in (cast.rosa, cast.devon, cast.lena, cast.victor, cast.stranger, cast.ana):
        do(commands.GiveViewOnPlace(decision=decision, position="against", instead="Stay."), by=by)
    correct = {"decision": decision, "group": large, "words": "We counted again."}
    with pytest.raises(Refused, match="3 of them have answered already"):
        do(commands.CorrectSize(size=2, **correct), by=cast.june)
    do(commands.CorrectSize(size=3, **correct), by=cast.june)


def test_nobody_is_offered_who_is_named_already_nor_the_one_who_decides(cast: Cast) -> None:
    decision = acts.raised(cast.priya, cast.rosa)
    assert cast.devon.person in offered(cast.priya, decision)
    assert not {cast.rosa.person, cast.priya.person} & set(offered(cast.priya, decision))
    name = commands.SayWhoIsAffected(decision=decision, person=cast.devon.person, stake=models.Stake.OTHER)
    do(name, by=cast.priya)
    assert cast.devon.person not in offered(cast.priya, decision)


def offered(by: Actor, decision: UUID) -> list[UUID]:
    """Whom the form in which somebody else is named offers."""
    form = CommandForm(commands.SayWhoIsAffected, by, given={"decision": decision})
    field: Any = form.fields["person"]
    return [UUID(str(value)) for value, _words in field.choices if value]
