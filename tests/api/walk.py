"""Reads every address that a program can read, as several people, and holds each answer to its description.

As a program it looks at the home that ALONGSIDE_HOME names and writes what it found, as JSON:
python -m tests.api.walk
"""

import json
import os
import sys
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

MOST_OF_ONE = 3  # things read at one address by one person
MOST_PAGES = 2
PARTS_OF_PROMISES = ("Figure", "Correction", "WhatNow")
PARTS_OF_MATTERS = ("Voice", "AgreedWord", "Effect", "Learnt", "Earlier")
WITH_A_CODE = "/api/voice/feedback/receipt"  # nobody reads it without the code of somebody's feedback
WHOSE = {  # where the numbers in an address come from
    "/api/decisions/changes/{pk}": "/api/decisions/changes/",
    "/api/decisions/problems/{pk}": "/api/decisions/problems/",
    "/api/decisions/{pk}": "/api/decisions/",
    "/api/people/organisations/{pk}": "/api/people/organisations",
    "/api/people/{pk}": "/api/people/",
    "/api/promises/by/{pk}": "/api/people/organisations",
    "/api/promises/protocols/{pk}": "/api/promises/protocols",
    "/api/promises/said/{pk}": "/api/promises/said",
    "/api/promises/{pk}": "/api/promises/",
    "/api/voice/hearings/{pk}": "/api/voice/hearings",
    "/api/voice/questions/{pk}": "/api/voice/questions",
    "/api/voice/resolutions/{pk}": "/api/voice/resolutions",
}


def closed(part: Any) -> Any:
    """The description, held to the letter: no answer has a field that is not in it."""
    if isinstance(part, list):
        return [closed(one) for one in part]
    if not isinstance(part, dict):
        return part
    held = {name: closed(one) for name, one in part.items()}
    if isinstance(part.get("properties"), dict) and part.get("type") == "object":
        held.setdefault("additionalProperties", False)
    return held


def wanted(described: dict[str, Any]) -> set[str]:
    """Every field that is described, by its kind of answer; as far as it can be read."""
    parts, found = described["components"]["schemas"], set()
    waiting = [_answer(said["get"]) for said in described["paths"].values() if "get" in said]
    looked: set[str] = set()
    while waiting:
        text = json.dumps(waiting.pop())
        for name in parts:
            if name not in looked and f'"#/components/schemas/{name}"' in text:
                looked.add(name)
                waiting.append(parts[name])
                found |= {f"{name}.{field}" for field in parts[name].get("properties", ())}
    return found


