"""Where the links in a wiki's texts lead: to the archived page, else to the wiki.

Stored HTML names a page of the same wiki by its title, "wiki:Talk:Lamps#Oil", and any other
by its address; which of them are in the archive changes with every import.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape, unescape
from itertools import groupby
from operator import itemgetter
from urllib.parse import parse_qs, quote, unquote, urlencode, urlsplit

from django.db.models import BigIntegerField, Q, Value
from django.urls import reverse

from threads.models import Comment, FormerId, Section, TalkPage, Wiki
from threads.models.discussion.items import Item

from .pictures import with_pictures

_LINK = re.compile(r'<a((?: [\w-]+="[^"]*")*)>')
_ATTRIBUTE = re.compile(r' ([\w-]+)="([^"]*)"')
_WEB = ("http://", "https://", "//")
# More than any page links to; a query takes only so many values.
MOST = 5_000
COMMENT = "c-"  # how every comment's id begins
# The words for it stand once on every page: see base.html.
LEAVING = ' aria-describedby="ta-leaving"'


@dataclass(frozen=True, slots=True)
class LinkTarget:
    """What a link means."""

    server: str  # "https://meta.wikimedia.org"; "" for the wiki of the text itself
    title: str  # "" for the page of the text itself
    fragment: str

    @property
    def titles(self) -> list[str]:
        """The page's titles, one of which it may have here."""
        own = self.title.partition(":MyLanguage/")[2]  # in whatever language the reader has
        return [title[:1].upper() + title[1:] for title in (self.title, own) if title]


def resolve_links(
    wiki: Wiki | None, *groups: Iterable[Item], here: TalkPage | None = None, root: str = ""
) -> None:
    """Give the links in these items' HTML their addresses, in three queries at most.

    `wiki` is the wiki of all items; None where they are of several. `here` is the page that all
    items stand on and are shown on; without it, their pages must be at hand. A link to a page
    that is neither in the archive nor on a wiki whose address is known loses its target and
    stays as text. What leaves the archive says so.

    In: `root`, as in "https://talk.example.org", for HTML that is read outside the archive: its
    links have whole addresses, and none refers to other parts of the archive's own pages.
    """
    items = [item for group in groups for item in group if "<a " in item.html]
    resolver = _LinkResolver(wiki, items, here, root)
    for item in items:
        item.html = _LINK.sub(lambda match, item=item: resolver.link(match[1], item), item.html)  # type: ignore[misc]
    for group in groups:
        for item in group:
            if " data-file=" in item.html:
                item.html = with_pictures(item.html, wiki or item.page.wiki)


class _LinkResolver:
    """Knows what the links of some items lead to."""

    def __init__(
        self, wiki: Wiki | None, items: list[Item], here: TalkPage | None, root: str
    ) -> None:
        self._one_wiki = wiki
        self._here = here
        self._root = root
        self._written: dict[tuple[str, int], str] = {}
        written = {
            (self._wiki(item).pk, link) for item in items for link in _LINK.findall(item.html)
        }
        wanted = {(key, target) for key, link in written if (target := _target(_attributes(link)))}
        self._pages = _pages(wanted)
        targets = {target for _key, target in wanted}
        fragments = {target.fragment for target in targets if target.fragment}
        comments = {fragment for fragment in fragments if fragment.startswith(COMMENT)}
        links_to_itself = any(not target.title for target in targets)
        own = {item.page_id for item in items} if links_to_itself else set()
        self._sections = _sections(
            {page.pk for page in self._pages.values()} | own, fragments - comments
        )
        self._comments = _comments(comments)

    def link(self, written: str, item: Item) -> str:
        """The opening tag of a link, with its address. In: its attributes, as they are written."""
        key = (written, item.page_id)
        if key not in self._written:
            self._written[key] = self._link(_attributes(written), item)
        return self._written[key]

    def _link(self, attributes: dict[str, str], item: Item) -> str:
        target = _target(attributes)
        href = unescape(attributes.get("href", ""))
        address = self._address(target, item) if target else None
        if address is not None:
            attributes["class"] += " archived" if target and target.title else ""
        elif href.startswith("wiki:"):
            address = self._on_wiki(href, self._wiki(item))
        address = href if address is None else address
        if address.startswith("//"):  # in a file, that would be a path
            address = f"https:{address}"
        leaving = address.startswith(_WEB)
        if leaving:
            attributes["class"] = f"{attributes.get('class', '')} leaving".strip()
        is_path = address.startswith("/") and not leaving
        attributes["href"] = escape(self._root + address if is_path else address)
        if not address:
            del attributes["href"]
        written = "".join(f' {name}="{value}"' for name, value in attributes.items())
        return f"<a{written}{LEAVING if leaving and not self._root else ''}>"

    def _address(self, target: LinkTarget, item: Item) -> str | None:
        """Where in the archive it is, or None."""
        where = target.server or self._wiki(item).pk
        pages = (self._pages.get((where, title)) for title in target.titles)
        page = next((page for page in pages if page), None)
        ident = target.fragment
        key = page.pk if page else item.page_id
        if ident.startswith(COMMENT) and (places := self._comments.get(ident)):
            if key not in places:
                return reverse("comment", args=[ident])
            query = urlencode({"comment": ident})
            return f"{self._url(page, item)}?{query}#{quote(ident)}"
        if target.title and page is None:
            return None
        ident = self._sections.get((key, target.fragment), target.fragment)
        fragment = f"#{quote(ident)}" if ident else ""
        return fragment if not page and self._here else self._url(page, item) + fragment

    def _url(self, page: TalkPage | None, item: Item) -> str:
        return (page or self._here or item.page).get_absolute_url()

    def _wiki(self, item: Item) -> Wiki:
        return self._one_wiki or item.page.wiki

    @staticmethod
    def _on_wiki(href: str, wiki: Wiki) -> str:
        title, hash_, fragment = href.removeprefix("wiki:").partition("#")
        address = wiki.url_for(_title(title))
        return f"{address}{hash_}{fragment}" if address else ""


