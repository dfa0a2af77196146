"""An export's life: opened, written by one process, ended."""

import logging
import secrets

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext as _

from threads.backups.files import begun
from threads.database import passes
from threads.export import FORMATS, ExportError, Selection, one_moment
from threads.ingest.reasons import unwritable
from threads.models import ExportRun
from threads.models.runs.run import OVER, State
from threads.processes.names import process_name

from .files import folder
from .watching import Stopped, Watch, watched

log = logging.getLogger(__name__)


def open_run(selection: Selection, form: str, user: User | None = None) -> ExportRun:
    """An export that waits to be written. In: the name of its format."""
    return ExportRun.objects.create(format=form, selection=selection.given, user=user)


def carry_out(run: ExportRun) -> None:
    """Write the file of an export that waits. Out: its state tells how that ended; where this
    process is to end before that, or the database goes away for a while, it waits again."""
    if not _hold(run):
        return
    with watched(run) as watch:
        try:
            name = _write(run, watch)
        except Stopped:
            _stop(run)
        except ExportError as error:
            _end(run, State.FAILED, log=str(error))
        except OSError as error:
            _end(run, State.FAILED, log=unwritable(folder(), error))
        except Exception as error:
            if passes(error):
                log.warning("Export %s waits for the database: %s", run.pk, error)
                _end(run, State.QUEUED)
                return
            _end(run, State.FAILED, log=_("An unexpected error. The server log has more."))
            raise
        else:
            if not _end(run, State.DONE, file=name, progress=watch.done):
                (folder() / name).unlink(missing_ok=True)


def ask_to_cancel(run: ExportRun) -> None:
    """Have an export stopped: at once where nobody works on it, else in a moment."""
    waiting = ExportRun.objects.waiting().filter(pk=run.pk)
    if not waiting.update(state=State.CANCELLED, finished_at=timezone.now()):
        ExportRun.objects.running().filter(pk=run.pk).update(cancel_asked=True)


def _hold(run: ExportRun) -> bool:
    """Whether the run waited and is this process's now."""
    run.holder, run.state = process_name(), State.RUNNING
    waiting = ExportRun.objects.waiting().filter(pk=run.pk)
    now = timezone.now()
    return bool(
        waiting.update(state=run.state, holder=run.holder, heartbeat=now, progress=0, log="")
    )


def _write(run: ExportRun, watch: Watch) -> str:
    """The name of the file, which is there when it is complete. Raises Stopped."""
    selection, form = Selection(**run.selection), FORMATS[run.format]
    name = f"{secrets.token_hex(8)}.{form.suffix}"
    folder().mkdir(exist_ok=True)
    with begun(folder()) as partial:
        with one_moment():
            selection.check()
            for part in form.write(selection):
                partial.file.write(part)
                watch.wrote(len(part))
        partial.complete(folder() / name)
    return name


def _stop(run: ExportRun) -> None:
    if not _end(run, State.CANCELLED, is_asked=True):
        _end(run, State.QUEUED, log=_("The worker was stopped. The export starts again."))


def _end(run: ExportRun, state: State, *, is_asked: bool = False, **told: str | int) -> bool:
    """Whether the run was still this process's, which it is no more. In: `is_asked`, only if it
    is to be cancelled; what else is told of it."""
    held = ExportRun.objects.held(run)
    if is_asked:
        held = held.filter(cancel_asked=True)
    run.finished_at = timezone.now() if state in OVER else None
    if not held.update(state=state, holder="", finished_at=run.finished_at, **told):
        return False
    run.state = state
    return True
