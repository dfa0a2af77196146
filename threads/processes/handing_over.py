"""A process that is to end soon: what it works on stops, and waits for another.

Asked for by a signal, which comes between any two steps of the process.
"""

import threading

_asked = threading.Event()


def hand_over() -> None:
    """Have what this process works on wait for the next one."""
    _asked.set()


def is_handing_over() -> bool:
    """Whether that was asked for; so it stays, as long as the process lives."""
    return _asked.is_set()
