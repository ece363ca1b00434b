"""Whether all kinds of people took part: by what they choose to say of themselves, and by nothing else."""

import json
from typing import Any

import pytest
from django.db import connection

from alongside.kernel.command import NotAllowed, Refused
from alongside.kernel.door import do
from alongside.kernel.policy import NOBODY, Actor
from alongside.topics.decisions import commands, models
from alongside.topics.decisions.models import Act, ComesAs, Kind
from alongside.topics.people.commands.persons import AddPerson
from alongside.topics.people.commands.posts import JoinBody
from tests.decisions import acts
from tests.decisions.together.hall import Hall, hall
from tests.interfaces.conftest import browser_of
from tests.visitor import page
from tests.visitor import read as reading
from tests.world import BUILDER, named
from tests.written import written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]
__all__ = ["hall"]


def takes_part(hall: Hall, number: int) -> Actor:
    """One more who draws on support, and spoke at the meeting."""
    person = named(f"comes {number}")
    add = AddPerson(
        person=person,
        draws=named(f"comes {number} draws"),
        organisation=hall.cast.council,
        team=hall.cast.east,
        name=f"Comes {number}",
    )
    do(add, by=BUILDER)
    do(JoinBody(person=person, organisation=hall.cast.ulo), by=BUILDER)
    who = Actor(person=person)
    hall.says(commands.SayWhatIComeAs, who, comes_as=ComesAs.PERSON)
    hall.says(commands.SayITookPart, who, meeting=hall.meeting, act=Act.SPOKE)
    return who


def read(hall: Hall) -> dict[str, Any]:
    """The row of how many different people took part, as a visitor's program reads it."""
    rows = browser_of(None).get(f"/api/decisions/{hall.matter}/yardstick").json()["rows"]
    found: dict[str, Any] = next(row for row in rows if row["row"] == "breadth")
    found["named"] = {each["name"]: (each["value"], each["of"]) for each in found["figures"]}
    return found


def kinds(hall: Hall, **people: int) -> None:
    """What the body says of all whom it affects: twenty."""
    for kind, count in people.items():
        source = "Our list of March"
        hall.says(commands.SayWhoIsAmongThem, hall.cast.june, kind=kind, people=count, source=source)


def test_it_is_evidenced_once_enough_chose_to_say_and_the_body_said_who_all_of_them_are(hall: Hall) -> None:
    came = [takes_part(hall, number) for number in range(12)]
    assert read(hall)["missing"] == ["equality_said", "equality_of_all"]
    kinds(hall, deaf=7, learning=6, under_25=9)
    assert read(hall)["missing"] == ["equality_said"]
    for number, who in enumerate(came[:10]):
        hall.says(commands.SayOfMyself, who, what="deaf" if number < 5 else "learning")
        if number < 2:
            hall.says(commands.SayOfMyself, who, what="sight")
    row = read(hall)
    assert row["missing"] == [] and row["named"]["of_themselves"] == (10, 12)
    assert row["named"]["kind_deaf"] == (5, 10) and row["named"]["all_deaf"] == (7, 20)
    assert row["named"]["kind_under_25"] == (0, 10)
    assert "kind_sight" not in row["named"]  # the body has not said how many of all they are
    text = page(None, f"/decisions/{hall.matter}/yardstick")
    assert "At least 10 of 12 people who took part chose to say something of themselves." in text
    assert "7 of 20 of all it affects. At least 5 of those who took part say so." in text
    assert "9 of 20 of all it affects. Of those counted, nobody says so." in text
    assert "Our list of March" in text
    step = hall.profile().reached
    for who in came[:10]:
        hall.says(commands.TakeBackOfMyself, who)
    assert read(hall)["missing"] == ["equality_said"]
    assert hall.profile().reached == step  # what people say of themselves lifts and lowers no step


def test_no_few_are_told_nor_all_nor_who_spoke_last(hall: Hall) -> None:
    came = [takes_part(hall, number) for number in range(12)]
    kinds(hall, deaf=7, woman=9)
    address = f"/decisions/{hall.matter}/yardstick"
    before = reading(address)
    for who in came[:4]:
        hall.says(commands.SayOfMyself, who, what="deaf")
        assert reading(address) == before
    for who in came[4:6]:
        hall.says(commands.SayOfMyself, who, what="woman")
    row = read(hall)  # five have said, four of them one thing: neither the four nor the one is told
    assert row["named"]["of_themselves"] == (5, 12)
    assert not {"kind_deaf", "kind_woman"} & set(row["named"])
    assert {"kind_deaf", "kind_woman"} <= set(row["not_shown"])
    for who in came[6:]:
        hall.says(commands.SayOfMyself, who, what="deaf")
    row = read(hall)  # ten are of one kind, and nearly all: what each of them said would be known
    assert "kind_deaf" in row["not_shown"]
    assert "too few to say" in page(None, f"/decisions/{hall.matter}/yardstick")


