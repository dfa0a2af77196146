"""The address of this page with something else asked for, many times."""

import secrets
from collections.abc import Iterable
from urllib.parse import quote_plus

from django.http import QueryDict

_ANY = secrets.token_hex(8)  # nothing that anybody asks for


class QueryPattern:
    """What stands behind an address, from its “?”, with one parameter set to this or that.

    In: the present query, the parameter's name, and the names of those that go.
    """

    def __init__(self, given: QueryDict, name: str, *, without: Iterable[str] = ()) -> None:
        query = given.copy()
        for gone in without:
            query.pop(gone, None)
        query[name] = _ANY
        self._before, _any, self._after = f"?{query.urlencode()}".partition(_ANY)

    def __call__(self, value: str) -> str:
        return f"{self._before}{quote_plus(value)}{self._after}"


def querystring(given: QueryDict, *, without: Iterable[str]) -> str:
    """The present query without some parameters, from its “?”."""
    query = given.copy()
    for gone in without:
        query.pop(gone, None)
    return f"?{query.urlencode()}" if given else ""
