"""Templates that sign: who signs by one, and when.

Each wiki has some, for those who forget to sign. Of one that is not in the table, the arguments
may tell: a name and a time, and nothing else.
"""

import re

from threads.wikitext.flow.calls import Call

_CLOCK = r"\d\d?[:.h時]\d\d(?!\d)"
_TIME = re.compile(rf"{_CLOCK}.*\s|\s.*{_CLOCK}|\d-\d\dT\d\d:\d\d")
# A user's name with the time behind it.
_NAME_AND_TIME = re.compile(
    rf"(\S.*?)[\s,]+({_CLOCK}.*|\d{{1,2}}\.? \w+\.? \d{{4}}\b.*|\d{{4}}-\d\d-\d\d.*)", re.DOTALL
)
_DATED = re.compile(rf"{_CLOCK}|\b20\d\d\b")
_DIGIT = re.compile(r"\d")
_ADDRESS = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}|[\da-f]*:[\da-f:]+", re.IGNORECASE)
_YEAR = re.compile(r"\d{4}")
_NAME = re.compile(r"[^\n\[\]{}<>|#=/]{1,60}")
_LONGEST_TIME = 60
_LINE_ENDS = re.compile(r"[ \t]*(?:\n|</|<!--|\Z)")


def signer_and_time(call: Call, text: str) -> tuple[str, str]:
    """The user and the time that a template for signing names; each "" where it does not."""
    user = call.value(call.facts["user"], text)
    time = call.value(call.facts["time"], text)
    if _TIME.search(user) and not _TIME.search(time):
        user, time = time, user  # English {{unsigned}} takes them in either order …
    elif not user and _is_name(time):
        return time, ""
    both = None if user else _NAME_AND_TIME.fullmatch(time)
    if both and not _DATED.search(both[1]):
        user, time = both[1], both[2]  # … or as one
    return user, time


def _is_name(value: str) -> bool:
    """Whether it is no time: the only argument of a template that takes the time first."""
    return not _DIGIT.search(value) or _ADDRESS.fullmatch(value) is not None


def signs(call: Call, text: str) -> bool:
    """Whether a template that is not known is one for signing: what it is given are a name and a
    time, and it ends a line that has words before it."""
    if any(argument.key for argument in call.arguments) or len(call.arguments) != 2:
        return False
    line = text[text.rfind("\n", 0, call.start) + 1 : call.start]
    if not any(character.isalnum() for character in line):
        return False
    first, second = (text[argument.start : argument.end].strip() for argument in call.arguments)
    if is_time(first):
        first, second = second, first
    return (
        is_time(second)
        and not is_time(first)
        and _NAME.fullmatch(first) is not None
        and _LINE_ENDS.match(text, call.end) is not None
    )


def is_time(value: str) -> bool:
    """Whether it is a whole date with its time."""
    is_short = len(value) <= _LONGEST_TIME and "\n" not in value
    return is_short and bool(_YEAR.search(value) and _TIME.search(value))
