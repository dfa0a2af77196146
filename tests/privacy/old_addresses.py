"""Every address that has a name in it, for tests that ask for it when that is another one."""

from collections.abc import Iterator
from urllib.parse import quote

from django.urls import reverse

from tests.views.everything import with_query
from threads.models import Author, Comment, FormerId, Section, TalkPage

COMMENTS = 2  # of somebody's, whose addresses are given


def addresses_of(name: str) -> Iterator[str]:
    """Everything that can be asked for by somebody's name, before it is changed."""
    known = ["lanternwiki", name]
    yield Author.objects.get(name=name).get_absolute_url()
    yield from (reverse(each, args=known) for each in ("author_feed", "author-analysis"))
    yield from (reverse("api:author", args=known), reverse("person", args=[name]))
    for where in ("search", "search_feed", "api:search"):
        yield with_query(reverse(where), q=f'author:"{name}"')
    for asked in (f'page:"User talk:{name}"', f'topic:"What {name} asked"'):
        yield with_query(reverse("search"), q=asked)
    yield with_query(reverse("api:comments"), wiki="lanternwiki", author=name)
    for where in ("watch", "watch_feed"):
        yield with_query(reverse(where), author=f"lanternwiki/{name}")
        yield with_query(reverse(where), person=name)
    for page in TalkPage.objects.filter(title__contains=name).select_related("wiki"):
        yield from places_of(page)
    for section in Section.objects.current().filter(ident__contains=name.replace(" ", "_")):
        yield from addresses_of_topic(section)
    theirs = Comment.objects.current().filter(author__name=name).select_related("page__wiki")
    for comment in theirs.order_by("pk")[:COMMENTS]:
        yield from addresses_of_comment(comment, name)


def places_of(page: TalkPage) -> Iterator[str]:
    named = [page.wiki.dbname, page.title]
    yield page.get_absolute_url()
    yield from (
        reverse(each, args=named)
        for each in ("page_feed", "page-analysis", "revisions", "api:page")
    )
    yield with_query(reverse("watch"), page="/".join(named))


def addresses_of_topic(section: Section) -> Iterator[str]:
    page = TalkPage.objects.select_related("wiki").get(pk=section.page_id)
    named = [page.wiki.dbname, page.title]
    for where in ("page", "page_feed", "page-analysis", "api:threads"):
        yield with_query(reverse(where, args=named), topic=section.ident)
    yield with_query(page.get_absolute_url(), start=section.ident)
    yield with_query(reverse("watch"), topic=f"{named[0]}/{named[1]}#{section.ident}")


def addresses_of_comment(comment: Comment, name: str) -> Iterator[str]:
    here = comment.page.get_absolute_url()
    for ident in (comment.ident, comment.name):
        yield from (reverse(each, args=[ident]) for each in ("comment", "api:comment"))
        yield with_query(here, at=ident)
        yield with_query(here, comment=ident)
        yield with_query("/search", q=f"#{ident}")
        link = f"https://lantern.example/wiki/Talk:Plan#{ident}"
        yield with_query(reverse("api:permalink"), url=link)
    for where in ("history", "reply", "cite", "preview"):
        yield reverse(where, args=["lanternwiki", comment.ident])
    yield from (with_query(here, **{each: name}) for each in ("author", "person"))


def permalinks() -> Iterator[str]:
    """Everything by which comments and pages can be linked to."""
    yield from (page.get_absolute_url() for page in TalkPage.objects.select_related("wiki"))
    for comment in Comment.objects.current().select_related("page__wiki"):
        yield f"/comment/{quote(comment.ident)}"
        yield f"/comment/{quote(comment.name)}"
        yield f"/history/{comment.page.wiki.dbname}/{quote(comment.ident)}"
    yield from (f"/comment/{quote(former.ident)}" for former in FormerId.objects.all())
