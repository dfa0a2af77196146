"""A static copy as a ZIM file: valid, searched by Kiwix, read in Chromium."""

import re
import socket
import subprocess
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from libzim.reader import Archive
from libzim.search import Query, Searcher
from playwright.sync_api import Browser, expect

from tests.site.conftest import LANGUAGES, StaticCopy

pytestmark = [pytest.mark.any_database, pytest.mark.django_db]


@pytest.fixture
def kiwix(static_copy: StaticCopy) -> Iterator[str]:
    """The address of the copy's ZIM file, served by kiwix-serve."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = ["--address=127.0.0.1", f"--port={port}", str(static_copy.zim)]
    with subprocess.Popen(["kiwix-serve", *options], stderr=subprocess.DEVNULL) as server:
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def test_zimcheck_finds_nothing_wrong(static_copy: StaticCopy) -> None:
    done = subprocess.run(
        ["zimcheck", str(static_copy.zim)], check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout
    assert not re.search("ERROR|WARNING", done.stdout)


def test_it_says_what_it_is(static_copy: StaticCopy) -> None:
    zim = Archive(static_copy.zim)
    assert zim.get_metadata("Language") == b"eng,deu,fra,spa,ara,zho"
    assert zim.get_metadata("Title") == b"Talk archive"
    assert zim.has_illustration(48)
    assert zim.main_entry.get_item().path == "index.html"
    assert b"text/html=" in zim.get_metadata("Counter")


def test_it_has_every_file_of_the_copy(static_copy: StaticCopy) -> None:
    zim = Archive(static_copy.zim)
    for path in static_copy.folder.rglob("*"):
        if path.is_file() and path.suffix != ".json":
            name = path.relative_to(static_copy.folder).as_posix()
            assert bytes(zim.get_entry_by_path(name).get_item().content) == path.read_bytes()


def test_a_title_leads_to_its_page(static_copy: StaticCopy) -> None:
    entry = Archive(static_copy.zim).get_entry_by_path("examplewiki/Talk:../..")
    assert entry.is_redirect
    assert entry.get_redirect_entry().path.startswith("talk/examplewiki/")


def test_a_search_finds_each_page_once(static_copy: StaticCopy) -> None:
    zim = Archive(static_copy.zim)
    found = Searcher(zim).search(Query().set_query("lantern"))
    paths = list(found.getResults(0, found.getEstimatedMatches()))
    assert paths
    assert not [path for path in paths if path.partition("/")[0] in LANGUAGES]


@pytest.mark.browser
def test_it_is_read_in_kiwix(browser: Browser, kiwix: str, static_copy: StaticCopy) -> None:
    page = browser.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    for _attempt in range(50):
        try:
            socket.create_connection(("127.0.0.1", urlsplit(kiwix).port or 0)).close()
            break
        except OSError:
            page.wait_for_timeout(100)
    book = static_copy.zim.stem
    page.goto(f"{kiwix}/{book}/index.html")
    expect(page.locator("h1")).to_have_text("Talk page archive")
    page.get_by_role("searchbox", name="Search this archive").fill("lantern")
    page.get_by_role("searchbox", name="Search this archive").press("Enter")
    page.locator("#ta-found li a").first.click()
    expect(page.locator(":target")).to_be_in_viewport()
    page.get_by_role("link", name="Deutsch").click()
    expect(page.locator("html")).to_have_attribute("lang", "de")
    page.close()
    assert complaints == []
