"""What somebody types into a search box, read: words, phrases, and what must not be there.

lamp oil          comments with words that begin with “lamp” and with “oil”
"out of oil"      these words, one behind the other
lamp -harbour     with the first and without the second
"""

import re
import unicodedata
from dataclasses import dataclass

LONGEST = 500  # characters of a query that are read
MOST_PHRASES = 20
_PART = re.compile(r"""(-?)(?:["“„«]([^"“”„«»]*)["”»]?|(\S+))""")
# Scripts that are written without blanks: a word there may begin inside another.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff]"
)
_OF_WORDS = frozenset("LNM")  # general categories: letters, numbers, marks on letters


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand one behind the other."""

    words: tuple[str, ...]  # in small letters
    exact: bool = False  # otherwise the last may go on: “lamp” finds “lamps”

    @property
    def unspaced(self) -> bool:
        """Whether it is of a script in which words are not told apart."""
        return any(_UNSPACED.search(word) for word in self.words)

    @property
    def pattern(self) -> str:
        """A regular expression, in small letters, for its places in a text."""
        words = r"[\W_]+".join(re.escape(word) for word in self.words)
        if self.unspaced:
            return words
        end = r"(?![^\W_])" if self.exact else r"[^\W_]*"
        return rf"(?<![^\W_]){words}{end}"


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for."""

    wanted: tuple[Phrase, ...]  # all of them
    unwanted: tuple[Phrase, ...] = ()  # none of them

    def __bool__(self) -> bool:
        return bool(self.wanted)


def read_query(text: str) -> Query:
    """The query that a text is; false where it names nothing that could be found."""
    wanted: dict[Phrase, None] = {}
    unwanted: dict[Phrase, None] = {}
    for minus, quoted, bare in _PART.findall(text[:LONGEST]):
        words = words_of(quoted or bare)
        if words:
            (unwanted if minus else wanted)[Phrase(words, bool(quoted))] = None
    return Query(tuple(wanted)[:MOST_PHRASES], tuple(unwanted)[:MOST_PHRASES])


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text as both databases tell them apart, in small letters."""
    letters = (
        character if unicodedata.category(character)[0] in _OF_WORDS else " " for character in text
    )
    return tuple("".join(letters).lower().split())
