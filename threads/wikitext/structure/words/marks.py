"""Marks: where words end that somebody has signed in a way that DiscussionTools does not read."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from urllib.parse import unquote

from threads.wikitext.flow.nodes import Node, Quoted
from threads.wikitext.site.foreign_dates import foreign_date, is_like_date
from threads.wikitext.site.historic_dates import HistoricDate, HistoricDates, Precision
from threads.wikitext.site.languages import Profile
from threads.wikitext.site.near_users import user_nearly_named
from threads.wikitext.site.timestamps import TimestampPattern
from threads.wikitext.site.unsigned import is_end_of_unsigned
from threads.wikitext.structure.signatures import SCAN_LIMIT, FoundSignature

from .broken_links import BrokenLinks
from .dated_links import signature_in_term, signature_of
from .plain_names import end_behind_name, ends_with_address, is_copied
from .text_lines import WORD, Mark, ShownLine, TextLine, is_told_by_tildes, is_told_unsigned, said
from .undated import NEAR, NOTHING, UndatedNames, answered_table, are_votes, poll_of

MOST_WORDS = 2  # between a user's links and a date that is not written in full
_SAME_TIME = timedelta(hours=12)  # of one comment that is signed twice
_LONGEST = 300  # characters in which a signature's date ends
_MOST_DATES = 2  # behind a link
_MOST_LINKS = 4  # before a date: further ones are no part of its signature
_ZONE_LIKE = re.compile(r"\s*[(（][^()（）\d\n\x01]{2,20}[)）](?:[^\w\x01]|_)*")
_QUOTED = (Quoted.QUOTE, Quoted.ASIDE)
# A link that may name who signs, or one in braces, and what may stand between it and the date.
_ANY_LINK = re.compile(
    r"\[\[(?P<title>[^\[\]|\n]+)(?:\|[^\[\]\n]*)?\]\]"
    r"|\[(?:https?:)?//[^\s\[\]/]+/wiki/(?P<path>[^\s\[\]?#]+)[^\[\]\n]*\]"
    r"|\{\{(?P<page>[^{}|\n]+:[^{}|\n]+)(?:\|[^{}\n]*)?\}\}"
)
_BESIDE_LINK = re.compile(r"(?:</?\w[^<>]*>|&nbsp;|[\W_])*")


class Marks:
    """Finds the marks of one page."""

    def __init__(
        self, flow: Sequence[Node], text: str, pattern: TimestampPattern, profile: Profile
    ) -> None:
        self._flow = flow
        self._text = text
        self._pattern = pattern
        self._profile = profile
        self._dates = HistoricDates(profile)
        self._undated = UndatedNames(flow, text, self._dates)
        self._broken = BrokenLinks(profile, self._dates)

    def may_be_dated(self, text: str) -> bool:
        """False only if there is no time with its zone; much faster than looking for one."""
        return ")" in text and self._dates.may_be_in(text)

    def is_date(self, text: str) -> bool:
        """Whether a text is a date and nothing else."""
        date = self._dates.find(text)
        is_all = date is not None and NOTHING.fullmatch(text, 0, date.start) is not None
        return date is not None and is_all and NOTHING.fullmatch(text, date.end) is not None

    def in_lines(
        self,
        lines: Sequence[TextLine],
        signer: FoundSignature | None,
        behind: Sequence[TextLine],
    ) -> dict[int, Mark]:
        """The marks that end lines, by their numbers.

        `signer` is who signs what follows, as DiscussionTools reads it: its own words are not
        parted from it. `behind` is what follows of the same item.
        """
        found: dict[int, Mark] = {}
        table, poll = answered_table(lines, behind), poll_of(lines, behind, signer)
        stances = self._profile.outcomes.stances
        last_user = max((n for n, line in enumerate(lines) if line.has_user), default=-1)
        for number, line in enumerate(lines):
            if not (line.may_be_signed or number == table):
                continue
            pair = lines[number - 1 : number + 1]
            if len(pair) > 1 and (own := signature_in_term(self._flow, pair, self._dates)):
                found.pop(number - 1, None)
                if not _signs_again(signer, own.author, own.when):
                    found[number] = Mark(own, own.author)
                continue
            is_whole = bool(signer) or number >= len(lines) - 1 or number < last_user
            before = lines[number - 1] if number and number - 1 not in found else None
            below = next(iter([*lines[number + 1 : number + 2], *behind[:1]]), line)
            mark = self._at_end_of(
                line,
                signer,
                before,
                is_whole=is_whole,
                in_poll=line.prefix == poll,
                is_vote=are_votes(self._flow, (line, below), stances),
                is_answered=below.prefix.startswith(f"{line.prefix}:"),
            )
            if mark:
                found[number] = mark
        return found

    def _at_end_of(
        self,
        line: TextLine,
        signer: FoundSignature | None,
        before: TextLine | None,
        *,
        is_whole: bool,
        in_poll: bool,
        is_vote: bool,
        is_answered: bool,
    ) -> Mark | None:
        """The mark that ends a line that may be signed.

        `before` is the line before, if the same person may have written it.
        `is_whole`: what follows is not just the rest of a signature. `in_poll`: it stands in a
        list in which each signs an item. `is_vote`: so it seems. `is_answered`: what follows is
        indented deeper.
        """
        if not line.has_user:
            text = said(self._flow[line.first : line.last])
            if user := self._broken.user_at_end(text):
                is_own = signer is not None and user == signer.author
                return None if is_own else Mark(author=user, known_by="name")
            if is_told_by_tildes(self._flow, line):
                return Mark()
            if not self.may_be_dated(text[-NEAR:]):
                return None
            named = self._nearly_named(line, signer)
            return named or self._dated(text, signer, is_answered=is_answered)
        if line.ends_block and is_told_unsigned(self._flow, line):
            return Mark()
        shown = ShownLine(self._flow, line)
        return (
            self._signed(shown, signer)
            or (self._undated.vote(shown, signer) if is_vote else None)
            or self._undated.mark(
                shown,
                signer,
                before,
                ends_block=line.ends_block and is_whole,
                is_listed=line.prefix.endswith(("*", "#")),
                in_poll=in_poll,
            )
            or self._dated(shown.text, signer, is_answered=False)
        )

    def inside(
        self, line: TextLine, last: FoundSignature, *, by_others: bool
    ) -> FoundSignature | None:
        """A signature in a line that somebody, or somebody else, signs behind it, with words of
        their own."""
        if last.first <= line.first:
            return None
        shown = ShownLine(self._flow, line._replace(last=min(line.last, last.first)))
        found = self._date_behind_link(shown) if shown.links else None
        if found is None or (by_others and found[1] == last.author):
            return None
        date, user, offset = found
        if not date.is_exact or not WORD.search(shown.text, date.end):
            return None
        signature = self._signature(shown, date, user, offset)
        return None if self._flow[signature.last].quoted in _QUOTED else signature

    def _signed(self, shown: ShownLine, signer: FoundSignature | None) -> Mark | None:
        """A line that ends in a user's link and a date of whatever form."""
        found, language = self._date_behind_link(shown), ""
        if found is None:
            found, language = self._foreign_date_behind_link(shown)
        if found is None:
            return None
        date, user, offset = found
        if _signs_again(signer, user, date.when):
            return None
        return Mark(self._signature(shown, date, user, offset, language), user)

    def _foreign_date_behind_link(
        self, shown: ShownLine
    ) -> tuple[tuple[HistoricDate, str, int] | None, str]:
        """The same as `_date_behind_link` for a date in another language; and that language."""
        if not shown.links:
            return None, ""
        end, user = shown.links[-1]
        behind = shown.text[end:]
        found = foreign_date(behind, self._profile.language)
        if found is None or not NOTHING.fullmatch(behind, found.date.end):
            return None, ""
        date = found.date._replace(start=found.date.start + end, end=found.date.end + end)
        return (date, user, end), found.language

    def _signature(
        self, shown: ShownLine, date: HistoricDate, user: str, offset: int, language: str = ""
    ) -> FoundSignature:
        """The signature of a user whose link ends at `offset`, with its date."""
        return signature_of(self._flow, (shown, user, offset), (shown, date.end), date, language)

    def _date_behind_link(self, shown: ShownLine) -> tuple[HistoricDate, str, int] | None:
        """The date of a signature, the user of the link before it, and where that link ends."""
        for end, user in reversed(shown.links[-_MOST_LINKS:]):
            for date in self._dates_in(shown.text, end):
                if date.start - end > SCAN_LIMIT:
                    break
                if date.is_exact or (
                    len(WORD.findall(shown.text, end, date.start)) <= MOST_WORDS
                    and self._ends(shown.text, date)
                ):
                    return date, user, end
        return None

    @staticmethod
    def _ends(text: str, date: HistoricDate) -> bool:
        """Whether nothing is said behind a date, or of a time in brackets what may be its zone."""
        if NOTHING.fullmatch(text, date.end) or is_end_of_unsigned(text[date.end :]):
            return True
        is_time = date.precision is not Precision.DAY
        return is_time and _ZONE_LIKE.fullmatch(text, date.end) is not None

    def _dates_in(self, text: str, begin: int) -> Iterator[HistoricDate]:
        """The first dates from a place on: behind a day alone there may be the time that was
        added."""
        last = begin + _LONGEST
        for _ in range(_MOST_DATES):
            date = self._dates.find(text, begin, last)
            if date is None:
                return
            yield date
            begin = date.end

    def _nearly_named(self, line: TextLine, signer: FoundSignature | None) -> Mark | None:
        """A line that ends in a date with its zone, behind a link that names a user to a reader,
        and not to DiscussionTools."""
        whole = self._flow[line.last - 1].end
        around = self._text[max(0, self._flow[line.first].start - _LONGEST) : whole]
        if "[" not in around and "{{" not in around:
            return None
        shown = ShownLine(self._flow, line)
        begin = max(0, len(shown.text) - NEAR)
        end = shown.text[begin:]
        date = self._dates.find(end)
        is_read = date is not None and date.is_exact and NOTHING.fullmatch(end, date.end)
        if date is not None and is_read:
            index, offset = shown.locate(begin + date.start + 1)
            place = self._flow[index].start + offset - 1
        else:
            place = whole
        before = self._text[max(0, place - _LONGEST) : place].rpartition("\n")[2]
        links = list(_ANY_LINK.finditer(before))
        if not links:
            return None
        behind = before[links[-1].end() :]
        if is_read and not _BESIDE_LINK.fullmatch(behind):
            return None
        if not is_read and not is_like_date(behind, self._dates.zones):
            return None
        title = links[-1]["title"] or links[-1]["page"] or unquote(links[-1]["path"])
        user = user_nearly_named(title, self._profile)
        if user is None or (signer and user == signer.author):
            return None
        return Mark(author=user, known_by="link")

    def _dated(self, text: str, signer: FoundSignature | None, *, is_answered: bool) -> Mark | None:
        """A block that ends in a time, and names nobody by a link."""
        end = end_behind_name(text, self._dates)
        if end and len(text) - end <= NEAR and text[end:].startswith(","):
            return Mark()  # in brackets, with a word on when it was added
        if not end:
            end = self._behind_time(text, signer, is_answered=is_answered)
        return Mark() if end and NOTHING.fullmatch(text, end) else None

    def _behind_time(self, text: str, signer: FoundSignature | None, *, is_answered: bool) -> int:
        """The end of a whole date that is not of the signer's day, or is before an answer; 0 where
        there is none."""
        if self._pattern.may_be_in(text) and (stamp := self._pattern.find(text)):
            when, begin, end = stamp.when, stamp.start, stamp.end
        else:
            near = text[max(0, len(text) - NEAR) :]
            date = self._dates.find(near) if self.may_be_dated(near) else None
            if date is None or not date.is_exact:
                return 0
            when, begin, end = date.when, *(len(text) - len(near) + n for n in date[:2])
        if signer and is_copied(text[:begin]):
            return 0  # from a page as it is shown: quoted by the signer
        if ends_with_address(text[:begin]):
            return end
        is_own = _is_same_day(when, signer) and not is_answered if when else True
        return 0 if is_own else end


def _signs_again(signer: FoundSignature | None, user: str, when: datetime | None) -> bool:
    """Whether who signs below signs with this time as well, in the midst of one comment."""
    if not signer or not signer.when or not when or user != signer.author:
        return False
    return abs(signer.when - when) < _SAME_TIME


def _is_same_day(when: datetime, signer: FoundSignature | None) -> bool:
    return bool(signer and signer.when and signer.when.date() == when.date())
