"""Setting right how a comment was read: the forms, and the list of all repairs."""

from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from threads.accounts.record import Deed, note
from threads.ingest.errors import BadInput
from threads.ingest.repairing import make_repair, undo_repair
from threads.models import Comment, Repair, UnsignedText

from .readonly import ReadOnlyAdmin
from .repair_forms import FORMS, UNSIGNED_FORMS, WORDS


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
        if not repair.name:  # a text that nobody signed
            return Truncator(repair.text).chars(WORDS)
        address = reverse("comment", args=[repair.target])
        return format_html('<a href="{}">{}</a>', address, repair.target)

    def has_undo_permission(self, request: HttpRequest) -> bool:
        return may_repair(request)

    @admin.action(description=gettext_lazy("Undo selected corrections"), permissions=["undo"])
    def undo(self, request: HttpRequest, repairs: QuerySet[Repair]) -> None:
        for repair in repairs.select_related("page__wiki", "page__current_revision"):
            _undo(request, repair)


def may_repair(request: HttpRequest) -> bool:
    """Whether this user sets right what was read."""
    return cast(User, request.user).has_perm("threads.add_repair")


def repair_view(model_admin: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """What can be set right about one comment or unsigned text, a form for each; and what was, to
    be undone."""
    if not may_repair(request):
        raise PermissionDenied
    item = _item(model_admin.model, pk)
    given = request.POST.get("kind", "")
    forms = {
        kind: form(item, request.POST if kind == given else None, prefix=kind)
        for kind, form in (FORMS if isinstance(item, Comment) else UNSIGNED_FORMS).items()
    }
    here = reverse(f"admin:threads_{model_admin.opts.model_name}_repair", args=[pk])
    if "undo" in request.POST:
        repair = item.page.repairs.active().filter(pk=_number(request.POST["undo"])).first()
        if repair:
            _undo(request, repair)
        return HttpResponseRedirect(here)
    if given in forms and forms[given].is_valid() and _make(request, item, forms[given], given):
        return HttpResponseRedirect(here)
    if isinstance(item, Comment):
        title, known = _("Correct a comment"), {"name": item.name}
    else:
        title, known = _("Correct an unsigned text"), {"name": "", "text": item.text}
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": title,
        "item": item,
        "forms": [(kind, Repair.Kind(kind).label, form) for kind, form in forms.items()],
        "repairs": item.page.repairs.active().filter(**known),
    }
    return TemplateResponse(request, "admin/threads/comment/repair.html", context)


def _item(model: type[Comment | UnsignedText], pk: int) -> Comment | UnsignedText:
    """With what the page shows of it. Raises Http404."""
    with_page = ("page__current_revision", "page__wiki", "revision")
    found: Comment | UnsignedText | None
    if model is Comment:
        found = Comment.objects.with_context().select_related(*with_page).filter(pk=pk).first()
    else:
        texts = UnsignedText.objects.select_related(*with_page, "section", "author")
        found = texts.filter(pk=pk).first()
    if found is None:
        raise Http404(_("This comment does not exist."))
    return found


def _number(given: str) -> int:
    return int(given) if given.isdecimal() and len(given) < 19 else 0


def _make(request: HttpRequest, item: Comment | UnsignedText, form: Any, kind: str) -> bool:
    """Make a repair of a valid form; a refusal becomes the form's error. Out: whether it is."""
    user = cast(User, request.user)
    try:
        with transaction.atomic():
            make_repair(item, kind, form.value(), note=form.cleaned_data["note"], user=user)
            note(request, Deed.REPAIRED, item)
    except BadInput as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, _("Correction saved. The page was parsed again."))
    return True


def _undo(request: HttpRequest, repair: Repair) -> None:
    with transaction.atomic():
        undo_repair(repair, cast(User, request.user))
        note(request, Deed.UNDONE, repair)
    messages.success(request, _("Correction undone. The page was parsed again."))
