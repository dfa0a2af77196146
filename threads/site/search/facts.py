"""What is known of the texts that a copy's search finds, besides their words.

Each fact is a token that no word is: static/threads/copy/query.js asks for it, by fields or words.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from threads.models import CollectionPage, Section
from threads.search.index.entries import year_of
from threads.search.index.texts import every_key
from threads.search.query.values import FLAGS
from threads.search.tokens.folding import joined_in, tokens_of
from threads.search.tokens.terms import IndexQuery, Term
from threads.site.files.scope import Scope

LONGEST = 1000  # characters of a heading that can be asked for, as in the archive's own search


def fact(field: str, value: str) -> str:
    """As `query.js` asks for it; before all words, in their order."""
    return f"!{field}:{value.replace(' ', '_')}"


FLAG_FACTS = {fact(*flag): marker for flag, marker in FLAGS.items()}


class Entry(NamedTuple):
    """Where a text stands: the key of the index, and primary keys."""

    id: int
    comment_id: int | None  # one of these two
    unsigned_id: int | None
    page_id: int
    section_id: int


def facts_of(scope: Scope, entries: Sequence[Entry]) -> dict[int, list[str]]:
    """By key, what is known of entries besides their wikis, pages and authors: collections, topics,
    years, and whether they are closed, unsigned or replied to. In: entries, the newest first."""
    collections = _collections(scope, {entry.page_id for entry in entries})
    topics = _topics({entry.section_id for entry in entries})
    facts = {
        entry.id: [
            fact("year", f"{year_of(entry.id):04}"),
            *collections[entry.page_id],
            *topics[entry.section_id],
        ]
        for entry in entries
    }
    for flag, marker in FLAG_FACTS.items():
        query = IndexQuery(((Term((marker,)),),))
        for key in every_key(query, lowest=entries[-1].id, highest=entries[0].id):
            if key in facts:
                facts[key].append(flag)
    return facts


@lru_cache(1 << 12)
def facts_of_page(dbname: str, title: str) -> list[str]:
    """Its wiki, and the page of each level of its title."""
    above = accumulate(title.split("/"), "{}/{}".format)
    return [fact("wiki", dbname), *(fact("page", each) for each in above)]


@lru_cache(1 << 12)
def facts_of_author(name: str) -> list[str]:
    """The name, and each of its words."""
    return [fact("author", name), *_facts_of_words("name", name)]


@lru_cache(1 << 12)
def _facts_of_words(field: str, text: str) -> list[str]:
    return [fact(field, token) for token in dict.fromkeys([*tokens_of(text), *joined_in(text)])]


def _collections(scope: Scope, pages: Collection[int]) -> defaultdict[int, list[str]]:
    """By page, the collections of the copy that it is in."""
    rows = CollectionPage.objects.filter(page__in=pages, collection__in=scope.collections())
    found: defaultdict[int, list[str]] = defaultdict(list)
    for page, slug in rows.order_by("collection__slug").values_list("page_id", "collection__slug"):
        found[page].append(fact("in", slug))
    return found


def _topics(sections: Collection[int]) -> dict[int, list[str]]:
    """By section, the words of the heading of the topic that it is or is part of. A query for each
    level of sections."""
    known: dict[int, tuple[int | None, int, str]] = {}
    wanted = set(sections)
    while wanted:
        rows = Section.objects.filter(pk__in=wanted).order_by()
        found = {
            key: (parent, level, heading[:LONGEST])
            for key, parent, level, heading in rows.values_list(
                "pk", "parent_id", "heading_level", "heading"
            )
        }
        known |= found
        above = {parent for parent, level, _heading in found.values() if parent}
        wanted = above - known.keys()
    return {key: _facts_of_words("topic", _topic(key, known)) for key in sections}


def _topic(section: int, known: dict[int, tuple[int | None, int, str]]) -> str:
    """Its heading; "" for none."""
    around: int | None = section
    while around is not None:
        around, level, heading = known[around]
        if level == Section.TOPIC_LEVEL:
            return heading
    return ""
