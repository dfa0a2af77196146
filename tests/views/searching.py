"""A small archive to search in, and what the search page says of it."""

from datetime import UTC, datetime

from django.test import Client
from selectolax.lexbor import LexborHTMLParser, LexborNode

from .writing import Comment, Section, Unsigned, write_page, write_wiki


def at(year: int, month: int = 1, day: int = 1) -> datetime:
    return datetime(year, month, day, 12, tzinfo=UTC)


def write_archive() -> None:
    """Two wikis in which people speak of interns and of lamps."""
    meta = write_wiki("metawiki", name="Meta-Wiki", server="https://meta.wikimedia.org")
    german = write_wiki("dewiki", language="de")
    write_page(
        "Talk:Strategy/Roles",
        Section(
            "Interns",
            Comment(
                "James Salsman",
                "We should pay interns.",
                Comment("Ada Lee", "Interns <learn> a lot.", at=at(2019, 5)),
                at=at(2019, 4, 24),
            ),
            Comment("James Salsman", "And again: interns.", at=at(2020, 2)),
        ),
        Section("Money", Comment("Ben", "Ask James Salsman.", at=at(2018))),
        wiki=meta,
    )
    write_page(
        "Talk:Strategy/Products",
        Section("Lamps", Unsigned("An old lamp."), Comment("Ada Lee", "New lamps!", at=at(2020))),
        wiki=meta,
    )
    write_page(
        "Diskussion:Brücken",
        Section("Öl", Comment("Cem", "Öl für Lampen", at=at(2017))),
        wiki=german,
    )


def results(client: Client, typed: str, **more: str) -> LexborHTMLParser:
    answer = client.get("/search", {"q": typed} | more)
    assert answer.status_code == 200
    return LexborHTMLParser(answer.text)


def said(client: Client, typed: str, **more: str) -> list[str]:
    """The texts that were found, in their order."""
    return [text_of(node) for node in results(client, typed, **more).css(".hit .excerpt")]


def text_of(node: LexborNode | None) -> str:
    assert node
    return " ".join(node.text().split())


def one(html: LexborHTMLParser | LexborNode, selector: str) -> LexborNode:
    """The first such element, which has to be there."""
    found = html.css_first(selector)
    assert found, selector
    return found


def notes(client: Client, typed: str) -> str:
    return " ".join(text_of(node) for node in results(client, typed).css(".notice"))
