"""The menu of a comment leads editors to its correction, over the log-in or at once."""

from typing import Any

from django.contrib.auth.models import User
from django.test import Client
from pytest_django import Settings
from selectolax.lexbor import LexborHTMLParser

from tests.corrections.editing import TEXT as TEXT  # for the page
from tests.corrections.editing import address, by


def test_somebody_who_is_not_logged_in_is_led_to_the_log_in_and_back(client: Client) -> None:
    here = address(by("Ben"))

    assert client.get(here).headers["Location"] == f"/admin/login/?next={here}"


def menu_of(client: Client) -> Any:
    return client.get(f"/cite/lanternwiki/{by('Ben').ident}", headers={"HX-Request": "true"})


def way_in(client: Client) -> list[str]:
    """What the link to the correction says in the menu, where there is one."""
    here = address(by("Ben"))
    return [
        link.text().strip()
        for link in LexborHTMLParser(menu_of(client).text).css(f'a[href="{here}"]')
    ]


LOG_IN = ["Log in to correct this comment"]


def test_the_menu_of_a_comment_leads_editors_to_its_correction_and_others_to_the_log_in(
    client: Client, admin_client: Client
) -> None:
    reader = Client()
    assert way_in(reader) == LOG_IN

    shown = menu_of(admin_client)
    assert way_in(admin_client) == ["Correct this comment"]
    assert "no-store" in shown.headers["Cache-Control"]
    assert "private" in shown.headers["Cache-Control"]
    assert "ETag" not in shown.headers

    assert way_in(reader) == LOG_IN, "nothing of an editor's answer is kept for others"
    looker = Client()
    looker.force_login(User.objects.create_user("looker", is_staff=True))
    assert way_in(looker) == []


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

    assert way_in(admin_client) == way_in(Client()) == []


def test_the_way_to_a_correction_leads_over_the_page(admin_client: Client) -> None:
    html = LexborHTMLParser(admin_client.get(address(by("Ben"))).text)
    ways = [node.attributes["href"] for node in html.css(".crumbs a")]
    assert ways == ["/", "/wiki/lanternwiki/", "/wiki/lanternwiki/Talk:Lights"]


def test_no_page_asks_an_editor_to_log_in(admin_client: Client) -> None:
    item = by("Ben")
    here = f"/cite/lanternwiki/{item.ident}"
    for page in ("/", "/wiki/lanternwiki/Talk:Lights", address(item), here):
        assert "Log in" in Client().get(here).text
        assert "Log in" not in admin_client.get(page).text
        (link,) = LexborHTMLParser(admin_client.get(page).text).css('.colophon a[href="/admin/"]')
        assert link.text() == "Administration"
