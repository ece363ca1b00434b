"""Who decides here: whole quarters, small numbers kept, and nothing that one month would not have told."""

from datetime import date

import pytest
from django.core.cache import cache
from django.test import Client

from alongside.home.counting import Figure, Figures, protected
from alongside.home.who_decides import _added, quarter_before
from alongside.kernel import clock
from alongside.topics.decisions.models import Agree, Says
from tests.decisions.test_votes import panel, says
from tests.world import Cast

pytestmark = pytest.mark.django_db


def test_a_quarter_is_told_when_it_is_over() -> None:
    assert quarter_before(date(2026, 5, 20)) == (date(2026, 1, 1), date(2026, 3, 31))
    assert quarter_before(date(2026, 4, 1)) == (date(2026, 1, 1), date(2026, 3, 31))
    assert quarter_before(date(2026, 1, 31)) == (date(2025, 10, 1), date(2025, 12, 31))


def test_what_a_month_does_not_tell_its_quarter_does_not_tell_either() -> None:
    full = protected({"own": 9, "heard": 20}, smallest=5)
    hidden = protected({"own": 2, "heard": 20}, smallest=5)
    none, few = protected({}, smallest=5), protected({"own": 3}, smallest=5)
    assert _added("own", [full, full, none]) == Figure("own", 18)
    assert _added("own", [full, full, hidden]) == Figure("own", 18, is_at_least=True)
    assert _added("own", [full, full, few]) == Figure("own", 18, is_at_least=True)
    assert _added("own", [few, few, none]) == Figure("own", None, is_at_least=True)
    assert _added("own", [Figures(12, (), 5), full, none]) == Figure("own", 9, is_at_least=True)


def test_councillors_and_anybody_read_who_decides_here_and_no_name_stands_there(
    cast: Cast, client: Client
) -> None:
    with clock.at("2026-03-02"):
        decision, proposal = panel(cast, Agree.HALF)
        for one in (cast.june, cast.ana):
            says(decision, proposal, one, Says.YES)
    cache.clear()
    with clock.at("2026-07-02"):
        text = client.get("/who-decides-here").content.decode()
        found = client.get("/api/this-place/who-decides").json()["quarters"]
        place = client.get("/this-place").content.decode()
    assert "by several people who had to agree, people who draw on care among them" in text
    assert "/who-decides-here" in place
    assert found[0]["places"] == {"together": 1}
    assert [each["first"] for each in found] == ["2026-04-01", "2026-01-01", "2025-10-01", "2025-07-01"]
    assert not any(name in text for name in ("June Okafor", "Ana Reyes", "Omar Aziz"))
