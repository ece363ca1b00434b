"""The API's own description, kept as a file, so that a review shows what a change does to programs.

python -m tests.api.openapi --write     writes tests/api/openapi.txt anew
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

KEPT = Path(__file__).with_name("openapi.txt")


def lines_of(described: dict[str, Any]) -> Iterator[str]:
    """The whole description, a line for each thing that a program may send or rely on."""
    for path, operations in described["paths"].items():
        for method, operation in operations.items():
            yield f"{method.upper()} {path}"
            for one in operation.get("parameters", ()):
                yield f"    {one['in']} {one['name']}: {_said(one.get('schema'), one.get('required'))}"
            body = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
            wanted = body.get("schema", {}).get("required", ())
            for name, schema in body.get("schema", {}).get("properties", {}).items():
                yield f"    {name}: {_said(schema, name in wanted)}"
            yield "    answers " + " ".join(sorted(operation["responses"]))
    for name, part in sorted(described["components"]["schemas"].items()):
        yield f"{name}: {_said(part, None)}"


def _said(schema: Any, is_required: bool | None) -> str:
    shown = {name: value for name, value in schema.items() if name not in ("title", "description", "default")}
    return json.dumps(shown, ensure_ascii=False, sort_keys=True) + (" required" if is_required else "")


def main() -> int:
    if "--write" not in sys.argv:
        raise SystemExit(__doc__)
    this_test = [sys.executable, "-m", "pytest", "-q", str(Path(__file__).with_name("test_openapi.py"))]
    return subprocess.run(this_test, env={**os.environ, "WRITE_OPENAPI": "yes"}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
