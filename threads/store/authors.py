"""The authors behind the names that were read."""

from collections.abc import Collection

from threads.models import Author, Wiki

from .index.indexing import index_people
from .rows.inserting import insert_rows
from .rows.keys import reserve
from .rows.per_query import per_query


def author_keys(wiki: Wiki, names: Collection[str]) -> dict[str, int]:
    """The primary keys of the wiki's authors with these names; who is new is added."""
    keys = _known(wiki, names)
    new = sorted(name for name in names if name not in keys)
    if not new:
        return keys
    fresh = dict(zip(new, reserve(Author, len(new)), strict=True))
    rows = [{"id": key, "wiki_id": wiki.pk, "name": name} for name, key in fresh.items()]
    added = insert_rows(Author, rows, unless_there=True)
    if added < len(new):  # another import has added some in this moment
        fresh = _known(wiki, new)
    else:
        index_people(wiki, fresh)
    return keys | fresh


def _known(wiki: Wiki, names: Collection[str]) -> dict[str, int]:
    keys: dict[str, int] = {}
    for some in per_query(sorted(names)):
        known = wiki.authors.order_by().filter(name__in=some)
        keys.update(known.values_list("name", "pk"))
    return keys
