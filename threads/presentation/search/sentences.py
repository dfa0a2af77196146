"""What is said beside the search box, in the reader's language."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from threads.presentation.search.links import Link, address_of_query
from threads.search.query.notes import Note, Said
from threads.search.query.parsing import Query

LONGEST = 100  # characters of what was typed that a sentence repeats: the box has it whole
SENTENCES: dict[Said, Promise] = {
    Said.CUT: _("The query is too long. Only its beginning was searched."),
    Said.OPEN_QUOTE: _(
        "%(value)s has no closing quotation mark. The words were searched as one phrase."
    ),
    Said.SHORT_PREFIX: _(
        "Enter at least two letters before “*”. “%(value)s” was searched as a whole word."
    ),
    Said.NO_WORD: _("Enter at least one word to search for."),
    Said.ONLY_EXCLUDED: _(
        "“%(value)s” only excludes. All other comments are listed. Add a word to search for."
    ),
    Said.EMPTY_FIELD: _(
        "“%(value)s” has no value and was ignored. Put names with spaces in quotation "
        "marks, directly after the colon."
    ),
    Said.NO_DATE: _(
        "“%(value)s” is not a valid date and was ignored. Enter a year, a month or a day, "
        "for example 2019, 2019-04 or 2019-04-24."
    ),
    Said.NO_SUCH_VALUE: _("“%(field)s:%(value)s” is not a valid filter and was ignored."),
    Said.NO_WIKI: _("There is no wiki named “%(value)s” in this archive. The filter was ignored."),
    Said.NO_COLLECTION: _(
        "There is no collection with the slug “%(value)s”. The filter was ignored."
    ),
    Said.NO_LANGUAGE: _(
        "There is no wiki with the language “%(value)s” in this archive. The filter was ignored."
    ),
    Said.NO_PAGE: _(
        "There is no page titled “%(value)s” in this archive, and no subpage of it. The "
        "filter was ignored."
    ),
    Said.MOVED_PAGE: _(
        "The page “%(value)s” is now titled “%(instead)s”. Comments on that page were searched."
    ),
    Said.NO_TOPIC: _("There is no topic with “%(value)s” in its heading. The filter was ignored."),
    Said.RENAMED_TOPIC: _(
        "The topic “%(value)s” is now titled “%(instead)s”. Comments in that topic were searched."
    ),
    Said.NO_AUTHOR: _(
        "There is no author named “%(value)s”. The name was searched in comments instead."
    ),
    Said.NOBODY: _("There is no author named “%(value)s”. The filter was ignored."),
    Said.AS_BEGINNINGS: _(
        "No comment contains the word “%(value)s”. Showing words that start with it."
    ),
    Said.NOWHERE: _("No comment contains the word “%(value)s” or a word that starts with it."),
    Said.SMALL_WORDS: _(
        "No results for all of these words. Showing results for “%(value)s” in comments, "
        "names and years."
    ),
    Said.INCOMPLETE: _("Results may be incomplete because the search index is still being built."),
    Said.MANY_TOPICS: _(
        "Too many topics match “%(value)s”. Only those with the most comments were searched."
    ),
    Said.MANY_PAGES: _("The collection is large. Only its first %(value)s pages were searched."),
    Said.NO_ADDRESS: _(
        "“%(value)s” was not found in this archive. Its words were searched instead."
    ),
    Said.SEVERAL: _("“%(value)s” is on several wikis. Choose one of them."),
    Said.NOT_ON_PAGE: _("“%(value)s” was not found on the archived page."),
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is said, and what may have been meant."""

    text: str
    meant: list[Link]


def sentences_of(notes: Iterable[Note], query: Query) -> list[Sentence]:
    """A sentence for each note, with the same query for other values as links."""
    return [
        Sentence(
            str(SENTENCES[note.said])
            % {"value": _short(note.value), "field": note.field, "instead": _short(note.instead)},
            [
                Link(each, address_of_query(query.with_values(note.field, [each])))
                for each in note.nearest
            ],
        )
        for note in dict.fromkeys(notes)
    ]


def _short(value: str) -> str:
    return Truncator(value).chars(LONGEST)
