"""The peers' settings: the same database, kept as safe as ours, and only what they need."""

from alongside.settings import DATABASES as OURS
from alongside.settings import SECRET_KEY as SECRET

DATABASES = OURS
SECRET_KEY = SECRET
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "simple_history",
    "auditlog",
    "alongside.bench.peer.apps.Peer",
]
MIGRATION_MODULES = {"peer": None}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
ROOT_URLCONF = "alongside.bench.peer.pages"
ALLOWED_HOSTS = ["127.0.0.1"]
MIDDLEWARE = ["django.middleware.security.SecurityMiddleware", "django.middleware.common.CommonMiddleware"]
