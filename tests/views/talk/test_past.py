"""A page, or a topic of it, as it stood on a date."""

import re
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.utils.http import urlencode
from pytest_django.fixtures import DjangoAssertNumQueries

from tests.once import rows_once
from tests.views.markup import check_markup
from tests.views.tags import tags_on_one_line
from threads.edits import RevisionFacts
from threads.models import Wiki
from threads.presentation.times.calendar import parse_moment
from threads.store import store_page
from threads.wikitext import parse_page

pytestmark = pytest.mark.django_db

TITLE = "Talk:Lamps"
ASK = "Shall we [[Talk:Fire|light]] both? [[User:Ada]] 10:00, 1 May 2019 (CEST)\n"
ANSWER = ":Yes, [[Talk:Oil]]. [[User:Ben]] 11:00, 1 May 2019 (CEST)\n"
LATER = "Who tends them? [[User:Cem]] 09:00, 2 May 2019 (CEST)\n"
VERSIONS = [
    f"== Lamps ==\n{ASK}\nOnly a remark.\n",
    f"== Both lamps ==\n{ASK}{ANSWER}== Keepers ==\n{LATER}",
    f"== The keepers ==\n{LATER}",
]


def write_versions() -> None:
    """Three versions, of the 10th, the 11th and the 12th of May."""
    wiki = Wiki.objects.create(
        dbname="lanternwiki", timezone="Europe/Berlin", server="https://wiki.example"
    )
    for number, text in enumerate(VERSIONS):
        saved = datetime(2019, 5, 10 + number, 23, tzinfo=UTC)
        parsed = parse_page(text, title=TITLE, timezone="Europe/Berlin")
        store_page(wiki, parsed, text, RevisionFacts(number + 1, saved))


versions_once = rows_once(write_versions)


def read(client: Client, **query: str) -> str:
    response = client.get(f"/wiki/lanternwiki/Talk:Lamps?{urlencode(query)}", follow=True)
    assert response.status_code == 200
    html = tags_on_one_line(response.text)
    check_markup(html)
    return html


def topics(html: str) -> list[str]:
    return re.findall(r'<h2 id="h-[^>]*>([^<]+)<', html)


def test_a_page_is_shown_as_it_stood_at_the_end_of_that_day_on_its_wiki(client: Client) -> None:
    html = read(client, as_of="2019-05-11")

    assert topics(html) == ["Lamps"]
    assert "Only a remark." in html
    assert "01:00, 11 May 2019" in html
    assert "revision 1" in html
    assert "Edit source on the wiki" not in html


def test_a_time_may_be_given(client: Client) -> None:
    assert topics(read(client, as_of="2019-05-11T23:00Z")) == ["Both lamps", "Keepers"]


def test_what_stands_there_now_is_led_to(client: Client) -> None:
    html = read(client, as_of="2019-05-11")

    assert re.search(r'<a href="/wiki/lanternwiki/Talk:Lamps">View current revision', html)
    assert 'name="robots" content="noindex"' in html


def test_comments_of_the_past_lead_to_where_they_stand_now(client: Client) -> None:
    html = read(client, as_of="2019-05-12")

    assert 'href="/comment/c-Ada-2019-05-01T08:00:00.000Z-Both_lamps"' in html
    assert "1 reply, Ben" in html


@pytest.mark.parametrize(
    ("as_of", "said"),
    [
        ("2018-01-01", "no revision of this page from that date"),
        ("0001-01-01", "no revision of this page from that date"),
        ("yesterday", "“yesterday” is not a valid date"),
        ("9999-12-31T23:00-12:00", "is not a valid date"),
        ("<b>", "“&lt;b&gt;” is not a valid date"),
    ],
)
def test_what_cannot_be_had_is_told_and_the_present_is_shown(
    client: Client, as_of: str, said: str
) -> None:
    html = read(client, as_of=as_of)

    assert said in html
    assert topics(html) == ["The keepers"]


@pytest.mark.parametrize("heading", ["Keepers", "The_keepers"])
def test_a_topic_may_be_asked_for_alone_by_its_id_then_or_today(
    client: Client, heading: str
) -> None:
    topic = f"h-{heading}-2019-05-02T07:00:00.000Z"
    assert topics(read(client, as_of="2019-05-12", topic=topic)) == ["Keepers"]


def test_a_topic_that_was_not_there_is_told(client: Client) -> None:
    html = read(client, as_of="2019-05-11", topic="h-Keepers-2019-05-02T07:00:00.000Z")

    assert "This topic did not exist on that date. Showing the full page." in html


def test_the_form_offers_what_there_is(client: Client) -> None:
    html = read(client)

    assert 'min="2019-05-11"' in html
    assert "<option" in html


def test_the_past_takes_no_more_queries_for_more_comments(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for as_of in ("2019-05-10T23:00:00+00:00", "2019-05-11T23:00:00+00:00"):
        with django_assert_max_num_queries(8):
            read(client, as_of=as_of)


def test_a_day_ends_in_its_zone_and_a_blank_in_an_address_is_a_plus() -> None:
    assert parse_moment("2019-05-01", UTC) == datetime(2019, 5, 1, 23, 59, 59, 999999, tzinfo=UTC)
    assert parse_moment("2019-05-01T10:00 02:00", UTC) == datetime(2019, 5, 1, 8, tzinfo=UTC)
