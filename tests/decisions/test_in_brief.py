"""What a page says of how a matter stands is what the guard says of every row of it, in fewer sentences."""

from collections import Counter
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
from alongside.topics.decisions.pages.crowd import where_people_stand
from alongside.topics.decisions.pages.in_brief import OF_A_KIND, in_brief, in_short
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
        short, unlisted = in_brief(row, now, asks=asks)
        assert without_names(short) == without_names(whole)
        says, page = guard.may_decide(whole), guard.may_decide(short)
        assert page.allowed == says.allowed
        assert sentences(page, unlisted) == sentences(says, 0)
        assert [told(each) for each in page.can] == [told(each) for each in says.can]
        assert [str(each) for each in page.cannot] == [str(each) for each in says.cannot]
        assert len([each for each in page.in_the_way if each.code == "no_reply"]) <= OF_A_KIND or any_same(
            decision
        )


def test_the_matters_of_this_test_stand_in_many_ways(cast: Cast) -> None:
    """A test of any matter is worth what its matters are: together they have all that is counted."""
    found: set[str] = set()
    for seed in MATTERS:
        decision = any_matter(cast, Random(seed))
        row = models.Decision.everything.get(id=decision)
        short, unlisted = in_brief(row, clock.now(), asks=cast.ken.person)
        found |= {each.code for each in guard.may_decide(short).in_the_way}
        found |= {"unlisted"} if unlisted else set()
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
        count, said = where_people_stand(reader, row)
        assert count == len(sound)
        positions = Counter(one.position for one in sound)
        parts = [f"“{name}”: {positions[code]}" for code, name in POSITIONS_SAID.items() if positions[code]]
        assert said == "; ".join(parts)
        counted.append(count)
    if row.is_about_person:  # of a life not all may read the same
        assert where_people_stand(cast.stranger, row) == (0, "")
    assert max(counted) > 0 or not neighbours


def without_names(standing: guard.Standing) -> guard.Standing:
    """How it stands, without the points: those are counted; and with names as they are read."""
    heard = tuple(replace(each, name=str(each.name)) for each in standing.heard)
    return replace(standing, heard=heard, points=())


def sentences(ruling: guard.Ruling, unlisted: int) -> list[Any]:
    return in_short(
        ruling.in_the_way,
        lambda each: (each.code, str(each.sentence), each.person, each.view),
        lambda more: more,
        {"no_reply": unlisted},
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
