"""Fields of a query that are typed into the search box of one page, such as author:Ada."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from threads.models import Comment
from threads.search.query.fields import beginning_of, read_name
from threads.search.query.parsing import Narrowing, Query
from threads.search.tokens.folding import tokens_of


def _is_by(comment: Comment, value: str) -> bool:
    """Whether somebody of that name wrote it, or of a name with these words."""
    name = comment.author.name
    words = tokens_of(value)
    return read_name(value) == name or (bool(words) and set(words) <= set(tokens_of(name)))


# What is asked of a comment, by the field.
ASKED: dict[str, Callable[[Comment, str], bool]] = {
    "author": _is_by,
    "after": lambda comment, value: comment.timestamp >= beginning_of(value),
    "before": lambda comment, value: comment.timestamp < beginning_of(value),
    "has": lambda comment, _value: bool(comment.descendants),
}


def is_asked_for(comment: Comment, query: Query) -> bool:
    """Whether a comment, with its author, is what the fields of a query ask for: of those that
    stand there twice, either. Fields that a page does not understand ask for nothing."""
    for field, holds in ASKED.items():
        wanted = query.understood(field)
        unwanted = query.understood(field, without=True)
        some = all if field in ("after", "before") else any
        if wanted and not some(holds(comment, value) for value in wanted):
            return False
        if any(holds(comment, value) for value in unwanted):
            return False
    return True


def said_of_fields(query: Query) -> str:
    """A sentence about fields that were left out, or ""."""
    left: list[Narrowing] = [
        each for each in query.narrowings if each.field not in ASKED or not each.is_understood
    ]
    if not left:
        return ""
    return _(
        "The filter “%(fields)s” is not supported on a single page and was ignored. A page "
        "supports author:, after:, before: and has:replies; the search of this archive "
        "supports more."
    ) % {"fields": " ".join(map(str, left))}
