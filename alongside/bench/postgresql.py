"""A PostgreSQL of the bench's own: in a folder on the same disk, with fsync on, gone at the end."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from urllib.parse import quote


class NoPostgreSQL(Exception):
    """PostgreSQL is not on this machine, or cannot be started in this folder. The message says which."""


class Cluster:
    """One server, with its own defaults for everything that makes a commit safe."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.programs = _programs()
        folder.mkdir(parents=True)
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            shutil.chown(folder, user=_owner())
        store = folder / "store"
        self._run("initdb", "-D", store, "-U", "alongside", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=on"
        self._run("pg_ctl", "-D", store, "-l", folder / "log", "-o", options, "-w", "start")

    def database(self, name: str) -> str:
        """Make an empty database and give its address."""
        self._run("psql", "-h", self.folder, "-U", "alongside", "-qc", f"CREATE DATABASE {name}", "postgres")
        return f"postgresql://alongside@/{name}?host={quote(str(self.folder), safe='')}"

    def stop(self) -> None:
        """Stop it at once: nobody needs what it holds."""
        self._run("pg_ctl", "-D", self.folder / "store", "-m", "immediate", "-w", "stop")

    def _run(self, program: str, *words: str | Path) -> None:
        line = [str(self.programs / program), *map(str, words)]
        if os.geteuid() == 0:
            line = ["runuser", "-u", _owner(), "--", *line]
        done = subprocess.run(line, cwd="/", capture_output=True, text=True, check=False)
        if done.returncode:
            said = (done.stderr or done.stdout).strip().splitlines()
            raise NoPostgreSQL(f"{program} did not work: {said[-1] if said else done.returncode}")


def _programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    where = str(found[-1]) if found else shutil.which("initdb")
    if where is None:
        raise NoPostgreSQL("PostgreSQL is not installed. As root: apt-get install postgresql")
    return Path(where).resolve().parent


def _owner() -> str:
    names = {line.split(":")[0] for line in Path("/etc/passwd").read_text().splitlines()}
    return "postgres" if "postgres" in names else "nobody"
