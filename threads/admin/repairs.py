"""Setting right how a comment was read: the forms, and the list of all repairs."""

from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from threads.ingest.errors import BadInput
from threads.ingest.repairing import make_repair, undo_repair
from threads.models import Comment, Repair

from .readonly import ReadOnlyAdmin
from .repair_forms import FORMS


@admin.register(Repair)
class RepairAdmin(ReadOnlyAdmin):
    list_display = ["kind", "comment", "page", "note", "made_by", "made_at", "undone_at"]
    list_filter = ["kind", ("undone_at", admin.EmptyFieldListFilter), "page__wiki"]
    list_select_related = ["page__wiki", "made_by"]
    search_fields = ["=target", "=name", "note", "text"]
    date_hierarchy = "made_at"
    actions = ["undo"]

    @admin.display(description=gettext_lazy("comment"), ordering="target")
    def comment(self, repair: Repair) -> str:
        address = reverse("comment", args=[repair.target])
        return format_html('<a href="{}">{}</a>', address, repair.target)

    def has_undo_permission(self, request: HttpRequest) -> bool:
        return may_repair(request)

    @admin.action(description=gettext_lazy("Undo the chosen repairs"), permissions=["undo"])
    def undo(self, request: HttpRequest, repairs: QuerySet[Repair]) -> None:
        for repair in repairs.select_related("page__wiki", "page__current_revision"):
            _undo(request, repair)


def may_repair(request: HttpRequest) -> bool:
    """Whether this user sets right what was read."""
    return cast(User, request.user).has_perm("threads.add_repair")


def repair_view(model_admin: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """What can be set right about one comment, a form for each; and what was, to be undone."""
    if not may_repair(request):
        raise PermissionDenied
    comments = Comment.objects.with_context().select_related("page__current_revision", "revision")
    comment = comments.filter(pk=pk).first()
    if comment is None:
        raise Http404(_("There is no such comment."))
    given = request.POST.get("kind", "")
    forms = {
        kind: form(comment, request.POST if kind == given else None, prefix=kind)
        for kind, form in FORMS.items()
    }
    here = reverse("admin:threads_comment_repair", args=[pk])
    if "undo" in request.POST:
        repair = comment.page.repairs.active().filter(pk=_number(request.POST["undo"])).first()
        if repair:
            _undo(request, repair)
        return HttpResponseRedirect(here)
    if given in forms and forms[given].is_valid() and _make(request, comment, forms[given], given):
        return HttpResponseRedirect(here)
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": _("Set a comment right"),
        "comment": comment,
        "forms": [(kind, Repair.Kind(kind).label, form) for kind, form in forms.items()],
        "repairs": comment.page.repairs.active().filter(name=comment.name),
    }
    return TemplateResponse(request, "admin/threads/comment/repair.html", context)


def _number(given: str) -> int:
    return int(given) if given.isdecimal() and len(given) < 19 else 0


def _make(request: HttpRequest, comment: Comment, form: Any, kind: str) -> bool:
    """Make a repair of a valid form; a refusal becomes the form's error. Out: whether it is."""
    user = cast(User, request.user)
    try:
        make_repair(comment, kind, form.value(), note=form.cleaned_data["note"], user=user)
    except BadInput as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, _("Set right; the page was read again."))
    return True


def _undo(request: HttpRequest, repair: Repair) -> None:
    undo_repair(repair, cast(User, request.user))
    messages.success(request, _("Undone; the page was read again."))
