"""Rules as staff make them: what they see before, what is refused, and what is done later."""

from collections.abc import Iterator

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django_tasks_db.models import DBTaskResult
from selectolax.lexbor import LexborHTMLParser

from threads.edits import Edit
from threads.ingest.errors import BadInput
from threads.ingest.runs.runner import start_run
from threads.ingest.sources import PageRevision, Source
from threads.models import Author, Collection, Comment, PrivacyRule, Revision, Wiki
from threads.privacy import (
    mask_addresses,
    rename,
    save_rule,
    take_down_comment,
)
from threads.privacy.preview import foresee
from threads.privacy.tasks import work_on
from threads.store import read_text, store_page

from .archive import NAME, NAMED, SIGNED_LATER, hold, page_called, undo, where_is
from .crowd import ADDRESS, ALIKE, import_crowd, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("archive_once")]
ADD = "/admin/threads/privacyrule/add/"


@pytest.fixture
def her() -> Author:
    """An author of whom nothing is in the archive."""
    return Author.objects.create(wiki=Wiki.objects.create(dbname="emptywiki"), name=NAME)


def of(what: str, target: Author | Comment | Revision | Wiki) -> str:
    return f"{ADD}?what={what}&of={target.pk}"


def test_a_preview_tells_what_would_change_and_changes_nothing(
    admin_client: Client, wiki: Wiki
) -> None:
    Collection.objects.create(slug="hers", title=f"Pages of {NAME}")
    given = {"kind": "rename", "new_name": "Renamed user 7", "everywhere": "on", "reason": "Asked."}
    author = Author.objects.get(name=NAME)
    shown = admin_client.post(of("author", author), {**given, "step": "preview"}).text
    assert "Pages: 3" in shown
    assert f"Pages of {NAME}" in shown
    assert "As Renamed user 7 says" in shown
    assert not PrivacyRule.objects.exists()


@pytest.mark.parametrize(
    ("kind", "heading"), [("rename", "Rename author"), ("alias", "Alias for author")]
)
def test_a_preview_is_headed_by_what_is_to_be_done(
    admin_client: Client, her: Author, kind: str, heading: str
) -> None:
    given = {"kind": kind, "new_name": "Author 7", "reason": "Asked.", "step": "preview"}
    shown = LexborHTMLParser(admin_client.post(of("author", her), given).text)
    assert [each.text() for each in shown.css("h1, [value=save]")][-2:] == [heading, heading]


def store_elsewhere(text: str) -> None:
    """A page of another wiki, on which Eve says something."""
    elsewhere, _new = Wiki.objects.get_or_create(dbname="harborwiki")
    text = f"{text} [[User:Eve]] 10:00, 2 May 2020 (UTC)\n"
    store_page(elsewhere, read_text(elsewhere, "Talk:Quay", text), text)


def left_by(admin_client: Client, what: str, target: Author | Comment, **given: str) -> str:
    """What the preview of a rule says that others repeat."""
    asked = {**given, "reason": "Asked.", "step": "preview"}
    shown = LexborHTMLParser(admin_client.post(of(what, target), asked).text)
    (left,) = shown.css("[aria-labelledby=ta-left]")
    return " ".join(node.html or "" for node in left.css("li")) or left.css("p")[0].text().strip()


def test_a_preview_tells_where_others_leave_the_name(admin_client: Client, wiki: Wiki) -> None:
    store_elsewhere("I met marigold quill there.")
    given = {"kind": "rename", "new_name": "Renamed user 7", "everywhere": "on"}
    left = left_by(admin_client, "author", Author.objects.get(name=NAME), **given)
    assert "I met <mark>marigold quill</mark> there" in left
    assert "?comment=c-Eve-" in left
    assert "what=comment" in left, "it can be taken down as well"
    assert "As Marigold" not in left, "it is changed"


def test_a_preview_tells_what_the_same_name_signed_on_other_wikis(
    admin_client: Client, wiki: Wiki
) -> None:
    elsewhere, _new = Wiki.objects.get_or_create(dbname="harborwiki")
    text = f"Ropes. [[User:{NAME}]] 10:00, 2 May 2020 (UTC)\n"
    store_page(elsewhere, read_text(elsewhere, "Talk:Quay", text), text)
    given = {"kind": "rename", "new_name": "Renamed user 7", "everywhere": "on"}
    left = left_by(admin_client, "author", Author.objects.get(name=NAME, wiki=wiki), **given)
    assert "Ropes." in left
    assert "/wiki/harborwiki/Talk:Quay" in left


