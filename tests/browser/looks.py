"""Every kind of page, from one small archive, for tests that look at all of them."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from threads.management.commands.demo import import_demo
from threads.models import Collection, Comment, TalkPage, Wiki
from threads.store import count_collection, store_page
from threads.store.rows.reading import read_text

LEFT_TO_RIGHT, RIGHT_TO_LEFT = "lanternwiki", "arlanternwiki"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of page."""

    name: str
    address: Callable[[Wiki], str]
    status: int = 200


def write_archive() -> None:
    """The demo archive, with a collection of all its pages, and for each wiki a comment that has
    left its page and one that was worded anew."""
    import_demo()
    collection = Collection.objects.create(
        slug="lanterns", title="Lanterns", introduction="All that was said.\n\nAnd by whom."
    )
    collection.pages.set(TalkPage.objects.all())
    count_collection(collection)
    for wiki in Wiki.objects.all():
        reword(wiki)
        leaves = Comment.objects.filter(page__wiki=wiki, descendants=0)
        leaves.filter(pk=leaves.latest("pk").pk).update(is_current=False)


def reword(wiki: Wiki) -> None:
    """Save the page with the most comments once more, with another word in it."""
    page = talk_page(wiki)
    assert page.current_revision
    word = max(re.findall(r"\w+", comment(wiki).text), key=len)
    text = page.current_revision.text.replace(word, "lantern")
    store_page(wiki, read_text(wiki, page.title, text), text)


def talk_page(wiki: Wiki) -> TalkPage:
    """The page with the most comments."""
    return wiki.pages.latest("comment_count")


def comment(wiki: Wiki, **asked: object) -> Comment:
    """A comment of that page."""
    comments = Comment.objects.filter(page=talk_page(wiki), **asked)
    return comments.latest("descendants", "pk")


def topic(wiki: Wiki) -> str:
    page = talk_page(wiki)
    section = page.sections.filter(heading_level=2).latest("comment_count")
    return f"{page.get_absolute_url()}?topic={quote(section.ident)}"


def analysis(kind: str, wiki: Wiki, name: str) -> str:
    return f"/analysis/{kind}/{wiki.dbname}/{quote(name)}"


def gone(wiki: Wiki) -> str:
    left = Comment.objects.get(page__wiki=wiki, is_current=False)
    return f"/comment/{quote(left.ident)}"


def search(wiki: Wiki) -> str:
    """For the longest word of a comment."""
    word = max(comment(wiki).text.split(), key=len)
    return f"/search?q={quote(word)}"


def watchlist(wiki: Wiki) -> str:
    """A page, an author, and something that is not there."""
    named = f"{wiki.dbname}/{quote(talk_page(wiki).title)}"
    author = f"{wiki.dbname}/{quote(comment(wiki).author.name)}"
    return f"/watch/?page={named}&author={author}&person=Nobody"


KINDS = [
    Kind("home", lambda wiki: "/"),
    Kind("search", search),
    Kind("search without a result", lambda wiki: "/search?q=xyzzy"),
    Kind("wiki", lambda wiki: f"/wiki/{wiki.dbname}/"),
    Kind("titles", lambda wiki: f"/wiki/{wiki.dbname}/?q=a&sort=size"),
    Kind("talk page", lambda wiki: talk_page(wiki).get_absolute_url()),
    Kind("topic", topic),
    Kind("page as of a day", lambda wiki: talk_page(wiki).get_absolute_url() + "?as_of=2030-01-01"),
    Kind("Sort by date", lambda wiki: topic(wiki) + "&view=time"),
    Kind("filtered", lambda wiki: talk_page(wiki).get_absolute_url() + "?more=3&order=newest"),
    Kind(
        "followed",
        lambda wiki: (
            f"{talk_page(wiki).get_absolute_url()}?person={quote(comment(wiki).author.name)}"
        ),
    ),
    Kind(
        "compared", lambda wiki: topic(wiki).replace("/wiki/", "/compare/", 1) + "&then=2030-01-01"
    ),
    Kind("comment", lambda wiki: f"/comment/{quote(comment(wiki).ident)}"),
    Kind("history", lambda wiki: f"/history/{wiki.dbname}/{quote(comment(wiki).ident)}"),
    Kind("reply", lambda wiki: f"/reply/{wiki.dbname}/{quote(comment(wiki).ident)}"),
    Kind("cite", lambda wiki: f"/cite/{wiki.dbname}/{quote(comment(wiki).ident)}"),
    Kind("analysis of a page", lambda wiki: analysis("wiki", wiki, talk_page(wiki).title)),
    Kind("analysis of a topic", lambda wiki: topic(wiki).replace("/wiki/", "/analysis/wiki/", 1)),
    Kind("analysis of an author", lambda wiki: analysis("author", wiki, comment(wiki).author.name)),
    Kind("analysis of a collection", lambda wiki: "/analysis/collection/lanterns/"),
    Kind("download", lambda wiki: topic(wiki).replace("/wiki/", "/download/", 1)),
    Kind("author", lambda wiki: comment(wiki).author.get_absolute_url()),
    Kind("author by time", lambda wiki: comment(wiki).author.get_absolute_url() + "?order=time"),
    Kind("person", lambda wiki: f"/person/{quote(comment(wiki).author.name)}"),
    Kind("collection", lambda wiki: "/collection/lanterns/"),
    Kind("what is new everywhere", lambda wiki: "/since/?day=2022-05-01T10:00:00Z"),
    Kind("watchlist", watchlist),
    Kind("empty watchlist", lambda wiki: "/watch/?add=x"),
    Kind("API", lambda wiki: "/api/v1/"),
    Kind("what is new", lambda wiki: f"/since/{wiki.dbname}/?day=2022-05-01"),
    Kind("gone comment", gone, 410),
    Kind("missing page", lambda wiki: talk_page(wiki).get_absolute_url() + "x", 404),
    Kind("error", lambda wiki: f"/preview/{wiki.dbname}/broken", 500),
]
