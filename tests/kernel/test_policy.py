"""Who may is one predicate, and it is the same one however it is asked."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db.models import Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.kernel import policy
from alongside.kernel.door import do
from alongside.kernel.policy import (
    NO_ROWS,
    THE_CLOCK,
    Actor,
    Rule,
    actor_rule,
    among_people,
    anyone,
    rule,
    signed_in,
    the_installation,
)
from tests.kernel.toy.commands import Plant
from tests.kernel.toy.models import Plant as PlantRow

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
PEOPLE = [uuid4() for _ in range(3)]


@rule("the keeper")
def keeper(actor: Actor, at: datetime) -> Q:
    return Q(keeper=actor.person)


@rule("whoever comes after it was planted")
def later(actor: Actor, at: datetime) -> Q:
    return Q(planted_on__lt=at.date())


@rule("whoever comes a week after it was planted")
def a_week_later(actor: Actor, at: datetime) -> Q:
    return Q(planted_on__lt=(at - timedelta(days=7)).date())


@rule("whoever finds it dry")
def dry(actor: Actor, at: datetime) -> Q:
    return Q(water=0)


@actor_rule("someone known for sure")
def sure(actor: Actor) -> bool:
    return actor.strong


LEAVES = st.sampled_from([keeper, dry, sure, signed_in, anyone])
RULES = st.recursive(
    LEAVES,
    lambda inner: st.tuples(st.sampled_from("|&"), inner, inner).map(
        lambda parts: parts[1] | parts[2] if parts[0] == "|" else parts[1] & parts[2]
    ),
    max_leaves=6,
)
ACTORS = st.builds(
    Actor, person=st.sampled_from([None, *PEOPLE]), strong=st.booleans(), way=st.sampled_from(["page", "api"])
)


def plainly(found: Rule, actor: Actor, row: PlantRow) -> bool:
    """The same question, answered in plain Python."""
    if found.parts is not None:
        both = [plainly(part, actor, row) for part in found.parts[1]]
        return any(both) if found.parts[0] == "|" else all(both)
    answers = {
        id(keeper): actor.person is not None and row.keeper == actor.person,
        id(dry): row.water == 0,
        id(sure): actor.strong,
        id(signed_in): actor.person is not None and actor.only is None,
        id(anyone): True,
    }
    return answers[id(found)]


@pytest.mark.django_db
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(found=RULES, actor=ACTORS, owner=st.sampled_from(PEOPLE))
def test_a_rule_compiled_once_says_what_plain_logic_says(found: Rule, actor: Actor, owner: UUID) -> None:
    row = PlantRow.everything.get(id=do(Plant(), by=Actor(person=owner)).thing)
    assert policy.holds(found, actor, AT, PlantRow, row.id) is plainly(found, actor, row)
    assert policy.holds(found, actor, AT, PlantRow, row.id) is plainly(found, actor, row), (
        "the second time too"
    )


@pytest.mark.django_db
@pytest.mark.parametrize("found", [later, a_week_later])
def test_the_moment_is_asked_anew_each_time(found: Rule) -> None:
    row = PlantRow.everything.get(id=do(Plant(), by=Actor(person=PEOPLE[0])).thing)
    actor = Actor(person=PEOPLE[0])
    before = datetime.combine(row.planted_on, datetime.min.time(), UTC)
    after = before.replace(year=before.year + 1)
    assert [policy.holds(found, actor, at, PlantRow, row.id) for at in (before, after, before)] == [
        False,
        True,
        False,
    ]


@actor_rule("one of those on the list")
def listed(actor: Actor) -> bool:
    return actor.person in PEOPLE[:1]


@actor_rule("someone who is not on the list")
def unlisted(actor: Actor) -> bool:
    return actor.person not in PEOPLE[:1]


@pytest.mark.django_db
def test_what_is_asked_of_the_actor_alone_is_answered_for_that_actor() -> None:
    """Whoever asks first, the next one is not answered in their place, nor in a stand-in's."""
    row = PlantRow.everything.get(id=do(Plant(), by=Actor(person=uuid4())).thing)
    for mark in (listed, unlisted):
        found = (mark & dry) | keeper
        for order in (PEOPLE, PEOPLE[::-1], PEOPLE):
            for person in order:
                actor = Actor(person=person)
                assert policy.holds(found, actor, AT, PlantRow, row.id) is mark.resolve(actor, AT)


