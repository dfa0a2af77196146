"""What JSON Lines hold of an archive makes the same archive, and the same lines again."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree
from pytest_django import DjangoDbBlocker

from tests.export.loaded import assert_same, exported
from tests.export.test_tei import schema
from tests.ingest.archives import Archive, archive
from tests.wikitext.reference import CORPUS

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def filled(
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Archive]:
    """An archive with histories, a move, a removed comment, a correction and a collection."""
    folder = tmp_path_factory.mktemp("filled") / "archive"
    with django_db_blocker.unblock(), archive(folder) as one:
        code, said = one.run("-m", "tests.backups.filling")
        assert code == 0, said
        yield one


@pytest.fixture(scope="module")
def lines(filled: Archive, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """All of it, as it is exported."""
    return exported(filled, tmp_path_factory.mktemp("lines") / "all.jsonl")


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Archive]:
    with archive(tmp_path / "empty") as one:
        yield one


def test_an_archive_that_was_loaded_has_the_same_rows(
    filled: Archive, empty: Archive, tmp_path: Path
) -> None:
    assert_same(filled, empty, tmp_path)


@pytest.mark.postgresql
def test_an_archive_can_go_from_one_database_to_the_other(filled: Archive, tmp_path: Path) -> None:
    (tmp_path / "light").mkdir()
    light = Archive(tmp_path / "light", f"sqlite:///{tmp_path / 'light' / 'archive.sqlite3'}")
    light.manage("migrate", "--verbosity=0")
    assert_same(filled, light, tmp_path)
    with archive(tmp_path / "back") as back:
        assert_same(light, back, tmp_path)


# The reference is beside the repository for whoever develops the parser.
@pytest.fixture(scope="module", params=["demo", *(["reference"] if CORPUS.is_dir() else [])])
def real(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Archive]:
    """An archive of real pages."""
    folder = tmp_path_factory.mktemp("real") / "archive"
    with django_db_blocker.unblock(), archive(folder) as one:
        code, said = one.run("-m", "tests.export.filling", request.param)
        assert code == 0, said
        yield one


def test_real_pages_can_be_exported_and_loaded(
    real: Archive, empty: Archive, tmp_path: Path
) -> None:
    assert_same(real, empty, tmp_path)


@pytest.mark.any_database
def test_real_pages_make_a_valid_corpus(real: Archive, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus.xml"
    real.manage("export", "--format", "tei", "--output", str(corpus))
    schema().assertValid(etree.parse(corpus))


def test_one_page_can_be_exported_and_loaded(
    filled: Archive, empty: Archive, tmp_path: Path
) -> None:
    lines = exported(filled, tmp_path / "page.jsonl", "--page", "Talk:Plan")
    empty.manage("import_archive", str(tmp_path / "page.jsonl"))
    assert exported(empty, tmp_path / "again.jsonl") == lines
    titles = [line["title"] for line in map(json.loads, lines.splitlines()) if is_page(line)]
    assert titles == ["Talk:Plan"]


def is_page(line: dict[str, object]) -> bool:
    return line["type"] == "page"


def test_only_an_empty_archive_takes_an_export(
    filled: Archive, lines: bytes, tmp_path: Path
) -> None:
    (tmp_path / "one.jsonl").write_bytes(lines)
    code, said = filled.run("manage.py", "import_archive", str(tmp_path / "one.jsonl"))
    assert code == 2
    assert "not empty" in said


WRONG = {
    "an unknown type": (b'"type":"comment"', b'"type":"verse"'),
    "a missing author": (b'"author":"Ben"', b'"author":null'),
    "a parent that is not there": (b'"parent":null,"author"', b'"parent":"c-x","author"'),
    "no address of a wiki": (b'"server":""', b'"server":"javascript:1"'),
    "a revision that is there twice": (b'"number":12', b'"number":11'),
    "a later format": (b'"version":3', b'"version":99'),
}


def test_a_file_that_is_wrong_anywhere_loads_nothing(
    lines: bytes, empty: Archive, tmp_path: Path
) -> None:
    """The archive is one for all: what loads something into it makes the next one fail."""
    for case, (old, new) in WRONG.items():
        assert old in lines, case
        (tmp_path / "wrong.jsonl").write_bytes(lines.replace(old, new, 1))
        code, said = empty.run("manage.py", "import_archive", str(tmp_path / "wrong.jsonl"))
        assert code == 2, (case, said)
        assert "Create the export again" in said or "Create one with" in said, (case, said)
        assert not [word for word in ("Traceback", "constraint", "threads_") if word in said], case
    assert exported(empty, tmp_path / "nothing.jsonl").count(b"\n") == 2  # begin and end
