"""What a talk page costs to load: all of its stylesheets and scripts, packed."""

import gzip
import re
from contextlib import closing

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from .archive import Comment, Section, write_page

pytestmark = pytest.mark.django_db

IMPORT = re.compile(r'^import .* from "\./([\w.-]+)"', re.MULTILINE)
# In bytes. HTMX alone is 16,600 of them.
MOST = 37_000
MOST_FOR_OURS = 20_500


def packed(client: Client, address: str, found: dict[str, int]) -> None:
    """Add the packed sizes of a file and of the modules that it imports, by address."""
    if address in found:
        return
    with closing(client.get(address)) as response:
        assert response.status_code == 200, address
        content: bytes = response.getvalue()
    found[address] = len(gzip.compress(content))
    for name in IMPORT.findall(content.decode()):
        packed(client, f"{address.rpartition('/')[0]}/{name}", found)


def test_a_page_loads_little_besides_itself(client: Client) -> None:
    page = write_page("Talk:Bridges", Section("Plan", Comment("Ada", "Why?")))
    html = LexborHTMLParser(client.get(page.get_absolute_url()).text)
    sizes: dict[str, int] = {}
    for element in html.css("link[rel=stylesheet], script[src]"):
        address = element.attributes.get("href") or element.attributes.get("src")
        packed(client, address or "", sizes)

    assert any("folding.js" in address for address in sizes), "imported modules are counted"
    assert sum(sizes.values()) <= MOST, sizes
    ours = {address: size for address, size in sizes.items() if "django_htmx" not in address}
    assert sum(ours.values()) <= MOST_FOR_OURS, sizes


def test_a_page_loads_no_font_and_no_picture(client: Client) -> None:
    page = write_page("Talk:Bridges", Section("Plan", Comment("Ada", "Why?")))
    html = LexborHTMLParser(client.get(page.get_absolute_url()).text)
    assert html.css_first("img, picture, video, link[rel=preload]") is None
    for element in html.css("link[rel=stylesheet]"):
        with closing(client.get(element.attributes.get("href") or "")) as response:
            assert b"url(" not in response.getvalue()
