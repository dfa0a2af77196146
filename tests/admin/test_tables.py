"""The admin's lists and forms: every one opens, none asks more for more rows."""

import re

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from threads.ingest.runs.runner import start_run
from threads.ingest.sources.paste import paste
from threads.models import (
    Collection,
    Comment,
    ExportRun,
    PrivacyRule,
    Repair,
    Revision,
    TalkPage,
    Wiki,
)
from threads.store import count_collection

MODELS = sorted(
    model._meta.model_name or ""
    for model in admin.site._registry
    if model._meta.app_label == "threads"
)
READ_ONLY = sorted(set(MODELS) - {"wiki", "talkpage", "collection", "exportrun", "privacyrule"})


def add_page(number: int, heading: str = "Lamps") -> TalkPage:
    wiki, _new = Wiki.objects.get_or_create(dbname="lanternwiki")
    text = (
        f"Unsigned {number}.\n== {heading} ==\n"
        f"Lit? <b> [[User:U{number}]] 10:00, 1 May 2019 (UTC)\n"
        ":Yes. [[User:Ada]] 11:00, 1 May 2019 (UTC)"
    )
    title = f"Talk:Lights {number}"
    start_run(wiki, paste(text, wiki=wiki, title=title))
    page = TalkPage.objects.get(title=title)
    slug = f"lights-{number}"
    collection, _new = Collection.objects.get_or_create(slug=slug, defaults={"title": "Lights"})
    collection.pages.add(page)
    count_collection(collection)
    answer = page.comments.current().get(author__name="Ada")
    made = {"target": answer.ident, "name": answer.name, "text": answer.text}
    Repair.objects.create(page=page, kind="author", value={"author": "Ada"}, **made)
    ExportRun.objects.create(format="csv", selection={"page": title})
    subject = f"{number} {heading}"
    PrivacyRule.objects.create(wiki=wiki, kind="rename", subject=subject, new_name="B", reason="R")
    return page


@pytest.fixture
def _rows(db: None) -> None:
    """Some in each table."""
    add_page(0)
    add_page(0, "Lanterns")


def row_of(client: Client, name: str) -> str:
    """The address of the first row of a list."""
    listing = client.get(f"/admin/threads/{name}/").text
    (row, *_more) = re.findall(rf'"(/admin/threads/{name}/\d+/)change/', listing)
    return str(row)


@pytest.mark.any_database
@pytest.mark.usefixtures("_rows")
def test_a_list_asks_the_same_for_few_rows_and_for_many(admin_client: Client) -> None:
    def queries(name: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert admin_client.get(f"/admin/threads/{name}/?q=a").status_code == 200
            assert admin_client.get(f"/admin/threads/{name}/").status_code == 200
        return len(captured)

    few = {name: queries(name) for name in MODELS}
    for number in range(1, 6):
        add_page(number)
        add_page(number, "Lanterns")
    assert {name: queries(name) for name in MODELS} == few


@pytest.mark.usefixtures("_rows")
def test_every_row_can_be_looked_at(admin_client: Client) -> None:
    for name in MODELS:
        assert admin_client.get(f"{row_of(admin_client, name)}change/").status_code == 200, name


@pytest.mark.usefixtures("_rows")
def test_what_the_archive_writes_cannot_be_written_here(admin_client: Client) -> None:
    for name in READ_ONLY:
        row = row_of(admin_client, name)
        assert admin_client.post(f"{row}change/", {}).status_code == 403, name
        assert admin_client.post(f"{row}delete/", {"post": "yes"}).status_code == 403, name
        assert admin_client.get(f"/admin/threads/{name}/add/").status_code == 403, name


def test_no_help_text_only_repeats_its_label() -> None:
    def words(text: object) -> set[str]:
        return set(re.findall(r"[a-z]{3,}", str(text).lower()))

    repeated = [
        f"{model.__name__}.{field.name}"
        for model in admin.site._registry
        if model._meta.app_label == "threads"
        for field in model._meta.fields
        if field.help_text and words(field.help_text) <= words(field.verbose_name) | {"the"}
    ]

    assert not repeated


def test_a_revision_shows_its_wikitext_as_text(admin_client: Client) -> None:
    add_page(0)
    revision = Revision.objects.get()

    page = admin_client.get(f"/admin/threads/revision/{revision.pk}/change/").content.decode()

    assert "Lit? &lt;b&gt; [[User:U0]]" in page


def test_revisions_are_shown_and_found_with_who_saved_them_and_why(admin_client: Client) -> None:
    add_page(0)
    Revision.objects.update(user="Ada", summary="lit <b>both</b> " + "x" * 90, minor=True)

    for query, is_found in {"": True, "?q=Ada": True, "?q=Ben": False}.items():
        listed = admin_client.get(f"/admin/threads/revision/{query}").content.decode()
        assert ("lit &lt;b&gt;both&lt;/b&gt; xxx" in listed) is is_found
    revision = Revision.objects.get()
    page = admin_client.get(f"/admin/threads/revision/{revision.pk}/change/").content.decode()
    assert revision.summary.replace("<", "&lt;").replace(">", "&gt;") in page


@pytest.mark.usefixtures("sums_are_right")
def test_a_page_is_deleted_with_all_of_its_own(admin_client: Client) -> None:
    page = add_page(0)
    add_page(0, "Lanterns")
    other = add_page(1)
    address = f"/admin/threads/talkpage/{page.pk}/delete/"
    assert "Revisions: 2" in admin_client.get(address).content.decode()

    admin_client.post(address, {"post": "yes"})

    assert list(TalkPage.objects.all()) == [other]
    assert {comment.page for comment in Comment.objects.all()} == {other}


@pytest.mark.usefixtures("sums_are_right")
def test_chosen_pages_are_deleted_together(admin_client: Client) -> None:
    chosen = [add_page(number).pk for number in range(2)]
    other = add_page(2)
    data = {"action": "delete_selected", "_selected_action": chosen, "post": "yes"}

    admin_client.post("/admin/threads/talkpage/", data)

    assert list(TalkPage.objects.all()) == [other]
    assert (other.wiki.totals.pages, other.wiki.totals.comments) == (1, 2)


@pytest.mark.usefixtures("sums_are_right")
def test_pages_are_read_again_on_demand(admin_client: Client) -> None:
    page = add_page(0)
    Comment.objects.update(text="spoilt")

    data = {"action": "read_again", "_selected_action": [page.pk], "post": "yes"}
    said = admin_client.post("/admin/threads/talkpage/", data, follow=True).content.decode()

    assert "Parsed 1 page again. Comments changed on 1 of them." in said
    assert not Comment.objects.filter(text="spoilt").exists()


WIKI = {
    "dbname": "newwiki",
    "name": "New",
    "language": "en",
    "timezone": "UTC",
    "profile": "{}",
    "server": "https://new.example.org/",
    "article_path": "/wiki/$1",
    "script_path": "/w/index.php",
}


def test_a_wiki_is_added(admin_client: Client) -> None:
    admin_client.post("/admin/threads/wiki/add/", WIKI)

    assert Wiki.objects.get().url_for("Talk:A b") == "https://new.example.org/wiki/Talk:A_b"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"language": "nonsense"}, "no language “nonsense”"),
        ({"timezone": "Mars/Sol"}, "no time zone “Mars/Sol”"),
        ({"profile": '{"wings": []}'}, "no field “wings”"),
        ({"profile": '{"formats": ["H:i, j F xjY"]}'}, "“xjY” of the Hebrew calendar"),
        ({"profile": "[1]"}, "Enter a JSON object"),
        ({"profile": '{"templates": {"Lit": {"effect": "glow"}}}'}, "no effect of the kind"),
        ({"profile": '{"templates": {"Lit": {"effect": "word"}}}'}, "“Lit” lacks “word”"),
        ({"dbname": "Not a name"}, "Enter a valid value"),
        ({"server": "javascript:alert(1)"}, "Enter a valid URL"),
    ],
)
def test_a_wiki_that_cannot_be_read_is_refused(
    admin_client: Client, given: dict[str, str], said: str
) -> None:
    page = admin_client.post("/admin/threads/wiki/add/", {**WIKI, **given}).content.decode()

    assert said in page
    assert "errornote" in page
    assert not Wiki.objects.exists()


