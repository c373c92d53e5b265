"""Django settings. Everything here is cheap: no server is started and no network is touched.

What may differ between sites comes from the environment:

* ``DATABASE_URL`` and its companions: see `candour.database.settings`.
* ``CANDOUR_HOME``: the folder for what a site writes (default ``var/`` in the project).
* ``CANDOUR_SECRET_KEY``: signs sessions; a random one is kept in the home folder when unset.
* ``CANDOUR_KEYS``: the master keys by which it is sealed who spoke; files in the home folder when
  unset: see docs/keys.md.
* ``CANDOUR_HOSTS``: names the site answers to, separated by commas.
* ``CANDOUR_PROXIES``: how many servers of one’s own hand requests on; limits look past them.
* ``CANDOUR_HTTPS``: ``1`` when the site is served over HTTPS only.
* ``CANDOUR_ADDRESS``: where the site is, for links in mail, such as ``https://casework.example``.
* ``CANDOUR_SOURCE``: where this site’s source can be had; the licence asks for a link to it.
* ``CANDOUR_MAIL``, ``CANDOUR_MAIL_FROM``: how mail leaves, and its sender: see docs/mail.md.
* ``CANDOUR_DOCUMENTS``, ``CANDOUR_LARGEST_FILE_MB``: where filed documents are stored, and how
  large one may be: see docs/documents.md.
* ``CANDOUR_CQC_KEY``: the key to the Care Quality Commission’s feed; see docs/directory.md.
* ``CANDOUR_PLAIN_ERRORS``: ``1`` turns Django's debug pages on for a developer; never for users.
"""

import os
from pathlib import Path

from jinja2 import FileSystemBytecodeCache

from candour.attachments.configuration import storage_settings
from candour.database.home import home_folder, kept_folder, kept_secret
from candour.database.settings import connection_settings
from candour.mail.configuration import backend_settings, replies, sender
from candour.site.handing_on import servers_in_front

PROJECT = Path(__file__).resolve().parents[2]
HOME = home_folder()

DEBUG = os.environ.get("CANDOUR_PLAIN_ERRORS") == "1"
SECRET_KEY = os.environ.get("CANDOUR_SECRET_KEY") or kept_secret("secret-key")
SOURCE_ADDRESS = os.environ.get("CANDOUR_SOURCE", "")
HTTPS_ONLY = os.environ.get("CANDOUR_HTTPS") == "1"
SITE_ADDRESS = os.environ.get("CANDOUR_ADDRESS", "").rstrip("/")
ALLOWED_HOSTS = [
    name.strip()
    for name in os.environ.get("CANDOUR_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
    if name.strip()
]

if not SITE_ADDRESS:  # mail must say where the site is, and no request is there to tell
    SITE_ADDRESS = f"https://{ALLOWED_HOSTS[0]}" if HTTPS_ONLY else "http://localhost:8000"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "procrastinate.contrib.django",
    "candour.bodies",
    "candour.people",
    "candour.directory",
    "candour.sealing",
    "candour.cases",
    "candour.experiences",
    "candour.deadlines",
    "candour.whatif",
    "candour.coding",
    "candour.mail",
    "candour.attachments",
    "candour.letters",
    "candour.calendars",
    "candour.reminders",
    "candour.signing",
    "candour.portal",
    "candour.telling",
    "candour.feeding_back",
    "candour.publishing",
    "candour.outreach",
    "candour.finding",
    "candour.api",
    "candour.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "candour.site.headers.ContentSecurityMiddleware",
    "candour.web.tell_gate.TellGate",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "candour.web.spoken.PageLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "candour.people.middleware.BodyScope",
    "candour.web.unavailable.ProcedureGone",
]

