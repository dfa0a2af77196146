"""An editor corrects how a comment was read, and undoes it."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from tests.corrections.editing import TEXT, address, by, correct, send
from threads.ingest.runs.runner import start_run
from threads.ingest.sources.paste import paste
from threads.models import Comment, Repair, UnsignedText, Wiki


def test_a_comment_leads_to_what_can_be_correct(admin_client: Client) -> None:
    comment = by("Ben")
    html = admin_client.get(f"/admin/threads/comment/{comment.pk}/change/").text
    assert f'href="{address(comment)}"' in html

    html = admin_client.get(address(comment)).text
    assert "Yes, both of them. [[User:Ben]]" in html
    assert "(the topic)" in html


def test_a_parent_is_set_and_attributed(admin_client: Client, admin_user: User) -> None:
    html = correct(admin_client, "Ben", "parent", parent=by("Ada").pk, note="He answers her.")

    assert by("Ben").parent == by("Ada")
    assert "He answers her." in html
    repair = Repair.objects.get()
    assert (repair.made_by, repair.note) == (admin_user, "He answers her.")


def test_an_author_is_named(admin_client: Client) -> None:
    correct(admin_client, "Ben", "author", author="Dag_K", is_new="on")

    assert by("Dag K").text == "Yes, both of them."


def test_a_comment_is_split(admin_client: Client) -> None:
    given = {"at": "both", "author": "Dag", "is_new": "on", "timestamp": "2019-05-01 10:30"}
    correct(admin_client, "Ben", "split", **given)

    assert (by("Dag").text, by("Ben").text) == ("Yes,", "both of them.")


def test_a_comment_is_joined_with_what_stands_beside_it(admin_client: Client) -> None:
    loose = UnsignedText.objects.get()
    correct(admin_client, "Ben", "join", neighbour=loose.position)

    assert by("Ben").text == "Yes, both of them.\nLoose end."


@pytest.mark.parametrize(
    ("kind", "given", "said"),
    [
        ("author", {"author": ""}, "This field is required"),
        ("author", {"author": "Dag/../Ada"}, "is not a valid user name"),
        ("author", {"author": "D\x07g"}, "is not a valid user name"),
        ("split", {"at": "both", "author": "[Dag]"}, "is not a valid user name"),
        ("split", {"at": "nowhere"}, "the words to split at were not found"),
        ("split", {"at": "nowhere", "author": "Bem"}, "the words to split at were not found"),
        ("split", {"at": "nowhere", "author": "Bem"}, "or confirm the new name"),
        ("split", {"at": "nowhere"}, "“Split: Yes, both of them.”"),
        ("split", {"at": "both", "timestamp": "soon"}, "Enter a valid date/time"),
        ("join", {"neighbour": "99"}, "Select a valid choice"),
        ("parent", {"parent": "99999"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_done_is_told_and_not_kept(
    admin_client: Client, kind: str, given: dict[str, str], said: str
) -> None:
    assert said in correct(admin_client, "Ben", kind, **given)
    assert not Repair.objects.exists()


def test_nobody_is_offered_what_stands_below(admin_client: Client) -> None:
    assert "Select a valid choice" in correct(admin_client, "Ada", "parent", parent=by("Ben").pk)


def test_a_repair_is_undone_by_somebody_and_stays_listed(
    admin_client: Client, admin_user: User
) -> None:
    correct(admin_client, "Ben", "author", author="Dag", is_new="on")
    repair = Repair.objects.get()

    html = admin_client.post(address(by("Dag")), {"undo": repair.pk}, follow=True).text

    repair.refresh_from_db()
    assert "Correction undone" in html
    assert by("Ben").text == "Yes, both of them."
    assert repair.undone_by == admin_user
    assert repair.target in admin_client.get("/admin/threads/repair/").text


def test_repairs_are_undone_from_their_list_and_that_is_said_once(admin_client: Client) -> None:
    correct(admin_client, "Ben", "author", author="Dag", is_new="on")
    correct(admin_client, "Ada", "author", author="Eva", is_new="on")
    keys = list(Repair.objects.values_list("pk", flat=True))

    data = {"action": "undo", "_selected_action": keys, "post": "yes"}
    html = admin_client.post("/admin/threads/repair/", data, follow=True).text

    assert by("Ben")
    assert by("Ada")
    said = [each.text() for each in LexborHTMLParser(html).css(".messagelist li")]
    assert said == ["2 corrections undone. Their pages were parsed again."]


def test_a_repair_is_applied_by_the_next_import(admin_client: Client) -> None:
    correct(admin_client, "Ben", "author", author="Dag", is_new="on")
    wiki = Wiki.objects.get()

    start_run(wiki, paste(f"{TEXT}More.", wiki=wiki, title="Talk:Lights"))

    assert by("Dag").is_current


def test_an_import_tells_of_a_repair_that_finds_nothing_any_more(admin_client: Client) -> None:
    correct(admin_client, "Ben", "author", author="Dag", is_new="on")
    wiki = Wiki.objects.get()

    run = start_run(wiki, paste("Nothing left.", wiki=wiki, title="Talk:Lights"))

    assert "the comment is no longer on the page" in run.items.get().log


def test_a_comment_that_left_its_page_cannot_be_correct(admin_client: Client) -> None:
    pk = by("Ben").pk
    Comment.objects.filter(pk=pk).update(is_current=False)

    html = send(admin_client, Comment.objects.get(pk=pk), "author", author="Ada")

    assert "This comment is no longer on the page" in html


def test_only_who_may_add_repairs_sets_right(client: Client) -> None:
    client.force_login(User.objects.create_user("looker", is_staff=True))

    assert client.get(address(by("Ben"))).status_code == 403


def test_a_comment_that_is_not_there_is_told(admin_client: Client) -> None:
    assert admin_client.get("/correct/comment/999").status_code == 404


def test_a_part_has_an_author_and_needs_no_time(admin_client: Client) -> None:
    correct(admin_client, "Ben", "split", at="both", author="Dag", is_new="on")

    part = UnsignedText.objects.current().get(known_by="editor")
    assert (str(part.author), part.text, by("Ben").text) == ("Dag", "Yes,", "both of them.")


def unsigned() -> UnsignedText:
    return UnsignedText.objects.current().get(text="Loose end.")


def name_its_author(client: Client, name: str) -> str:
    return send(client, unsigned(), "author", step="save", author=name, is_new="on")


def test_an_unsigned_text_leads_to_what_can_be_correct(admin_client: Client) -> None:
    html = admin_client.get(f"/admin/threads/unsignedtext/{unsigned().pk}/change/").text
    assert f'href="{address(unsigned())}"' in html

    html = admin_client.get(address(unsigned())).text
    assert "Author" in html
    assert "Reply to" not in html
    assert admin_client.get("/correct/unsigned/999").status_code == 404


def test_the_author_of_an_unsigned_text_is_named_without_a_time(admin_client: Client) -> None:
    html = name_its_author(admin_client, "Dag")

    assert (str(unsigned().author), unsigned().known_by) == ("Dag", "editor")
    assert 'name="undo"' in html
    page = admin_client.get("/wiki/lanternwiki/Talk:Lights").text
    assert "Author named by an editor of this archive." in page
    assert "Loose end." in admin_client.get("/admin/threads/repair/").text


def test_it_keeps_its_author_with_the_next_import(admin_client: Client) -> None:
    name_its_author(admin_client, "Dag")
    wiki = Wiki.objects.get()

    start_run(wiki, paste(f"{TEXT}\n== Oil ==\nMore.", wiki=wiki, title="Talk:Lights"))

    assert str(unsigned().author) == "Dag"


def test_it_is_nobodys_again_when_that_is_undone(admin_client: Client) -> None:
    name_its_author(admin_client, "Dag")

    admin_client.post(address(unsigned()), {"undo": Repair.objects.get().pk}, follow=True)

    assert (unsigned().author, unsigned().known_by) == (None, "")


def test_an_unsigned_text_that_is_there_twice_cannot_be_told_apart(admin_client: Client) -> None:
    wiki = Wiki.objects.get()
    twice = TEXT.replace("Yes,", "Loose end.\n\n:Yes,")
    start_run(wiki, paste(twice, wiki=wiki, title="Talk:Lights"))
    text = UnsignedText.objects.current().filter(text="Loose end.").first()
    assert text

    html = send(admin_client, text, "author", author="Ada")

    assert "the text occurs more than once on the page" in html
    assert not Repair.objects.exists()
