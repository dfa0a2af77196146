"""The entry that something in the archive has, and the one that somebody names."""

from dataclasses import dataclass

from django.http import Http404
from django.utils.translation import gettext as _

from threads.models import Author, TalkPage
from threads.presentation.addresses.own import read_own
from threads.presentation.comment.permalinks import places_of
from threads.presentation.search.leads import COMMENT, lead_to
from threads.privacy.rules.asked import TakenDown
from threads.search.query.notes import Said

from .entries import LONGEST, MOST_ENTRIES, Entry, Watchlist


def entry_of(thing: TalkPage | Author | str, ident: str = "") -> Entry:
    """In: what is watched, a person on all wikis by their name; of a page, the ID of a section
    where that alone is."""
    if isinstance(thing, TalkPage):
        return Entry.of_page(thing.wiki.dbname, thing.title, ident)
    if isinstance(thing, Author):
        return Entry.of_author(thing.wiki.dbname, thing.name)
    return Entry.of_person(thing)


@dataclass(frozen=True, slots=True)
class Addition:
    """A list to which something was to be added."""

    watchlist: Watchlist  # with it; as it was where nothing was added
    refused: str = ""  # why nothing was added, in a sentence, or ""
    offered: Watchlist | None = None  # with the whole page, where a topic of it is not there


@dataclass(frozen=True, slots=True)
class Named:
    """What somebody names."""

    entry: Entry
    missing: str = ""  # the topic that was named; the page does not have it now, and is the entry


def with_named(watchlist: Watchlist, text: str) -> Addition:
    """The list with what is named. In place of a topic that is not on its page now, nothing is
    added: the page is offered."""
    try:
        named = entry_named(text)
    except TakenDown as why:
        said = _("This page was taken down: %(reason)s") % {"reason": why}
        return Addition(watchlist, said)
    except Http404 as why:
        return Addition(watchlist, str(why))
    if named is None:
        said = _(
            "“%(address)s” is not the URL of a talk page, a topic or a person in this archive."
        ) % {"address": text}
        return Addition(watchlist, said)
    longer = watchlist.with_entry(named.entry)
    if longer.left_out:
        said = _(
            "The list is full: it can have %(most)s entries, and %(longest)s characters in its "
            "URL. Remove an entry first."
        ) % {"most": MOST_ENTRIES, "longest": LONGEST}
        return Addition(watchlist, said)
    if named.missing:
        said = _("“%(topic)s” is not a topic on “%(title)s” now. Nothing was added.")
        said %= {"topic": named.missing, "title": named.entry.name}
        return Addition(watchlist, said, longer)
    return Addition(longer)


def entry_named(text: str) -> Named | None:
    """In: an address of the archive, with or without the host; or else what the search box takes,
    as the address of a page on its wiki, a link in wikitext, or the ID of a comment.

    A comment stands for the page that it is on. None for what names nothing; raises as `lead_to`
    does. Nine queries at most.
    """
    entry = entry_at(text)
    if entry and not _leads_to_a_heading(text):
        return Named(entry)
    lead = lead_to(text)
    if lead.pages:
        is_missing = lead.note and lead.note.said == Said.NOT_ON_PAGE
        topic = lead.note.value.replace("_", " ") if lead.note and is_missing else ""
        return Named(entry_of(lead.pages[0]), topic)
    if lead.people:  # of one name, on several wikis
        return Named(Entry.of_person(lead.people[0].name))
    address = lead.sections[0].get_absolute_url() if lead.sections else lead.address
    entry = entry_at(address)
    return Named(entry) if entry else None


def _leads_to_a_heading(address: str) -> bool:
    """Whether behind its “#” an address of a page of ours has a heading as wikis write it."""
    own = read_own(address)
    if own is None or own.kind != "page" or own.topic:
        return False
    return bool(own.fragment) and not own.fragment.startswith(COMMENT)


def entry_at(address: str) -> Entry | None:
    """In: the address of a talk page, of a topic or a comment, of an author or a person, with or
    without the host. None for all others, and for what is no address. One query for a comment."""
    own = read_own(address)
    if own is None:
        return None
    match own.kind:
        case "page":
            return Entry.of_page(own.named["dbname"], own.named["name"], own.topic)
        case "comment":
            standing = [place for place in places_of(own.named["ident"]) if place.is_current]
            return entry_of(standing[0].page) if standing else None
        case "author":
            return Entry.of_author(own.named["dbname"], own.named["name"])
        case "person":
            return Entry.of_person(own.named["name"])
    return None
