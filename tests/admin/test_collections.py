"""Putting pages into collections in the admin."""

import pytest
from django.test import Client

from threads.models import Collection, TalkPage, Wiki

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages() -> list[TalkPage]:
    wiki = Wiki.objects.create(dbname="lanternwiki")
    return [TalkPage.objects.create(wiki=wiki, title=f"Talk:{letter}") for letter in "ABC"]


def put(client: Client, pages: list[TalkPage], collection: Collection | None) -> str:
    given = {
        "action": "put_into_collection",
        "_selected_action": [page.pk for page in pages],
        "collection": collection.pk if collection else "",
        "post": "yes",
    }
    return client.post("/admin/threads/talkpage/", given, follow=True).text


def test_chosen_pages_are_put_into_a_collection_once(
    admin_client: Client, pages: list[TalkPage]
) -> None:
    collection = Collection.objects.create(slug="lights", title="Lights")

    assert "Added 2 pages to “Lights”." in put(admin_client, pages[:2], collection)
    assert "Added 1 page to “Lights”." in put(admin_client, pages, collection)
    assert set(collection.pages.all()) == set(pages)


def test_without_a_collection_nothing_happens_and_it_is_said(
    admin_client: Client, pages: list[TalkPage]
) -> None:
    assert "Choose a collection next to the action" in put(admin_client, pages, None)


def test_a_collection_is_made_in_a_form(admin_client: Client, pages: list[TalkPage]) -> None:
    form = {
        "title": "Lights",
        "slug": "lights",
        "introduction": "All of them.",
        "entries-TOTAL_FORMS": "1",
        "entries-INITIAL_FORMS": "0",
        "entries-0-page": pages[0].pk,
        "entries-0-position": "0",
    }
    admin_client.post("/admin/threads/collection/add/", form)

    assert Collection.objects.get().pages.get() == pages[0]
