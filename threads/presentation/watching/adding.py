"""The entry that something in the archive has, and the one that an address stands for."""

from threads.models import Author, TalkPage
from threads.presentation.own_addresses import read_own

from .entries import Entry


def entry_of(thing: TalkPage | Author | str, ident: str = "") -> Entry:
    """In: what is watched, a person on all wikis by their name; of a page, the ID of a section
    where that alone is."""
    if isinstance(thing, TalkPage):
        return Entry.of_page(thing.wiki.dbname, thing.title, ident)
    if isinstance(thing, Author):
        return Entry.of_author(thing.wiki.dbname, thing.name)
    return Entry.of_person(thing)


def entry_at(address: str) -> Entry | None:
    """In: the address of a talk page, of one of its topics, of an author or of a person, with or
    without the host. None for all others, and for what is no address."""
    own = read_own(address)
    if own is None:
        return None
    match own.kind:
        case "page":
            return Entry.of_page(own.named["dbname"], own.named["name"], own.topic)
        case "author":
            return Entry.of_author(own.named["dbname"], own.named["name"])
        case "person":
            return Entry.of_person(own.named["name"])
    return None
