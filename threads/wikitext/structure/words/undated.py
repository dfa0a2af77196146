"""Lines that end in the links of a user, with no date behind them that can be read."""

import re
from collections.abc import Container, Sequence

from threads.wikitext.flow.nodes import Node
from threads.wikitext.site.foreign_dates import is_like_date
from threads.wikitext.site.greetings import ends_with_greeting
from threads.wikitext.site.historic_dates import HistoricDates, Precision
from threads.wikitext.site.unsigned import tells_unsigned
from threads.wikitext.structure.signatures import FoundSignature

from .text_lines import LEADS_OVER, WORD, Mark, ShownLine, TextLine

NEAR = 80  # characters at the end of a line in which a date stands
FEW_WORDS = 3  # a line with fewer, and links to a user, names the user and says nothing
NOTHING = re.compile(r"(?:[^\w\x01]|_)*")  # that is said: \x01 stands for a user's name
_DASH = re.compile(r"(?:[-–—−‒―~]|&#15[01];)[\s('\"]*$")
_LOOSE = 40  # characters of a date that cannot be read as one: without its year, or misspelt
_LONGEST_GREETING = 4  # words
_EMPHASIS = re.compile(r"<(?:b|strong)\b|<i><b>|<span class=\"word\"")
_CLOCK = re.compile(r"\d[:.h]\d\d|\d\s?[時时시点點]")
_NUMBER = re.compile(r"\d+")
_NUMBERS = 4  # hour, minute, day, year
_MOST_PARTS = 4  # words: an era, those for year, month and day
_VARIABLE = re.compile(r"[^\W\d]\w*")
_MOST_OTHERS = 3  # words beside variables: a month, a zone
# What stands before the name of somebody that a position refers to: "per Ana".
_REFERS = re.compile(
    r"\b(?:per|by|to|from|with|and|as|see|von|laut|wie|siehe|und|an|par|selon|avec|cf|por|según|con|per)"
    r"[\s@:.]*$",
    re.IGNORECASE,
)
POSTSCRIPT = re.compile(r"P\.\s?S\.|PS\s?[:.,–-]\s")
_SMILEY = r"(?<![^\W\d_])[:;=][-o^']?[()DPp]|[\u263a\u263b\U0001f600-\U0001f64f]"
_SENTENCE_END = re.compile(rf"(?:[.!?…。！？]|{_SMILEY})['\"”)\s]*$")
_NEXT_SENTENCE = re.compile(r"[.!?…]\s+\w")
_ONLY_LINKS = re.compile(
    r"(?:\[\[(?:[^\[\]\n]|\[[^\[\]\n]*\])*+\]\]|\{\{[^{}\n]*\}\}|<[^<>\n]*>|&\w+;|[^\w\n]|_)*+(?:\n|\Z)"
)
_NEXT_LINE = re.compile(r"[^\n]*\n\s*(?=\[\[)")
_FIRST_OF_NEXT = re.compile(r"[^\n]*\n[^\w\n]*([^\W\d_])")  # letter of the next line