ROOT_URLCONF = "candour.site.urls"
WSGI_APPLICATION = "candour.site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [PROJECT / "candour" / "web" / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "candour.web.jinja.environment",
            "bytecode_cache": FileSystemBytecodeCache(str(kept_folder("templates"))),
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# --- The database: three accounts on one server ---------------------------------------------
DATABASES = connection_settings()
DATABASE_ROUTERS = ["candour.database.routing.OneDatabase"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Who may come in --------------------------------------------------------------------------
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["candour.people.backends.PostHolders"]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "/sign-in/"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

ALLAUTH_TRUSTED_PROXY_COUNT = servers_in_front(os.environ.get("CANDOUR_PROXIES", ""))

# Tries to sign in are counted for the whole site, not for each process; and so many of them that
# nobody makes room among them by trying from a few hundred addresses.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "site_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# --- Sessions, cookies and headers --------------------------------------------------------------
SESSION_ENGINE = "candour.people.sessions"
SESSION_COOKIE_NAME = "candour_session"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS_ONLY
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_FAILURE_VIEW = "candour.web.views.errors.csrf_failure"
CSRF_COOKIE_NAME = "candour_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = HTTPS_ONLY
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS_ONLY
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS_ONLY else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS_ONLY else None
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- Language and time ------------------------------------------------------------------------
USE_TZ = True
TIME_ZONE = "Europe/London"
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("cy", "Cymraeg")]
LOCALE_PATHS = [PROJECT / "candour" / "web" / "locale"]
LANGUAGE_COOKIE_NAME = "candour_language"
FORMAT_MODULE_PATH: list[str] = []

# --- Static files: a web server collects them under hashed names, all else reads the package ----
STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns of a folder that is missing
COLLECTED = os.environ.get("CANDOUR_STATIC") == "collected"
WHITENOISE_USE_FINDERS = not COLLECTED
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 3600
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "documents": storage_settings(os.environ.get("CANDOUR_DOCUMENTS", ""), HOME),
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if COLLECTED
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

CANDOUR_LARGEST_FILE = int(os.environ.get("CANDOUR_LARGEST_FILE_MB", "50")) * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "candour.attachments.receiving.Bounded",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# --- The regulator's feed: followed where there is a key ------------------------------------------
CANDOUR_CQC_KEY = os.environ.get("CANDOUR_CQC_KEY", "").strip()
CANDOUR_CQC_ADDRESS = os.environ.get(
    "CANDOUR_CQC_ADDRESS", "https://api.service.cqc.org.uk/public/v1"
)

# --- Mail: how it leaves, and whom it comes from ------------------------------------------------
CANDOUR_MAIL_NAME, CANDOUR_MAIL_FROM = sender(
    os.environ.get("CANDOUR_MAIL_FROM", ""), ALLOWED_HOSTS[0] if ALLOWED_HOSTS else "localhost"
)
CANDOUR_MAIL_IN = os.environ.get("CANDOUR_MAIL_IN", "")
CANDOUR_MAIL_KEEPER = os.environ.get("CANDOUR_MAIL_KEEPER", "")
CANDOUR_MAIL_HOOK = os.environ.get("CANDOUR_MAIL_HOOK", "")
CANDOUR_MAIL_REPLIES = replies(
    os.environ.get("CANDOUR_MAIL_REPLIES", ""),
    CANDOUR_MAIL_FROM,
    CANDOUR_MAIL_IN + CANDOUR_MAIL_HOOK,
)
CANDOUR_MAIL_DOMAIN = CANDOUR_MAIL_FROM.rpartition("@")[2]
DEFAULT_FROM_EMAIL = SERVER_EMAIL = CANDOUR_MAIL_FROM
globals().update(backend_settings(os.environ.get("CANDOUR_MAIL", ""), HOME))

# --- What the site writes down about itself ---------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"},
    },
    "handlers": {
        "terminal": {"class": "logging.StreamHandler", "formatter": "line"},
    },
    "root": {"handlers": ["terminal"], "level": os.environ.get("CANDOUR_LOG_LEVEL", "WARNING")},
}
