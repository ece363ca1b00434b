"""Each story has a small site of its own, where nothing has been decided yet."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.stories.telling import Story
from tests.serving import copied, served


@pytest.fixture
def story(request: pytest.FixtureRequest, small: Path, tmp_path: Path, browser: Browser) -> Iterator[Story]:
    """Tell a story. Its pictures lie in a folder called after the file it is in."""
    home = copied(small, tmp_path / "home")
    name = request.node.path.stem.removeprefix("test_")
    with served(home) as address:
        told = Story(name, address, home, browser)
        yield told
        told.over()
