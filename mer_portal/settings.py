"""All settings of the portal, read from the environment (`.env.example` lists every name).

Two modes. *Embedded* (the default: `make run`, tests) needs nothing: SQLite, local memory, a secret key of its own.
*Server* (`MER_MODE=server`) refuses to start without its secrets, and never lets demo users in.
"""

from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from events.times import zone_choices
from mer_portal import exchange
from mer_portal.embedded import embedded_secret_key, keep_private, keep_private_file
from mer_portal.machine import machine_translation
from mer_portal.oidc import oidc_providers, oidc_told

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
if (BASE_DIR / ".env").exists():
    env.read_env(BASE_DIR / ".env")

MODE = env.str("MER_MODE", "embedded")
if MODE not in ("embedded", "server"):
    raise ImproperlyConfigured("MER_MODE is 'embedded' or 'server'.")
SERVER = MODE == "server"
VAR_DIR = Path(env.str("MER_VAR_DIR", str(BASE_DIR / "var")))
DEMO = env.bool("MER_DEMO", False)
if SERVER and DEMO:
    raise ImproperlyConfigured("MER_DEMO=1 makes users whose passwords are in a file: never with MER_MODE=server.")
if not SERVER:
    keep_private(VAR_DIR)


def needed(name: str, embedded: str = "") -> str:
    """The environment's value; in embedded mode it may be missing, in server mode it may not, and not be empty."""
    value = env.str(name, "")
    if SERVER and not value:
        raise ImproperlyConfigured(f"{name} is needed with MER_MODE=server.")
    return value or embedded


# Core

DEBUG = env.bool("DEBUG", False)
if SERVER and DEBUG:
    raise ImproperlyConfigured("DEBUG=1 shows the portal's inside to everybody: never with MER_MODE=server.")
SECRET_KEY = needed("SECRET_KEY") or embedded_secret_key(VAR_DIR)
if SERVER and (len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 10):
    raise ImproperlyConfigured(
        "SECRET_KEY is too easy to guess: 50 random characters or more, as of `openssl rand -hex 32`."
    )
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
PUBLIC_URL = needed("PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = [host.strip() for host in needed("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]").split(",")]
if SERVER and any("*" in host for host in ALLOWED_HOSTS):
    raise ImproperlyConfigured(
        "ALLOWED_HOSTS names the portal's hosts: * would answer to any name that somebody invents."
    )
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[PUBLIC_URL])
ROOT_URLCONF = "mer_portal.urls"
WSGI_APPLICATION = "mer_portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FORM_RENDERER = "pages.forms.FaceRenderer"
SITE_NAME = WAGTAIL_SITE_NAME = "MER"

INSTALLED_APPS = [
    "bench",
    "exchange",
    "actionplans",
    "events",
    "library",
    "practices",
    "projects",
    "reviews",
    "translations",
    "partners",
    "seeds",
    "feedback",
    "catalogue",
    "pages",
    "notices",
    "accounts",
    "operations",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "rest_framework",
    "drf_spectacular",
    "django_filters",
    "django_htmx",
    "i18nfield",
    "post_office",
    "django_structlog",
    "csp",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.simple_translation",
    "wagtail.contrib.sitemaps",
    "wagtail.embeds",
    "wagtail.sites",
    "accounts.users.UsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "operations.lines.impatient",
    "operations.middleware.head_without_body",
    "operations.middleware.asked_again",
    "exchange.middleware.ReadDoors",  # the API and its sisters leave the chain here
    "django_structlog.middlewares.RequestMiddleware",
    "operations.middleware.request_id_header",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "operations.middleware.ContentSecurityPolicy",
    "catalogue.page_cache.PageCache",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "pages.middleware.LanguageOfAddress",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.language.admin_in_editors_language",
    "django.contrib.messages.middleware.MessageMiddleware",
    "accounts.second_factor.asked_of_staff",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "pages.redirects.LiveRedirects",
]
STALLED_AFTER = env.int("STALLED_AFTER", 30)  # seconds that a reader has for each piece of an answer

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "pages.context_processors.portal",
            ]
        },
    }
]

# Databases. SQLite with IMMEDIATE transactions: with its defaults three of four concurrent writers fail at once.

