"""The entry that something in the archive has, and the one that somebody names."""

from django.http import Http404
from django.utils.translation import gettext as _

from threads.models import Author, TalkPage
from threads.presentation.addresses.own import read_own
from threads.presentation.comment.permalinks import places_of
from threads.presentation.search.leads import lead_to
from threads.privacy.rules.asked import TakenDown

from .entries import LONGEST, MOST_ENTRIES, Entry, Watchlist


def entry_of(thing: TalkPage | Author | str, ident: str = "") -> Entry:
    """In: what is watched, a person on all wikis by their name; of a page, the ID of a section
    where that alone is."""
    if isinstance(thing, TalkPage):
        return Entry.of_page(thing.wiki.dbname, thing.title, ident)
    if isinstance(thing, Author):
        return Entry.of_author(thing.wiki.dbname, thing.name)
    return Entry.of_person(thing)


def with_named(watchlist: Watchlist, text: str) -> tuple[Watchlist, str]:
    """The list with what is named, or as it is with a sentence that says why."""
    try:
        entry = entry_named(text)
    except TakenDown as why:
        return watchlist, _("This page was taken down: %(reason)s") % {"reason": why}
    except Http404 as why:
        return watchlist, str(why)
    if entry is None:
        return watchlist, _(
            "“%(address)s” is not the address of a talk page, a topic or a person in this archive."
        ) % {"address": text}
    longer = watchlist.with_entry(entry)
    if longer.left_out:
        return watchlist, _(
            "The list is full: it can have %(most)s entries, and %(longest)s characters in its "
            "URL. Remove an entry first."
        ) % {"most": MOST_ENTRIES, "longest": LONGEST}
    return longer, ""


def entry_named(text: str) -> Entry | None:
    """In: an address of the archive, with or without the host; or else what the search box takes,
    as the address of a page on its wiki, a link in wikitext, or the ID of a comment.

    A comment stands for the page that it is on. None for what names nothing; raises as `lead_to`
    does. Nine queries at most.
    """
    if entry := entry_at(text):
        return entry
    lead = lead_to(text)
    if lead.page:
        return entry_of(lead.page)
    if lead.people:  # of one name, on several wikis
        return Entry.of_person(lead.people[0].name)
    return entry_at(lead.address)


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
