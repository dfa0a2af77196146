"""Addresses of searches."""

from dataclasses import dataclass
from functools import cache
from urllib.parse import urlencode

from django.urls import get_script_prefix, reverse

from threads.search.query.parsing import Query


@dataclass(frozen=True, slots=True)
class Link:
    """Where something leads."""

    label: str
    address: str


def address_of_query(query: Query, **more: object) -> str:
    """A search for this query; `more` is what else the address says, where it says something."""
    asked = {"q": query.text} | {name: value for name, value in more.items() if value}
    return f"{_address_below(get_script_prefix())}?{urlencode(asked)}"


@cache
def _address_below(_prefix: str) -> str:
    """That of the search page; a page of results has dozens of it, and `reverse` takes long."""
    return reverse("search")
