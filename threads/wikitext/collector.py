"""Python's garbage collector, which is of no use where many objects are made that hold no cycle."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


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
