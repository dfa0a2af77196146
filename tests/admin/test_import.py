"""Importing in the admin: a form, a preview that saves nothing, and the import."""

import html
import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from threads.models import Comment, ImportRun, Revision, TalkPage, Wiki

TEXT = " Lamps, first.\n== Lamps ==\nLit? [[User:Ada]] 10:00, 1 May 2019 (UTC)\n:<b>Yes</b> & no.\n"
ADDRESS = "/admin/threads/talkpage/add/"


@pytest.fixture
def wiki(db: None) -> Wiki:
    return Wiki.objects.create(dbname="lanternwiki", name="Lanternwiki")


def send(client: Client, step: str, wiki: Wiki | None = None, **given: Any) -> str:
    """What the next page says, with entities and blanks resolved."""
    data = {"step": step, "title": "talk:harbour_lights", "text": TEXT, **given}
    if wiki:
        data["wiki"] = str(wiki.pk)
    response = client.post(ADDRESS, data, follow=True)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", html.unescape(response.content.decode()))


def nothing_is_saved() -> bool:
    return not (
        TalkPage.objects.exists() or ImportRun.objects.exists() or Revision.objects.exists()
    )


def carried(page: str) -> dict[str, str]:
    """What the preview's form would send, as a browser does: with CR LF line ends."""
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
    (text,) = re.findall(r"<textarea[^>]*>\n(.*?)</textarea>", page, re.DOTALL)
    fields["text"] = text.replace("\n", "\r\n")
    return {name: html.unescape(value) for name, value in fields.items()}


def test_the_admins_start_and_its_list_of_pages_lead_to_the_form(admin_client: Client) -> None:
    for name in ("admin:index", "admin:threads_talkpage_changelist"):
        page = admin_client.get(reverse(name)).content.decode()
        assert f'href="{ADDRESS}" class="addlink">Import talk pages' in page
    assert b'name="step" value="preview"' in admin_client.get(ADDRESS).content


def test_the_admins_start_lists_imports_but_not_the_tasks_behind_them(
    admin_client: Client,
) -> None:
    page = admin_client.get(reverse("admin:index")).content.decode()
    assert reverse("admin:threads_importrun_changelist") in page
    assert "Task Result" not in page


def test_a_preview_tells_what_would_come_and_saves_nothing(
    admin_client: Client, wiki: Wiki
) -> None:
    page = send(admin_client, "preview", wiki)

    assert "<bdi>Talk:Harbour lights</bdi>" in page
    assert "1 topic, 1 comment" in page
    assert "Comments: 1 new" in page
    assert "<bdi>Ada</bdi></b> <time" in page
    assert nothing_is_saved()


def test_a_preview_tells_what_would_change(admin_client: Client, wiki: Wiki) -> None:
    send(admin_client, "save", wiki)

    assert "No changes. The archive is up to date." in send(admin_client, "preview", wiki)
    assert "Comments: 1 changed" in send(
        admin_client, "preview", wiki, text=TEXT.replace("Lit?", "Unlit?")
    )


def test_the_import_saves_what_the_preview_carried_to_the_byte(
    admin_client: Client, wiki: Wiki
) -> None:
    given = {
        "step": "preview",
        "wiki": str(wiki.pk),
        "title": "Talk:A",
        "text": f"{TEXT}</textarea>",
    }
    preview = admin_client.post(ADDRESS, given).content.decode()

    admin_client.post(ADDRESS, {**carried(preview), "step": "save"})

    assert Revision.objects.get().text == f"{TEXT}</textarea>"


def test_an_import_ends_at_its_run_with_a_message(admin_client: Client, wiki: Wiki) -> None:
    page = send(admin_client, "save", wiki, number="5", timestamp="2019-05-02T10:00:00Z")

    assert "“Talk:Harbour lights” was imported." in page
    assert f'<a href="{TalkPage.objects.get().get_absolute_url()}">View page</a>' in page
    assert "<dt>Comments</dt> <dd>1 new</dd>" in page, "its run is shown, as of every import"
    assert Revision.objects.get().number == 5
    assert ImportRun.objects.get().user == User.objects.get(username="admin")


def test_a_file_may_be_given_instead_of_text(admin_client: Client, wiki: Wiki) -> None:
    file = SimpleUploadedFile("lights.txt", TEXT.encode())
    given = {"step": "preview", "wiki": str(wiki.pk), "title": "Talk:A", "file": file}
    preview = admin_client.post(ADDRESS, given).content.decode()

    admin_client.post(ADDRESS, {**carried(preview), "step": "save"})

    assert Comment.objects.get().text.startswith("Lit?")
    assert ImportRun.objects.get().source == "upload"


def test_a_new_wiki_comes_with_its_first_page(admin_client: Client, db: None) -> None:
    assert "new wiki" in send(admin_client, "preview", dbname="dewiki")
    assert not Wiki.objects.exists()

    send(admin_client, "save", dbname="dewiki")

    assert Wiki.objects.get().timezone == "Europe/Berlin"


def test_what_was_given_can_be_corrected(admin_client: Client, wiki: Wiki) -> None:
    page = send(admin_client, "edit", wiki, number="5")

    assert 'value="talk:harbour_lights"' in page
    assert f'<option value="{wiki.pk}" selected>' in page
    assert "Lit? [[User:Ada]]" in page
    assert "errornote" not in page


