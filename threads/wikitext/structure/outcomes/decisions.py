"""Decisions: which topics were decided, in which words, and by whom, where the page says so.

The marks: a word in the heading, a sentence or a template that closes a topic, a box around
it, a comment that begins with such a word. A mark in a heading names nobody and no time.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from threads.wikitext.model import Closure, Decision
from threads.wikitext.site.outcomes import OutcomeWords
from threads.wikitext.structure.comments import Draft, DraftComment, DraftHeading, DraftUnsigned

from .closings import closes_first, closes_in_a_box
from .hints import may_decide
from .passages import Passages, template_at

_BRACKET_LAST = re.compile(r"[(\[](?P<outcome>[^()\[\]]*)[)\]]?\s*$")
_BRACKET_FIRST = re.compile(r"^\s*[(\[](?P<outcome>[^()\[\]]+)[)\]]\s*\S")
_FIRST_WORD = re.compile(r"\w+")
_OUTERMOST = 1  # levels: answers to the section itself
_OUTER = 2  # … and to these
_LAST = 3  # comments of a topic among which the closer's is
_ORDER = ("heading", "sentence", "box", "template", "comment")


@dataclass(frozen=True, slots=True)
class _Mark:
    """One thing that tells that a topic was decided."""

    source: str
    outcome: str
    by: str = ""
    when: datetime | None = None
    comment: str = ""


def find_decisions(
    text: str,
    drafts: Sequence[Draft],
    closures: Iterable[Closure],
    passages: Passages,
    topics: Mapping[str, str],
    words: OutcomeWords,
) -> list[Decision]:
    """The decided topics of a page, in order.

    In: `topics`, by the id of a section, that of the one which its decisions are about.
    """
    reader = _Reader(text, passages, words)
    marks: dict[str, list[_Mark]] = defaultdict(list)
    headings = {draft.id: draft for draft in drafts if isinstance(draft, DraftHeading)}
    below: dict[str, list[Draft]] = defaultdict(list)
    for draft in drafts:
        if draft.section is not None and not isinstance(draft, DraftHeading):
            below[topics[draft.section.id]].append(draft)
    for closure in closures:
        heading = headings.get(closure.section)
        if heading and _is_about_all(closure, below[heading.id]):
            marks[heading.id].append(
                _Mark("box", closure.words or closure.status, closure.by, closure.when)
            )
    for heading in headings.values():
        marks[heading.id] += reader.marks(heading, below[heading.id])
    return [
        _decision(heading, marks[heading.id])
        for heading in headings.values()
        if marks[heading.id] and heading.heading is not None
    ]


def _is_about_all(closure: Closure, items: Sequence[Draft]) -> bool:
    """Whether a box holds a topic from its first comment on."""
    first = next((item for item in items if isinstance(item, DraftComment)), None)
    return first is None or closure.start < first.signature.start


def _decision(heading: DraftHeading, marks: Sequence[_Mark]) -> Decision:
    # Of marks of one kind, the last one tells how it ended.
    last_first = marks[::-1]
    ordered = sorted(last_first, key=lambda mark: _ORDER.index(mark.source))
    told = next((mark for mark in ordered if mark.by), None)
    return Decision(
        section=heading.id,
        topic=heading.text,
        outcome=next((mark.outcome for mark in ordered if mark.outcome), ""),
        by=told.by if told else "",
        when=told.when if told else None,
        comment=told.comment if told else "",
        sources=tuple(dict.fromkeys(mark.source for mark in ordered)),
    )


class _Reader:
    """Finds the marks of one page's topics, but for boxes."""

    def __init__(self, text: str, passages: Passages, words: OutcomeWords) -> None:
        self._text = text
        self._passages = passages
        self._words = words
        said = words.decided_said.items()
        self._sentences = [(sentence, outcome) for sentence, outcome in said if sentence in text]
        # "İ" alone is longer in lower case: places behind it would not be those of the text.
        lower = text.replace("İ", "I").lower()
        found = words.line_words.finditer(lower) if words.line_words else ()
        self._lines = [match.start() for match in found]

    def marks(self, heading: DraftHeading, items: Sequence[Draft]) -> Iterator[_Mark]:
        """Those of a topic: of its heading, and of what stands below it."""
        marked = self._in_heading(heading.text) or self._template_in_heading(heading)
        if marked:
            yield _Mark("heading", marked)
            yield from self._closer(items)
        below = self._text[heading.start : heading.end].partition("\n")[2].lstrip()
        if outcome := self._words.decision_templates.get(template_at(below, 0)):
            yield _Mark("template", outcome)
        for number, item in enumerate(items):
            yield from self._in_item(item, is_first=number == 0)

    def _in_heading(self, heading: str) -> str:
        """The words of the mark in a heading; "" where there is none."""
        words = self._words
        if not words.marks_headings:
            return ""
        for pattern in (_BRACKET_LAST, _BRACKET_FIRST):
            found = pattern.search(heading)
            said = found["outcome"].strip() if found else ""
            first = _FIRST_WORD.search(said)
            if not first or "?" in said:
                continue
            if words.heading_word.match(said) or words.is_misspelt_mark(first[0]):
                return said
        bare = words.heading_bare.search(heading)
        if bare is None or "?" in bare["outcome"] or words.heading_asks.match(heading):
            return ""
        return "" if words.is_negated(heading[: bare.start()]) else bare["outcome"].strip(" -–")

    def _template_in_heading(self, heading: DraftHeading) -> str:
        """The words of a template with which a heading ends or begins, and which closes a topic;
        "" where there is none."""
        outcomes = self._words.decision_templates
        line = self._text[heading.start : heading.end].partition("\n")[0].strip("= \t")
        last = line.rfind("{{") if line.endswith("}}") else -1
        names = (template_at(line, place) for place in (last, 0) if place >= 0)
        return next((outcomes[name] for name in names if name in outcomes), "")

    def _closer(self, items: Sequence[Draft]) -> Iterator[_Mark]:
        """Who closed a topic whose heading says that it is: one of the last comments."""
        comments = [item for item in items if isinstance(item, DraftComment)]
        for comment in reversed(comments[-_LAST:]):
            if comment.level > _OUTERMOST:
                continue
            lines = self._passages.lines_of(comment)
            boxed = closes_in_a_box(comment, self._passages, self._words)
            if boxed or (lines and closes_first(lines, self._words)):
                yield _signed("comment", "", comment)
                return

    def _in_item(self, item: Draft, *, is_first: bool) -> Iterator[_Mark]:
        if self._sentences:
            yield from self._in_sentence(item)
        if bisect_left(self._lines, item.start) < bisect_left(self._lines, item.end):
            yield from self._in_line(item)
        if may_decide(self._passages.wikitext(item), self._words):
            yield from self._at_the_beginning(item, is_first=is_first)

    def _at_the_beginning(self, item: Draft, *, is_first: bool) -> Iterator[_Mark]:
        """A template or a word that closes a topic, with which an item begins."""
        if isinstance(item, DraftComment):
            if item.level > _OUTER:
                return
            yield from self._in_first_words(item)
        elif not (is_first and isinstance(item, DraftUnsigned)):
            return
        yield from self._in_template(item)

    def _in_first_words(self, item: DraftComment) -> Iterator[_Mark]:
        lines = self._passages.lines_of(item)
        if not lines:
            return
        if phrase := self._words.decided_phrase.match(lines[0].text.lstrip(" '-–—")):
            yield _signed("comment", phrase["outcome"].strip(), item)
        elif word := self._words.decided_first.match(lines[0].text):
            yield _signed("comment", word[0], item)

    def _in_sentence(self, item: Draft) -> Iterator[_Mark]:
        """A sentence that closes a topic, and who signed it."""
        for sentence, outcome in self._sentences:
            place = self._text.find(sentence, item.start, item.end)
            if place < 0:
                continue
            signatures = item.signatures if isinstance(item, DraftComment) else ()
            after = next((one for one in signatures if one.start >= place), None)
            if after is None:
                yield _Mark("sentence", outcome)
            else:
                yield _Mark("sentence", outcome, after.author, after.when, item.id)

    def _in_template(self, item: Draft) -> Iterator[_Mark]:
        """A template that closes a topic, with which an item begins."""
        names = self._words.decision_templates
        name = self._passages.begins_with_template(item, names.keys())
        if not name or self._is_asked(item):
            return
        if isinstance(item, DraftComment):
            yield _signed("template", self._shown(item, name) or names[name], item)
        else:
            yield _Mark("template", names[name])

    def _is_asked(self, item: Draft) -> bool:
        """Whether what begins with a template is a question: "Done?"."""
        lines = self._passages.lines_of(item)
        rest = (
            "".join(piece.text for piece in lines[0].pieces if not piece.template) if lines else ""
        )
        return rest.lstrip().startswith("?")

    def _shown(self, item: DraftComment, name: str) -> str:
        """What a template shows, where it is a word."""
        lines = self._passages.lines_of(item)
        pieces = (piece for line in lines for piece in line.pieces if piece.template == name)
        return next((piece.text.strip() for piece in pieces), "")

    def _in_line(self, item: Draft) -> Iterator[_Mark]:
        """A line that tells the outcome."""
        for line in self._passages.lines_of(item):
            told = self._words.decided_line.match(line.text.lstrip(" '-–—"))
            if told:
                yield _Mark("box", told["outcome"].strip(" .'"))


def _signed(source: str, outcome: str, comment: DraftComment) -> _Mark:
    own = comment.signature
    return _Mark(source, outcome, own.author, own.when, comment.id)
