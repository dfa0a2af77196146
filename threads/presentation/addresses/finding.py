"""What somebody asks for by name. Each raises Http404 with a sentence for the reader."""

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from threads.models import Author, Collection, Section, TalkPage, Wiki
from threads.privacy.rules.asked import names_of_today, renamings, title_shown
from threads.wikitext.site.titles import wikis_title


def find_wiki(dbname: str, among: QuerySet[Wiki] | None = None) -> Wiki:
    """The wiki of that database name. One query."""
    wikis = Wiki.objects.all() if among is None else among
    wiki = wikis.filter(dbname=dbname).first()
    if wiki is None:
        raise Http404(_("There is no wiki named “%s” in this archive.") % dbname)
    return wiki


def find_page(dbname: str, title: str) -> TalkPage:
    """The talk page that has that title, or else had it last before it was moved; with
    `has_renamings`: whether names were changed on its wiki.

    Its namespace may be called by any name that the wiki knows. Raises TakenDown as well, where
    it was taken down.
    """
    pages = TalkPage.objects.as_shown().filter(wiki__dbname=dbname)
    pages = pages.annotate(has_renamings=Exists(renamings().filter(wiki=OuterRef("wiki"))))
    if found := pages.filter(title=title).first():
        return found
    wiki = Wiki.objects.filter(dbname=dbname).first()
    key = wiki and (_key_of(wiki, title) or _key_of_shown(wiki, title))
    if key and (found := pages.filter(pk=key).first()):
        return found
    raise Http404(
        _("“%(title)s” from %(wiki)s is not in this archive.")
        % {"title": title, "wiki": wiki or dbname}
    )


def find_author(dbname: str, name: str, among: QuerySet[Author] | None = None) -> Author:
    """The author of a name, or of one that was changed here. One query; up to four where nobody
    has it."""
    authors = Author.objects.all() if among is None else among
    authors = authors.select_related("wiki").filter(wiki__dbname=dbname)
    found = authors.filter(name=name).first()
    if found is None and (shown := names_of_today(dbname).of_person(name)):
        found = authors.filter(name__in=shown).first()
    if found is None:
        wiki = Wiki.objects.filter(dbname=dbname).first() or dbname
        said = _("There are no comments by “%(name)s” on %(wiki)s in this archive.")
        raise Http404(said % {"name": name, "wiki": wiki})
    return found


def find_collection(slug: str, among: QuerySet[Collection] | None = None) -> Collection:
    """One query."""
    collections = Collection.objects.all() if among is None else among
    found = collections.filter(slug=slug).first()
    if found is None:
        raise Http404(_("There is no collection named “%s” in this archive.") % slug)
    return found


def find_section(page: TalkPage, ident: str) -> Section:
    """A section that is on a page now, by its id, or by the one that it had before a name in it
    was changed here. Three queries at most."""
    there = Section.objects.current().filter(page=page)
    found = there.filter(ident=ident).first()
    if found is None and (now := names_of_today(page.wiki.dbname).of_ident(ident)) != ident:
        found = there.filter(ident=now).first()
    if found is None:
        raise Http404(_("This topic is not on the page."))
    found.page = page
    return found


def _key_of_shown(wiki: Wiki, title: str) -> int | None:
    """The page whose title was this one until its name was changed here. Raises TakenDown."""
    shown = title_shown(wiki, wikis_title(title, wiki))
    return _key_of(wiki, shown) if shown else None


def _key_of(wiki: Wiki, title: str) -> int | None:
    """The page that the wiki would show for that title: one that has it goes before one that
    had it. One query."""
    names = {title, wikis_title(title, wiki)}
    return wiki.pages.called(names).values_list("pk", flat=True).first()
