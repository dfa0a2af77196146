"""Imports from a real MediaWiki, through its API: all of a tree, then only what is new."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from tests.mediawiki import MediaWiki
from threads.models import Comment, FormerTitle, ImportRun, Revision, TalkPage, Wiki

pytestmark = [pytest.mark.any_database, pytest.mark.mediawiki]

ADA = "[[User:Ada]] 10:00, 1 May 2019 (UTC)"
BO = "[[User:Bo]] 11:30, 2 May 2019 (UTC)"
CY = "[[User talk:Cy|Cy]] 09:05, 3 June 2020 (UTC)"
TOPIC = f"== Lamps ==\nWho lights them? {ADA}\n:I do. {BO}\n::Thanks. {CY}"


@pytest.fixture
def live(running: MediaWiki, settings: Settings, db: None) -> MediaWiki:
    """The wiki, where this archive may fetch from it."""
    settings.IMPORT_PRIVATE_HOSTS = [running.address.removeprefix("http://")]
    settings.IMPORT_PROCESSES = 1
    return running


def import_wiki(live: MediaWiki, *options: str, page: str = "") -> tuple[str, str]:
    """Out: the last line of the command's output, and what it said beside."""
    output, beside = io.StringIO(), io.StringIO()
    url = f"{live.address}/index.php/{page.replace(' ', '_')}" if page else live.address
    call_command("import_wiki", url, "--processes=1", *options, stdout=output, stderr=beside)
    return output.getvalue().splitlines()[-1], beside.getvalue()


def latest_items() -> dict[str, str]:
    """The last run's pages, with their states."""
    return dict(ImportRun.objects.latest("pk").items.values_list("title", "state"))


def test_a_page_is_imported_by_its_own_address(live: MediaWiki) -> None:
    number = live.edit("Talk:By address", TOPIC)

    said, _beside = import_wiki(live, page="Talk:By address")

    assert said == "Pages: 1 completed. Comments: 3 new."
    wiki, page, revision = Wiki.objects.get(), TalkPage.objects.get(), Revision.objects.get()
    assert (wiki.dbname, wiki.name, wiki.api_url) == (
        "wiki",
        "Lanternwiki",
        f"{live.address}/api.php",
    )
    assert wiki.url_for(page.title) == f"{live.address}/index.php/Talk:By_address"
    assert wiki.namespaces["5"]["name"] == "Lanternwiki talk"
    assert "Project talk" in wiki.namespaces["5"]["aliases"]
    assert (page.title, page.comment_count, revision.number) == ("Talk:By address", 3, number)
    assert page.number
    assert revision.timestamp


def test_what_cannot_be_imported_is_named_and_the_rest_goes_on(live: MediaWiki) -> None:
    live.edit("Talk:Odd", TOPIC)
    live.edit("Talk:Odd.json", "{}", contentmodel="json", contentformat="application/json")
    live.edit("Talk:Odd, hidden", "Hidden text.")
    live.edit("Talk:Odd, hidden", TOPIC)
    live.edit("Talk:Elsewhere", "#REDIRECT [[Talk:Odd]]")
    titles = ("Talk:Elsewhere", "Talk:Odd.json", "Talk:None", "Talk:A|B", "Special:Version", "w:X")

    with pytest.raises(CommandError, match="4 pages were not imported") as failed:
        import_wiki(live, *(f"--title={title}" for title in titles))

    assert failed.value.returncode == 1
    assert latest_items() == {
        "Talk:Odd": "done",
        "Talk:Elsewhere": "skipped",
        "Talk:Odd.json": "skipped",
        "Talk:None": "failed",
        "Talk:A|B": "failed",
        "Special:Version": "failed",
        "w:X": "failed",
    }
    logs = dict(ImportRun.objects.get().items.values_list("title", "log"))
    assert "Redirect to “Talk:Odd”" in logs["Talk:Elsewhere"]
    assert "Content model “json”" in logs["Talk:Odd.json"]
    assert "no page with this title" in logs["Talk:None"]
    assert "invalid characters" in logs["Talk:A|B"]
    assert "Special pages" in logs["Special:Version"]
    assert "another wiki (“w”)" in logs["w:X"]


def test_a_hidden_revision_is_named_and_the_others_are_kept(live: MediaWiki) -> None:
    hidden = live.edit("Talk:Hidden", "Something bad.")
    live.edit("Talk:Hidden", TOPIC)
    live.hide(hidden)

    said, _beside = import_wiki(live, "--title=Talk:Hidden", "--history")

    assert said == "Pages: 1 completed. Comments: 3 new."
    assert f"text of revision {hidden} is hidden" in ImportRun.objects.get().items.get().log
    assert Revision.objects.count() == 1


def test_an_emptied_page_is_a_state_like_others(live: MediaWiki) -> None:
    live.edit("Talk:Emptied", TOPIC)
    import_wiki(live, "--title=Talk:Emptied")
    live.edit("Talk:Emptied", "")

    said, _beside = import_wiki(live, "--title=Talk:Emptied")

    assert said == "Pages: 1 completed. Comments: 3 removed, 1 warning."


