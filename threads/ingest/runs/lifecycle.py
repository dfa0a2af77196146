"""An import run's life: opened, held by one process, given up, ended.

A run is worked on by the process whose name stands in `holder`, and by nobody else. Each
page's transaction looks there first (`still_held`), so that a process which was thought
dead and was not can no longer write.
"""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from threads.ingest.errors import RunTaken
from threads.ingest.sources import Omissions
from threads.ingest.wikis.unsettled import of_preview, wiki_of_run, with_settings
from threads.models import ImportRun, TalkPage, Wiki
from threads.models.runs.run import OVER, State
from threads.processes.names import process_name
from threads.processes.recovery import is_interrupted
from threads.store import Counts

# All that an item counts.
COUNTED = tuple(field.name for field in fields(Counts))


def open_run(
    wiki: Wiki,
    source: str,
    parameters: Mapping[str, Any],
    user: User | None = None,
    *,
    dry: bool = False,
    total: int | None = None,
) -> ImportRun:
    """A run that waits to be worked on.

    The wiki is saved with it: a new one in any case, since the run has to belong to one. A preview
    changes none that is there.
    """
    kept = with_settings(dict(parameters), wiki)
    with transaction.atomic():
        if wiki._state.adding or not dry:
            _save(wiki, changing=not dry)
        return ImportRun.objects.create(
            source=source,
            wiki=wiki,
            user=user,
            parameters=kept,
            dry=dry,
            total=total,
            state=State.QUEUED,
        )


def open_previewed(preview: ImportRun, user: User | None = None) -> tuple[ImportRun, bool]:
    """The import of what a preview has shown, and whether it is new: each is imported once."""
    with transaction.atomic():
        ImportRun.objects.select_for_update().get(pk=preview.pk)
        there = ImportRun.objects.of_preview(preview).first()
        if there:
            return there, False
        wiki, parameters = wiki_of_run(preview), of_preview(preview)
        return open_run(wiki, preview.source, parameters, user, total=preview.total), True


def _save(wiki: Wiki, *, changing: bool) -> None:
    try:
        with transaction.atomic():
            wiki.save()
    except IntegrityError:  # a preview had it added, or another import in this moment
        wiki.pk = Wiki.objects.get(dbname=wiki.dbname).pk
        if changing:
            wiki.save(force_update=True)


def hold(run: ImportRun) -> None:
    """Take the run for this process. Raises RunTaken where another one works on it."""
    with transaction.atomic():
        now = ImportRun.objects.select_for_update().get(pk=run.pk)
        if now.state == State.RUNNING and not is_interrupted(now):
            raise RunTaken(
                _("Import %(number)s is already running. Wait until it finishes, or cancel it.")
                % {"number": run.pk}
            )
        run.state = State.RUNNING
        run.holder = process_name()
        run.heartbeat = run.worked_from = timezone.now()
        run.cancel_asked = False
        run.finished_at = None
        # What is said of a run that waits is how it came to wait: that it was interrupted.
        run.log = now.log if now.state == State.QUEUED else ""
        run.save()


def still_held(run: ImportRun) -> None:
    """Hold the run's row for the rest of the transaction, and see whether to stop.

    `run.cancel_asked` is up to date then. Raises RunTaken.
    """
    rows = ImportRun.objects.select_for_update()
    holder, run.cancel_asked = rows.values_list("holder", "cancel_asked").get(pk=run.pk)
    if holder != run.holder:
        raise RunTaken(_("Import %s is now run by another process.") % run.pk)


def report(run: ImportRun) -> None:
    """Say that this process lives and how far it has come; see whether to stop."""
    run.heartbeat = timezone.now()
    held = ImportRun.objects.held(run)
    held.update(heartbeat=run.heartbeat, progress=run.progress, total=run.total)
    run.cancel_asked = run.cancel_asked or held.filter(cancel_asked=True).exists()


def conclude(run: ImportRun, omissions: Omissions | None, said: list[str]) -> State:
    """How a run ends whose source has ended; adds to `said` what there is to say of it.

    Done is a run that took all that can be taken: no page failed, and there was something to
    take, or to keep taken down. Whether something may be missed that cannot be, `run.loses` says.
    """
    states = run.items.states()
    told = omissions.told(sum(states.values()), ended=True) if omissions else []
    said += [*told, *_kept_down(run)]
    if not (states or told):
        said.append(_("Nothing was imported. The source contains no pages."))
    has_some = State.DONE in states or (State.SKIPPED in states and _has_all(run))
    if State.SKIPPED in states and not (has_some or State.FAILED in states):
        said.append(_("Nothing was imported. All pages were skipped; see the log of each page."))
    if run.dry and run.parameters.get("history"):
        said.append(
            _(
                "This preview read only the last revision of each page. The import reads all "
                "revisions: it can find comments that were removed since, and other warnings."
            )
        )
    run.loses = omissions is not None and omissions.loses
    return State.DONE if has_some and State.FAILED not in states else State.FAILED


def _kept_down(run: ImportRun) -> list[str]:
    """A sentence on the pages that are taken down, wholly or in part; none where none is."""
    number = len(run.taken_down)
    said = ngettext(
        "%(count)s page is taken down in the archive, or a revision of it: this was not changed.",
        "%(count)s pages are taken down in the archive, or revisions of them: these were not "
        "changed.",
        number,
    )
    return [said % {"count": number}] if number else []


def _has_all(run: ImportRun) -> bool:
    """Whether the archive has every page that the run met, from this run or earlier, but for those
    that are taken down."""
    kept = TalkPage.objects.filter(wiki=run.wiki).values("title")
    missing = run.items.exclude(title__in=kept).values_list("title", flat=True)
    return all(title in run.taken_down for title in missing.iterator())


def let_go(run: ImportRun, state: State, log: str = "") -> None:
    """End the work on a run: no more is done, or can be, until it is resumed, or its turn comes."""
    run.state = state
    run.log = log
    run.finished_at = timezone.now() if state in OVER else None
    run.counts = _counted(run) if state in OVER else None
    fields = ("state", "log", "finished_at", "progress", "total", "counts")
    ImportRun.objects.held(run).update(**{name: getattr(run, name) for name in fields})


def _counted(run: ImportRun) -> dict[str, int]:
    """The run's pages, and the sums of what they counted. Two queries."""
    return {"pages": run.items.count(), **run.items.totals(COUNTED)}


def can_resume(run: ImportRun) -> bool:
    """Whether `carry_on` would find something to do."""
    return run.state in (State.QUEUED, State.FAILED, State.CANCELLED) or is_interrupted(run)


def mark_as_seen(run: ImportRun) -> None:
    """Leave an import that failed as it is: `doctor` tells of it no more, until it is resumed and
    fails again."""
    ImportRun.objects.failed_unseen().filter(pk=run.pk).update(cancel_asked=True)


def ask_to_cancel(run: ImportRun) -> None:
    """Have a run stopped: at once where nobody works on it, else after its page."""
    with transaction.atomic():
        now = ImportRun.objects.select_for_update().get(pk=run.pk)
        if now.state == State.QUEUED or is_interrupted(now):
            let_go(now, State.CANCELLED)
        elif now.state == State.RUNNING:
            now.cancel_asked = True
            now.save(update_fields=["cancel_asked"])
