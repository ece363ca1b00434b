"""What a page says of how a matter stands is what the guard says of every row of it, in fewer sentences."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from random import Random
from typing import Any
from uuid import UUID, uuid4

import pytest

from alongside.kernel import clock
from alongside.kernel.command import Missing, NotAllowed, Refused
from alongside.kernel.door import do
from alongside.kernel.policy import NOBODY, Actor
from alongside.topics.decisions import commands, guard, models
from alongside.topics.decisions.commands.standing import Reading
from alongside.topics.decisions.models import POSITIONS as POSITIONS_SAID
from alongside.topics.decisions.pages.crowd import where_people_stand, whom_it_affects
from alongside.topics.decisions.pages.in_brief import JUDGED, OF_A_KIND, first_different, in_brief, in_short
from alongside.topics.people.commands.persons import AddPerson
from tests.decisions import acts
from tests.world import Cast

pytestmark = pytest.mark.django_db
POSITIONS = ("for", "against", "other", "unsure", "for_if", "")
MATTERS = range(8)


@pytest.mark.parametrize("seed", MATTERS)
def test_a_page_says_of_any_matter_what_the_guard_says(cast: Cast, seed: int) -> None:
    chance = Random(seed)
    decision = any_matter(cast, chance)
    row, now = models.Decision.everything.get(id=decision), clock.now()
    for asks in (cast.ken.person, cast.ana.person):
        whole = Reading(row, now, also_decides=asks).standing()
        brief = in_brief(row, now, asks=asks, named=len(whole.heard))
        assert without_names(brief.standing) == without_names(whole)
        says, page = guard.may_decide(whole), guard.may_decide(brief.standing)
        assert page.allowed == says.allowed
        assert sentences(page, brief.left_out(page)) == sentences(says)
        assert [told(each) for each in page.can] == [told(each) for each in says.can]
        assert [str(each) for each in page.cannot] == [str(each) for each in says.cannot]
        assert len([each for each in page.in_the_way if each.code == "no_reply"]) <= OF_A_KIND or any_same(
            decision
        )


@pytest.mark.parametrize("seed", MATTERS)
def test_of_many_who_are_named_the_page_says_what_the_guard_says_of_each(cast: Cast, seed: int) -> None:
    """However few of a kind are judged, as long as they are as many as the page says sentences of."""
    decision = any_crowd(cast, Random(seed))
    row, now = models.Decision.everything.get(id=decision), clock.now()
    for asks in (cast.ken.person, cast.ana.person):
        whole = Reading(row, now, also_decides=asks).standing()
        for judged in (JUDGED, OF_A_KIND):
            brief = in_brief(row, now, asks=asks, named=len(whole.heard), judged=judged)
            assert {each.person for each in brief.standing.heard} <= {each.person for each in whole.heard}
            assert replace(brief.standing, heard=(), points=()) == replace(whole, heard=(), points=())
            says, page = guard.may_decide(whole), guard.may_decide(brief.standing)
            assert page.allowed == says.allowed
            assert sentences(page, brief.left_out(page)) == sentences(says)
            assert in_short(page.can, told) == in_short(says.can, told)
            most = 2 * OF_A_KIND
            assert first_different(page.cannot, most) == first_different(says.cannot, most)
        assert brief.more_people and len(brief.standing.heard) < len(whole.heard)


def test_a_crowd_of_this_test_stands_in_many_ways(cast: Cast) -> None:
    found: set[Any] = set()
    for seed in MATTERS:
        row = models.Decision.everything.get(id=any_crowd(cast, Random(seed)))
        whole = Reading(row, clock.now(), also_decides=cast.ken.person).standing()
        found |= {each.told for each in whole.heard} | {each.said for each in whole.heard}
        found |= {("waits", each.waits) for each in whole.heard}
        found |= {each.code for each in guard.may_decide(whole).in_the_way}
        found |= {"group"} if whole.group else set()
    wanted = {*guard.Told} - {guard.Told.UNCONFIRMED} | {*guard.Said} - {guard.Said.NOT_THEIRS}
    wanted |= {("waits", True), ("waits", False), "no_answer", "not_known_read", "other_not_told", "group"}
    assert wanted <= found, wanted - found


@pytest.mark.parametrize("seed", range(2))
def test_of_many_whom_it_affects_a_page_reads_the_first_the_groups_and_its_reader(
    cast: Cast, seed: int
) -> None:
    decision = any_crowd(cast, Random(seed))
    named = models.Affected.everything.filter(decision=decision, person__isnull=False)
    last = [Actor(person=row.person) for row in named.order_by("-made_by")[:2]]
    numbers = set()
    for reader in (cast.ken, cast.ana, cast.stranger, NOBODY, *last):
        everyone, number = whom_it_affects(reader, decision, 1, most=8)
        few, counted = whom_it_affects(reader, decision, 1000, most=8)
        people = [row.person for row in everyone if row.person]
        assert counted == number == len(people)
        assert [row.person for row in few if row.person][:8] == people[:8]
        own = {row.id for row in everyone if row.person is None or row.person in reader.ids}
        assert own <= {row.id for row in few} <= {row.id for row in everyone}
        numbers.add(number)
    assert {0, 1, len(named)} <= numbers


def test_the_matters_of_this_test_stand_in_many_ways(cast: Cast) -> None:
    """A test of any matter is worth what its matters are: together they have all that is counted."""
    found: set[str] = set()
    for seed in MATTERS:
        decision = any_matter(cast, Random(seed))
        row = models.Decision.everything.get(id=decision)
        brief = in_brief(row, clock.now(), asks=cast.ken.person, named=0)
        short = brief.standing
        found |= {each.code for each in guard.may_decide(short).in_the_way}
        found |= {"unlisted"} if brief.more_views else set()
        found |= {"same"} if any_same(decision) else set()
        found |= {"replied"} if models.Reply.everything.filter(decision=decision).exists() else set()
        found |= {"group"} if short.group and short.group.answered else set()
        found |= {"life"} if row.is_about_person else {"place"}
    wanted = {"unlisted", "same", "replied", "group", "life", "place", "no_reply", "no_answer"}
    assert wanted <= found, wanted - found


@pytest.mark.parametrize("seed", MATTERS)
def test_a_page_counts_what_its_reader_may_read_and_no_more(cast: Cast, seed: int) -> None:
    chance = Random(seed)
    row = models.Decision.everything.get(id=any_matter(cast, chance))
    givers = models.View.everything.filter(decision=row.id).values_list("person", flat=True)
    neighbours = [Actor(person=one) for one in givers]
    counted: list[int] = []
    for reader in (cast.ken, cast.rosa, cast.lena, cast.ana, cast.stranger, NOBODY, *neighbours):
        read = models.View.objects.seen_by(reader).filter(decision=row.id, is_current=True)
        sound = [one for one in read if one.typist is None or one.is_trusted or one.confirmed_by]
        stand = where_people_stand(reader, row)
        assert stand.total == len(sound)
        positions = Counter(one.position for one in sound)
        parts = [f"“{name}”: {positions[code]}" for code, name in POSITIONS_SAID.items() if positions[code]]
        assert stand.sentence == "; ".join(parts)
        counted.append(stand.total)
    if row.is_about_person:  # of a life not all may read the same
        assert where_people_stand(cast.stranger, row).total == 0
    assert max(counted) > 0 or not neighbours


def without_names(standing: guard.Standing) -> guard.Standing:
    """How it stands, without the points: those are counted; and with names as they are read."""
    heard = tuple(replace(each, name=str(each.name)) for each in standing.heard)
    return replace(standing, heard=heard, points=())


def sentences(ruling: guard.Ruling, unlisted: Mapping[str, int] | None = None) -> list[Any]:
    return in_short(
        ruling.in_the_way,
        lambda each: (each.code, str(each.sentence), each.person, each.view),
        lambda more: more,
        unlisted,
    )


def told(each: guard.Instead) -> tuple[str, str, UUID | None]:
    return each.code, str(each.sentence), each.person


def any_same(decision: UUID) -> bool:
    return bool(models.SameView.everything.filter(decision=decision, agreed_at__isnull=False).exists())


def any_matter(cast: Cast, chance: Random) -> UUID:
    """A matter about a life or a place, with anything that people do to it."""
    crowd = [Actor(person=uuid4()) for _ in range(chance.randint(2, 9))]
    for number, one in enumerate(crowd):
        added = {"draws": uuid4(), "organisation": cast.council, "name": f"Neighbour {number}"}
        do(AddPerson(person=one.person, **added), by=cast.ken)
    if chance.random() < 0.3:
        decision = acts.raised(cast.ken, cast.rosa)
        answer: Any = commands.GiveView
        crowd.append(cast.rosa)
        attempt(commands.Tell(decision=decision, channel="phone", sign="talked_through"), cast.ken)
    else:
        raised = commands.RaiseAboutPlace(organisation=cast.council, what="The library", change="swap")
        decision, answer = do(raised, by=cast.ken).thing, commands.GiveViewOnPlace
        if chance.random() < 0.6:
            attempt(commands.SayWhichPeople(decision=decision, group="Readers", size=40), cast.ken)
    for number in range(chance.randint(0, 2)):
        attempt(commands.AddOption(decision=decision, name=f"Way {number}", change="swap"), cast.ken)
    options = [None, *(row.id for row in models.Option.everything.filter(decision=decision))]
    for one in crowd:
        if chance.random() < 0.4:
            named = {"person": one.person, "stake": chance.choice(["home", "other"])}
            attempt(commands.SayWhoIsAffected(decision=decision, **named), cast.ken)
    for one in [*crowd, *chance.sample(crowd, len(crowd) // 2)]:
        if chance.random() < 0.75:
            attempt(answer(decision=decision, **any_view(chance, options)), one)
    views = list(models.View.everything.filter(decision=decision, is_current=True).order_by("made_by"))
    for view in views:
        if chance.random() < 0.25:
            reply = commands.ReplyToView(decision=decision, view=view.id, result="partly", words="We heard.")
            attempt(reply, cast.ken)
    if len(views) > 1 and chance.random() < 0.4:
        one, other = views[:2]
        attempt(commands.SayTheSame(decision=decision, view=one.id, other=other.id), Actor(person=one.person))
        for same in models.SameView.everything.filter(decision=decision):
            attempt(commands.AgreeTheSame(decision=decision, row=same.id), Actor(person=other.person))
    return decision


def any_crowd(cast: Cast, chance: Random) -> UUID:
    """A matter about a place that names many, of whom most are of a few kinds, and some have their own."""
    raised = commands.RaiseAboutPlace(organisation=cast.council, what="The library", change="swap")
    decision = do(raised, by=cast.ken).thing
    if chance.random() < 0.5:
        attempt(commands.SayWhichPeople(decision=decision, group="Readers", size=40), cast.ken)
    crowd = [Actor(person=uuid4()) for _ in range(chance.randint(26, 34))]
    for number, one in enumerate(crowd):
        assert one.person is not None
        added = {"draws": uuid4(), "organisation": cast.council, "name": f"Neighbour {number}"}
        do(AddPerson(person=one.person, **added), by=cast.ken)
        stake = chance.choice(["home", "home", "home", "other"])
        do(commands.SayWhoIsAffected(decision=decision, person=one.person, stake=stake), by=cast.ken)
        for _try in range(chance.choice([0, 0, 0, 1, 1, 2])):
            sign = chance.choice(["sent", "sent", "talked_through", "not_delivered"])
            told = {"person": one.person, "channel": chance.choice(["letter", "phone"]), "sign": sign}
            attempt(commands.Tell(decision=decision, **told), chance.choice([cast.ken, cast.omar]))
        if chance.random() < 0.1:
            attempt(
                commands.OfferHelp(decision=decision, person=one.person, what="advocate", channel="phone"),
                cast.ken,
            )
        answer = chance.random()
        if answer < 0.4:
            attempt(commands.GiveViewOnPlace(decision=decision, **any_view(chance, [None])), one)
        elif answer < 0.55:
            attempt(commands.Decline(decision=decision), one)
        elif answer < 0.65 and cast.ken.person is not None:
            typed = replace(one, typed_by=cast.ken.person, how="phone")
            attempt(commands.GiveViewOnPlace(decision=decision, **any_view(chance, [None])), typed)
        if number == len(crowd) // 2 and chance.random() < 0.5:
            attempt(commands.SayWhatMayChange(decision=decision, what="Two of them", change="swap"), cast.ken)
    return decision


def any_view(chance: Random, options: list[Any]) -> dict[str, Any]:
    position = chance.choice(POSITIONS[:5])
    found: dict[str, Any] = {"position": position, "words": "As I see it.", "option": chance.choice(options)}
    if chance.random() < 0.5:
        found["instead"] = "Leave it as it is."
    elif position == "against":
        found["does_not_know"] = True
    return found


def attempt(command: Any, by: Actor) -> None:
    """Do it if it may be done: a random act that is refused changes nothing."""
    try:
        do(command, by=by)
    except (Refused, NotAllowed, Missing):
        return
