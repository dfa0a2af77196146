"""Pages of a copy that list: its front page, wikis, collections, decided topics."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC
from itertools import groupby
from urllib.parse import quote

from django.urls import reverse

from threads.models import Collection, CollectionPage, TitleBranch, Wiki
from threads.presentation.dates import zone_of
from threads.presentation.keyset import Slice
from threads.presentation.outcomes.places import DecisionPlace
from threads.presentation.outcomes.register import RegisterQuery, register_of
from threads.presentation.overview import archive_totals, shelves
from threads.presentation.subpages import first_fork, lines_below
from threads.presentation.title_paths import parts_of as parts_of_title

from .addresses import file_of
from .drafts import Draft
from .people import parts_of, people_of
from .scope import Scope

LATEST_SHOWN = 8
LINES = 500  # of a list on one page
EVERYTHING = 10**9


def home(scope: Scope) -> Iterator[Draft]:
    """The front page; of a part of an archive, with the shelves of what is copied alone."""
    shown = [shelf for shelf in shelves() if scope.wiki in ("", shelf.wiki.dbname)]
    totals = archive_totals(shown)
    latest = list(scope.comments().with_byline().newest_first()[:LATEST_SHOWN])
    variables = {
        "shelves": shown,
        "collections": scope.collections().with_totals(),
        "latest": [(comment, zone_of(comment.page.wiki)) for comment in latest],
        "totals": replace(totals, chart=None) if scope.wiki else totals,
    }
    yield Draft(path="index.html", address="/", template="threads/home.html", variables=variables)


def levels_of(wiki: Wiki) -> Iterator[str]:
    """What stands above others in a wiki's titles; first the top, which is ""."""
    above = TitleBranch.objects.filter(wiki=wiki).order_by("above").values_list("above", flat=True)
    yield ""
    yield from (each for each in above.distinct().iterator() if each)


class Level:
    """One level of a wiki's tree of titles. In: the wiki with its totals. Three queries at most."""

    def __init__(self, wiki: Wiki, under: str) -> None:
        lines = lines_below(wiki, under, "title", EVERYTHING)
        common = "" if under else first_fork(lines)
        if common:
            lines = lines_below(wiki, common, "title", EVERYTHING)
        self._lines = lines.rows
        self._address = address_of_level(wiki.dbname, under)
        self._variables = {
            "wiki": wiki,
            "zone": zone_of(wiki),
            "under": under,
            "common": common,
            "way": parts_of_title(under),
            "here": wiki.pages.filter(title=under).first() if under else None,
            "people": f"{people_of(wiki.dbname)}.html",
        }

    def drafts(self) -> Iterator[Draft]:
        """In parts, in the language that is active."""
        for number, part in parts_of(self._lines, LINES):
            variables = {**self._variables, "listing": part}
            yield _part(self._address, number, "threads/wiki.html", variables)


def address_of_level(dbname: str, under: str) -> str:
    """The address of a level of a wiki's tree; "" is the top."""
    address = reverse("wiki", args=[dbname])
    return f"{address}?under={quote(under, safe='')}" if under else address


def collection(found: Collection) -> Iterator[Draft]:
    """A collection's pages, in parts. In: with its totals."""
    shares = {share.wiki_id: share for share in found.shares.select_related("wiki")}
    entries = found.entries.select_related("page__wiki").defer("page__months")
    rows = sorted((each for each in entries if each.page.wiki_id in shares), key=place_of_entry)
    for number, part in parts_of(rows, LINES):
        by_wiki = groupby(part.rows, key=lambda entry: entry.page.wiki_id)
        variables = {
            "collection": found,
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


def place_of_entry(entry: CollectionPage) -> tuple[str, int, int, str]:
    """Where a page stands in a collection's list: by wiki, there in the editor's order."""
    wiki = entry.page.wiki
    return wiki.language, wiki.pk, entry.position, entry.page.title


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
