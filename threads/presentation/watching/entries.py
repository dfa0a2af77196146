"""A watchlist as an address has it: `?page=metawiki/Talk:Strategy&person=Ada`.

The parameters are called as the kinds of entries are, and each may come again. Their values are
what stands in the addresses of these things:

page    database name of the wiki, “/”, title
topic   the same, “#”, ID of the section
author  database name of the wiki, “/”, user name: on that wiki alone
person  user name: on all wikis
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Self
from urllib.parse import urlencode

from django.http import QueryDict

MOST_ENTRIES = 100
# Characters of the addresses of entries together. Servers take about 8,000 in a whole address;
# the others are for the address of the feed, and for where in it a reader is.
LONGEST = 7_000


class Kind(StrEnum):
    """What can be watched, in the order in which an address names it."""

    PAGE = "page"
    TOPIC = "topic"
    AUTHOR = "author"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that is watched, as an address names it: there need not be such a thing."""

    kind: Kind
    value: str

    @classmethod
    def of_page(cls, dbname: str, title: str, ident: str = "") -> Self:
        """In: where one topic is watched and not all of the page, its section's ID."""
        place = f"{dbname}/{_underscored(title)}"
        return cls(Kind.TOPIC, f"{place}#{ident}") if ident else cls(Kind.PAGE, place)

    @classmethod
    def of_author(cls, dbname: str, name: str) -> Self:
        return cls(Kind.AUTHOR, f"{dbname}/{_underscored(name)}")

    @classmethod
    def of_person(cls, name: str) -> Self:
        return cls(Kind.PERSON, _underscored(name))

    @property
    def dbname(self) -> str:
        """Of the wiki; "" for a person on all wikis."""
        return "" if self.kind is Kind.PERSON else self.value.partition("/")[0]

    @property
    def name(self) -> str:
        """The title, or the name of a user."""
        if self.kind is Kind.PERSON:
            return _spaced(self.value)
        rest = self.value.partition("/")[2]
        return _spaced(rest.partition("#")[0] if self.kind is Kind.TOPIC else rest)

    @property
    def ident(self) -> str:
        """The ID of a topic's section; "" for all else."""
        return self.value.partition("#")[2] if self.kind is Kind.TOPIC else ""

    @property
    def query(self) -> str:
        """What stands for it behind the “?” of an address."""
        return urlencode([(self.kind, self.value)], safe="/:")


@dataclass(frozen=True, slots=True)
class Watchlist:
    """The entries of an address, each once."""

    entries: Sequence[Entry]
    left_out: Sequence[Entry] = ()  # those that are over the bounds

    @classmethod
    def of(cls, given: QueryDict) -> Self:
        """In: the query of an address."""
        named = (Entry(kind, value) for kind in Kind for value in given.getlist(kind))
        return cls._within_bounds(dict.fromkeys(entry for entry in named if entry.value))

    @classmethod
    def _within_bounds(cls, entries: Iterable[Entry]) -> Self:
        known: list[Entry] = []
        left_out: list[Entry] = []
        length = 0
        for entry in entries:
            length += len(entry.query) + 1
            fits = len(known) < MOST_ENTRIES and length <= LONGEST
            (known if fits else left_out).append(entry)
        return cls(known, left_out)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)

    @property
    def query(self) -> str:
        """The list behind the “?” of an address; "" for an empty one."""
        return query_of(self)

    def with_entry(self, added: Entry) -> Self:
        """The same list with one more, at the end of those of its kind; what was left out stays
        out."""
        by_kind = [entry for kind in Kind for entry in (*self, added) if entry.kind is kind]
        return self._within_bounds(dict.fromkeys(by_kind))

    def without(self, removed: Entry) -> Self:
        """The same list without one of its entries."""
        return type(self)([entry for entry in self if entry != removed])


def query_of(entries: Iterable[Entry]) -> str:
    """Entries behind the “?” of an address."""
    return "&".join(entry.query for entry in entries)


def _underscored(name: str) -> str:
    return name.replace(" ", "_")


def _spaced(name: str) -> str:
    return name.replace("_", " ")
