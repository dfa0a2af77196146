"""Which pages of a live wiki an import is for: by title, prefix or category, with subpages."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.translation import gettext as _

from threads.ingest.errors import BadInput, SourceBroke
from threads.ingest.titles import check_characters, named_title
from threads.ingest.web.answers import AllPages, CategoryMembers, Info, Listed, Pages
from threads.ingest.web.api import Api, batches, several
from threads.models import TalkPage, Wiki

from . import Unusable
from .archives import is_archive

MOST = 200_000  # pages of one import: more are quicker, and kinder to the wiki, by its dump
LONGEST = 2000  # letters of titles in one question: servers bound the length of an address


@dataclass(frozen=True, slots=True)
class PageChoice:
    """What an admin asks for; as JSON it is the import's parameters."""

    titles: Sequence[str] = ()  # in full; redirects are followed, with `history` kept as well
    prefix: str = ""  # what titles begin with, namespace included: “Talk:Strategy/”
    category: str = ""  # its name, with or without namespace
    subpages: bool = False  # of the titles, and of the category's pages, too
    archives: bool = False  # of their subpages, those that hold older discussions
    history: bool = False  # all revisions, not only the current ones

    def __post_init__(self) -> None:
        """Raises BadInput for what cannot be a title, nor stored as one."""
        for title in (*self.titles, self.prefix, self.category):
            check_characters(title)


@dataclass(slots=True)
class Listing:
    """What there is to import."""

    titles: dict[int, str] = field(default_factory=dict)  # by page id, in the wiki's order
    unusable: list[Unusable] = field(default_factory=list)
    archives: list[str] = field(default_factory=list)  # that were found and not asked for

    def add(self, pages: Iterable[Listed]) -> None:
        """Raises SourceBroke where there is no end of them."""
        for page in pages:
            self.titles.setdefault(page.pageid, page.title)
            if len(self.titles) > MOST:
                raise SourceBroke(
                    _("More than %(most)s pages match. Narrow the selection, or import a dump.")
                    % {"most": MOST}
                )


def list_pages(api: Api, wiki: Wiki, choice: PageChoice) -> Listing:
    """The pages of a choice, and those of the archive that have left it: moved or deleted.

    Raises SourceBroke, and BadInput where there is none.
    """
    listing = Listing()
    titles = _titles(choice)
    roots = list(_by_title(api, titles, listing, choice.history))
    if choice.category:
        roots += _in_category(api, wiki, choice.category)
    listing.add(roots)
    if choice.prefix:
        listing.add(_beginning(api, *split_title(choice.prefix, wiki), choice.history))
    for root in roots if titles or choice.subpages or choice.archives else ():
        _add_below(api, root, choice, listing)
    prefixes = [f"{root.title}/" for root in roots if choice.subpages]
    if choice.prefix:
        prefixes.append(full_title(choice.prefix, wiki))
    _add_archived(wiki, titles, prefixes, listing)
    if not (listing.titles or listing.unusable):
        raise BadInput("titles", _nothing(choice, wiki))
    return listing


def split_title(title: str, wiki: Wiki) -> tuple[int, str]:
    """The number of a title's namespace on the wiki, and the rest of the title."""
    prefix, colon, rest = title.lstrip(" _:").rstrip(" _").replace("_", " ").partition(":")
    name = prefix.strip().lower()
    for number, facts in wiki.namespaces.items():
        names = [facts["name"], *facts.get("aliases", ())]
        if colon and name in [each.lower() for each in names if each]:
            return int(number), rest.strip()
    return 0, f"{prefix}{colon}{rest}"


def full_title(title: str, wiki: Wiki) -> str:
    """A title, or the beginning of one, as the wiki writes it."""
    namespace, rest = split_title(title, wiki)
    facts = wiki.namespaces.get(str(namespace), {})
    if facts.get("case") != "case-sensitive":
        rest = rest[:1].upper() + rest[1:]
    return f"{facts['name']}:{rest}" if facts.get("name") else rest


def _titles(choice: PageChoice) -> list[str]:
    titles = [title.replace("_", " ").strip() for title in choice.titles]
    titles = [title for title in dict.fromkeys(titles) if title]
    if not (titles or choice.prefix.strip() or choice.category.strip()):
        raise BadInput("titles", _("Choose pages: enter titles, a prefix or a category."))
    return titles


