"""What can be asked of the index of comments: tokens, in groups."""

from dataclasses import dataclass
from datetime import datetime

from .markers import END


@dataclass(frozen=True, slots=True)
class Term:
    """Tokens of the index that stand one behind the other."""

    tokens: tuple[str, ...]
    prefix: bool = False  # the last one may go on


EVERYTHING = ((Term((END,)),),)  # groups that find all entries: each has this token


@dataclass(frozen=True, slots=True)
class IndexQuery:
    """What is asked of the index of comments."""

    every: tuple[tuple[Term, ...], ...]  # of each group, at least one is there
    none: tuple[Term, ...] = ()  # none of these is there
    since: datetime | None = None  # signed at that time or later …
    until: datetime | None = None  # … and before that time
