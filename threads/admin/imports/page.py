"""The admin's import of a talk page: what it is, what would happen, and then it happens."""

from dataclasses import asdict
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from threads.accounts.record import Deed, note
from threads.admin.tables.readonly import ArchiveAdmin
from threads.forms import ImportForm
from threads.ingest.errors import BadInput
from threads.ingest.outline import outline
from threads.ingest.problems import NoticedPage, by_kind, within
from threads.ingest.runs.counts import counted
from threads.ingest.runs.recording import remarks
from threads.ingest.runs.runner import preview, start_run
from threads.ingest.wikis.target import is_taken_for_wikimedias
from threads.models import Section
from threads.models.runs.run import State
from threads.store import Stored

from .forms import FORMS
from .many_pages import LABELS, import_many_view
from .run import address_of

FIELDSETS: Any = [
    (None, {"fields": ["wiki", "title"]}),
    (gettext_lazy("Text"), {"fields": ["text", "file"]}),
    (gettext_lazy("Revision (optional)"), {"fields": [("number", "timestamp")]}),
    (
        gettext_lazy("New wiki (only if it is not in the list above)"),
        {"fields": [("dbname", "server"), ("language", "timezone")]},
    ),
]
# What goes from the preview to the last step; the text goes in a field of its own.
CARRIED = ("wiki", "title", "number", "timestamp", "dbname", "server", "language", "timezone")
MOST_ROWS = 500  # that a preview shows


def import_view(admin: ArchiveAdmin, request: HttpRequest) -> HttpResponse:
    """The form of the kind of source that `from` names, by default one page's wikitext.

    That one's `step` "preview" shows what it would do, "save" is the import itself. Every
    such step sends all that was given and checks it anew.
    """
    if not admin.has_add_permission(request):
        raise PermissionDenied
    slug = request.GET.get("from", "")
    if slug in FORMS:
        context = admin.page_context(request, _("Import talk pages"))
        return import_many_view(admin, request, slug, context)
    step = request.POST.get("step", "")
    if step not in ("preview", "save"):
        return _show_form(admin, request, ImportForm(initial=request.POST.dict()))
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show_form(admin, request, form)
    try:
        seen = preview(form.target, form.revision)
    except BadInput as error:
        form.refuse(error)
        return _show_form(admin, request, form)
    if step == "save":
        return _save(admin, request, form)
    return _show_preview(admin, request, form, seen)


def _show_form(admin: ArchiveAdmin, request: HttpRequest, form: ImportForm) -> HttpResponse:
    context = {
        **admin.page_context(request, _("Import talk pages")),
        **admin.form_context(form, FIELDSETS),
        "labels": LABELS,
        "slug": "page",
        "button": _("Preview"),
    }
    return TemplateResponse(request, "admin/threads/talkpage/import_form.html", context)


def _show_preview(
    admin: ArchiveAdmin, request: HttpRequest, form: ImportForm, seen: Stored
) -> HttpResponse:
    rows = outline(seen.parsed)
    shown = {row.item.id for row in rows[:MOST_ROWS]}
    counts = asdict(seen.counts)
    context = {
        **admin.page_context(request, _("Import preview")),
        "wiki": form.target,
        "page": seen.page,
        "changes": counted({name: n for name, n in counts.items() if name != "unchanged"}),
        "unchanged": counts["unchanged"],
        "taken_for_wikimedias": is_taken_for_wikimedias(form.target),
        "remarks": [*form.source.said, *remarks(seen)],
        "problems": by_kind([NoticedPage(map(asdict, seen.parsed.problems), within(shown))]),
        "topics": sum(
            section.heading_level == Section.TOPIC_LEVEL for section in seen.parsed.sections
        ),
        "comments": len(seen.parsed.comments),
        "unsigned": len(seen.parsed.unsigned),
        "rows": rows[:MOST_ROWS],
        "left_out": len(rows[MOST_ROWS:]),
        "carried": {name: form.data.get(name, "") for name in CARRIED},
        "text": form.revision.text,
        "origin": form.source.name,
    }
    return TemplateResponse(request, "admin/threads/talkpage/import_preview.html", context)


def _save(admin: ArchiveAdmin, request: HttpRequest, form: ImportForm) -> HttpResponse:
    user = cast(User, request.user)  # nobody else gets past the admin's door
    run = start_run(form.target, form.source, user=user)
    note(request, Deed.IMPORT, run)
    item = run.items.select_related("page").first()
    if item is None or run.state != State.DONE or item.page is None:
        said = _("“%(title)s” could not be imported. See the log.")
        admin.message_user(request, said % {"title": form.revision.title}, messages.ERROR)
        return HttpResponseRedirect(address_of(run))
    admin.log_addition(request, item.page, [{"added": {"name": _("import"), "object": str(run)}}])
    said = _('“{title}” was imported. <a href="{address}">View page</a>')
    address = item.page.get_absolute_url()
    admin.message_user(
        request, format_html(said, title=item.title, address=address), messages.SUCCESS
    )
    return HttpResponseRedirect(address_of(run))
