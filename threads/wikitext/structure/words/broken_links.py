"""Links to a user that lack a bracket, or have others, and so are text: "[[User:Ana|Ana] 10:08, …".

Such a link signs what stands before it where nothing but a date stands beside it.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from threads.wikitext.markup.alternatives import any_of
from threads.wikitext.site.greetings import ends_with_greeting
from threads.wikitext.site.historic_dates import HistoricDates
from threads.wikitext.site.languages import Profile
from threads.wikitext.site.links import normalise_user

_NEAR = 250  # characters at the end of a line in which its links and its date stand
_NOTHING = re.compile(r"[\W_]*")
_WORD = re.compile(r"[^\W\d_]{2,}")
_APART = re.compile(r"(?:[-–—−‒―~]|[.!?…。！？])[\s('\"]*\Z")  # what ends before a signature


class BrokenLinks:
    """Finds them in the lines of one page."""

    def __init__(self, profile: Profile, dates: HistoricDates) -> None:
        self._link = _link_to(profile.user | profile.user_talk)
        self._dates = dates

    def user_at_end(self, line: str) -> str | None:
        """Whom such links name that sign a line; None where there are none."""
        end = line[-_NEAR:]
        links = [link for link in self._link.finditer(end) if not _is_whole(link[0])]
        if not links or not _WORD.search(line[: len(line) - len(end) + links[0].start()]):
            return None
        user = normalise_user(links[-1]["name"])
        behind = end[links[-1].end() :]
        is_signed = self._is_date(behind) or (
            _NOTHING.fullmatch(behind) is not None and self._is_apart(end[: links[0].start()])
        )
        return user if is_signed else None

    def _is_date(self, text: str) -> bool:
        """Whether a text is a date and nothing else."""
        date = self._dates.find(text)
        return date is not None and not _WORD.search(text[: date.start] + text[date.end :])

    def _is_apart(self, before: str) -> bool:
        """Whether a dash, a sentence, a greeting or a date ends what stands before a link."""
        if _APART.search(before) or ends_with_greeting(before):
            return True
        date = self._dates.find(before)
        return date is not None and _NOTHING.fullmatch(before, date.end) is not None


def _is_whole(link: str) -> bool:
    """Whether it lacks no bracket: it stands in what is no wikitext."""
    return link.startswith("[[") and link.endswith("]]")


@lru_cache(maxsize=64)
def _link_to(namespaces: frozenset[str]) -> re.Pattern[str]:
    """Such a link to a page in one of these, and its label."""
    return re.compile(
        rf"\[{{1,2}}:?(?:{_named(namespaces)}) *:(?P<name>[^\[\]{{}}<>|#/\n]{{1,60}})"
        r"(?:\|[^\[\]{}\n]{0,60})?\]{1,2}",
        re.IGNORECASE,
    )


def _named(namespaces: Iterable[str]) -> str:
    """A pattern for their names, which may have underscores for blanks."""
    return any_of(namespaces, {" ": "[ _]"})
