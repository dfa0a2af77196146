"""A page's contents: its headings as a nested list, with counts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from django.utils.safestring import SafeString, mark_safe

from threads.models import Section

from .following import FollowedPerson


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A line of the contents."""

    section: Section
    is_shown: bool  # its heading is in the part of the page that is shown
    theirs: int  # its comments by the person whom the reader follows
    share: int  # its comments, in per cent of those of the busiest section
    opens: bool  # its sub-sections follow, as a list of their own
    closes: SafeString  # the lists that end with it


def contents_of(
    sections: Sequence[Section],
    is_shown: Callable[[Section], bool],
    person: FollowedPerson | None = None,
) -> list[ContentsEntry]:
    """The lines of the contents. In: all sections of a page, in reading order;
    the person whom the reader follows."""
    shown = [section for section in sections if section.heading_level or section.comment_count]
    busiest = max((section.comment_count for section in shown), default=0) or 1
    entries = []
    around: list[Section] = []
    for section, following in zip_longest(shown, shown[1:]):
        opens = following is not None and following.position <= section.last_position
        if opens:
            around.append(section)
        ended = 0
        while around and (following is None or following.position > around[-1].last_position):
            around.pop()
            ended += 1
        entries.append(
            ContentsEntry(
                section,
                is_shown(section),
                person.count_in(section.position, section.last_position) if person else 0,
                round(100 * section.comment_count / busiest),
                opens,
                mark_safe("</ol></li>" * ended),  # noqa: S308 (no outside text in it)
            )
        )
    return entries
