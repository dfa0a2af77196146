"""A whole copy: its folder filled by several processes."""

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from threads.database import archive_state
from threads.export import ExportError
from threads.processes.children import begin_django_child
from threads.search.index.texts import is_complete

from .files.assets import write_files
from .files.earlier import keep_equal, write_states
from .files.facts import facts_of, has_facts, write_facts
from .files.folders import begun
from .files.plan import Job, Plan
from .files.scope import Scope
from .jobs import do, jobs_of, listed_paths
from .search.index import write_shards

# Forked from this process, others would inherit its database connections and locks.
CONTEXT = get_context("forkserver" if os.name == "posix" else "spawn")
Tell = Callable[[int, int], None]  # how many portions of the work are done, of how many


@dataclass(frozen=True, slots=True)
class Made:
    """How much a copy has."""

    pages: int
    written: int  # of an update: files that are not those of the earlier copy


def make_copy(
    folder: Path,
    scope: Scope,
    languages: tuple[str, ...],
    processes: int,
    tell: Tell,
    *,
    update: bool = False,
) -> Made:
    """Write a static copy.

    In: codes of languages, the default one first; with `update`, files of the copy that is there
    are kept where they would be the same. Raises ExportError where the folder has other files,
    where the archive changes in the meantime, and for what the archive does not have.
    """
    check_archive(scope, languages)
    before = archive_state(timezone.now()).words
    facts = facts_of(scope, languages)
    with begun(folder) as partial_folder, tempfile.TemporaryDirectory() as work:
        earlier = folder.absolute() if update and has_facts(folder, facts) else None
        plan = Plan(scope, languages, partial_folder, Path(work), update, earlier)
        write_files(partial_folder)
        write_facts(partial_folder, facts)
        jobs = list(jobs_of(plan))
        pages = 0
        for done, made in enumerate(_all_done(plan, jobs, processes), start=1):
            pages += made
            tell(done, len(jobs))
        write_shards(plan, scope.entries().count())
        written = 0
        if update:
            write_states(plan, listed_paths(plan))
            written = keep_equal(plan)
        if archive_state(timezone.now()).words != before:
            raise ExportError(
                _(
                    "The archive was changed while it was copied. Try again when no import is "
                    "running."
                )
            )
    return Made(pages, written)


def check_archive(scope: Scope, languages: tuple[str, ...]) -> None:
    """Raises ExportError for what cannot be copied."""
    scope.selection.check()
    known = dict(settings.LANGUAGES)
    if unknown := [code for code in languages if code not in known]:
        said = _("There is no user interface in the language “%(code)s”. Choose from: %(codes)s.")
        raise ExportError(said % {"code": unknown[0], "codes": ", ".join(known)})
    if not is_complete():
        raise ExportError(_("The search index is incomplete. First run “rebuild_search”."))


def _all_done(plan: Plan, jobs: Iterable[Job], processes: int) -> Iterator[int]:
    """Do all jobs; out: what each has made, as soon as it is done, in the order of the jobs."""
    if processes == 1:
        yield from (do(plan, job) for job in jobs)
        return
    with _pool(processes) as pool:
        made = [pool.submit(do, plan, job) for job in jobs]
        yield from (future.result() for future in made)


@contextmanager
def _pool(processes: int) -> Iterator[ProcessPoolExecutor]:
    """Processes that have Django set up; at an error, nothing more is begun."""
    CONTEXT.set_forkserver_preload(["threads.site.beginning"])
    pool = ProcessPoolExecutor(processes, mp_context=CONTEXT, initializer=begin_django_child)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)
