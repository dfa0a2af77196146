"""Closings: whether a comment's words close its topic."""

from collections.abc import Sequence

from threads.wikitext.site.outcomes import OutcomeWords, holds_any
from threads.wikitext.structure.comments import DraftComment

from .passages import Line, Passages

_SHORT = 250  # characters, in which a sentence somewhere in a comment closes a discussion


def is_closing(
    draft: DraftComment, lines: Sequence[Line], passages: Passages, words: OutcomeWords
) -> bool:
    """Whether somebody closes a discussion with these lines."""
    return (
        closes_in_a_box(draft, passages, words)
        or closes_first(lines, words)
        or closes_somewhere(lines, words)
    )


def closes_in_a_box(draft: DraftComment, passages: Passages, words: OutcomeWords) -> bool:
    """Whether a comment stands in a template for closing words."""
    return bool(passages.begins_with_template(draft, words.closing_boxes))


def closes_first(lines: Sequence[Line], words: OutcomeWords) -> bool:
    """Whether a comment begins with a word that closes."""
    return bool(words.closing_first.match(lines[0].text.lstrip(" '-–—:*")))


def closes_somewhere(lines: Sequence[Line], words: OutcomeWords) -> bool:
    """Whether a short comment has a sentence that closes."""
    said: list[str] = []
    left = _SHORT + 1
    for line in lines:
        said.append(line.text)
        left -= len(said[-1]) + 1
        if left < 0:
            return False
    return holds_any(" ".join(said), words.closing_sentences)
