"""Addresses of wikis, their pages and authors."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from ninja import Router

from threads.http.canonical import root_of
from threads.models import Author, TalkPage, Wiki
from threads.models.wiki.pages import TalkPageQuerySet
from threads.presentation.addresses.finding import find_author, find_wiki

from .reading import After, Limit, listed, reads
from .schemas import Authors, OneAuthor, Pages, WikiAnswer, Wikis

router = Router(tags=["Wikis"])


@reads(router, "/wikis", Wikis)
def wikis(request: HttpRequest) -> dict[str, Any]:
    """List wikis that have pages in the archive."""
    root = root_of(request)
    return {"wikis": [_wiki(wiki, root) for wiki in Wiki.objects.with_totals()]}


@reads(router, "/wikis/{slug:wiki}", WikiAnswer)
def wiki(request: HttpRequest, wiki: str) -> dict[str, Any]:
    """Get a wiki."""
    return _wiki(find_wiki(wiki, Wiki.objects.with_totals()), root_of(request))


@reads(router, "/wikis/{slug:wiki}/pages", Pages)
def pages(
    request: HttpRequest,
    wiki: str,
    after: After,
    limit: Limit,
) -> dict[str, Any]:
    """List pages of a wiki in the order of their titles."""
    found = find_wiki(wiki)
    rows: TalkPageQuerySet = TalkPage.objects.as_listed().select_related("current_revision")
    rows = rows.defer("months", "current_revision__compressed", "current_revision__problems")
    rows = rows.filter(wiki=found, title__gt=after).order_by("title")
    root = root_of(request)
    return listed("pages", rows, limit, "title", lambda page: page_answer(page, root))


@reads(router, "/wikis/{slug:wiki}/authors", Authors)
def authors(request: HttpRequest, wiki: str, after: After, limit: Limit) -> dict[str, Any]:
    """List authors of a wiki in the order of their names."""
    found = find_wiki(wiki)
    rows: QuerySet[Author] = Author.objects.select_related("wiki")
    rows = rows.filter(wiki=found, name__gt=after).order_by("name")
    root = root_of(request)
    return listed("authors", rows, limit, "name", lambda author: _author(author, root))


@reads(router, "/wikis/{slug:wiki}/author/{title:name}", OneAuthor)
def author(request: HttpRequest, wiki: str, name: str) -> dict[str, Any]:
    """Get an author of a wiki, with the number of their comments in each month."""
    found = find_author(wiki, name)
    months = dict(found.months.order_by("month").values_list("month", "comments"))
    return _author(found, root_of(request)) | {
        "comments": sum(months.values()),
        "months": months,
    }


def page_answer(page: TalkPage, root: str) -> dict[str, Any]:
    """In: a page with its wiki and current revision."""
    return {
        "wiki": page.wiki.dbname,
        "pageid": page.number,
        "title": page.title,
        "revid": page.current_revision.number if page.current_revision else None,
        "comments": page.comment_count,
        "topics": page.topic_count,
        "first_comment": page.first_comment_at,
        "last_comment": page.last_comment_at,
        "url": root + page.get_absolute_url(),
        "canonicalurl": page.url_on_wiki or None,
    }


def _wiki(wiki: Wiki, root: str) -> dict[str, Any]:
    """In: a wiki with its totals."""
    return {
        "dbname": wiki.dbname,
        "sitename": str(wiki),
        "lang": wiki.language,
        "timezone": wiki.timezone,
        "server": wiki.server,
        "articlepath": wiki.article_path,
        "pages": wiki.totals.pages,
        "comments": wiki.totals.comments,
        "authors": wiki.totals.people,
        "url": root + reverse("wiki", args=[wiki.dbname]),
    }


def _author(author: Author, root: str) -> dict[str, Any]:
    return {
        "wiki": author.wiki.dbname,
        "name": author.name,
        "url": root + author.get_absolute_url(),
        "canonicalurl": author.wiki.url_for(f"User:{author.name}") or None,
    }
