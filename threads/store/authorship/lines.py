"""The lines of a wikitext: what they say, how alike two are, and between which it can be parted."""

import re
from collections import Counter

MARKS = ":*#; \t"  # of indentation and lists

_UNSAID = re.compile(
    r"\{\{[^{}]*\}\}|<!--.*?-->|</?\w[^<>]*>|__[A-Z]+__|\[\[[^\[\]|:]+:[^\[\]|]*\]\]"
)
_INSIDE = re.compile(r"\s*(?:[|!]|\{[{|]|\}\})")  # of a table, or of a template's call
# In scripts that do not part words, each character counts as one.
_WORD = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]|\w+")
_OPENS = re.compile(r"\{\{|\[\[|\{\||<!--|<\w[^<>]*(?<!/)>")
_CLOSES = re.compile(r"\}\}|\]\]|^\|\}|-->|</\w[^<>]*>", re.MULTILINE)
_VOID = re.compile(r"<(?:br|hr|wbr)\b[^<>]*>", re.IGNORECASE)


def line_key(line: str) -> str:
    """A line without its indentation, and with single spaces: lines alike have the same."""
    return " ".join(line.strip(MARKS + "\r\n").split())


def words_in(line: str) -> Counter[str]:
    """What somebody says in a line, word by word; nothing where it is markup alone."""
    return Counter(_words(line))


def words_key(line: str) -> str:
    """The same in its order: the plain text of a line mostly has the same as its wikitext."""
    return " ".join(_words(line))


def _words(line: str) -> list[str]:
    return [] if _INSIDE.match(line) else _WORD.findall(_UNSAID.sub("", line).casefold())


def share(words: Counter[str], of: Counter[str]) -> float:
    """How much of these words, which are some, is among the others: 0 to 1."""
    return (words & of).total() / words.total()


def is_whole(wikitext: str) -> bool:
    """Whether all that is opened in it is closed in it, as far as can be told at a glance."""
    text = _VOID.sub("", wikitext)
    return len(_OPENS.findall(text)) == len(_CLOSES.findall(text))
