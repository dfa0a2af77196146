"""Where old links lead under rules that do not hide a name; and that nobody learns a hidden one."""

import re
from collections.abc import Callable, Iterable, Iterator
from difflib import unified_diff
from urllib.parse import quote

import pytest
from django.test import Client
from pytest_django import DjangoDbBlocker

from tests.once import made_once
from threads.models import Author, Comment, PrivacyRule, TalkPage, Wiki
from threads.privacy import mask_addresses, rename, take_down_comment, take_down_page

from .archive import NAME, hold, make_archive
from .crowd import ADDRESS, ALIASED, HIDDEN, LONG_ADDRESS, import_crowd, said
from .old_addresses import addresses_of, permalinks

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("archive_once", "clock_at_rest"),
]
NEW = "Renamed user 7"
TOKEN = re.compile(r'(?<=name="csrfmiddlewaretoken" value=")\w+')  # another one each time
HIDING: dict[str, tuple[str, Callable[[Wiki], PrivacyRule]]] = {
    "alias": (ALIASED, lambda _: rename(author(ALIASED), "Author 7", "alias")),
    "mask": (ADDRESS, mask_addresses),
    "comment": (
        HIDDEN,
        lambda _: take_down_comment(said("The obsidian", "Talk:Garden"), hide_author=True),
    ),
}


@pytest.fixture(scope="module")
def archive_once(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """With the crowd, besides."""
    with made_once(lambda: import_crowd(make_archive()), django_db_blocker):
        yield


def author(name: str) -> Author:
    return Author.objects.get(name=name)


def other(text: str, name: str, instead: str) -> str:
    """A text with another name in its stead, however that is written."""
    for blank in ("_", "+", "%20", " ", "%2520"):
        text = text.replace(name.replace(" ", blank), instead.replace(" ", blank))
    return text


def answer(address: str) -> tuple[int, str]:
    """What a reader gets, wherever that leads."""
    response = Client().get(address, follow=True)
    body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
    return response.status_code, TOKEN.sub("", body.decode())


def differing(one: str, another: str) -> list[str]:
    """The lines in which two answers differ."""
    lines = unified_diff(one.splitlines(), another.splitlines(), n=0, lineterm="")
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


def lost(links: Iterable[str]) -> list[str]:
    """Those that lead nowhere."""
    client = Client()
    return [link for link in links if client.get(link).status_code >= 400]


@pytest.mark.any_database
def test_old_addresses_of_who_was_renamed_show_what_the_new_ones_do(wiki: Wiki) -> None:
    asked = list(addresses_of(NAME))
    hold(rename(author(NAME), NEW))
    for address in asked:
        now = answer(other(address, NAME, NEW))
        assert now[0] == 200, address
        status, text = answer(address)
        assert (status, differing(other(text, NAME, NEW), now[1])) == (now[0], []), address


def test_all_links_lead_on_for_ever_under_a_renaming_and_a_takedown(wiki: Wiki) -> None:
    links = list(permalinks())
    hold(rename(author(NAME), NEW))
    hold(take_down_comment(said("The obsidian", "Talk:Garden")))
    assert lost(links) == []


@pytest.mark.parametrize("kind", HIDING)
@pytest.mark.any_database
def test_a_hidden_name_is_answered_as_one_that_nobody_has(wiki: Wiki, kind: str) -> None:
    name, made = HIDING[kind]
    asked = list(addresses_of(name))
    nobody = f"{name[:-2]}99"
    hold(made(wiki))
    for address in asked:
        status, text = answer(address)
        same, of_nobody = answer(other(address, name, nobody))
        assert (status, differing(other(text, name, nobody), of_nobody)) == (same, []), address


@pytest.mark.parametrize("kind", HIDING)
@pytest.mark.any_database
def test_links_to_what_others_said_lead_on_while_a_name_is_hidden(wiki: Wiki, kind: str) -> None:
    name, made = HIDING[kind]
    others = [
        comment
        for comment in Comment.objects.current().select_related("page__wiki", "author")
        if comment.author.name not in (name, LONG_ADDRESS) and name not in comment.page.title
    ]
    links = [f"/comment/{quote(comment.ident)}" for comment in others]
    hold(made(wiki))
    assert lost(links) == []


def test_a_page_that_is_gone_says_so_by_the_name_that_is_shown_alone(wiki: Wiki) -> None:
    hold(rename(author(ALIASED), "Author 7", "alias"))
    hold(take_down_page(TalkPage.objects.get(title="User talk:Author 7")))
    assert answer("/wiki/lanternwiki/User_talk:Author_7")[0] == 410
    assert answer(f"/wiki/lanternwiki/User_talk:{ALIASED}")[0] == 404
