"""Parsing that ends its process, as the system does when memory is short.

Of plain parts only, as any job for another process: that one has no Django.
"""

import os
from collections.abc import Sequence

from threads.ingest.runs.parse_job import TimedParse, UnparsedPage, parse_pages
from threads.wikitext import ParseOptions

DEADLY = "Talk:Deadly"
RAISING = "Talk:Raising"


def parse_or_die(pages: Sequence[UnparsedPage], options: ParseOptions) -> list[TimedParse]:
    """As `parse_pages`, but for two titles."""
    titles = {page.title for page in pages}
    if DEADLY in titles:
        os._exit(9)
    if RAISING in titles:
        raise ValueError("no lamp")
    return parse_pages(pages, options)