def test_a_preview_tells_who_else_quotes_a_comment(admin_client: Client, wiki: Wiki) -> None:
    hers = Comment.objects.current().get(text__startswith="The zymurgy", page__title="Talk:Plan")
    store_elsewhere("So “cellar under the quay belongs to a quixotic neighbour”? Under the quay!")
    left = left_by(admin_client, "comment", hers)
    assert "So “<mark>cellar under the quay belongs to a</mark>" in left
    assert left.count("<li>") == 1, "nor is it the comment itself"
    store_elsewhere("A cellar belongs to a neighbour.")
    left = left_by(admin_client, "comment", hers)
    assert left == "No text was found that repeats it.", "these are words of anybody"


def test_a_preview_of_masks_counts_what_was_signed_with_an_address(wiki: Wiki) -> None:
    import_crowd(wiki)
    assert foresee(mask_addresses(wiki)).comments == 2


def test_a_preview_tells_that_no_other_version_is_left(admin_client: Client, wiki: Wiki) -> None:
    only, one_of_some = (Revision.objects.get(number=each) for each in (22, 14))
    said = "No other revision of this page is left"
    given = {"reason": "Asked.", "step": "preview"}
    assert said in admin_client.post(of("revision", only), given).text
    assert said not in admin_client.post(of("revision", one_of_some), given).text


def test_two_authors_become_one_only_where_that_is_confirmed(
    admin_client: Client, wiki: Wiki
) -> None:
    given = {"kind": "rename", "new_name": "Ben", "everywhere": "on", "reason": "Asked."}
    here = of("author", Author.objects.get(name="Cyd"))
    count = Comment.objects.current().filter(author__name="Ben").count()
    for step in ("preview", "save"):
        shown = admin_client.post(here, {**given, "step": step}).text
        assert f"“Ben” is another author in this archive, with {count} comments." in shown
        assert not PrivacyRule.objects.exists()
    assert "Confirm this below." in shown
    admin_client.post(here, {**given, "step": "save", "merge": "on"})
    assert PrivacyRule.objects.get().new_name == "Ben"


def test_a_saved_rule_is_logged_and_applied_by_a_worker(admin_client: Client, wiki: Wiki) -> None:
    given = {"kind": "rename", "new_name": "Renamed user 7", "everywhere": "on", "reason": "Asked."}
    author = Author.objects.get(name=NAME)
    admin_client.post(of("author", author), {**given, "step": "save"})
    rule = PrivacyRule.objects.get()
    assert NAME not in str(list(LogEntry.objects.values()))
    assert LogEntry.objects.get().object_id == str(rule.pk)
    (task,) = DBTaskResult.objects.all()
    work_on.func(*task.args_kwargs["args"])
    rule.refresh_from_db()
    assert rule.state == "applied"
    assert where_is(NAMED) == []


