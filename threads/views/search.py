"""What was found in comments, headings and titles."""

from dataclasses import dataclass
from datetime import tzinfo

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from threads.http.parameters import parameters
from threads.models import Comment, Wiki
from threads.presentation.dates import zone_of
from threads.presentation.people import Person
from threads.search import search as find
from threads.search.marking import Piece, excerpt

from .comments import address_of


@dataclass(frozen=True, slots=True)
class Hit:
    """A comment that was found, with what stands around the words."""

    comment: Comment
    person: Person
    pieces: list[Piece]
    address: str
    zone: tzinfo


def search(request: HttpRequest) -> HttpResponse:
    """`q` is what is looked for, `wiki` where, `order` "oldest" or not, `page` which page."""
    given = parameters(request)
    asked = given.get("q", "").strip()
    wikis = list(Wiki.objects.filter(pages__isnull=False).distinct())
    wiki = next((wiki for wiki in wikis if wiki.dbname == given.get("wiki")), None)
    oldest = given.get("order") == "oldest"
    results = find(asked, wiki=wiki, oldest=oldest, number=_number(given.get("page", "")))
    context = {
        "asked": asked,
        "wikis": wikis,
        "wiki_asked": wiki,
        "oldest": oldest,
        "results": results,
        "hits": [
            Hit(
                comment,
                Person.named(comment.author.name, comment.page.wiki.dbname),
                excerpt(comment.text, results.query),
                address_of(comment),
                zone_of(comment.page.wiki),
            )
            for comment in results.comments
        ],
        "before": _address(given, results.number - 1) if results.number > 1 else "",
        "after": _address(given, results.number + 1) if results.more else "",
    }
    return render(request, "threads/search.html", context)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def _address(asked: QueryDict, number: int) -> str:
    """The same search, another page of it."""
    other = asked.copy()
    other["page"] = str(number)
    return f"?{other.urlencode()}"
