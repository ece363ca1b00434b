"""What a row tells everyone is never better than it was: lots of views, and people who had several offers."""

from typing import Any

from alongside.topics.decisions.engine import facts as engine
from alongside.topics.decisions.engine.facts import Facts
from alongside.topics.decisions.engine.rung import profile
from alongside.topics.decisions.pages.yardstick_words import figure_words, says
from tests.decisions.together.plain import FIRST, but, offer, one, reply, together, view, written

SMALLEST = 5


def answered(so_many: int, of: int) -> Facts:
    """So many of these views had an answer with reasons."""
    people = [f"person {number}" for number in range(of)]
    replies = tuple(reply(f"view of {who}") for who in people[:so_many])
    return but(together(), views=tuple(view(who) for who in people), replies=replies)


def test_views_that_got_no_answer_are_not_rounded_away() -> None:
    """Of nine views five had an answer: both went down to five, and “5 of 5” was told."""
    for so_many in range(SMALLEST, 40):
        for of in range(so_many, 40):
            found = profile(answered(so_many, of)).protected(smallest=SMALLEST).finding("responses")
            assert found.value is not None and found.of is not None
            assert found.value <= so_many and found.of >= of, (so_many, of)
    told = profile(answered(5, 9)).protected(smallest=SMALLEST).finding("responses")
    assert says(told) == "At least 5 of 9 different views had an answer with reasons."


def test_what_is_told_changes_only_with_a_whole_lot_of_views() -> None:
    told = [
        (found.value, found.of)
        for of in range(10, 15)
        for found in [profile(answered(10, of)).protected(smallest=SMALLEST).finding("responses")]
    ]
    assert set(told) == {(10, 14)}


def test_people_are_counted_and_not_their_offers_or_their_meetings() -> None:
    """Two people with three offers each were told as six who were paid: more than there were, and too few."""
    whole = together()
    paid: dict[str, Any] = {
        "answer": "accepted",
        "paid_on": FIRST,
        "was_received": True,
        "in_writing": True,
        "upfront": True,
    }
    offers = tuple(offer(who, days, **paid) for who in ("rosa", "sam") for days in (1, 2, 3))
    access = tuple(
        engine.Access(**written(f"{who} {at}", 6), person=one(who), meeting=one(at), met=met)
        for who, at, met in (("rosa", "start", "yes"), ("rosa", "ways", "no"), ("sam", "start", "yes"))
    )
    found = profile(but(whole, offers=offers, access=access)).finding("terms")
    assert (found.value, found.of) == (2, 2)
    numbers = {each.name: (each.value, each.of) for each in found.figures}
    assert numbers["upfront"] == numbers["came_by_their_word"] == (2, 2)
    assert numbers["access_met"] == (1, 2), "whoever could not get in once did not have what they needed"
    met = found.figure("access_met")
    assert met is not None and figure_words(met) == "1 of 2 people had what they needed before it began."
    hidden = profile(but(whole, offers=offers, access=access)).protected(smallest=SMALLEST).finding("terms")
    assert hidden.value is None and "access_met" in hidden.hidden, "six offers are no five people"


def test_whoever_waits_for_one_of_two_payments_is_not_paid() -> None:
    both = (offer("rosa", 1, answer="accepted", paid_on=FIRST), offer("rosa", 2, answer="accepted"))
    found = profile(but(together(), offers=both)).finding("terms")
    assert (found.value, found.of) == (0, 1)
