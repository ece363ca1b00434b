"""Whoever is one of a group says whether they were told of a promise: beside what its owner says."""

from uuid import UUID

import pytest

from alongside.kernel import replay
from alongside.kernel.command import Missing, NotAllowed, Refused
from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.topics.people.commands.typing import AnswerTypedAct
from alongside.topics.promises.commands import SayGroupWasTold, SayIfToldOfPromise
from alongside.topics.promises.models import ToldWord
from tests.decisions import acts
from tests.decisions.told_words import people
from tests.interfaces.conftest import browser_of
from tests.promises.groups import to_group
from tests.visitor import page
from tests.world import Cast
from tests.written import written

pytestmark = pytest.mark.django_db


@pytest.fixture
def promise(cast: Cast) -> UUID:
    made = to_group(cast)
    do(SayGroupWasTold(promise=made, reached=26, how="A letter to each."), by=cast.june)
    return made


def say(promise: UUID, who: Actor, what: str) -> None:
    do(SayIfToldOfPromise(promise=promise, what=what), by=who)


def counted(promise: UUID) -> tuple[object, object]:
    told = browser_of(None).get(f"/api/promises/{promise}").json()["group_told"]
    return told["say_nobody_told_them"], told["said_if_told"]


def test_how_many_say_that_nobody_told_them_stands_beside_what_its_owner_says(
    cast: Cast, promise: UUID
) -> None:
    everyone, here = people(cast, 21), f"/promises/{promise}"
    for number, one in enumerate(everyone[:19]):
        say(promise, one, "none" if number < 12 else "told")
    assert "said if they were told" not in page(cast.june, here) and counted(promise) == (None, None)
    say(promise, everyone[19], "told")
    for reader in (None, cast.rosa, cast.june):
        words = page(reader, here)
        assert "26 people, says its owner." in words
        assert "20 of them said if they were told. 12 say that nobody told them." in words
    assert counted(promise) == (12, 20)
    say(promise, everyone[20], "none")
    assert counted(promise) == (12, 20)  # no number tells of one
    header = written("promises.told_or_not_said")[-1].header
    assert '"none"' not in header and '"told"' not in header
    assert not ToldWord.objects.seen_by(cast.june).exists()
    assert replay.compare().sound


def test_whoever_answers_for_it_says_it_neither_for_themself_nor_for_anybody(
    cast: Cast, promise: UUID
) -> None:
    with pytest.raises(Refused, match="You answer for this promise"):
        say(promise, cast.june, "told")
    with pytest.raises(Refused, match="somebody who does not answer for it"):
        say(promise, acts.typed_for(cast.rosa, cast.ken), "told")
    with pytest.raises((NotAllowed, Missing)):
        say(promise, Actor(), "none")
    with pytest.raises(Refused, match="Choose one of the answers"):
        say(promise, cast.rosa, "perhaps")


def test_what_was_typed_for_somebody_and_is_not_theirs_does_not_count(cast: Cast, promise: UUID) -> None:
    say(promise, acts.typed_for(cast.ana, cast.mina), "told")
    do(AnswerTypedAct(act=written("promises.told_or_not_said")[-1].id, is_right=False), by=cast.ana)
    assert ToldWord.everything.get(person=cast.ana.person).denied is not None
    assert replay.compare().sound


def test_the_page_offers_it_to_whoever_may_be_one_of_them(cast: Cast, promise: UUID) -> None:
    here = f"/promises/{promise}"
    assert "Say if I was told" in page(cast.rosa, here)
    assert "Say if I was told" not in page(cast.june, here) and "Say if I was told" not in page(None, here)
    form = f"/do/promises.told_or_not_said?promise={promise}"
    assert "Nobody told me" in page(cast.rosa, form)
    answer = browser_of(cast.rosa).post(form, {"promise": promise, "what": "none"}, follow=True)
    assert "You said if you were told." in answer.content.decode()
