"""What was found in comments, headings and titles."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo

from django.http import HttpRequest, HttpResponse, QueryDict

from threads.http.contexts import render_with
from threads.http.parameters import parameters
from threads.models import Comment, Wiki
from threads.presentation.comment.permalinks import address_of
from threads.presentation.dates import zone_of
from threads.presentation.people import Person
from threads.search import Results
from threads.search import search as find
from threads.search.marking import Piece, excerpt


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A comment that was found, with what stands around the words."""

    comment: Comment
    person: Person
    pieces: list[Piece]
    address: str
    zone: tzinfo


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchContext:
    """What `search.html` is given."""

    words: str  # what is looked for
    wikis: Sequence[Wiki]  # that can be chosen
    wiki_asked: Wiki | None  # the one that is chosen; None for all
    oldest: bool  # the oldest comments come first
    results: Results  # what was found, of every kind
    hits: Sequence[SearchHit]  # the comments of this page of the results
    before: str  # the address of the page of results before this one, or ""
    after: str  # and of the one after it


def search(request: HttpRequest) -> HttpResponse:
    """`q` is what is looked for, `wiki` where, `order` "oldest" or not, `page` which page."""
    given = parameters(request)
    words = given.get("q", "").strip()
    wikis = list(Wiki.objects.filter(pages__isnull=False).distinct())
    wiki = next((wiki for wiki in wikis if wiki.dbname == given.get("wiki")), None)
    oldest = given.get("order") == "oldest"
    results = find(words, wiki=wiki, oldest=oldest, number=_number(given.get("page", "")))
    context = SearchContext(
        words=words,
        wikis=wikis,
        wiki_asked=wiki,
        oldest=oldest,
        results=results,
        hits=[
            SearchHit(
                comment,
                Person.named(comment.author.name, comment.page.wiki.dbname),
                excerpt(comment.text, results.terms),
                address_of(comment),
                zone_of(comment.page.wiki),
            )
            for comment in results.comments
        ],
        before=_address(given, results.number - 1) if results.number > 1 else "",
        after=_address(given, results.number + 1) if results.more else "",
    )
    return render_with(request, "threads/search.html", context)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def _address(query: QueryDict, number: int) -> str:
    """The same search, another page of it."""
    other = query.copy()
    other["page"] = str(number)
    return f"?{other.urlencode()}"
