"""Whether a server is the only one on its data folder."""

import fcntl
import logging
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

log = logging.getLogger(__name__)

NAME = "serving"  # of the file that a server holds


@contextmanager
def serving_in(folder: Path) -> Iterator[None]:
    """While the block runs, others of this machine can tell that a server runs on the folder; if
    one does already, that is logged.

    Several do no harm: each import is taken by one worker. It is seldom meant.
    """
    with ExitStack() as held:
        try:
            mark = held.enter_context((folder / NAME).open("ab"))
            fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            log.warning("Another server runs on %s: check that this is meant.", folder)
        except OSError:  # it is only read, or its system knows no locks
            pass
        yield
