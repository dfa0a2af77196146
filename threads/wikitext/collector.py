"""Python's garbage collector, which is of no use where many objects are made that hold no cycle."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

MUCH = 200_000  # objects: several times what two batches of an import's pages are made of


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """No rounds of the collector meanwhile, in the whole process.

    For work that makes many objects, of which hardly any hold themselves: each round would look
    through all of them, again and again, and find next to nothing.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def collect_where_much_is_new() -> None:
    """One round, if many objects were made since the last one and are still there.

    For work that goes on for long while the collector rests: what does hold itself goes at last.
    """
    if gc.get_count()[0] > MUCH:
        gc.collect()
