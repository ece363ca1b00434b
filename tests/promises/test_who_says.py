"""Who cannot say whether a promise was kept reads who can, and what they can do themself."""

from uuid import UUID

import pytest

from alongside.kernel import clock
from tests.interfaces.conftest import browser_of
from tests.promises.groups import to_group
from tests.promises.making import to_whom
from tests.visitor import page
from tests.world import Cast

pytestmark = pytest.mark.django_db
LATER = "2026-05-04"


def test_whoever_answers_for_it_reads_who_can_judge_it_and_how_to_say_what_is_done(
    cast: Cast, ramp: UUID
) -> None:
    with clock.at(LATER):
        for brought in ("", f"&made_to={to_whom(ramp, cast.rosa.person)}"):
            answer = browser_of(cast.ken).get(f"/do/promises.verdict_given?promise={ramp}{brought}")
            text = answer.content.decode()
            assert answer.status_code == 403 and "Nothing to choose" not in text
            assert "You answer for this promise. So you cannot say whether it was kept." in text
            assert "Only those it was made to can say that: Rosa Marlow." in text and "Mend the ramp." in text
            assert f"/do/promises.progress_reported?promise={ramp}" in text
        form = page(cast.rosa, f"/do/promises.verdict_given?promise={ramp}")
        assert "You answer for" not in form and 'name="said"' in form  # for her it is the form, whole
        not_for_them = page(cast.stranger, f"/do/promises.verdict_given?promise={ramp}")
        assert "Mend the ramp" not in not_for_them and "Rosa" not in not_for_them


def test_of_a_promise_to_group_a_stranger_reads_how_to_say_that_they_are_in_it(cast: Cast) -> None:
    promise = to_group(cast)
    answer = browser_of(cast.devon).get(f"/do/promises.verdict_given?promise={promise}")
    text = answer.content.decode()
    assert "Only those it was made to can say that: Everyone who goes to the day centre." in text
    assert f"/do/promises.group_joined?promise={promise}" in text and "progress_reported" not in text
