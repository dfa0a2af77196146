"""The cache of pages, which may fail: then answers are made anew, and it is left alone for a while.

A cache that does not answer costs each reader who asks it the time that is waited for it.
"""

import logging
from collections.abc import Callable
from time import monotonic
from typing import Any

from django.core.cache import caches
from django.core.cache.backends.base import BaseCache

log = logging.getLogger(__name__)

REST = 10.0  # seconds for which nobody asks a cache that failed

# Since when it is left alone, for reading and for writing: a full one can still be read.
_failed = {"read": float("-inf"), "written": float("-inf")}


def kept_value(key: str) -> Any:
    """What is kept by a key; None where nothing is, or that cannot be told."""
    return _ask("read", lambda cache: cache.get(key))


def keep_value(key: str, value: object) -> None:
    """Keep it, if that can be done."""
    if not _rests("read"):
        _ask("written", lambda cache: cache.set(key, value))


def _rests(how: str) -> bool:
    return monotonic() - _failed[how] < REST


def _ask(how: str, question: Callable[[BaseCache], Any]) -> Any:
    if _rests(how):
        return None
    try:
        return question(caches["pages"])
    except Exception as error:  # whatever a cache is made of
        _failed[how] = monotonic()
        log.warning(
            "The cache of pages cannot be %s; it is left alone for %d seconds: %s", how, REST, error
        )
        return None
