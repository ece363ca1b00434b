"""Every setting of an installation. What can be set from outside is read here, in the first 40 lines."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from alongside.interfaces.environment import database_from_url, port_number, secret_made_once, yes_or_no
from alongside.interfaces.environment import where_people_find_it as where

HOME = Path(os.environ.get("ALONGSIDE_HOME") or "var").resolve()  # all that an installation keeps
DATABASE_URL = os.environ.get("DATABASE_URL", "")  # postgresql://…; empty means SQLite in the home
PORT = port_number(os.environ.get("PORT") or "8000")
BASE_URL, BASE_URL_FROM = where(os.environ.get("ALONGSIDE_BASE_URL", ""), os.environ.get("PORT", ""), HOME)
HOSTS = os.environ.get("ALONGSIDE_HOSTS", "")  # further names this site answers to, with commas
DEBUG = yes_or_no(os.environ.get("ALONGSIDE_DEBUG", "no"))
SECRET_KEY = os.environ.get("ALONGSIDE_SECRET_KEY") or secret_made_once(HOME / "keys" / "django-secret")
BEHIND_PROXY = os.environ.get("ALONGSIDE_BEHIND_PROXY", "")  # the address of the web server in front, if any
JURISDICTION = os.environ.get("ALONGSIDE_JURISDICTION") or "england"
PLACE_NAME = os.environ.get("ALONGSIDE_PLACE", "")  # "Wexmoor"; empty: each page says only "Alongside"
PLACE_PHONE = os.environ.get("ALONGSIDE_PHONE", "")  # shown on every page: people need no computer
PLACE_FREE_POST = os.environ.get("ALONGSIDE_FREE_POST", "")

DELIVERY = os.environ.get("ALONGSIDE_DELIVERY") or "folder"  # folder, smtp or notify
EMAIL_FROM = os.environ.get("ALONGSIDE_EMAIL_FROM") or "alongside@localhost"
EMAIL_HOST = os.environ.get("ALONGSIDE_SMTP_HOST") or "localhost"
EMAIL_PORT = port_number(os.environ.get("ALONGSIDE_SMTP_PORT") or "25")
EMAIL_HOST_USER = os.environ.get("ALONGSIDE_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("ALONGSIDE_SMTP_PASSWORD", "")
EMAIL_USE_TLS = yes_or_no(os.environ.get("ALONGSIDE_SMTP_TLS", "no"))
NOTIFY_KEY = os.environ.get("ALONGSIDE_NOTIFY_KEY", "")
NOTIFY_URL = os.environ.get("ALONGSIDE_NOTIFY_URL") or "https://api.notifications.service.gov.uk"
NOTIFY_EMAIL_TEMPLATE = os.environ.get("ALONGSIDE_NOTIFY_EMAIL_TEMPLATE", "")
NOTIFY_TEXT_TEMPLATE = os.environ.get("ALONGSIDE_NOTIFY_TEXT_TEMPLATE", "")

OIDC_NAME = os.environ.get("ALONGSIDE_OIDC_NAME") or "Council sign-in"
OIDC_URL = os.environ.get("ALONGSIDE_OIDC_URL", "")  # the issuer; empty means no single sign-on
OIDC_CLIENT = os.environ.get("ALONGSIDE_OIDC_CLIENT", "")
OIDC_SECRET = os.environ.get("ALONGSIDE_OIDC_SECRET", "")
HOOK_HOSTS = os.environ.get("ALONGSIDE_HOOK_HOSTS", "")  # machines of this network that may be sent word

# ---- The environment ends here. Nothing below reads it. ----

if (HOME / "made-up").exists() and not PLACE_NAME:  # a home where nobody is real says so on every page
    PLACE_NAME, PLACE_PHONE, PLACE_FREE_POST = "Wexmoor", "01632 960 000", "FREEPOST WEXMOOR ALONGSIDE"

HERE = Path(__file__).resolve().parent
IS_HTTPS = BASE_URL.startswith("https://")
ROOT_URLCONF = "alongside.addresses"
ALONGSIDE_WIRING = "alongside.site"  # the page that says what follows from what
WSGI_APPLICATION = "alongside.interfaces.serving.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ALLOWED_HOSTS = [
    "127.0.0.1",
    "localhost",
    "[::1]",
    urlsplit(BASE_URL).hostname or "localhost",
    *(host.strip() for host in HOSTS.split(",") if host.strip()),
]
CSRF_TRUSTED_ORIGINS = [BASE_URL] if IS_HTTPS else []

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "alongside.kernel",
    "alongside.interfaces",
    "alongside.topics.people",
    "alongside.topics.decisions",
    "alongside.topics.promises",
    "alongside.topics.voice",
    "alongside.home",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "alongside.interfaces.middleware.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "alongside.interfaces.manners.Manners",
    "alongside.interfaces.middleware.ReadingPreferences",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "alongside.interfaces.who.WhoIsHere",
    "alongside.interfaces.page.KindRefusals",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "interfaces" / "templates"],  # ours come before those of the sign-in package
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
FORM_RENDERER = "alongside.interfaces.form_look.LookRenderer"

# ---- Where things are kept ----

SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": HOME / "alongside.sqlite3",
    "CONN_MAX_AGE": None,
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",  # a writer that starts as a reader can only fail
        # Synchronous NORMAL lost writes; without secure_delete an erased name stayed in the file. What a
        # statement may have to take back is kept in memory, as it dies with the program anyhow.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; "
        "PRAGMA temp_store=MEMORY;",
        "timeout": 20,
        # Who may see what is long to say: to read such a statement takes longer than to answer it. The driver
        # would keep 128, fewer than the pages of three kinds of readers ask.
        "cached_statements": 600,
    },
    "TEST": {"NAME": HOME / "test.sqlite3"},  # a file: the writer is a thread of its own
}
DATABASES = {"default": database_from_url(DATABASE_URL) if DATABASE_URL else SQLITE}
FILES = HOME / "files"
KEYS = HOME / "keys"
OUTBOX = HOME / "outbox"

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"  # made again by `alongside serve` when the files change
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": FILES}},
    "staticfiles": {"BACKEND": "alongside.interfaces.static_files.CollectedOrPlain"},
}
WHITENOISE_USE_FINDERS = True  # so that pages are dressed even before anything was collected

# ---- Language, time ----

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("cy", "Cymraeg")]
LOCALE_PATHS = [HERE / "locale"]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/London"

# ---- Signing in: a code by email, or a passkey. There are no passwords. ----

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS: list[dict[str, str]] = []
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_ADAPTER = "alongside.interfaces.signing_in.accounts.Accounts"
SOCIALACCOUNT_ADAPTER = "alongside.interfaces.signing_in.accounts.CouncilAccounts"
ACCOUNT_EMAIL_VERIFICATION = "optional"  # the emailed code shows whose it is; no address is kept there
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_FORMS = {"confirm_login_code": "alongside.interfaces.signing_in.emailed_code.CodeForm"}
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 900  # slow typists have a quarter of an hour
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""  # a subject line names no topic
ACCOUNT_EMAIL_NOTIFICATIONS = False
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 6}
MFA_SUPPORTED_TYPES = ["webauthn"]  # nobody needs a second device
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ADAPTER = "alongside.interfaces.signing_in.passkey.Passkeys"
MFA_FORMS = {"add_webauthn": "alongside.interfaces.signing_in.passkey.PasskeyForm"}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_HTTPS
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "council",
                "name": OIDC_NAME,
                "client_id": OIDC_CLIENT,
                "secret": OIDC_SECRET,
                "settings": {"server_url": OIDC_URL},
            }
        ]
        if OIDC_URL
        else [],
    }
}

# A browser lets our sign-in form lead only to these.
FORMS_MAY_GO_TO = [f"{urlsplit(OIDC_URL).scheme}://{urlsplit(OIDC_URL).netloc}"] if OIDC_URL else []

SESSION_ENGINE = "alongside.interfaces.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 28
SESSION_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = IS_HTTPS
CSRF_FAILURE_VIEW = "alongside.interfaces.not_sent.csrf_failure"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if IS_HTTPS else 0
X_FRAME_OPTIONS = "DENY"
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

# ---- Email that the sign-in pages send; notices about matters leave from the outbox ----

DEFAULT_FROM_EMAIL = EMAIL_FROM
EMAIL_TIMEOUT = 20
EMAIL_FILE_PATH = OUTBOX / "email"
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if DELIVERY == "smtp"
    else "django.core.mail.backends.filebased.EmailBackend"
)

# ---- The log says what went wrong, never what a person wrote ----

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "alongside": {"level": "INFO"},
        "django.server": {"level": "ERROR"},
        "django.request": {"level": "ERROR"},
    },
}
