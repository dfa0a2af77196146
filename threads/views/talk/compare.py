"""Two topics side by side: of one page or two, as they stand today or stood once."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from threads.http.contexts import render_with, variables_of
from threads.http.keeping import kept
from threads.http.limits import WHOLE, limited
from threads.http.parameters import parameters
from threads.models import TalkPage
from threads.presentation.addresses.finding import find_page
from threads.presentation.page.items import version_asked_for
from threads.presentation.page.panes import Pane, PaneWish, panes_of
from threads.presentation.watching.adding import entry_at, entry_named
from threads.presentation.watching.entries import Kind
from threads.templatetags.quick import rows_in_pieces


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareContext:
    """What `compare.html` is given."""

    talk_page: TalkPage  # of the left pane
    panes: Sequence[tuple[Pane, SafeString]]  # with their rows as HTML
    topic: str  # the id of the left topic, or ""
    as_of: str  # the date of the left pane, or ""
    other: str  # the id of the right topic, or ""
    beside: str  # the address of another page that was given, or ""
    then: str  # the date of the right pane, or ""
    offered: Pane  # whose topics can be chosen for the right pane
    said: str  # why something that was asked for cannot be shown, or ""


@kept("topic", "as_of", "other", "with", "then")
@limited([("topic", WHOLE)])
def compare(request: HttpRequest, dbname: str, name: str) -> HttpResponse:
    """On the left the section `topic`, of today or `as_of` a date; on the right the section
    `other`, of the same page or of the one `with` that address, of today or of a date, `then`.

    Twelve queries at most, and for each pane that is not of today six more; three more for a title
    that its page does not have today, and nine for another way to name a page.
    """
    given = parameters(request)
    left = find_page(dbname, name)
    right, fragment, said = _beside(left, given.get("with", "").strip())
    wishes, not_had = _wishes(given, left, right, given.get("other", "") or fragment)
    panes = panes_of(wishes)
    context = CompareContext(
        talk_page=left,
        panes=[(pane, _html(request, pane)) for pane in panes],
        topic=given.get("topic", ""),
        as_of=given.get("as_of", ""),
        other=given.get("other", "") or fragment,
        beside=given.get("with", ""),
        then=given.get("then", ""),
        offered=panes[-1],
        said=said or not_had,
    )
    return render_with(request, "threads/compare.html", context)


def _wishes(
    given: QueryDict, left: TalkPage, right: TalkPage, other: str
) -> tuple[list[PaneWish], str]:
    """The panes that are wanted, and a sentence where a date cannot be had."""
    topic = given.get("topic", "")
    version, said = version_asked_for(left, given.get("as_of", ""))
    wishes = [PaneWish(left, topic, version)]
    then = given.get("then", "")
    if other or then or right is not left:
        version, not_had = version_asked_for(right, then)
        beside = other or (topic if right is left else "")
        wishes.append(PaneWish(right, beside, version))
        said = said or not_had
    return wishes, said


def _beside(left: TalkPage, text: str) -> tuple[TalkPage, str, str]:
    """The page that is named, the id of the topic there, or "", and a sentence where the page does
    not have it, or "". Or else the left page, "", and a sentence where that names none."""
    if not text:
        return left, "", ""
    page, ident, missing = _named(left, text)
    if page is None:
        said = _("That page is not in this archive. Enter the URL or title of another page.")
        return left, "", said
    right, said = (left if page.pk == left.pk else page), ""
    if missing and right is left:
        said = _("“%(topic)s” is not a topic on this page now.") % {"topic": missing}
    elif missing:
        said = _("“%(topic)s” is not a topic on “%(title)s” now. The whole page is shown.")
        said %= {"topic": missing, "title": page.title}
    return right, ident, said


def _named(left: TalkPage, text: str) -> tuple[TalkPage | None, str, str]:
    """A page of the archive, or None, with the id of a topic on it, or "", and the topic that it
    does not have, or ""."""
    if entry_at(text) is None:
        # A page of the same wiki goes before one of its name on another.
        with suppress(Http404):
            return find_page(left.wiki.dbname, text), "", ""
    with suppress(Http404):
        named = entry_named(text)
        if named and named.entry.kind in (Kind.PAGE, Kind.TOPIC):
            entry = named.entry
            return find_page(entry.dbname, entry.name), entry.ident, named.missing
    return None, "", ""


def _html(request: HttpRequest, pane: Pane) -> SafeString:
    if pane.rows is None:
        return mark_safe("")
    pieces = rows_in_pieces(variables_of(pane.rows) | {"request": request})
    return mark_safe("".join(pieces))  # noqa: S308 (templates escape what is in it)