def _attributes(written: str) -> dict[str, str]:
    return dict(_ATTRIBUTE.findall(written))


def _target(attributes: dict[str, str]) -> LinkTarget | None:
    """What a link may mean in the archive; None for what cannot be there."""
    href = unescape(attributes.get("href", ""))
    if href.startswith("wiki:"):
        title, _, fragment = href.removeprefix("wiki:").partition("#")
        return LinkTarget("", _title(title), fragment)
    if href.startswith("#") and attributes.get("class") == "wiki":
        return LinkTarget("", "", href[1:])
    return _target_of_address(href) if href.startswith(_WEB) else None


def _target_of_address(href: str) -> LinkTarget | None:
    """The page of which this is the address, as most wikis write theirs."""
    try:
        parts = urlsplit(href)
    except ValueError:
        return None
    if parts.query:
        query = parse_qs(parts.query)
        title = _storable(query["title"][0]) if set(query) == {"title"} else ""
    else:
        title = _decoded(parts.path.removeprefix("/wiki/")) if "/wiki/" in parts.path else ""
    if not title:
        return None
    server = f"https://{parts.netloc.lower().replace('.m.', '.', 1)}"
    return LinkTarget(server, title.replace("_", " "), _decoded(parts.fragment))


def _pages(targets: Iterable[tuple[int, LinkTarget]]) -> dict[tuple[str | int, str], TalkPage]:
    """The archived pages among these, by title and server, or the primary key of their wiki.

    In: each target with the primary key of the wiki on which the link stands.
    """
    own = sorted(
        {(key, title) for key, each in targets if not each.server for title in each.titles}
    )
    far = [each for _key, each in targets if each.server]
    other = sorted({title for each in far for title in each.titles})[:MOST]
    servers = sorted({each.server for each in far})[:MOST]
    if not own and not other:
        return {}
    wanted = Q(wiki__server__in=servers, title__in=other)
    for key, titles in groupby(own[:MOST], key=itemgetter(0)):
        wanted |= Q(wiki=key, title__in=[title for _key, title in titles])
    found = TalkPage.objects.filter(wanted).select_related("wiki").only("title", "wiki")
    pages: dict[tuple[str | int, str], TalkPage] = {}
    for page in found:
        pages[page.wiki_id, page.title] = page
        if page.wiki.server:
            pages[page.wiki.server, page.title] = page
    return pages


def _sections(pages: set[int], fragments: set[str]) -> dict[tuple[int, str], str]:
    """Ids of sections by page and anchor; the anchor as a link writes it."""
    if not pages or not fragments:
        return {}
    found = Section.objects.current().filter(
        page__in=sorted(pages)[:MOST], anchor__in=sorted(fragments)[:MOST]
    )
    rows = found.values_list("page_id", "anchor", "ident")
    return {(page, anchor): ident for page, anchor, ident in rows}


def _comments(idents: set[str]) -> dict[str, set[int]]:
    """The pages on which comments stand by their ids; 0 where a permanent link finds them."""
    if not idents:
        return {}
    wanted = sorted(idents)[:MOST]
    elsewhere = Value(0, output_field=BigIntegerField())
    rows = Comment.objects.order_by()
    former = FormerId.objects.order_by()
    found = (
        rows.current()
        .with_ids(wanted)
        .values_list("ident", "page_id")
        .union(
            rows.filter(is_current=False).with_ids(wanted).values_list("ident", elsewhere),
            rows.with_names(wanted).values_list("name", elsewhere),
            former.filter(ident__in=wanted).values_list("ident", elsewhere),
        )
    )
    places: dict[str, set[int]] = {}
    for ident, page in found:
        places.setdefault(ident, set()).add(page)
    return places


def _title(source: str) -> str:
    return _decoded(source).replace("_", " ")


def _decoded(source: str) -> str:
    return _storable(unquote(source))


def _storable(text: str) -> str:
    """Text that a database may be asked for: NUL, which none takes, is U+FFFD, which no title
    and no anchor has."""
    return text.replace("\x00", "\ufffd")
