"""How a process ends: at once."""

import atexit
import gc


def end_at_once() -> None:
    """Have this process, and those that are made of it, end without a last look for garbage.

    The system takes all memory back anyway; going through what Django has made takes half a
    second of processor time.
    """
    atexit.register(gc.freeze)
