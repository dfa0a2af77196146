"""What an editor is shown before a correction is saved."""

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from tests.corrections.editing import TEXT as TEXT  # for the page
from tests.corrections.editing import address, by, correct, fields_of, send
from threads.models import Comment, Repair


def test_a_preview_shows_the_thread_before_and_after_and_keeps_nothing(
    admin_client: Client,
) -> None:
    page = LexborHTMLParser(send(admin_client, by("Ben"), "parent", parent=by("Ada").pk))

    before, after = ([li.text() for li in each.css("li")] for each in page.css(".thread-state"))
    assert [("Ada" in each, "Ben" in each) for each in before] == [(True, False), (False, True)]
    assert [("Ada" in each, "Ben" in each) for each in after] == [(True, False), (False, True)]
    assert [li.attributes["class"] for li in page.css(".thread-state li")] == [
        "indent-0",
        "indent-0 is-changed",
        "indent-0",
        "indent-1 is-changed",
    ]
    assert not Repair.objects.exists()


def test_what_a_preview_shows_is_what_its_button_saves(admin_client: Client) -> None:
    page = LexborHTMLParser(send(admin_client, by("Ben"), "author", author="Ada", note="Her."))

    admin_client.post(address(by("Ben")), fields_of(page) | {"step": "save"})

    assert Comment.objects.current().filter(author__name="Ada").count() == 2
    assert Repair.objects.get().note == "Her."


def test_names_of_the_page_are_suggested(admin_client: Client) -> None:
    page = LexborHTMLParser(admin_client.get(address(by("Ben"))).text)

    offered = {each.attributes["value"] for each in page.css("datalist option")}
    assert offered == {"Ada", "Ben"}


@pytest.mark.parametrize("kind", ["author", "split"])
def test_a_name_that_the_archive_does_not_know_is_to_be_confirmed(
    admin_client: Client, kind: str
) -> None:
    given = {"author": "Bem", "at": "both"}
    asked = correct(admin_client, "Ben", kind, **given)
    assert "This archive has no comments by “Bem” on this wiki" in asked
    assert not Repair.objects.exists()

    correct(admin_client, "Ben", kind, **given, is_new="on")
    assert Repair.objects.get().value["author"] == "Bem"


def test_a_known_name_is_not_asked_about(admin_client: Client) -> None:
    assert "Yes, this is the name of a new author" not in send(
        admin_client, by("Ben"), "author", author="Ada"
    )


def test_what_changes_nothing_is_not_kept(admin_client: Client) -> None:
    assert "This correction changes nothing" in correct(admin_client, "Ben", "author", author="Ben")
    assert not Repair.objects.exists()


def state_in(html: str) -> str:
    """The state of the page that a preview is of."""
    [field] = LexborHTMLParser(html).css("[name=seen]")
    return field.attributes["value"] or ""


def test_what_somebody_else_has_corrected_since_the_preview_is_not_overridden(
    admin_client: Client,
) -> None:
    named = {"author": "Dag", "is_new": "on"}
    html = send(admin_client, by("Ben"), "author", **named)
    seen = state_in(html)
    correct(admin_client, "Ben", "author", author="Eva", is_new="on")

    data = {"kind": "author", "step": "save", "seen": seen}
    data |= {f"author-{field}": value for field, value in named.items()}
    html = admin_client.post(address(by("Eva")), data).text
    assert "The page has changed since this preview." in html
    assert by("Eva").text == "Yes, both of them."

    [data["seen"]] = (
        n.attributes["value"] or "" for n in LexborHTMLParser(html).css("[name=seen]")
    )
    admin_client.post(address(by("Eva")), data)
    assert by("Dag").text == "Yes, both of them."
