"""What is pasted into the search box of a static copy, and names one thing, leads there."""

from urllib.parse import quote, unquote

import pytest
from playwright.sync_api import expect

from tests.site.conftest import OpenFile, StaticCopy
from tests.site.test_reading import page_with

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.mark.parametrize(
    "typed",
    [
        "{comment}",
        "#{former}",
        "Special:GoToComment/{comment}",
        "https://wiki.example.org/wiki/Special:GoToComment/{quoted}",
        "<https://wiki.example.org/wiki/Somewhere#{quoted}>",
        "/comment/{quoted}",
        "https://archive.example.org/wiki/{wiki}/{quoted_title}?comment={quoted}",
        "[[{title}#{comment}]]",
        "[[{title}]]",
        "{title}#{section}",
        "#{section}",
        "https://wiki.example.org/w/index.php?title={quoted_title}&oldid=7",
        "/wiki/{wiki}/{quoted_title}",
        "{folder}/{path}",
    ],
)
def test_what_names_a_comment_or_a_page_leads_there(
    open_file: OpenFile, static_copy: StaticCopy, typed: str
) -> None:
    comment, title = static_copy.comment, static_copy.title
    path = page_with(static_copy, comment)
    _talk, wiki, _name = path.split("/")
    given = {"path": path, "wiki": wiki, "title": title, "comment": comment}
    given |= {"former": static_copy.former, "section": static_copy.section}
    given |= {"quoted": quote(comment), "quoted_title": quote(title)}
    asked = typed.format(folder=static_copy.folder.as_uri(), **given)
    page = open_file(f"search.html?q={quote(asked, safe='')}")
    page.wait_for_url(f"**/{path}*")
    target = unquote(page.url.partition("#")[2])
    named = "former" in typed or "omment" in typed or "quoted}" in typed
    assert target == (comment if named else static_copy.section if "section" in typed else "")


@pytest.mark.parametrize(
    "typed", ["c-Nobody-20190424064300", "https://wiki.example.org/w/index.php?oldid=7", "/x/y"]
)
def test_what_names_nothing_of_the_copy_is_said_to(open_file: OpenFile, typed: str) -> None:
    page = open_file(f"search.html?q={quote(typed, safe='')}")
    said = f"“{typed}” was not found in this archive. Its words were searched instead."
    expect(page.locator("#ta-found .notice")).to_have_text(said)