class UndatedNames:
    """Finds such lines on one page."""

    def __init__(self, flow: Sequence[Node], text: str, dates: HistoricDates) -> None:
        self._flow = flow
        self._text = text
        self._dates = dates

    def mark(
        self,
        shown: ShownLine,
        signer: FoundSignature | None,
        line_before: TextLine | None,
        *,
        ends_block: bool,
        is_listed: bool,
        in_poll: bool,
    ) -> Mark | None:
        """A line that ends in the links of a user who is not the signer."""
        if not shown.links:
            return None
        end, user = shown.links[-1]
        if signer and user == signer.author:
            return None
        first = shown.first_link_of(user, end)
        link = self._flow[first]
        if self._text.startswith("{{", link.start):
            ends = NOTHING.fullmatch(shown.text_behind(link.end))
            return Mark(author=user, known_by="template") if ends else None
        behind, before = shown.text[end:], shown.text_before(first)
        is_told = ends_block and len(behind) <= _LOOSE and tells_unsigned(before[-NEAR:])
        if is_told or self._is_like_date(behind):
            return Mark(author=user, known_by="link")
        is_loose = len(behind) <= _LOOSE and self._dates.is_loose(behind)
        is_closed = self._is_closed(before, user, is_first=line_before is None)
        if not is_loose and not NOTHING.fullmatch(behind):
            named = is_closed and self._may_follow(behind, link.start)
            return Mark(author=user, known_by="link") if named else None
        count_before = len(WORD.findall(before))
        is_item = in_poll and ends_block and count_before <= FEW_WORDS and not _is_about(before)
        if is_item or (signer and self._ends_in_date(before)):
            return Mark(author=user, known_by="link")
        ends_sentence = _SENTENCE_END.search(before) is not None
        is_alone = not is_listed and not count_before  # a line of its own
        is_dated = is_loose and is_alone and _CLOCK.search(behind) is not None
        count = sum(linked == user for _end, linked in shown.links)
        above = line_before if ends_block and is_alone else None
        if is_dated or (above and self._may_be_signed_below(above, count, link.end)):
            return Mark(author=user, known_by="link")
        is_said = count_before >= (1 if is_loose or ends_sentence else FEW_WORDS)
        is_apart = count > 1 or (ends_sentence and (ends_block or self._begins_anew(link.end)))
        named = is_closed or (is_said and is_apart)
        return Mark(author=user, known_by="link") if named else None

    @staticmethod
    def vote(shown: ShownLine, signer: FoundSignature | None) -> Mark | None:
        """The same of a line that begins with a position, and so does the next item of its list."""
        end, user = shown.links[-1] if shown.links else (0, "")
        if not user or (signer and user == signer.author) or not NOTHING.fullmatch(shown.text, end):
            return None
        before = shown.text_before(shown.first_link_of(user, end))
        return Mark() if _is_about(before) else Mark(author=user, known_by="link")

    def _may_follow(self, behind: str, start: int) -> bool:
        """Whether a signature whose links begin there may have this text behind it: some have links
        to other pages in theirs, and some add a postscript."""
        if POSTSCRIPT.match(behind.lstrip(" )")):
            return True
        return len(behind) <= _LOOSE and _ONLY_LINKS.match(self._text, start) is not None

    @staticmethod
    def _is_closed(text: str, user: str, *, is_first: bool) -> bool:
        """Whether a dash ends what stands before a link, or a greeting, with which some begin: the
        words of a first line do not."""
        if _DASH.search(_without_name(text, user)):
            return True
        is_short = len(WORD.findall(text)) <= _LONGEST_GREETING
        has_words = not (is_first and is_short) or _NEXT_SENTENCE.search(text) is not None
        return has_words and ends_with_greeting(text)

    def _is_like_date(self, text: str) -> bool:
        """Whether a text behind a link is a time with its date that cannot be read."""
        is_date = is_like_date(text, self._dates.zones)
        return is_date or _is_of_calendar(text) or _is_of_now(text)

    def _may_be_signed_below(self, line: TextLine, count: int, end: int) -> bool:
        """Whether a line of nothing but so many links to one user may sign it: a sentence, a
        greeting, or with two links a table or what does not lead over to them. In: where the first
        of these links ends in the page."""
        if self._is_above_links(end):
            return False
        if line.is_set_apart:
            return count > 1
        shown = ShownLine(self._flow, line)
        if count > 1 and shown.has_words(FEW_WORDS) and not LEADS_OVER.search(shown.text):
            return True
        return _SENTENCE_END.search(shown.text) is not None or ends_with_greeting(shown.text)

    def _is_above_links(self, place: int) -> bool:
        """Whether the next line with anything has links and nothing else: it is of a list."""
        first = _NEXT_LINE.match(self._text, place)
        return first is not None and _ONLY_LINKS.match(self._text, first.end()) is not None

    def _begins_anew(self, place: int) -> bool:
        """Whether the next line of a paragraph begins a sentence, as far as its script tells."""
        first = _FIRST_OF_NEXT.match(self._text, place)
        return first is not None and not first[1].islower()

    def _ends_in_date(self, text: str) -> bool:
        """Whether a text ends in a time of day and its date, which some write before the link."""
        end = text[-NEAR:]
        date = self._dates.find(end)
        is_whole = date is not None and date.precision is not Precision.DAY
        return date is not None and is_whole and NOTHING.fullmatch(end, date.end) is not None


