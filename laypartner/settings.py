"""The one settings file. What differs between machines comes from the environment; docs/operations.md lists it."""

from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# --- What kind of installation this is -------------------------------------------------------------
DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=False)
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
SITE_HOST = urlsplit(SITE_URL).hostname or "127.0.0.1"
LOOPBACK = {"127.0.0.1", "localhost", "::1"}

if DEMO and ("SECRET_KEY" in env.ENVIRON or SITE_HOST not in LOOPBACK):
    raise ImproperlyConfigured(
        "DEMO=1 lets every visitor become anybody, so it refuses to start beside a real SECRET_KEY or a SITE_URL "
        "that others can reach. Unset DEMO for a real installation, or unset SECRET_KEY and SITE_URL for the demo."
    )
if DEBUG or DEMO:
    SECRET_KEY = env.str("SECRET_KEY", default="for-development-and-the-demo-only-never-for-real-people")
elif "SECRET_KEY" in env.ENVIRON:
    SECRET_KEY = env.str("SECRET_KEY")
else:
    raise ImproperlyConfigured(
        "SECRET_KEY is missing. For a real installation set it to 50 random characters; "
        "to try the product run `make demo`; for development set DEBUG=1."
    )
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[SITE_HOST, *(LOOPBACK if DEBUG or DEMO else ())])

# --- Whose service this is (shown on the plain pages) ------------------------------------------------
BODY_NAME = env.str("BODY_NAME", default="The Laypartner programme office")
BODY_EMAIL = env.str("BODY_EMAIL", default="hello@laypartner.example")
BODY_PHONE = env.str("BODY_PHONE", default="020 7946 0018")
BODY_ADDRESS = env.str("BODY_ADDRESS", default="The Laypartner programme office, 1 Example Street, London")
# A registered NHS body may switch on its own logo; without one the header is text only.
BODY_LOGO_URL = env.str("BODY_LOGO_URL", default="")

# --- The rooms ---------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "laypartner",
    "reports",
    "recruitment",
    "evaluation",
    "programmes",
    "people",
    "core",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "core.middleware.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "core.middleware.RefuseBrokenRequestsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "core.middleware.CsrfMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "core.middleware.PrivatePagesMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "people.middleware.SecondStepMiddleware",
]
ROOT_URLCONF = "laypartner.urls"
WSGI_APPLICATION = "laypartner.wsgi.application"
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
                "laypartner.context.page",
            ],
        },
    }
]

# --- Database: trust.md 3.3. Nothing acknowledged is lost in a power cut, no "database is locked" ----------
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / ".data")))
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=DELETE;"
        "PRAGMA synchronous=EXTRA;"
        "PRAGMA secure_delete=ON;"
        "PRAGMA trusted_schema=OFF;"
        "PRAGMA cache_size=-20000"
    ),
}
POSTGRES_OPTIONS = {
    "connect_timeout": 3,
    "options": "-c statement_timeout=15000 -c lock_timeout=5000 -c idle_in_transaction_session_timeout=30000",
}
DATABASE = env.db_url("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'laypartner.sqlite3'}")
if DATABASE["ENGINE"] == "django.db.backends.sqlite3":
    DATABASE |= {"ENGINE": "core.backends.sqlite3", "CONN_MAX_AGE": None, "OPTIONS": SQLITE_OPTIONS}
    if DATABASE["NAME"] != ":memory:":
        Path(DATABASE["NAME"]).parent.mkdir(parents=True, exist_ok=True)
else:
    DATABASE |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True, "OPTIONS": POSTGRES_OPTIONS}
DATABASES = {"default": DATABASE | {"ATOMIC_REQUESTS": False}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Shared by all processes, so that limits on sign-in attempts hold.
CACHES = {"default": env.cache_url("CACHE_URL", default="dbcache://cache_entry")}

# --- Words and clocks ----------------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True

# --- Look ----------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = env.str("STATIC_ROOT", default=str(BASE_DIR / "staticfiles"))
if DEBUG or DEMO:  # nothing is collected then, and WhiteNoise warns of a missing folder
    Path(STATIC_ROOT).mkdir(parents=True, exist_ok=True)
STATICFILES_DIRS = [BASE_DIR / "build", BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = DEBUG or DEMO
WHITENOISE_AUTOREFRESH = DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or DEMO
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
CRISPY_ALLOWED_TEMPLATE_PACKS = ["nhsuk"]
CRISPY_TEMPLATE_PACK = "nhsuk"
CRISPY_FAIL_SILENTLY = False
FORM_RENDERER = "core.forms.Renderer"

# --- People and sign-in ----------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "today"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "people.accounts.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # people/accounts.py writes our own letter
# With three tries a code, 50 codes a day leave a guesser one chance in 6,600.
ACCOUNT_RATE_LIMITS = {
    "request_login_code": "20/m/ip,3/m/key,50/d/key",
    "login_failed": "10/m/ip,5/5m/key",
    # Applicants have no account: codes for their own links, and letters with a lost link.
    "draft_letter": "60/h/ip,5/h/key",
    "applicant_code": "5/h/key",
    "lost_link": "60/h/ip",
    "lost_link_address": "5/h/key",
}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Laypartner"
MFA_ADAPTER = "people.accounts.MFAAdapter"
MFA_FORMS = {
    "login_webauthn": "people.forms.PasskeySignInForm",
    "authenticate_webauthn": "people.forms.PasskeySecondStepForm",
    "reauthenticate_webauthn": "people.forms.PasskeyConfirmForm",
}
# Browsers allow passkeys without https on http://localhost only.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SITE_URL.startswith("https://")
# Set to 1 and staff without an authenticator or a passkey see nothing but the page that sets one up.
STAFF_NEED_SECOND_STEP = env.bool("STAFF_NEED_SECOND_STEP", default=False)

# --- Safety ------------------------------------------------------------------------------------------------
IS_HTTPS = SITE_URL.startswith("https://")
SESSION_COOKIE_NAME = "__Host-session" if IS_HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if IS_HTTPS else "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 60 * 60
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = IS_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", default=False) else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "media-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

# --- Mail: letters wait in the outbox; `manage.py work` sends them ----------------------------------------
EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://" if DEBUG or DEMO else "smtp://localhost:25")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.str("FROM_EMAIL", default=f"Laypartner <{BODY_EMAIL}>")

# --- Logs: to standard output, with the number that the error page shows, and never a form's content -------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "core.middleware.RequestIdFilter"}},
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(request_id)s %(name)s %(message)s"}},
    "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["request_id"]}},
    "root": {"handlers": ["out"], "level": "WARNING"},
}
