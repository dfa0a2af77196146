"""The admin's import of many pages: where from; a dry run in the background comes next."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy

from threads.accounts.record import Deed, note
from threads.admin.tables.readonly import ArchiveAdmin
from threads.ingest.runs.lifecycle import open_run
from threads.ingest.sources import paste
from threads.ingest.tasks import work_later

from .forms import FORMS
from .run import address_of

# What is offered, by the `from` of its address.
LABELS = {"page": paste.KIND.label, **{slug: form.kind.label for slug, form in FORMS.items()}}


def import_many_view(
    admin: ArchiveAdmin, request: HttpRequest, slug: str, context: dict[str, Any]
) -> HttpResponse:
    """The form, with what a wiki has to choose from; once it is in order, a dry run is started
    and shown."""
    make = FORMS[slug]
    form = make(request.POST, request.FILES) if request.method == "POST" else make()
    if form.is_bound and form.is_valid() and not form.found:
        user = cast(User, request.user)  # nobody else gets past the admin's door
        run = open_run(
            form.target, form.kind.name, form.parameters, user, dry=True, total=form.total
        )
        note(request, Deed.DRY_RUN, run)
        work_later(run)
        for sentence in form.said:
            messages.warning(request, sentence)
        return HttpResponseRedirect(address_of(run))
    shown = {
        **context,
        **admin.form_context(form, form.fieldsets),
        "labels": LABELS,
        "slug": slug,
        "button": gettext_lazy("Preview"),
    }
    return TemplateResponse(request, "admin/threads/talkpage/import_form.html", shown)
