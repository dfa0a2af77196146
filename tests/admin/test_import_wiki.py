"""What the import of one page is told of a new wiki, and of what else is filled in wrongly."""

from django.test import Client

from tests.admin.test_import import ADDRESS, TEXT, carried, nothing_is_saved, send
from threads.models import Wiki


def test_all_that_is_wrong_with_a_new_wiki_and_its_page_is_told_at_once(
    db: None, admin_client: Client
) -> None:
    wrong = {
        "dbname": "Not a name",
        "language": "tlh",
        "timezone": "Mars/Sol",
        "server": "https://",
        "title": "Talk:A|B",
        "number": "-4",
        "timestamp": "2999-01-01",
    }

    page = send(admin_client, "preview", None, **{**wrong, "text": " "})

    told = {
        "not a valid database name",
        "no language “tlh”",
        "no time zone “Mars/Sol”",
        "Enter a valid URL",
        "Invalid title:",
        "not a valid revision ID",
        "is in the future",
        "The text is empty",
    }
    assert {words for words in told if words not in page} == set()
    assert nothing_is_saved()


def test_a_new_wiki_called_as_one_of_wikimedias_is_told_apart_by_its_url(
    admin_client: Client,
) -> None:
    known = send(admin_client, "preview", dbname="mywiki")
    other = send(
        admin_client, "preview", dbname="mywiki", server="lantern.example/wiki/A", title="Article"
    )

    assert "Burmese Wikipedia (mywiki, my, UTC" in known
    assert "Recognized by the database name “mywiki”. For another wiki, go back" in known
    assert "mywiki (mywiki, en, UTC, https://lantern.example)" in other
    assert "Recognized by" not in other
    assert "“Article” is not in a talk namespace" in other
    assert "not in a talk namespace" not in known
    given = {"dbname": "mywiki", "server": "lantern.example", "title": "Talk:A", "text": TEXT}
    shown = admin_client.post(ADDRESS, {**given, "step": "preview"}).text
    admin_client.post(ADDRESS, {**carried(shown), "step": "save"})
    assert Wiki.objects.get().server == "https://lantern.example"
