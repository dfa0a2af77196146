"""What commands print: words from wikis and files must not act on the terminal."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.core.management.base import OutputWrapper

from threads.ingest.characters import UNPRINTABLE

# What moves the cursor or ends a line, and what turns around the order of all that follows in it.
# Isolates, which translations have, and marks of direction stay.
_ACTING = re.compile(rf"(?![\n\t])[{UNPRINTABLE}\u2028\u2029\u202a-\u202e]")


def harmless(text: str) -> str:
    """The text with an escape, as in “\\u202e”, for each character that acts on a terminal."""
    return _ACTING.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


class Printed(OutputWrapper):
    """Standard output or standard error; who no longer reads it is told nothing more."""

    is_read = True

    def write(  # type: ignore[override]  # as Django's
        self,
        msg: str = "",
        style_func: Callable[[str], str] | None = None,
        ending: str | None = None,
    ) -> None:
        if self.is_read:
            with self._until_unread():
                super().write(harmless(msg), style_func, ending)

    def flush(self) -> None:
        if self.is_read:
            with self._until_unread():
                super().flush()

    @contextmanager
    def _until_unread(self) -> Iterator[None]:
        try:
            yield
        except BrokenPipeError:
            self.is_read = False
