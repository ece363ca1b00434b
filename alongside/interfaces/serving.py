"""Serving the site: waitress in this process, or gunicorn with several processes for a bigger place."""

import os
import sys
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.settings")
application = get_wsgi_application()


def start_writer() -> None:
    """Start the one thread that writes, where the database is SQLite. Call it in each serving process."""
    if connection.vendor == "sqlite":
        from alongside.kernel import writer

        writer.start()


def serve_alone(*, host: str, port: int, threads: int) -> None:
    """Serve from this one process until it is stopped."""
    import waitress

    start_writer()
    waitress.serve(
        application,
        host=host,
        port=port,
        threads=threads,
        ident=None,
        trusted_proxy=settings.BEHIND_PROXY or None,
        trusted_proxy_headers={"x-forwarded-proto", "x-forwarded-for"} if settings.BEHIND_PROXY else None,
        clear_untrusted_proxy_headers=True,
    )


def serve_together(*, host: str, port: int, threads: int, processes: int) -> None:
    """Serve from several processes at once until they are stopped."""
    from gunicorn.app.base import BaseApplication

    class Site(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
        def load_config(self) -> None:
            choices: dict[str, Any] = {
                "bind": f"{host}:{port}",
                "workers": processes,
                "threads": threads,
                "worker_class": "gthread",
                "forwarded_allow_ips": settings.BEHIND_PROXY or "127.0.0.1",
                "post_fork": lambda _server, _worker: start_writer(),
                "accesslog": None,  # who looked at what is kept in the record, not in a log file
                "loglevel": "warning",
            }
            for name, value in choices.items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            return application

    connection.close()  # a connection must not be shared by forked processes
    sys.argv = sys.argv[:1]
    Site().run()