def _answer(operation: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = operation["responses"]["200"]["content"]["application/json"]["schema"]
    return found


class Walk:
    """One reading of everything: what was wrong, which fields came, and which of these said something."""

    def __init__(self, described: dict[str, Any]) -> None:
        import jsonschema_rs

        self.described = described
        self.parts = described["components"]["schemas"]
        self.wrong: list[str] = []
        self.came: set[str] = set()
        self.said: set[str] = set()
        self.read: defaultdict[str, int] = defaultdict(int)
        shapes = {"components": {"schemas": closed(self.parts)}}
        self.held = {
            path: jsonschema_rs.validator_for(
                {**closed(_answer(said["get"])), **shapes}, validate_formats=True
            )
            for path, said in described["paths"].items()
            if "get" in said and path != WITH_A_CODE
        }

    def everything(self, client: Any, who: str, rare: dict[str, list[str]]) -> None:
        """All that one caller can read: the lists first, then of the things they name the last few, and the
        rare ones."""
        known: dict[str, list[str]] = {}
        singles = [path for path in self.held if "{" in path]
        for path in self.held:
            if "{" not in path:
                known[path] = list(self._listed(client, path, path, who))
        for path in singles:
            begins = max((one for one in WHOSE if path.startswith(one)), key=len, default="")
            named = WHOSE.get(begins, "/api/people/organisations")
            for pk in [*known.get(named, ())[:MOST_OF_ONE], *rare.get(named, ())]:
                address = path.replace("{pk}", pk).replace("{organisation}", pk)
                list(self._listed(client, path, address, who))

    def _listed(self, client: Any, path: str, address: str, who: str) -> Iterator[str]:
        """The numbers of what one address shows, page by page."""
        cursor, turns = None, 0
        while turns < MOST_PAGES:
            asked = {"cursor": cursor} if cursor else {}
            if path == "/api/people/find":
                asked["q"] = "ro"
            answer = client.get(address, asked)
            if answer.status_code != 200:
                if answer.status_code != 404:
                    self.wrong.append(f"{who} {address}: {answer.status_code}")
                return
            told = answer.json()
            self._held_to_it(path, told, f"{who} {address}")
            items = told.get("items", ()) if isinstance(told, dict) else ()
            yield from (one["id"] for one in items if "id" in one)
            cursor, turns = told.get("next"), turns + 1
            if not cursor:
                return

    def _held_to_it(self, path: str, told: Any, where: str) -> None:
        self.read[path] += 1
        for fault in self.held[path].iter_errors(told):
            at = "/".join(map(str, fault.instance_path))
            self.wrong.append(f"{where} at {at}: {fault.message[:300]}")
        self._mark(_answer(self.described["paths"][path]["get"]), told)

    def _mark(self, schema: dict[str, Any], told: Any) -> None:
        if "$ref" in schema:
            name = schema["$ref"].rpartition("/")[2]
            whole = self.parts[name]
            if isinstance(told, dict):
                known = whole.get("properties", {})
                self.came |= {f"{name}.{field}" for field in told if field in known}
                self.said |= {f"{name}.{field}" for field, one in told.items() if one not in (None, [], {})}
            self._mark(whole, told)
        for each in schema.get("anyOf", ()):
            if each.get("type") != "null" and told is not None:
                self._mark(each, told)
        if isinstance(told, list) and "items" in schema:
            for one in told:
                self._mark(schema["items"], one)
        if isinstance(told, dict):
            for field, inner in schema.get("properties", {}).items():
                if field in told:
                    self._mark(inner, told[field])
            if isinstance(schema.get("additionalProperties"), dict):
                for one in told.values():
                    self._mark(schema["additionalProperties"], one)


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.settings")
    import django

    django.setup()
    from django.test import Client

    described = Client(HTTP_HOST="localhost").get("/api/openapi.json").json()
    walk = Walk(described)
    rare = _rare()
    for who, person in _callers():
        client = Client(HTTP_HOST="localhost")
        own = {}
        if person is not None:
            session = client.session
            session["person"], session["strong"], session["only"] = str(person), True, ""
            session.save()
            own = {"/api/people/": [str(person), *rare["/api/people/"]]}
        walk.everything(client, who, {**rare, **own})
    unread = sorted(walk.held.keys() - walk.read.keys())
    fields = wanted(described)
    found = {
        "wrong": walk.wrong[:50],
        "unread": unread,
        "idle": sorted(fields - walk.came),
        "never_said": sorted(fields - walk.said),
        "read": sum(walk.read.values()),
    }
    sys.stdout.write(json.dumps(found, indent=1))
    return 0


def _rare() -> dict[str, list[str]]:
    """What is so rare that a few of each would not show it."""
    from alongside.topics.decisions import models as decisions
    from alongside.topics.people.models import Death
    from alongside.topics.promises import models as promises
    from alongside.topics.promises.models import Promise
    from alongside.topics.voice.models import Evidence

    def some(model: Any, column: str, **which: Any) -> list[str]:
        rows = model.everything.filter(**which).order_by("-made_by").values_list(column, flat=True)
        return list(dict.fromkeys(map(str, rows)))[: MOST_OF_ONE + 1]

    return {
        "/api/people/": some(Death, "person"),
        "/api/people/organisations": some(Promise, "organisation"),
        "/api/promises/": [
            *some(Promise, "id", person=None),
            *some(promises.Erosion, "promise"),
            *(one for kind in PARTS_OF_PROMISES for one in some(getattr(promises, kind), "promise")[:2]),
        ],
        "/api/decisions/": [
            *some(decisions.Review, "decision", done_at=None),
            *(one for kind in PARTS_OF_MATTERS for one in some(getattr(decisions, kind), "decision")[:2]),
        ],
        "/api/voice/questions": some(Evidence, "question")[:1],
    }


def _callers() -> Iterator[tuple[str, Any]]:
    """Nobody, and people who stand in every relation to what is there: one of each kind of link."""
    from alongside.kernel import clock
    from alongside.topics.decisions.models import AgreedWord
    from alongside.topics.people.models import Death, Link, Team

    yield "nobody", None
    duty = set(Team.everything.filter(is_duty=True).values_list("id", flat=True))
    dead = set(Death.everything.values_list("person", flat=True))
    seen: set[Any] = set()
    kinds: set[str] = set()
    for row in Link.everything.order_by("made_by"):
        kind = f"{row.kind} on duty" if row.team in duty else row.kind
        if row.is_live(clock.now()) and row.person not in seen | dead and kind not in kinds:
            kinds.add(kind)
            seen.add(row.person)
            yield kind, row.person
    yield from (("who agreed", row.person) for row in AgreedWord.everything.order_by("-made_by")[:1])


if __name__ == "__main__":
    sys.exit(main())
