"""What the API says of itself at /api/openapi.json: enough to write a program against it, and nothing else.

What is said of each act comes from its command: its button, who may do it, its questions, the codes that
each answer can be by the rules of this place today, and which table a number belongs to.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db.models import Choices
from django.utils.translation import gettext as _
from django.utils.translation import override

from alongside.interfaces.asking import (
    askable,
    at_the_keys,
    body_of,
    codes_of,
    how_it_counts,
    label_of,
    ways_of_saying,
)
from alongside.interfaces.refusals import PROBLEM
from alongside.interfaces.who_may import who_words
from alongside.kernel import clock
from alongside.kernel.command import Command, Shape
from alongside.kernel.packfile import RuleError

LONGEST_KEY = 200
ABOUT = """\
Everything that can be done on the pages, for programs. HEAD works wherever GET does, and OPTIONS says
what works.

**Who you are.** What anybody may read needs no token. To act for a person, that person lets your program
in on their own page “Programs that act for you”, and gives you the token they read there: send it as
`Authorization: Bearer TOKEN`. What you do with it is theirs. It decides about others only where they said
so while signed in by passkey or the council’s own sign-in, and it changes nothing of how they come in or
are reached. It ends by itself after 30 days unless they said another day; then every answer is 401.

**To read.** `GET` under `/api/decisions/`, `/api/promises/`, `/api/people/`, `/api/voice/` and
`/api/this-place/`. You get what that person may see; what they may not see is 404, as if it were not
there. A list is `{"items": [...], "next": ...}`: send `next` back as `cursor` until it is null. Every
answer has an `ETag`; send it as `If-None-Match`, and what has not changed is 304. `null` is what was not
said, or what would tell something of one of a few people. The public registers (services and places only)
are under `/open-data/` as JSON, CSV and Atom, with no token.

**To act.** `POST /api/do/<kind>` with strict JSON: exactly the questions named here, each by its name.
The answer names the `entry` in the record, and the `thing` that it is about: after raising, telling or
promising, `thing` is the number to go on with. Where a question takes the number of a part, such as a
way, a view or a group, you read it from the `id` of that part in the `GET` of its matter.

**Once and no more.** Send an `Idempotency-Key` of your own with each act, and if no answer comes, send
the same again: the same key with the same words is one act, and `again` is true. With other words it is
409. Without a token, ask `GET /api/key` for one.

**For somebody else.** Who works with a person or speaks for them can type for them: `Typed-For` with the
number of the person, and `Typed-How`. Each act says what that counts for.

**A no.** Every refusal is `application/problem+json`, and says in plain words what to do instead:
`detail` in one piece, `reasons` by the field. They are for people to read: show them as they are. They
come in the language of `Accept-Language` (en, cy). 404 is also what you may not see; 403 says who can do
it; 422 is what is wrong or not yet possible, such as deciding before people have answered.

