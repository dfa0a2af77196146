"""What the lines of an export name, in the archive that they are loaded into."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from threads.models import Comment, Revision, Section, TalkPage, Wiki
from threads.store import author_keys

from .lines import Elsewhere, RevisionPlace


class NotThere(Exception):
    """A line names what stands nowhere above it; says what, as a clause."""

    def __init__(self, kind: type[Model], name: object) -> None:
        said = _("not found in the lines above: %(kind)s “%(name)s”")
        super().__init__(said % {"kind": kind._meta.verbose_name, "name": name})


@dataclass(slots=True)
class LoadedPage:
    """A page that was loaded, and by what its lines name its rows: each is asked for once."""

    row: TalkPage
    _keys: dict[type[Any], dict[Any, int]] = field(default_factory=dict)

    def revision(self, place: RevisionPlace | None) -> int | None:
        """The primary key of a revision, by its place."""
        if isinstance(place, Elsewhere):
            return LoadedPage(page_of(self.row.wiki, place.page)).revision(place.revision)
        return None if place is None else self._one(Revision, place)

    def section(self, ident: str) -> int:
        return self._one(Section, ident)

    def comment(self, ident: str) -> int:
        return self._one(Comment, ident)

    def _one(self, kind: type[Any], name: Any) -> int:
        if kind not in self._keys:
            rows = kind._default_manager.filter(page=self.row).order_by("pk")
            keys = rows.values_list("pk", flat=True)
            names = range(len(keys)) if kind is Revision else rows.values_list("ident", flat=True)
            self._keys[kind] = dict(zip(names, keys, strict=True))
        if name not in self._keys[kind]:
            raise NotThere(kind, name)
        return self._keys[kind][name]


class References:
    """What was loaded so far; the page that was named last is kept."""

    def __init__(self) -> None:
        self._wikis: dict[str, Wiki] = {}
        self._page: LoadedPage | None = None

    def wiki(self, dbname: str) -> Wiki:
        if dbname not in self._wikis:
            wiki = Wiki.objects.filter(dbname=dbname).first()
            if wiki is None:
                raise NotThere(Wiki, dbname)
            self._wikis[dbname] = wiki
        return self._wikis[dbname]

    def page(self, dbname: str, title: str) -> LoadedPage:
        wiki = self.wiki(dbname)
        kept = self._page
        if kept is None or (kept.row.wiki_id, kept.row.title) != (wiki.pk, title):
            kept = self._page = LoadedPage(page_of(wiki, title))
        return kept

    def beside(self, dbname: str, title: str) -> TalkPage:
        """A page of which nothing else is named: the one that is kept stays so."""
        kept = self._page.row if self._page else None
        wiki = self.wiki(dbname)
        is_kept = kept and (kept.wiki_id, kept.title) == (wiki.pk, title)
        return kept if kept and is_kept else page_of(wiki, title)

    def forget_page(self) -> None:
        """Ask anew for what is of it: more of its rows were loaded."""
        self._page = None

    def authors(self, dbname: str, names: Iterable[str]) -> dict[str, int]:
        """The primary keys of authors by name; new ones are added."""
        return author_keys(self.wiki(dbname), set(names))


def page_of(wiki: Wiki, title: str) -> TalkPage:
    page = wiki.pages.filter(title=title).select_related("wiki").first()
    if page is None:
        raise NotThere(TalkPage, title)
    return page
