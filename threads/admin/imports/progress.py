"""How far an import has come, and how long it will take, in words."""

from datetime import datetime, timedelta

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from threads.ingest.sources import dump
from threads.models import ImportRun
from threads.models.runs.run import State

LEAST = timedelta(seconds=3)  # of work, from which on its speed is told
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def so_far(run: ImportRun) -> str:
    """As in “12 of 340 pages” or “1.2 MB of 3.4 MB”; "" where no total is known."""
    if not run.total:
        return ""
    if run.source == dump.KIND.name:
        done, total = filesizeformat(run.progress), filesizeformat(run.total)
        return _("%(done)s of %(total)s") % {"done": done, "total": total}
    said = ngettext("%(done)s of %(total)s page", "%(done)s of %(total)s pages", run.total)
    return said % {"done": run.progress, "total": run.total}


def time_left(run: ImportRun, now: datetime) -> str:
    """As in “about 3 minutes left”; "" while that cannot be told."""
    if run.state != State.RUNNING or not (run.total and run.progress and run.worked_from):
        return ""
    worked = now - run.worked_from
    if worked < LEAST:
        return ""
    left = worked * max(0, run.total - run.progress) / run.progress
    if left < MINUTE:
        return _("less than a minute left")
    if left < 2 * HOUR:
        minutes = round(left / MINUTE)
        said = ngettext("about %(count)s minute left", "about %(count)s minutes left", minutes)
        return said % {"count": minutes}
    hours = round(left / HOUR)
    return ngettext("about %(count)s hour left", "about %(count)s hours left", hours) % {
        "count": hours
    }