**Word of a change.** A body can have a program told what changes about services and places
(`people.hook_set`): see `webhooks` below.
"""
TAGS = {
    "decisions": "Matters to be decided, about one life or a place; what people say; changes; problems",
    "people": "Who is who, who speaks for whom, how each is told things",
    "promises": "Promises, what those they were made to say, protocols",
    "voice": "Requests to be heard, resolutions, feedback, councillors’ questions, speaking up",
    "this-place": "Numbers of a whole place or one body, small ones protected",
    "key": "A key of your own, where you have no token",
}


def operation_id(command: type[Command]) -> str:
    return command.records.replace(".", "_")


def in_full(schema: Any, answers: dict[str, Any], parts: dict[str, Any]) -> Any:
    """What ninja found out, with what each act and each answer is."""
    acts = {operation_id(command): command for command in askable()}
    schema["paths"] = dict(sorted(schema["paths"].items()))
    for address in schema["paths"].values():
        for operation in address.values():
            if operation["operationId"] in acts:
                operation |= act_in_full(acts[operation["operationId"]], clock.today())
            else:
                _read_in_full(operation, answers[operation["operationId"]])
            operation["responses"] = {**_refusals(), **operation["responses"]}
    schema["tags"] = [{"name": name, "description": says} for name, says in TAGS.items()]
    schema["webhooks"] = {"changed": _WEBHOOK}
    schema["components"]["schemas"] |= {**parts, "Done": _DONE, "Problem": _PROBLEM}
    schema["components"]["responses"] = _ANSWERS
    schema["components"]["securitySchemes"] = {
        "token": {"type": "http", "scheme": "bearer"},
        "session": {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME},
    }
    schema["security"] = [{}, {"token": []}, {"session": []}]
    return schema


def _read_in_full(operation: dict[str, Any], answer: dict[str, Any]) -> None:
    """What is read: one thing, or one page of a list."""
    asked = {one["name"] for one in operation.get("parameters", ())}
    says = "One page of rows, and where the next begins" if "cursor" in asked else "What you may see of it"
    operation["summary"] = operation.get("description", "").split(". ")[0].rstrip(".") or operation["summary"]
    operation["responses"] = {
        "200": {"description": says, "content": {"application/json": {"schema": answer}}}
    }


@lru_cache(maxsize=512)
def act_in_full(command: type[Command], today: date) -> dict[str, Any]:
    """What the description says of an act by the rules of that day, always in one language."""
    with override(settings.LANGUAGE_CODE):
        schema = _whole(body_of(command).model_json_schema())
        for shape in command.asked_shapes():
            _say_more(schema["properties"][shape.name], shape)
        done = {"schema": {"$ref": "#/components/schemas/Done"}}
        told = {"description": str(_("What was done")), "content": {"application/json": done}}
        body = {"schema": schema, "example": _example(schema)}
        return {
            "description": _of_act(command),
            "requestBody": {"required": True, "content": {"application/json": body}},
            "parameters": list(_headers(command)),
            "responses": {"200": told, **_refusals()},
        }


def _of_act(command: type[Command]) -> str:
    """Who may do it, what else it asks, and how it counts."""
    said = [f"{who_words(command)}.", str(command.lead or "")]
    if command.strong:
        said.append("For others, only with a token that may decide about others.")
    said.append(at_the_keys(command) or str(_("Only signed in, or with a token of one’s own.")))
    return "\n\n".join(filter(None, said))


def _headers(command: type[Command]) -> Any:
    nobody = str(_("Nobody can type this for somebody else."))
    yield _header("Idempotency-Key", LONGEST_KEY, "Your own for this act. The same again is one act.")
    yield _header("Typed-For", 40, how_it_counts(command) or nobody)
    yield _header("Typed-How", 20, "How they told you, with Typed-For.", list(ways_of_saying()))
    if command.may_be_anonymous:
        yield _header("Without-Name", 3, "“yes”: a pseudonym stands in the place of your name.", ["yes"])


def _header(name: str, most: int, says: str, choices: list[str] | None = None) -> dict[str, Any]:
    """One header that a program may send."""
    schema: dict[str, Any] = {"type": "string", "maxLength": most}
    if choices:
        schema["enum"] = choices
    return {"name": name, "in": "header", "required": False, "description": says, "schema": schema}


def _say_more(described: dict[str, Any], shape: Shape) -> None:
    """The question itself, the codes that an answer can be, and the table that a number is of."""
    parts = [str(label_of(shape)), str(shape.asked.written), str(shape.asked.hint or "")]
    said = " ".join(filter(None, parts))
    part = next((one for one in described.get("anyOf", ()) if one.get("type") != "null"), described)
    part = part.get("items", part)
    if shape.kind in ("own", "ref"):
        table = shape.target()._meta
        said += f" (the id of a {table.label})"
    if isinstance(shape.inner, type) and issubclass(shape.inner, Choices):
        said += " " + "; ".join(f"{code}: {name}" for code, name in shape.inner.choices)
    if shape.kind == "code":
        try:
            codes = codes_of(shape)
        except RuleError:  # the door says so too, to whoever sends it
            codes = []
        if codes:
            part["enum"] = [code for code, _name in codes]
            said += " " + "; ".join(f"{code}: {name}" for code, name in codes)
    described["description"] = said


def _example(schema: dict[str, Any]) -> dict[str, Any]:
    """The least that can be sent: an answer of the right kind to each question that must have one."""
    wanted = schema.get("required", ())
    return {name: _answer(schema["properties"][name]) for name in wanted}


def _answer(described: dict[str, Any]) -> Any:
    if described.get("enum"):
        return described["enum"][0]
    kind, form = described.get("type"), described.get("format")
    if kind == "array":
        return [_answer(described["items"])]
    forms = {
        "uuid": "1b4e28ba-2fa1-41d2-883f-0016d3cca427",
        "date": "2026-05-14",
        "date-time": "2026-05-14T10:30:00+01:00",
        "time": "10:30:00",
    }
    plain = {"boolean": True, "integer": max(1, int(described.get("minimum", 1)))}
    words = described.get("pattern") or "In your own words"[: described.get("maxLength")]
    return forms.get(str(form)) or plain.get(str(kind), words)


def _refusals() -> dict[str, Any]:
    """What every endpoint may answer instead, and why."""
    return {code: {"$ref": f"#/components/responses/{code}"} for code in _ANSWERS}


_DONE = {
    "type": "object",
    "description": "That it was done.",
    "properties": {
        "entry": {"type": "string", "format": "uuid", "description": "Its line in the record."},
        "thing": {
            "type": "string",
            "format": "uuid",
            "description": "What it is about: the new matter or promise, or the one it was added to.",
        },
        "again": {"type": "boolean", "description": "It had been done before, with this very key."},
    },
    "required": ["entry", "thing", "again"],
}
_PROBLEM = {
    "type": "object",
    "description": "RFC 9457: what is wrong, and what to do instead, in words for people.",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "All reasons in one piece."},
        "reasons": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "field": {"type": "string", "description": "Which question; empty: none of them."},
                    "sentence": {"type": "string"},
                },
            },
        },
    },
    "required": ["type", "title", "status", "detail", "reasons"],
    "example": {
        "type": "about:blank",
        "title": "This cannot be done yet",
        "status": 422,
        "detail": "Write your answer to them.",
        "reasons": [{"field": "words", "sentence": "Write your answer to them."}],
    },
}
_ANSWERS = {
    code: {"description": says, "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
    for code, says in {
        "401": "No such token, or it has ended",
        "403": "Someone else can: `detail` says who",
        "404": "Not there, or not for you to see",
        "405": "Another method: `Allow` says which",
        "409": "This key was sent before, with other words",
        "412": "If-Match cannot be met: what is read is another version, and an act has none",
        "413": "Longer than one million characters",
        "415": "Not JSON in UTF-8 as it is",
        "422": "Something is wrong with an answer, or it cannot be done yet: `reasons` says what",
        "429": "Too many tries: `Retry-After` says how many seconds to wait",
        "503": "A rule of this place is missing or does not hold: tell whoever runs it",
    }.items()
}
_WEBHOOK = {
    "post": {
        "summary": "Something about a service or a place changed",
        "description": "Sent to each address that a body named. It says which thing and where to read it, "
        "and never what people said, or anything about one person’s life. Signed as standardwebhooks.com has "
        "it: `webhook-signature` is `v1,` and the base64 of HMAC-SHA256 over "
        "`webhook-id.webhook-timestamp.body`, keyed with the base64 after `whsec_` on the body’s page "
        "“Programs that are told”. Any 2xx is taken as arrived. A redirect and 410 are a no for good. Else "
        "it is sent again later with the same `webhook-id`. That page says how it went, and why it failed.",
        "requestBody": {
            "content": {
                "application/json": {
                    "schema": {
                        "type": "object",
                        "properties": {
                            "type": {"type": "string", "description": "The kind of act, as under /api/do/."},
                            "timestamp": {"type": "string", "format": "date-time"},
                            "data": {
                                "type": "object",
                                "properties": {
                                    "id": {"type": "string", "format": "uuid"},
                                    "link": {"type": "string", "format": "uri"},
                                },
                            },
                        },
                    }
                }
            }
        },
        "responses": {"2XX": {"description": "It arrived"}},
    }
}


def _whole(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema with its named parts written out where they are used."""
    parts = schema.pop("$defs", {})

    def written(part: Any) -> Any:
        if isinstance(part, list):
            return [written(one) for one in part]
        if not isinstance(part, dict):
            return part
        if "$ref" in part:
            return written(parts[part["$ref"].rsplit("/", 1)[-1]])
        return {name: written(one) for name, one in part.items()}

    found: dict[str, Any] = written(schema)
    return found
