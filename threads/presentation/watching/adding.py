"""The entry that something in the archive has, and the one that an address stands for."""

from urllib.parse import parse_qs, unquote, urlsplit

from django.urls import Resolver404, resolve

from threads.models import Author, TalkPage

from .entries import Entry

SECTION = "h-"  # what the IDs of sections begin with


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
    try:
        parts = urlsplit(address.strip())
        match = resolve(unquote(parts.path))
    except (ValueError, Resolver404):
        return None
    named = match.kwargs
    if match.url_name == "page":
        topic = parse_qs(parts.query).get("topic", [unquote(parts.fragment)])[-1]
        ident = topic if topic.startswith(SECTION) else ""
        return Entry.of_page(named["dbname"], named["name"], ident)
    if match.url_name == "author":
        return Entry.of_author(named["dbname"], named["name"])
    return Entry.of_person(named["name"]) if match.url_name == "person" else None
