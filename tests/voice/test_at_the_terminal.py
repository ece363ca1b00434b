"""Whoever holds a terminal does not answer, take back or tell for those who asked to be heard or spoke up."""

from dataclasses import replace
from datetime import timedelta

import pytest

from alongside.kernel import clock
from alongside.kernel.command import NotAllowed, Refused
from alongside.kernel.door import do
from alongside.kernel.policy import UNHEARD_WAYS
from alongside.topics.people.commands.posts import JoinBody
from alongside.topics.voice import commands
from alongside.topics.voice.models import Hearing
from tests.voice import acts
from tests.world import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]


@pytest.mark.parametrize("way", UNHEARD_WAYS)
def test_nobody_takes_back_at_a_terminal_what_others_asked_for_nor_says_that_they_were_heard(
    cast: Cast, way: str
) -> None:
    with clock.at("2026-03-02"):
        hearing = acts.asked(cast)
        as_ana = replace(cast.ana, way=way, strong=True)
        with pytest.raises((Refused, NotAllowed), match=r"at the keys|by your own hand"):
            do(commands.WithdrawHearing(hearing=hearing), by=as_ana)
        clock.advance(days=31)
        told = commands.TellWhatHappened(hearing=hearing, happened="spoke", minutes=5)
        with pytest.raises((Refused, NotAllowed), match=r"at the keys|by your own hand"):
            do(told, by=as_ana)
        do(told, by=cast.ana)


def test_who_joined_by_their_own_word_does_not_take_back_what_the_group_asked_for(cast: Cast) -> None:
    with clock.at("2026-03-02"):
        hearing = acts.asked(cast, meets_on=clock.today() + timedelta(days=40))
        do(JoinBody(person=cast.stranger.person, organisation=cast.ulo), by=cast.stranger)
        with pytest.raises((Refused, NotAllowed)):
            do(commands.WithdrawHearing(hearing=hearing), by=cast.stranger)
        assert Hearing.everything.get(id=hearing).state != "withdrawn"
