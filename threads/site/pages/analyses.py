"""What is told in figures, of whatever has so many comments that figures tell more than these."""

from collections.abc import Iterator, Sequence
from functools import partial
from urllib.parse import quote

from django.db.models import Sum
from django.urls import reverse

from threads.http.contexts import variables_of
from threads.models import Author, Collection, Section, TalkPage
from threads.presentation.analysis.context import AnalysisContext
from threads.presentation.analysis.figures import figures_of
from threads.presentation.analysis.subjects import (
    Subject,
    author_subject,
    collection_subject,
    page_subject,
)
from threads.presentation.outcomes.shown import shows_decisions
from threads.site.files.addresses import file_of
from threads.site.files.scope import Scope

from .drafts import Draft, Unit

FEWEST = 5  # comments


def keys_of_pages(scope: Scope) -> Iterator[tuple[str, str]]:
    if scope.analyses:
        found = scope.pages().filter(comment_count__gte=FEWEST)
        for key, *place in found.values_list("pk", "wiki__dbname", "title").iterator():
            yield str(key), _path(reverse("page-analysis", args=place))


def analyses_of_pages(scope: Scope, keys: Sequence[str]) -> Iterator[Unit]:
    """Of whole talk pages."""
    found = TalkPage.objects.select_related("wiki").in_bulk(list(map(int, keys)))
    for page in found.values():
        address = reverse("page-analysis", args=[page.wiki.dbname, page.title])
        yield _unit(address, page_subject(page, None), wiki=page.wiki, talk_page=page)


def keys_of_topics(scope: Scope) -> Iterator[tuple[str, str]]:
    if scope.analyses:
        found = Section.objects.current().filter(
            page__in=scope.pages().order_by(),
            heading_level=Section.TOPIC_LEVEL,
            comment_count__gte=FEWEST,
        )
        rows = found.in_order().values_list("pk", "page__wiki__dbname", "page__title", "ident")
        for key, dbname, title, ident in rows.iterator():
            yield str(key), _path(_of_topic(dbname, title, ident))


def analyses_of_topics(scope: Scope, keys: Sequence[str]) -> Iterator[Unit]:
    """Of single topics."""
    found = Section.objects.select_related("page__wiki").in_bulk(list(map(int, keys)))
    for topic in found.values():
        page = topic.page
        address = _of_topic(page.wiki.dbname, page.title, topic.ident)
        subject = page_subject(page, topic)
        yield _unit(address, subject, wiki=page.wiki, talk_page=page, topic=topic)


def keys_of_authors(scope: Scope) -> Iterator[tuple[str, str]]:
    """Of a collection's authors, nothing is told of what they wrote elsewhere."""
    if scope.analyses and not scope.collection:
        found = scope.authors().annotate(total=Sum("months__comments")).filter(total__gte=FEWEST)
        for key, *place in found.values_list("pk", "wiki__dbname", "name").iterator():
            yield str(key), _path(reverse("author-analysis", args=place))


def analyses_of_authors(scope: Scope, keys: Sequence[str]) -> Iterator[Unit]:
    """Of what everybody wrote."""
    found = Author.objects.select_related("wiki").in_bulk(list(map(int, keys)))
    for author in found.values():
        address = reverse("author-analysis", args=[author.wiki.dbname, author.name])
        subject = author_subject(author, shows_decisions=shows_decisions(author.wiki))
        yield _unit(address, subject, wiki=author.wiki, author=author)


def keys_of_collections(scope: Scope) -> Iterator[tuple[str, str]]:
    if scope.analyses:
        for found in scope.collections():
            yield found.slug, _path(reverse("collection-analysis", args=[found.slug]))


def analyses_of_collections(scope: Scope, keys: Sequence[str]) -> Iterator[Unit]:
    """Of collections."""
    for found in Collection.objects.filter(slug__in=keys):
        address = reverse("collection-analysis", args=[found.slug])
        yield _unit(address, collection_subject(found), collection=found)


def _of_topic(dbname: str, title: str, ident: str) -> str:
    address = reverse("page-analysis", args=[dbname, title])
    return f"{address}?topic={quote(ident, safe='')}"


def _path(address: str) -> str:
    path = file_of(address)
    assert path, address
    return path


def _unit(address: str, subject: Subject, **what: object) -> Unit:
    return Unit(partial(_draft, address, subject, what))


def _draft(address: str, subject: Subject, what: dict[str, object]) -> Iterator[Draft]:
    context = AnalysisContext.of(subject, figures_of(subject), **what)
    yield Draft(
        path=_path(address),
        address=address,
        template="threads/analysis.html",
        variables=variables_of(context),
    )
