"""What is answered where there is nothing to show."""

from urllib.parse import unquote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from .near import near_authors, near_pages

LONGEST = 200  # characters of an address that a search is offered for


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: what is missing, what has nearly its name, and a search for its words."""
    said = exception.args[0] if exception.args else ""
    match = request.resolver_match
    kind, named = (match.url_name, match.kwargs) if match else ("", {})
    name = named.get("name", "")
    context = {
        "said": said if isinstance(said, str) else "",
        "pages": near_pages(name, named["dbname"]) if kind == "page" else [],
        "authors": near_authors(name, named["dbname"]) if kind == "author" else [],
        "asked": (name or _last_part(request.path_info)).rpartition("/")[2][:LONGEST],
    }
    return render(request, "404.html", context, status=404)


def _last_part(path: str) -> str:
    """The words of an address that means nothing here."""
    last = unquote(path).rstrip("/").rpartition("/")[2]
    return "".join(character if character.isprintable() else " " for character in last).replace(
        "_", " "
    )
