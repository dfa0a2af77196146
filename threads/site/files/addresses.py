"""Which file of a copy stands for an address of the archive."""

from collections.abc import Callable
from functools import lru_cache
from urllib.parse import parse_qs, unquote, urlsplit

from django.urls import Resolver404, resolve

from .names import folder_of, name_of, numbered

# By the name of the address in threads/urls.py: the file without its number and extension, from
# the parts of the address.
FILES: dict[str, Callable[..., str]] = {
    "home": lambda: "index",
    "wiki": lambda dbname: f"wiki/{folder_of(dbname)}/index",
    "page": lambda dbname, name: f"talk/{folder_of(dbname)}/{name_of(name)}",
    "author": lambda dbname, name: f"author/{folder_of(dbname)}/{name_of(name)}",
    "collection": lambda slug: f"collection/{folder_of(slug)}/index",
    "collection-decisions": lambda slug: f"collection/{folder_of(slug)}/decisions",
    "wiki-decisions": lambda dbname: f"decisions/{folder_of(dbname)}/index",
    "page-decisions": lambda dbname, name: f"decisions/{folder_of(dbname)}/{name_of(name)}",
    "page-analysis": lambda dbname, name: f"analysis/page/{folder_of(dbname)}/{name_of(name)}",
    "author-analysis": lambda dbname, name: f"analysis/author/{folder_of(dbname)}/{name_of(name)}",
    "collection-analysis": lambda slug: f"analysis/collection/{folder_of(slug)}",
}


@lru_cache(1 << 16)
def file_of(address: str) -> str | None:
    """The path of the file in a language's folder; None for what copies do not have.

    In: path and query. What a copy knows of a query is a wiki's `under`, an analysis'
    `topic`, and as `after` or `before` the number of a part of a list.
    """
    parts = urlsplit(address)
    try:
        match = resolve(unquote(parts.path))
    except Resolver404:
        return None
    if match.url_name not in FILES:
        return None
    asked = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    stem = FILES[match.url_name](**match.kwargs)
    if match.url_name == "wiki" and asked.get("under"):
        stem = _tree(stem, asked["under"])
    if match.url_name == "page-analysis" and asked.get("topic"):
        stem = f"{stem}/{name_of(asked['topic'])}"
    part = asked.get("after", asked.get("before", "1"))
    return numbered(stem, int(part)) if part.isdecimal() else None


def up_from(path: str) -> str:
    """From a file to the folder of its language."""
    return "../" * path.count("/")


@lru_cache(1 << 12)
def path_of_page(dbname: str, title: str) -> str:
    """The file of a talk page."""
    return numbered(FILES["page"](dbname, title), 1)


def path_of_histories(dbname: str, title: str, year: int) -> str:
    """The file of what happened to a page's comments of a year."""
    return f"history/{folder_of(dbname)}/{name_of(title)}/{year}.html"


@lru_cache(1 << 14)
def comment_in(address: str) -> str:
    """The id in a comment's permanent link; "" for any other address."""
    try:
        match = resolve(unquote(address))
    except Resolver404:
        return ""
    return str(match.kwargs["ident"]) if match.url_name == "comment" else ""


def path_of_level(dbname: str, under: str) -> str:
    """The file of a level of a wiki's tree of titles; "" is the top."""
    stem = FILES["wiki"](dbname)
    return numbered(_tree(stem, under) if under else stem, 1)


def path_of_author(dbname: str, name: str) -> str:
    """The file of what somebody wrote, or of the beginning of that."""
    return numbered(FILES["author"](dbname, name), 1)


def _tree(stem: str, under: str) -> str:
    return f"{stem.removesuffix('index')}tree/{name_of(under)}"
