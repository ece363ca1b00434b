"""How the settings are read from the environment: small readers, each strict about what it accepts."""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

YES = {"1", "yes", "true", "on"}
NO = {"", "0", "no", "false", "off"}
SERVED_AT = "served-at"  # the file in the home that says at which address it was last served


class SettingRefused(Exception):
    """A setting that we cannot understand. Its message says what to write instead."""


def yes_or_no(written: str) -> bool:
    """Read a switch. A word we do not know is refused, so that a slip never turns anything on."""
    word = written.strip().lower()
    if word in YES:
        return True
    if word in NO:
        return False
    raise SettingRefused(f"We expected yes or no, and found {written!r}.")


def port_number(written: str) -> int:
    """Read the port to listen at."""
    found = int(written) if written.strip().isdecimal() else 0
    if not 0 < found < 65536:
        raise SettingRefused(f"A port is a number from 1 to 65535, such as 8000. We found {written!r}.")
    return found


def database_from_url(url: str) -> dict[str, Any]:
    """Read `postgresql://name:password@host:5432/database`, or `…///database?host=/run/folder`."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise SettingRefused("DATABASE_URL starts with postgresql:// or is left out (then SQLite is used).")
    options: dict[str, Any] = dict(parse_qsl(parts.query, strict_parsing=True)) if parts.query else {}
    name = unquote(parts.path.lstrip("/"))
    if not name:
        raise SettingRefused("DATABASE_URL must end with the name of the database, such as …/alongside.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": str(parts.port or options.pop("port", "")),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def where_people_find_it(said: str, port: str, home: Path) -> tuple[str, str]:
    """(the address that letters and messages carry, how we know it: set, port, served or guessed).

    Whoever set it is right; then the port that this program was given; then where it was last served.
    """
    if said:
        return said, "set"
    if port:
        return f"http://127.0.0.1:{port_number(port)}", "port"
    try:
        served = (home / SERVED_AT).read_text(encoding="utf-8").strip()
    except OSError:
        served = ""
    return (served, "served") if served else ("http://127.0.0.1:8000", "guessed")


def secret_made_once(path: Path) -> str:
    """Read the secret kept at this place; make it first, readable by its owner alone, if there is none."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(fresh, path)  # never replaces one that another process made in the meantime
        except FileExistsError:
            pass  # theirs was first: everyone reads that one
        finally:
            fresh.unlink()
    return path.read_text().strip()
