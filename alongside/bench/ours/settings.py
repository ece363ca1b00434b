"""The project's own settings, with the ground floor and the small topic alone."""

from alongside.settings import *  # noqa: F403

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "alongside.kernel",
    "alongside.bench.ours.apps.Ours",
]
MIDDLEWARE = []
MIGRATION_MODULES = {"bench": None}
ALONGSIDE_WIRING = "alongside.bench.ours.wiring"
