"""A worry that nobody on duty takes up goes to somebody outside it: never to whom it may be about."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from alongside.interfaces.leaving import Work, do_what_is_due
from alongside.kernel import clock, replay
from alongside.kernel.command import Missing, NotAllowed, Refused
from alongside.kernel.door import do
from alongside.kernel.outbox import Outbox
from alongside.kernel.policy import Actor
from alongside.topics.decisions import commands, models
from alongside.topics.decisions.commands.further import due_to_take_up
from alongside.topics.decisions.commands.outside import Outside
from alongside.topics.decisions.models import ChecksAs, ConcernAsked
from alongside.topics.people.commands.agreeing import NameWhoAgrees
from alongside.topics.people.commands.bodies import AddOffice, AddTeam, AppointToOffice
from alongside.topics.people.commands.persons import AddPerson
from alongside.topics.people.commands.posts import EndPost, GivePost
from alongside.topics.people.models import AskedOutside, LinkKind, turns_had
from alongside.topics.people.policy.naming import NamesInWords
from tests.interfaces.conftest import browser_of
from tests.visitor import page
from tests.world import BUILDER, Cast, named

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]
NO = (NotAllowed, Refused, Missing)
WORDS = "An old man in Quarry Lane shouts for help at night."


def told(cast: Cast, words: str = WORDS, *, by: Actor | None = None, body: UUID | None = None) -> UUID:
    return do(commands.RaiseConcern(organisation=body or cast.council, words=words), by=by or Actor()).thing


def later(days: int) -> None:
    clock.advance(days=days)
    do_what_is_due(Work())


def asked(worry: UUID) -> list[UUID]:
    return [row.who for row in ConcernAsked.asked_of(worry)]


def everyone_asked(worry: UUID, days: int = 12) -> list[UUID]:
    """Whoever is asked, where nobody ever does anything."""
    for _day in range(days):
        later(1)
    return asked(worry)


def acting(person: UUID) -> Actor:
    return Actor(person=person, strong=True)


def came(name: str, cast: Cast, team: UUID | None, *, body: UUID | None = None) -> Actor:
    """Somebody new, with a post."""
    do(AddPerson(person=named(name), organisation=cast.council, name=name), by=BUILDER)
    where = body or cast.council
    post = GivePost(organisation=where, person=named(name), kind=LinkKind.PRACTITIONER, team=team)
    do(post, by=BUILDER)
    return acting(named(name))


def reads(cast: Cast, worry: UUID) -> set[str]:
    rows = models.Concern.objects
    return {name for name, one in cast.everyone().items() if rows.seen_by(one).filter(id=worry).exists()}


def leave(*keys: str) -> None:
    for key in keys:
        do(EndPost(link=named(f"{key} post")), by=BUILDER)


# When, and to whom ------------------------------------------------------------------------------------------


def test_nobody_on_duty_takes_it_up_and_after_its_day_somebody_outside_is_asked(cast: Cast) -> None:
    worry = told(cast)
    assert models.Concern.everything.get(id=worry).take_by == clock.today() + timedelta(days=1)
    later(1)
    assert asked(worry) == [] and reads(cast, worry) == {"dee"}, "their day is not over"
    later(1)
    assert asked(worry) == [cast.ken.person], "a manager of another line first"
    assert reads(cast, worry) == {"dee", "ken"}
    assert models.Concern.everything.get(id=worry).further_at is not None


def test_whoever_is_asked_is_told_that_there_is_something_and_nothing_of_it(cast: Cast) -> None:
    told(cast)
    later(2)
    rows = Outbox.objects.filter(kind="tell").values_list("payload", flat=True)
    [notice] = [row for row in rows if row["person"] == cast.ken.author.hex]
    assert notice == {"person": cast.ken.author.hex, "what": "asked_to_help", "link": "/worries/"}


def test_what_is_taken_up_in_time_goes_no_further(cast: Cast) -> None:
    worry = told(cast)
    do(commands.TakeConcern(concern=worry, came_of="I rang."), by=cast.dee)
    assert everyone_asked(worry, 4) == []
    with pytest.raises(Refused, match="Somebody looked into this already"):
        do(commands.TakeConcern(concern=worry, came_of="I rang again."), by=cast.dee)


def test_at_a_terminal_nobody_puts_a_worry_away_as_somebody_else(cast: Cast) -> None:
    worry = told(cast)
    with pytest.raises(Refused):
        do(commands.TakeConcern(concern=worry, came_of="Nothing in it."), by=replace(cast.dee, way="cli"))
    assert models.Concern.everything.get(id=worry).taken_at is None
    later(2)
    with pytest.raises(Refused):
        do(commands.CannotTakeUp(concern=worry), by=replace(cast.ken, way="cli"))
    assert asked(worry) == [cast.ken.person]


def test_one_is_asked_at_a_time_nobody_twice_and_three_at_most_see_it(cast: Cast) -> None:
    came("Wyn Harding", cast, cast.west)
    came("Bea Lowe", cast, cast.east)
    worry = told(cast)
    later(2)
    first = acting(asked(worry)[0])
    later(2)
    assert len(asked(worry)) == 2
    found = everyone_asked(worry)
    assert len(found) == len(set(found)) == 5
    assert len(ConcernAsked.asked_now(worry)) == 3
    assert not models.Concern.objects.seen_by(first).filter(id=worry).exists()


def test_after_six_nobody_more_is_asked_and_whoever_reads_it_is_told_each_day(cast: Cast) -> None:
    for number in range(8):
        came(f"Colleague {number}", cast, cast.west)
    worry = told(cast)
    for _day in range(30):
        later(1)
    assert len(everyone_asked(worry)) == 6
    noted = models.Concern.everything.get(id=worry).nobody_at
    assert noted is not None and clock.day_of(noted) == clock.today(), "it does not fall asleep"


def test_where_the_whole_duty_team_has_gone_somebody_is_asked_all_the_same(cast: Cast) -> None:
    worry = told(cast)
    clock.advance(hours=1)
    leave("dee")
    later(2)
    assert asked(worry) == [cast.ken.person]
    assert cast.june.person not in everyone_asked(worry), "she runs the body, and reads it already"


def test_who_cannot_says_so_sees_it_no_more_and_the_next_is_asked_at_once(cast: Cast) -> None:
    worry = told(cast)
    later(2)
    do(commands.CannotTakeUp(concern=worry), by=cast.ken)
    [other] = set(asked(worry)) - {cast.ken.person}
    assert other in (cast.omar.person, cast.priya.person)
    assert "ken" not in reads(cast, worry)
    with pytest.raises(NO):
        do(commands.TakeConcern(concern=worry, came_of="I called there."), by=cast.ken)


def test_by_the_page_they_say_that_they_cannot_or_what_they_did(cast: Cast) -> None:
    worry = told(cast)
    later(2)
    address = f"/do/decisions.concern_passed_on?concern={worry}"
    passed = browser_of(cast.ken).post(address, {"concern": str(worry)})
    assert passed.status_code == 303 and page(cast.ken, passed["Location"])
    later(2)
    second = next(row.asked for row in ConcernAsked.asked_now(worry))
    actor = cast.omar if second == cast.omar.person else cast.priya
    address = f"/do/decisions.concern_taken?concern={worry}"
    done = browser_of(actor).post(address, {"concern": str(worry), "came_of": "I rang the bell."})
    assert done.status_code == 303 and "I rang the bell." in page(actor, done["Location"])


def test_the_clock_looks_for_names_only_when_somebody_is_to_be_asked(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    """It comes round every few seconds: while whoever is asked has time, it reads no names."""
    for number in range(3):
        told(cast, f"{WORDS} {number}")
    later(2)
    with django_assert_max_num_queries(60) as asked_of:
        assert list(due_to_take_up(clock.now())) == []
    assert not [each for each in asked_of.captured_queries if "people_findable" in each["sql"]]


def test_who_has_left_since_they_were_asked_reads_nothing_and_the_next_is_asked(cast: Cast) -> None:
    worry = told(cast)
    later(2)
    leave("ken")
    assert "ken" not in reads(cast, worry)
    do_what_is_due(Work())
    assert len(asked(worry)) == 2


def test_another_bodys_worry_goes_to_the_councils_duty_team_first(cast: Cast) -> None:
    """Whoever looks after somebody does not look at themself: the council must."""
    desk = uuid4()
    do(AddTeam(team=desk, organisation=cast.provider, name="On call", is_duty=True), by=BUILDER)
    came("Una Webb", cast, desk, body=cast.provider)
    worry = told(cast, body=cast.provider)
    later(2)
    assert asked(worry) == [cast.dee.person]
    [row] = ConcernAsked.asked_of(worry)
    assert (row.standing, row.body) == (ChecksAs.COUNCIL, cast.council)


# Whom it may be about ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "Ken shouts at people.",
        "KEN HOLT takes their money",
        "ask Kens team what happened on Sunday",
        "I am afraid of Ken’s temper.",
        "Rosa Marlow has bruises on her arms.",
        "there is something wrong at rosas",
    ],
)
def test_nobody_whose_name_stands_in_it_is_asked_nor_their_line_nor_their_workers(
    cast: Cast, words: str
) -> None:
    """Ken leads East, where Priya is Rosa’s worker: none of them reads it, nor June, who is over them."""
    worry = told(cast, words)
    assert everyone_asked(worry) == [cast.omar.person]


def test_a_worker_who_tells_it_of_their_own_boss_is_not_answered_by_the_boss(cast: Cast) -> None:
    worry = told(cast, "My manager takes money from people.", by=cast.priya)
    assert everyone_asked(worry) == [cast.omar.person]


def test_neither_when_they_give_no_name(cast: Cast) -> None:
    command = commands.RaiseConcern(organisation=cast.council, words="My manager takes money from people.")
    worry = do(command, by=cast.priya, anonymous=True).thing
    assert everyone_asked(worry) == [cast.omar.person]


def test_who_works_with_whoever_tells_it_is_not_asked(cast: Cast) -> None:
    worry = told(cast, "I am afraid of the one who comes on Fridays.", by=cast.rosa)
    assert everyone_asked(worry) == [cast.omar.person]


def test_an_office_that_the_duty_teams_own_boss_named_just_now_has_no_turn(cast: Cast) -> None:
    office, friend = uuid4(), came("Gil Friend", cast, None, body=cast.advocacy)
    add = AddOffice(office=office, organisation=cast.advocacy, name="Safeguarding lead")
    do(add, by=BUILDER)
    do(AppointToOffice(holding=uuid4(), office=office, person=friend.person), by=BUILDER)
    do(NameWhoAgrees(organisation=cast.council, office=office), by=cast.june)
    early = told(cast)
    later(2)
    assert asked(early) == [cast.ken.person]
    clock.advance(days=29)
    worry = told(cast, "Somebody cries at 3 Mill Street.")
    later(6)  # over Easter
    assert asked(worry)[0] == friend.person, "who guards what is confidential is asked first"


def test_whose_name_stands_in_words() -> None:
    ken, rosa, other = uuid4(), uuid4(), uuid4()
    names = [(ken, "Ken Holt"), (rosa, "Rosa O’Hare"), (other, "Siân Vale")]
    assert NamesInWords(names).within("ken's, and ROSA OHARE") == {ken, rosa}
    assert NamesInWords(names).within("Sian was there") == {other}
    assert NamesInWords(names).within("He took a token from the Kenyan shop") == set()
    many = [(uuid4(), f"John Number{each}") for each in range(9)]
    assert NamesInWords(many).within("Old John is not well") == set(), "a name that many have names nobody"
    assert NamesInWords(many).within("Old John is not well", well_known=[many[3][0]]) == {many[3][0]}
    assert NamesInWords(many).within("John Number4 is not well") == {many[4][0]}


# What becomes of it -----------------------------------------------------------------------------------------


def taken_outside(cast: Cast) -> UUID:
    worry = told(cast)
    later(2)
    do(commands.TakeConcern(concern=worry, came_of="I wrote to her boss of Dee."), by=cast.ken)
    return worry


def test_the_duty_team_reads_that_it_was_taken_up_and_neither_by_whom_nor_how(cast: Cast) -> None:
    worry = taken_outside(cast)
    assert not ConcernAsked.objects.seen_by(cast.dee).exists()
    seen = models.Concern.objects.seen_by(cast.dee).get(id=worry)
    assert (seen.taken_by, str(seen.came_of or "")) == (None, "")
    shown = page(cast.dee, "/worries/")
    assert "Somebody outside the duty team looked into this" in shown
    assert "her boss" not in shown and "Ken Holt" not in shown
    answer = browser_of(cast.dee).get("/api/decisions/worries").json()
    assert answer["items"][0]["came_of"] is None and "her boss" not in str(answer)
    assert "I wrote to her boss of Dee." in page(cast.ken, "/worries/")
    assert everyone_asked(worry, 4) == [cast.ken.person]


def test_whoever_is_asked_finds_it_on_their_page_with_its_day_and_can_pass_it_on(cast: Cast) -> None:
    told(cast)
    later(2)
    assert "Nobody on duty took this up in time. You are asked to, by" in page(cast.ken, "/")
    shown = page(cast.ken, "/worries/")
    assert WORDS in shown and "I cannot take this up" in shown
    duty = page(cast.dee, "/worries/")
    assert "somebody outside the duty team is asked too" in duty and "I cannot take this up" not in duty
    said = browser_of(cast.ken).get("/api/decisions/worries").json()["items"][0]
    assert said["words"] == WORDS and said["you_are_asked_by"]
    assert browser_of(cast.omar).get("/worries/").status_code == 404
    assert browser_of(cast.omar).get("/api/decisions/worries").json()["items"] == []


def test_where_nobody_stands_outside_whoever_reads_it_is_told_so_and_where_to_go(cast: Cast) -> None:
    leave("ken", "priya", "omar")
    worry = told(cast)
    later(2)
    assert asked(worry) == [] and models.Concern.everything.get(id=worry).nobody_at is not None
    rows: list[Any] = list(Outbox.objects.filter(kind="tell").values_list("payload", flat=True))
    told_dee = [row for row in rows if row["link"] == "/worries/"]
    assert [row["person"] for row in told_dee] == [cast.dee.author.hex] * 2, "again, and nobody else"
    shown = page(cast.dee, "/worries/")
    assert "Nobody else is left here" in shown and "Safeguarding Adults Board" in shown
    do_what_is_due(Work())
    assert Outbox.objects.filter(kind="tell").count() == len(rows), "once a day is enough"
    later(1)
    assert Outbox.objects.filter(kind="tell").count() == len(rows) + 1, "and it does not fall asleep"
    came("Wyn Harding", cast, cast.west)
    later(1)
    assert len(asked(worry)) == 1 and models.Concern.everything.get(id=worry).nobody_at is None


def test_a_bodys_page_says_whether_anybody_stands_outside_its_duty_team(cast: Cast) -> None:
    address = f"/organisations/{cast.council}/who-else-must-agree"
    assert "somebody outside the duty team is asked" in page(None, address)
    leave("ken", "priya", "omar")
    shown = page(None, address)
    assert "Nobody stands outside the duty team" in shown and "Safeguarding Adults Board" in shown


def test_whoever_tells_it_sees_where_else_to_go_and_nothing_of_what_becomes_of_it(cast: Cast) -> None:
    worry = told(cast, by=cast.stranger)
    receipt = page(cast.stranger, "/worries/sent")
    assert "Safeguarding Adults Board" in receipt and "ring 999" in receipt
    later(2)
    assert "stranger" not in reads(cast, worry)
    assert page(cast.stranger, "/worries/sent") == receipt or "asked" in receipt
    assert browser_of(cast.stranger).get("/worries/").status_code == 404
    assert not ConcernAsked.objects.seen_by(cast.stranger).exists()


# What all who are asked from outside have in common ---------------------------------------------------------


def test_every_table_of_askings_says_which_of_its_columns_is_which_and_a_worry_is_a_turn_too(
    cast: Cast,
) -> None:
    tables = AskedOutside.tables()
    assert len(tables) == 5
    for table in tables:
        columns = {field.name for field in table._meta.get_fields()}
        assert {table.OF, table.WHO, table.UNTIL, "asked_at", "answer_by", "office"} <= columns
    told(cast)
    later(2)
    ken = cast.ken.person
    assert ken is not None
    assert turns_had([ken], clock.now(), Outside([], clock.now())) == {ken: 1}


def test_the_tables_are_made_again_from_the_entries(cast: Cast) -> None:
    taken_outside(cast)
    assert replay.compare().problems == []


def test_a_post_given_since_by_the_duty_teams_own_line_does_not_make_an_outsider(cast: Cast) -> None:
    leave("ken", "priya", "omar")
    worry = told(cast)
    post = GivePost(
        organisation=cast.council, person=cast.sol.person, kind=LinkKind.PRACTITIONER, team=cast.west
    )
    do(post, by=cast.june)
    later(2)
    assert asked(worry) == []
