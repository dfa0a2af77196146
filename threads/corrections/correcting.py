"""The page on which an editor corrects how one comment or unsigned text was read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Max
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from threads.accounts.record import Deed, note
from threads.accounts.rights import may_correct
from threads.http.contexts import render_with
from threads.http.methods import takes
from threads.ingest.errors import BadInput
from threads.ingest.repairing import make_repair, propose, undo_repair
from threads.models import Comment, Repair, TalkPage, UnsignedText, Wiki
from threads.presentation.comment.corrections import Correction, corrections_of
from threads.presentation.comment.permalinks import address_of
from threads.presentation.times.dates import zone_of

from .forms import NAMES, TITLES, CorrectionForm, forms_for, known_names
from .preview import ThreadState, before_and_after

KINDS: dict[str, type[Comment | UnsignedText]] = {"comment": Comment, "unsigned": UnsignedText}


@dataclass(frozen=True, slots=True)
class CorrectionChoice:
    """One kind of correction, as the page offers it."""

    kind: str
    title: str
    form: CorrectionForm


@dataclass(frozen=True, slots=True)
class CorrectionPreview:
    """A correction that can be saved."""

    title: str
    fields: Sequence[tuple[str, str]]  # what saving it sends: names and values
    before: ThreadState
    after: ThreadState


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectContext:
    """What `correct.html` is given."""

    item: Comment | UnsignedText
    page: TalkPage  # where it stands
    wiki: Wiki  # the page's
    zone: tzinfo  # the wiki's
    address: str  # where it is read
    choices: list[CorrectionChoice]
    preview: CorrectionPreview | None  # None while nothing is filled in, or cannot be done
    in_effect: list[Correction]
    lapsed: list[Correction]  # those that are not, and were not undone either
    names: list[str]  # that are suggested as authors
    names_id: str = NAMES  # of the list of them


@takes("GET", "HEAD", "OPTIONS", "POST")
def correct(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """A form for each kind of correction; filled in, what it would change, and then the change.

    `step` "save" makes what another POST only shows, if the page is still as it was `seen`; `undo`
    takes back the correction with that primary key.
    """
    if not may_correct(request):
        raise PermissionDenied
    item = _item(kind, pk)
    if "undo" in request.POST:
        _undo(request, item, request.POST["undo"])
        return HttpResponseRedirect(_address(item))
    wanted = request.POST.get("kind", "")
    kinds = forms_for(item)
    forms = {
        kind: form(item, request.POST if kind == wanted else None, prefix=kind)
        for kind, form in kinds.items()
    }
    preview = None
    form = forms.get(wanted)
    if form and (form.is_valid() or form.only_asks()):
        try:
            if request.POST.get("step") == "save" and form.is_valid():
                if _save(request, item, wanted, form):
                    return HttpResponseRedirect(_address(item))
                messages.warning(
                    request, _("The page has changed since this preview. Check it, and save again.")
                )
            shown = _preview(item, wanted, form)
            preview = shown if form.is_valid() else None
        except BadInput as error:
            form.add_error(None, str(error))
    return render_with(request, "threads/correct.html", _context(item, forms, preview))


def address_of_correcting(item: Comment | UnsignedText) -> str:
    """Where an item is corrected."""
    kind = "comment" if isinstance(item, Comment) else "unsigned"
    return reverse("correct", args=[kind, item.pk])


def _item(kind: str, pk: int) -> Comment | UnsignedText:
    """With what the page shows of it. Raises Http404."""
    model = KINDS.get(kind)
    with_page = ("page__current_revision", "page__wiki", "revision", "section", "author")
    rows: Any = model._default_manager.select_related(*with_page) if model else None
    if model is Comment:
        rows = rows.select_related("parent__author")
    found = rows.filter(pk=pk).first() if model else None
    if found is None:
        raise Http404(_("There is no such comment."))
    return cast(Comment | UnsignedText, found)


def _context(
    item: Comment | UnsignedText,
    forms: dict[str, CorrectionForm],
    preview: CorrectionPreview | None,
) -> CorrectContext:
    page, corrections = item.page, corrections_of(item)
    return CorrectContext(
        item=item,
        page=page,
        wiki=page.wiki,
        zone=zone_of(page.wiki),
        address=_read_at(item),
        choices=[
            CorrectionChoice(kind, str(TITLES[Repair.Kind(kind)]), form)
            for kind, form in forms.items()
        ],
        preview=preview,
        in_effect=[each for each in corrections if each.lapse is None],
        lapsed=[each for each in corrections if each.lapse],
        names=known_names(item),
    )


def _read_at(item: Comment | UnsignedText) -> str:
    return address_of(item) if isinstance(item, Comment) else item.page.get_absolute_url()


def _address(item: Comment | UnsignedText) -> str:
    """This page again; the talk page, where the item has become another one."""
    is_there = type(item)._default_manager.filter(pk=item.pk).exists()
    return address_of_correcting(item) if is_there else item.page.get_absolute_url()


def _preview(item: Comment | UnsignedText, kind: str, form: CorrectionForm) -> CorrectionPreview:
    """Raises BadInput."""
    proposal = propose(item, kind, form.value())
    before, after = before_and_after(proposal.before, proposal.after)
    fields = [(field.html_name, str(form.data.get(field.html_name, ""))) for field in form]
    title = str(TITLES[Repair.Kind(kind)])
    sent = [("kind", kind), ("seen", _state_of(item.page)), *fields]
    return CorrectionPreview(title, sent, before, after)


def _state_of(page: TalkPage) -> str:
    """All that a preview depends on: the revision, and which corrections hold."""
    made = page.repairs.aggregate(last=Max("pk", default=0), undone=Count("undone_at"))
    return f"{page.current_revision_id}.{made['last']}.{made['undone']}"


def _save(
    request: HttpRequest, item: Comment | UnsignedText, kind: str, form: CorrectionForm
) -> bool:
    """False where the page is not as the editor has seen it any more. Raises BadInput."""
    user = cast(User, request.user)
    with transaction.atomic():
        state = _state_of(item.page)
        if request.POST.get("seen", state) != state:
            return False
        make_repair(item, kind, form.value(), note=form.cleaned_data["note"], user=user)
        note(request, Deed.REPAIRED, item)
    messages.success(request, _("The correction was saved."))
    return True


def _undo(request: HttpRequest, item: Comment | UnsignedText, number: str) -> None:
    known = {made.number for made in corrections_of(item)}
    if not (number.isdecimal() and len(number) < 19 and int(number) in known):
        return
    repair = Repair.objects.select_related("page__wiki", "page__current_revision").get(pk=number)
    undo(request, repair)
    messages.success(request, _("Correction undone. The page was parsed again."))


def undo(request: HttpRequest, repair: Repair) -> None:
    """Take a correction back, and note who did."""
    with transaction.atomic():
        undo_repair(repair, cast(User, request.user))
        note(request, Deed.UNDONE, repair)
