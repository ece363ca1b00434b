"""What a reader sees is the same, whether the rule was written out before or is built for the question."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db.models import Exists, OuterRef, Q

from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.kernel.gaps import LOOKED_BACK, STAND_INS, Kept, StandIn, as_value, kept
from alongside.kernel.kinds import ForEachKind, kind_of, watched
from alongside.kernel.now import Rows
from alongside.kernel.policy import NOBODY, THE_CLOCK, Actor
from alongside.kernel.sight import by_another_name, pinned, seen_rows
from tests.kernel.toy.commands import LayBed, Plant
from tests.kernel.toy.models import Bed
from tests.kernel.toy.models import Plant as PlantRow

pytestmark = pytest.mark.django_db
A_RECORD = uuid4()
IRIS, MOSS = Actor(person=A_RECORD), Actor(person=uuid4(), strong=True)
GUEST = Actor(person=IRIS.person, only=uuid4(), way="code")
ALIAS = Actor(person=MOSS.person, voices=frozenset([uuid4()]))
JOINED = Actor(person=MOSS.person, strong=True, former=frozenset([A_RECORD]))
IN_OFFICE = [Actor(person=MOSS.person, strong=True, office=each) for each in (IRIS.person, uuid4())]
TYPED_FOR = [replace(each, typed_by=IN_OFFICE[1 - n].office) for n, each in enumerate(IN_OFFICE)]
READERS = [JOINED, IRIS, MOSS, NOBODY, THE_CLOCK, GUEST, ALIAS, *IN_OFFICE, *TYPED_FOR, JOINED]


def mine(actor: Actor, at: datetime) -> Q:
    return Q(keeper__in=actor.ids)


def mine_or_in_a_bed_with_room(actor: Actor, at: datetime) -> Q:
    if actor.installation:
        return Q()
    if actor.person is None:
        return Q(pk__in=[])
    same_keeper = PlantRow.everything.filter(keeper=OuterRef("keeper"), water__gt=0)
    return Q(keeper=actor.person) | Q(Exists(same_keeper))


def of_the_office_or_the_one_who_typed(actor: Actor, at: datetime) -> Q:
    if actor.office is None:
        return Q(pk__in=[])
    return Q(keeper=actor.office) | Q(keeper=actor.typed_by, water=0)


def planted_last_week(actor: Actor, at: datetime) -> Q:
    return Q(planted_on__gte=(at - timedelta(days=7)).date())


@pytest.fixture
def garden() -> list[UUID]:
    found = []
    for days, keeper in enumerate([IRIS, MOSS, IRIS, MOSS]):
        with clock.at(f"2026-03-{1 + days * 4:02}"):
            found.append(do(Plant(note=str(days)), by=keeper).thing)
    return found


@pytest.mark.usefixtures("garden")
@pytest.mark.parametrize(
    "rule", [mine, mine_or_in_a_bed_with_room, of_the_office_or_the_one_who_typed, planted_last_week]
)
def test_it_is_the_same_as_the_rule_built_for_the_question(rule: Callable[[Actor, datetime], Q]) -> None:
    for day in ("2026-03-02", "2026-03-12", "2026-04-01"):
        with clock.at(day) as at:
            for reader in [*READERS, *reversed(READERS)]:
                plainly: Any = PlantRow.everything.filter(rule(reader, at))
                written = seen_rows(Rows(PlantRow), rule, reader, at)
                assert set(written) == set(plainly), (rule, reader, day)
                assert written.count() == plainly.count()
                assert list(written.order_by("-planted_on")[:2]) == list(plainly.order_by("-planted_on")[:2])


def test_a_rule_is_written_once_for_all_who_hold_an_office_and_for_all_who_type() -> None:
    """Else each officer of a council would wait while every rule is written for them alone."""
    assert len({kind_of(each) for each in IN_OFFICE}) == len({kind_of(each) for each in TYPED_FOR}) == 1
    assert len({kind_of(each) for each in (MOSS, IN_OFFICE[0], TYPED_FOR[0])}) == 3


def surely_known_or_by_letter(actor: Actor, at: datetime) -> Q:
    return Q() if actor.strong or (actor.person and actor.way == "letter") else Q(pk__in=[])


def only_for_whom_a_rule_within_lets(actor: Actor, at: datetime) -> Q:
    within = seen_rows(Rows(PlantRow), surely_known_or_by_letter, actor, at)
    return Q(keeper__in=within.values("keeper"))


@pytest.mark.usefixtures("garden")
@pytest.mark.parametrize("rule", [surely_known_or_by_letter, only_for_whom_a_rule_within_lets])
def test_what_a_rule_looks_at_makes_a_kind_of_its_own(rule: Callable[[Actor, datetime], Q]) -> None:
    """Also where only a rule within it looks, and whoever asks first."""
    others = [replace(IRIS, way="letter"), replace(IRIS, strong=True), replace(MOSS, how="phone")]
    with clock.at("2026-03-12") as at:
        for reader in [*READERS, *others, *reversed(READERS), *others]:
            plainly: Any = PlantRow.everything.filter(rule(reader, at))
            assert set(seen_rows(Rows(PlantRow), rule, reader, at)) == set(plainly), (rule, reader)


def test_what_no_rule_looks_at_makes_no_kind() -> None:
    written = list[str]()
    kinds: ForEachKind[str] = ForEachKind(100)

    def ask(rule: Callable[[Actor], object], name: str, actor: Actor) -> str:
        def write(noted: list[str]) -> str:
            written.append(name)
            return str(rule(watched(actor, noted)))

        return kinds.written(name, actor, write)

    for each in (MOSS, *IN_OFFICE, *TYPED_FOR, replace(MOSS, way="api", how="phone", strong=False)):
        assert ask(lambda one: one.person is None, "blind", each) == "False"
        assert ask(lambda one: one.strong, "looks", each) == str(each.strong)
        assert ask(lambda one: replace(one, person=None).way, "copies", each) == each.way
    assert written.count("blind") == 1
    assert written.count("looks") == written.count("copies") == 4  # kinds of those seven


def test_a_statement_made_once_finds_the_rows_that_django_finds(garden: list[UUID]) -> None:
    """Every column of every row, whoever asks, in whatever order, for one value, several or none."""
    asked: list[dict[str, Any]] = [
        {},
        {"id": garden[0]},
        {"id": garden[:3]},
        {"id": []},
        {"keeper": [IRIS.person, MOSS.person], "water": 0},
        {"water": 5},
        {"keeper": None},
    ]
    for reader in [*READERS, *reversed(READERS)]:
        for like in asked:
            for order, most in ((("-planted_on", "id"), None), (("planted_on", "-id"), 1)):
                plainly = PlantRow.objects.seen_by(reader).like(like, order, most)
                found = PlantRow.objects.seen(reader, *order, most=most, **like)
                assert [row.__dict__ | {"_state": 0} for row in found] == [
                    row.__dict__ | {"_state": 0} for row in plainly
                ], (reader, like)
                assert [str(row.note) for row in found] == [str(row.note) for row in plainly]


def test_a_rule_names_the_one_thing_that_all_rows_belong_to() -> None:
    """But not where a question within it is asked of the same table by the same name."""
    rule = Kept(
        '"t"."of" = %s OR "t"."of" IN (SELECT "of" FROM "t" U0 WHERE 5 %% 2 = %s)', (1, True), [(0, "at")]
    )
    found = pinned(rule, '"t"', '"of"')
    assert found.sql == '%s = %s OR %s IN (SELECT "of" FROM "t" U0 WHERE 5 %% 2 = %s)'
    assert found.gaps == ((0, "pk"), (1, "at"), (2, "pk")) and found.values[3] is True
    for sql in ('"t"."of" IN (SELECT "t"."of" FROM "t" WHERE 1)', '"t"."other" = %s'):
        assert pinned(Kept(sql, (None,), ()), '"t"', '"of"').sql == sql


def test_what_never_changes_stands_in_the_text() -> None:
    """Our own plain words and numbers. Nothing that anybody wrote, and nothing that has a gap."""
    given = ("open", 3, True, "it's", "%s", IRIS.person)
    rule = Kept(" ".join(["%%", *["%s"] * 6]), given, [(0, "at"), (5, "person")])
    assert rule.sql == "%% %s 3 %s %s %s %s"
    assert rule.values == ("open", True, "it's", "%s", IRIS.person)
    assert rule.gaps == ((0, "at"), (4, "person"))


@pytest.mark.parametrize("days", LOOKED_BACK)
def test_the_moment_and_the_day_so_many_days_before_have_gaps_of_their_own(days: int) -> None:
    def asked(here: StandIn) -> tuple[str, list[Any]]:
        since = here.at - timedelta(days=days)
        return "told >= %s AND asked >= %s", [
            as_value(since),
            as_value(clock.day_of(here.at) - (here.at - since)),
        ]

    found, here = kept(asked), replace(STAND_INS[0], at=datetime(2026, 3, 29, 23, 30, tzinfo=UTC))
    assert isinstance(found, Kept) and found.values == tuple(asked(STAND_INS[0])[1])
    assert found.filled(here) == asked(here)[1]


def test_a_moment_looked_back_by_other_days_is_worked_out_and_not_kept() -> None:
    assert kept(lambda here: ("told >= %s", [as_value(here.at - timedelta(days=29))])) is None
    assert kept(lambda here: ("told >= %s", [as_value(here.at.date() - timedelta(days=30))])) is None


def test_rows_are_tallied_by_a_statement_made_once_as_django_counts_them(garden: list[UUID]) -> None:
    """Nothing is counted that the reader may not see: for each reader it is the count of what they read."""
    dry, either = Q(water=0), Q(water__gt=0) | ~Q(keeper=MOSS.person)
    asked: list[dict[str, Any]] = [{}, {"id": garden[:3]}, {"id": []}, {"keeper": IRIS.person}, {"water": 5}]
    found = set()
    for reader in [*READERS, *reversed(READERS)]:
        for where in (dry, either):
            for like in asked:
                for by in ("keeper", "planted_on", "water"):
                    counts = PlantRow.objects.tally(reader, by, where=where, **like)
                    rows = PlantRow.objects.seen_by(reader).matching(like).filter(where)
                    assert counts == Counter(getattr(row, by) for row in rows), (reader, where, like, by)
                    found.add(tuple(sorted(counts.values())))
    assert {(), (1, 1), (2,)} <= found


def test_what_guards_count_and_read_under_a_condition_is_what_django_finds(garden: list[UUID]) -> None:
    beds = Bed.everything.filter(plants=OuterRef("water"))
    wheres = [[], [Q(water=0)], [Q(~Exists(beds)), Q(keeper=IRIS.person) | Q(water__gt=0)]]
    asked: list[dict[str, Any]] = [{}, {"id": garden[:3]}, {"id": []}, {"keeper": MOSS.person}]
    for laid in (0, 1):
        for where in wheres:
            for like in asked:
                rows: Any = Rows(PlantRow).filter(*where).matching(like)
                kinds = Counter((row.keeper, row.planted_on is None, row.water) for row in rows)
                by = ("keeper", "planted_on__isnull", "water")
                assert PlantRow.everything.tally(*by, where=where, **like) == kinds
                first = PlantRow.everything.like("-planted_on", "id", where=where, most=2, **like)
                assert first == list(rows.order_by("-planted_on", "id")[:2])
                values = PlantRow.everything.values_like(
                    "water", "keeper", order=("-planted_on", "id"), where=where, **like
                )
                plainly = [(row.water, row.keeper) for row in rows.order_by("-planted_on", "id")]
                assert [(water, UUID(str(keeper))) for water, keeper in values] == plainly
        if not laid:
            do(LayBed(room=3), by=IRIS)


def test_a_condition_that_asks_another_table_is_not_kept(garden: list[UUID]) -> None:
    with pytest.raises(ValueError, match="alone"):
        PlantRow.objects.tally(IRIS, "water", where=Q(pk__in=[]))


def test_a_reader_with_many_names_is_answered_for_all_of_them(garden: list[UUID]) -> None:
    names = [uuid4() for _ in range(9)]
    plants = [do(Plant(), by=Actor(person=name)).thing for name in names]
    for many in (1, 3, 6, 7, 9, 3):
        reader = Actor(person=IRIS.person, voices=frozenset(names[:many]))
        seen = {row.id for row in PlantRow.objects.seen(reader)}
        assert seen == {garden[0], garden[2], *plants[:many]}
        assert seen == set(PlantRow.objects.seen_by(reader).values_list("id", flat=True))


def test_inside_another_query_it_still_speaks_of_its_own_rows(garden: list[UUID]) -> None:
    do(LayBed(room=3), by=IRIS)
    seen = PlantRow.objects.seen_by(IRIS)
    assert PlantRow.everything.filter(id__in=seen.values("id")).count() == 2
    assert Bed.everything.filter(Exists(seen.filter(water=OuterRef("plants")))).count() == 1
    assert (
        Bed.everything.filter(
            Exists(PlantRow.objects.seen_by(NOBODY).filter(water=OuterRef("plants")))
        ).count()
        == 0
    )
    others = PlantRow.everything.exclude(id__in=seen.values("id"))
    assert set(others.values_list("id", flat=True)) == {garden[1], garden[3]}
    both = seen | PlantRow.objects.seen_by(MOSS)
    assert both.count() == 4


@pytest.mark.usefixtures("garden")
def test_a_name_that_a_rule_gives_is_not_mistaken_for_one_that_was_given_outside() -> None:
    """The rule has a U0 of its own; within a question its table goes by U0 too, and deeper by V0."""
    for reader in READERS:
        if reader.former:  # such a rule is never written out
            continue
        plainly = set(PlantRow.everything.filter(mine_or_in_a_bed_with_room(reader, clock.now())))
        seen = seen_rows(Rows(PlantRow), mine_or_in_a_bed_with_room, reader, clock.now())
        once: Any = PlantRow.everything.filter(Exists(seen.filter(pk=OuterRef("pk"))))
        twice = PlantRow.everything.filter(Exists(once.filter(pk=OuterRef("pk"))))
        assert set(once) == set(twice) == plainly, reader


def test_a_rule_is_asked_of_the_row_by_the_name_it_goes_by() -> None:
    rule = (
        """"t"."of" = %s OR '"t".U0' = 'U0' OR EXISTS(SELECT 1 FROM "t" U0 WHERE U0."of" = "t"."id" %% 2)"""
    )
    clash = """V0."of" = %s OR '"t".U0' = 'U0' OR EXISTS(SELECT 1 FROM "t" U0 WHERE U0."of" = V0."id" %% 2)"""
    assert by_another_name(rule, '"t"', "V0", '"id"') == clash
    found = by_another_name(rule, '"t"', "U0", '"id"')
    assert found == clash.replace("U0 WHERE U0", "SU0 WHERE SU0").replace("V0", "U0")
    itself = '"t"."of" IN (SELECT "t"."of" FROM "t")'
    by_id = f'EXISTS (SELECT 1 FROM "t" WHERE "t"."id" = U0."id" AND ({itself}))'
    assert by_another_name(itself, '"t"', "U0", '"id"') == by_id
