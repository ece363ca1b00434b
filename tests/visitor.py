"""What somebody who has not signed in reads at an address, without what is new each time it is drawn."""

import re

from tests.interfaces.conftest import browser_of

ANEW = re.compile(r'(csrfmiddlewaretoken|form_key)"? value="[^"]*"')


def read(address: str) -> str:
    """The page, the register or the answer of the API, as text."""
    answer = browser_of(None).get(address)
    parts = getattr(answer, "streaming_content", None)
    whole = b"".join(parts) if parts is not None else answer.content
    return f"{answer.status_code} {ANEW.sub('', whole.decode(errors='replace'))}"
