"""*Try to decide without Rosa*: five doors into the made-up place, and what each of them says."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from alongside.interfaces.faces import Face, faces
from alongside.interfaces.page import render
from alongside.interfaces.programs import token_for
from alongside.interfaces.who import actor_of
from alongside.kernel.command import Missing
from alongside.kernel.policy import Actor
from alongside.topics.decisions.models import Decision, Ground, GroundSaid, Looked, State

DECIDED = "decisions.decided"
WHY = "The budget is smaller this year."


@require_safe
def trying_page(request: HttpRequest) -> HttpResponseBase:
    """The five doors. Only a made-up place has them."""
    ken, decision = _face("Ken"), waiting_for_rosa()
    if ken is None or decision is None:
        raise Missing
    context = {
        "ken": ken,
        "is_ken": actor_of(request).person == ken.person,
        "decision": decision,
        "doors": doors(decision, ken, request.build_absolute_uri("/").rstrip("/")),
        "reason": reverse("decisions:ground", args=[decision.id]),
        "looked_at": looked_at(ken),
    }
    return render(request, "home/trying.html", context)


def waiting_for_rosa() -> Decision | None:
    """What Ken wants to decide about Rosa, and cannot yet."""
    rosa, ken = _face("Rosa"), _face("Ken")
    if rosa is None or ken is None:
        return None
    rows = Decision.objects.seen_by(Actor(person=ken.person))
    found: Decision | None = (
        rows.filter(person=rosa.person, state=State.OPEN, takes_away=True).order_by("-raised_at").first()
    )
    return found


def looked_at(ken: Face) -> list[tuple[Any, str]]:
    """What became of Ken’s legal reasons in the made-up place: in words, and where to read each."""
    last: dict[str, Ground] = {}
    for ground in Ground.objects.seen_by(Actor(person=ken.person)).order_by("recorded_at", "id"):
        last[_became(ground)] = ground
    return [
        (words, reverse("decisions:lawful", args=[last[became].decision]))
        for became, words in BECAME.items()
        if became in last
    ]


def _became(ground: Ground) -> str:
    said = set(GroundSaid.everything.filter(ground=ground.id).values_list("said", flat=True))
    if said:
        return "seen" if Looked.SEEN in said else "not_agreed"
    if ground.held_at_once:
        return "emergency" if ground.ended_at is not None else ""
    return "waits" if ground.ended_at is None else ""


BECAME = {
    "waits": _("Nobody from outside has seen it yet. So nothing may be taken away on it."),
    "not_agreed": _("Somebody from outside does not agree. It stays shut until it is written down anew."),
    "seen": _("Somebody from outside has seen it, and says what they saw."),
    "emergency": _("An emergency. Nobody outside saw it in its day. So what was decided holds no longer."),
}


def _face(first_name: str) -> Face | None:
    return next((face for face in faces() if face.name.startswith(first_name)), None)


def doors(decision: Decision, ken: Face, site: str) -> dict[str, Any]:
    """What to paste at each door. None of it works, and each says kindly why."""
    home = shlex.quote(str(_short(Path(settings.HOME))))
    body = f'{{"decision": "{decision.id}", "outcome": "agreed", "reasons": "{WHY}"}}'
    alongside = f"ALONGSIDE_HOME={home} {_program()}"
    return {
        "api": f"curl -sS {site}/api/do/{DECIDED} \\\n  -H 'Content-Type: application/json' \\\n"
        f"  -H 'Authorization: Bearer {token_for(ken.person, days=1, strong=True)}' \\\n  -d '{body}'",
        "cli": f"{alongside} do {DECIDED} --as Ken \\\n"
        f'  decision={decision.id} outcome=agreed reasons="{WHY}"',
        "file": "person,title,outcome\nRosa Marlow,Morning help from 7 days to 5,agreed\n",
        "import": f'{alongside} import decisions without-rosa.csv --as Ken --source "Ken"',
        "verify": f"{alongside} verify --tables",
        "rebuild": f"{alongside} rebuild\n{alongside} migrate",
        **_sql(decision),
    }


def _sql(decision: Decision) -> dict[str, str]:
    table = Decision._meta.db_table
    if connection.vendor != "sqlite":
        change = f"UPDATE {table} SET state = 'decided', outcome = 'agreed' WHERE id = '{decision.id}'"
        return {"sql": change + ";", "sql_forced": f"ALTER TABLE {table} DISABLE TRIGGER ALL; {change};"}
    change = f"UPDATE {table} SET state = 'decided', outcome = 'agreed' WHERE id = '{decision.id.hex}'"
    store = _short(Path(str(connection.settings_dict["NAME"])))
    return {
        "sql": _by_hand(store, change),
        "sql_forced": _by_hand(store, f"DROP TRIGGER {table}_update_door", change),
    }


def _by_hand(store: Path, *statements: str) -> str:
    """A line that needs nothing but Python, which is on this machine."""
    done = "; ".join(f'c.execute(\\"{one}\\")' for one in statements)
    return f"python3 -c \"import sqlite3; c = sqlite3.connect('{store}'); {done}; c.commit()\""


def _program() -> str:
    """How `alongside` is called where this site was started."""
    beside = Path(sys.executable).with_name("alongside")
    return str(_short(beside)) if beside.exists() else "alongside"


def _short(path: Path) -> Path:
    """A path as somebody would type it who stands where the site was started."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
