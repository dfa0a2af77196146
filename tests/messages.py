"""The messages that can be translated, in every template and module, as `makemessages` has them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.extract import extract
from django.utils.translation.template import templatize

from talkarchive.bootstrap import BASE_DIR

ROOMS = ("threads", "templates", "talkarchive")
# The functions that mark messages, and which of their arguments are such: 1 and 2 are the forms,
# (1, "c") is a context. As makemessages gives them to xgettext.
MARKERS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


@dataclass(frozen=True, slots=True)
class WrittenMessage:
    """A message where it is written."""

    path: str  # from the top of the repository, with the line
    context: str | None
    forms: tuple[str, ...]  # one, or singular and plural


@cache
def messages() -> list[WrittenMessage]:
    """All of the product."""
    return [
        message
        for room in ROOMS
        for path in sorted((BASE_DIR / room).rglob("*"))
        if path.suffix in (".html", ".py") and "migrations" not in path.parts
        for message in messages_in(path)
    ]


def messages_in(path: Path) -> Iterator[WrittenMessage]:
    """Those of a template, Django's or Jinja's, or of a module."""
    text = path.read_text()
    source = templatize(text) if path.suffix == ".html" else text
    for line, found, _comments, context in extract("python", BytesIO(source.encode()), MARKERS):
        forms = (found,) if isinstance(found, str) else tuple(map(str, found))
        yield WrittenMessage(f"{path}:{line}", context, forms)
