"""What is called nearly like something that is not in the archive."""

from collections.abc import Iterator
from difflib import get_close_matches
from itertools import chain, islice
from typing import TypeVar

from django.db import models

from threads.models import Author, TalkPage, Wiki
from threads.search import titles_with

MOST = 5
# How many before it and behind it in the alphabet are compared: those that an index finds.
NEIGHBOURS = 40
# Comparing takes the product of both lengths: longer names are compared by their beginnings.
LONGEST = 120
LIKENESS = 0.75  # 1.0 is the same, as difflib counts

Named = TypeVar("Named", bound=models.Model)


def suggested_pages(title: str, dbname: str) -> list[TalkPage]:
    """Pages with a title like this, those that are likeliest meant first.

    The same title on other wikis, titles with another spelling, titles with the words of its
    last part. At most five queries, whatever there is.
    """
    title = ":".join(part[:1].upper() + part[1:] for part in title.split(":", 1))  # as wikis do
    pages = TalkPage.objects.select_related("wiki")
    wiki = Wiki.objects.filter(dbname=dbname).first()
    same = pages.filter(wiki__in=Wiki.objects.all(), title=title)[:MOST]
    close = _close(pages.filter(wiki=wiki), "title", title) if wiki else []
    last = title.rpartition("/")[2].rpartition(":")[2]
    found = dict.fromkeys(chain(same, close, titles_with(last, wiki)))
    return list(islice(found, MOST))


def suggested_authors(name: str, dbname: str) -> list[Author]:
    """Authors of that wiki with a name like this, the likeliest first. Two queries."""
    return _close(Author.objects.select_related("wiki").filter(wiki__dbname=dbname), "name", name)


def _close(rows: models.QuerySet[Named], field: str, text: str) -> list[Named]:
    """Those rows whose field is spelled most like the text."""
    names: dict[str, Named] = {}
    for row in _neighbours(rows, field, text):
        names.setdefault(getattr(row, field)[:LONGEST].casefold(), row)
    return [
        names[name] for name in get_close_matches(text[:LONGEST].casefold(), names, MOST, LIKENESS)
    ]


def _neighbours(rows: models.QuerySet[Named], field: str, text: str) -> Iterator[Named]:
    yield from rows.filter(**{f"{field}__lt": text}).order_by(f"-{field}")[:NEIGHBOURS]
    yield from rows.filter(**{f"{field}__gte": text}).order_by(field)[:NEIGHBOURS]
