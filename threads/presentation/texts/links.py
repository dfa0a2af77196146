"""Where the links in a wiki's texts lead: to the archived page, else to the wiki.

Stored HTML names a page of the same wiki by its title, "wiki:Talk:Lamps#Oil", and any other
by its address; which of them are in the archive changes with every import.
"""

import re
from collections.abc import Iterable
from html import escape, unescape
from urllib.parse import parse_qs, quote, unquote, urlencode, urlsplit

from django.urls import reverse

from threads.models import Comment, TalkPage, Wiki
from threads.models.discussion.items import Item

from .pictures import with_pictures
from .targets import ArchivedPage, LinkTarget, archived

_LINK = re.compile(r'<a((?: [\w-]+="[^"]*")*)>')
_ATTRIBUTE = re.compile(r' ([\w-]+)="([^"]*)"')
_ID = re.compile(r'(<\w+(?: [\w-]+="[^"]*")*?) id="[^"]*"')
_WEB = ("http://", "https://", "//")
# The words for it stand once on every page: see base.html.
LEAVING = ' aria-describedby="ta-leaving"'


def resolve_links(
    wiki: Wiki | None,
    *groups: Iterable[Item],
    here: TalkPage | None = None,
    apart: bool = False,
    root: str = "",
) -> None:
    """Give the links in these items' HTML their addresses, in one query at most.

    `wiki` is the wiki of all items; None where they are of several. `here` is the page that all
    items stand on and are shown on; without it, their pages must be at hand. A link to a page
    that is neither in the archive nor on a wiki whose address is known loses its target and
    stays as text. What leaves the archive says so.

    In: `apart`, where items of several pages are shown together: links to their notes lead to
    their pages, whose ids they do not have; `root`, as in "https://talk.example.org", for HTML that
    is read outside the archive: the same, its links have whole addresses, and none refers to other
    parts of the archive's own pages.
    """
    apart = apart or bool(root)
    items = [item for group in groups for item in group if "<a " in item.html]
    resolver = _LinkResolver(wiki, items, here, root, apart=apart)
    for item in items:
        item.html = _LINK.sub(lambda match, item=item: resolver.link(match[1], item), item.html)  # type: ignore[misc]
    for group in groups:
        for item in group:
            if apart and " id=" in item.html:
                item.html = _ID.sub(r"\1", item.html)
            if " data-file=" in item.html:
                item.html = with_pictures(item.html, wiki or item.page.wiki)


class _LinkResolver:
    """Knows what the links of some items lead to."""

    def __init__(
        self,
        wiki: Wiki | None,
        items: list[Item],
        here: TalkPage | None,
        root: str,
        *,
        apart: bool,
    ) -> None:
        self._one_wiki = wiki
        self._here = here
        self._root = root
        self._apart = apart
        self._written: dict[tuple[str, int], str] = {}
        written = {
            (self._wiki(item).pk, link) for item in items for link in _LINK.findall(item.html)
        }
        wanted = {(key, target) for key, link in written if (target := _target(_attributes(link)))}
        self._archived = archived(wanted, {item.page_id for item in items})

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
        elif href.startswith("#") and self._apart:
            address = self._on_page(item) + href
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
        pages = (self._archived.pages.get((where, title)) for title in target.titles)
        page = next((page for page in pages if page), None)
        ident = target.fragment
        key = page.key if page else item.page_id
        if places := self._archived.comments.get(ident):
            if key not in places:
                return reverse("comment", args=[ident])
            query = urlencode({"comment": ident})
            return f"{self._url(page, item)}?{query}#{quote(ident)}"
        if target.title and page is None:
            return None
        ident = self._archived.sections.get((key, ident), ident)
        fragment = f"#{quote(ident)}" if ident else ""
        return fragment if not page and self._here else self._url(page, item) + fragment

    def _url(self, page: ArchivedPage | None, item: Item) -> str:
        return page.address if page else (self._here or item.page).get_absolute_url()

    def _on_page(self, item: Item) -> str:
        """The page of an item; made to hold it, where that is a comment."""
        query = f"?{urlencode({'comment': item.ident})}" if isinstance(item, Comment) else ""
        return f"{self._url(None, item)}{query}"

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


def _title(source: str) -> str:
    return _decoded(source).replace("_", " ")


def _decoded(source: str) -> str:
    return _storable(unquote(source))


def _storable(text: str) -> str:
    """Text that a database may be asked for: NUL, which none takes, is U+FFFD, which no title
    and no anchor has."""
    return text.replace("\x00", "\ufffd")
