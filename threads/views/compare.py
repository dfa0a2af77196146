"""Two topics side by side: of one page or two, as they stand today or stood once."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from threads.http.contexts import render_with, variables_of
from threads.http.keeping import kept
from threads.http.limits import WHOLE, limited
from threads.http.parameters import parameters
from threads.models import TalkPage
from threads.presentation.finding import find_page
from threads.presentation.own_addresses import read_own
from threads.presentation.page.items import version_asked_for
from threads.presentation.page.panes import Pane, PaneWish, panes_of
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
    that its page does not have today.
    """
    given = parameters(request)
    left = find_page(dbname, name)
    beside, fragment = _read_address(given.get("with", ""), dbname)
    right, said = _beside(left, beside) if given.get("with", "").strip() else (left, "")
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


def _read_address(given: str, dbname: str) -> tuple[tuple[str, str] | None, str]:
    """The page that an address of the archive, or a title on the same wiki, names, and the id
    of the topic there, or ""."""
    own = read_own(given)
    if own is None:
        return ((dbname, given.strip()), "") if given.strip() else (None, "")
    if own.kind != "page":
        return None, ""
    return (own.named["dbname"], own.named["name"]), own.topic


def _beside(left: TalkPage, named: tuple[str, str] | None) -> tuple[TalkPage, str]:
    """The page of that wiki and title; or the left one, and a sentence where there is none."""
    try:
        found = find_page(*named) if named else None
    except Http404:
        found = None
    if found is None:
        return left, _(
            "That page is not in the archive. Enter the address or title of another page."
        )
    return (left if found.pk == left.pk else found), ""


def _html(request: HttpRequest, pane: Pane) -> SafeString:
    if pane.rows is None:
        return mark_safe("")
    pieces = rows_in_pieces(variables_of(pane.rows) | {"request": request})
    return mark_safe("".join(pieces))  # noqa: S308 (templates escape what is in it)
