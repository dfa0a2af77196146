"""Imports that did not reach their end."""

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from threads.ingest.sources.registry import about_damage, why_not_resumed
from threads.models import ImportRun
from threads.models.runs.run import State
from threads.processes.names import SILENCE
from threads.processes.recovery import is_interrupted

from .findings import Finding, failed, ok

LATELY = timedelta(days=30)  # in which whoever runs the archive sees to what failed
MOST = 10  # that are told one by one


def imports() -> Iterator[Finding]:
    found = [*_interrupted(), *_waiting(), *_failed(), *_canceled()]
    yield from found
    if not any(each.failed for each in found):
        yield ok(
            "imports", _("No import failed recently, was interrupted, or is waiting for a worker.")
        )


def _interrupted() -> Iterator[Finding]:
    for run in ImportRun.objects.running():
        if is_interrupted(run):
            yield failed(
                "imports",
                _("Import %(pk)s (%(run)s) was interrupted: its worker no longer runs.")
                % {"pk": run.pk, "run": run},
                _remedy(
                    run,
                    _(
                        "A worker resumes imports that were started in the admin. Resume others "
                        "with “%(program)s resume_import %(pk)s”."
                    ),
                    _("Cancel"),
                ),
            )


def _remedy(run: ImportRun, resume: str, button: str) -> str:
    """How to go on with a run: to resume it, as far as it can be, or to import it anew; or else by
    which button of its page to have done with it."""
    go_on = why_not_resumed(run) or resume % {"program": settings.PROGRAM, "pk": run.pk}
    end = _("If it is no longer needed, choose “%(button)s” on its page in the admin.")
    return f"{go_on} {end % {'button': button}}"


def _waiting() -> Iterator[Finding]:
    """Those whose turn should have come: nothing else is being worked on."""
    running = ImportRun.objects.running()
    if any(not is_interrupted(run) for run in running):
        return
    before = timezone.now() - SILENCE
    waiting = ImportRun.objects.waiting().filter(started_at__lt=before)
    first = waiting.order_by("started_at").first()
    if first:
        number = waiting.count()
        yield failed(
            "imports",
            ngettext(
                "%(count)s import has been waiting since %(time)s UTC, and no worker runs.",
                "%(count)s imports have been waiting since %(time)s UTC, and no worker runs.",
                number,
            )
            % {"count": number, "time": f"{first.started_at:%Y-%m-%d %H:%M}"},
            _("Start “%(program)s worker”.") % {"program": settings.PROGRAM},
        )


def _failed() -> Iterator[Finding]:
    runs = ImportRun.objects.failed_unseen().order_by("-started_at")
    late = _lately(runs)
    for run in late[:MOST]:
        yield failed(
            "imports",
            _("Import %(pk)s (%(run)s) failed.") % {"pk": run.pk, "run": run},
            _remedy(run, _resume_failed(run), _("Mark as seen")),
        )
    more = late.count() - MOST
    if more > 0:
        yield failed(
            "imports",
            ngettext("%(count)s more import failed.", "%(count)s more imports failed.", more)
            % {"count": more},
            _("See the admin."),
        )
    earlier = runs.count() - late.count()
    if earlier:
        yield ok(
            "imports",
            ngettext(
                "%(count)s import failed more than 30 days ago.",
                "%(count)s imports failed more than 30 days ago.",
                earlier,
            )
            % {"count": earlier},
        )


def _resume_failed(run: ImportRun) -> str:
    said = _(
        "See its log in the admin. To import the remaining pages, run “%(program)s "
        "resume_import %(pk)s”."
    )
    return f"{said} {about_damage(run)}".rstrip()


def _canceled() -> Iterator[Finding]:
    """Those that somebody stopped: that is no problem, and they may be meant to be gone on with."""
    canceled = ImportRun.objects.filter(state=State.CANCELLED, dry=False).order_by("-started_at")
    late = _lately(canceled)
    for run in late[:MOST]:
        facts = {"pk": run.pk, "run": run, "program": settings.PROGRAM}
        instead = why_not_resumed(run)
        said = _(
            "Import %(pk)s (%(run)s) was canceled. “%(program)s resume_import %(pk)s” resumes it."
        )
        if instead:
            said = _("Import %(pk)s (%(run)s) was canceled.") + f" {instead.replace('%', '%%')}"
        yield ok("imports", said % facts)


def _lately(runs: QuerySet[ImportRun]) -> QuerySet[ImportRun]:
    return runs.filter(finished_at__gte=timezone.now() - LATELY)
