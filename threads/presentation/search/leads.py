"""Where in the archive that leads which somebody pasted into the search box."""

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlencode

from django.db.models import Q
from django.urls import reverse

from threads.models import Author, Comment, Revision, Section, TalkPage, Wiki
from threads.models.discussion.comment_ids import spellings_of, times_in
from threads.presentation.addresses.finding import find_page
from threads.presentation.comment.permalinks import address_of, places_of
from threads.presentation.page.parts import is_long
from threads.search.query.notes import Note, Said
from threads.wikitext.site.titles import namespace_number, split_namespace, wikis_title

from .pasted import Pasted, read_pasted

COMMENT = "c-"
MOST_WIKIS = 100  # on which a title is looked for that names none
USER, USER_TALK = 2, 3  # MediaWiki's numbers of the namespaces
MOST_PEOPLE = 5  # of one name
MOST_CHOICES = 10  # pages of one title, each of another wiki
MOST_PAGES = 50  # on which a heading is looked for that names none
_OLD_ENCODING = re.compile(r"\.([0-9A-F]{2})")  # of anchors, as MediaWiki wrote them once


@dataclass(frozen=True, slots=True)
class Lead:
    """Where it leads, or what is nearest to it."""

    address: str = ""  # "" where it leads nowhere by itself
    pages: tuple[TalkPage, ...] = ()  # that it may mean
    sections: tuple[Section, ...] = ()  # that it may mean, with their pages
    people: tuple[Author, ...] = ()  # whom it may mean
    note: Note | None = None  # what is not there


def lead_to(text: str) -> Lead:
    """Where a text leads that names something. Eight queries at most.

    Raises Http404 with a sentence for a page of a known wiki that is not there; TakenDown, where
    it was taken down.
    """
    wikis = list(Wiki.objects.all())
    pasted = read_pasted(text, wikis)
    lead = lead_of(pasted, text.strip(), wikis) if pasted else Lead()
    if pasted and pasted.wiki and pasted.title and not (lead.address or lead.pages or lead.people):
        return Lead(pages=(find_page(pasted.wiki.dbname, pasted.title),))
    return lead


def lead_of(pasted: Pasted, text: str, wikis: list[Wiki]) -> Lead:
    """Where that leads which was read from a text. Seven queries at most."""
    if pasted.own:
        return Lead(pasted.own)
    if pasted.fragment.startswith(COMMENT) and times_in(pasted.fragment):
        found = _comment(pasted)
        if found:
            return found
    elif pasted.fragment and not pasted.title:
        found = _heading_anywhere(pasted.fragment)
        return found or Lead(note=Note(Said.NO_ADDRESS, text))
    pages = _pages(pasted, wikis) if pasted.title or pasted.revision else ()
    if not pages and pasted.title and not pasted.host and (people := _people(pasted, wikis)):
        return Lead(people[0].get_absolute_url()) if len(people) == 1 else Lead(people=people)
    if not pages:
        said = pasted.is_address or bool(pasted.fragment and not pasted.title)
        return Lead(note=Note(Said.NO_ADDRESS, text)) if said else Lead()
    if pasted.revision:
        return Lead(_as_of(pages[0], pasted.revision))
    if pasted.fragment:
        return _lead_to_section(pages, pasted.fragment)
    if not (pasted.is_address or pasted.is_link):
        return Lead(pages=pages)
    if len(pages) > 1:
        return Lead(pages=pages, note=Note(Said.SEVERAL, pasted.title))
    return Lead(pages[0].get_absolute_url())


def _lead_to_section(pages: tuple[TalkPage, ...], fragment: str) -> Lead:
    """The section of that name on the one page that has it; on several, whichever is chosen."""
    found = _sections(pages, fragment)
    if len(found) == 1:
        return Lead(_address_of_section(found[0], found[0].page))
    if found:
        return Lead(sections=found, note=Note(Said.SEVERAL, fragment))
    return Lead(pages=pages, note=Note(Said.NOT_ON_PAGE, fragment))


