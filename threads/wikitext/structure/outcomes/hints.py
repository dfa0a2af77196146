"""Hints: whether a comment's wikitext may hold a position or a decision.

Most comments hold none. That is found in their wikitext, much faster than their pieces are
read; what is found here is only a reason to read them.
"""

import re

from threads.wikitext.site.outcomes import OutcomeWords

from .passages import template_at

_MARKS = " \t\n:*#;'-–—.,\"„“"
_EMPHASIS = re.compile(r"'''|<(?:b|strong|s|del|strike)\b", re.IGNORECASE)
# Between the mark of emphasis and the first word: other marks, and the tags of its dress.
_BESIDE = re.compile(r"(?:</?[a-zA-Z][^<>\n]{0,200}>|[\W_])*+")
_LONGEST = 500  # characters in which emphasised words begin with a position
# A link that shows what stands in it: neither a picture nor a category …
_LINK = re.compile(
    r"\[\[(?:(?::[^\[\]{}|\n]*|[^\[\]{}|:\n]*)\|([^\[\]{}|\n]+)|:?([^\[\]{}|:\n]+))\]\]"
)
_ANY_LINK = re.compile(r"\[\[(?:[^\[\]{}|\n]+\|)?([^\[\]{}|\n]*)\]\]")  # … or any
_NEAR = 60  # characters before the template with which an item begins


def may_take_a_position(wikitext: str, words: OutcomeWords) -> bool:
    """Whether a comment may take one; `wikitext` is its own, up to its signature."""
    begin = wikitext.lstrip(_MARKS)
    if words.first.match(begin) or words.said.match(begin) or words.passive.match(begin):
        return True
    if "{{" in wikitext and _has_template(wikitext, words):
        return True
    if ("'''" in wikitext or "<" in wikitext) and _has_phrase(wikitext, words):
        return True
    return words.ends_plainly(wikitext) or words.concluding(wikitext) is not None


def _has_phrase(wikitext: str, words: OutcomeWords) -> bool:
    for mark in _EMPHASIS.finditer(wikitext):
        said = wikitext[mark.end() : mark.end() + _LONGEST]
        if "[[" in said:
            said = _LINK.sub(r"\1\2", said)
        if _may_begin(said, words):
            return True
    return False


def _may_begin(said: str, words: OutcomeWords) -> bool:
    """Whether emphasised words may begin with a position: also behind a picture or a category,
    which shows nothing of what stands in it."""
    while not _begins(said, words):
        beside = _BESIDE.match(said)
        opened = beside[0].rfind("[[") if beside else -1
        if opened < 0:
            return False
        link = _ANY_LINK.match(said, opened)
        if link is None:
            return True  # what it shows is not known here
        said = said[link.end() :]
        if _begins(link[1] + said, words):
            return True
    return True


def _begins(said: str, words: OutcomeWords) -> bool:
    beside = _BESIDE.match(said)
    return beside is not None and words.phrase.match(said, beside.end()) is not None


def _has_template(wikitext: str, words: OutcomeWords) -> bool:
    place = wikitext.find("{{")
    while place >= 0:
        if template_at(wikitext, place) in words.templates:
            return True
        place = wikitext.find("{{", place + 2)
    return False


def may_decide(wikitext: str, words: OutcomeWords) -> bool:
    """Whether an item may begin with what says that its topic was decided."""
    place = wikitext.find("{{", 0, _NEAR)
    if place >= 0 and template_at(wikitext, place) in words.decision_templates:
        return True
    begin = wikitext.lstrip(_MARKS)
    return bool(words.decided_first.match(begin) or words.decided_phrase.match(begin))
