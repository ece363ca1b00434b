"""What somebody types here is not offered again by the browser to whoever holds the telephone next."""

import re

import pytest

from tests.decisions import acts
from tests.visitor import page
from tests.world import Cast, named

pytestmark = pytest.mark.django_db
FORM = re.compile(r"<form [^>]*method=\"post\"[^>]*>")


def forms(cast: Cast, address: str) -> list[str]:
    shown = page(cast.lena, address)
    return [one for one in FORM.findall(shown) if 'class="languages"' not in one]


def test_a_browser_keeps_nothing_that_was_typed_into_a_form(cast: Cast) -> None:
    lena, matter = named("lena"), acts.raised(cast.ken, cast.lena)
    for address in (
        f"/do/people.way_set?person={lena}",
        f"/do/people.program_let_in?person={lena}",
        f"/do/decisions.view_given?decision={matter}",
        "/tell-us/say",
    ):
        found = forms(cast, address)
        assert found and all('autocomplete="off"' in one for one in found), (address, found)
