"""What is not to be shown: the list of rules, and how one is made and undone."""

from typing import Any, ClassVar, cast
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from threads.accounts.record import Deed, note
from threads.accounts.rights import may_take_down
from threads.admin.tables.asking import ask_first
from threads.admin.tables.readonly import ArchiveAdmin
from threads.admin.tables.wikis import WikiFilter
from threads.admin.tables.words import EVERYWHERE, Words
from threads.export.background.files import forget_all
from threads.ingest.errors import BadInput
from threads.models import Comment, PrivacyRule
from threads.presentation.comment.permalinks import address_of
from threads.privacy import save_rule, undo_rule
from threads.privacy.preview import foresee
from threads.privacy.repeated import Text, repeated
from threads.privacy.tasks import apply_later

from .forms import FORMS, PrivacyForm

RULE = ("kind", "subject", "new_name", "reason", "wiki")
TEMPLATE = "admin/threads/privacyrule/add.html"


def link_to_making(what: str, target: Model, label: Words) -> SafeString:
    """A link to where a rule about something is made."""
    query = urlencode({"what": what, "of": target.pk})
    address = f"{reverse('admin:threads_privacyrule_add')}?{query}"
    return format_html('<a href="{}">{}</a>', address, label)


@admin.register(PrivacyRule)
class PrivacyRuleAdmin(ArchiveAdmin):
    list_display = [
        "kind",
        "subject",
        "new_name",
        "state",
        "undone_at",
        "reason",
        "wiki",
        "made_by",
        "made_at",
    ]
    list_filter = ["kind", "state", ("undone_at", admin.EmptyFieldListFilter), ("wiki", WikiFilter)]
    list_select_related = ["wiki", "made_by"]
    search_fields = ["subject", "new_name", "reason", "note"]
    date_hierarchy = "made_at"
    actions = ["undo", "apply_again"]
    readonly_fields = [EVERYWHERE]
    fieldsets: ClassVar[Any] = [
        (None, {"fields": [*RULE, EVERYWHERE, "note", "made_by", "made_at", "state", "log"]}),
        (gettext_lazy("Undone"), {"fields": ["undone_by", "undone_at"]}),
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Where it is said of what: a rule is made from an author, a comment, a page or a wiki."""
        return "what" in request.GET and may_take_down(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # what it withholds would be lost: it is undone

    def has_undo_permission(self, request: HttpRequest) -> bool:
        return may_take_down(request)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The form for what `what` and `of` name; `step` "preview" shows what it would change,
        "save" lets it hold."""
        if not may_take_down(request):
            raise PermissionDenied
        if "what" not in request.GET:
            said = _(
                "Choose “Take down” or “Rename or alias author” on an author, a comment or a page."
            )
            self.message_user(request, said, messages.WARNING)
            return HttpResponseRedirect(reverse("admin:threads_privacyrule_changelist"))
        kind, target = _target(request)
        form = kind(request.POST or None)
        context = {
            **self.page_context(request, form.heading),
            "form": form,
            "target": target,
        }
        if form.is_bound and form.is_valid():
            try:
                rule = form.rule(target)
                saves = request.POST.get("step") == "save"
                context["seen"] = seen = foresee(rule)
                if not saves:
                    context["left"] = left = repeated(rule)
                    found = left.found if left else ()
                    context["places"] = [(each, _address_of(each.text)) for each in found]
                if saves and seen.merged and not form.cleaned_data.get("merge"):
                    raise BadInput("merge", _("Another author has this name. Confirm this below."))
                if saves:
                    return self._save(request, rule, form)
            except BadInput as error:
                form.add_error(error.field if error.field in form.fields else None, str(error))
        return TemplateResponse(request, TEMPLATE, context)

    def _save(self, request: HttpRequest, rule: PrivacyRule, form: PrivacyForm) -> HttpResponse:
        """Raises BadInput."""
        given = form.cleaned_data
        with transaction.atomic():
            user = cast(User, request.user)
            save_rule(rule, reason=given["reason"], note=given["note"], user=user)
            note(request, Deed.TAKEN_DOWN, rule)
            apply_later(rule)
        forget_all()
        said = _(
            "The rule was saved. It is applied in the background. Stored exports were deleted."
        )
        self.message_user(request, said)
        return HttpResponseRedirect(reverse("admin:threads_privacyrule_changelist"))

    @admin.action(description=gettext_lazy("Undo selected rules"), permissions=["undo"])
    def undo(self, request: HttpRequest, rules: QuerySet[PrivacyRule]) -> HttpResponse | None:
        holding = rules.filter(undone_at=None).select_related("wiki")
        does = _(
            "Readers will see the original names, comments and pages again. They are restored in "
            "the background."
        )
        if asking := ask_first(self, request, holding, does, _called):
            return asking
        for rule in holding:
            try:
                with transaction.atomic():
                    undo_rule(rule, cast(User, request.user))
                    note(request, Deed.BROUGHT_BACK, rule)
                    apply_later(rule)
            except BadInput as error:
                self.message_user(request, str(error), messages.ERROR)
                return None
        said = _("The rules were undone. The originals are restored in the background.")
        self.message_user(request, said)
        return None

    @admin.action(description=gettext_lazy("Apply selected rules again"), permissions=["undo"])
    def apply_again(
        self, request: HttpRequest, rules: QuerySet[PrivacyRule]
    ) -> HttpResponse | None:
        does = _(
            "The rules are applied again in the background. Names, comments and pages that readers "
            "see can change."
        )
        if asking := ask_first(self, request, rules, does, _called):
            return asking
        for rule in rules.select_related("wiki"):
            apply_later(rule)
            note(request, Deed.APPLIED_AGAIN, rule)
        said = _("The rules are applied in the background.")
        self.message_user(request, said, messages.SUCCESS)
        return None


def _called(rule: PrivacyRule) -> str:
    """As the list of rules has it."""
    return f"{rule} · {rule.subject}"


def _address_of(text: Text) -> str:
    """Where readers find a text."""
    if isinstance(text, Comment):
        return address_of(text)
    text.section.page = text.page  # which has its wiki
    return text.section.get_absolute_url()


def _target(request: HttpRequest) -> tuple[type[PrivacyForm], Model]:
    """What a rule is to be about. Raises Http404."""
    kind = FORMS.get(request.GET.get("what", ""))
    number = request.GET.get("of", "")
    if kind and number.isdecimal() and len(number) < 19:
        found = kind.model._default_manager.filter(pk=number).first()
        if found is not None:
            return kind, found
    raise Http404(_("There is nothing by this number."))
