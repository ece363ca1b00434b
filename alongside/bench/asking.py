"""Asking a site for pages: straight at its WSGI application, or over the wire and many at once."""

from __future__ import annotations

import io
import re
import selectors
import socket
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from typing import Any

LENGTH = re.compile(rb"(?i)\r\ncontent-length: *(\d+)")
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def page(
    application: Application, path: str, cookie: str = "", given: list[tuple[str, str]] | None = None
) -> bytes:
    """The body of one page; its headers are added to `given`. Raises RuntimeError unless it is there."""
    said: list[str] = []

    def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> None:
        said.append(status)
        if given is not None:
            given.extend(headers)

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
    answer = application(environ, start)
    try:
        body = b"".join(answer)
    finally:
        getattr(answer, "close", lambda: None)()
    if not said or not said[0].startswith("200"):
        raise RuntimeError(f"{path}: {said}")
    return body


def cookies_after(application: Application, path: str, cookie: str) -> str:
    """The cookies of a browser that came with these and has read this page."""
    given: list[tuple[str, str]] = []
    page(application, path, cookie, given)
    kept = [value.partition(";")[0] for name, value in given if name.lower() == "set-cookie"]
    return "; ".join([cookie, *kept] if cookie else kept)


class Asker:
    """One open connection: it asks for a page again as soon as it has the whole of it."""

    def __init__(self, port: int, path: str) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.question = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()
        self.got = bytearray()

    def ask(self) -> None:
        self.got.clear()
        self.socket.sendall(self.question)

    def hear(self) -> bool:
        """Read what has come. Whether that was the last of the page. Raises RuntimeError unless it is one."""
        piece = self.socket.recv(1 << 17)
        self.got += piece
        head, blank, body = self.got.partition(b"\r\n\r\n")
        length = LENGTH.search(head) if blank else None
        complete = length is not None and len(body) == int(length[1])
        if complete and head.startswith(b"HTTP/1.1 200 ") and body.rstrip().endswith(b"</html>"):
            return True
        if complete or not piece or (blank and length is None):
            raise RuntimeError(f"this is no page: {bytes(self.got[:300])!r}")
        return False


def over_the_wire(port: int, path: str, *, askers: int, seconds: float) -> dict[str, Any]:
    """Ask for a page from several open connections at once, for so long. Any error ends it.

    It reads each answer to its end and looks whether it is a page, and does no more: what the asking costs is
    taken from the same cores as the server's work.
    """
    with ExitStack() as stack:
        listening = stack.enter_context(selectors.DefaultSelector())
        for _ in range(askers):
            asker = Asker(port, path)
            stack.enter_context(asker.socket)
            listening.register(asker.socket, selectors.EVENT_READ, asker)
        count, open_still, began = 0, askers, time.monotonic()
        for key in list(listening.get_map().values()):
            key.data.ask()
        while open_still:
            heard = listening.select(timeout=60)
            if not heard:
                raise RuntimeError(f"{path}: nothing came for a minute")
            for key, _events in heard:
                if not key.data.hear():
                    continue
                count += 1
                if time.monotonic() < began + seconds:
                    key.data.ask()
                else:
                    listening.unregister(key.data.socket)
                    open_still -= 1
        return {"began": began, "ended": time.monotonic(), "count": count}
