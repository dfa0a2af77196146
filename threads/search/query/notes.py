"""What is said of a query beside its box: what was not understood, and what was done instead."""

from dataclasses import dataclass
from enum import StrEnum


class Said(StrEnum):
    """What there is to say; `threads/presentation/search/sentences.py` has the sentences."""

    CUT = "cut"  # it is too long: only its beginning was read
    OPEN_QUOTE = "open quote"  # the phrase was taken to go on to the end
    SHORT_PREFIX = "short prefix"  # the word was searched as it stands
    NO_WORD = "no word"  # nothing in it could be searched for
    ONLY_EXCLUDED = "only excluded"  # everything else was found
    EMPTY_FIELD = "empty field"  # nothing stands behind the colon
    NO_DATE = "no date"
    NO_SUCH_VALUE = "no such value"  # of a field that has a few only
    NO_WIKI = "no wiki"
    NO_COLLECTION = "no collection"
    NO_LANGUAGE = "no language"
    NO_PAGE = "no page"
    MOVED_PAGE = "moved page"  # the page that had the title was searched
    NO_TOPIC = "no topic"
    RENAMED_TOPIC = "renamed topic"  # the topic whose heading had the words was searched
    NO_AUTHOR = "no author"  # the name was searched as words
    NOBODY = "nobody"  # an author who is not wanted: the name was left out
    AS_BEGINNINGS = "as beginnings"  # no comment has the word: what begins with it was searched
    NOWHERE = "nowhere"  # no comment has the word, nor one that begins with it
    SMALL_WORDS = "small words"  # nothing had all words: the value is what was searched
    INCOMPLETE = "incomplete"  # the index is being filled
    MANY_TOPICS = "many topics"  # only some of the topics with these words were searched
    MANY_PAGES = "many pages"  # only some of the pages of a collection
    NO_ADDRESS = "no address"  # a pasted address leads to nothing in the archive
    SEVERAL = "several"  # pages have what a pasted link names
    NOT_ON_PAGE = "not on page"  # the page is there, but not what the address names on it


# What a field's value was left out for, as if it were not there.
IGNORED = frozenset(
    {
        Said.NO_DATE,
        Said.NO_SUCH_VALUE,
        Said.NO_WIKI,
        Said.NO_COLLECTION,
        Said.NO_LANGUAGE,
        Said.NO_PAGE,
        Said.NO_TOPIC,
        Said.NOBODY,
    }
)


@dataclass(frozen=True, slots=True)
class Note:
    """One thing that is said."""

    said: Said
    value: str = ""  # what it is said of, as it was typed
    field: str = ""  # the field that the value stood behind
    nearest: tuple[str, ...] = ()  # values that may have been meant
    instead: str = ""  # what was searched in the value's stead
