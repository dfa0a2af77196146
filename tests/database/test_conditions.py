"""What is said, and to whom, where the database is not as it should be."""

from html import unescape
from pathlib import Path

import pytest
from django.db import connection

from tests.ingest.archives import Archive
from tests.serving import serving

from .conditions import (
    CONDITIONS,
    Condition,
    connected,
    copy_of,
    import_page,
    manage,
    without_privilege,
    without_tables,
)

pytestmark = pytest.mark.django_db

HERE = [condition for condition in CONDITIONS if condition.only in ("", connection.vendor)]


@pytest.mark.parametrize("condition", HERE, ids=lambda one: f"{one.do.__name__}")
def test_pages_the_health_check_and_imports_say_what_the_operator_has_to_do(
    condition: Condition, whole: Archive, tmp_path: Path
) -> None:
    with copy_of(whole, tmp_path / "archive") as one:
        condition.do(one)
        with serving(one.environment, without_privilege()) as served:
            health = served.get("/healthz")
            pages = [served.get(path) for path in ("/", "/wiki/lanternwiki/", "/admin/login/")]
        code, said = import_page(one)

    assert (health.status, health.text) == (503, str(condition.fault))
    for page in pages if not condition.reading else ():
        assert page.status == 503
        assert str(condition.fault) in unescape(page.text)
        assert int(page.headers["Retry-After"]) > 0
    assert not condition.reading or pages[0].status == 200

    assert code == 1
    assert str(condition.fault) in said
    assert ("SQLite file" if connection.vendor == "sqlite" else "PostgreSQL database") in said

    told = "".join([health.text, said, served.log, *(page.text for page in pages)])
    assert "Traceback" not in told
    assert "s3cret" not in told


def test_it_is_well_while_somebody_writes(whole: Archive, tmp_path: Path) -> None:
    with (
        copy_of(whole, tmp_path / "archive") as one,
        connected(one) as writer,
        serving(one.environment) as served,
    ):
        writer.execute("BEGIN")
        writer.execute("DELETE FROM threads_wiki")
        assert served.get("/healthz").text == "ok"


def test_pages_come_as_soon_as_the_tables_are_there(whole: Archive, tmp_path: Path) -> None:
    with copy_of(whole, tmp_path / "archive") as one:
        without_tables(one)
        with serving(one.environment) as served:
            before = served.get("/").status
            assert manage(one, "migrate", "--verbosity=0") == (0, "")
            after = served.get("/").status
    assert (before, after) == (503, 200)
