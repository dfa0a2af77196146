"""How a long command on the terminal tells of an import: a bar, lines, totals, an exit code."""

from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Mapping

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from threads.ingest.errors import BadInput, ImportStopped, StoppedByHand
from threads.ingest.problems import ProblemPlace, noticed_in, pages_read
from threads.ingest.runs.counts import WORDS, counted, pages_counted
from threads.ingest.runs.lifecycle import COUNTED
from threads.ingest.runs.parser_pool import ParserPool
from threads.ingest.runs.runner import Watcher
from threads.ingest.sources.registry import about_damage, why_not_resumed
from threads.models import ImportItem, ImportRun
from threads.models.runs.run import State

from .command_line import STOPPED
from .numbers import whole
from .terminal import harmless

FAILED = 1  # the exit status where not all that was asked for is in the archive
PLACES_SHOWN = 3  # of each kind of warning
BAD_INPUT = 2  # where what was given cannot be used: argparse's own
EXIT_STATUS = gettext_lazy(
    "Exit status: 0 if everything is imported, or taken down here; 1 if a page failed, if skipped "
    "pages may contain comments, if there was nothing to import, if the import did not finish, or "
    "if the database cannot be used; 2 if an argument, the file or the wiki cannot be used; 130 if "
    "it was stopped by Ctrl-C or SIGTERM."
)


def add_run_arguments(parser: ArgumentParser) -> None:
    """What every import of many pages can be told."""
    parser.add_argument(
        "--dry-run",
        action="store_true",
        help=_("show what would be imported, without saving anything; with -v 2, list every page"),
    )
    add_reading_arguments(parser)


def add_reading_arguments(parser: ArgumentParser) -> None:
    """Who parses; `follow` takes both, and its exit status is told with them."""
    parser.epilog = str(EXIT_STATUS)
    parser.add_argument(
        "--processes",
        type=whole(1),
        default=settings.IMPORT_PROCESSES,
        metavar="N",
        help=_("number of parser processes (default: %(default)s)"),
    )
    parser.add_argument(
        "--cluster",
        default="",
        metavar="ADDRESS",
        help=_("address of a Dask scheduler to parse on, e.g. tcp://10.0.0.1:8786"),
    )


def refusal(error: Exception, options: Mapping[str, str]) -> CommandError:
    """What a command says of what cannot be used.

    In: by what `BadInput` calls it, the options that give it.
    """
    option = options.get(error.field) if isinstance(error, BadInput) else None
    return CommandError(f"{option}: {error}" if option else str(error), returncode=BAD_INPUT)


def follow(
    command: BaseCommand,
    start: Callable[[ParserPool, Watcher], ImportRun],
    *,
    processes: int = 1,
    cluster: str = "",
    verbosity: int = 1,
) -> None:
    """Run an import and tell of it.

    In: `start` gets pool and what is to be told of every page, and gives back the run.
    Raises CommandError with the exit status that `EXIT_STATUS` tells, SystemExit where somebody
    stops it, which is no error.
    """
    reporter = ProgressReporter(command, lists_all=verbosity > 1)
    try:
        with ParserPool(processes, cluster) as pool, reporter:
            run = start(pool, reporter)
    except KeyboardInterrupt as error:
        number = error.run if isinstance(error, StoppedByHand) else None
        again = f" {_again(number)}" if number else ""
        command.stderr.write(_("Stopped.") + again)
        raise SystemExit(STOPPED) from error
    except BadInput as error:
        raise CommandError(str(error), returncode=BAD_INPUT) from error
    except ImportStopped as error:
        raise CommandError(str(error), returncode=FAILED) from error
    for line in warning_lines(run):
        command.stdout.write(line)
    command.stdout.write(totals_line(run))
    if run.log:
        command.stderr.write(run.log)
    if run.loses or run.state not in (State.DONE, State.QUEUED):
        raise CommandError(_ending(run), returncode=FAILED)


