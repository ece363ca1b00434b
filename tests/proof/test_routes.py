"""Every address, by everyone, at the end of the story: what may not be seen is as if it were not there."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver

from alongside.interfaces.who import forget_voices
from alongside.kernel import clock
from alongside.kernel.policy import Actor
from tests.api.addresses import addresses
from tests.interfaces.conftest import browser_of
from tests.proof import changes, oracle, voice
from tests.proof.cells import commands, facts_of, watched
from tests.proof.oracle import Facts
from tests.proof.story import MARKS, story
from tests.world import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

# Addresses that name one thing, and the table it is in. Where there is "", the thing is no row that anybody
# could be kept from: a code, a token, a kind of command.
NAMES_A = {
    "decisions/<uuid:pk>": "decisions.Decision",
    "api/decisions/<pk>": "decisions.Decision",
    "promises/<uuid:pk>": "promises.Promise",
    "promises/<uuid:pk>/after": "promises.Promise",
    "api/promises/<uuidstr:pk>": "promises.Promise",
    "people/<uuid:pk>": "people.Person",
    "people/<uuid:pk>/two-people": "people.Person",
    "people/of/<uuid:pk>": "people.Person",
    "people/<uuid:pk>/add": "people.Person",
    "people/<uuid:pk>/who-can-see": "people.Person",
    "people/<uuid:pk>/ways": "people.Person",
    "people/<uuid:pk>/code": "people.Person",
    "people/links/<uuid:pk>": "people.Link",
    "people/deaths/<uuid:pk>": "",  # tests/people/test_deaths.py
    "api/people/<uuidstr:pk>": "people.Person",
    "api/people/<uuidstr:pk>/who-can-see": "people.Person",
    "organisations/<uuid:pk>": "people.Organisation",
    "promises/by/<uuid:pk>": "people.Organisation",
    **changes.NAMES_A,
    **voice.NAMES_A,
    "changes/<uuid:pk>": "decisions.Change",
    "api/decisions/changes/<pk>": "decisions.Change",
    "problems/<uuid:pk>": "decisions.Problem",
    "api/decisions/problems/<pk>": "decisions.Problem",
    "promises/protocols/<uuid:pk>": "",  # open to all
    "api/promises/protocols/<uuidstr:pk>": "",  # open to all
    "promises/said/<uuid:pk>": "",  # open to all
    "api/promises/said/<uuidstr:pk>": "",  # open to all
    "promises/said/by/<uuid:pk>": "people.Organisation",
    "api/promises/by/<uuidstr:pk>": "people.Organisation",
    "organisations/<uuid:pk>/programs": "people.Organisation",
    "organisations/<uuid:pk>/members": "",  # for those who act for it: tests/people/test_members.py
    "api/people/organisations/<uuidstr:pk>/members": "",
    "api/this-place/agreed/<organisation>": "people.Organisation",
    "organisations/<uuid:pk>/who-else-must-agree": "people.Organisation",
    "asked-to-agree/<uuid:pk>": "",  # for whoever is asked: tests/people/test_outside_the_line.py
    "decisions/<uuid:pk>/legal-reason/<uuid:ground>": "",  # tests/decisions/test_looking.py
    "api/this-place/legal-reasons/<organisation>": "people.Organisation",
    "api/this-place/checks/<organisation>": "people.Organisation",
    "api/this-place/second-person/<organisation>": "people.Organisation",
    "api/this-place/waited/<organisation>": "people.Organisation",
    "me/calendar/<uuid:pk>": "",
    "me/programs/<uuid:pk>": "people.ActingProgram",
    "calendar/<str:token>.ics": "",
    "open-data/<slug:name>.json": "",
    "open-data/<slug:name>.csv": "",
    "open-data/<slug:name>.atom": "",
    "reported/<uuid:pk>": "",
    "import/<uuid:pk>": "",
    "do/<str:kind>": "",
    "code/<str:code>/": "",
    "sign-in/link/<str:token>/": "",
    "passkeys/<int:pk>/remove/": "",
    "passkeys/<int:pk>/name/": "",
    "council/oidc/^(?P<provider_id>[^/]+)/login/": "",
    "council/oidc/^(?P<provider_id>[^/]+)/login/callback/": "",
    "api/<path:rest>": "",
}
OF_A_MATTER = ("decisions/<uuid:pk>/", "api/decisions/<pk>/")  # every page about one matter begins so
NOWHERE = UUID("fefefefe-0000-4000-8000-0000000000ff")
NEVER_READ = ("sign-out/",)  # leaving, which a reading test must not do


@pytest.fixture
def facts(cast: Cast) -> Iterator[Facts]:
    with clock.at("2026-03-02"):
        for _state in story(cast):
            pass
        yield facts_of(cast, "released")


def marks_of(facts: Facts) -> dict[str, UUID]:
    """The words that stand in each matter alone, and the matter."""
    found: dict[str, UUID] = {}
    for row in facts.rows["decisions.Decision"]:
        title = str(row.title.words)
        found |= {mark: row.id for mark in MARKS.values() if mark in title}
    return found


Looking = list[tuple[str, Actor, oracle.Who]]


def browsers(looking: Looking) -> Iterator[tuple[str, Client, oracle.Who]]:
    """A browser for each of these, signed in just now. Nobody who only reads gets another name."""
    for name, actor, who in looking:
        forget_voices(actor.person)
        yield name, browser_of(actor, only=actor.only), who


def leaks(body: str, facts: Facts, who: oracle.Who) -> list[str]:
    """Marks of matters that this person may not see, found in what they were shown."""
    rows = facts.by_id
    return [
        mark
        for mark, pk in marks_of(facts).items()
        if mark in body and not oracle.decision_seen(facts, rows["decisions.Decision", pk], who)
    ]


def test_no_page_without_a_thing_shows_anyone_a_matter_that_is_not_theirs(cast: Cast, facts: Facts) -> None:
    shown, found, everyone = 0, [], list(watched(cast))
    for address, _name in addresses(get_resolver().url_patterns):
        if "<" in address or "api/do/" in address or address in NEVER_READ:
            continue
        for name, client, who in browsers(everyone):
            answer = client.get(f"/{address}")
            assert answer.status_code < 500, (address, name)
            shown += answer.status_code == 200
            body = answer.getvalue().decode(errors="replace") if answer.status_code == 200 else ""
            found += [(address, name, mark) for mark in leaks(body, facts, who)]
    assert found == []
    assert shown > 300


def named_addresses() -> dict[str, str]:
    """Every address that names a thing, and the table it is in: pages about a matter by how they begin."""
    found = {address for address, _name in addresses(get_resolver().url_patterns) if "<" in address}
    matters = {address: "decisions.Decision" for address in found if address.startswith(OF_A_MATTER)}
    return NAMES_A | matters | dict.fromkeys(found - matters.keys() - NAMES_A.keys(), "?")


def test_every_address_that_names_a_thing_says_in_which_table_it_is() -> None:
    named = {address for address, _name in addresses(get_resolver().url_patterns) if "<" in address}
    missing = sorted(address for address, table in named_addresses().items() if table == "?")
    assert missing == [], "say in NAMES_A what these addresses name, so that everyone tries them"
    assert sorted(set(NAMES_A) - named) == [], "these addresses are no more"


def test_what_may_not_be_seen_is_answered_as_if_it_were_not_there(cast: Cast, facts: Facts) -> None:
    """The story is told once: what reading the pages of one table leaves behind is undone before the next."""
    wrong, never_seen = [], []
    for table in sorted({table for table in NAMES_A.values() if table}):
        with transaction.atomic():
            found, seen = _tried_by_everyone(cast, facts, table)
            transaction.set_rollback(True)
        wrong += found
        never_seen += [] if seen else [table]
    assert wrong == []
    assert never_seen == []


def _tried_by_everyone(cast: Cast, facts: Facts, table: str) -> tuple[list[tuple[str, str, str]], int]:
    """What was told that should not be, and how often somebody saw a thing that they may see."""
    known = {"rosa", "lena", "victor"}
    rows = [row for row in facts.rows[table] if table != "people.Person" or facts.named(row.id) in known][:8]
    places = [address for address, of in named_addresses().items() if of == table]
    wrong, seen = [], 0
    for name, client, who in browsers(list(watched(cast))):
        for address in places:
            nothing = client.get(at(address, NOWHERE)).status_code
            for row in rows:
                answer = client.get(at(address, row.id))
                assert answer.status_code < 500, (address, name)
                body = answer.getvalue().decode(errors="replace")
                wrong += [(address, name, mark) for mark in leaks(body, facts, who)]
                if oracle.SEES[table](facts, row, who):
                    seen += answer.status_code == 200
                elif answer.status_code != nothing:
                    wrong.append((address, name, f"{answer.status_code}, but {nothing} for nothing"))
    return wrong, seen


def test_no_form_shows_anyone_a_matter_that_is_not_theirs(cast: Cast, facts: Facts) -> None:
    """A form says what it is about: only to those who may know."""
    looking = [one for one in watched(cast) if one[0] in {"stranger", "victor", "rosa by code"}]
    assert len(looking) == 3
    found = []
    for command in commands():
        for shape in command.own_links():
            label = shape.target()._meta.label
            rows = [] if shape.many or label not in oracle.SEES else facts.rows[label][:2]
            for name, client, who in browsers(looking if rows else []):
                for row in rows:
                    answer = client.get(f"/do/{command.records}?{shape.name}={row.id}")
                    assert answer.status_code < 500, (command.records, name)
                    body = answer.getvalue().decode(errors="replace")
                    found += [(command.records, shape.name, name, mark) for mark in leaks(body, facts, who)]
    assert found == []


def at(address: str, pk: UUID) -> str:
    before, _less, rest = address.partition("<")
    return f"/{before}{pk}{rest.partition('>')[2]}"
