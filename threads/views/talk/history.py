"""What the archive knows of one comment: its places, and each version of its text."""

from dataclasses import dataclass
from datetime import tzinfo

from django.http import HttpRequest, HttpResponse

from threads.http.contexts import render_with
from threads.http.keeping import kept
from threads.models import Comment, Wiki
from threads.models.discussion.comments import CommentQuerySet
from threads.presentation.comment.history import PlaceHistory, histories_of
from threads.presentation.comment.permalinks import known_as, unknown
from threads.presentation.people.speakers import Person
from threads.presentation.texts.links import resolve_links
from threads.presentation.times.dates import zone_of


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryContext:
    """What `history.html` is given."""

    comment: Comment  # whose history it is
    person: Person  # who signed it
    wiki: Wiki  # that it stands on
    zone: tzinfo  # the wiki's
    places: list[PlaceHistory]  # those where it stands first
    history_url: str  # of the page on the wiki, or ""


@kept()
def history(request: HttpRequest, dbname: str, ident: str) -> HttpResponse:
    """A comment's places on a wiki, those where it stands first, each with what happened there."""

    def read(found: CommentQuerySet) -> Comment | None:
        return found.with_context().order_by("-is_current", "page__title").first()

    subject = known_as(ident, dbname, read)
    if subject is None:
        raise unknown(ident)
    wiki = subject.page.wiki
    resolve_links(wiki, [subject])
    context = HistoryContext(
        comment=subject,
        person=Person.named(subject.author.name, wiki.dbname),
        wiki=wiki,
        zone=zone_of(wiki),
        places=histories_of([subject], wiki)[0],
        history_url=wiki.history_url_for(subject.page.title),
    )
    return render_with(request, "threads/history.html", context)
