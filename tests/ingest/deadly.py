"""A reading that ends its process, as the system does when memory is short.

Of plain parts only, as any job for another process: that one has no Django.
"""

import os

from threads.ingest.reading import Manner, Reading, read

DEADLY = "Talk:Deadly"


def read_or_die(text: str, title: str, manner: Manner) -> Reading:
    """As `read`, but for one title."""
    if title == DEADLY:
        os._exit(9)
    return read(text, title, manner)