class ProgressReporter:
    """Watches a run: a line for each page that failed, in a dry run also for those with warnings,
    or for all; on terminals a bar."""

    def __init__(self, command: BaseCommand, *, lists_all: bool = False) -> None:
        self.command = command
        self.lists_all = lists_all  # in a dry run
        self.bar: Progress | None = None
        self.task = TaskID(0)
        self.told: dict[int, str] = {}  # by item, its line

    def __enter__(self) -> "ProgressReporter":
        if self.command.stdout.isatty():
            columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
            self.bar = Progress(*columns, console=Console(), transient=True)
            self.task = self.bar.add_task("", total=None)
            self.bar.start()
        return self

    def __exit__(self, *_error: object) -> None:
        if self.bar:
            self.bar.stop()

    def __call__(self, run: ImportRun, item: ImportItem) -> None:
        is_read = run.dry and item.state != State.RUNNING
        if item.state == State.FAILED or (is_read and self._is_listed(item)):
            line = page_line(item)
            if line != self.told.get(item.pk):  # a page may be met again
                self._line(line)
            self.told[item.pk] = line
        if self.bar:
            title = escape(harmless(item.title[:40]))
            self.bar.update(self.task, description=title, completed=run.progress, total=run.total)

    def _is_listed(self, item: ImportItem) -> bool:
        return self.lists_all or bool(item.counts.get("problems"))

    def _line(self, text: str) -> None:
        if self.bar:
            self.bar.console.print(harmless(text), markup=False, highlight=False)
        else:
            self.command.stdout.write(text)


def page_line(item: ImportItem) -> str:
    """What became of one page, in a line; a failure's last line of log says why."""
    if item.state == State.DONE:
        return f"{item.title}: {counted(item.counts) or _('no comments')}"
    why = item.log.splitlines()[-1] if item.log else ""
    return f"{item.title}: {item.get_state_display()}. {why}"


def warning_lines(run: ImportRun) -> Iterator[str]:
    """What may be lost or read wrongly on the run's pages: each kind, and its first places."""
    kinds = [kind for kind in noticed_in(run, PLACES_SHOWN) if not kind.is_note]
    for kind in kinds:
        yield f"{WORDS['problems'] % {'count': kind.count}}: {kind.message}"
        for place in kind.places:
            yield f"  {_place(place)}"
        if kind.left_out:
            more = ngettext("and %(count)s more", "and %(count)s more", kind.left_out)
            yield f"  {more % {'count': kind.left_out}}"
    if kinds and (pages := pages_read(run)):
        said = _("Only the first %(pages_read)s pages with warnings or notes are counted here.")
        yield said % {"pages_read": pages}


def _place(place: ProblemPlace) -> str:
    """As in “Talk:Oil#Lamps: what stands there”."""
    of_page = f"{place.title}#{place.heading}" if place.heading else place.title
    return f"{of_page}: {place.excerpt or place.span}"


def totals_line(run: ImportRun) -> str:
    """The last line: pages by state, then what became of their comments."""
    said = _("Pages: %(pages)s. Comments: %(comments)s.")
    if run.dry:
        said = _("Preview: nothing was saved. Pages: %(pages)s. Comments: %(comments)s.")
    return said % {
        "pages": pages_counted(run.items.states()) or _("none"),
        "comments": counted(run.items.totals(COUNTED)) or _("none"),
    }


def _ending(run: ImportRun) -> str:
    said, is_left = _what_is_missing(run)
    if not is_left or run.dry:
        return said
    if instead := why_not_resumed(run):
        return f"{said} {instead}"
    damage = about_damage(run) if run.state == State.FAILED else ""
    return " ".join(filter(None, [said, damage, _again(run.pk)]))


def _what_is_missing(run: ImportRun) -> tuple[str, bool]:
    """A sentence, and whether another try may bring it."""
    if run.state == State.CANCELLED:
        return _("The import was canceled."), True
    if failed := run.items.states().get(State.FAILED, 0):
        said = ngettext(
            "%(count)s page was not imported.", "%(count)s pages were not imported.", failed
        )
        if run.dry:
            said = ngettext(
                "%(count)s page cannot be imported.", "%(count)s pages cannot be imported.", failed
            )
        return said % {"count": failed}, True
    if run.dry:
        return _("Not everything can be imported; see the messages above."), False
    return _("Not everything was imported; see the messages above."), not run.read_to_end


def _again(run: int) -> str:
    return _("To continue, run: %(command)s") % {
        "command": f"{settings.PROGRAM} resume_import {run}"
    }
