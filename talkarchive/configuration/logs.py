"""What the log looks like: on standard error, one line or one JSON object for each event.

Readers choose parts of what is logged: addresses, headers, titles. In text, a line that begins
at the margin is therefore always a record's own: further lines of it are indented, and
characters that are not printable are written as escapes. JSON escapes them by itself.
"""

import logging
import sys
import threading
import time
from contextvars import ContextVar
from types import TracebackType
from typing import Any

from pythonjsonlogger.core import RESERVED_ATTRS

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
FORMATS = ("text", "json")
INDENT = "    "

# Of the request that this thread answers; "" where it answers none.
request_id = ContextVar("request_id", default="")

log = logging.getLogger(__name__)


class AddRequestId(logging.Filter):
    """Gives each record the id of the request that it is about, or "".

    Django logs answers of 4xx when the request is over, and gives the request with them.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        record.request_id = getattr(request, "META", {}).get("REQUEST_ID") or request_id.get()
        return True


class TellStrangers(logging.Filter):
    """Makes of what Django says of requests that nobody sends by accident, such as those for
    another host, a line that is a warning: whoever sends many does not fill the log."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith("django.security."):
            record.levelno, record.levelname = logging.WARNING, "WARNING"
            record.exc_info = record.exc_text = None
            return logging.getLogger().isEnabledFor(record.levelno)
        return True


class TextFormatter(logging.Formatter):
    """A record as lines of text, see above; times are in UTC."""

    converter = staticmethod(time.gmtime)

    def __init__(self) -> None:
        line = "{asctime} {levelname} {name} [{request_id}] {message}"
        super().__init__(line, "%Y-%m-%dT%H:%M:%SZ", style="{", defaults={"request_id": ""})

    def format(self, record: logging.LogRecord) -> str:
        lines = super().format(record).split("\n")
        return f"\n{INDENT}".join(map(printable, lines))


class AnswerFormatter(logging.Formatter):
    """An answer of the server in the Combined Log Format, which has tools of its own.

    After it come how long the answer took and the request's id.
    """

    converter = staticmethod(time.gmtime)

    def __init__(self) -> None:
        super().__init__(
            '{client} - - [{asctime}] "{message} {protocol}" {status} {bytes} "{referrer}" '
            '"{agent}" {milliseconds}ms {request_id}',
            "%d/%b/%Y:%H:%M:%S +0000",
            style="{",
        )

    def format(self, record: logging.LogRecord) -> str:
        for name in ("referrer", "agent"):
            setattr(record, name, getattr(record, name).replace('"', '\\"'))
        return printable(super().format(record))


def printable(line: str) -> str:
    """The same with escapes for what would act on a terminal or end a line."""
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode()
        for character in line
    )


def logging_config(level: str, format: str) -> dict[str, Any]:
    """What `logging.config.dictConfig` takes. In: one of LEVELS and one of FORMATS."""
    formatters = {
        "text": {"()": f"{__name__}.TextFormatter"},
        "json": {
            "()": "pythonjsonlogger.json.JsonFormatter",
            "fmt": ["levelname", "name", "message", "request_id"],
            "rename_fields": {"levelname": "level", "name": "logger", "exc_info": "traceback"},
            # Django's objects are no JSON, and hold what is not for a log.
            "reserved_attrs": [*RESERVED_ATTRS, "request", "server_time"],
            "timestamp": "time",
        },
    }
    # Django's own handlers would say a thing twice under DEBUG, and not at all without;
    # runserver's logger repeats what django.request says.
    as_root = {"handlers": [], "propagate": True}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {
            "request_id": {"()": f"{__name__}.AddRequestId"},
            "strangers": {"()": f"{__name__}.TellStrangers"},
        },
        "formatters": {"line": formatters[format]},
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "formatter": "line",
                "filters": ["request_id", "strangers"],
            }
        },
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {**as_root, "level": "NOTSET"},
            "django.server": {**as_root, "level": "CRITICAL"},
            "django_tasks_db": {"level": "ERROR"},  # a worker that is told to end is no fault
        },
    }


def log_uncaught() -> None:
    """Have errors that nothing catches logged as all others are, those of threads too."""
    sys.excepthook = _log_uncaught
    threading.excepthook = _log_uncaught_in_thread


def _log_uncaught(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    log.critical("The program ends by an error.", exc_info=(kind, error, trace))


def _log_uncaught_in_thread(about: threading.ExceptHookArgs) -> None:
    name = about.thread.name if about.thread else ""
    log.critical("The thread “%s” ends by an error.", name, exc_info=about.exc_value)
