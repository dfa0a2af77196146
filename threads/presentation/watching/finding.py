"""What the entries of a watchlist are in the archive, in a fixed number of queries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import F, FilteredRelation, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from threads.models import Author, Comment, FormerTitle, Section, TalkPage
from threads.presentation.people.authors import authors_named
from threads.privacy.rules.asked import NamesOfToday, names_and_reasons

from .entries import Entry, Kind

PageName = tuple[str, str]  # database name and title
OF_PAGES = (Kind.PAGE, Kind.TOPIC)


@dataclass(frozen=True, slots=True)
class Watched:
    """What is watched by one entry. Where nothing is: the archive has nothing of that name."""

    entry: Entry
    page: TalkPage | None = None  # of a topic as well, also where the topic is not on it
    topic: Section | None = None
    authors: Sequence[Author] = field(default=())  # of a person, one for each wiki
    taken_down: str = ""  # why the page is not shown any more, as readers of its address are told

    @property
    def is_known(self) -> bool:
        is_topic = self.entry.kind is Kind.TOPIC
        return bool(self.topic if is_topic else self.page or self.authors)

    @property
    def name(self) -> str:
        """What a reader calls it."""
        if self.topic:
            return self.topic.title or _("Before the first heading")
        if self.page:
            return self.page.title
        return self.authors[0].name if self.authors else self.entry.name

    @property
    def url(self) -> str:
        """Where it is read: "" where it is not in the archive."""
        if self.topic or self.page:
            return (self.topic or self.page).get_absolute_url()  # type: ignore[union-attr]
        if not self.authors:
            return ""
        if self.entry.kind is Kind.PERSON:
            return reverse("person", args=[self.name])
        return self.authors[0].get_absolute_url()

    def has(self, comment: Comment) -> bool:
        """Whether a comment that stands on its page is one of those watched."""
        if self.topic:
            return (
                self.topic.page_id == comment.page_id
                and self.topic.position < comment.position <= self.topic.last_position
            )
        if self.page:
            return self.entry.kind is Kind.PAGE and self.page.pk == comment.page_id
        return any(author.pk == comment.author_id for author in self.authors)


def find_all(entries: Iterable[Entry]) -> list[Watched]:
    """What each entry is, in their order; where the archive has nothing by its name, by what was
    renamed so, or why it was taken down. Four queries at most."""
    wanted = list(entries)
    if not wanted:
        return []
    today, reasons = names_and_reasons(entry.name for entry in wanted)
    now = {entry: _renamed(entry, today) for entry in wanted}
    called = list(dict.fromkeys([*wanted, *now.values()]))
    found = dict(zip(called, _find_all(called), strict=True))
    return [_as_asked(found[entry], found[now[entry]], reasons) for entry in wanted]


def _as_asked(each: Watched, renamed: Watched, reasons: Mapping[tuple[str, str], str]) -> Watched:
    """What an entry is: by its own name, or else by the name of today."""
    if each.is_known:
        return each
    if renamed.entry != each.entry:
        return replace(renamed, entry=each.entry)
    is_of_page = each.entry.kind in OF_PAGES and not each.page
    reason = reasons.get((each.entry.dbname, each.entry.name), "") if is_of_page else ""
    return replace(each, taken_down=reason)


def _find_all(wanted: Sequence[Entry]) -> list[Watched]:
    pages = _pages([each for each in wanted if each.kind in OF_PAGES])
    topics = _topics([each for each in wanted if each.kind is Kind.TOPIC], pages)
    people = [each for each in wanted if each.kind in (Kind.AUTHOR, Kind.PERSON)]
    authors = authors_named(each.name for each in people)
    return [
        Watched(
            entry,
            pages.get((entry.dbname, entry.name)),
            topics.get(entry),
            [
                author
                for author in authors
                if author.name == entry.name and entry.dbname in ("", author.wiki.dbname)
            ]
            if entry.kind in (Kind.AUTHOR, Kind.PERSON)
            else (),
        )
        for entry in wanted
    ]


def _pages(entries: Sequence[Entry]) -> dict[PageName, TalkPage]:
    """The pages that have these titles, or else had them last, by what they are called in the
    entries. One query."""
    if not entries:
        return {}
    wanted = {(entry.dbname, entry.name) for entry in entries}
    titles = {title for _dbname, title in wanted}
    wikis = {dbname for dbname, _title in wanted}
    called = Q(wiki__dbname__in=wikis, title__in=titles)
    keys = TalkPage.objects.filter(called).order_by().values("pk")
    former = FormerTitle.objects.filter(called).order_by().values("page")
    once = FilteredRelation("former_titles", condition=Q(former_titles__title__in=titles))
    pages = TalkPage.objects.filter(pk__in=keys.union(former)).select_related("wiki").order_by()
    rows: list[Any] = list(pages.annotate(once=once, former=F("once__title")))
    found = {(row.wiki.dbname, row.title): row for row in rows}
    for row in rows:
        found.setdefault((row.wiki.dbname, row.former), row)
    return found


def _topics(entries: Sequence[Entry], pages: Mapping[PageName, TalkPage]) -> dict[Entry, Section]:
    """The sections that have these IDs on their pages, or else had them. One query."""
    places = {entry: pages.get((entry.dbname, entry.name)) for entry in entries}
    wanted = {entry: page for entry, page in places.items() if page}
    if not wanted:
        return {}
    named = Q(ident__in={entry.ident for entry in wanted})
    sections = Section.objects.current().order_by().defer("html", "boxes", "closures")
    rows = list(sections.filter(named | ~Q(former_ids=[]), page__in=set(wanted.values())))
    by_ident = {(row.page_id, row.ident): row for row in rows}
    for row in rows:
        for ident in row.former_ids:
            by_ident.setdefault((row.page_id, ident), row)
    found = {}
    for entry, page in wanted.items():
        if section := by_ident.get((page.pk, entry.ident)):
            section.page = page
            found[entry] = section
    return found


def _renamed(entry: Entry, today: NamesOfToday) -> Entry:
    """The same entry by the names of today; itself where none of them was changed."""
    if entry.kind is Kind.PERSON:
        return next(map(Entry.of_person, today.of_person(entry.name)), entry)
    here = today.on(entry.dbname)
    if entry.kind is Kind.AUTHOR:
        names = here.of_person(entry.name)
        return next((Entry.of_author(entry.dbname, name) for name in names), entry)
    title, ident = here.of_title(entry.name), here.of_ident(entry.ident)
    if (title, ident) == (entry.name, entry.ident):
        return entry
    return Entry.of_page(entry.dbname, title, ident)
