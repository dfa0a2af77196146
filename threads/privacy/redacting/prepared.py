"""What a page's texts become and are read as, found out before its transaction begins: other
writers of an SQLite database wait no longer than rows take to write.

Whatever has changed meanwhile is found out in the transaction.
"""

import hashlib
import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import IO, Any

from threads.models import Wiki
from threads.models.wiki.packing import pack, unpack
from threads.store import parse_options, read_text
from threads.wikitext import ParsedPage
from threads.wikitext.redaction.comments import Readings
from threads.wikitext.redaction.redacting import Redaction

Read = Callable[[str], ParsedPage]


class Prepared:
    """Makes each thing once, and keeps it in a file: of a long history, memory would not do."""

    def __init__(self, redaction: Redaction, file: IO[bytes]) -> None:
        self._redaction = redaction
        self._file = file
        self.corrections = ""  # the state of those by which texts are read
        self._places: dict[str, tuple[int, int]] = {}  # by what was asked for: where, how long

    def read(self, wiki: Wiki, title: str, text: str) -> ParsedPage:
        """What `read_text` gives."""
        asked = f"{title}\n{parse_options(wiki)}\n{text}"
        parsed: ParsedPage = self._once(asked, lambda: read_text(wiki, title, text))
        return parsed

    def redacted(self, text: str, read: Readings) -> str:
        """What the redaction makes of a text; `read` is not asked where this was made before."""
        asked = f"\n{self.corrections}\n{text}"
        made: str = self._once(asked, lambda: self._redaction.text(text, read))
        return made

    def _once(self, asked: str, make: Callable[[], Any]) -> Any:
        key = hashlib.sha256(asked.encode()).hexdigest()
        if key in self._places:
            begin, length = self._places[key]
            self._file.seek(begin)
            return pickle.loads(unpack(self._file.read(length)))  # noqa: S301 (written below)
        made = make()
        packed = pack(pickle.dumps(made))
        self._places[key] = self._file.seek(0, 2), len(packed)
        self._file.write(packed)
        return made


@contextmanager
def preparing(redaction: Redaction) -> Iterator[Prepared]:
    """A place for what is prepared of one page."""
    with TemporaryFile() as file:
        yield Prepared(redaction, file)
