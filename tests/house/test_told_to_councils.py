"""What councils are told about running it is so: the folders of a home, and what a backup must hold."""

import re
from pathlib import Path

from alongside.kernel import rules

HERE = Path(__file__).resolve().parent.parent.parent
TOLD = (HERE / "docs" / "councils" / "running.md").read_text(encoding="utf-8")
SETTINGS = (HERE / "alongside" / "settings.py").read_text(encoding="utf-8")
OF_TESTS = {"test.sqlite3", "made-up"}  # a real place has neither


def chapter(name: str) -> str:
    return TOLD.split(f"\n## {name}\n", 1)[1].split("\n## ", 1)[0]


def test_all_that_lies_in_a_home_is_told() -> None:
    kept = set(re.findall(r'HOME / "([a-z0-9.-]+)"', SETTINGS)) | {rules.local_folder().name}
    assert {"keys", "rules"} <= kept
    table = chapter("Where everything lies")
    assert {name for name in kept - OF_TESTS if f"`{name}" not in table} == set()


def test_a_backup_and_a_restore_hold_all_that_a_record_needs_to_be_opened() -> None:
    """Not the outbox, drafts and styles: they are sent, sent again or made anew."""
    for name in ("Backup", "Restore"):
        for part in ("database", "keys", "rules/"):
            assert part in chapter(name), f"{name} forgets {part}"


def test_the_settings_without_which_nobody_can_ring_or_write_are_told() -> None:
    for name in ("ALONGSIDE_PHONE", "ALONGSIDE_FREE_POST"):
        assert name in SETTINGS and name in chapter("Settings")
