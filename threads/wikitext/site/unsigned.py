"""Sentences that templates for unsigned comments leave behind where they are substituted.

How they begin on wikis in each language is data (data/unsigned.json); of English ones, a dash
before them tells as well.
"""

import re
from functools import cache

from threads.wikitext.markup.alternatives import any_of

from .tables import table


def begins_like_unsigned(text: str) -> bool:
    """Whether a text begins like such a sentence, behind brackets."""
    return _beginnings().match(text) is not None


def tells_unsigned(text: str) -> bool:
    """Whether such a sentence begins anywhere in a text."""
    return _sentences().search(text) is not None


def unsigned_at_end(text: str) -> int:
    """Where such a sentence begins, with its dash or bracket, that ends a text before the user's
    link; -1 where none does."""
    found = _ending().search(text)
    return found.start() if found else -1


def is_end_of_unsigned(text: str) -> bool:
    """Whether a text behind a time is how such a sentence ends (data/unsigned_ends.json), and
    nothing else."""
    return _ends().fullmatch(text) is not None


@cache
def _ends() -> re.Pattern[str]:
    ends = (end for many in table("unsigned_ends").values() for end in many)
    return re.compile(rf"\s*{any_of(ends)}[.。]?\s*(?:[(（][^()（）\n]*[)）][.。]?)?\s*")


@cache
def _ending() -> re.Pattern[str]:
    lead = r"[\s(\[]*(?:[-–—―]+[\s\u00a0]*)?(?:(?:the|this)\s+)?"
    return re.compile(rf"{lead}{_sentences().pattern}[^.!?\n]{{0,40}}\Z", re.IGNORECASE)


@cache
def _beginnings() -> re.Pattern[str]:
    return re.compile(r"[\s(\[]*" + _sentences().pattern, re.IGNORECASE)


@cache
def _sentences() -> re.Pattern[str]:
    sentences = (sentence for many in table("unsigned").values() for sentence in many)
    return re.compile(any_of(sentences), re.IGNORECASE)
