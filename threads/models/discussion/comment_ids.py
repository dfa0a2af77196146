"""The times in a comment's ID or name, and the forms in which these are written."""

import re
from contextlib import suppress
from datetime import datetime
from itertools import islice

MOST_TIMES = 3  # that are read of one: its own, and that of what it answers
# A time in an id or name, in either form that they have: DiscussionTools' rules for ids.
_TIME = re.compile(r"-(\d{4})-?(\d\d)-?(\d\d)T?(\d\d):?(\d\d):?(\d\d)(?:\.000Z)?(?=-|$)", re.ASCII)


def times_in(ident: str) -> set[datetime]:
    """The times that a comment's id or name holds: when it was signed, and it may be others."""
    times = set()
    for time in _TIME.finditer(ident):
        with suppress(ValueError):  # no such day, or hour
            times.add(datetime.fromisoformat("{}{}{}T{}{}{}Z".format(*time.groups())))
    return times


def spellings_of(ident: str) -> set[str]:
    """An id or name with each of its times in both forms, as links from any year have them."""
    known = {ident}
    for time in islice(_TIME.finditer(ident), MOST_TIMES):
        year, month, day, hour, minute, second = time.groups()
        long = f"-{year}-{month}-{day}T{hour}:{minute}:{second}.000Z"
        short = f"-{year}{month}{day}{hour}{minute}{second}"
        known |= {each.replace(time[0], form) for each in known for form in (long, short)}
    return known
