"""The admin's import of many pages: where from; a dry run in the background comes next."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.helpers import AdminForm
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy

from threads.ingest.runs.lifecycle import open_run
from threads.ingest.tasks import work_later
from threads.models import TalkPage

from .forms import DumpForm, LiveForm, ManyPagesForm
from .runs import address_of

# By the address's `from`: what a kind is called, its form, and how that is laid out.
KINDS = {
    "page": gettext_lazy("One page's wikitext"),
    "dump": gettext_lazy("An export or dump"),
    "live": gettext_lazy("A live wiki"),
}
FORMS: dict[str, type[ManyPagesForm]] = {"dump": DumpForm, "live": LiveForm}
WIKI = (gettext_lazy("What the wiki does not say itself"), {"fields": [("dbname", "timezone")]})
FIELDSETS: dict[str, Any] = {
    "dump": [(None, {"fields": ["file", "history", "project"]}), WIKI],
    "live": [
        (None, {"fields": ["url"]}),
        (
            gettext_lazy("Which pages"),
            {"fields": ["titles", "begins_with", "category", "subpages", "archives", "history"]},
        ),
        WIKI,
    ],
}


def many_view(
    admin: "ModelAdmin[TalkPage]", request: HttpRequest, kind: str, context: dict[str, Any]
) -> HttpResponse:
    """The form; once it is in order, a dry run is started and shown."""
    make = FORMS[kind]
    form = make(request.POST, request.FILES) if request.method == "POST" else make()
    if form.is_bound and form.is_valid():
        user = cast(User, request.user)  # nobody else gets past the admin's door
        run = open_run(form.target, form.source, form.parameters, user, dry=True)
        work_later(run)
        for sentence in form.said:
            messages.warning(request, sentence)
        return HttpResponseRedirect(address_of(run))
    shown = {
        **context,
        "form": form,
        "adminform": AdminForm(cast(Any, form), FIELDSETS[kind], {}, model_admin=admin),
        "errors": form.errors,
        "kinds": KINDS,
        "kind": kind,
        "button": gettext_lazy("See what would happen"),
    }
    return TemplateResponse(request, "admin/threads/talkpage/import_form.html", shown)
