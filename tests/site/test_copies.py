"""A static copy as files: its links, its names, its bytes, its folder."""

import re
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from selectolax.lexbor import LexborHTMLParser

from tests.site.conftest import LANGUAGES, StaticCopy, count_anew, write_hostile_pages
from tests.site.crawler import faults_of
from tests.views.writing import Comment, Section, write_page
from threads.models import Collection, TalkPage, Wiki
from threads.site.files.addresses import file_of
from threads.site.files.facts import MARKER
from threads.site.files.names import folder_of, name_of, numbered
from threads.store import store_page
from threads.store.deleting import delete_pages
from threads.wikitext import parse_page

# The copy that is made once is read on one database; the small ones are made on both.
pytestmark = pytest.mark.django_db
SAFE = re.compile(r"[a-z0-9][a-z0-9._-]{0,119}")


@pytest.fixture
def small_archive(db: None) -> None:
    write_page("Talk:Bridges", Section("Plan", Comment("Ada", "Why?", Comment("Ben", "So."))))
    write_page("Talk:Lamps", Section("Oil", Comment("Cem", "Bright.")))


def export(folder: Path, **options: object) -> None:
    few = {"language": ["en", "ar"]} | options
    call_command("export_site", folder, processes=1, verbosity=0, **few)


def every_file(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.any_database
def test_every_link_leads_somewhere_and_no_page_is_alone(static_copy: StaticCopy) -> None:
    assert faults_of(static_copy.folder) == []


@pytest.mark.any_database
def test_a_link_of_a_copy_that_leads_nowhere_is_noticed(
    static_copy: StaticCopy, tmp_path: Path
) -> None:
    for name in ("index.html", "search.html"):
        (tmp_path / name).write_bytes((static_copy.folder / name).read_bytes())
    assert any("leads nowhere" in fault for fault in faults_of(tmp_path))


@pytest.mark.any_database
def test_all_files_have_names_that_any_file_system_takes(static_copy: StaticCopy) -> None:
    for path in static_copy.folder.rglob("*"):
        assert SAFE.fullmatch(path.name), path
    paths = [str(path).lower() for path in static_copy.folder.rglob("*")]
    assert len(set(paths)) == len(paths)


@pytest.mark.parametrize("text", ["CON", "con", "..", "a/b", "A\\B", "ü" * 300, "nul.html", " "])
def test_a_name_is_that_of_one_text(text: str) -> None:
    others = {text.lower(), text.upper(), f"{text} ", text.replace("ü", "u")} - {text}
    names = [name_of(each) for each in (text, *others)]
    assert len(set(names)) == len(names)
    assert all(SAFE.fullmatch(numbered(name, 2)) for name in names)


def test_a_folder_is_called_as_its_wiki_where_that_can_be() -> None:
    assert folder_of("metawiki") == "metawiki"
    assert folder_of("con") != "con"
    assert folder_of("MetaWiki") not in ("metawiki", "MetaWiki")
    assert folder_of(name_of("a")) != name_of("a")


@pytest.mark.any_database
def test_every_page_is_there_in_all_languages(static_copy: StaticCopy) -> None:
    for path in static_copy.folder.rglob("talk/**/*.html"):
        name = path.relative_to(static_copy.folder)
        language = name.parts[0] if name.parts[0] in LANGUAGES else "en"
        page = LexborHTMLParser(path.read_text(encoding="utf-8"))
        assert [html.attributes["lang"] for html in page.css("html")] == [language]
        links = page.css(".languages a")
        assert [link.attributes["hreflang"] for link in links] == LANGUAGES
        assert [
            link.attributes["hreflang"] for link in links if "aria-current" in link.attributes
        ] == [language]


@pytest.mark.any_database
def test_no_page_tells_how_long_ago_something_was(static_copy: StaticCopy) -> None:
    for path in static_copy.folder.glob("talk/**/*.html"):
        assert " ago" not in "".join(re.findall(r'<time[^>]*title="([^"]*)"', path.read_text()))


@pytest.mark.any_database
def test_no_page_has_scripts_or_styles_in_it(static_copy: StaticCopy) -> None:
    for path in static_copy.folder.rglob("*.html"):
        page = LexborHTMLParser(path.read_text(encoding="utf-8"))
        assert not page.css("style, [style], [onclick]")
        assert all("src" in script.attributes for script in page.css("script"))


@pytest.mark.usefixtures("small_archive")
def test_the_same_archive_gives_the_same_bytes(tmp_path: Path) -> None:
    export(tmp_path / "one")
    export(tmp_path / "other")
    assert every_file(tmp_path / "one") == every_file(tmp_path / "other")


def test_comments_of_any_year_are_found_by_their_ids(db: None, tmp_path: Path) -> None:
    months = ["0001-01", "0999-02", "9999-12"]
    signed = ["1 January 0001", "2 February 0999", "31 December 9999"]
    text = "\n".join(f": Yes. [[User:Ada]] 10:00, {day} (UTC)" for day in signed)
    store_page(Wiki.objects.create(dbname="examplewiki"), parse_page(text, title="Talk:A"), text)
    export(tmp_path / "copy")
    comments = tmp_path / "copy/search/comments"
    for month in months:
        assert "c-Ada-" in (comments / f"{month}.js").read_text()


@pytest.mark.usefixtures("small_archive")
def test_an_earlier_copy_is_replaced_whole(tmp_path: Path) -> None:
    export(tmp_path / "copy")
    delete_pages(TalkPage.objects.filter(title="Talk:Lamps"))
    count_anew()
    export(tmp_path / "copy")
    assert file_of("/wiki/examplewiki/Talk:Lamps") not in every_file(tmp_path / "copy")
    assert [path.name for path in tmp_path.iterdir()] == ["copy"]


@pytest.mark.usefixtures("small_archive")
def test_a_folder_with_other_files_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("Mine.")
    with pytest.raises(CommandError, match="is not an earlier static copy"):
        export(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.usefixtures("small_archive")
def test_a_copy_that_fails_leaves_the_earlier_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export(tmp_path / "copy")
    before = every_file(tmp_path / "copy")

    def broken(*_given: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("threads.site.making.write_shards", broken)
    with pytest.raises(CommandError, match="the disk is full"):
        export(tmp_path / "copy")
    assert every_file(tmp_path / "copy") == before
    assert [path.name for path in tmp_path.iterdir()] == ["copy"]


@pytest.mark.usefixtures("small_archive")
def test_an_archive_that_changes_in_the_meantime_is_not_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def changing(*_given: object) -> None:
        write_page("Talk:New", Section("New", Comment("Ada", "New.")))

    monkeypatch.setattr("threads.site.making.write_shards", changing)
    with pytest.raises(CommandError, match="changed while it was copied"):
        export(tmp_path / "copy")
    assert not list(tmp_path.iterdir())


@pytest.mark.usefixtures("small_archive")
def test_a_copy_in_some_languages_begins_with_the_first(tmp_path: Path) -> None:
    export(tmp_path / "copy", language=["de", "ar"])
    assert 'lang="de"' in (tmp_path / "copy/index.html").read_text()
    assert 'lang="ar" dir="rtl"' in (tmp_path / "copy/ar/index.html").read_text()
    assert not (tmp_path / "copy/de").exists()
    assert (tmp_path / "copy" / MARKER).is_file()


@pytest.mark.usefixtures("small_archive")
@pytest.mark.parametrize("asked", [{"wiki": "examplewiki"}, {"collection": "lights"}])
def test_a_part_of_an_archive_is_copied_with_its_links(
    tmp_path: Path, asked: dict[str, str]
) -> None:
    write_hostile_pages()
    collection = Collection.objects.create(slug="lights", title="Lights")
    collection.pages.set(TalkPage.objects.filter(title="Talk:Lamps"))
    count_anew()
    export(tmp_path / "copy", histories=True, analyses=True, **asked)
    assert faults_of(tmp_path / "copy") == []
    files = every_file(tmp_path / "copy")
    assert file_of("/wiki/examplewiki/Talk:Lamps") in files
    assert (file_of("/wiki/examplewiki/Talk:Bridges") in files) == ("wiki" in asked)


@pytest.mark.usefixtures("small_archive")
def test_what_is_not_in_the_archive_cannot_be_copied(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no wiki named “lostwiki”"):
        export(tmp_path / "copy", wiki="lostwiki")
