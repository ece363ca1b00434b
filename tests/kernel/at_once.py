"""Several do something at one moment."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection

from alongside.kernel.door import Done


def at_once(*acts: Callable[[], Done]) -> list[Any]:
    """Do these at the same time, each on a connection of its own. Gives what came of each, or its error."""
    start, found = threading.Barrier(len(acts)), [None] * len(acts)

    def one(number: int, act: Callable[[], Done]) -> None:
        start.wait()
        try:
            found[number] = act()  # type: ignore[call-overload]  # a list of anything
        except Exception as error:
            found[number] = error  # type: ignore[call-overload]  # the same
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(n, act)) for n, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found
