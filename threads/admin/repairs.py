"""The list of all corrections."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from threads.accounts.rights import may_correct
from threads.admin.tables.wikis import WikiFilter
from threads.corrections.correcting import undo
from threads.corrections.forms import WORDS
from threads.models import Repair, RepairFailure

from .tables.asking import ask_first
from .tables.readonly import ReadOnlyAdmin

LINE = SafeString("<br>")


class InEffectFilter(admin.SimpleListFilter):
    """Whether corrections are in effect on all pages that they are about."""

    title = gettext_lazy("in effect")
    parameter_name = "in_effect"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", _("On all pages")), ("no", _("Not on all pages"))]

    def queryset(self, request: HttpRequest, repairs: QuerySet[Repair]) -> QuerySet[Repair]:
        failing = Exists(RepairFailure.objects.filter(repair=OuterRef("pk")))
        chosen = {"yes": ~failing, "no": failing}.get(self.value() or "")
        return repairs if chosen is None else repairs.filter(chosen)


@admin.register(Repair)
class RepairAdmin(ReadOnlyAdmin):
    list_display = ["kind", "comment", "page", "note", "made_by", "made_at", "undone_at", "lapses"]
    list_filter = [
        "kind",
        ("undone_at", admin.EmptyFieldListFilter),
        InEffectFilter,
        ("page__wiki", WikiFilter),
    ]
    list_select_related = ["page__wiki", "made_by"]
    search_fields = ["=target", "=name", "note", "text"]
    date_hierarchy = "made_at"
    actions = ["undo"]
    fields = ["page", "kind", "target", "name", "text", "value", "note"]
    fields += ["made_by", "made_at", "undone_by", "undone_at", "lapses"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Repair]:
        return super().get_queryset(request).prefetch_related("failures__page__wiki")

    @admin.display(description=gettext_lazy("not applied"))
    def lapses(self, repair: Repair) -> SafeString | str:
        """On which pages it is not in effect, since when, and why."""
        told = [
            (
                failure.page.get_absolute_url(),
                failure.page.title,
                _("Not applied since the revision of %(since)s: %(why)s.")
                % {"since": f"{failure.since:%Y-%m-%d}", "why": failure.get_why_display()},
            )
            for failure in repair.failures.all()
        ]
        return format_html_join(LINE, '<a href="{}">{}</a>: {}', told) or "-"

    @admin.display(description=gettext_lazy("comment"), ordering="target")
    def comment(self, repair: Repair) -> str:
        if not repair.name:  # a text that nobody signed
            return Truncator(repair.text).chars(WORDS)
        address = reverse("comment", args=[repair.target])
        return format_html('<a href="{}">{}</a>', address, repair.target)

    def has_undo_permission(self, request: HttpRequest) -> bool:
        return may_correct(request)

    @admin.action(description=gettext_lazy("Undo selected corrections"), permissions=["undo"])
    def undo(self, request: HttpRequest, repairs: QuerySet[Repair]) -> HttpResponse | None:
        does = _("Readers will see these comments as they were detected, without the corrections.")
        holding = repairs.filter(undone_at=None)
        if asking := ask_first(self, request, holding, does):
            return asking
        done = list(holding.select_related("page__wiki", "page__current_revision"))
        for repair in done:
            undo(request, repair)
        said = ngettext(
            "%(count)s correction undone. The page was parsed again.",
            "%(count)s corrections undone. Their pages were parsed again.",
            len(done),
        )
        self.message_user(request, said % {"count": len(done)}, messages.SUCCESS)
        return None
