"""What an address asks for behind its “?”: read here for every view."""

from django.http import HttpRequest, QueryDict

from .converters import TitleConverter


def parameters(request: HttpRequest) -> QueryDict:
    """The query of an address, a copy. NUL, which no database takes, is U+FFFD in it, as in all
    that comes into the archive."""
    given = request.GET.copy()
    for name, values in list(given.lists()):
        given.setlist(name, [value.replace("\x00", "\ufffd") for value in values])
    return given


def page_asked_for(request: HttpRequest) -> str:
    """The title of the page on which a comment is meant, written as in paths; "" where none is."""
    try:
        return TitleConverter().to_python(parameters(request).get("page", ""))
    except ValueError:
        return ""


def number_in(text: str) -> int | None:
    """The number that a parameter holds, as large as primary keys can be; None where it is none."""
    is_number = text.isascii() and text.isdigit() and len(text) < 19
    return int(text) if is_number else None
