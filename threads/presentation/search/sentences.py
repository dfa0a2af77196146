"""What is said beside the search box, in the reader's language."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from threads.presentation.search.links import Link, address_of_query
from threads.search.query.notes import Note, Said
from threads.search.query.parsing import Query

SENTENCES: dict[Said, Promise] = {
    Said.CUT: _("This is long: its first %(value)s words were searched."),
    Said.OPEN_QUOTE: _(
        "%(value)s has no second quotation mark: its words were read as one phrase."
    ),
    Said.SHORT_PREFIX: _(
        "Before “*” there have to be at least two letters: “%(value)s” was searched as a whole "
        "word."
    ),
    Said.NO_WORD: _(
        "There is no word in this that could be looked for: give at least one that has to be there."
    ),
    Said.EMPTY_FIELD: _(
        "Nothing stands behind “%(value)s”: it was left out. A name with blanks stands in "
        "quotation marks, right behind the colon."
    ),
    Said.NO_DATE: _(
        "“%(value)s” is no date: write a year, a month or a day, as in 2019, 2019-04 or "
        "2019-04-24. It was left out."
    ),
    Said.NO_SUCH_VALUE: _("“%(field)s:%(value)s” means nothing: it was left out."),
    Said.NO_WIKI: _("No wiki of the archive is called “%(value)s”: it was left out."),
    Said.NO_COLLECTION: _("No collection has the address “%(value)s”: it was left out."),
    Said.NO_LANGUAGE: _("No wiki of the archive has the language “%(value)s”: it was left out."),
    Said.NO_PAGE: _(
        "No page of the archive is called “%(value)s”, nor does one stand below that title: it was "
        "left out."
    ),
    Said.NO_TOPIC: _("No topic has the words “%(value)s” in its heading: they were left out."),
    Said.NO_AUTHOR: _("No author has the name “%(value)s”: it was searched in what people wrote."),
    Said.NOBODY: _("No author has the name “%(value)s”: it was left out."),
    Said.AS_BEGINNINGS: _(
        "Nothing has the word “%(value)s”: what begins with it was searched instead."
    ),
    Said.NOWHERE: _("Nothing has the word “%(value)s”, or one that begins with it."),
    Said.SMALL_WORDS: _(
        "Nothing has all of these words. Instead, “%(value)s” was searched, in what people wrote, "
        "their names and the years."
    ),
    Said.INCOMPLETE: _("Not all of the archive can be searched yet: its index is being filled."),
    Said.MANY_TOPICS: _(
        "Very many topics have the words “%(value)s”: the ones with the most comments were "
        "searched."
    ),
    Said.MANY_PAGES: _("The collection is large: its first %(value)s pages were searched."),
    Said.NO_ADDRESS: _("“%(value)s” leads to nothing in the archive: its words were searched."),
    Said.NOT_ON_PAGE: _("“%(value)s” is not on the page, as the archive has it."),
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
            str(SENTENCES[note.said]) % {"value": note.value, "field": note.field},
            [
                Link(each, address_of_query(query.with_values(note.field, [each])))
                for each in note.nearest
            ],
        )
        for note in dict.fromkeys(notes)
    ]
