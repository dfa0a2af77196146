"""The last line of a file: by it, all of the file is told from its beginning."""

from collections import Counter
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from .lines import EndLine, Line


class Incomplete(Exception):
    """Lines are missing, or there are more than were written; says where."""


def with_end(lines: Iterable[Line]) -> Iterator[Line]:
    """The same lines, and one that counts them."""
    counted: Counter[str] = Counter()
    for line in lines:
        counted[type_of(line)] += 1
        yield line
    yield EndLine(lines=dict(counted))


def without_end(lines: Iterable[Line]) -> Iterator[Line]:
    """The same lines but for the last one, which has counted all of them.

    Raises Incomplete, at the latest when all were given.
    """
    counted: Counter[str] = Counter()
    end = None
    for line in lines:
        if end:
            raise Incomplete(_("There are lines after the line of type “end”."))
        if isinstance(line, EndLine):
            end = line
            _compare(counted, end.lines)
            continue
        counted[type_of(line)] += 1
        yield line
    if end is None:
        said = _("The file is incomplete: its last line is number %s, and not of type “end”.")
        raise Incomplete(said % counted.total())


def _compare(found: Counter[str], expected: dict[str, int]) -> None:
    for kind in sorted({*found, *expected}):
        if found[kind] != expected.get(kind, 0):
            said = _(
                "The file is incomplete or was changed: line %(number)s counts %(expected)s lines "
                "of type “%(type)s”, but there are %(found)s."
            )
            numbers = {"expected": expected.get(kind, 0), "found": found[kind]}
            raise Incomplete(said % {"number": found.total() + 1, "type": kind, **numbers})


def type_of(line: Line) -> str:
    """What a line says that it is."""
    return str(line.__struct_config__.tag)