def test_a_rule_that_was_interrupted_goes_on_from_its_page(
    wiki: Wiki, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule = save_rule(rename(Author.objects.get(name=NAME), "B"), reason="Asked.")

    def redact_some() -> Iterator[bool]:
        yield True
        raise MemoryError

    steps = redact_some()
    with monkeypatch.context() as patched:
        patched.setattr(
            "threads.privacy.applying.redact_page",
            lambda *_given, note, before: (next(steps), note()),
        )
        work_on.func(rule.pk)
    rule.refresh_from_db()
    assert (rule.state, rule.log) == ("failed", "MemoryError")
    assert rule.done_to > 0


def test_a_new_name_is_written_as_wikis_write_it(her: Author) -> None:
    assert rename(her, " renamed_user 7 ").new_name == "Renamed user 7"


@pytest.mark.parametrize("name", ["", "a/b", "[x]", "Ada#B", NAME])
def test_what_is_no_other_user_name_is_refused(her: Author, name: str) -> None:
    with pytest.raises(BadInput):
        rename(her, name)


def test_an_alias_is_nobodys_name(her: Author) -> None:
    Author.objects.create(wiki=her.wiki, name="Ben")
    with pytest.raises(BadInput, match="Somebody"):
        rename(her, "Ben", "alias")


def test_names_are_not_changed_in_a_circle(her: Author) -> None:
    ben = Author.objects.create(wiki=her.wiki, name="Ben")
    save_rule(rename(ben, "Benno"), reason="Asked for.")
    with pytest.raises(BadInput, match="Another rule"):
        rename(her, "Ben")


def test_a_rule_is_made_once(her: Author) -> None:
    save_rule(mask_addresses(her.wiki), reason="Asked for.")
    with pytest.raises(BadInput, match="already"):
        save_rule(mask_addresses(her.wiki), reason="Again.")


def test_somebody_with_two_names_becomes_one_author(wiki: Wiki) -> None:
    both = Comment.objects.current().filter(author__name__in=["Ben", "Cyd"]).count()
    rule = hold(rename(Author.objects.get(name="Ben"), "Cyd"))
    assert Comment.objects.current().filter(author__name="Cyd").count() == both
    assert not Author.objects.filter(name="Ben").exists()
    undo(rule)
    assert Comment.objects.current().filter(author__name="Ben").exists()


def test_what_came_in_under_a_rule_comes_back_as_well(wiki: Wiki) -> None:
    rule = hold(rename(Author.objects.get(name=NAME), "Renamed user 7"))
    text = f"== New ==\n{NAME} is back. [[User:{NAME}|Goldie]] 10:00, 1 May 2020 (UTC)\n"
    edit = Edit(NAME, f"hello from {NAME}", parent_number=0)
    start_run(wiki, Source("dump", [PageRevision(f"User talk:{NAME}/2020", text, 90, edit=edit)]))
    assert where_is(NAMED) == []
    undo(rule)
    revision = Revision.objects.get(number=90)
    assert (revision.text, revision.edit) == (text, edit)
    assert revision.page.title == f"User talk:{NAME}/2020"
    assert Comment.objects.current().get(page=revision.page).author.name == NAME
    assert not Author.objects.filter(name="Renamed user 7").exists()


def test_a_rule_that_is_made_during_an_import_holds_for_all_of_it(wiki: Wiki) -> None:
    def given() -> Iterator[PageRevision]:
        yield PageRevision("Talk:One", f"{NAME} [[User:{NAME}]] 10:00, 1 May 2020 (UTC)", 91)
        hold(rename(Author.objects.get(name=NAME), "Renamed user 7"))
        yield PageRevision("Talk:Two", f"{NAME} [[User:{NAME}]] 10:00, 1 May 2020 (UTC)", 92)

    run = start_run(wiki, Source("dump", given()))
    assert run.state == "done", run.log
    assert where_is(NAMED) == []


@pytest.mark.any_database
def test_versions_that_came_in_under_a_rule_come_back_where_they_show_the_same(wiki: Wiki) -> None:
    import_crowd(wiki)
    rules = [
        hold(take_down_comment(said("The zymurgy", "Talk:Cellar"))),
        hold(mask_addresses(wiki)),
    ]
    page = page_called("Talk:Cellar")
    held = page.revisions.count()
    assert page.current_revision
    text = page.current_revision.text
    states = [
        ALIKE[0].replace("neighbour", "mangoquartz"),
        ALIKE[0].replace(ADDRESS, "198.51.100.79"),
        ALIKE[0],  # and what is kept already
        text,  # and what the archive itself shows
    ]
    for _time in range(2):
        start_run(wiki, Source("paste", [PageRevision(page.title, each) for each in states]))
    assert page.revisions.count() == held + 3
    assert {each.text for each in page.revisions.all()} == {text}
    for rule in rules:
        undo(rule)
    assert {each.text for each in page.revisions.all()} >= {*ALIKE, *states}


def test_another_text_of_a_known_revision_is_told_under_a_rule_as_well(wiki: Wiki) -> None:
    hold(take_down_comment(said("The zymurgy", "Talk:Plan")))
    changed = SIGNED_LATER.replace("neighbour", "mangoquartz")
    run = start_run(wiki, Source("dump", [PageRevision("Talk:Plan", changed, 12, page_number=7)]))
    assert "already exists with different text" in run.items.get().log
