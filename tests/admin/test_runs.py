"""Imports of many pages in the admin: where from, what would happen, watch it happen."""

import html
import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoAssertNumQueries

from tests.ingest.exports import export, page
from threads.ingest.runs.lifecycle import hold, open_run
from threads.models import Comment, ImportItem, ImportRun, TalkPage, Wiki
from threads.models.runs.run import State

FORM = "/admin/threads/talkpage/add/?from=dump"
HTMX = {"HX-Request": "true"}
TEXT = "== Lamps ==\nLit? [[User:Ada]] 10:00, 1 May 2019 (UTC)"


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path) -> Any:
    with override_settings(DATA_DIR=tmp_path):
        yield tmp_path


@pytest.fixture
def wiki(db: None) -> Wiki:
    return Wiki.objects.create(dbname="lanternwiki", name="Lanternwiki")


def work() -> None:
    """What a worker does until nothing waits any more."""
    worker = Worker(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="test",
    )
    while waiting := DBTaskResult.objects.ready().first():
        waiting.claim("test")
        worker.run_task(waiting)
        assert waiting.status == TaskResultStatus.SUCCESSFUL, waiting.traceback


def upload(client: Client, *pages: str, **given: Any) -> ImportRun:
    """Give a dump in the form; the run that comes of it."""
    file = SimpleUploadedFile("export.xml", export(*pages).encode())
    response = client.post(FORM, {"file": file, **given})
    run = ImportRun.objects.latest("pk")
    assert response.headers["Location"] == address_of(run)
    return run


def address_of(run: ImportRun) -> str:
    return f"/admin/threads/importrun/{run.pk}/change/"


def say(client: Client, run: ImportRun, **headers: Any) -> str:
    """What the run's page says, blanks resolved."""
    page = client.get(address_of(run), headers=headers or None).content.decode()
    return re.sub(r"\s+", " ", html.unescape(page))


def press(client: Client, run: ImportRun, button: str) -> ImportRun:
    """Press one of the run's buttons; the run that is shown then."""
    response = client.post(address_of(run), {"do": button})
    number = re.search(r"importrun/(\d+)/", response.headers["Location"])
    assert number
    return ImportRun.objects.get(pk=number[1])


def test_the_form_leads_to_every_kind_of_source(admin_client: Client) -> None:
    form = admin_client.get("/admin/threads/talkpage/add/").content.decode()

    assert 'href="?from=page" aria-current="page"' in form
    assert 'href="?from=dump"' in form
    assert 'type="file" name="file"' in admin_client.get(FORM).content.decode()


def test_of_a_file_that_is_cut_off_another_upload_is_asked_for(admin_client: Client) -> None:
    upload(admin_client, page("Talk:A", number=1), "<page>", page("Talk:B", number=2)[:90])
    work()
    run = ImportRun.objects.latest("pk")
    assert (run.state, run.dry) == (State.FAILED, True)
    said = say(admin_client, run)
    assert "download it again" in said
    assert "upload an undamaged copy as a new import instead" in said


def test_what_cannot_be_resumed_has_no_button_for_that(admin_client: Client, wiki: Wiki) -> None:
    run = open_run(wiki, "paste", {})
    ImportRun.objects.filter(pk=run.pk).update(state=State.FAILED)
    said = say(admin_client, run)
    assert 'id="do-resume"' not in said
    assert "cannot be resumed. Import the page again." in said


def test_a_dump_is_first_run_dry_and_then_imported(admin_client: Client, data_folder: Path) -> None:
    run = upload(admin_client, page("Talk:A", number=1), page("Talk:B", number=2))
    assert "Queued (waiting for a worker: “serve” runs one; otherwise, start one with" in say(
        admin_client, run
    )
    work()

    said = say(admin_client, run)
    assert "Comments (preview)</dt> <dd>2 new" in said
    assert "Nothing has been saved" in said
    assert "<bdi>Talk:A</bdi></th> <td>Completed</td> <td>1 new</td>" in said
    assert not TalkPage.objects.exists()

    real = press(admin_client, run, "import")
    assert (real.dry, real.user) == (False, User.objects.get(username="admin"))
    work()

    assert Comment.objects.count() == 2
    address = TalkPage.objects.all()[0].get_absolute_url()
    assert f'<a href="{address}" aria-label="Read page Talk:A">Read page</a>' in say(
        admin_client, real
    )
    assert not list((data_folder / "uploads").iterdir()), "the file is deleted after its import"


def test_what_there_is_to_say_of_the_wiki_is_said(admin_client: Client) -> None:
    """As the commands do; here the file's wiki is called as one of Wikimedia's."""
    file = SimpleUploadedFile("export.xml", export(page("Talk:A"), dbname="itwiki").encode())

    shown = admin_client.post(FORM, {"file": file}, follow=True).content.decode()

    assert "“itwiki” is also the database name of Italian Wikipedia" in shown


def test_a_dump_without_talk_pages_says_so_and_cannot_be_imported(admin_client: Client) -> None:
    run = upload(admin_client, page("Lamps", ns=0), page("Thread:Lit", ns=90, number=8))
    work()

    said = say(admin_client, run)

    assert (
        "No talk pages found. The dump contains 2 pages, all in other namespaces (0: 1, 90: 1)."
        in said
    )
    assert "1 LiquidThreads page was skipped" in said
    assert "<strong>Failed" in said
    assert 'value="import"' not in said


