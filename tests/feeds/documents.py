"""Feed documents, asked for, checked by Atom's schema, and read as feed readers do."""

from functools import cache
from pathlib import Path

import feedparser
import rnc2rng
from django.test import Client
from lxml import etree
from selectolax.lexbor import LexborHTMLParser

SCHEMA = Path(__file__).with_name("atom.rnc")


@cache
def schema() -> etree.RelaxNG:
    # The compact form gives no namespace at all a prefix, which is not written in XML.
    full = rnc2rng.dumps(rnc2rng.loads(SCHEMA.read_text())).replace(' xmlns:local=""', "")
    return etree.RelaxNG(etree.fromstring(full.encode()))


def document(client: Client, address: str) -> feedparser.FeedParserDict:
    """What a feed reader finds at an address; the document is valid Atom."""
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    schema().assertValid(etree.fromstring(answer.content))
    found = feedparser.parse(answer.content, sanitize_html=False)
    assert not found.bozo
    return found


def linked(found: feedparser.FeedParserDict, relation: str) -> str:
    """Where a document's link of that relation leads; "" where it has none."""
    links = [link.href for link in found.feed.links if link.rel == relation]
    return links[0].removeprefix("http://testserver") if links else ""


def every_document(client: Client, address: str) -> list[feedparser.FeedParserDict]:
    """A subscription document and all archive documents behind it."""
    found = []
    while address:
        found.append(document(client, address))
        address = linked(found[-1], "prev-archive")
    return found


def ids(documents: list[feedparser.FeedParserDict]) -> list[str]:
    """The ids of all entries, in their order."""
    return [entry.id for each in documents for entry in each.entries]


def assert_named(client: Client, page: str, feed: str) -> LexborHTMLParser:
    """A page names its feed, for programs and for people, and the feed itself. Out: the page."""
    html = LexborHTMLParser(client.get(page).text)
    (link,) = html.css("link[rel=alternate][type='application/atom+xml']")
    assert link.attributes["href"] == feed
    assert html.css(f".colophon a[href='{feed}']")
    assert linked(document(client, feed), "self") == feed
    return html
