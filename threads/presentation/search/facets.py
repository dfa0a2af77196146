"""By what results can be narrowed: wikis, pages, authors, years, each with its number."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from threads.models import Wiki
from threads.search.query.parsing import Query

from .links import address_of_query

MOST = 8  # of one kind
LABELS: dict[str, Promise] = {
    "wiki": _("Wiki"),
    "page": _("Pages"),
    "author": _("Authors"),
    "year": _("Years"),
}


class Fact(NamedTuple):
    """What is counted of one result."""

    wiki: str  # its database name
    title: str
    author: str  # "" where nobody is known
    year: int  # 0 where it has no time


@dataclass(frozen=True, slots=True)
class Narrower:
    """A link that narrows, or takes that off again."""

    label: str
    address: str
    count: int | None = None  # None for one that is taken off


@dataclass(frozen=True, slots=True)
class Facet:
    """The narrowers of one kind."""

    label: str
    narrowers: list[Narrower]


def narrowed_by(query: Query, order: str) -> list[Narrower]:
    """What the query is narrowed by, each leading to the query without it."""
    return [
        Narrower(str(each), address_of_query(query.without(each), order=order))
        for each in query.narrowings
    ]


def facets_of(
    facts: Sequence[Fact], query: Query, wikis: Iterable[Wiki], order: str
) -> list[Facet]:
    """What the results have several of, by their number; of a kind that is narrowed, none."""
    names = {wiki.dbname: str(wiki) for wiki in wikis}
    counted = {
        "wiki": Counter(fact.wiki for fact in facts),
        "page": _branches([fact.title for fact in facts], query),
        "author": Counter(fact.author for fact in facts if fact.author),
        "year": Counter(f"{fact.year:04}" for fact in facts if fact.year),
    }
    facets = []
    for kind, counter in counted.items():
        if len(counter) < 2 or (kind in ("wiki", "author") and query.values(kind)):
            continue
        common = counter.most_common(MOST)
        if kind == "year":
            common.sort(reverse=True)
        narrowers = [
            Narrower(
                names.get(value, value) if kind == "wiki" else value,
                address_of_query(_narrowed(query, kind, value), order=order),
                count,
            )
            for value, count in common
        ]
        facets.append(Facet(str(LABELS[kind]), narrowers))
    return facets


def _narrowed(query: Query, kind: str, value: str) -> Query:
    if kind != "year":
        return query.with_values(kind, [value])
    later = f"{int(value) + 1:04}"
    return query.with_values("after", [value]).with_values("before", [later])


def _branches(titles: Sequence[str], query: Query) -> Counter[str]:
    """The titles by the part in which they first differ, below the page that is asked for."""
    paths = [title.split("/") for title in titles]
    asked = query.values("page")
    level = len(asked[0].split("/")) if len(asked) == 1 else 0
    deepest = max(map(len, paths), default=0)
    while level < deepest:
        branches = Counter("/".join(path[: level + 1]) for path in paths if len(path) > level)
        if len(branches) > 1 or branches.total() < len(paths):
            return branches
        level += 1
    return Counter()