DATABASES = {"default": env.db_url_config(needed("DATABASE_URL", f"sqlite:///{VAR_DIR / 'portal.sqlite3'}"))}
DATABASES["default"] |= {
    "CONN_MAX_AGE": env.int("CONN_MAX_AGE", 60),
    "CONN_HEALTH_CHECKS": True,
    "ATOMIC_REQUESTS": False,
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
    if not SERVER and DATABASES["default"]["NAME"] != ":memory:":
        keep_private_file(Path(DATABASES["default"]["NAME"]))

# Caches and work for later. Redis may be flushed and nothing is lost.

REDIS_URL = needed("REDIS_URL", "")
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
if REDIS_URL:
    CACHES["default"] = {"BACKEND": "operations.caches.ForgivingRedisCache", "LOCATION": REDIS_URL}
# Kept pages stay in the memory of each process, the least read leaving first: anybody can ask for any number of pages, and
# in Redis they would push out what counts failed log-ins. Their keys carry versions, so processes need not agree.
CACHES["pages"] = {
    "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
    "LOCATION": "pages",
    "OPTIONS": {"MAX_ENTRIES": env.int("KEPT_PAGES", 500), "CULL_FREQUENCY": 10},  # about 60 kB each
}
CACHES["pdfs"] = CACHES["pages"] | {"LOCATION": "pdfs", "OPTIONS": {"MAX_ENTRIES": 60}}  # about 300 kB each
CELERY_BROKER_URL = REDIS_URL or "memory://"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False  # its lines look like all others
CELERY_TASK_IGNORE_RESULT = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "celerybeat-schedule")
LINK_CHECKS = env.bool("LINK_CHECKS", SERVER)  # whether the pages that drafts and practices link to are looked at
CELERY_BEAT_SCHEDULE = {"tick": {"task": "operations.tasks.tick", "schedule": env.float("BEAT_SECONDS", 30.0)}}

# People

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.EmailBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "notices:my_work"
SIGN_UP = env.str("SIGN_UP", "open")
if SIGN_UP not in ("open", "closed"):
    raise ImproperlyConfigured("SIGN_UP is 'open' or 'closed'.")
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.forms.Names"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 3
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True  # only in the browser in which she has just signed up
ACCOUNT_EMAIL_NOTIFICATIONS = True  # a letter about every new password and second factor
ACCOUNT_PREVENT_ENUMERATION = True
# Wrong passwords and codes: each visitor's address, and each account (see `accounts.own_place`). Asking for a new password:
# each visitor's address; the letters that it causes, and those about signing up: each mailbox, quietly.
# Taking one's data along, and machine translation. Messages and suggestions: each visitor's address, record, and account.
ACCOUNT_RATE_LIMITS = {
    "login_failed": "10/m/ip,5/5m/key",
    "reset_password": "20/m/ip",
    "letters": "5/h/key,15/d/key",
    "export_data": "5/h/user",
    "machine_translation": "60/h/user",
    "feedback": "10/h/ip,30/h/key",
    "feedback_by_account": "20/d/user",
}
REQUIRE_MFA = env.bool("REQUIRE_MFA", SERVER)
MFA_ADAPTER = "accounts.adapters.MFAAdapter"
MFA_FORMS = {
    "authenticate": "accounts.code_forms.SecondStep",
    "reauthenticate": "accounts.code_forms.SecondStepAgain",
    "activate_totp": "accounts.code_forms.SetUp",
}
MFA_TOTP_ISSUER = "MER"
MFA_TOTP_TOLERANCE = 1  # telephones' clocks are half a minute wrong now and then
MFA_RECOVERY_CODES_SHOW_ONCE = True
OIDC = oidc_told(env)  # an organisation's own sign-in beside ours
SOCIALACCOUNT_ADAPTER = "accounts.adapters.SocialAccountAdapter"
SOCIALACCOUNT_FORMS = {"signup": "accounts.oidc_forms.SignUpForm"}
SOCIALACCOUNT_PROVIDERS = oidc_providers(OIDC)
# A link: the policy's form-action would stop a form on its way to the other site; elsewhere a link only begins a sign-in.
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True  # by an address that both sides have confirmed, and no other
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
BEHIND_PROXY = env.bool("BEHIND_PROXY", False)
ALLAUTH_TRUSTED_PROXY_COUNT = int(BEHIND_PROXY)  # limits on signing in count visitors, not the proxy they come through

