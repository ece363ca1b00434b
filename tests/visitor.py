"""What somebody reads at an address, signed in or not."""

import re
from typing import Any

from alongside.kernel.policy import Actor
from tests.interfaces.conftest import browser_of

ANEW = re.compile(r'(csrfmiddlewaretoken|form_key)"? value="[^"]*"')


def page(actor: Actor | None, address: str, status: int = 200) -> str:
    """What this person reads there, once they have signed in."""
    answer: Any = browser_of(actor).get(address)
    assert answer.status_code == status, (address, answer.status_code)
    text: str = answer.content.decode()
    return text


def read(address: str) -> str:
    """What a stranger is given there by a page, a register or the API, without what is new each time."""
    answer = browser_of(None).get(address)
    parts = getattr(answer, "streaming_content", None)
    whole = b"".join(parts) if parts is not None else answer.content
    return f"{answer.status_code} {ANEW.sub('', whole.decode(errors='replace'))}"
