"""HTML: one file that any browser shows, from disk and without scripts."""

import re
from collections.abc import Iterator
from html import escape, unescape

from threads.export.discussions import Item, Shown, items_of, link_to, pages_of
from threads.export.selection import Selection
from threads.models import Section, TalkPage
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
# How stored HTML names a page of its own wiki.
_INTERNAL = re.compile(r' href="wiki:([^"#]*)(#[^"]*)?"')


def html(selection: Selection) -> Iterator[bytes]:
    title = ", ".join(selection.given.values()) or "Talk pages"
    yield HEAD.format(title=escape(title)).encode()
    for page in pages_of(selection):
        yield _opened(page).encode()
        depth = 0
        for item in items_of(page, selection):
            wanted = item.nested if isinstance(item, Shown) else 0
            yield _nested(depth, wanted).encode()
            yield _told(page, item).encode()
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


def _told(page: TalkPage, item: Item) -> str:
    if isinstance(item, Section):
        if not item.heading:
            return ""
        return _heading(max(item.heading_level, 2), item.heading, link_to(page, item.anchor))
    by = _byline(page, item) if isinstance(item, Shown) else ""
    return f'{by}<section dir="auto">{_linked(page, item.html)}</section>\n'


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


def _linked(page: TalkPage, text: str) -> str:
    """Stored HTML whose links lead to the wiki; where its address is not known, nowhere. What has
    no scheme gets one: in a file it would be a path."""

    def led(found: re.Match[str]) -> str:
        address = page.wiki.url_for(unescape(found[1]) or page.title)
        return f' href="{escape(address)}{found[2] or ""}"' if address else ""

    return _INTERNAL.sub(led, text).replace(' href="//', ' href="https://')