# Languages: five addresses; the interface speaks those of INTERFACE_LANGUAGES, the others fall back to English.

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("sl", "Slovenščina"), ("it", "Italiano"), ("de", "Deutsch"), ("fr", "Français")]
INTERFACE_LANGUAGES = ("en", "sl")
MACHINE_TRANSLATION = machine_translation(env)  # without an address no text leaves the portal
WAGTAIL_CONTENT_LANGUAGES = [("en", _("English")), ("sl", _("Slovenian"))]
WAGTAILADMIN_PERMITTED_LANGUAGES = [("en", "English"), ("sl", "Slovenščina")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.str("TIME_ZONE", "Europe/Ljubljana")

# Static files and storage. Files of records are private; one view decides who may see them.

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static" if SERVER else None  # embedded: found where they lie
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
WHITENOISE_USE_FINDERS = not SERVER
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "records": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "records", "base_url": None},
    },
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if SERVER
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
# Texts alone: far more than any field takes, so that the field can say so.
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a project with many parts, each text in five languages
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# Mail

EMAIL_CONFIG = env.email_url_config(needed("EMAIL_URL", "consolemail://"))
vars().update(EMAIL_CONFIG)
MAIL_BACKEND = EMAIL_CONFIG["EMAIL_BACKEND"]  # what letters leave by
EMAIL_BACKEND = "notices.outbox.Outbox"  # what they come in by: a row, written with what it tells
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", 20)
DEFAULT_FROM_EMAIL = needed("DEFAULT_FROM_EMAIL", "MER portal <portal@localhost>")

# Safety. Public pages carry no inline script or style; the Wagtail admin needs both.

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}
ADMIN_CONTENT_SECURITY_POLICY = {
    "default-src": ["'self'"],
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "font-src": ["'self'", "data:"],
    "connect-src": ["'self'"],
    "frame-src": ["'self'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'self'"],
    "base-uri": ["'none'"],
}
SECURITY_CONTACT = env.str("SECURITY_CONTACT", "")
HTTPS = PUBLIC_URL.startswith("https://")
if SERVER and not HTTPS and not env.bool("MER_ALLOW_HTTP", False):
    raise ImproperlyConfigured("PUBLIC_URL must be https in server mode (MER_ALLOW_HTTP=1 for a trial without TLS).")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "pages.views.csrf_failure"

# Wagtail

WAGTAILADMIN_LOGIN_URL = "admin_door"
# One door to sign in: /accounts/. An address that nobody has confirmed is not claimed there either.
WAGTAIL_PASSWORD_RESET_ENABLED = WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_USER_TIME_ZONES = [name for name, _label in zone_choices()]
WAGTAILADMIN_BASE_URL = PUBLIC_URL
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = None  # pages.images counts them by the header: Wagtail would unfold the picture first
WAGTAILIMAGES_IMAGE_FORM_BASE = "pages.images.ImageForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "pages.documents.DocumentForm"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "gif", "webp"]  # no SVG: it can carry scripts
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "odt", "xlsx", "ods", "pptx", "odp", "csv", "txt", "zip", "ics"]
WAGTAILDOCS_INLINE_CONTENT_TYPES = []  # every document is a download
WAGTAIL_I18N_ENABLED = True
WAGTAIL_ENABLE_UPDATE_CHECK = WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_FINISH_WORKFLOW_ACTION = "catalogue.publication.publish_approved"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

# REST API

REST_FRAMEWORK, SPECTACULAR_SETTINGS = exchange.REST_FRAMEWORK, exchange.SPECTACULAR_SETTINGS
EXCHANGE = exchange.limits(env)
WEBHOOKS_TO_THIS_MACHINE = exchange.webhooks_here(env, server=SERVER)
DUMPS_DIR = VAR_DIR / "dumps"

# Logs: JSON lines in server mode, readable ones in embedded mode, each with its request's id; no addresses of visitors.

DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"structured": {"()": "operations.logs.formatter", "as_json": SERVER}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "structured"}},
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", "INFO" if SERVER else "WARNING")},
    "loggers": {
        "django.server": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "post_office": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},  # else it brings a handler
        "wagtail": {"level": "WARNING"},  # below that it tells titles of drafts
    },
}
