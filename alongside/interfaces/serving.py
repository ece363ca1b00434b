"""Serving the site: waitress in this process, or gunicorn with several processes for a bigger place."""

import logging
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from types import FrameType
from typing import Any, NoReturn

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.settings")
application = get_wsgi_application()

from alongside.kernel import writer  # noqa: E402  # needs the settings to be read

KEPT_OPEN = 75  # seconds: longer than a web server in front keeps its own, which must not find one shut


def serve_alone(*, host: str, port: int, threads: int, listening: Callable[[], None]) -> None:
    """Serve from this one process until it is stopped. What was begun is finished first."""
    import waitress

    signal.signal(signal.SIGTERM, _leave)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a wait for a thread is no news
    keep_to_one_core(port)
    behind: dict[str, Any] = {}
    if settings.BEHIND_PROXY:
        behind = {
            "trusted_proxy": settings.BEHIND_PROXY,
            "trusted_proxy_headers": {"x-forwarded-proto", "x-forwarded-for"},
        }
    server = waitress.create_server(
        application,
        host=host,
        port=port,
        threads=threads,
        ident=None,
        clear_untrusted_proxy_headers=True,
        **behind,
    )
    writer.start()
    listening()
    try:
        server.run()
    finally:
        server.close()
        writer.stop()


def serve_together(
    *, host: str, port: int, threads: int, processes: int, listening: Callable[[], None]
) -> None:
    """Serve from several processes at once until they are stopped."""
    from gunicorn.app.base import BaseApplication

    from alongside.interfaces import evenly

    def begin(_server: Any, worker: Any) -> None:
        keep_to_one_core(port + worker.place)
        writer.start()

    class Site(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
        def load_config(self) -> None:
            choices: dict[str, Any] = {
                "bind": f"{host}:{port}",
                "workers": processes,
                "threads": threads,
                "worker_class": evenly.EvenWorker,
                "keepalive": KEPT_OPEN,
                "forwarded_allow_ips": settings.BEHIND_PROXY or "127.0.0.1",
                "when_ready": lambda _server: listening(),
                "pre_fork": evenly.takes_place,
                "post_fork": begin,
                "worker_exit": lambda _server, _worker: writer.stop(),
                "child_exit": evenly.leaves_place,
                "accesslog": None,  # who looked at what is kept in the record, not in a log file
                "loglevel": "warning",
            }
            for name, value in choices.items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            return application

    connections.close_all()  # a connection must not be shared by processes
    sys.argv = sys.argv[:1]
    Site().run()


def keep_to_one_core(number: int) -> None:
    """Run all threads of this process on one core, a different one for each number.

    Python runs one thread at a time all the same. Where threads lie on several cores, what one has just read
    lies in the wrong core's cache for the next, and each hand-over wakes a core: a page costs up to three
    times the processor. Nothing is kept to a core where the system does not allow it.
    """
    if hasattr(os, "sched_setaffinity"):
        with suppress(OSError):
            cores = sorted(os.sched_getaffinity(0))
            os.sched_setaffinity(0, {cores[number % len(cores)]})


def _leave(_number: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(0)