def answered_table(lines: Sequence[TextLine], behind: Sequence[TextLine]) -> int:
    """Number of the line that ends a table with which these lines begin, where it alone has a user
    and what stands behind the table is indented as an answer; -1 for none."""
    count = 0
    while count < len(lines) and lines[count].is_in_table:
        count += 1
    if not count:
        return -1
    answer = next(iter([*lines[count : count + 1], *behind]), None)
    if answer is None or answer.is_set_apart or not answer.prefix.startswith(":"):
        return -1
    users = [number for number, line in enumerate(lines[:count]) if line.has_user]
    return count - 1 if users == [count - 1] else -1


def poll_of(
    lines: Sequence[TextLine], behind: Sequence[TextLine], signer: FoundSignature | None
) -> str | None:
    """The list markup of lines that are nothing but items of one numbered list, with what stands
    below them: of a poll, in which each signs an item; None where they are none. So are those of a
    list with bullets, if `signer` signs its last item with no words."""
    prefix = lines[0].prefix if lines else ""
    is_bare = signer is not None and bool(behind) and behind[0].first >= signer.first
    if not prefix.endswith(("*", "#") if is_bare else "#"):
        return None
    items = [line for line in (*lines, *behind) if line.prefix == prefix]
    is_list = all(line.prefix.startswith(prefix) for line in (*lines, *behind))
    return prefix if is_list and len(items) > 1 else None


def are_votes(flow: Sequence[Node], lines: Sequence[TextLine], stances: Container[str]) -> bool:
    """Whether two lines are items of one list that begin with emphasised words, or templates, of
    positions. In: `stances`, the words of positions."""
    line, below = lines
    if line is below or line.prefix != below.prefix or not line.prefix.endswith(("*", "#")):
        return False
    return all(
        _EMPHASIS.match(flow[each.first - 1].html)
        and any(word in stances for word in WORD.findall(flow[each.first].text.casefold()))
        for each in lines
    )


def _is_about(before: str) -> bool:
    """Whether a link behind a text names somebody of whom it speaks, and who has not signed."""
    return _REFERS.search(before) is not None


def _is_of_now(text: str) -> bool:
    """Whether a text has variables for the time at which a page is shown, where one for that of
    saving was meant, and little else: "{{LOCALTIME}}, {{LOCALDAY}} March 2019 (UTC)"."""
    words = _VARIABLE.findall(text)
    others = sum(not _is_variable(word) for word in words)
    return others < len(words) and others <= _MOST_OTHERS


def _is_of_calendar(text: str) -> bool:
    """Whether a short text has a time of day, a day and a year, in whatever calendar, and little
    else: "平成16年3月1日 10:00"."""
    if len(text) > _LOOSE or not _CLOCK.search(text):
        return False
    return len(_NUMBER.findall(text)) >= _NUMBERS and len(WORD.findall(text)) <= _MOST_PARTS


def _is_variable(word: str) -> bool:
    """Whether it is the name of one, which other languages write with underscores."""
    return word.isupper() and (word.startswith(("LOCAL", "CURRENT")) or "_" in word)


def _without_name(text: str, user: str) -> str:
    """A text without the name that some write out before the link to their talk page."""
    bare = text.rstrip(" (")
    return bare.removesuffix(user) if bare != text else text