def test_a_rule_finishes_the_sentence_only_who_can_do_this() -> None:
    assert (keeper | dry).sentence == "the keeper or whoever finds it dry"
    assert "who must also be" in (keeper & sure).sentence


@pytest.mark.django_db
def test_a_rule_about_a_row_is_never_answered_without_one() -> None:
    with pytest.raises(TypeError, match="needs a row"):
        policy.holds(keeper, Actor(person=PEOPLE[0]), AT, None, None)


@pytest.mark.parametrize(
    ("actor", "is_in"),
    [
        (Actor(), False),
        (Actor(person=PEOPLE[0]), True),
        (Actor(person=PEOPLE[0], only=PEOPLE[1]), False),  # by a code from a letter, for one matter
        (Actor(only=PEOPLE[1]), False),
        (THE_CLOCK, False),
    ],
)
def test_whoever_came_with_the_code_of_one_matter_has_not_signed_in(actor: Actor, is_in: bool) -> None:
    assert signed_in.resolve(actor, AT) is is_in
    assert the_installation.resolve(actor, AT) is actor.installation
    assert anyone.resolve(actor, AT) is True


def test_nobody_is_told_that_alongside_itself_could_have_done_it() -> None:
    assert among_people(keeper | the_installation).sentence == "the keeper"
    assert among_people(the_installation | keeper | dry).sentence == "the keeper or whoever finds it dry"
    assert among_people((keeper & sure) | the_installation).sentence == (keeper & sure).sentence
    for whole in (keeper, keeper & the_installation, the_installation, the_installation | the_installation):
        assert among_people(whole) is whole


def test_a_part_that_is_answered_already_decides_or_drops_out() -> None:
    """Of yes and no, with “and” and with “or”, on either side of a part that asks the row."""

    @actor_rule("nobody")
    def nobody(actor: Actor) -> bool:
        return False

    row = keeper.resolve(Actor(person=PEOPLE[0]), AT)
    for both, found in (
        (anyone & keeper, row),
        (keeper & anyone, row),
        (nobody & keeper, False),
        (keeper & nobody, False),
        (anyone | keeper, True),
        (keeper | anyone, True),
        (nobody | keeper, row),
        (keeper | nobody, row),
        (anyone & nobody, False),
        (nobody | anyone, True),
        (nobody | nobody, False),
        (anyone & anyone, True),
    ):
        assert both.resolve(Actor(person=PEOPLE[0]), AT) == found, both.sentence
    assert nobody.predicate(Actor(), AT) == NO_ROWS
    assert anyone.predicate(Actor(), AT) == Q()
    assert keeper.predicate(Actor(person=PEOPLE[0]), AT) == row


@pytest.mark.django_db
def test_whoever_has_no_name_is_answered_by_the_same_rule() -> None:
    row = PlantRow.everything.get(id=do(Plant(), by=Actor(person=PEOPLE[0])).thing)
    assert policy.holds(dry, Actor(), AT, PlantRow, row.id) is True
    assert policy.holds(keeper, Actor(), AT, PlantRow, row.id) is False
    assert policy.holds(dry & keeper, Actor(person=PEOPLE[1]), AT, PlantRow, row.id) is False
    assert policy.holds(dry | keeper, Actor(person=PEOPLE[1]), AT, PlantRow, row.id) is True
    assert policy.holds(dry, Actor(), AT, PlantRow, uuid4()) is False, "no such row"


@pytest.mark.django_db
def test_a_rule_is_asked_of_what_was_just_written_too() -> None:
    """What waits to be sent to the database is sent before it is asked."""
    for holds in (True, False):
        by = Actor(person=PEOPLE[0])
        row = do(Plant(), by=by).thing
        who = by if holds else Actor(person=PEOPLE[1])
        assert policy.holds(keeper, who, AT, PlantRow, row) is holds
