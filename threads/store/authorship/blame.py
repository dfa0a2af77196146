"""Since which revision each line of what nobody signed is on its page, and by whom."""

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from threads.models import Revision, UnsignedText

from .lines import line_key, share, words_in, words_key

MOSTLY = 2 / 3  # of a line's words that stood in another one before: it is that line, edited
HARDLY = 1 / 3  # of them: it is a new line
DISTINCT = 4  # words from which on a line that comes back is the one that left
MOST_REVISIONS = 20  # in which lines that left are looked for
MOST_PAIRS = 20_000  # of lines that are compared; beyond them nothing is told


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a line comes from."""

    author: str = ""  # as the history or the text tells; "" where neither does
    known_by: str = ""  # which of them, as a row has it
    revision: int | None = None  # the primary key of the one that brought it, where known
    row: int | None = None  # that of the kept row that it was in last


UNTOLD = Origin()  # it was on the page before, or may have been


@dataclass(slots=True)
class Stretch:
    """Lines that follow one another, by one author."""

    start: int
    end: int
    told: Origin | None = None  # of its lines that say something, the earliest
    is_mixed: bool = False  # others wrote in it too

    @property
    def origin(self) -> Origin:
        told = self.told or UNTOLD
        return replace(told, author="") if self.is_mixed else told

    def takes(self, origin: Origin) -> bool:
        """Whether a line of this origin belongs to it; it is told by the earliest."""
        told = self.told
        if told and (told.author, told.known_by) != (origin.author, origin.known_by):
            return False
        if told is None or (told.row is None and origin.row):
            self.told = origin
        return True


class Blame:
    """The lines of a page, each with its origin, by what the page was before.

    In: the wikitext `before` and `now`; the page's kept rows, those that stand on it in
    order, with their origins by primary key; those of texts that left for one of its subpages,
    by their words; the origin of a line that is new.
    """

    def __init__(
        self,
        before: str,
        now: str,
        rows: Sequence[UnsignedText],
        origins: Mapping[int, Origin],
        moved: Mapping[str, Origin],
        added: Origin,
    ) -> None:
        self._added = added if added.author else UNTOLD
        self._now = now
        self._rows = rows
        self._origins = origins
        self._moved = moved
        self._stood = {line_key(line) for line in before.splitlines()}
        self._known: dict[str, deque[Origin]] = defaultdict(deque)
        for row in rows:
            if row.is_current:
                for line in before[row.start : row.end].splitlines():
                    self._known[line_key(line)].append(origins[row.pk])

    def of(self, line: str) -> Origin:
        """A line's origin; of lines alike, each time that of the next one."""
        origin = self.peek(line)
        if len(known := self._known.get(line_key(line), deque())) > 1:
            known.popleft()
        return origin

    def known(self, line: str) -> Origin:
        """A line's origin if it stood so in an unsigned text."""
        key = line_key(line)
        known = self._known.get(key)
        return known[0] if known else UNTOLD if key in self._stood else self._back(line, key)

    def kept(self, line: str) -> Origin:
        """The same, also where it was edited since."""
        origin = self.peek(line)
        return UNTOLD if origin is self._added else origin

    def peek(self, line: str) -> Origin:
        """A line's origin; the same each time."""
        key = line_key(line)
        if known := self._known.get(key):
            return known[0]
        if key in self._stood:
            return UNTOLD
        words = words_in(line)
        if key in self._left or words_key(line) in self._moved:
            return self._back(line, key)
        return self._edited(words)

    def _back(self, line: str, key: str) -> Origin:
        """The origin of a line that has left the page, or the one that this is a subpage of."""
        left = self._left.get(key) or self._moved.get(words_key(line))
        return left if left and words_in(line).total() >= DISTINCT else UNTOLD

    def _edited(self, words: Counter[str]) -> Origin:
        """The origin of a line that is not known: of the one that it was, or a new one's."""
        if len(self._vanished) > self._room:
            return UNTOLD
        self._room -= len(self._vanished)
        like = max(self._vanished, key=lambda old: share(words, self._vanished[old]), default="")
        common = share(words, self._vanished[like]) if like else 0
        if common <= HARDLY:
            return self._added
        known = self._known.get(like)
        origin = known[0] if known else UNTOLD
        if common >= MOSTLY or origin.author == self._added.author:
            return origin if origin.known_by == UnsignedText.KnownBy.HISTORY else UNTOLD
        return UNTOLD

    _room = MOST_PAIRS

    @cached_property
    def _vanished(self) -> dict[str, Counter[str]]:
        """The lines that are not on the page any more, with their words."""
        gone = self._stood - {line_key(line) for line in self._now.splitlines()}
        return {line: words for line in gone if (words := words_in(line))}

    @cached_property
    def _left(self) -> dict[str, Origin]:
        """The lines of unsigned texts that left the page, those that left last first."""
        rows = [row for row in self._rows if not row.is_current]
        keys = list(dict.fromkeys(row.revision_id for row in rows))[:MOST_REVISIONS]
        texts = _texts(keys) if keys else {}
        found: dict[str, Origin] = {}
        for row in rows:
            for line in texts.get(row.revision_id, "")[row.start : row.end].splitlines():
                found.setdefault(line_key(line), self._origins[row.pk])
        return found


def _texts(keys: Iterable[int]) -> dict[int, str]:
    return {revision.pk: revision.text for revision in Revision.objects.filter(pk__in=keys)}
