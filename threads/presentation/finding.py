"""The wiki and the talk page that somebody asks for by name."""

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from threads.models import TalkPage, Wiki
from threads.privacy.rules.asked import title_shown
from threads.wikitext.site.titles import wikis_title


def find_wiki(dbname: str, among: QuerySet[Wiki] | None = None) -> Wiki:
    """The wiki of that database name. One query. Raises Http404 with a sentence for the reader."""
    wikis = Wiki.objects.all() if among is None else among
    wiki = wikis.filter(dbname=dbname).first()
    if wiki is None:
        raise Http404(_("No page of a wiki named “%s” is in the archive.") % dbname)
    return wiki


def find_page(dbname: str, title: str) -> TalkPage:
    """The talk page that has that title, or else had it last before it was moved.

    Its namespace may be called by any name that the wiki knows. Raises Http404 with a
    sentence for the reader; TakenDown, where it was taken down.
    """
    pages = TalkPage.objects.as_shown().filter(wiki__dbname=dbname)
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


def _key_of_shown(wiki: Wiki, title: str) -> int | None:
    """The page whose title was this one until its name was changed here. Raises TakenDown."""
    shown = title_shown(wiki, wikis_title(title, wiki))
    return _key_of(wiki, shown) if shown else None


def _key_of(wiki: Wiki, title: str) -> int | None:
    """The page that the wiki would show for that title: one that has it goes before one that
    had it. One query."""
    names = {title, wikis_title(title, wiki)}
    return wiki.pages.called(names).values_list("pk", flat=True).first()