@pytest.mark.parametrize("step", ["preview", "save"])
@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"text": ""}, "wikitext or choose a file"),
        ({"text": " \n"}, "The text is empty"),
        ({"text": "a\0b"}, "Null characters are not allowed"),
        ({"title": ""}, "Enter the full page title"),
        ({"title": "Talk:<script>alert(1)</script>"}, "Invalid title: the character “<”"),
        ({"number": "0"}, "“0” is not a valid revision ID"),
        ({"number": "five"}, "Enter a whole number"),
        ({"timestamp": "soon"}, "Enter a valid date and time"),
        ({"dbname": "otherwiki"}, "Choose an existing wiki or enter a new one"),
        ({"language": "de"}, "already set to “en”, not “de”"),
    ],
)
def test_bad_input_is_named_and_nothing_is_saved(
    admin_client: Client, wiki: Wiki, step: str, given: dict[str, str], said: str
) -> None:
    page = send(admin_client, step, wiki, **given)

    assert said in page
    assert "errornote" in page
    assert nothing_is_saved()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "Choose a wiki or enter a new one below"),
        ({"dbname": "Not a name"}, "is not a valid database name"),
        ({"dbname": "newwiki", "language": "nonsense"}, "no language “nonsense”"),
        ({"dbname": "newwiki", "timezone": "Mars/Sol"}, "no time zone “Mars/Sol”"),
    ],
)
def test_a_wiki_that_cannot_be_is_named(
    admin_client: Client, given: dict[str, Any], said: str
) -> None:
    assert said in send(admin_client, "save", **given)
    assert not Wiki.objects.exists()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "lights.txt is empty"),
        (b"a\0b", "lights.txt is a binary file"),
        (b"caf\xe9", "lights.txt is not valid UTF-8 (line 1, byte 3: 0xe9)"),
        (b"x" * (8 * 1024 * 1024 + 1), "lights.txt exceeds the limit of 8.0 MB"),
    ],
    ids=["empty", "binary", "not UTF-8", "too large"],
)
def test_a_file_that_cannot_be_read_is_named(
    admin_client: Client, wiki: Wiki, data: bytes, said: str
) -> None:
    page = send(admin_client, "preview", wiki, text="", file=SimpleUploadedFile("lights.txt", data))

    assert said in page
    assert nothing_is_saved()


def test_a_pasted_page_of_20_mb_is_refused(admin_client: Client, wiki: Wiki) -> None:
    page = send(admin_client, "preview", wiki, text="x" * 20_000_000)

    assert "The text exceeds the limit of 8.0 MB" in page


def test_all_that_is_wrong_is_told_at_once(admin_client: Client, wiki: Wiki) -> None:
    page = send(admin_client, "preview", wiki, text="", title="Talk:<b>", timestamp="soon")

    assert "wikitext or choose a file" in page
    assert "“<”" in page
    assert "Enter a valid date and time" in page


def test_all_that_is_wrong_with_a_new_wiki_is_told_at_once(admin_client: Client, db: None) -> None:
    new: dict[str, Any] = {
        "dbname": "Not A Name",
        "language": "tlh",
        "timezone": "Mars",
        "timestamp": "soon",
    }
    page = send(admin_client, "preview", title="Talk:<b>", **new)

    for said in ("“Not A Name” is not", "“tlh”", "no time zone “Mars”", "“<”", "a valid date"):
        assert said in page


def test_a_revision_id_with_another_text_is_refused(admin_client: Client, wiki: Wiki) -> None:
    send(admin_client, "save", wiki, number="5")

    page = send(admin_client, "preview", wiki, number="5", text="Other.")

    assert "Revision 5 of “Talk:Harbour lights” already exists with different text" in page


def test_a_failed_import_shows_its_log(
    admin_client: Client, wiki: Wiki, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object, **_options: object) -> None:
        raise RuntimeError("the lamp broke")

    monkeypatch.setattr("threads.ingest.runs.recording.store_page", fail)

    page = send(admin_client, "save", wiki)

    assert "“Talk:Harbour lights” could not be imported" in page
    assert "the lamp broke" in page
    assert not TalkPage.objects.exists()


def test_a_page_without_signatures_says_so(admin_client: Client, wiki: Wiki) -> None:
    page = send(admin_client, "preview", wiki, text="Nothing signed.")

    assert "No signatures found" in page
    assert "1 unsigned passage" in page
    assert "No signatures found" in send(admin_client, "save", wiki, text="Nothing signed.")


def test_an_older_revision_is_said_to_be_kept_but_not_shown(
    admin_client: Client, wiki: Wiki
) -> None:
    send(admin_client, "save", wiki, number="9")

    for step in ("preview", "save"):
        assert "This one was stored but is not shown" in send(
            admin_client, step, wiki, number="5", text="Old."
        )


def test_a_preview_shows_wikitext_as_text(admin_client: Client, wiki: Wiki) -> None:
    text = (
        "== <script>alert(1)</script> ==\nA <script>x</script> [[User:Ada]] 10:00, 1 May 2019 (UTC)"
    )
    given = {"step": "preview", "wiki": str(wiki.pk), "title": "Talk:A", "text": text}

    assert b"<script>alert" not in admin_client.post(ADDRESS, given).content


def test_a_long_page_is_previewed_in_part(admin_client: Client, wiki: Wiki) -> None:
    text = "".join(f"{i} [[User:Ada]] 10:00, 1 May 2019 (UTC)\n\n" for i in range(600))

    page = send(admin_client, "preview", wiki, text=text)

    assert page.count("<bdi>Ada</bdi>") == 499
    assert "and 101 more" in page
