"""What everybody wrote: a page for each author, made for many at once."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple, TypeVar
from urllib.parse import quote

from django.db.models import Q
from django.db.models.functions import Left
from django.urls import reverse
from django.utils.translation import get_language

from threads.models import Author, Wiki
from threads.models.discussion.dating import is_ahead, latest_of
from threads.presentation.addresses.patterns import AddressPattern
from threads.presentation.keyset import Slice
from threads.presentation.people.speakers import hue
from threads.presentation.times.dates import zone_of
from threads.site.files.addresses import FILES
from threads.site.files.names import folder_of, numbered
from threads.site.files.scope import Scope

from .analyses import FEWEST
from .clock import CopiedClock
from .drafts import Draft, Unit
from .slots import are_used
from .states import state_of

Row = TypeVar("Row")

COMMENTS_A_PART = 200
NAMES_A_PART = 500
BEGINNING = 240  # characters of a text that are shown: the whole is on its page


class Said(NamedTuple):
    """A comment, or an unsigned text, as its author's page tells of it."""

    author: int  # primary key
    title: str  # of the page
    fragment: str  # where it stands there
    heading: str  # of the section around it
    text: str  # the beginning
    timestamp: datetime | None  # None for unsigned text
    zone_assumed: bool = False
    is_day_alone: bool = False

    @property
    def beginning(self) -> str:
        """Whole words of it."""
        if len(self.text) <= BEGINNING:
            return self.text
        cut = self.text[:BEGINNING]
        return f"{cut.rpartition(' ')[0] or cut}…"


def said_by(scope: Scope, keys: Sequence[int]) -> dict[int, list[Said]]:
    """What these authors wrote: their pages by the newest comment, there the newest first; what
    is dated in the future behind that, and what has no date last. Two queries."""
    theirs = Q(author__in=keys)
    beginning = Left("text", BEGINNING + 1)
    comments = scope.comments().filter(theirs).order_by("author_id", "page_id", "position")
    found = [
        Said(author, title, quote(ident), heading, text, when, assumed, precision == "day")
        for author, title, ident, heading, text, when, assumed, precision in comments.values_list(
            "author_id",
            "page__title",
            "ident",
            "section__heading",
            beginning,
            "timestamp",
            "zone_assumed",
            "precision",
        )
    ]
    texts = scope.unsigned().filter(theirs).order_by("author_id", "page_id", "position")
    undated = [
        Said(author, title, quote(ident), heading, text, None)
        for author, title, ident, heading, text in texts.values_list(
            "author_id", "page__title", "section__ident", "section__heading", beginning
        )
    ]
    said: dict[int, list[Said]] = {key: [] for key in keys}
    for author, rows in groupby(found, key=attrgetter("author")):
        pages = [list(page) for _title, page in groupby(rows, key=attrgetter("title"))]
        for page in pages:
            page.sort(key=_newest)
        pages.sort(key=lambda page: _newest(page[0]))
        said[author] += [each for page in pages for each in page]
    for each in undated:
        said[each.author].append(each)
    return said


def _newest(said: Said) -> tuple[bool, float, str, str]:
    assert said.timestamp
    return is_ahead(said.timestamp), -said.timestamp.timestamp(), said.title, said.fragment


class People:
    """The pages of some authors of one wiki."""

    def __init__(self, scope: Scope, wiki: Wiki, authors: Sequence[Author]) -> None:
        self._wiki = wiki
        self._authors = authors
        self._said = said_by(scope, [author.pk for author in authors])
        self._address = reverse("wiki", args=[wiki.dbname])
        self._of_authors = AddressPattern("author", "title", wiki.dbname)
        self._of_pages = AddressPattern("page", "title", wiki.dbname)
        self._of_analyses = AddressPattern("author-analysis", "title", wiki.dbname)
        self._has_analyses = scope.analyses and not scope.collection
        self._clocks: dict[str, CopiedClock] = {}  # by language

    def units(self) -> Iterator[Unit]:
        """The pages of each."""
        of_wiki = state_of(self._wiki)
        for author in self._authors:
            said = self._said[author.pk]
            stem = FILES["author"](self._wiki.dbname, author.name)
            parts = list(parts_of(said, COMMENTS_A_PART))
            yield Unit(
                partial(self._drafts, author, said, stem, parts),
                [numbered(stem, number) for number, _rows in parts],
                partial(state_of, given=(author.name, of_wiki, [tuple(each) for each in said])),
            )

    def _drafts(
        self, author: Author, said: list[Said], stem: str, parts: list[tuple[int, Slice[Said]]]
    ) -> Iterator[Draft]:
        """What somebody wrote, in parts, in the language that is active."""
        language = "" if are_used() else get_language()
        clock = self._clocks.setdefault(language, CopiedClock(zone_of(self._wiki)))
        times = [each.timestamp for each in said if each.timestamp]
        is_analyzed = self._has_analyses and len(times) >= FEWEST
        for number, rows in parts:
            variables = {
                "author": author,
                "hue": hue(author.name),
                "wiki": self._wiki,
                "url_on_wiki": self._wiki.url_for(f"User:{author.name}"),
                "clock": clock,
                "wiki_address": self._address,
                "people": f"{people_of(self._wiki.dbname)}.html",
                "addresses": self._of_pages,
                "count": len(times),
                "times": (min(times), latest_of(times) or min(times)) if times else (),
                "analysis": self._of_analyses.of(author.name) if is_analyzed else "",
                "pages": [
                    (title, list(theirs))
                    for title, theirs in groupby(rows.rows, key=attrgetter("title"))
                ],
                "before": neighbor(stem, rows.before),
                "after": neighbor(stem, rows.after),
            }
            yield Draft(
                path=numbered(stem, number),
                address=self._of_authors.of(author.name),
                template="copied/author.html",
                variables=variables,
                is_quick=True,
            )


def names_of(scope: Scope, wiki: Wiki) -> Iterator[Draft]:
    """The list of a wiki's authors, in parts."""
    authors = scope.authors().filter(wiki=wiki).values_list("name", flat=True)
    addresses = AddressPattern("author", "title", wiki.dbname)
    names = sorted(authors, key=lambda name: (name.casefold(), name))
    stem = people_of(wiki.dbname)
    for number, part in parts_of(names, NAMES_A_PART):
        people: list[tuple[str, str]] = [(name, addresses.of(name)) for name in part.rows]
        yield Draft(
            path=numbered(stem, number),
            template="copied/people.html",
            variables={
                "wiki": wiki,
                "people": people,
                "wiki_address": reverse("wiki", args=[wiki.dbname]),
                "before": neighbor(stem, part.before),
                "after": neighbor(stem, part.after),
            },
            is_quick=True,
        )


def people_of(dbname: str) -> str:
    """Where the list of a wiki's authors is, without its extension."""
    return f"people/{folder_of(dbname)}/index"


def neighbor(stem: str, number: str) -> str:
    """The file beside another part of the same list, as a link in its folder; "" for none."""
    return numbered(stem.rpartition("/")[2], int(number)) if number else ""


def parts_of(rows: Sequence[Row], size: int) -> Iterator[tuple[int, Slice[Row]]]:
    """A list in parts with their numbers, from 1; each knows those beside it as `Slice` does."""
    count = max(1, -(-len(rows) // size))
    for number in range(1, count + 1):
        before = str(number - 1) if number > 1 else ""
        after = str(number + 1) if number < count else ""
        yield number, Slice(rows[(number - 1) * size : number * size], before, after)
