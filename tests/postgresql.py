"""A PostgreSQL of the tests' own: made in a temporary folder, reached by a socket there, gone at the end."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import quote


class NotInstalled(Exception):
    """PostgreSQL's own programs are not on this machine."""


class Cluster:
    """One server. It never runs as root, because PostgreSQL refuses to."""

    def __init__(self) -> None:
        self.folder: Path | None = None

    def start(self) -> str:
        """Make it, start it, and give its address."""
        programs = _programs()
        self.folder = Path(tempfile.mkdtemp(prefix="alongside-pg-"))
        if os.geteuid() == 0:
            shutil.chown(self.folder, user=_owner())
        store = self.folder / "store"
        choices: list[str | Path] = [
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        ]
        _as_owner(programs / "initdb", "-D", store, *choices)
        kept_by_nobody = "-c fsync=off -c full_page_writes=off"  # it is gone at the end, or with the machine
        reached = f"-c listen_addresses='' -c unix_socket_directories={self.folder} -c max_connections=100"
        options = f"{reached} {kept_by_nobody}"
        _as_owner(programs / "pg_ctl", "-D", store, "-l", self.folder / "log", "-o", options, "-w", "start")
        for line in (
            "CREATE ROLE alongside LOGIN CREATEDB",  # no superuser: as in a real place
            "CREATE DATABASE alongside OWNER alongside",
        ):
            _as_owner(programs / "psql", "-h", self.folder, "-U", "postgres", "-q", "-c", line, "postgres")
        return f"postgresql://alongside@/alongside?host={quote(str(self.folder), safe='')}"

    def stop(self) -> None:
        if self.folder is not None:
            store = self.folder / "store"
            _as_owner(_programs() / "pg_ctl", "-D", store, "-m", "immediate", "-w", "stop", must=False)
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder = None


def _programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    where = str(found[-1]) if found else shutil.which("initdb")
    if where is None:
        raise NotInstalled("PostgreSQL is not installed. As root: apt-get install postgresql")
    return Path(where).parent


def _owner() -> str:
    names = {line.split(":")[0] for line in Path("/etc/passwd").read_text().splitlines()}
    return "postgres" if "postgres" in names else "nobody"


def _as_owner(*words: str | Path, must: bool = True) -> None:
    line = [str(word) for word in words]
    if os.geteuid() == 0:
        line = ["runuser", "-u", _owner(), "--", *line]
    done = subprocess.run(line, cwd="/", capture_output=True, text=True, check=False)
    if must and done.returncode:
        raise AssertionError(f"{line[-1]}: {done.stdout}{done.stderr}")
