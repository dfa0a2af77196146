"""Where the links in a wiki's texts lead: to the archived page, else to the wiki.

Stored HTML names a page by its title alone, "wiki:Talk:Lamps#Oil"; which pages are in the
archive changes with every import.
"""

import re
from collections.abc import Iterable
from html import escape, unescape
from urllib.parse import unquote

from threads.models import Comment, Section, TalkPage, UnsignedText, Wiki

_LINK = re.compile(r'<a class="(\w+)" href="wiki:([^"#]*)(#[^"]*)?"')
# More titles than any page links to; a query takes only so many values.
MOST_TITLES = 10_000


def lead_links(wiki: Wiki, *groups: Iterable[Section | Comment | UnsignedText]) -> None:
    """Give the links in these items' HTML their addresses, in one query.

    A link to a page that is neither in the archive nor on a wiki whose address is known
    loses its target and stays as text.
    """
    items = [item for group in groups for item in group if '"wiki:' in item.html]
    titles = {_title(match[2]) for item in items for match in _LINK.finditer(item.html)}
    archived = TalkPage.objects.filter(wiki=wiki, title__in=sorted(titles)[:MOST_TITLES])
    addresses = {page.title: page for page in archived.only("title")} if titles else {}

    def lead(match: re.Match[str]) -> str:
        kind, title, fragment = match[1], _title(match[2]), match[3] or ""
        page = addresses.get(title)
        if page is not None:
            page.wiki = wiki
            return f'<a class="{kind} archived" href="{escape(page.get_absolute_url())}{fragment}"'
        address = wiki.url_for(title)
        if not address:
            return f'<a class="{kind}"'
        return f'<a class="{kind}" href="{escape(address)}{fragment}"'

    for item in items:
        item.html = _LINK.sub(lead, item.html)


def _title(source: str) -> str:
    return unquote(unescape(source)).replace("_", " ")
