"""Open tables and addresses, as anybody takes them."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.test import Client

ANYBODY = Client(HTTP_HOST="localhost")


def taken(address: str, status: int = 200, **headers: str) -> Any:
    answer = ANYBODY.get(address, headers=headers)
    assert answer.status_code == status, answer.content[:300]
    return answer


def table(name: str) -> list[dict[str, str]]:
    text = b"".join(taken(f"/open-data/{name}.csv").streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))