def test_nobody_reads_what_somebody_said_of_themself_and_no_page_shows_it_again(hall: Hall) -> None:
    rosa = hall.cast.rosa
    hall.says(commands.SayOfMyself, rosa, what="lgb")
    for who in (NOBODY, hall.cast.june, hall.cast.ken, hall.cast.ana, hall.cast.devon):
        assert not models.OfThemself.objects.seen_by(who).exists()
        assert "about themself" not in page(who if who.person else None, f"/decisions/{hall.matter}/history")
    mine = page(rosa, f"/decisions/{hall.matter}/my-part")
    assert "You have said something about yourself." in mine and "gay" not in mine.casefold()
    header = written("decisions.of_self_said")[-1].header
    assert "lgb" not in header
    hall.says(commands.TakeBackOfMyself, rosa)
    assert "You have said something about yourself." not in page(rosa, f"/decisions/{hall.matter}/my-part")
    with pytest.raises(Refused, match="nothing to take back"):
        hall.says(commands.TakeBackOfMyself, rosa)


def test_how_long_a_sealed_word_is_tells_nothing_of_what_it_says(hall: Hall) -> None:
    for kind in Kind:
        hall.says(commands.SayOfMyself, hall.cast.rosa, what=kind.value)
    with connection.cursor() as cursor:
        cursor.execute("select what from decisions_ofthemself")
        boxes = [bytes(row[0]) for row in cursor.fetchall()]
    assert len(boxes) == len(Kind) and len({len(box) for box in boxes}) == 1


def test_what_the_body_types_or_its_own_people_say_is_counted_for_nothing(hall: Hall) -> None:
    """Paid staff who say that it affects them, and a word typed by the line that decides."""
    typed = acts.typed_for(hall.cast.rosa, hall.cast.june, "phone")
    with pytest.raises(Refused, match="from outside"):
        hall.says(commands.SayOfMyself, typed, what="deaf")
    hall.says(commands.SayWhatIComeAs, hall.cast.ken, comes_as=ComesAs.PERSON)
    hall.says(commands.SayITookPart, hall.cast.ken, meeting=hall.meeting, act=Act.SPOKE)
    hall.says(commands.SayOfMyself, hall.cast.ken, what="deaf")
    kinds(hall, deaf=7)
    assert hall.row("breadth").figure("of_themselves") is None


def test_who_was_never_there_is_not_in_the_number(hall: Hall) -> None:
    hall.says(commands.SayOfMyself, hall.cast.omar, what="deaf")
    for number in range(6):
        hall.says(commands.SayOfMyself, takes_part(hall, number), what="woman")
    chose = hall.row("breadth").figure("of_themselves")
    assert (chose.value, chose.of) == (4, 6)  # of the first lot of five, one was at no meeting


def test_only_who_decides_says_who_all_of_them_are_with_a_source_and_never_a_few(hall: Hall) -> None:
    said = {"kind": "deaf", "people": 7, "source": "Our list"}
    with pytest.raises(NotAllowed):
        hall.says(commands.SayWhoIsAmongThem, hall.cast.rosa, **said)
    for wrong, words in (
        ({"people": 4}, "could be known"),
        ({"people": 21}, "more than all"),
        ({"source": ""}, "from where"),
    ):
        with pytest.raises(Refused, match=words):
            hall.says(commands.SayWhoIsAmongThem, hall.cast.june, **{**said, **wrong})
    kinds(hall, deaf=7)
    kinds(hall, deaf=8)
    assert read(hall)["named"]["all_deaf"] == (8, 20)


def test_it_is_asked_of_no_one_about_one_life(hall: Hall) -> None:
    theirs = acts.raised(hall.cast.ken, hall.cast.rosa)
    with pytest.raises(NotAllowed):
        do(commands.SayOfMyself(decision=theirs, what="deaf"), by=hall.cast.rosa)


def test_the_form_has_one_question_and_programs_are_told_what_fits(hall: Hall) -> None:
    form = page(hall.cast.rosa, f"/do/decisions.of_self_said?decision={hall.matter}")
    assert "What is true of you?" in form and form.count('type="radio"') == len(Kind)
    assert "You need not say anything." in form
    sent = {"decision": str(hall.matter), "what": "deaf"}
    answer = browser_of(hall.cast.rosa).post(f"/do/decisions.of_self_said?decision={hall.matter}", sent)
    assert answer.status_code == 303 and models.OfThemself.everything.count() == 1
    wrong = browser_of(hall.cast.rosa).post(
        "/api/do/decisions.of_self_said",
        json.dumps({**sent, "what": "tall"}),
        content_type="application/json",
    )
    assert wrong.status_code in (409, 422) and "Choose one of the answers shown." in wrong.content.decode()
