"""Whoever is written down as speaking for somebody by law: that person hears of it, and can dispute it."""

import pytest

from alongside.kernel.command import Refused
from alongside.kernel.door import do
from alongside.kernel.outbox import Outbox
from alongside.topics.people.commands.links import LegalBasis, Relate
from alongside.topics.people.models import LinkKind
from tests.world import Cast

pytestmark = pytest.mark.django_db


def told_to(person: object) -> list[str]:
    sent = [one.payload for one in Outbox.objects.filter(kind="tell").order_by("pk")]
    return [one["what"] for one in sent if one["person"] == getattr(person, "hex", "")]


def test_a_worker_writes_no_friend_down_as_her_advocate_and_she_hears_of_one(cast: Cast) -> None:
    """An advocate can confirm what was typed for her, and so opens a gate: a friend of his is none."""

    def written(other: object) -> Relate:
        kind, basis = LinkKind.STATUTORY_ADVOCATE, LegalBasis.CARE_ADVOCATE
        return Relate(person=cast.rosa.person, other=other, kind=kind, legal_basis=basis)

    for friend in (cast.tom, cast.omar, cast.devon):  # of the provider, of the council, of nobody
        with pytest.raises(Refused, match="outside yours"):
            do(written(friend.person), by=cast.ken)
    do(written(cast.mina.person), by=cast.ken)
    assert told_to(cast.rosa.person) == ["somebody_related"]


def test_what_she_said_herself_she_is_not_told(cast: Cast) -> None:
    do(Relate(person=cast.rosa.person, other=cast.tom.person, kind=LinkKind.SPOKESPERSON), by=cast.rosa)
    assert told_to(cast.rosa.person) == []
