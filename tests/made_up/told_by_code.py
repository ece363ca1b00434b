"""A program that comes with a code for what people were told in a made-up place, and opens what it is for.

Of each kind of message two are tried. It prints each that is sent with a code and leads nowhere.
"""

import re
from collections import defaultdict
from typing import Any
from uuid import UUID

import django
from django.conf import settings

EACH = 2


def main() -> None:
    django.setup()
    from alongside.home.by_code import opens
    from alongside.kernel.models import Outbox

    settings.ALLOWED_HOSTS = ["*"]
    kinds: defaultdict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for told in Outbox.objects.filter(kind="tell").order_by("id").values_list("payload", flat=True):
        if told.get("matter") and opens(UUID(told["person"]), UUID(told["matter"]), told["link"]):
            kinds[told["what"], re.sub(r"[0-9a-f-]{36}", "*", told["link"])].append(told)
    assert len(kinds) > EACH, "nobody was told anything"
    for (what, page), found in kinds.items():
        for told in found[:EACH]:
            if _status(told) != 200:
                print(f"{what}: {page}")


def _status(told: dict[str, Any]) -> int:
    from django.test import Client

    from tests.browser.entrance import session_of

    only = str(UUID(told["matter"]))
    phone: Any = Client(headers={"host": "localhost"})
    phone.cookies["sessionid"] = session_of(UUID(told["person"]), strong=False, only=only, way="code")
    return int(phone.get(told["link"]).status_code)


if __name__ == "__main__":
    main()
