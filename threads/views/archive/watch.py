"""What a reader watches, by the list in the address."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, tzinfo

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.vary import vary_on_headers

from threads.http.contexts import render_with
from threads.http.keeping import tagged
from threads.http.parameters import number_in, parameters
from threads.models import Comment, Section
from threads.presentation.people.speakers import Person
from threads.presentation.streams.parts import UnknownKey, comments_of
from threads.presentation.watching.adding import Addition, with_named
from threads.presentation.watching.comments import watched_by
from threads.presentation.watching.entries import MOST_ENTRIES, Watchlist, query_of
from threads.presentation.watching.finding import Watched

COMMENTS_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class WatchedComment:
    """A comment with what stands beside it."""

    comment: Comment
    person: Person  # who signed it
    watched_by: str  # the entries that it is watched by, as behind the “?” of an address


@dataclass(frozen=True, slots=True)
class WatchedTopic:
    """A section with those of its comments that are shown, in their order."""

    section: Section  # with its page and wiki
    said: Sequence[WatchedComment]


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchContext:
    """What `watch.html` and `_watched.html` are given."""

    lines: Sequence[tuple[Watched, str]]  # what is watched, with the list's query without it
    watchlist: Watchlist
    topics: Sequence[WatchedTopic]  # the one with the newest comment, or what came last, first
    after: str  # the key of the comments after these; "" where there are none
    is_first: bool  # these are the newest ones
    by_arrival: bool  # what was added is shown, what came last first
    latest_key: int  # of the comment that came last into the archive
    utc: tzinfo  # in which times of several wikis are told
    most: int  # entries of a list
    refused: str  # why an address was not added, or ""
    offered: str  # the query of the list with the whole page instead, or ""
    given: str  # that address


@vary_on_headers("HX-Request")
@tagged
def watch(request: HttpRequest) -> HttpResponse:
    """What a list's entries are, and what was said there, by topic; HTMX gets the latter alone.

    With `add`, an address of the archive, what it leads to is added to the list. `added` is the
    number of a comment: only what came into the archive after it is shown, whenever it was signed.
    `after` leads to further comments.
    Eight queries at most, whatever is watched; nine more for what is added.
    """
    given = parameters(request)
    watchlist = Watchlist.of(given)
    added, addition = given.get("add", "").strip(), Addition(watchlist)
    if added:
        addition = with_named(watchlist, added)
        if not addition.refused:
            return HttpResponseRedirect(f"{reverse('watch')}?{addition.watchlist.query}")
    after = given.get("after", "")
    latest_key = Comment.objects.latest_key()  # before them: what comes meanwhile is new
    stream = watched_by(watchlist, number_in(given.get("added", "")))
    try:
        part = stream.part(after, COMMENTS_A_PAGE)
    except UnknownKey:
        raise Http404(_("This part of the list does not exist.")) from None
    context = WatchContext(
        lines=[(each, watchlist.without(each.entry).query) for each in stream.watched],
        watchlist=watchlist,
        topics=_by_topic(comments_of(part), stream.watched),
        after=part.following,
        is_first=not after,
        by_arrival=stream.added is not None,
        latest_key=latest_key,
        utc=UTC,
        most=MOST_ENTRIES,
        refused=addition.refused,
        offered=addition.offered.query if addition.offered else "",
        given=added,
    )
    is_fragment = bool(request.headers.get("HX-Request"))
    return render_with(
        request, "threads/_watched.html" if is_fragment else "threads/watch.html", context
    )


def _by_topic(comments: Sequence[Comment], watched: Sequence[Watched]) -> list[WatchedTopic]:
    """In: comments, in the order in which they are to be shown."""
    by_section: dict[int, list[WatchedComment]] = {}
    for comment in comments:
        comment.section.page = comment.page
        person = Person.named(comment.author.name, comment.page.wiki.dbname)
        entries = [each.entry for each in watched if each.has(comment)]
        shown = WatchedComment(comment, person, query_of(entries))
        by_section.setdefault(comment.section_id, []).append(shown)
    return [WatchedTopic(said[0].comment.section, said) for said in by_section.values()]
