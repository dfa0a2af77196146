"""The menu of a comment leads editors to its correction, and nobody else."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import Settings
from selectolax.lexbor import LexborHTMLParser

from tests.corrections.test_correcting import TEXT as TEXT  # for the page
from tests.corrections.test_correcting import address, by


def test_somebody_who_is_not_logged_in_is_led_to_the_log_in_and_back(client: Client) -> None:
    here = address(by("Ben"))

    assert client.get(here).headers["Location"] == f"/admin/login/?next={here}"


def menu_of(client: Client) -> Any:
    return client.get(f"/cite/lanternwiki/{by('Ben').ident}", headers={"HX-Request": "true"})


def test_the_menu_of_a_comment_leads_editors_to_its_correction_and_nobody_else(
    client: Client, admin_client: Client
) -> None:
    reader = Client()
    link = f'href="{address(by("Ben"))}"'
    first = menu_of(reader)
    assert link not in first.text

    shown = menu_of(admin_client)
    assert link in shown.text
    assert "no-store" in shown.headers["Cache-Control"]
    assert "private" in shown.headers["Cache-Control"]
    assert "ETag" not in shown.headers

    assert link not in menu_of(reader).text, "nothing of an editor's answer is kept for others"
    looker = Client()
    looker.force_login(User.objects.create_user("looker", is_staff=True))
    assert link not in menu_of(looker).text


def test_what_a_browser_has_from_before_the_log_in_is_not_taken_for_the_menu(
    admin_client: Client,
) -> None:
    tag = menu_of(Client()).headers["ETag"]

    answer = admin_client.get(
        f"/cite/lanternwiki/{by('Ben').ident}",
        headers={"HX-Request": "true", "If-None-Match": tag},
    )

    assert answer.status_code == 200
    assert address(by("Ben")) in answer.text


def test_a_server_that_only_reads_offers_no_corrections(
    admin_client: Client, settings: Settings
) -> None:
    settings.READ_ONLY = True

    assert address(by("Ben")) not in menu_of(admin_client).text


def test_the_way_to_a_correction_leads_over_the_page(admin_client: Client) -> None:
    html = LexborHTMLParser(admin_client.get(address(by("Ben"))).text)
    ways = [node.attributes["href"] for node in html.css(".crumbs a")]
    assert ways == ["/", "/wiki/lanternwiki/", "/wiki/lanternwiki/Talk:Lights"]


@pytest.mark.parametrize("kind", ["correct", "cite"])
def test_an_editor_is_not_asked_to_log_in(admin_client: Client, kind: str) -> None:
    item = by("Ben")
    here = address(item) if kind == "correct" else f"/cite/lanternwiki/{item.ident}"
    assert foot_of(admin_client, here) == "Open administration"
    if kind == "cite":
        assert foot_of(Client(), here) == "Log in"


def foot_of(client: Client, address: str) -> str:
    """What the link to the admin at the foot of a page says."""
    (link,) = LexborHTMLParser(client.get(address).text).css('.colophon a[href="/admin/"]')
    return link.text()
