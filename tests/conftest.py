"""What every test stands on: a home of its own, the database asked for, and a browser that may be looked at.

`pytest` runs on SQLite. `pytest --database=postgresql` starts a PostgreSQL of its own and runs again on that.
"""

import gc
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django
import pytest
from django.conf import settings
from hypothesis import HealthCheck
from hypothesis import settings as tried

from tests.everything import browser as browser_to_use
from tests.postgresql import Cluster, NotInstalled

if TYPE_CHECKING:
    from tests.waiting_cast import WaitingCast

HOME = Path(tempfile.mkdtemp(prefix="alongside-tests-"))
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
CLUSTER = Cluster()
SELDOM = (20_000, 20, 20)  # things made since the last look; looks at the young before one at the older

if settings.configured:
    pytest.exit("Settings were read before the tests chose theirs. First: unset DJANGO_SETTINGS_MODULE", 2)
# What is made up is judged by what comes of it, never by the seconds it took: other work may be beside it.
tried.register_profile("in its own time", deadline=None, suppress_health_check=[HealthCheck.too_slow])
tried.load_profile("in its own time")
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
os.environ["ALONGSIDE_HOME"] = str(HOME)
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the browser's driver runs an event loop in this thread
for name in [name for name in os.environ if name == "DATABASE_URL" or name.startswith("ALONGSIDE_")]:
    if name not in {"ALONGSIDE_HOME", "ALONGSIDE_PICTURES", "ALONGSIDE_SHARED", "ALONGSIDE_THOROUGH"}:
        del os.environ[name]  # a developer's own settings change no test


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=["sqlite", "postgresql"], default="sqlite", help="run on this one")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    sys.addaudithook(_refuse_the_internet)
    signal.signal(signal.SIGTERM, _end)  # else it left its folders behind, and its PostgreSQL at work
    if config.getoption("--database") == "postgresql":
        try:
            os.environ["DATABASE_URL"] = CLUSTER.start()
        except NotInstalled as missing:
            pytest.exit(str(missing), returncode=3)
    gc.disable()  # what is read in stays to the end: there is nothing to clear away meanwhile
    django.setup()


def _end(*_told: Any) -> None:
    pytest.exit("It was told to end.", returncode=143)


def pytest_collection_finish() -> None:
    """Rubbish is looked for from here on, and seldom: among what was made since, not in what was read in."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SELDOM)
    gc.enable()


def pytest_unconfigure() -> None:
    CLUSTER.stop()
    shutil.rmtree(HOME, ignore_errors=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    browser = [
        item for item in items if {"page", "browser", "context"} & set(getattr(item, "fixturenames", ()))
    ]
    for item in browser:
        item.add_marker(pytest.mark.browser)
        if browser_to_use() is None:
            item.add_marker(pytest.mark.skip(reason="there is no Chromium here; set CHROMIUM=/path/to/it"))
    database = config.getoption("--database")
    other = {"sqlite": ("postgresql",), "postgresql": ("sqlite", "browser", "house")}[database]
    not_here = [item for item in items if any(item.get_closest_marker(name) for name in other)]
    if database == "postgresql":
        not_here += [item for item in items if item not in not_here and _is_the_same_on_any(item)]
    config.hook.pytest_deselected(items=not_here)
    items[:] = [item for item in items if item not in set(not_here)]


def _is_the_same_on_any(item: pytest.Item) -> bool:
    """Whether a test asks for no database at all: pytest-django keeps it from any, so once is enough."""
    asks = {"db", "transactional_db"} & set(getattr(item, "fixturenames", ()))
    return not asks and not any(item.get_closest_marker(each) for each in ("django_db", "postgresql", "both"))


def _refuse_the_internet(event: str, arguments: tuple[Any, ...]) -> None:
    """A test speaks to this machine alone."""
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        host = str(arguments[1][0])
        if host not in {"127.0.0.1", "localhost", "::1", "0.0.0.0"}:
            raise AssertionError(f"A test tried to reach {host}. Use a server on this machine instead.")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, "executable_path": browser_to_use()}


@pytest.fixture
def axe() -> Callable[[Any], dict[str, Any]]:
    """Look for barriers on a page: gives what axe-core found under WCAG 2.2 AA and its best practice."""
    source = AXE.read_text(encoding="utf-8")
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

    def look(page: Any) -> dict[str, Any]:
        page.evaluate(source)  # evaluated, not added as a script: our own policy would refuse that
        options = {"runOnly": {"type": "tag", "values": tags}, "resultTypes": ["violations", "incomplete"]}
        found: dict[str, Any] = page.evaluate("o => axe.run(document, o)", options)
        return found

    return look


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """An empty folder for an installation of its own, for tests that start the real program."""
    folder = tmp_path / "home"
    folder.mkdir()
    yield folder


@pytest.fixture(autouse=True)
def each_afresh() -> Iterator[None]:
    """What one test left in this program's memory is gone for the next: its language, and the names it knew.

    The cast has the same ids in every test, so that the names of one would be taken for the next one's.
    """
    from django.utils import translation

    from alongside.interfaces import who  # only now, for the settings must be chosen first

    who._remembered.clear()
    yield
    translation.deactivate()


@pytest.fixture
def _django_db_helper(who_waits: None, _django_db_helper: None) -> None:
    """What pytest-django does for each test with a database, once whoever is to be there is there."""


@pytest.fixture
def who_waits(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any) -> None:
    """The cast, for a test that asks for it and is undone afterwards; nobody, for any other."""
    with django_db_blocker.unblock():
        if "cast" in request.fixturenames and "transactional_db" not in request.fixturenames:
            waiting().come(for_long=request.node.get_closest_marker("slow") is not None)
        else:
            waiting().go()


@pytest.fixture
def cast(db: None) -> Any:
    """The cast of tests/world.py, to whom nothing has happened yet: `def test_…(cast: Cast)`."""
    from tests.world import world  # only now, for the models must be there first

    return waiting().cast or world()


@cache
def waiting() -> "WaitingCast":
    """The one cast that waits between tests."""
    from tests.waiting_cast import WaitingCast  # only now, for the models must be there first

    return WaitingCast()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The test database, with the tables that a comparison fills made once."""
    from alongside.kernel import scratch

    with django_db_blocker.unblock():
        scratch.keep_scratch_tables()
    yield
    with django_db_blocker.unblock():
        waiting().go()
