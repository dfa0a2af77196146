"""Pages of a copy on their way from what they show to HTML."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from threads.presentation.times.dates import direction_of_dates
from threads.site.files.addresses import up_from
from threads.templatetags.quick import GAP, quick_template, rows_in_pieces

from .slots import slot
from .words import Facts

LAYOUT = "copied/parts.html"  # what pages of the archive extend in a copy
SHELL = "copied/shell.html"
LANGUAGE, TOP, CURRENT = "language", "top", "current"
# What pages know of a language that they are still to be given.
ANY_LANGUAGE: Facts = {
    kind: lambda given, kind=kind: slot(kind, *given)  # type: ignore[misc]
    for kind in (LANGUAGE, TOP, CURRENT)
}


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


class Parts(NamedTuple):
    """HTML of a page without what is around it on all pages."""

    title: str
    crumbs: str
    licence: str
    main: str


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """The same page in a language of the user interface."""

    code: str
    name: str  # in the language itself
    address: str
    current: SafeString  # an attribute, if it is this page


@dataclass(frozen=True, slots=True)
class Copied:
    """What templates know of the copy: `copied` is there in no page of the archive."""

    language: str
    direction: str
    up: str  # from the page to the folder of its language
    top: str  # from the page to the copy's folder
    languages: Sequence[LanguageLink]


def folder_of_language(code: str, languages: Sequence[str]) -> str:
    """Where a copy has the pages of a language: those of the first are at the top."""
    return "" if code == languages[0] else f"{code}/"


def facts_of(language: str, languages: Sequence[str], up: str) -> Facts:
    """What pages know of their language, which is active, by the slots that it stands in."""
    top = up if language == languages[0] else f"../{up}"
    return {
        LANGUAGE: lambda given: language,
        TOP: lambda given: top,
        CURRENT: lambda given: ' aria-current="true"' if given == [language] else "",
    }


def copied(path: str, facts: Facts, languages: Sequence[str]) -> Copied:
    """In: a page's path in each language, and what it knows of its own."""
    up, top = up_from(path), facts[TOP]([])
    names = dict(settings.LANGUAGES)
    links = [
        LanguageLink(
            code,
            names[code],
            f"{top}{folder_of_language(code, languages)}{path}",
            mark_safe(facts[CURRENT]([code])),  # noqa: S308 (an attribute of ours, or a slot)
        )
        for code in languages
    ]
    return Copied(facts[LANGUAGE]([]), direction_of_dates(), up, top, links)


def parts_of(draft: Draft, around: Copied) -> Parts:
    """What is made for the page alone, its links still those of the archive."""
    variables = {**draft.variables, "copied": around, "layout": LAYOUT, "gap": GAP}
    if draft.is_quick:
        title, crumbs, main = quick_template(draft.template).render(variables).split(GAP)
        return Parts(title, crumbs, _licence(around.language), main)
    request = _request(draft.address)
    made = render_to_string(draft.template, variables, request)
    title, crumbs, licence, main = made.split(GAP, 3)
    before, _gap, after = main.partition(GAP)
    rows = rows_in_pieces(variables | {"request": request}) if draft.has_rows else ()
    return Parts(title, crumbs, licence, "".join([before, *rows, after]))


@lru_cache
def _licence(_language: str) -> str:
    """In: the code of the language that is active, or its slot."""
    return render_to_string("threads/_licence.html")


def html_of(parts: Parts, draft: Draft, around: Copied) -> str:
    """The whole page."""
    safe = {name: mark_safe(part.strip()) for name, part in parts._asdict().items()}  # noqa: S308
    return quick_template(SHELL).render({**safe, "copied": around, "script": draft.script})


def _request(address: str) -> HttpRequest:
    """What templates ask of a request: its query."""
    request = HttpRequest()
    request.method = "GET"
    request.path = request.path_info = address.partition("?")[0]
    request.GET = QueryDict(address.partition("?")[2])
    return request