def test_history_tells_when_each_comment_came(live: MediaWiki) -> None:
    first = live.edit("Talk:History", TOPIC.rpartition("\n")[0])
    second = live.edit("Talk:History", TOPIC)
    third = live.edit("Talk:History", f"{TOPIC}\n:::Good. {ADA}")
    import_wiki(live, "--title=Talk:History")
    before = len(live.asked())

    import_wiki(live, "--title=Talk:History", "--history")

    assert [r.number for r in Revision.objects.order_by("number")] == [first, second, third]
    came = Comment.objects.order_by("position").values_list("first_revision__number", flat=True)
    assert list(came) == [first, first, second, third]
    contents = [asked["revids"] for asked in live.asked()[before:] if "revids" in asked]
    assert contents == [f"\x1f{first}\x1f{second}"], "the third was there already"


def test_a_category_with_subpages(live: MediaWiki) -> None:
    live.edit("Talk:Lanterns", f"{TOPIC}\n[[Category:Lit talk]]")
    live.edit("Talk:Lanterns/Oil", TOPIC)
    live.edit("Talk:Lanterns elsewhere", TOPIC)

    said, _beside = import_wiki(live, "--category=Lit talk", "--subpages")

    assert said.startswith("Pages: 2 completed.")
    assert set(latest_items()) == {"Talk:Lanterns", "Talk:Lanterns/Oil"}


def test_archives_are_offered_and_taken(live: MediaWiki) -> None:
    for title in ("Talk:Oil", "Talk:Oil/Archive 1", "Talk:Oil/Archiv/2019", "Talk:Oil/Prices"):
        live.edit(title, TOPIC)

    said, beside = import_wiki(live, "--title=Talk:Oil")
    assert said.startswith("Pages: 1 completed.")
    assert "2 archive pages are not included" in beside
    assert "Talk:Oil/Archive 1" in beside

    said, beside = import_wiki(live, "--title=Talk:Oil", "--archives")
    assert set(latest_items()) == {"Talk:Oil", "Talk:Oil/Archive 1", "Talk:Oil/Archiv/2019"}
    assert "not among them" not in beside


def test_a_dry_run_says_what_would_happen_and_stores_no_page(live: MediaWiki) -> None:
    live.edit("Talk:Dry", TOPIC)

    said, _beside = import_wiki(live, "--title=Talk:Dry", "--dry-run")

    assert "3 new" in said
    assert not TalkPage.objects.exists()


def test_a_wiki_that_has_anothers_name_is_not_mixed_with_it(live: MediaWiki) -> None:
    live.edit("Talk:Mixed", TOPIC)
    Wiki.objects.create(dbname="wiki", server="https://other.example")

    with pytest.raises(CommandError, match=r"already used for https://other\.example") as refused:
        import_wiki(live, "--title=Talk:Mixed")
    assert refused.value.returncode == 2

    import_wiki(live, "--title=Talk:Mixed", "--wiki=lanternwiki")
    assert TalkPage.objects.get().wiki.dbname == "lanternwiki"


def test_an_interrupted_import_goes_on_by_its_parameters(live: MediaWiki) -> None:
    live.edit("Talk:Resumed", TOPIC)
    with pytest.raises(CommandError):
        import_wiki(live, "--title=Talk:Resumed", "--title=Talk:Later")
    live.edit("Talk:Later", TOPIC)

    call_command("resume_import", str(ImportRun.objects.get().pk), stdout=io.StringIO())

    assert latest_items() == {"Talk:Resumed": "done", "Talk:Later": "done"}


def test_a_moved_page_is_followed_out_of_the_tree(live: MediaWiki, client: Client) -> None:
    live.edit("Talk:Moved tree/One", TOPIC)
    import_wiki(live, "--prefix=Talk:Moved tree/")
    live.move("Talk:Moved tree/One", "Talk:New place", noredirect="1")

    said, _beside = import_wiki(live, "--prefix=Talk:Moved tree/")

    assert said == "Pages: 1 completed. Comments: 3 unchanged."
    assert TalkPage.objects.get().title == "Talk:New place"
    assert FormerTitle.objects.get().title == "Talk:Moved tree/One"
    answer = client.get("/wiki/wiki/Talk:Moved_tree/One")
    assert (answer.status_code, answer["Location"]) == (301, "/wiki/wiki/Talk:New_place")


def test_a_deleted_page_stays_in_the_archive(live: MediaWiki) -> None:
    live.edit("Talk:Deleted", TOPIC)
    import_wiki(live, "--title=Talk:Deleted")
    live.delete("Talk:Deleted")

    import_wiki(live, "--title=Talk:Deleted")

    assert latest_items() == {"Talk:Deleted": "skipped"}
    assert TalkPage.objects.get().comment_count == 3


def test_a_page_asked_for_by_its_old_title_is_found_under_its_new_one(live: MediaWiki) -> None:
    live.edit("Talk:Old title", TOPIC)
    import_wiki(live, "--title=Talk:Old title")
    live.move("Talk:Old title", "Talk:New title")
    live.edit("Talk:New title", f"{TOPIC}\n:::So there. {ADA}")

    said, _beside = import_wiki(live, "--title=Talk:Old title")

    assert said == "Pages: 1 completed. Comments: 1 new, 3 unchanged."
    assert TalkPage.objects.get().title == "Talk:New title"
    assert FormerTitle.objects.get().title == "Talk:Old title"
