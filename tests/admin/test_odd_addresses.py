"""The admin's own addresses and cookies, with what nobody's browser would send."""

import pytest
from django.test import Client

from tests.views.writing import Comment, Section, write_page

pytestmark = pytest.mark.django_db

LONG = "9" * 30
NUL_COOKIE = "\\000" * 8


@pytest.mark.parametrize(
    "address",
    [
        "comment/?timestamp__year=9999",
        "comment/?timestamp__year=9999&timestamp__month=12",
        "comment/?timestamp__year=9999&timestamp__month=12&timestamp__day=31",
        "comment/?timestamp__year=1",
        "comment/?q=a%00b",
        "comment/?page__wiki__id__exact=%00",
        f"comment/?page__id__exact={LONG}",
        "repair/?kind__exact=%00",
        "revision/?parser_version__exact=2%00",
        "talkpage/?latest_comment__timestamp__year=9999",
        "talkpage/add/?from=%00",
        f"comment/{LONG}/change/",
        "comment/_00/change/",
        f"importrun/{LONG}/change/",
        "importrun/%00/change/",
        f"exportrun/{LONG}/change/",
        "exportrun/_00/file/",
        "exportrun/add/?wiki=%00&format=%00",
    ],
)
def test_no_address_breaks_the_admin(admin_client: Client, address: str) -> None:
    write_page("Talk:Bridges", Section("Plan", Comment("Ada", "x")))

    answer = admin_client.get(f"/admin/threads/{address}", follow=True)

    assert answer.status_code in (200, 404)


@pytest.mark.parametrize("place", ["/", "/admin/", "/admin/login/"])
def test_a_session_key_is_one_that_django_makes(client: Client, place: str) -> None:
    answer = client.get(place, headers={"Cookie": f'sessionid="{NUL_COOKIE}"'})

    assert answer.status_code in (200, 302)
