"""A comment that was merged with the one next to it: where its old links lead."""

import json
from urllib.parse import unquote

import pytest
from django.test import Client

from tests.corrections.editing import by, correct
from threads.models import Repair

TEXT = (
    "== Lamps ==\n"
    "Lit? [[User:Ada]] 10:00, 1 May 2019 (UTC)\n\n"
    "Both of them. [[User:Ben]] 11:00, 1 May 2019 (UTC)\n\n"
    "I light them. [[User:Cem]] 12:00, 1 May 2019 (UTC)\n"
)


@pytest.fixture
def gone(admin_client: Client) -> str:
    """The id of a comment that is a part of another one."""
    ident = by("Ben").ident
    correct(admin_client, "Cem", "join", neighbour=by("Ben").position)
    return ident


def leads_to(client: Client, address: str) -> str:
    response = client.get(address, follow=True)
    assert response.status_code == 200
    return unquote(str(response.redirect_chain[-1][0]))


def test_its_permanent_link_leads_to_the_comment_that_has_its_words(
    client: Client, gone: str
) -> None:
    assert by("Cem").ident in leads_to(client, f"/comment/{gone}")
    assert by("Cem").ident in leads_to(client, f"/wiki/lanternwiki/Talk:Lights?comment={gone}")
    assert by("Cem").ident in leads_to(client, f"/search?q=%23{gone}")


def test_so_it_does_where_that_one_was_merged_too(
    client: Client, admin_client: Client, gone: str
) -> None:
    correct(admin_client, "Ada", "join", neighbour=by("Cem").position)

    assert by("Ada").ident in leads_to(client, f"/comment/{gone}")


def test_programs_are_told_both(client: Client, gone: str) -> None:
    answer = client.get(f"/api/v1/comments/{gone}")

    assert by("Cem").ident in json.dumps(answer.json())


def test_its_history_and_citation_say_that_it_was_merged(client: Client, gone: str) -> None:
    for view in ("history", "cite"):
        assert "Merged with the text next to it." in client.get(f"/{view}/lanternwiki/{gone}").text


def test_undone_it_leads_to_the_comment_itself(
    client: Client, admin_client: Client, gone: str
) -> None:
    admin_client.post(f"/correct/comment/{by('Cem').pk}", {"undo": Repair.objects.get().pk})

    assert gone in leads_to(client, f"/comment/{gone}")
