"""Something done again and again while something else is worked on."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from django.db import DatabaseError, connection


@contextmanager
def repeated(act: Callable[[], None], *, every: float, name: str) -> Iterator[None]:
    """Do something every so many seconds, in a thread of its own, until the block ends.

    In: what is done with a connection of its own; where the database fails it, the next time does
    it. And what the thread is called.
    """
    over = threading.Event()

    def go_on() -> None:
        while not over.wait(every):
            with suppress(DatabaseError):
                act()
            connection.close()

    thread = threading.Thread(target=go_on, name=name, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
