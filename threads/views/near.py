"""Titles that are spelled nearly like one that is not in the archive."""

from difflib import get_close_matches

from django.db.models import Q

from threads.models import TalkPage
from threads.search import titles_with

MOST = 5
# How many titles before and behind it in the alphabet are compared, and of those with its words.
NEIGHBOURS = 40
# Comparing takes the product of both lengths: longer titles are compared by their beginnings.
LONGEST = 120
LIKENESS = 0.6  # of what difflib calls 1.0 for the same


def near_titles(title: str, dbname: str) -> list[TalkPage]:
    """The pages whose titles are most like this one, on the wiki of that name or on any.

    Three queries, and as many comparisons at any size of the archive.
    """
    title = title[:LONGEST]
    pages = TalkPage.objects.select_related("wiki")
    if pages_there := pages.filter(wiki__dbname=dbname):
        pages = pages_there
    before = pages.filter(title__lt=title).order_by("-title")[:NEIGHBOURS]
    behind = pages.filter(title__gte=title).order_by("title")[:NEIGHBOURS]
    words = titles_with(title.partition(":")[2] or title)
    alike: dict[str, TalkPage] = {}
