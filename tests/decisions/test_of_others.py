"""Nobody is offered themself where that would make no sense: as their own companion, checker or promise."""

from typing import Any

import pytest
from django import forms

from alongside.interfaces.asking import command_named
from alongside.interfaces.form import CommandForm
from alongside.kernel.policy import Actor
from tests.decisions import acts
from tests.world import Cast

pytestmark = pytest.mark.django_db


def offered(kind: str, field: str, actor: Actor, **given: Any) -> set[str]:
    asked = CommandForm(command_named(kind), actor, given=given).fields[field]
    assert isinstance(asked, forms.ChoiceField)
    choices: Any = asked.choices
    return {str(value) for value, _words in choices} - {""}


@pytest.mark.parametrize(
    "kind, field",
    [
        ("decisions.check_asked", "checker"),
        ("decisions.pay_offered", "person"),
        ("decisions.vote_offered", "person"),
        ("decisions.bundle_sent", "person"),
        ("decisions.part_noted", "person"),
        ("promises.made", "made_to"),
        ("promises.made", "owned_by"),
    ],
)
def test_others_are_offered_and_oneself_is_not(kind: str, field: str, cast: Cast) -> None:
    matter = acts.raised(cast.ken, cast.rosa)
    given = {"decision": str(matter)} if kind.startswith("decisions.") and field != "made_to" else {}
    given = {name: value for name, value in given.items() if name in command_named(kind).shapes}
    names = offered(kind, field, cast.ken, **given)
    assert str(cast.priya.person) in names
    assert str(cast.ken.person) not in names


def test_nobody_is_their_own_companion(cast: Cast) -> None:
    matter = acts.raised(cast.ken, cast.rosa)
    for given in ({"decision": str(matter)}, {}):
        names = offered("decisions.help_asked", "companion", cast.rosa, **given)
        assert str(cast.devon.person) in names and str(cast.rosa.person) not in names
    typed = offered("decisions.help_asked", "companion", cast.priya, decision=str(matter))
    assert str(cast.devon.person) in typed
    assert not typed & {str(cast.rosa.person), str(cast.priya.person)}  # whose it is, and who types it


def test_an_address_that_is_not_whole_still_offers_names(cast: Cast) -> None:
    assert str(cast.devon.person) in offered("decisions.help_asked", "companion", cast.rosa, decision="x")


def test_a_record_is_not_offered_as_another_record_of_the_same_person(cast: Cast) -> None:
    names = offered("people.merge_asked_for", "other", cast.priya, person=str(cast.rosa.person))
    assert str(cast.lena.person) in names and str(cast.rosa.person) not in names
