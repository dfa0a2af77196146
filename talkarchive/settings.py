"""Settings, all of them read from the environment; docs/configuration.md lists the variables.

Nothing has to be set to run the archive on one machine: it then keeps an SQLite
database and a generated secret key in the data folder. What the site is put together from, as apps
and middleware, stands in components.py.
"""

import os
from collections.abc import MutableMapping
from datetime import timedelta
from functools import partial
from urllib.parse import quote

from django.utils.functional import SimpleLazyObject

from .bootstrap import BASE_DIR
from .configuration.caches import PACKAGES, page_cache
from .configuration.components import installed_apps, middleware, require, template_engines
from .configuration.data_folder import data_folder, secret_key
from .configuration.databases import POSTGRESQL, database
from .configuration.indexing import indexed_kinds, refused_crawlers
from .configuration.logs import FORMATS, LEVELS, logging_config
from .configuration.security import HSTS, image_hosts, policy, reports_address
from .configuration.stamp import check_stamp
from .configuration.variables import (
    CONTACT,
    HOSTS,
    LINK,
    NAMESPACES,
    ORIGINS,
    PRIVATE_HOSTS,
    ROBOTS,
    TOKEN,
    WORDS,
    Environment,
)
from .installation import DATA, EXTRAS, FILES, PROGRAM, VERSION  # noqa: F401 (settings: commands tell them)

env = Environment()


def tag_file(headers: MutableMapping[str, str], path: str, url: str) -> None:
    """Give a static file a weak ETag: one that holds whether it is sent packed or not."""
    found = os.stat(path)
    headers["ETag"] = f'W/"{found.st_mtime_ns:x}-{found.st_size:x}"'


# Whether readers alone are served, as from a copy of the database that another server writes.
READ_ONLY = env.switch("READ_ONLY")
DATA_DIR = data_folder(env.path("TALKARCHIVE_DATA", DATA), read_only=READ_ONLY)
check_stamp(DATA_DIR)

DEBUG = env.switch("DEBUG")
LOGGING = logging_config(
    env.choice("LOG_LEVEL", "WARNING", LEVELS), env.choice("LOG_FORMAT", "text", FORMATS)
)
# Made when it is first asked for: whoever only looks at a folder leaves it as it is.
given_key = env.text("SECRET_KEY")
KEY_IS_GIVEN = bool(given_key)  # which cannot be told by asking for it: that makes one
SECRET_KEY = given_key or SimpleLazyObject(partial(secret_key, DATA_DIR))
ALLOWED_HOSTS = env.names("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"], HOSTS)
CSRF_TRUSTED_ORIGINS = env.names("CSRF_TRUSTED_ORIGINS", kind=ORIGINS)

# Whether this process answers readers, as those that `serve` starts.
SERVING = env.switch("SERVING")
longest = env.number("READER_TIMEOUT", 30, most=2_147_483)  # PostgreSQL's own bound, in seconds
DATABASES = {
    "default": database(
        env.text("DATABASE_URL") or f"sqlite:///{quote(str(DATA_DIR / 'talkarchive.sqlite3'))}",
        read_only=READ_ONLY,
        longest=longest if SERVING else 0,
        # Where it is gone for a while, a new and empty one would be served long after.
        is_there=env.switch("DATABASE_IS_THERE"),
    )
}
if DATABASES["default"]["ENGINE"] == POSTGRESQL:
    require("DATABASE_URL", "names PostgreSQL", "psycopg2", EXTRAS["postgres"])
# Pages as they were answered, until the archive changes.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "pages": page_cache(
        env.text("CACHE_URL"),
        DATA_DIR / "cache",
        env.number("CACHE_MEGABYTES", 500),
    ),
}
if package := PACKAGES.get(CACHES["pages"]["BACKEND"]):
    require("CACHE_URL", "names such a cache", package, f"pip install {package}")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Whether /metrics tells Prometheus what was answered, and in what time.
METRICS = env.switch("METRICS")
if METRICS:
    require("METRICS", "is on", "prometheus_client", EXTRAS["metrics"])
# Whether who works in the admin shows, besides a password, that a device is at hand.
SECOND_FACTOR = env.switch("SECOND_FACTOR")
if SECOND_FACTOR:
    require("SECOND_FACTOR", "is on", "django_otp", EXTRAS["otp"])
    OTP_TOTP_ISSUER = "talkarchive"
# Where browsers tell what the policy kept them from.
CSP_REPORTS = reports_address(env.text("CSP_REPORTS"))

INSTALLED_APPS = installed_apps(second_factor=SECOND_FACTOR)
MIDDLEWARE = middleware(metrics=METRICS, reports=bool(CSP_REPORTS), second_factor=SECOND_FACTOR)
TEMPLATES = template_engines(FILES / "templates")
ROOT_URLCONF = "talkarchive.urls"
WSGI_APPLICATION = "talkarchive.wsgi.application"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
# Wrong passwords, by account and address; threads.http.logins says how others are counted.
AXES_HANDLER = "threads.http.logins.LoginHandler"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"], "ip_address", "username"]
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
# Otherwise whoever goes on trying would keep the account locked for good.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_CALLABLE = "threads.http.refusals.too_many_logins"
AXES_CLIENT_IP_CALLABLE = "threads.http.logins.client_address"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_SENSITIVE_PARAMETERS = ["username"]  # where some people type their password
# How many proxies stand before the archive: as many entries of X-Forwarded-For are theirs.
TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", 0)

