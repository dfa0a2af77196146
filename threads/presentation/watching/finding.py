"""What the entries of a watchlist are in the archive, in a fixed number of queries."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.urls import reverse
from django.utils.translation import gettext as _

from threads.models import Author, Comment, FormerTitle, PrivacyRule, Section, TalkPage
from threads.presentation.people.authors import authors_named
from threads.privacy.rules.asked import NamesOfToday, names_of_today

from .entries import Entry, Kind

PageName = tuple[str, str]  # database name and title


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
            return self.topic.heading or _("Before the first heading")
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
    renamed so. Seven queries at most, and as many more for these."""
    found = _find_all(list(entries))
    if all(each.is_known for each in found):
        return found
    today = names_of_today()
    now = {each.entry: _renamed(each.entry, today) for each in found if not each.is_known}
    others = [entry for entry, other in now.items() if other != entry]
    by_other_names = _find_all([now[entry] for entry in others]) if others else []
    by_entry = dict(zip(others, by_other_names, strict=True))
    return [replace(by_entry.get(each.entry, each), entry=each.entry) for each in found]


def _find_all(wanted: Sequence[Entry]) -> list[Watched]:
    of_pages = [each for each in wanted if each.kind in (Kind.PAGE, Kind.TOPIC)]
    pages = _pages(of_pages)
    taken_down = _taken_down({(each.dbname, each.name) for each in of_pages} - pages.keys())
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
            taken_down.get((entry.dbname, entry.name), ""),
        )
        for entry in wanted
    ]


def _pages(entries: Sequence[Entry]) -> dict[PageName, TalkPage]:
    """The pages that have these titles, or else had them last, by what they are called in the
    entries."""
    wanted = {(entry.dbname, entry.name) for entry in entries}
    wikis = {dbname for dbname, _title in wanted}
    rows = TalkPage.objects.select_related("wiki").order_by()
    rows = rows.filter(wiki__dbname__in=wikis, title__in={title for _dbname, title in wanted})
    found = {(page.wiki.dbname, page.title): page for page in rows}
    missing = {title for dbname, title in wanted - found.keys()}
    former = FormerTitle.objects.select_related("page__wiki").order_by()
    for row in former.filter(wiki__dbname__in=wikis, title__in=missing):
        found.setdefault((row.page.wiki.dbname, row.title), row.page)
    return found


def _taken_down(names: Collection[PageName]) -> dict[PageName, str]:
    """Why those of these pages are not shown that were taken down. One query, where any is
    missing."""
    if not names:
        return {}
    rules = PrivacyRule.objects.active().filter(
        kind=PrivacyRule.Kind.PAGE,
        wiki__dbname__in={dbname for dbname, _title in names},
        subject__in={title for _dbname, title in names},
    )
    told = rules.values_list("wiki__dbname", "subject", "reason")
    return {(dbname, title): reason for dbname, title, reason in told}


def _topics(entries: Sequence[Entry], pages: Mapping[PageName, TalkPage]) -> dict[Entry, Section]:
    """The sections that have these IDs on their pages, or else had them. Two queries."""
    places = {entry: pages.get((entry.dbname, entry.name)) for entry in entries}
    wanted = {entry: page for entry, page in places.items() if page}
    sections = Section.objects.current().order_by().defer("html", "boxes", "closures")
    named = sections.filter(page__in=wanted.values(), ident__in={entry.ident for entry in wanted})
    by_ident = {(row.page_id, row.ident): row for row in named}
    missing = {page for entry, page in wanted.items() if (page.pk, entry.ident) not in by_ident}
    for row in sections.filter(page__in=missing).exclude(former_ids=[]):
        for ident in row.former_ids:
            by_ident.setdefault((row.page_id, ident), row)
    found = {}
    for entry, page in wanted.items():
        if section := by_ident.get((page.pk, entry.ident)):
            section.page = page
            found[entry] = section
    return found


def _renamed(entry: Entry, today: NamesOfToday) -> Entry:
    """The same entry by the names of today."""
    if entry.kind is Kind.PERSON:
        return next(map(Entry.of_person, today.of_person(entry.name)), entry)
    if entry.kind is Kind.AUTHOR:
        names = today.on(entry.dbname).of_person(entry.name)
        return next((Entry.of_author(entry.dbname, name) for name in names), entry)
    here = today.on(entry.dbname)
    return Entry.of_page(entry.dbname, here.of_title(entry.name), here.of_ident(entry.ident))
