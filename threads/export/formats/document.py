"""HTML: one file that any browser shows, from disk and without scripts."""

import re
from collections.abc import Iterator
from html import escape, unescape

from threads.export.discussions import Item, Shown, heading_of, items_of, link_to, pages_of
from threads.export.selection import Selection
from threads.models import Section, TalkPage
from threads.wikitext.markup.allowlist import NOTE
from threads.wikitext.site.languages import direction

from .rights import SENTENCE, rights

STYLE = """\
:root { color-scheme: light dark; }
body { max-inline-size: 50rem; margin: 1rem auto; padding: 0 1rem; font: 1rem/1.5 sans-serif;\
 overflow-wrap: anywhere; }
div { border-inline-start: 2px solid #8888; padding-inline-start: .75rem; }
.by { margin-block-end: 0; font-size: .875rem; }
pre, table { display: block; overflow-x: auto; }
"""
HEAD = f"""\
<!doctype html>
<html>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy"
 content="default-src 'none'; style-src 'unsafe-inline'">
<title>{{title}}</title>
<style>
{STYLE.replace("{", "{{").replace("}", "}}")}</style>
"""
_TAG = re.compile(r'<\w+(?: [\w-]+="[^"]*")+')
_ID_OR_LINK = re.compile(r' (id|href)="([^"]*)"')
_INTERNAL = "wiki:"  # how stored HTML names a page of its own wiki


def html(selection: Selection) -> Iterator[bytes]:
    title = ", ".join(selection.given.values()) or "Talk pages"
    yield HEAD.format(title=escape(title)).encode()
    for number, page in enumerate(pages_of(selection), 1):
        yield _opened(page).encode()
        texts = _Texts(page, number)
        depth = 0
        for item in items_of(page, selection):
            wanted = item.nested if isinstance(item, Shown) else 0
            yield _nested(depth, wanted).encode()
            yield _told(page, item, texts).encode()
            depth = wanted
        yield f"{_nested(depth, 0)}</article>\n".encode()
    yield _rights().encode()


def _rights() -> str:
    name, address = rights()
    link = f'<a href="{escape(address)}" rel="license">{escape(name)}</a>'
    return f"<footer>{SENTENCE.format(link)}</footer>\n"


def _opened(page: TalkPage) -> str:
    language = page.wiki.language
    attributes = f'lang="{escape(language)}" dir="{direction(language)}"'
    return f"<article {attributes}>\n{_heading(1, page.title, page.url_on_wiki)}"


def _nested(depth: int, wanted: int) -> str:
    """What opens or closes the boxes of replies, between two items."""
    return "</div>\n" * (depth - wanted) + "<div>\n" * (wanted - depth)


def _told(page: TalkPage, item: Item, texts: "_Texts") -> str:
    if isinstance(item, Section):
        heading = heading_of(item)
        address = link_to(page, item.anchor)
        return _heading(max(item.heading_level, 2), heading, address) if heading else ""
    by = _byline(page, item) if isinstance(item, Shown) else ""
    return f'{by}<section dir="auto">{texts.shown(item.html)}</section>\n'


def _heading(level: int, text: str, address: str) -> str:
    return f'<h{level} dir="auto">{_link(address, text)}</h{level}>\n'


def _byline(page: TalkPage, comment: Shown) -> str:
    time = f'<time dir="ltr">{comment.when}</time>'
    when = _link_html(link_to(page, comment.ident), time)
    to = f", in reply to {_person(comment.answered)}" if comment.answered else ""
    corrected = f" (corrected: {', '.join(comment.corrected)})" if comment.corrected else ""
    return f'<p class="by">{_person(comment.author_name)}, {when}{to}{corrected}</p>\n'


def _person(name: str) -> str:
    return f"<b><bdi>{escape(name)}</bdi></b>"


def _link(address: str, text: str) -> str:
    return _link_html(address, escape(text))


def _link_html(address: str, shown: str) -> str:
    return f'<a href="{escape(address)}">{shown}</a>' if address else shown


class _Texts:
    """Stored HTML of one page as it stands in a file of several: links lead to the wiki or, where
    its address is not known, nowhere. Those to notes and anchors lead to what the file has of the
    same page: ids are unique in it."""

    def __init__(self, page: TalkPage, number: int) -> None:
        self._page = page
        self._prefix = f"p{number}-"
        self._ids: set[str] = set()

    def shown(self, text: str) -> str:
        return _TAG.sub(lambda tag: _ID_OR_LINK.sub(self._attribute, tag[0]), text)

    def _attribute(self, found: re.Match[str]) -> str:
        name, value = found.groups()
        if name == "href":
            address = self._address(value)
            return f' href="{address}"' if address else ""
        if value in self._ids:
            return ""
        self._ids.add(value)
        return f' id="{self._prefix}{value}"'

    def _address(self, value: str) -> str:
        """Where a link leads, escaped. What has no scheme gets one: in a file it would be a
        path."""
        title, hash_, fragment = value.removeprefix(_INTERNAL).partition("#")
        if not title and fragment.startswith(NOTE):
            return f"#{self._prefix}{fragment}"
        if title and not value.startswith(_INTERNAL):
            return f"https:{value}" if value.startswith("//") else value
        address = self._page.wiki.url_for(unescape(title) or self._page.title)
        return f"{escape(address)}{hash_}{fragment}" if address else ""
