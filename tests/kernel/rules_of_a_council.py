"""A rule that a council wrote for itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings

from alongside.kernel import rules


@pytest.fixture
def own_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder where a council keeps rules of its own, empty."""
    monkeypatch.setattr(django_settings, "HOME", tmp_path)
    folder = tmp_path / "rules"
    folder.mkdir()
    rules.forget()
    yield folder
    rules.forget()


def a_rule(key: str = "decision.weighty.answer_days", value: Any = 21, **more: Any) -> dict[str, Any]:
    standard = {
        "type": "clock",
        "unit": "days",
        "force": "local",
        "source": "Wexmoor Cabinet",
        "verified": True,
    }
    return {"key": key, "value": value} | standard | more


def write(folder: Path, *wanted: dict[str, Any], name: str = "wexmoor-1", **more: Any) -> Path:
    pack = {"jurisdiction": "england", "version": name, "name": "Wexmoor", "effective_from": "2026-01-01"}
    path = folder / f"{name}.json"
    path.write_text(json.dumps(pack | {"rules": wanted} | more), encoding="utf-8")
    rules.forget()
    return path
