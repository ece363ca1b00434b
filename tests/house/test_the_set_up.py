"""The ground that other tests stand on."""

import pytest
from django.conf import settings
from django.db import connection


@pytest.mark.django_db
def test_the_database_asked_for_is_the_one_used() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous")
            assert cursor.fetchone() == (2,), "FULL: anything less lost writes in a power cut"
            cursor.execute("PRAGMA journal_mode")
            assert cursor.fetchone() == ("wal",)


def test_the_environment_is_read_in_the_first_forty_lines() -> None:
    source = (settings.HERE / "settings.py").read_text().splitlines()
    late = [number for number, line in enumerate(source, 1) if "os.environ" in line and number > 40]
    assert not late, f"settings.py reads the environment on line {late}. Move it into the first 40 lines."
