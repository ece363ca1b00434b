"""The project's own settings, with one small topic more: made only to try the ground floor on."""

from alongside.settings import *  # noqa: F403
from alongside.settings import INSTALLED_APPS as OURS
from alongside.settings import MIDDLEWARE as BETWEEN

INSTALLED_APPS = [*OURS, "tests.kernel.toy"]
MIDDLEWARE = ["tests.plain_spaces.PlainSpaces", *BETWEEN]
MIGRATION_MODULES = {"toy": None}
ALONGSIDE_WIRING = "tests.wiring"
BASE_URL_FROM = "set"  # a test that is about not knowing it says so
