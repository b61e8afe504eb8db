"""Django settings. What differs between installations comes from the home folder and the environment."""

import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from xiezuo.config import installation

INSTALLATION = installation.this()
PACKAGE = Path(__file__).resolve().parents[1]
# The compiled loops of zone drawing stay beside their source; where that cannot be written, in the home.
if not os.access(PACKAGE / "zones" / "zoning", os.W_OK):
    os.environ.setdefault("NUMBA_CACHE_DIR", str(INSTALLATION.home / "compiled"))

SECRET_KEY = INSTALLATION.secret_key
DEBUG = False
ALLOWED_HOSTS = os.environ.get("XIEZUO_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
SECURE = os.environ.get("XIEZUO_TLS") == "1"

INSTALLED_APPS = [
    "xiezuo.config",
    "xiezuo.home",
    "xiezuo.home.consoles",
    "xiezuo.home.inbox",
    "xiezuo.home.notices",
    "xiezuo.book",
    "xiezuo.reports",
    "xiezuo.directives",
    "xiezuo.zones",
    "xiezuo.collaboration",
    "xiezuo.sites",
    "xiezuo.rules",
    "xiezuo.approvals",
    "xiezuo.organisation",
    "xiezuo.accounts",
    "xiezuo.audit",
    "xiezuo.figures",
    "xiezuo.ui",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "django_htmx",
    "csp",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "xiezuo.config.middleware.GateMiddleware",
    # After the gate: nobody is asked to prove anything for an address that stays shut.
    "xiezuo.accounts.door_middleware.DoorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "xiezuo.ui.asof.DayMiddleware",
    "xiezuo.config.middleware.OneTransactionMiddleware",
]

ROOT_URLCONF = "xiezuo.config.urls"
WSGI_APPLICATION = "xiezuo.config.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "xiezuo.ui.context.shell",
                "xiezuo.home.navigation.context",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "xiezuo.ui.templatetags.xz",
            ],
        },
    }
]

_COMMON = {
    "ENGINE": "django.db.backends.postgresql",
    "CONN_HEALTH_CHECKS": True,
}
DATABASES = {
    # The application's role owns nothing and cannot edit the ledger; only migrations and test clean-up use the owner.
    # A test database is made by the owner and used by the application, so that the wall stands in every test.
    "default": {**_COMMON, **INSTALLATION.app_database(), "CONN_MAX_AGE": 600, "TEST": {"MIRROR": "owner"}},
    "owner": {**_COMMON, **INSTALLATION.owner_database()},
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "accounts:log-in"
LOGIN_REDIRECT_URL = "home:overview"
LOGOUT_REDIRECT_URL = "accounts:log-in"
PASSWORD_HASHERS = ["xiezuo.accounts.passwords.NormalisingArgon2"]
AUTH_PASSWORD_VALIDATORS = [{"NAME": "xiezuo.accounts.passwords.OwnRules"}]
# Hashes of breached passwords as the public service offers them for download, where an installation has the file.
BREACHED_PASSWORDS = os.environ.get("XIEZUO_BREACHED_PASSWORDS", "")
DOOR_KEY = INSTALLATION.door_key
# Only the last hop that one of these names is believed to be the caller.
TRUSTED_PROXIES = tuple(filter(None, os.environ.get("XIEZUO_TRUSTED_PROXY", "").split(",")))

SESSION_ENGINE = "xiezuo.accounts.sessions"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "xiezuo.config.refusals.forged_form"
CSRF_COOKIE_SAMESITE = "Lax"
# Cookies stay on TLS wherever there is TLS; the demonstration on this machine's own address has none.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = os.environ.get("XIEZUO_TIME_ZONE", "Asia/Shanghai")
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = INSTALLATION.home / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = INSTALLATION.home / "files"
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 5_000_000

# International algorithms (SHA-256, Ed25519) or national ones (SM3, SM2) for the journal.
XIEZUO_CRYPTO = os.environ.get("XIEZUO_CRYPTO", "intl")
# Keys of the journal, and the file that each signed head is appended to: better on a second disk.
JOURNAL_HOME = INSTALLATION.home
JOURNAL_HEADS = Path(os.environ.get("XIEZUO_HEADS") or INSTALLATION.home / "heads.jsonl")

DEMONSTRATION = INSTALLATION.demonstration
# There from the moment in which an installation is filled with the fictional county.
DEMONSTRATION_FILE = INSTALLATION.home / "demonstration"
# Shown on the door of a demonstration, and kept nowhere else.
DEMONSTRATION_ACCOUNTS = installation.accounts_file(INSTALLATION)
DEMONSTRATION_CARDS = installation.cards_file(INSTALLATION)
SITE_TITLE = _("Xiezuo")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("XIEZUO_LOG", "WARNING")},
}
