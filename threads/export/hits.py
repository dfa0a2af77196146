"""The comments that a search finds: all of them, whatever pages of results show."""

import json
from collections import defaultdict
from collections.abc import Iterable
from itertools import chain, islice

from django.db import connection
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext as _

from threads.models import TalkPage, Wiki
from threads.search.finding import found_keys
from threads.search.index import texts
from threads.search.query.parsing import read_query

from .errors import ExportError

ENTRIES = 500  # of the index that are read at once


class Hits:
    """Primary keys of comments, by that of their page."""

    def __init__(self) -> None:
        self._by_page: defaultdict[int, list[int]] = defaultdict(list)

    def add(self, page: int, comment: int) -> None:
        self._by_page[page].append(comment)

    def on(self, page: TalkPage | None) -> list[int]:
        """Those on a page; all, where none is given."""
        if page is None:
            return list(chain.from_iterable(self._by_page.values()))
        return self._by_page.get(page.pk, [])


def hits_of(search: str) -> Hits:
    """What a query finds: unsigned texts, which are found as well, are left out.

    Raises ExportError where nothing is asked for, or the index does not have everything yet.
    """
    query = read_query(search)
    if not query:
        raise ExportError(_("There is nothing to search for: “%s”.") % search)
    if not texts.is_complete():
        raise ExportError(_("The search index is incomplete. Run “rebuild_search” first."))
    hits = Hits()
    found = found_keys(query, list(Wiki.objects.all()))
    while keys := list(islice(found, ENTRIES)):
        for entry in texts.entries(keys):
            if entry.comment_id:
                hits.add(entry.page_id, entry.comment_id)
    return hits


def listed(keys: Iterable[int]) -> RawSQL:
    """These keys for `IN`, however many: as one parameter."""
    if connection.vendor == "postgresql":
        return RawSQL("SELECT unnest(%s::bigint[])", [list(keys)])
    return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(list(keys))])
