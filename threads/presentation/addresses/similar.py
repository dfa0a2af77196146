"""What is called nearly like something that is not in the archive."""

from itertools import chain, islice

from threads.models import Author, TalkPage, Wiki
from threads.search.index.names import Kind, find_names
from threads.search.query.nearest import nearest_rows

MOST = 5


def suggested_pages(title: str, dbname: str) -> list[TalkPage]:
    """Pages with a title like this, those that are likeliest meant first.

    The same title on other wikis, titles with another spelling, titles with the words of its
    last part. At most seven queries, whatever there is.
    """
    title = ":".join(part[:1].upper() + part[1:] for part in title.split(":", 1))  # as wikis do
    pages = TalkPage.objects.select_related("wiki")
    wiki = Wiki.objects.filter(dbname=dbname).first()
    same = pages.filter(wiki__in=Wiki.objects.all(), title=title)[:MOST]
    close = nearest_rows(pages.filter(wiki=wiki), "title", title) if wiki else []
    last = title.rpartition("/")[2].rpartition(":")[2]
    named = find_names(last, kinds=[Kind.PAGE], wiki=wiki.pk, limit=MOST) if wiki else []
    targets = (name.target for name in named if isinstance(name.target, TalkPage))
    found = dict.fromkeys(chain(same, close, targets))
    return list(islice(found, MOST))


def suggested_authors(name: str, dbname: str) -> list[Author]:
    """Authors of that wiki with a name like this, the likeliest first. Two queries."""
    return nearest_rows(
        Author.objects.select_related("wiki").filter(wiki__dbname=dbname), "name", name
    )