def _by_title(api: Api, titles: Sequence[str], listing: Listing, history: bool) -> Iterator[Listed]:
    """The pages of these titles; of a redirect the page that it leads to, and with its history
    the redirect itself as well."""
    redirects: list[str] = []
    for part in _asked(api, titles, redirects=1):
        redirects += [redirect.start for redirect in part.redirects]
        listing.unusable += _elsewhere(part, history)
        for page in part.pages:
            if reason := _no_page(page):
                listing.unusable.append(Unusable(named_title(page.title), reason))
            elif page.pageid:
                yield Listed(page.pageid, page.ns, page.title)
    for part in _asked(api, redirects) if history else ():
        for page in part.pages:
            if page.pageid:
                yield Listed(page.pageid, page.ns, page.title)


def _asked(api: Api, titles: Sequence[str], **more: int) -> Iterator[Pages]:
    """What the wiki says of titles."""
    for some in batches(titles, weight=len, heaviest=LONGEST):
        yield from api.query(Pages, prop="info", titles=several(some), **more)


def _no_page(page: Info) -> str:
    """Why there is no such page, "" where there is one."""
    if page.invalid:
        return _("Invalid title: %(reason)s") % {"reason": page.invalidreason}
    if page.special or page.ns < 0:
        return _("Special pages cannot be imported.")
    if page.missing:
        return _("The wiki has no page with this title.")
    return ""


def _elsewhere(part: Pages, history: bool) -> Iterator[Unusable]:
    """What the answer says of titles that stand for other pages."""
    for redirect in () if history else part.redirects:
        reason = _("Redirect to “%s”; the target is imported instead.") % redirect.to
        yield Unusable(named_title(redirect.start), reason, failed=False)
    for link in part.interwiki:
        reason = _("This page is on another wiki (“%s”).") % link.iw
        yield Unusable(named_title(link.title), reason)


def _beginning(api: Api, namespace: int, prefix: str, history: bool) -> Iterator[Listed]:
    """The pages whose titles begin so; redirects only with their history."""
    question = {"apfilterredir": "all" if history else "nonredirects"}
    question |= {"apprefix": prefix} if prefix else {}
    for part in api.query(
        AllPages, list="allpages", apnamespace=namespace, aplimit="max", **question
    ):
        yield from part.allpages


def _in_category(api: Api, wiki: Wiki, category: str) -> Iterator[Listed]:
    _number, rest = split_title(category, wiki)
    question = {"list": "categorymembers", "cmtype": "page", "cmlimit": "max"}
    for part in api.query(CategoryMembers, **question, cmtitle=f"Category:{rest}"):
        yield from part.categorymembers


def _add_below(api: Api, root: Listed, choice: PageChoice, listing: Listing) -> None:
    """Add the page's subpages that are asked for, and name the archives that are not."""
    rest = root.title.partition(":")[2] if root.ns else root.title
    for page in _beginning(api, root.ns, f"{rest}/", choice.history and choice.subpages):
        archive = is_archive(page.title, root.title)
        if choice.subpages or (choice.archives and archive):
            listing.add([page])
        elif archive and page.pageid not in listing.titles:
            listing.archives.append(page.title)


def _add_archived(
    wiki: Wiki, titles: Iterable[str], prefixes: Iterable[str], listing: Listing
) -> None:
    """Add the pages that the archive has under these titles, wherever the wiki has them now."""
    wanted = Q(title__in=titles) | Q(former_titles__title__in=titles)
    for prefix in prefixes:
        wanted |= Q(title__startswith=prefix) | Q(former_titles__title__startswith=prefix)
    known = TalkPage.objects.filter(
        wanted, wiki__dbname=wiki.dbname, number__isnull=False
    ).distinct()
    archived = dict(known.values_list("number", "title"))
    for number, title in archived.items():
        listing.titles.setdefault(number or 0, title)
    # Why a page is no longer under its title is told when it is asked for by its number.
    told = set(archived.values())
    listing.unusable = [page for page in listing.unusable if page.title not in told]


def _nothing(choice: PageChoice, wiki: Wiki) -> str:
    if not choice.category:
        said = _("No pages found on %(wiki)s with prefix “%(prefix)s”.")
    elif not choice.prefix:
        said = _("No pages found on %(wiki)s in category “%(category)s”.")
    else:
        said = _(
            "No pages found on %(wiki)s with prefix “%(prefix)s” or in category “%(category)s”."
        )
    return said % {"wiki": wiki, "prefix": choice.prefix, "category": choice.category}
