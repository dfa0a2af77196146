"""How gunicorn serves the archive: its configuration, and its log.

`talkarchive serve` starts it so. Whoever runs it otherwise names this module:
`gunicorn --config python:talkarchive.serving`, with any of gunicorn's own options besides.
"""

import os
import re
from datetime import timedelta
from logging.config import dictConfig
from typing import Any

from django.utils.module_loading import import_string
from gunicorn.glogging import Logger
from gunicorn.workers import gthread

from .configuration.logs import FORMATS, LEVELS, logging_config
from .ending import end_at_once

# The names of what follows are gunicorn's settings.
wsgi_app = "talkarchive.wsgi:application"
bind = "127.0.0.1:8000"
# What was measured is in docs/operations.md: a process for each core; threads, so that a reader
# with a slow line keeps none of them waiting.
worker_class = "gthread"
workers = os.cpu_count() or 1
threads = 8
preload_app = True  # the processes share what they do not change
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108 (no name of ours)
keepalive = 5  # seconds
timeout = 60  # seconds after which a process that does not answer its parent is started anew
graceful_timeout = 30  # seconds that readers have to get the rest of their answers
limit_request_line = 8190  # titles, names and queries are long in many scripts once encoded
accesslog = "-"
logger_class = "talkarchive.serving.ServerLogger"


# The address of a watchlist is the list itself, which the server is not to keep.
_WATCHLIST = re.compile(r"(/watch/\?).*")

end_at_once()

# Browsers open connections ahead of need: one that says nothing keeps a thread for no longer than
# this, where gunicorn's own five seconds would let a few of them hold up everybody.
SILENT = 0.1  # seconds


class Connection(gthread.TConn):  # type: ignore[misc]
    """A connection of gunicorn's. What else gunicorn bounds by its five seconds stays so: it ends
    a connection on which the next request may be on its way where the rest of one is not read in
    time, which a thread on a busy machine may not manage in a tenth of a second."""

    def wait_for_data(self, timeout: float) -> bool:
        return bool(super().wait_for_data(min(timeout, SILENT)))


gthread.TConn = Connection


def child_exit(server: Any, worker: Any) -> None:
    """A process of the server has ended: what it counted stays, what it was at does not."""
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        import_string("prometheus_client.multiprocess.mark_process_dead")(worker.pid)


class ServerLogger(Logger):  # type: ignore[misc]
    """Writes what gunicorn tells like the archive's own log, and answers to standard output."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        level = os.environ.get("LOG_LEVEL", "").strip().upper()
        form = os.environ.get("LOG_FORMAT", "").strip().lower()
        config = logging_config(
            level if level in LEVELS else "WARNING", form if form in FORMATS else "text"
        )
        config["handlers"]["answers"] = {
            "class": "logging.StreamHandler",
            "stream": "ext://sys.stdout",
            "formatter": "line" if form == "json" else "answer",
        }
        config["formatters"]["answer"] = {"()": "talkarchive.configuration.logs.AnswerFormatter"}
        config["loggers"] |= {
            "gunicorn.error": {"level": "NOTSET", "handlers": [], "propagate": True},
            "gunicorn.access": {"level": "INFO", "handlers": ["answers"], "propagate": False},
        }
        dictConfig(config)

    def access(self, resp: Any, req: Any, environ: dict[str, Any], request_time: timedelta) -> None:
        """One answer. Its bytes are those that were sent."""
        if self.cfg.accesslog != "-":
            return
        headers = {name.lower(): value for name, value in resp.headers}
        self.access_log.info(
            "%s %s",
            environ["REQUEST_METHOD"],
            _WATCHLIST.sub(r"\1…", environ["RAW_URI"]),
            extra={
                # As told by proxies too: whether these are to be trusted, readers of logs know.
                "client": environ.get("REMOTE_ADDR") or "-",
                "forwarded_for": environ.get("HTTP_X_FORWARDED_FOR", "-"),
                "protocol": environ["SERVER_PROTOCOL"],
                "status": int(str(resp.status).split()[0]),
                "bytes": resp.sent,
                "milliseconds": round(request_time / timedelta(milliseconds=1), 1),
                "referrer": _WATCHLIST.sub(r"\1…", environ.get("HTTP_REFERER", "-")),
                "agent": environ.get("HTTP_USER_AGENT", "-"),
                "request_id": headers.get("x-request-id", ""),
            },
        )
