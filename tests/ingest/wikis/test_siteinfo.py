"""What a wiki says of itself fills the archive's row of it, and contradicts nothing silently."""

from typing import Any

import pytest

from threads.ingest.errors import BadInput
from threads.ingest.wikis.siteinfo import SiteInfo, fill_wiki, wiki_of
from threads.models import Wiki

NAMESPACES: dict[str, dict[str, Any]] = {
    "0": {"name": "", "case": "first-letter"},
    "2": {"name": "Benutzer", "aliases": ["B"], "case": "first-letter"},
    "4": {"name": "Laternenwiki", "case": "first-letter"},
}
INFO = SiteInfo(
    dbname="laternenwiki",
    name="Laternenwiki",
    base="https://laternen.example/w/index.php/Hauptseite",
    case="first-letter",
    language="de",
    namespaces=NAMESPACES,
)


def test_a_new_wiki_is_what_it_says_of_itself(db: None) -> None:
    wiki, said = wiki_of(INFO)

    assert not said
    assert not Wiki.objects.exists(), "saving it is the import's"
    assert (wiki.dbname, wiki.name, wiki.language) == ("laternenwiki", "Laternenwiki", "de")
    assert wiki.server == "https://laternen.example"
    assert wiki.article_path == "/w/index.php/$1"
    assert wiki.script_path == "/w/index.php"
    assert wiki.namespaces["4"] == {
        "name": "Laternenwiki",
        "case": "first-letter",
        "aliases": [],
    }
    assert wiki.profile == {"user": ["B"]}, "“Benutzer” is what every German wiki has"


@pytest.mark.parametrize(
    ("base", "server", "article_path"),
    [
        ("https://meta.wikimedia.org/wiki/Main_Page", "https://meta.wikimedia.org", "/wiki/$1"),
        ("http://127.0.0.1:8090/index.php/Main", "http://127.0.0.1:8090", "/index.php/$1"),
        ("http://a.example/index.php?title=Main", "http://a.example", "/index.php?title=$1"),
        ("javascript:alert(1)//index.php/x", "", "/wiki/$1"),
        ("https://[broken/wiki/Main", "", "/wiki/$1"),
    ],
)
def test_the_main_pages_address_tells_where_pages_are(
    db: None, base: str, server: str, article_path: str
) -> None:
    wiki, _said = wiki_of(SiteInfo(dbname="lanternwiki", base=base))

    assert (wiki.server, wiki.article_path) == (server, article_path)


def test_what_an_admin_gives_wins_and_what_contradicts_is_said(db: None) -> None:
    wiki, said = wiki_of(INFO, dbname="lampwiki", language="en", timezone="Europe/Berlin")

    assert (wiki.dbname, wiki.language, wiki.timezone) == ("lampwiki", "en", "Europe/Berlin")
    assert said == [
        "The content language differs: “en” in the archive, “de” on the wiki.",
        "Source wiki “laternenwiki” is stored as “lampwiki”.",
    ]


def test_the_archives_own_wiki_keeps_what_it_has(db: None) -> None:
    Wiki.objects.create(
        dbname="laternenwiki", name="Laternen", namespaces={"2": {"name": "Nutzer"}}
    )

    wiki, said = wiki_of(INFO)

    assert (wiki.name, wiki.language) == ("Laternen", "en")
    assert wiki.server == "https://laternen.example", "it was empty"
    assert wiki.namespaces["2"]["name"] == "Nutzer"
    assert wiki.namespaces["2"]["aliases"] == ["B", "Benutzer"]
    assert len(said) == 4


def test_the_same_again_says_nothing(db: None) -> None:
    wiki, _said = wiki_of(INFO)
    wiki.save()
    before = dict(vars(wiki))

    assert fill_wiki(wiki, INFO) == []
    assert vars(wiki) == before


@pytest.mark.parametrize(
    ("info", "said"),
    [
        (SiteInfo(), "database name is missing"),
        (SiteInfo(dbname="a b"), "“a b” is not a valid database name"),
        (SiteInfo(dbname="lanternwiki", language="nonsense"), "no language “nonsense”"),
        (SiteInfo(dbname="lanternwiki", timezone="Mars/Sol"), "no time zone “Mars/Sol”"),
    ],
)
def test_what_cannot_be_a_wiki_is_refused(db: None, info: SiteInfo, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        wiki_of(info)
