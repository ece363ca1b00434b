"""Whoever is one of a group says whether they were told: counted beside what those who told them claim."""

from uuid import UUID

import pytest

from alongside.kernel import replay
from alongside.kernel.command import Missing, NotAllowed, Refused
from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.topics.decisions import commands, models
from alongside.topics.people.commands.typing import AnswerTypedAct
from tests.decisions import acts
from tests.decisions.groups import listed, matter
from tests.decisions.told_words import people
from tests.interfaces.conftest import browser_of
from tests.visitor import page
from tests.world import Cast
from tests.written import written

pytestmark = pytest.mark.django_db


def say(decision: UUID, group: UUID, who: Actor, what: str) -> None:
    do(commands.SayIfTold(decision=decision, group=group, what=what), by=who)


def counted(decision: UUID) -> tuple[object, object]:
    [group] = browser_of(None).get(f"/api/decisions/{decision}/people").json()["groups"]
    return group["say_nobody_told_them"], group["said_if_told"]


def test_how_many_say_that_nobody_told_them_stands_beside_what_the_teller_claims(cast: Cast) -> None:
    decision, group = matter(cast)
    do(commands.TellPeople(decision=decision, group=group, channel="visit", reached=30), by=cast.june)
    everyone = people(cast, 20)
    for number, one in enumerate(everyone[:19]):
        say(decision, group, one, "none" if number < 12 else "told")
    here = f"/decisions/{decision}/people"
    assert "said if they were told" not in page(cast.rosa, here)
    assert counted(decision) == (None, None)
    say(decision, group, everyone[19], "told")
    for reader in (None, cast.rosa, cast.june):
        for address in (here, f"/decisions/{decision}"):
            words = page(reader, address)
            assert "Word of this reached 30 of 40 people." in words
            assert "20 of them said if they were told. 12 say that nobody told them." in words
    assert counted(decision) == (12, 20)
    assert replay.compare().sound


def test_no_number_tells_what_one_person_said_not_even_to_those_who_decide(cast: Cast) -> None:
    decision, group = matter(cast)
    do(commands.TellPeople(decision=decision, group=group, channel="visit", reached=30), by=cast.june)
    everyone = people(cast, 30)
    for number, one in enumerate(everyone[:20]):
        say(decision, group, one, "none" if number == 0 else "told")
        assert counted(decision) == (None, None)  # one of twenty would be known
    for one in everyone[20:]:
        say(decision, group, one, "none")
    before = counted(decision)
    assert before == (11, 30)
    say(decision, group, everyone[1], "none")  # one changes their word: nobody can tell
    assert counted(decision) == before
    assert "say that nobody told them" in page(cast.june, f"/decisions/{decision}/people")
    header = written("decisions.told_or_not_said")[-1].header
    assert '"none"' not in header and '"told"' not in header  # it is sealed
    for reader in (cast.june, cast.ken, cast.rosa):
        assert not models.ToldWord.objects.seen_by(reader).exists()
    assert models.ToldWord.objects.seen_by(everyone[1]).count() == 2


def test_neither_those_who_decide_nor_who_is_not_on_its_list_says_so(cast: Cast) -> None:
    decision, group = matter(cast)
    with pytest.raises(Refused, match="You decide this"):
        say(decision, group, cast.june, "told")
    with pytest.raises((NotAllowed, Missing)):
        say(decision, group, Actor(), "none")
    with pytest.raises(Refused, match="Choose one of the answers"):
        say(decision, group, cast.rosa, "perhaps")
    life = acts.raised(cast.ken, cast.rosa)
    with pytest.raises((Refused, NotAllowed, Missing)):
        say(life, group, cast.rosa, "none")
    listed(cast, decision, group, cast.rosa.person)
    say(decision, group, cast.rosa, "none")
    with pytest.raises(Refused, match="not on the list"):
        say(decision, group, cast.devon, "told")


def test_what_was_typed_for_somebody_and_is_not_theirs_does_not_count(cast: Cast) -> None:
    decision, group = matter(cast)
    with pytest.raises(Refused):  # June decides, and Ken works under her
        say(decision, group, acts.typed_for(cast.rosa, cast.ken), "told")
    with pytest.raises(Refused):
        say(decision, group, acts.typed_for(cast.rosa, cast.priya), "told")
    say(decision, group, acts.typed_for(cast.ana, cast.mina), "told")
    act = written("decisions.told_or_not_said")[-1].id
    do(AnswerTypedAct(act=act, is_right=False), by=cast.ana)
    assert models.ToldWord.everything.get(person=cast.ana.person).denied is not None
    assert replay.compare().sound


def test_the_page_offers_it_to_whoever_may_be_one_of_them(cast: Cast) -> None:
    decision, group = matter(cast)
    here = f"/decisions/{decision}/people"
    assert "Say if I was told" in page(cast.rosa, here)
    assert "Say if I was told" not in page(cast.june, here) and "Say if I was told" not in page(None, here)
    form = f"/do/decisions.told_or_not_said?decision={decision}&group={group}"
    assert "Nobody told me" in page(cast.rosa, form)
    answer = browser_of(cast.rosa).post(
        form, {"decision": decision, "group": group, "what": "none"}, follow=True
    )
    assert "You said if you were told." in answer.content.decode()
