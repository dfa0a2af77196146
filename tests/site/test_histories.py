"""What a static copy tells beyond what stands on pages: histories, and figures."""

import csv
import json
from io import StringIO
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from tests.site.conftest import count_anew
from tests.site.crawler import faults_of
from tests.site.test_copies import every_file, export
from threads.ingest.repairing import make_repair
from threads.models import Comment, Wiki
from threads.site.files.addresses import file_of, path_of_page
from threads.store import store_page
from threads.wikitext import parse_page

pytestmark = pytest.mark.django_db
SIGNED = "[[User:{}]] 1{}:00, 1 May {} (UTC)"
KEPT = f"Bright. {SIGNED.format('Ada', 0, 2019)}\n"
MOVED = f"Whale? {SIGNED.format('Ben', 1, 2020)}\n"
GONE = f"Forget it. {SIGNED.format('Cem', 2, 2019)}\n"
MORE = "".join(f": {n}. {SIGNED.format('Dee', n, 2021)}\n" for n in range(5))
FIRST = f"== Oil ==\n{KEPT}\n{MOVED}\n{GONE}\n"
LAST = f"== Oil ==\n{KEPT.replace('Bright', 'Bright as day')}{MORE}"


def store(title: str, text: str) -> None:
    wiki, _is_new = Wiki.objects.get_or_create(dbname="lanternwiki")
    store_page(wiki, parse_page(text, title=title), text)


@pytest.fixture
def copy(db: None, tmp_path: Path) -> Path:
    """An archive in which a comment was changed, one moved, one removed, and one corrected."""
    store("Talk:Lamps", FIRST)
    store("Talk:Lamps", LAST)
    store("Talk:Lamps/Archive", f"== Oil ==\n{MOVED}")
    asked = Comment.objects.current().get(text__startswith="3.")
    make_repair(asked, "author", {"author": "Eva"}, note="")
    count_anew()
    export(tmp_path / "copy", language=["en"], histories=True, analyses=True)
    return tmp_path / "copy"


def page_at(copy: Path, path: str) -> LexborHTMLParser:
    return LexborHTMLParser((copy / path).read_text(encoding="utf-8"))


def told(copy: Path) -> dict[str, str]:
    """What the copy tells of comments, by the beginnings of their ids."""
    return {
        (node.attributes["id"] or "")[:5]: " ".join(node.text().split())
        for path in copy.glob("history/**/*.html")
        for node in page_at(copy, path.relative_to(copy).as_posix()).css("section[id]")
    }


def test_a_copy_tells_what_comments_said_where_they_stood_and_what_was_corrected(
    copy: Path,
) -> None:
    assert faults_of(copy) == []
    found = told(copy)
    assert found.keys() == {"c-Ada", "c-Ben", "c-Cem", "c-Dee"}
    assert "Bright as day." in found["c-Ada"]
    assert "Edited" in found["c-Ada"]
    assert "Talk:Lamps/Archive On the page now" in found["c-Ben"]
    assert "Talk:Lamps No longer on this page" in found["c-Ben"]
    assert "Forget it." in found["c-Cem"]
    assert "Author corrected" in found["c-Dee"]


def test_the_server_tells_the_same(copy: Path, client: Client) -> None:
    for comment in Comment.objects.filter(author__name__in=["Ada", "Ben", "Cem"]):
        if not comment.is_current and comment.author.name == "Ben":
            continue
        served = LexborHTMLParser(client.get(f"/history/lanternwiki/{comment.ident}").text)
        [sheet] = served.css(".sheet")
        said = " ".join(sheet.text().split()).removeprefix("Comment history ")
        assert said == told(copy)[comment.ident[:5]]


def test_a_page_leads_to_the_histories_of_its_comments(copy: Path) -> None:
    comment = Comment.objects.current().get(author__name="Ada")
    page = page_at(copy, path_of_page("lanternwiki", "Talk:Lamps"))
    [link] = page.css(f'[id="{comment.ident}"] .acts a[href*="history/"]')
    assert unquote(link.attributes["href"] or "").endswith(f"/2019.html#{comment.ident}")


def test_a_removed_comment_is_found_by_its_id(copy: Path) -> None:
    gone = Comment.objects.get(author__name="Cem")
    text = (copy / "search/comments/2019-05.js").read_text(encoding="utf-8")
    data = json.loads(text[text.index("{") : text.rindex("}") + 1])
    [place] = data["places"][gone.ident]
    assert gone.ident in (copy / data["pages"][place]).read_text(encoding="utf-8")


def test_a_table_of_a_copy_is_the_servers(copy: Path, client: Client) -> None:
    path = file_of("/analysis/wiki/lanternwiki/Talk:Lamps")
    assert path
    links = page_at(copy, path).css("a[download]")
    assert links
    for link in links:
        name = (link.attributes["download"] or "").removesuffix(".csv")
        given = unquote((link.attributes["href"] or "").partition(",")[2])
        address = f"/analysis/wiki/lanternwiki/Talk:Lamps?format=csv&table={name}"
        assert list(csv.reader(StringIO(given))) == list(
            csv.reader(StringIO(client.get(address).content.decode()))
        )


def test_none_of_it_is_in_a_copy_that_nobody_asked_for(copy: Path, tmp_path: Path) -> None:
    export(tmp_path / "plain", language=["en"])
    files = every_file(tmp_path / "plain")
    assert not [path for path in files if path.startswith(("history/", "analysis/"))]
    assert not [path for path, body in files.items() if b"Forget it" in body]
    assert faults_of(tmp_path / "plain") == []