def test_the_file_is_kept_until_it_is_imported_to_its_end(
    admin_client: Client, data_folder: Path
) -> None:
    run = upload(admin_client, page("Talk:A", number=1), "<page><title>Talk:B</title>")
    work()
    real = press(admin_client, run, "import")
    work()

    assert 'value="resume"' in say(admin_client, real)
    assert len(list((data_folder / "uploads").iterdir())) == 1


@pytest.mark.parametrize("data", [b"", b"<html><body>Not found</body></html>", b"PK\3\4"])
def test_what_is_no_dump_is_refused_beside_its_field(
    admin_client: Client, data_folder: Path, data: bytes
) -> None:
    response = admin_client.post(FORM, {"file": SimpleUploadedFile("export.xml", data)})

    assert "errorlist" in response.content.decode()
    assert not ImportRun.objects.exists()
    folder = data_folder / "uploads"
    assert not (folder.exists() and list(folder.iterdir()))


def test_a_running_import_is_asked_for_news_until_it_is_over(
    admin_client: Client, wiki: Wiki
) -> None:
    run = open_run(wiki, "mediawiki", {}, total=200)
    hold(run)
    ImportRun.objects.update(progress=50)
    assert f'hx-get="{address_of(run)}" hx-trigger="every 2s"' in say(admin_client, run)

    news = admin_client.get(address_of(run), headers=HTMX)
    assert (news.status_code, b"<html" in news.content) == (200, False)
    assert b'<progress max="100" value="25"' in news.content

    ImportRun.objects.update(state=State.DONE)
    news = admin_client.get(address_of(run), headers=HTMX)
    assert news.status_code == 286, "HTMX asks no more then"
    assert b"Import finished" in news.content
    assert "hx-get" not in say(admin_client, run)


def test_an_import_is_cancelled_and_resumed(admin_client: Client) -> None:
    run = upload(admin_client, page("Talk:A", number=1))
    press(admin_client, run, "cancel")
    work()
    assert "Canceled" in say(admin_client, run)
    assert not run.items.exists()

    press(admin_client, run, "resume")
    work()

    assert "1 completed" in say(admin_client, run)


def test_an_import_whose_process_died_says_so_and_can_be_resumed(
    admin_client: Client, wiki: Wiki
) -> None:
    run = open_run(wiki, "mediawiki", {})
    hold(run)
    ImportRun.objects.update(holder="elsewhere 1 key", heartbeat=None)

    said = say(admin_client, run)

    assert "Interrupted (the worker process stopped)" in said
    assert 'value="resume"' in said
    assert "Interrupted" in admin_client.get("/admin/threads/importrun/").content.decode()


def test_what_failed_stands_first_with_its_log_as_text(admin_client: Client, wiki: Wiki) -> None:
    run = open_run(wiki, "mediawiki", {})
    ImportItem.objects.create(run=run, title="Talk:A", state=State.DONE)
    ImportItem.objects.create(
        run=run, title="Talk:<b>", state=State.FAILED, log="Trace\n<i>why</i>"
    )

    page = admin_client.get(address_of(run)).content.decode()

    assert page.index("Talk:&lt;b&gt;") < page.index("Talk:A")
    assert "<summary>&lt;i&gt;why&lt;/i&gt;</summary>" in page


@pytest.mark.parametrize("pages", [1, 60])
def test_a_runs_page_takes_as_many_queries_for_many_pages_as_for_one(
    admin_client: Client,
    wiki: Wiki,
    pages: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    run = open_run(wiki, "mediawiki", {})
    for number in range(pages):
        page = TalkPage.objects.create(wiki=wiki, title=f"Talk:{number}")
        ImportItem.objects.create(run=run, title=page.title, page=page, state=State.DONE)

    with django_assert_num_queries(7):
        assert admin_client.get(address_of(run), headers=HTMX).status_code == 200


def test_a_long_run_is_listed_in_parts(admin_client: Client, wiki: Wiki) -> None:
    run = open_run(wiki, "mediawiki", {})
    ImportItem.objects.bulk_create(ImportItem(run=run, title=f"Talk:{n}") for n in range(150))

    assert "<bdi>Talk:149</bdi>" not in say(admin_client, run)
    second = admin_client.get(address_of(run), {"p": "2"}).content.decode()
    assert "<bdi>Talk:149</bdi>" in second
    assert f'hx-get="{address_of(run)}?p=2"' in second


def test_watching_is_for_those_who_may_and_acting_for_those_who_may_import(
    client: Client, wiki: Wiki
) -> None:
    run = open_run(wiki, "mediawiki", {})
    user = User.objects.create_user("visitor", is_staff=True)
    client.force_login(user)
    assert client.get(address_of(run)).status_code == 403

    user.user_permissions.add(Permission.objects.get(codename="view_importrun"))
    page = client.get(address_of(run))
    assert (page.status_code, b'value="cancel"' in page.content) == (200, False)
    assert client.post(address_of(run), {"do": "cancel"}).status_code == 403
    assert client.get(FORM).status_code == 403


def test_a_run_that_there_is_not_is_not_found(admin_client: Client) -> None:
    for number in ("7", "x"):
        assert admin_client.get(f"/admin/threads/importrun/{number}/change/").status_code == 404


def test_the_page_runs_only_the_archives_own_script(admin_client: Client, wiki: Wiki) -> None:
    answer = admin_client.get(address_of(open_run(wiki, "mediawiki", {})))

    page = answer.content.decode()
    assert "django_htmx/htmx-2.min.js" in page
    assert '"includeIndicatorStyles": false' in page
    assert " onclick=" not in page
    assert "<style" not in page
