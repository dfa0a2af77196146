"""An export in JSON Lines, loaded into an empty archive: all of it or nothing."""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, groupby, islice

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from threads.database import diagnose, refresh_statistics
from threads.models import Collection, Wiki
from threads.store import begin_rebuild, count_collection, recount

from .ending import Incomplete, without_end
from .errors import UnusableExport
from .lines import FIRST_WITH_END, READ, ArchiveLine, Line, decode
from .references import NotThere, References
from .tables import TABLES

Watcher = Callable[[int], None]  # told how many bytes are done
# What a line may be wrong by, beside not being one: what it names, what it has.
WRONG = (NotThere, ValidationError, ValueError, KeyError, TypeError)


def load(file: Iterable[bytes], tell: Watcher) -> None:
    """Load the lines of a file and count the sums; the index of words is left to `rebuild`.

    Raises UnusableExport, and then nothing is loaded.
    """
    lines = _Lines(file, tell)
    with transaction.atomic():
        Wiki.objects.forget_unsettled()
        if Wiki.objects.exists() or Collection.objects.exists():
            raise UnusableExport(_("This archive is not empty. Load the file into a new archive."))
        try:
            _load_all(lines)
        except Incomplete as error:
            raise _unusable(str(error)) from error
        except WRONG as error:
            raise _unusable(lines.named(_clause(error))) from error
        except DatabaseError as error:
            if diagnose(error):  # as where its disk is full: no line is at fault
                raise
            said = _(
                "Line %(number)s or one shortly before it cannot be loaded: the database rejects "
                "it. It may be a duplicate or incomplete."
            )
            raise _unusable(said % {"number": lines.number}) from error
        for wiki in Wiki.objects.order_by("pk"):
            recount(wiki)
        for collection in Collection.objects.order_by("pk"):
            count_collection(collection)
        begin_rebuild()
    refresh_statistics()


def _unusable(said: str) -> UnusableExport:
    remedy = _(
        "Nothing was loaded. Create the export again with “%(command)s” in the original "
        "archive, and load that file unchanged."
    )
    command = f"{settings.PROGRAM} export --output archive.jsonl"
    return UnusableExport(f"{said} {remedy % {'command': command}}")


def _clause(error: Exception) -> str:
    """What is wrong with a line; Python's own words for a missing key are the key alone."""
    if isinstance(error, ValidationError):
        return " ".join(error.messages).rstrip(".")
    return _("missing field: %s") % error if isinstance(error, KeyError) else str(error)


class _Lines:
    """The lines of a file, told as they are read."""

    def __init__(self, file: Iterable[bytes], tell: Watcher) -> None:
        self.number = 0  # of the line that was read last
        self._loaded = range(0)  # the numbers of those that are being loaded
        self._file, self._tell = file, tell

    def __iter__(self) -> Iterator[Line]:
        done = 0
        for data in self._file:
            self.number += 1
            yield decode(data)
            done += len(data)
            self._tell(done)

    def loading(self, first: int, number: int) -> None:
        """These lines are about to be loaded."""
        self._loaded = range(first, first + number)

    def named(self, wrong: str) -> str:
        """What is wrong, and in which lines: one that was just read, or one of those read before
        that are being loaded."""
        if len(self._loaded) > 1:
            said = _("One of the lines %(first)s to %(last)s cannot be loaded: %(error)s.")
            first, last = self._loaded[0], self._loaded[-1]
            return said % {"first": first, "last": last, "error": wrong}
        number = self._loaded[0] if self._loaded else self.number
        said = _("Line %(number)s cannot be loaded: %(error)s.")
        return said % {"number": number, "error": wrong}


def _load_all(lines: _Lines) -> None:
    read: Iterator[Line] = iter(lines)
    try:
        first = next(read, None)
    except ValueError:  # not even a line of ours
        first = None
    if not isinstance(first, ArchiveLine) or first.version not in READ:
        raise UnusableExport(
            "{} {}".format(
                _("This is not an export in JSON Lines that this version of talkarchive can load."),
                _("Create one with “%(command)s”.")
                % {"command": f"{settings.PROGRAM} export --output archive.jsonl"},
            )
        )
    rest: Iterator[Line] = chain([first], read)
    if first.version >= FIRST_WITH_END:
        rest = without_end(rest)
    next(rest)
    known, done = References(), 1
    for (kind, *_names), some in groupby(rest, _kind_and_page):
        if kind not in TABLES:
            said = _("a line of type “%s” is not allowed here")
            raise ValueError(said % kind.__struct_config__.tag)
        load_some, at_once = TABLES[kind]
        while part := tuple(islice(some, at_once)):
            lines.loading(done + 1, len(part))
            load_some(known, part)
            lines.loading(done := done + len(part), 0)


def _kind_and_page(line: Line) -> tuple[type[Line], str, str]:
    """What lines have in common that are loaded together."""
    return type(line), getattr(line, "wiki", ""), getattr(line, "page", "")
