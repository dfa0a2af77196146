"""Addresses of searches."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from threads.search.query import Query


@dataclass(frozen=True, slots=True)
class Link:
    """Where something leads."""

    label: str
    address: str


def address_of_query(query: Query, **more: object) -> str:
    """A search for this query; `more` is what else the address says, where it says something."""
    asked = {"q": query.text} | {name: value for name, value in more.items() if value}
    return f"{reverse('search')}?{urlencode(asked)}"