def _comment(pasted: Pasted) -> Lead | None:
    """The comment on the page that is named, else wherever it stands."""
    places = places_of(pasted.fragment)
    if not places:
        return None
    standing = [place for place in places if place.is_current]
    if pasted.wiki:
        names = {pasted.title, wikis_title(pasted.title, pasted.wiki)}
        here = [p for p in standing if p.page.wiki_id == pasted.wiki.pk and p.page.title in names]
        standing = here or [p for p in standing if p.page.wiki_id == pasted.wiki.pk] or standing
    if len(standing) == 1:
        return Lead(address_of(standing[0]))
    return Lead(reverse("comment", args=[pasted.fragment]))


def _pages(pasted: Pasted, wikis: list[Wiki]) -> tuple[TalkPage, ...]:
    """The page that has the version, whatever title is given beside it, as MediaWiki reads such an
    address; else the one that has, or had, the title, on each wiki that is meant, the much
    discussed ones first."""
    pages = TalkPage.objects.select_related("wiki")
    if pasted.revision and pasted.wiki:
        there = pages.filter(wiki=pasted.wiki, revisions__number=pasted.revision).first()
        if there or not pasted.title:
            return (there,) if there else ()
    if pasted.host or not pasted.title:
        return ()
    asked = [pasted.wiki] if pasted.wiki else wikis[:MOST_WIKIS]
    titles = {pasted.title, *(wikis_title(pasted.title, wiki) for wiki in asked)}
    found = pages.filter(wiki__in=asked).called(titles)
    if pasted.wiki:
        return tuple(found[:1])
    by_wiki: dict[int, TalkPage] = {}
    for page in found:
        by_wiki.setdefault(page.wiki_id, page)
    return tuple(sorted(by_wiki.values(), key=lambda page: -page.comment_count)[:MOST_CHOICES])


def _people(pasted: Pasted, wikis: list[Wiki]) -> tuple[Author, ...]:
    """Whoever has the user page or user talk page of that title, on the wikis that are meant."""
    asked = [pasted.wiki] if pasted.wiki else wikis[:MOST_WIKIS]
    meant = Q()
    for wiki in asked:
        if namespace_number(pasted.title, wiki) in (USER, USER_TALK):
            _namespace, name = split_namespace(pasted.title, wiki)
            name = name.partition("/")[0].strip()
            meant |= Q(wiki=wiki, name=name[:1].upper() + name[1:])
    people = Author.objects.filter(meant).select_related("wiki").order_by("wiki") if meant else ()
    return tuple(people[:MOST_PEOPLE])


def _as_of(page: TalkPage, number: int) -> str:
    """The page as it stood in a version; as it stands now, where the archive has no such one."""
    versions = Revision.objects.without_text().filter(page=page, number=number)
    revision = versions.exclude(pk=page.current_revision_id or 0).first()
    moment = f"?{urlencode({'as_of': revision.saved_at.isoformat()})}" if revision else ""
    return f"{page.get_absolute_url()}{moment}"


def _sections(pages: tuple[TalkPage, ...], fragment: str) -> tuple[Section, ...]:
    """Of each page the section with this id, name or anchor; one that stands there goes first."""
    wanted = spellings_of(fragment) | {unquote(_OLD_ENCODING.sub(r"%\1", fragment))}
    by_key = {page.pk: page for page in pages}
    sections = Section.objects.filter(page__in=by_key).defer("html", "boxes", "closures")
    found: dict[int, Section] = {}
    for section in sections.order_by("-is_current", "position"):
        if not wanted.isdisjoint([section.ident, section.anchor, *section.former_ids]):
            section.page = by_key[section.page_id]
            found.setdefault(section.page_id, section)
    return tuple(found[key] for key in by_key if key in found)


def _heading_anywhere(ident: str) -> Lead | None:
    """A heading by its id or name alone, both of which hold the time of a comment below it."""
    spellings = spellings_of(ident)
    pages = Comment.objects.signed_at_times_in([ident]).order_by().values_list("page", flat=True)
    sections = Section.objects.current().filter(
        Q(ident__in=spellings) | Q(name__in=spellings), page__in=set(pages[:MOST_PAGES])
    )
    section = sections.select_related("page__wiki").order_by("heading_level").first()
    return Lead(_address_of_section(section, section.page)) if section else None


def _address_of_section(section: Section, page: TalkPage) -> str:
    """A heading on its page; of a long page, on the part of it that begins there."""
    ident = quote(section.ident, safe="")
    start = f"?start={ident}" if is_long(page.comment_count) else ""
    return f"{page.get_absolute_url()}{start}#{ident}"
