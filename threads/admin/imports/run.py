"""An import's own page: what it tells, and what can be asked of it."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Case, Q, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from threads.accounts.record import Deed, note
from threads.accounts.rights import may_import
from threads.admin.tables.problems import NoticedPage, ProblemKind, by_kind, on
from threads.ingest.runs.counts import counted, pages_counted
from threads.ingest.runs.lifecycle import (
    COUNTED,
    ask_to_cancel,
    can_resume,
    open_run,
)
from threads.ingest.sources.registry import label_of
from threads.ingest.tasks import work_later
from threads.ingest.wikis.unsettled import is_read_otherwise, of_source, wiki_of_run
from threads.models import ImportItem, ImportRun
from threads.models.runs.run import State

from .progress import so_far, time_left

ITEMS_SHOWN = 100
PLACES_SHOWN = 10  # of each kind of problem on each of them, and in the whole run
PAGES_READ = 1000  # for what was noticed in the whole run
NOTICED = ("problems", "notes")  # counts that are not of comments


def import_context(request: HttpRequest, run: ImportRun) -> dict[str, Any]:
    """What the page tells of a run; a fixed number of queries."""
    states = run.items.states()
    totals = run.items.totals(COUNTED)
    items = Paginator(in_reading_order(run), ITEMS_SHOWN).get_page(request.GET.get("p"))
    for item in items:
        _prepare(item)
    return {
        "source": label_of(run),
        "states": pages_counted(states),
        "failed": states.get(State.FAILED, 0),
        "totals": counted({name: n for name, n in totals.items() if name not in NOTICED}),
        "noticed": counted({name: totals[name] for name in NOTICED}),
        # One page's are told in its row.
        "kinds": noticed_in(run) if run.is_over and items.paginator.count > 1 else [],
        "pages_read": PAGES_READ if run.is_over and noticing(run)[PAGES_READ:].exists() else 0,
        "percent": 100 * run.progress // run.total if run.total else None,
        "wiki": wiki_of_run(run),
        "so_far": so_far(run),
        "time_left": time_left(run, timezone.now()),
        "can_resume": can_resume(run) and run.state != State.QUEUED,
        "can_import": run.dry and run.state in (State.DONE, State.FAILED) and State.DONE in states,
        "may_act": may_import(request),
        "items": items,
    }


def _prepare(item: Any) -> None:
    """Give an item what its row shows beyond its fields: what the parser noticed stands by kind
    and not in the log once more."""
    counts = item.counts.items()
    item.said = counted({name: n for name, n in counts if name not in NOTICED})
    item.kinds = by_kind([_noticed_on(item)], PLACES_SHOWN)
    told = {kind.message for kind in item.kinds}
    lines = [line for line in item.log.splitlines() if line.strip() and line not in told]
    item.said_else = "\n".join(lines)
    item.last_words = lines[-1] if lines else ""


def _noticed_on(item: ImportItem, *, with_title: bool = False) -> NoticedPage:
    """What was noticed on a run's page; with links, where the archive shows that text."""
    revision, page = item.revision, item.page
    problems = revision.problems if revision else item.problems or []
    is_shown = page is not None and page.current_revision_id == item.revision_id
    title = item.title if with_title else ""
    return NoticedPage(problems, on(page if is_shown else None), title)


def noticed_in(run: ImportRun) -> list[ProblemKind]:
    """What was noticed on the run's pages, by kind. One query; of a large run, the first pages
    that have something."""
    items = noticing(run)[:PAGES_READ]
    return by_kind([_noticed_on(item, with_title=True) for item in items], PLACES_SHOWN)


def noticing(run: ImportRun) -> QuerySet[ImportItem]:
    """Its pages on which something was noticed."""
    has_some = Q(counts__problems__gt=0) | Q(counts__notes__gt=0)
    return in_reading_order(run).filter(has_some)


def in_reading_order(run: ImportRun) -> QuerySet[ImportItem]:
    """A run's pages as an admin wants them: what failed, then the rest in the source's order."""
    failed_first = Case(When(state=State.FAILED, then=Value(0)), default=Value(1))
    items = run.items.select_related("page__wiki", "revision").defer("revision__compressed")
    return items.order_by(failed_first, "pk")


def address_of(run: ImportRun) -> str:
    return reverse("admin:threads_importrun_change", args=[run.pk])


def act(request: HttpRequest, run: ImportRun) -> HttpResponse:
    """With `do` "cancel", "resume" or "import" what that button says."""
    if not may_import(request):
        raise PermissionDenied
    match request.POST.get("do"):
        case "cancel":
            ask_to_cancel(run)
            note(request, Deed.CANCELLED, run)
            messages.info(request, _("The import will stop after the current page."))
        case "resume":
            if can_resume(run):
                note(request, Deed.RESUMED, run)
                work_later(run)
        case "import" if run.dry and is_read_otherwise(run):
            said = _(
                "%(wiki)s was imported with other settings since this preview: language "
                "%(language)s, time zone %(timezone)s. Preview the import again."
            )
            of_wiki = run.wiki
            told = {"language": of_wiki.language, "timezone": of_wiki.timezone}
            messages.error(request, said % {"wiki": of_wiki, **told})
        case "import" if run.dry:
            user = cast(User, request.user)
            wiki = wiki_of_run(run)
            run = open_run(wiki, run.source, of_source(run), user, total=run.total)
            note(request, Deed.IMPORT, run)
            work_later(run)
        case _:
            raise PermissionDenied
    return HttpResponseRedirect(address_of(run))
