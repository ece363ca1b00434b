"""Where a bench writes: a folder of its own on the disk to measure, and a PostgreSQL when one is needed."""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from alongside.bench.postgresql import Cluster

SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"


@dataclass(frozen=True)
class Size:
    """How much is done in each round, and how many rounds there are."""

    rounds: int = 7
    one: int = 1500
    many: int = 10_000
    ledger: int = 20_000
    views: int = 200
    pages: int = 100
    measures: int = 12  # of everything there is, before a place has grown
    grown: int = 100  # how many times as many there are then
    seconds: float = 4.0  # of requests in each round


QUICK = Size(rounds=1, one=50, many=200, ledger=300, views=12, pages=2, measures=1, grown=2, seconds=0.3)


class Ground:
    """Homes for the sides, all under one folder that is gone at the end."""

    def __init__(self, folder: Path, size: Size) -> None:
        self.size = size
        self.folder = Path(tempfile.mkdtemp(prefix="alongside-bench-", dir=folder))
        self.folder.chmod(0o711)  # PostgreSQL may not be run as root, and must get to its own folder
        self._cluster: Cluster | None = None
        self._made = 0

    def home(self) -> Path:
        """A new empty folder."""
        self._made += 1
        return self.folder / f"home-{self._made}"

    def database(self, kind: str) -> str:
        """The address of a new empty database; empty for SQLite, which lies in the home."""
        if kind == SQLITE:
            return ""
        self._made += 1
        if self._cluster is None:
            self._cluster = Cluster(self.folder / f"postgresql-{self._made}")
        return self._cluster.database(f"bench_{self._made}")

    def rest(self) -> None:
        """Leave nothing at work: a server that was filled goes on tidying for minutes, the disk too."""
        if self._cluster is not None:
            self._cluster.stop()
            self._cluster = None
        os.sync()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.rest()
        shutil.rmtree(self.folder, ignore_errors=True)
