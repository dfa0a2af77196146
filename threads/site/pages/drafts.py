"""Pages of a copy on their way from what they show to HTML."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, QueryDict
from django.template.loader import render_to_string
from django.utils.translation import get_language

from threads.templatetags.quick import GAP, quick_template, rows_in_pieces

from .shells import Parts
from .slots import are_used

LAYOUT = "copied/parts.html"  # what pages of the archive extend in a copy


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A page of a copy in the language that is active."""

    path: str  # in the folder of each language
    address: str = ""  # in the archive; "" for what only copies have
    template: str  # Django's, which extends `layout`; or, if it `is_quick`, Jinja2's
    variables: Mapping[str, Any] = field(default_factory=dict)
    has_rows: bool = False  # rows of a talk page stand in its gap
    is_quick: bool = False
    script: str = ""  # the name of one that the page alone needs


# Makes drafts in the language that is active; what costs queries is done before, once for all.
InALanguage = Callable[[], Iterator[Draft]]


@dataclass(frozen=True, slots=True)
class Unit:
    """Pages that are made together.

    Where an earlier copy may have them: their paths, and what they are made of, as `state_of`
    tells; "" where that cannot be told without making them.
    """

    drafts: InALanguage
    paths: Sequence[str] = ()
    state: Callable[[], str] = str


@dataclass(frozen=True, slots=True)
class Copied:
    """What templates know of the copy: `copied` is there in no page of the archive."""

    up: str  # from the page to the folder of its language
    top: str = ""  # from the page to the copy's folder; of pages that are made in each language


def parts_of(draft: Draft, around: Copied) -> Parts:
    """What is made for the page alone, its links still those of the archive."""
    variables = {**draft.variables, "copied": around, "layout": LAYOUT, "gap": GAP}
    if draft.is_quick:
        title, crumbs, main = quick_template(draft.template).render(variables).split(GAP)
        return Parts(title, crumbs, _licence(), main)
    request = _request(draft.address)
    made = render_to_string(draft.template, variables, request)
    title, crumbs, licence, main = made.split(GAP, 3)
    before, _gap, after = main.partition(GAP)
    rows = rows_in_pieces(variables | {"request": request}) if draft.has_rows else ()
    return Parts(title, crumbs, licence, "".join([before, *rows, after]))


def _licence() -> str:
    return _licence_in("" if are_used() else get_language())


@lru_cache
def _licence_in(_language: str) -> str:
    """In: the code of the language that is active, or "" where slots are."""
    return render_to_string("threads/_licence.html")


def _request(address: str) -> HttpRequest:
    """What templates ask of a request: its query."""
    request = HttpRequest()
    request.method = "GET"
    request.path = request.path_info = address.partition("?")[0]
    request.GET = QueryDict(address.partition("?")[2])
    return request
