"""Every address of the reader that an archive has, for tests that ask for all of them."""

from collections.abc import Iterator
from urllib.parse import parse_qsl, quote, urlencode

from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import resolve, reverse

from threads.models import Author, Collection, Comment, FormerId, Section, TalkPage, Wiki

# What a page can be asked for, whatever stands on it.
WAYS = [
    {},
    {"whole": "1"},
    {"view": "time"},
    {"order": "newest", "more": "1"},
    {"words": "e", "from": "0001-01-01", "to": "9999-12-31"},
    {"as_of": "9999-12-31"},
    {"as_of": "0001-01-01"},
    {"place": "1"},
]
OF_WIKIS = ("wiki", "pages", "authors", "decisions")  # of the API
OF_PAGES = ("page", "revisions", "wikitext", "topics", "threads")  # the same
WATCHLISTS = ("watch", "watch_feed")


def with_query(address: str, **query: str) -> str:
    return f"{address}?{urlencode(query)}" if query else address


def answers(client: Client, address: str, language: str = "en") -> Iterator[HttpResponseBase]:
    """What a browser is answered; and HTMX, where that is said to be another answer."""
    headers = {"Accept-Language": language}
    answer = client.get(address, headers=headers)
    yield answer
    if "HX-Request" in answer.headers.get("Vary", ""):
        yield client.get(address, headers=headers | {"HX-Request": "true"})


def every_address() -> Iterator[str]:
    """Without those of assets, and of what is wrong."""
    yield "/"
    yield from (with_query("/search", q=words) for words in ("the", "e* -a", '"said"', "灯"))
    yield from (with_query("/search", q="after:2000", order=each) for each in ("oldest", "best"))
    for collection in Collection.objects.all():
        yield collection.get_absolute_url()
        yield reverse("collection-decisions", args=[collection.slug])
        yield reverse("collection-analysis", args=[collection.slug])
        for name in ("collection_feed", "collection_decisions_feed"):
            yield reverse(name, args=[collection.slug])
        yield reverse("api:collection", args=[collection.slug])
    yield from (reverse("feed"), with_query(reverse("search_feed"), q="the"))
    yield from (reverse(f"api:{name}") for name in ("openapi-view", "wikis", "comments"))
    yield with_query(reverse("api:search"), q="the")
    for wiki in Wiki.objects.all():
        yield from of_wiki(wiki)
    for page in TalkPage.objects.select_related("wiki"):
        yield from of_page(page)
    for author in Author.objects.select_related("wiki"):
        yield author.get_absolute_url()
        yield with_query(author.get_absolute_url(), order="time")
        named = [author.wiki.dbname, author.name]
        yield from (reverse(name, args=named) for name in ("author_feed", "api:author"))
        watched = {"author": "/".join(named), "person": author.name}
        yield from (with_query(reverse(name), **watched) for name in WATCHLISTS)
        analysis = reverse("author-analysis", args=named)
        yield from (analysis, with_query(analysis, format="csv", table="replies"))
    for comment in Comment.objects.with_context():
        yield from of_comment(comment)
    for former in FormerId.objects.all():
        yield reverse("comment", args=[former.ident])


def one_of_each() -> dict[tuple[str, ...], str]:
    """One address for every view and each choice of what can be asked there; by the view's
    name and those of the parameters."""
    found = {}
    for address in every_address():
        path, _mark, query = address.partition("?")
        names = [name for name, _value in parse_qsl(query)]
        found[str(resolve(path).view_name), *names] = address
    return found


def of_wiki(wiki: Wiki) -> Iterator[str]:
    tree = reverse("wiki", args=[wiki.dbname])
    since = reverse("since", args=[wiki.dbname])
    decisions = reverse("wiki-decisions", args=[wiki.dbname])
    yield from (decisions, with_query(decisions, source="template", by="Ada", year="2019"))
    yield from (tree, with_query(tree, q="a", sort="size"), with_query(tree, sort="activity"))
    yield from (reverse(f"api:{name}", args=[wiki.dbname]) for name in OF_WIKIS)
    for name in ("wiki_feed", "wiki_decisions_feed"):
        yield reverse(name, args=[wiki.dbname])
    days = ("0001-01-01", "2019-04-01", "9999-12-31")
    yield from (since, *(with_query(since, day=day) for day in days))


def of_page(page: TalkPage) -> Iterator[str]:
    here, named = page.get_absolute_url(), [page.wiki.dbname, page.title]
    yield from (with_query(here, **way) for way in WAYS)
    yield from (reverse(f"api:{name}", args=named) for name in OF_PAGES)
    yield from (reverse(name, args=named) for name in ("page_feed", "page_decisions_feed"))
    yield with_query(reverse("since", args=[page.wiki.dbname]), day="2019-04-01", title=page.title)
    yield reverse("page-decisions", args=[page.wiki.dbname, page.title])
    yield reverse("revisions", args=named)
    analysis = reverse("page-analysis", args=named)
    yield from (analysis, with_query(analysis, format="csv", table="months"))
    download = reverse("download", args=named)
    yield from (download, *(with_query(download, format=each) for each in ("csv", "html")))
    yield with_query(reverse("watch"), page="/".join(named), added="0")
    for section in Section.objects.current().filter(page=page):
        yield with_query(here, topic=section.ident)
        yield with_query(here, start=section.ident)
        yield with_query(reverse("watch"), topic=f"{'/'.join(named)}#{section.ident}")
        for name in ("page_feed", "page-analysis", "download", "api:threads"):
            yield with_query(reverse(name, args=named), topic=section.ident)


def of_comment(comment: Comment) -> Iterator[str]:
    dbname = comment.page.wiki.dbname
    for ident in (comment.ident, comment.name):
        yield from (reverse(name, args=[ident]) for name in ("comment", "api:comment"))
    for name in ("history", "reply", "cite", "preview"):
        yield reverse(name, args=[dbname, comment.ident])
    cite = reverse("cite", args=[dbname, comment.ident])
    yield from (with_query(cite, format=each) for each in ("bibtex", "csl"))
    here = comment.page.get_absolute_url()
    yield f"{here}?comment={quote(comment.ident, safe='')}"
    yield with_query(here, person=comment.author.name, author=comment.author.name)
