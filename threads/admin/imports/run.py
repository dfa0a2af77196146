"""An import's own page: what it tells, and what can be asked of it."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from threads.accounts.record import Deed, note
from threads.accounts.rights import may_import
from threads.ingest.problems import by_kind, noticed_in, noticed_on, pages_read
from threads.ingest.runs.counts import counted, pages_counted
from threads.ingest.runs.lifecycle import (
    COUNTED,
    ask_to_cancel,
    can_resume,
    mark_as_seen,
    open_previewed,
)
from threads.ingest.sources.registry import about_damage, label_of, why_not_resumed
from threads.ingest.tasks import work_later
from threads.ingest.wikis.unsettled import is_read_otherwise, wiki_of_run
from threads.models import ImportRun
from threads.models.runs.run import State

from .progress import so_far, time_left

ITEMS_SHOWN = 100
PLACES_SHOWN = 10  # of each kind of problem on each of them, and in the whole run
NOTICED = ("problems", "notes")  # counts that are not of comments


def import_context(request: HttpRequest, run: ImportRun) -> dict[str, Any]:
    """What the page tells of a run; a fixed number of queries."""
    states = run.items.states()
    imported = import_of(run)
    instead = why_not_resumed(run) if can_resume(run) else ""
    totals = run.items.totals(COUNTED)
    items = Paginator(run.items.in_reading_order(), ITEMS_SHOWN).get_page(request.GET.get("p"))
    for item in items:
        _prepare(item)
    return {
        "source": label_of(run),
        "states": pages_counted(states),
        "failed": states.get(State.FAILED, 0),
        "totals": counted({name: n for name, n in totals.items() if name not in NOTICED}),
        "noticed": counted({name: totals[name] for name in NOTICED}),
        # One page's are told in its row.
        "kinds": noticed_in(run, PLACES_SHOWN) if run.is_over and items.paginator.count > 1 else [],
        "pages_read": pages_read(run) if run.is_over else 0,
        "percent": 100 * run.progress // run.total if run.total else None,
        "wiki": wiki_of_run(run),
        "so_far": so_far(run),
        "time_left": time_left(run, timezone.now()),
        "can_cancel": not run.is_over,
        "can_see": run.is_failed_unseen,
        "can_resume": can_resume(run) and run.state != State.QUEUED and not instead,
        "advice": instead or about_damage(run) if run.state == State.FAILED else "",
        "imported": imported,
        "can_import": (
            run.dry
            and not imported
            and run.state in (State.DONE, State.FAILED)
            and State.DONE in states
        ),
        "may_act": may_import(request),
        "items": items,
    }


def _prepare(item: Any) -> None:
    """Give an item what its row shows beyond its fields: what the parser noticed stands by kind
    and not in the log once more."""
    counts = item.counts.items()
    item.said = counted({name: n for name, n in counts if name not in NOTICED})
    item.kinds = by_kind([noticed_on(item)], PLACES_SHOWN)
    told = {kind.message for kind in item.kinds}
    lines = [line for line in item.log.splitlines() if line.strip() and line not in told]
    item.said_else = "\n".join(lines)
    item.last_words = lines[-1] if lines else ""


def import_of(run: ImportRun) -> ImportRun | None:
    """The import of what a preview has shown."""
    return ImportRun.objects.of_preview(run).first() if run.dry else None


def address_of(run: ImportRun) -> str:
    return reverse("admin:threads_importrun_change", args=[run.pk])


def act(request: HttpRequest, run: ImportRun) -> HttpResponse:
    """With `do` "cancel", "see", "resume" or "import" what that button says."""
    if not may_import(request):
        raise PermissionDenied
    match request.POST.get("do"):
        case "cancel":
            ask_to_cancel(run)
            note(request, Deed.CANCELLED, run)
            messages.info(request, _("The import will stop after the current page."))
        case "see":
            mark_as_seen(run)
            note(request, Deed.SEEN, run)
            messages.info(request, _("The import was marked as seen."))
        case "resume":
            if can_resume(run):
                note(request, Deed.RESUMED, run)
                work_later(run)
        case "import" if run.dry and is_read_otherwise(run) and not import_of(run):
            said = _(
                "%(wiki)s was imported with other settings since this preview: language "
                "%(language)s, time zone %(timezone)s. Preview the import again."
            )
            of_wiki = run.wiki
            told = {"language": of_wiki.language, "timezone": of_wiki.timezone}
            messages.error(request, said % {"wiki": of_wiki, **told})
        case "import" if run.dry:
            user = cast(User, request.user)
            run, is_new = open_previewed(run, user)
            if is_new:
                note(request, Deed.IMPORT, run)
                work_later(run)
            else:
                messages.info(request, _("This preview was already imported."))
        case _:
            raise PermissionDenied
    return HttpResponseRedirect(address_of(run))