LANGUAGE_CODE = "en"
# The languages in which the archive's own words exist: a page half in another one, with
# Django's months and our sentences, would claim to be in a language that it is not in.
LANGUAGES = [
    ("en", "English"),
    ("de", "Deutsch"),
    ("fr", "français"),
    ("es", "español"),
    ("ar", "العربية"),
    ("zh-hans", "中文（简体）"),
]
LOCALE_PATHS = [BASE_DIR / "threads" / "locale"]
FORMAT_MODULE_PATH = ["talkarchive.formats"]
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATICFILES_DIRS = [FILES / "static"]
# Once `collectstatic` has given them names that change with their content. `serve` has it done,
# and says so to the processes that it starts.
collected = env.folder("STATIC_FOLDER", DATA_DIR / "static")
if SERVING:
    STATIC_ROOT = collected
    STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
WHITENOISE_ROOT = FILES / "static" / "root"  # what browsers ask for at the top by themselves
WHITENOISE_USE_FINDERS = True  # by which what is asked for by its own name is found, too
WHITENOISE_KEEP_ONLY_HASHED_FILES = True  # to pack each file twice takes twice as long
WHITENOISE_ADD_HEADERS_FUNCTION = tag_file

# The largest page that an import takes, in bytes of UTF-8. MediaWiki's own limit
# ($wgMaxArticleSize) is 2 MiB by default.
MAX_PAGE_BYTES = env.number("MAX_PAGE_BYTES", 8 * 1024 * 1024, least=1)
# Imports that are started in the admin wait in the database for a worker:
# `manage.py demo` has one in it, and `manage.py db_worker` is one.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# How many processes parse during an import of many pages.
IMPORT_PROCESSES = env.number("IMPORT_PROCESSES", os.cpu_count() or 1, least=1)
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * MAX_PAGE_BYTES
# While it is uploaded: a dump does not fit where /tmp is in memory, as it is in containers.
FILE_UPLOAD_TEMP_DIR = DATA_DIR
# That this is not there yet, as before the first command that keeps something in it.
SILENCED_SYSTEM_CHECKS = ["files.E001"]

# How many times its own size a packed dump may unpack to. Wikimedia's dumps of all
# revisions, the most repetitive there are, stay below 300.
MAX_DUMP_RATIO = env.number("MAX_DUMP_RATIO", 1000, least=1)

# Imports from live wikis go to public addresses; these hosts, as “wiki.intranet” or
# “127.0.0.1:8080”, are asked although theirs are private. The contact, a mail address or a web
# page, is for the wikis' operators.
IMPORT_PRIVATE_HOSTS = env.names("IMPORT_PRIVATE_HOSTS", kind=PRIVATE_HOSTS)
IMPORT_CONTACT = env.text("IMPORT_CONTACT", "".join(CSRF_TRUSTED_ORIGINS[:1]), CONTACT)

# Under what license the comments are, by MediaWiki's names for it ($wgRightsText, $wgRightsUrl).
RIGHTS_TEXT = env.text("RIGHTS_TEXT", "CC BY-SA 4.0", WORDS)
RIGHTS_URL = env.text("RIGHTS_URL", "https://creativecommons.org/licenses/by-sa/4.0/", LINK)

# Hosts that pictures in the texts are loaded from; they learn who reads which page.
IMAGE_HOSTS = image_hosts(env.names("TALKARCHIVE_IMAGES"))

# What programs may ask: requests a minute of each client and process, 0 for any number; and the
# token of those that may have wikitext parsed, "" for nobody.
API_REQUESTS = env.number("API_REQUESTS", 600)
PARSE_TOKEN = env.text("PARSE_TOKEN", kind=TOKEN, secret=True)

# What search engines may show, and what else programs that read the web are told.
INDEXED = indexed_kinds(env.names("SEARCH_ENGINES", ["all"]))
HIDDEN_NAMESPACES = [int(each) for each in env.names("HIDDEN_NAMESPACES", kind=NAMESPACES)]
REFUSED_CRAWLERS = refused_crawlers(env.names("REFUSED_CRAWLERS"))
ROBOTS_LINES = env.names("ROBOTS_LINES", kind=ROBOTS, between="|")

CONTENT_SECURITY_POLICY = {"DIRECTIVES": policy(IMAGE_HOSTS, CSP_REPORTS)}
CSRF_FAILURE_VIEW = "threads.http.refusals.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SESSION_ENGINE = "talkarchive.sessions"
SESSION_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_AGE = 31_536_000  # seconds
SECURE_REFERRER_POLICY = "same-origin"
promised = env.choice("HSTS", "host", HSTS)
if env.switch("HTTPS"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    # What watches the archive asks it itself, on its side of the proxy.
    SECURE_REDIRECT_EXEMPT = ["^healthz$", "^readyz$", "^metrics$"]
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = promised != "host"
    SECURE_HSTS_PRELOAD = promised == "preload"
    SILENCED_SYSTEM_CHECKS += HSTS[promised]
