"""Pages of a copy that list: its front page, wikis, collections, decided topics."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple
from urllib.parse import quote

from django.urls import reverse

from threads.models import Collection, TalkPage, TitleBranch, Wiki
from threads.presentation.archive.overview import archive_totals, shelves
from threads.presentation.archive.subpages import TitleLine, first_fork
from threads.presentation.archive.title_paths import parts_of as parts_of_title
from threads.presentation.keyset import Slice
from threads.presentation.outcomes.places import DecisionPlace
from threads.presentation.outcomes.register import RegisterQuery, register_of
from threads.presentation.times.dates import zone_of, zone_together
from threads.site.files.addresses import file_of
from threads.site.files.scope import Scope

from .drafts import Draft
from .people import parts_of, people_of

LATEST_SHOWN = 8
LINES = 500  # of a list on one page


def home(scope: Scope) -> Iterator[Draft]:
    """The front page; of a part of an archive, with the shelves of what is copied alone."""
    shown = [shelf for shelf in shelves() if scope.wiki in ("", shelf.wiki.dbname)]
    totals = archive_totals(shown)
    latest = list(scope.comments().dated_by_now().with_byline().newest_first()[:LATEST_SHOWN])
    variables = {
        "shelves": shown,
        "collections": scope.collections().with_totals(),
        "latest": latest,
        "latest_zone": zone_together(comment.page.wiki for comment in latest),
        "totals": replace(totals, chart=None) if scope.wiki else totals,
    }
    yield Draft(path="index.html", address="/", template="threads/home.html", variables=variables)


def levels_of(wiki: Wiki) -> Iterator[str]:
    """What stands above others in a wiki's titles; first the top, which is ""."""
    above = TitleBranch.objects.filter(wiki=wiki).order_by("above").values_list("above", flat=True)
    yield ""
    yield from (each for each in above.distinct().iterator() if each)


class Level(NamedTuple):
    """One level of a wiki's tree of titles."""

    wiki: Wiki  # with its totals
    under: str  # what stands above it; "" for the top
    common: str  # what all titles of the top begin with, where it is shown without that
    here: TalkPage | None  # the page that is called as what stands above
    lines: list[TitleLine]


def tree_of(wiki: Wiki, unders: Sequence[str]) -> list[Level]:
    """Some levels of a wiki's tree. In: the wiki with its totals, and what stands above them.
    Three queries."""
    pages = {page.title: page for page in wiki.pages.filter(title__in=unders).defer("months")}
    lines = _lines_below(wiki, unders)
    top = Slice(lines.get("", []), "", "")
    if common := first_fork(top):
        lines[""] = _lines_below(wiki, [common])[common]
    return [
        Level(wiki, under, "" if under else common, pages.get(under), lines.get(under, []))
        for under in unders
    ]


def _lines_below(wiki: Wiki, unders: Sequence[str]) -> dict[str, list[TitleLine]]:
    """What stands right below each of these, by title. One query."""
    lines: dict[str, list[TitleLine]] = {}
    below = TitleBranch.objects.filter(wiki=wiki, above__in=unders)
    for branch in below.order_by("sort_key", "id"):
        lines.setdefault(branch.above, []).append(TitleLine.of(branch))
    return lines


def levels(some: Sequence[Level]) -> Iterator[Draft]:
    """Levels of one wiki, each in parts, in the language that is active."""
    for level in some:
        address = address_of_level(level.wiki.dbname, level.under)
        for number, part in parts_of(level.lines, LINES):
            variables = {
                "wiki": level.wiki,
                "zone": zone_of(level.wiki),
                "under": level.under,
                "common": level.common,
                "way": parts_of_title(level.under),
                "here": level.here,
                "people": f"{people_of(level.wiki.dbname)}.html",
                "listing": part,
            }
            yield _part(address, number, "threads/wiki.html", variables)


def address_of_level(dbname: str, under: str) -> str:
    """The address of a level of a wiki's tree; "" is the top."""
    address = reverse("wiki", args=[dbname])
    return f"{address}?under={quote(under, safe='')}" if under else address


def collection(scope: Scope, found: Collection) -> Iterator[Draft]:
    """A collection's pages, in parts. In: with its totals."""
    shares = {share.wiki_id: share for share in found.shares.select_related("wiki")}
    entries = found.entries.select_related("page__wiki").defer("page__months")
    rows = sorted(
        (each for each in entries if each.page.wiki_id in shares), key=attrgetter("place")
    )
    for number, part in parts_of(rows, LINES):
        by_wiki = groupby(part.rows, key=lambda entry: entry.page.wiki_id)
        variables = {
            "collection": found,
            "is_analyzed": scope.analyses,
            "utc": UTC,
            "languages": len({share.wiki.language for share in shares.values()}),
            "shares": [
                {
                    "share": shares[wiki],
                    "zone": zone_of(shares[wiki].wiki),
                    "pages": [entry.page for entry in theirs],
                }
                for wiki, theirs in by_wiki
            ],
            "listing": part,
        }
        yield _part(found.get_absolute_url(), number, "threads/collection.html", variables)


def decisions(place: DecisionPlace) -> Iterator[Draft]:
    """A register of decided topics, in parts."""
    number, after = 1, None
    while number == 1 or after:
        register = register_of(place.topics, RegisterQuery(), after=after)
        after = int(register.listing.after or 0)
        before = str(number - 1) if number > 1 else ""
        listing = Slice(register.listing.rows, before, str(number + 1) if after else "")
        variables = {
            "place": place,
            "query": RegisterQuery(),
            "register": replace(register, listing=listing),
            "utc": UTC,
        }
        yield _part(place.address, number, "threads/decisions.html", variables)
        number += 1


def _part(address: str, number: int, template: str, variables: dict[str, object]) -> Draft:
    asked = "&" if "?" in address else "?"
    path = file_of(f"{address}{asked}after={number}")
    assert path, address
    return Draft(path=path, address=address, template=template, variables=variables)
