"""A comment that was merged with the one next to it: where its old links lead."""

import json
from urllib.parse import unquote

import pytest
from django.test import Client

from tests.corrections.editing import by, correct
from threads.models import Comment, Repair, Revision
from threads.privacy import apply_rule, save_rule, take_down_comment, undo_rule

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


def words_of(ident: str) -> str:
    return Comment.objects.get(ident=ident).text


@pytest.mark.parametrize("taken", ["whole", "part"])
def test_words_that_are_taken_down_stay_so_when_the_merge_is_undone_and_say_why(
    admin_client: Client, gone: str, taken: str
) -> None:
    whole = by("Cem").ident
    ident = whole if taken == "whole" else gone
    rule = save_rule(take_down_comment(Comment.objects.get(ident=ident)), reason="Asked for.")
    apply_rule(rule)
    if taken == "whole":
        assert words_of(gone) == words_of(whole) == "This comment was taken down: Asked for."

    admin_client.post(f"/correct/comment/{by('Cem').pk}", {"undo": Repair.objects.get().pk})
    assert words_of(gone) == "This comment was taken down: Asked for."
    assert gone in leads_to(admin_client, f"/comment/{gone}")
    assert Revision.objects.count() == 1, "the text is the same one, read again"

    undo_rule(rule)
    apply_rule(rule)
    assert words_of(gone) == "Both of them."
    assert words_of(whole) == "I light them."
