"""A copy that is brought up to date: as if it were made anew, but for the files that stay."""

from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copytree

import pytest
from django.core.management import call_command
from pytest import TempPathFactory
from pytest_django import DjangoDbBlocker

from tests.once import made_once
from tests.site.conftest import count_anew
from tests.site.test_copies import every_file
from threads.models import Author, Collection, Comment, PrivacyRule, TalkPage, Wiki
from threads.privacy import apply_rule, rename, save_rule, take_down_comment, take_down_page
from threads.site.files.addresses import file_of
from threads.site.files.earlier import STATES
from threads.store import delete_pages, store_page
from threads.wikitext import parse_page

# How copies are asked for of either database, other modules try.
pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
LAMPS = """\
== Oil ==
Bright. [[User:Ada]] 10:00, 1 May 2019 (UTC)
: See [[Talk:Bridges#Plan]] and [[Talk:Later]]. [[User:Ben]] 11:00, 1 May 2019 (UTC)
"""
BRIDGES = "== Plan ==\nWhy? [[User:Ben]] 10:00, 1 May 2019 (UTC)\n\nNobody signed.\n"
EARLIER = "== Trees ==\nTall as lamps. [[User:Cem]] 10:00, 1 May 2019 (UTC)\n"
GARDEN = "== Trees ==\nTall. [[User:Cem]] 10:00, 1 May 2019 (UTC)\n"
LATER = ": Very. [[User:Dee]] 12:00, 1 May 2019 (UTC)\n"


def store(title: str, text: str) -> None:
    wiki, _is_new = Wiki.objects.get_or_create(dbname="lanternwiki")
    store_page(wiki, parse_page(text, title=title), text)


def copy(folder: Path, **options: object) -> None:
    few = {"language": ["en", "ar"], "processes": 1, "verbosity": 0}
    few |= {"histories": True, "analyses": True} | options
    call_command("export_site", folder, **few)


def make_archive() -> None:
    pages = {"Lamps": [LAMPS], "Bridges": [BRIDGES], "Garden": [EARLIER, GARDEN]}
    for title, texts in pages.items():
        for text in texts:
            store(f"Talk:{title}", text)


@pytest.fixture(scope="module", autouse=True)
def copied_once(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: TempPathFactory
) -> Iterator[Path]:
    """The archive, and a copy of it that notes what its files were made from."""
    folder = tmp_path_factory.mktemp("copied") / "copy"

    def make() -> None:
        make_archive()
        copy(folder, update=True)

    with made_once(make, django_db_blocker):
        yield folder


@pytest.fixture
def earlier(copied_once: Path, tmp_path: Path) -> Path:
    """That copy, for one test."""
    return copytree(copied_once, tmp_path / "copy")


def kept(folder: Path, change: Callable[[], object], **options: object) -> set[str]:
    """Bring a copy up to date after a change; it is then as one that is made anew. Out: its files
    that are those of before."""
    before = {path: path.stat().st_ino for path in folder.rglob("*.*")}
    change()
    count_anew()
    copy(folder, update=True, **options)
    copy(folder.parent / "anew", update=True, **options)
    assert every_file(folder) == every_file(folder.parent / "anew")
    return {
        path.relative_to(folder).as_posix()
        for path, number in before.items()
        if path.exists() and path.stat().st_ino == number
    }


def talk(title: str, language: str = "") -> str:
    return f"{language}{file_of(f'/wiki/lanternwiki/Talk:{title}')}"


def test_nothing_is_written_again_where_nothing_has_changed(earlier: Path) -> None:
    assert kept(earlier, lambda: None) == every_file(earlier).keys()


def test_what_has_changed_is_written_in_all_languages(earlier: Path) -> None:
    same = kept(earlier, lambda: store("Talk:Garden", GARDEN + LATER))
    for language in ("", "ar/"):
        assert talk("Garden", language) not in same
        assert {talk("Lamps", language), talk("Bridges", language)} <= same


def test_links_lead_to_a_page_that_has_come(earlier: Path) -> None:
    same = kept(earlier, lambda: store("Talk:Later", GARDEN))
    assert talk("Lamps") not in same
    assert talk("Bridges") in same


def test_a_page_that_is_gone_is_in_no_copy(earlier: Path) -> None:
    gone = TalkPage.objects.filter(title="Talk:Bridges")
    same = kept(earlier, lambda: delete_pages(gone))
    assert talk("Bridges") not in every_file(earlier)
    assert talk("Lamps") not in same
    assert talk("Garden") in same


RULES: dict[str, Callable[[], PrivacyRule]] = {
    "Cem": lambda: rename(Author.objects.get(name="Cem"), "Author 7", "alias"),
    "Tall": lambda: take_down_comment(Comment.objects.get(author__name="Cem")),
    "Trees": lambda: take_down_page(TalkPage.objects.get(title="Talk:Garden")),
}


@pytest.mark.parametrize("hidden", RULES)
def test_what_is_taken_down_leaves_a_copy(earlier: Path, hidden: str) -> None:
    rule = RULES[hidden]()
    same = kept(earlier, lambda: apply_rule(save_rule(rule, reason="Asked.")))
    assert [path for path, body in every_file(earlier).items() if hidden.encode() in body] == []
    assert talk("Bridges") in same


def test_a_collection_follows_its_pages(tmp_path: Path) -> None:
    lights = Collection.objects.create(slug="lights", title="Lights")
    lights.pages.set(TalkPage.objects.filter(title="Talk:Lamps"))
    count_anew()

    def add() -> None:
        lights.pages.add(TalkPage.objects.get(title="Talk:Bridges"))

    copy(tmp_path / "copy", update=True, collection="lights")
    same = kept(tmp_path / "copy", add, collection="lights")
    assert talk("Lamps") not in same


def test_a_copy_that_noted_nothing_is_brought_up_to_date_as_well(tmp_path: Path) -> None:
    copy(tmp_path / "copy")
    before = (tmp_path / "copy" / talk("Garden")).stat().st_ino
    copy(tmp_path / "copy", update=True)
    noted = kept(tmp_path / "copy", lambda: None)
    assert talk("Garden") in noted
    assert (tmp_path / "copy" / talk("Garden")).stat().st_ino == before
    copy(tmp_path / "plain")
    assert every_file(tmp_path / "copy").keys() - every_file(tmp_path / "plain").keys() == {STATES}


def test_another_program_makes_all_pages_anew(
    earlier: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def change() -> None:
        monkeypatch.setattr("django.conf.settings.VERSION", "99")

    assert kept(earlier, change) == set()
