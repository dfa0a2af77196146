"""Pages in one HTML file: what is linked within a page stays there."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from threads.export import FORMATS, Selection
from threads.ingest.runs.runner import start_run
from threads.ingest.sources import PageRevision, Source
from threads.models import Wiki

pytestmark = [pytest.mark.any_database, pytest.mark.django_db]

NOTED = """\
== Lamps ==
Oil is dear.<ref>By a cask.</ref> {{anchor|Oil}}{{anchor|Oil}}Really.<ref name="a">As told.</ref> \
[[User:Ada|Ada]] 10:00, 1 May 2019 (UTC)
: As told<ref name="a" /> under [[#Oil]], [[#Lamps]] and [[Talk:Other]], \
' href="wiki:Talk:Words"'. \
[[User:Ben|Ben]] 11:00, 1 May 2019 (UTC)
"""


@pytest.fixture
def tree(db: None) -> LexborHTMLParser:
    wiki = Wiki(dbname="pierwiki", server="https://pier.example", language="en")
    pages = [PageRevision(f"Talk:{name}", NOTED) for name in ("A", "B")]
    start_run(wiki, Source("paste", pages))
    return LexborHTMLParser(b"".join(FORMATS["html"].write(Selection())))


def links(article: object) -> list[str]:
    return [each.attributes["href"] for each in article.css("section a[href]")]  # type: ignore[attr-defined]


def test_every_id_is_unique(tree: LexborHTMLParser) -> None:
    ids = [each.attributes["id"] for each in tree.css("[id]")]
    assert len(ids) == len(set(ids)) == 10


def test_links_within_a_page_stay_on_it(tree: LexborHTMLParser) -> None:
    for article in tree.css("article"):
        ids = {each.attributes["id"] for each in article.css("[id]")}
        within = [link for link in links(article) if link.startswith("#")]
        assert len(within) == 6  # three marks, two notes that lead back, and an anchor
        assert {link[1:] for link in within} <= ids


def test_others_lead_to_the_wiki(tree: LexborHTMLParser) -> None:
    for article, name in zip(tree.css("article"), "AB", strict=True):
        there = f"https://pier.example/wiki/Talk:{name}#Lamps"
        assert {there, "https://pier.example/wiki/Talk:Other"} <= {*links(article)}
        assert ' href="wiki:Talk:Words"' in article.text()


def test_without_an_address_of_the_wiki_they_lead_nowhere(tree: LexborHTMLParser) -> None:
    Wiki.objects.update(server="")
    tree = LexborHTMLParser(b"".join(FORMATS["html"].write(Selection())))
    assert all(link.startswith(("#", "https://")) for link in links(tree))
