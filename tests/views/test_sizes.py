"""What pages cost to load: all of their stylesheets and scripts, as they are sent."""

import gzip
import sys
from contextlib import closing

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from talkarchive.bootstrap import BASE_DIR
from threads.presentation.assets import MODULES

from .writing import Comment, Section, write_page

pytestmark = pytest.mark.django_db

MOST = 30_000  # bytes, with HTMX


PAGE = "examplewiki/Talk:Bridges"
KINDS = [
    *("/", "/wiki/examplewiki/", "/search?q=why", "/decisions/examplewiki/", "/nothing"),
    *("/author/examplewiki/Ada", "/person/Ada", "/since/?since=2000-01-01"),
    *(f"/watch/?page={PAGE}", f"/revisions/{PAGE}", f"/analysis/wiki/{PAGE}"),
    *("/history/examplewiki/{ident}", "/cite/examplewiki/{ident}", "/reply/examplewiki/{ident}"),
    f"/compare/{PAGE}?topic={{topic}}",
]


def loaded(client: Client, address: str = f"/wiki/{PAGE}") -> list[str]:
    """The addresses of the stylesheets and scripts of a page, by default a talk page."""
    page = write_page("Talk:Bridges", Section("Plan", Comment("Ada", "Why?")))
    idents = {"ident": page.comments.get().ident, "topic": page.sections.latest("position").ident}
    html = LexborHTMLParser(client.get(address.format(**idents)).text)
    return [
        str(element.attributes.get("href") or element.attributes.get("src"))
        for element in html.css("link[rel=stylesheet], script[src]")
    ]


def sent(client: Client, address: str, encoding: str = "gzip") -> bytes:
    with closing(client.get(address, headers={"Accept-Encoding": encoding})) as response:
        assert response.status_code == 200, address
        assert response.headers.get("Content-Encoding", "") == encoding
        return response.getvalue()


def test_a_page_loads_little_besides_itself(client: Client) -> None:
    sizes = {address: len(sent(client, address)) for address in loaded(client)}
    assert len(sizes) == 3, "one stylesheet, one script with HTMX, and what runs early"
    assert sum(sizes.values()) <= MOST, sizes


@pytest.mark.parametrize("address", KINDS)
def test_no_kind_of_page_loads_more(client: Client, address: str) -> None:
    sizes = {each: len(sent(client, each)) for each in loaded(client, address)}
    assert 20_000 < sum(sizes.values()) <= MOST, sizes


def test_no_process_of_a_server_calls_the_minifier_itself(client: Client) -> None:
    for address in loaded(client):
        sent(client, address)
    assert "minify" not in sys.modules, "its calls can hang where a process was forked"


def test_what_is_loaded_loads_nothing_else(client: Client) -> None:
    for address in loaded(client):
        content = gzip.decompress(sent(client, address)).decode()
        assert "url(" not in content
        assert "@import" not in content
        assert 'from "./' not in content


def test_who_cannot_unpack_gets_the_same_unpacked(client: Client) -> None:
    for address in loaded(client):
        assert gzip.decompress(sent(client, address)) == sent(client, address, "")


def test_every_module_is_in_a_script() -> None:
    folder = BASE_DIR / "static" / "threads"
    written = {str(path.relative_to(folder)) for path in (folder / "js").iterdir()}
    assert written == {*MODULES}


def test_a_page_loads_no_font_and_no_picture(client: Client) -> None:
    page = write_page("Talk:Bridges", Section("Plan", Comment("Ada", "Why?")))
    html = LexborHTMLParser(client.get(page.get_absolute_url()).text)
    assert html.css_first("img, picture, video, link[rel=preload]") is None
