"""Asking a site for pages: straight at its WSGI application, or over the wire and many at once."""

from __future__ import annotations

import http.client
import io
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def page(application: Application, path: str, cookie: str = "") -> bytes:
    """The body of one page. Raises RuntimeError unless it is there."""
    said: list[str] = []
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "127.0.0.1",
        "HTTP_COOKIE": cookie,
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
        "wsgi.url_scheme": "http",
    }
    answer = application(environ, lambda status, headers, *rest: said.append(status))
    try:
        body = b"".join(answer)
    finally:
        getattr(answer, "close", lambda: None)()
    if not said or not said[0].startswith("200"):
        raise RuntimeError(f"{path}: {said}")
    return body


def over_the_wire(port: int, path: str, *, askers: int, seconds: float) -> dict[str, Any]:
    """Ask for a page from several open connections at once, for so long. Any error ends it."""
    counts, problems = [0] * askers, list[BaseException]()
    end = time.monotonic() + seconds

    def ask(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            while time.monotonic() < end and not problems:
                connection.request("GET", path)
                answer = connection.getresponse()
                answer.read()
                if answer.status != 200:
                    raise RuntimeError(f"{path}: {answer.status}")
                counts[number] += 1
        except (OSError, http.client.HTTPException, RuntimeError) as problem:
            problems.append(problem)
        finally:
            connection.close()

    began = time.monotonic()
    threads = [threading.Thread(target=ask, args=(number,)) for number in range(askers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if problems:
        raise problems[0]
    return {"began": began, "ended": time.monotonic(), "count": sum(counts)}
