"""The authors behind the names that were read."""

from collections.abc import Collection

from threads.models import Author, Wiki

from .index.indexing import index_people
from .rows.inserting import insert_rows
from .rows.keys import reserve

NAMES_A_QUERY = 500


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
    wanted = sorted(names)
    keys: dict[str, int] = {}
    for start in range(0, len(wanted), NAMES_A_QUERY):
        some = wiki.authors.order_by().filter(name__in=wanted[start : start + NAMES_A_QUERY])
        keys.update(some.values_list("name", "pk"))
    return keys