def test_a_wiki_keeps_its_name_and_says_what_other_settings_need(admin_client: Client) -> None:
    wiki = add_page(0).wiki
    address = f"/admin/threads/wiki/{wiki.pk}/change/"

    page = admin_client.post(address, {**WIKI, "language": "de"}, follow=True).content.decode()

    wiki.refresh_from_db()
    assert (wiki.dbname, wiki.language) == ("lanternwiki", "de")
    assert "Parse selected pages again" in page


def test_only_staff_come_in(client: Client, django_user_model: type[User]) -> None:
    client.force_login(django_user_model.objects.create_user("reader"))

    assert client.get("/admin/threads/talkpage/").status_code == 302


@pytest.mark.usefixtures("_rows")
def test_what_is_so_or_not_is_told_in_words(admin_client: Client) -> None:
    """A tick or a cross beside a help text that says what only one of them means misleads."""
    for name in MODELS:
        for address in (f"/admin/threads/{name}/", f"{row_of(admin_client, name)}change/"):
            html = admin_client.get(address).text
            assert "icon-no.svg" not in html, address
            assert "icon-yes.svg" not in html, address


@pytest.mark.parametrize("name", ["talkpage", "section", "comment", "unsignedtext", "importitem"])
def test_rows_lead_to_where_they_are_read_here_and_on_the_wiki(
    admin_client: Client, name: str
) -> None:
    page = add_page(0)
    Wiki.objects.update(server="https://lantern.example")

    listing = admin_client.get(f"/admin/threads/{name}/").text

    assert re.search(rf'href="{page.get_absolute_url()}(#[^"]*)?">Read page</a>', listing)
    assert re.search(r'href="https://lantern.example/[^"]*">View on wiki</a>', listing)


def test_removed_comments_are_filtered(admin_client: Client) -> None:
    add_page(0)
    Comment.objects.filter(author__name="Ada").update(is_current=False)

    for status, text in {"current": "Lit?", "removed": "Yes."}.items():
        listing = admin_client.get(f"/admin/threads/comment/?status={status}").text
        shown = re.findall(r"/comment/\d+/change/[^>]*>([^<]*)</a>", listing)
        assert [each.startswith(text) for each in shown] == [True]


def test_imports_are_listed_with_what_they_counted(admin_client: Client) -> None:
    add_page(0)

    listing = admin_client.get("/admin/threads/importrun/").text

    assert '<td class="field-pages">1</td>' in listing
    assert '<td class="field-comments">2 new' in listing
    assert '<td class="field-dry">import</td>' in listing
    assert (
        '<td class="field-dry">'
        not in admin_client.get("/admin/threads/importrun/?kind=preview").text
    )
