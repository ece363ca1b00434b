"""A small program that knows nothing but the API's own description: what it may send, and what it then reads.

Each body is looked at by the description before it goes out, and each answer when it comes, to the letter.
"""

import json
import re
from typing import Any
from uuid import uuid4

import jsonschema_rs
from django.test import Client

from alongside.kernel.policy import Actor
from tests.api.walk import closed
from tests.tokens import own_token_of

JSON, PROBLEM = "application/json", "application/problem+json"


class Program:
    """Acts for one person, by a token of theirs."""

    def __init__(self, actor: Actor) -> None:
        self.wire = Client(HTTP_HOST="localhost")
        self.token = {"Authorization": f"Bearer {own_token_of(actor)}"}
        self.described = self.wire.get("/api/openapi.json").json()
        self.shapes = {"components": closed(self.described["components"])}

    def act(self, kind: str, status: int = 200, key: str | None = None, **answers: Any) -> Any:
        """Do something; `key` is the Idempotency-Key, one of its own where none is given."""
        operation = self.described["paths"][f"/api/do/{kind}"]["post"]
        schema = operation["requestBody"]["content"][JSON]["schema"]
        if status == 200:
            jsonschema_rs.validate({**closed(schema), **self.shapes}, answers)
        headers = {**self.token, "Idempotency-Key": key or str(uuid4())}
        sent = json.dumps(answers)
        answer = self.wire.post(f"/api/do/{kind}", sent, content_type=JSON, headers=headers)
        return self._held(operation, answer, status)

    def read(self, path: str, status: int = 200, *, etag: str = "", **asked: Any) -> Any:
        """Read one address of the description: {pk} and its like are filled in, the rest is asked."""
        parts = {name: asked.pop(name) for name in re.findall(r"{(\w+)}", path)}
        operation = self.described["paths"][path]["get"]
        headers = {**self.token, **({"If-None-Match": etag} if etag else {})}
        answer = self.wire.get(path.format(**parts), asked, headers=headers)
        self.etag = answer.get("ETag", "")
        if status == 304:
            assert answer.status_code == 304 and answer.content == b""
            return None
        return self._held(operation, answer, status)

    def everything(self, path: str, **asked: Any) -> list[Any]:
        """All rows of a list, page by page."""
        rows, cursor = [], None
        while True:
            page = self.read(path, **asked, **({"cursor": cursor} if cursor else {}))
            rows += page["items"]
            cursor = page["next"]
            if cursor is None:
                return rows

    def _held(self, operation: dict[str, Any], answer: Any, status: int) -> Any:
        assert answer.status_code == status, answer.content[:500]
        told = answer.json()
        said = operation["responses"][str(status)]
        if "$ref" in said:
            said = self.described["components"]["responses"][said["$ref"].rpartition("/")[2]]
        [(kind, form)] = said["content"].items()
        assert answer["Content-Type"].partition(";")[0] == kind
        jsonschema_rs.validate({**closed(form["schema"]), **self.shapes}, told, validate_formats=True)
        return told
