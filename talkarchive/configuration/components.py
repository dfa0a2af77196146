"""What the site is put together from: apps, what is around each request, engines of templates."""

from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

APPS = [
    "threads.accounts.config.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_htmx",
    "threads",  # before the tasks, whose db_worker is extended
    "django_tasks",
    "django_tasks_db",
]
OTP_APPS = ["django_otp", "django_otp.plugins.otp_totp", "django_otp.plugins.otp_static"]


def installed_apps(*, second_factor: bool) -> list[str]:
    """Django's apps. In: whether the admin asks for a device besides a password."""
    return [*APPS, *(OTP_APPS if second_factor else [])]


def middleware(*, metrics: bool, reports: bool, second_factor: bool) -> list[str]:
    """What is around each request, from outside in.

    In: whether Prometheus is told what was answered, browsers where to report to, and the admin
    asks for a device.
    """
    return [
        # Around all others, so that the lines that they log have the request's id.
        "talkarchive.middleware.RequestIdMiddleware",
        *(["threads.http.metrics.MetricsMiddleware"] if metrics else []),
        "threads.http.methods.MethodMiddleware",
        "threads.http.indexing.keep_out_of_indexes",
        "django.middleware.security.SecurityMiddleware",
        *(["talkarchive.configuration.security.tell_endpoints"] if reports else []),
        "csp.middleware.CSPMiddleware",
        # Around WhiteNoise, which alone would send stylesheets and scripts at their full length.
        "django.middleware.gzip.GZipMiddleware",
        "whitenoise.middleware.WhiteNoiseMiddleware",
        "django.middleware.http.ConditionalGetMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "threads.http.languages.choose_language",
        "django.middleware.locale.LocaleMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        *(["django_otp.middleware.OTPMiddleware"] if second_factor else []),
        "django.contrib.messages.middleware.MessageMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
        "django_htmx.middleware.HtmxMiddleware",
        "threads.api.gate.gate",
        "threads.http.schema.SchemaMiddleware",
        "axes.middleware.AxesMiddleware",
    ]


def template_engines(folder: Path) -> list[dict[str, Any]]:
    """Django's engines of the templates in a folder."""
    return [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "DIRS": [folder],
            "APP_DIRS": True,
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                ],
            },
        },
        {
            # For what repeats a thousand times on a page: threads/templatetags/quick.py.
            "BACKEND": "django.template.backends.jinja2.Jinja2",
            "NAME": "jinja2",
            "DIRS": [folder / "jinja"],
            "OPTIONS": {"environment": "threads.templatetags.quick.environment"},
        },
    ]


def require(name: str, says: str, module: str, command: str) -> None:
    """Raises ImproperlyConfigured where what a variable asks for is not installed.

    In: the variable, what it says, the module that this needs, and what installs that.
    """
    if find_spec(module) is None:
        package = module.replace("_", "-")
        raise ImproperlyConfigured(
            f"{name} {says}, but {package} is not installed: “{command}” in talkarchive's "
            f"environment, or unset {name}."
        )
